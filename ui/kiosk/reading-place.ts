// Where reading goes on when the page has changed: at the new heading; the focus is never nowhere.
import type { LitElement } from 'lit';

export class ReadingPlace {
  /** what stood there last; of a person perhaps */
  #heading = '';

  forget(): void {
    this.#heading = '';
  }

  /**
   * @param main where there is no heading
   * @param isAnew the screen is of another kind; else only another heading begins anew
   * @param isSaidAnew the same in another language
   */
  async follow(main: HTMLElement, isAnew: boolean, isSaidAnew: boolean): Promise<void> {
    const screen = main.querySelector<LitElement>('page-scroller > *');
    await screen?.updateComplete;
    const heading = screen?.renderRoot?.querySelector('h1');
    const text = heading?.textContent ?? '';
    const isOther = text !== this.#heading && !isSaidAnew;
    this.#heading = text;
    if (!isAnew && !isOther && document.activeElement !== document.body) return;
    // the warning has the focus until it is answered
    if (document.activeElement?.shadowRoot?.activeElement?.matches('k-idle-warning')) return;
    if (heading) heading.tabIndex = -1;
    (heading ?? main).focus({ preventScroll: true });
  }
}
