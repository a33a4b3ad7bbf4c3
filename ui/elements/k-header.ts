// The line on top: whose terminal this is, and in plain words what works and how fresh it is.
import { css, html, LitElement } from 'lit';
import { customElement, property } from 'lit/decorators.js';
import type { Status } from '../../kiosk/screen.ts';
import type { Speech } from '../text/speech.ts';
import { base } from '../theme/sheets.ts';
import { type IconName, icon } from './icons.ts';
import { TouchedEvent } from './touched-event.ts';

/** so long must the site's name be held to open the maintenance screen */
const maintenanceHoldMs = 3_000;

@customElement('k-header')
export class KHeader extends LitElement {
  static override styles = [
    base,
    css`
      header {
        display: flex;
        flex-wrap: wrap;
        align-items: center;
        gap: var(--gap-s) var(--gap);
        padding: var(--gap) var(--edge) var(--gap-s);
      }
      .seal {
        display: grid;
        place-items: center;
        width: 2.5rem;
        height: 2.5rem;
        border-radius: 0.4rem;
        background: var(--seal);
        color: #fff;
        font-family: var(--serif);
        font-weight: 700;
        font-size: 1.6rem;
        line-height: 1;
      }
      .site {
        font-family: var(--serif);
        font-weight: 700;
        font-size: var(--text-l);
        margin-right: auto;
        touch-action: none;
      }
      ul {
        display: flex;
        flex-wrap: wrap;
        gap: var(--gap-s);
      }
      li {
        display: inline-flex;
        align-items: center;
        gap: 0.45em;
        padding: 0.25em 0.8em;
        border-radius: 2em;
        font-size: var(--text-s);
        background: var(--warn-wash);
        color: var(--warn);
      }
      @media (orientation: landscape) {
        header {
          padding-block: var(--gap-s) 0;
        }
        .seal {
          width: 2.2rem;
          height: 2.2rem;
          font-size: 1.4rem;
        }
      }
    `,
  ];

  @property({ attribute: false }) status!: Status;
  @property({ attribute: false }) speech!: Speech;
  /** what is out of order is said below, at length */
  @property({ type: Boolean }) brief = false;

  #holdTimer: ReturnType<typeof setTimeout> | undefined;

  override disconnectedCallback(): void {
    super.disconnectedCallback();
    this.#letGo();
  }

  override render() {
    const notes = notesOf(this.status, this.speech, this.brief);
    return html`<header>
      <span class="seal" aria-hidden="true" lang="zh-CN">迎</span>
      <span
        class="site"
        @pointerdown=${this.#hold}
        @pointerup=${this.#letGo}
        @pointerleave=${this.#letGo}
        @pointercancel=${this.#letGo}
      >${this.status.site}</span>
      <ul ?hidden=${notes.length === 0}>
        ${notes.map(({ sign, text }) => html`<li>${icon(sign)}<span>${text}</span></li>`)}
      </ul>
    </header>`;
  }

  /** Staff and IT know it; nobody else finds it by chance. */
  readonly #hold = (): void => {
    this.#letGo();
    if (!this.status.hasMaintenance) return;
    this.#holdTimer = setTimeout(
      () => this.dispatchEvent(new TouchedEvent({ kind: 'open-maintenance' })),
      maintenanceHoldMs,
    );
  };

  readonly #letGo = (): void => {
    clearTimeout(this.#holdTimer);
    this.#holdTimer = undefined;
  };
}

function notesOf(
  status: Status,
  speech: Speech,
  isBrief: boolean,
): { readonly sign: IconName; readonly text: string }[] {
  const words = speech.words.status;
  const notes: { sign: IconName; text: string }[] = [];
  if (status.link === 'offline') {
    const asOf = status.asOf === null ? words.never : words.asOf(speech.formats.moment(status.asOf));
    notes.push({ sign: 'offline', text: `${words.offline} · ${asOf}` });
  }
  const isSaidBelow = (device: string): boolean =>
    isBrief && status.troubles.some((trouble) => trouble.device === device && trouble.visitor !== null);
  if (status.reader === 'absent' && !isSaidBelow('reader'))
    notes.push({ sign: 'card', text: words.readerAbsent });
  // paper that is nearly used up concerns staff alone
  if (status.printer !== 'ready' && status.printer !== 'paper-low' && !isSaidBelow('printer'))
    notes.push({ sign: 'printer', text: words.printer[status.printer] });
  return notes;
}
