// A quiet line over the bar while something is under way, and a word about it where the screen has none of its own.
import { css, html, LitElement, nothing } from 'lit';
import { customElement, property } from 'lit/decorators.js';
import type { Screen } from '../../kiosk/screen.ts';
import type { Speech } from '../text/speech.ts';
import { base } from '../theme/sheets.ts';

/** `tap`: an answer that takes its time; the others are said by the screen itself */
type Work = 'tap' | 'headquarters' | 'slip';

@customElement('k-progress')
export class KProgress extends LitElement {
  static override styles = [
    base,
    css`
      :host {
        display: grid;
        justify-items: center;
        pointer-events: none;
      }
      .line {
        justify-self: stretch;
        height: 0.3rem;
        overflow: hidden;
        background: var(--surface-sunk);
      }
      .line i {
        display: block;
        width: 34%;
        height: 100%;
        background: var(--seal);
        animation: pass 1.4s linear infinite;
      }
      p {
        margin-bottom: var(--gap-s);
        padding: 0.4em 1.2em;
        border-radius: 2em;
        background: var(--night);
        color: #fff;
        box-shadow: var(--lift);
      }
      @keyframes pass {
        from {
          transform: translateX(-100%);
        }
        to {
          transform: translateX(300%);
        }
      }
    `,
  ];

  @property({ attribute: false }) screen!: Screen;
  @property({ attribute: false }) speech!: Speech;
  /** a touch has had no answer for longer than a person takes for at once */
  @property({ type: Boolean }) slow = false;

  override render() {
    const work = workOf(this.screen, this.slow);
    if (!work) return nothing;
    return html`
      ${work === 'tap' ? html`<p role="status">${this.speech.words.working}</p>` : nothing}
      <div class="line" data-work=${work} aria-hidden="true"><i></i></div>
    `;
  }
}

function workOf(screen: Screen, isSlow: boolean): Work | undefined {
  if (isSlow) return 'tap';
  switch (screen.kind) {
    case 'checking-card':
      return 'headquarters';
    case 'enter-pin':
      return screen.isChecking ? 'headquarters' : undefined;
    case 'join':
      return screen.isBusy ? 'headquarters' : undefined;
    default:
      return 'slip' in screen && screen.slip === 'printing' ? 'slip' : undefined;
  }
}
