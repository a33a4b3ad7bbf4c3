// How an element of the bench says that one of the lab's switches was pressed.

export interface SwitchPressed {
  /** in order, each as `printer/paper-out` */
  readonly paths: readonly string[];
}

export function pressed(element: HTMLElement, ...paths: readonly string[]): void {
  element.dispatchEvent(
    new CustomEvent<SwitchPressed>('switch-pressed', { detail: { paths }, bubbles: true, composed: true }),
  );
}
