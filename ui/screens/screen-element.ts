// What every screen element is: a function of its Screen that speaks the visitor's language.
import { LitElement } from 'lit';
import { property } from 'lit/decorators.js';
import type { ScreenKind, ScreenOf, Status } from '../../kiosk/screen.ts';
import { TouchedEvent } from '../elements/touched-event.ts';
import type { Speech } from '../text/speech.ts';

export abstract class ScreenElement<K extends ScreenKind> extends LitElement {
  @property({ attribute: false }) screen!: ScreenOf<K>;
  @property({ attribute: false }) speech!: Speech;
  @property({ attribute: false }) status!: Status;

  /** Says to the kiosk what the finger did. */
  protected touch(touch: TouchedEvent['touch']): void {
    this.dispatchEvent(new TouchedEvent(touch));
  }
}
