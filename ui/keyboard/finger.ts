// How a key is pressed: when the finger comes down, once however it trembles, again and again only where that is wanted.
import type { ReactiveController, ReactiveControllerHost } from 'lit';
import { Directive, directive, type ElementPart } from 'lit/directive.js';

/** A trembling finger leaves and comes back within this; nobody strikes the same key twice on purpose so fast. */
const tremorMs = 70;
const firstRepeatMs = 450;
const nextRepeatMs = 90;

interface Pressing {
  /** while the finger stays down */
  readonly repeats: boolean;
}

/** What the fingers on one keyboard have just done. */
export class Finger implements ReactiveController {
  #key: Element | undefined;
  #atMs = Number.NEGATIVE_INFINITY;
  #timer: ReturnType<typeof setTimeout> | undefined;

  constructor(host: ReactiveControllerHost) {
    host.addController(this);
  }

  hostConnected(): void {
    addEventListener('pointerup', this.#lift, { capture: true });
    addEventListener('pointercancel', this.#lift, { capture: true });
  }

  hostDisconnected(): void {
    removeEventListener('pointerup', this.#lift, { capture: true });
    removeEventListener('pointercancel', this.#lift, { capture: true });
    this.#lift();
  }

  down(key: Element, event: PointerEvent, act: () => void, { repeats }: Pressing): void {
    const isTremor = key === this.#key && event.timeStamp - this.#atMs < tremorMs;
    this.#key = key;
    this.#atMs = event.timeStamp;
    if (isTremor || event.button !== 0) return;
    this.#lift();
    act();
    if (repeats) this.#repeatAfter(firstRepeatMs, act);
  }

  #repeatAfter(ms: number, act: () => void): void {
    this.#timer = setTimeout(() => {
      act();
      this.#repeatAfter(nextRepeatMs, act);
    }, ms);
  }

  readonly #lift = (): void => clearTimeout(this.#timer);
}

class Pressed extends Directive {
  #isBound = false;
  #act: () => void = () => undefined;

  override render(_finger: Finger, _act: () => void, _pressing?: Pressing): undefined {
    return undefined;
  }

  override update(
    { element }: ElementPart,
    [finger, act, pressing = { repeats: false }]: [Finger, () => void, Pressing?],
  ): void {
    this.#act = act;
    if (this.#isBound) return;
    this.#isBound = true;
    element.addEventListener('pointerdown', (event) => {
      if (event instanceof PointerEvent) finger.down(element, event, () => this.#act(), pressing);
    });
    // a screen reader or a key of a real keyboard clicks without a pointer
    element.addEventListener('click', (event) => {
      if (event instanceof MouseEvent && event.detail === 0) this.#act();
    });
  }
}

/** On the button itself: `<button ${pressed(finger, act)}>`. */
export const pressed = directive(Pressed);
