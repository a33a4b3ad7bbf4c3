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
   * @returns whether there is something new to read
   */
  async follow(main: HTMLElement, isAnew: boolean, isSaidAnew: boolean): Promise<boolean> {
    const screen = main.querySelector<LitElement>('page-scroller > *');
    await screen?.updateComplete;
    const heading = screen?.renderRoot?.querySelector('h1');
    const text = heading?.textContent ?? '';
    const isNew = isAnew || (text !== this.#heading && !isSaidAnew);
    this.#heading = text;
    if (!isNew && document.activeElement !== document.body) return false;
    // the warning has the focus until it is answered
    if (document.activeElement?.shadowRoot?.activeElement?.matches('k-idle-warning')) return isNew;
    if (heading) heading.tabIndex = -1;
    (heading ?? main).focus({ preventScroll: true });
    return isNew;
  }
}
