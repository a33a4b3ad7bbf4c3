// A promise that is counted down; never "in time" or "late" beyond what this terminal knows.
import { css, html, LitElement } from 'lit';
import { customElement, property } from 'lit/decorators.js';
import type { ScreenOf } from '../../kiosk/screen.ts';
import { type FollowWords, followWords } from '../text/follow-words.ts';
import type { Speech } from '../text/speech.ts';
import { base } from '../theme/sheets.ts';
import { icon } from './icons.ts';

export type Clock = NonNullable<ScreenOf<'requests'>['requests'][number]['clock']>;

const tickMs = 5_000;

@customElement('k-clock')
export class KClock extends LitElement {
  static override styles = [
    base,
    css`
      p {
        display: inline-flex;
        flex-wrap: wrap;
        align-items: center;
        gap: 0.2em 0.6em;
      }
      strong {
        font-variant-numeric: tabular-nums;
      }
      .late {
        color: var(--accent-deep);
      }
      .unknown {
        color: var(--warn);
      }
    `,
  ];

  @property({ attribute: false }) clock!: Clock;
  @property({ attribute: false }) speech!: Speech;
  /** how far the page's own steady clock was when this was shown */
  #shownMs = performance.now();
  #timer: ReturnType<typeof setInterval> | undefined;

  override connectedCallback(): void {
    super.connectedCallback();
    this.#timer = setInterval(() => this.requestUpdate(), tickMs);
  }

  override disconnectedCallback(): void {
    super.disconnectedCallback();
    clearInterval(this.#timer);
  }

  override willUpdate(changed: Map<PropertyKey, unknown>): void {
    if (changed.has('clock')) this.#shownMs = performance.now();
  }

  override render() {
    const { formats, language } = this.speech;
    const words = followWords[language];
    const { what, by, now, asOf } = this.clock;
    const leftMs = Date.parse(by) - Date.parse(now) - (performance.now() - this.#shownMs);
    const isKnown = asOf !== null && Date.parse(asOf) >= Date.parse(by);
    const how = leftMs > 0 ? 'left' : isKnown ? 'late' : 'unknown';
    const said = {
      left: words.left(spanOf(leftMs, words)),
      late: words.over(spanOf(-leftMs, words)),
      unknown: words.unknown,
    }[how];
    return html`<p class=${how}>
      ${icon(how === 'left' ? 'clock' : 'warning')}
      <span>${words.what[what]} ${words.by(formats.moment(by))}</span>
      <strong>${said}</strong>
    </p>`;
  }
}

function spanOf(ms: number, words: FollowWords): string {
  const minutes = Math.floor(ms / 60_000);
  if (minutes < 1) return words.second;
  if (minutes < 120) return words.minutes(`${minutes}`);
  if (minutes < 48 * 60) return words.hours(`${Math.floor(minutes / 60)}`);
  return words.days(`${Math.floor(minutes / 1_440)}`);
}
