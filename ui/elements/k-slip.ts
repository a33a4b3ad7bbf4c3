// One line that says where the slip of this screen is.
import { css, html, LitElement, nothing } from 'lit';
import { customElement, property } from 'lit/decorators.js';
import type { SlipProgress } from '../../kiosk/screen.ts';
import type { Speech } from '../text/speech.ts';
import { base } from '../theme/sheets.ts';
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
    css`
      p {
        display: inline-flex;
        align-items: center;
        gap: 0.6em;
        padding: 0.45em 1em;
        border-radius: 2em;
        background: var(--good-wash);
        color: var(--good);
        font-weight: 700;
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

  override render() {
    if (this.progress === 'none') return nothing;
    return html`<p class=${this.progress} role="status">
      ${icon(signs[this.progress])}<span>${this.speech.words.slip[this.progress]}</span>
    </p>`;
  }
}
