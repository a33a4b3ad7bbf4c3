// Where the slip of this screen is; a touch shows what it says.
import { css, html, LitElement, nothing } from 'lit';
import { customElement, property } from 'lit/decorators.js';
import type { SlipProgress } from '../../kiosk/screen.ts';
import type { Speech } from '../text/speech.ts';
import { base, buttons } from '../theme/sheets.ts';
import { type IconName, icon } from './icons.ts';

const signs: Record<SlipProgress, IconName> = {
  none: 'printer',
  printing: 'printer',
  printed: 'check',
  waiting: 'clock',
  unconfirmed: 'question',
  failed: 'warning',
};

@customElement('k-slip')
export class KSlip extends LitElement {
  static override styles = [
    base,
    buttons,
    css`
      :host {
        display: block;
        min-width: 0;
      }
      button {
        max-width: 100%;
        padding: 0.4em 1em;
        min-height: max(60px, 2.9rem);
        border-color: transparent;
        border-radius: 2em;
        background: var(--good-wash);
        color: var(--good);
        font-weight: 700;
        text-align: left;
      }
      .look {
        display: block;
        font-weight: 400;
        font-size: var(--text-s);
      }
      .waiting,
      .unconfirmed,
      .failed {
        background: var(--warn-wash);
        color: var(--warn);
      }
    `,
  ];

  @property({ attribute: false }) progress: SlipProgress = 'none';
  @property({ attribute: false }) speech!: Speech;

  get #isOnPaper(): boolean {
    return this.progress === 'printing' || this.progress === 'printed';
  }

  override render() {
    if (this.progress === 'none') return nothing;
    const { slip, look } = this.speech.words;
    return html`<button
      class=${this.progress}
      @click=${() => this.dispatchEvent(new Event('k-paper', { bubbles: true, composed: true }))}
    >
      ${icon(signs[this.progress])}
      <span><span role="status">${slip[this.progress]}</span><span class="look">${this.#isOnPaper ? look.read : look.photograph}</span></span>
    </button>`;
  }
}
