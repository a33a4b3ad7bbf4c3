// The one event that rises from screens and elements to the page: what a finger did.
import type { Touch } from '../../kiosk/touch.ts';

export class TouchedEvent extends Event {
  readonly touch: Touch;

  constructor(touch: Touch) {
    super('touched', { bubbles: true, composed: true });
    this.touch = touch;
  }
}

declare global {
  interface HTMLElementEventMap {
    touched: TouchedEvent;
  }
}
