// What the keys may become: a row above them, and all of it instead of them when asked.
import { css, html, LitElement, nothing } from 'lit';
import { customElement, property, state } from 'lit/decorators.js';
import '../elements/k-scroller.ts';
import type { Candidate } from '../ime/candidate.ts';
import { keyboardWords } from '../text/keyboard-words.ts';
import type { Speech } from '../text/speech.ts';
import { base, buttons } from '../theme/sheets.ts';

export class ChosenEvent extends Event {
  readonly candidate: Candidate;

  constructor(candidate: Candidate) {
    super('chosen');
    this.candidate = candidate;
  }
}

/** Widths in rem, as the sheet below sets them. */
const widths = { character: 1.5, padding: 1, gap: 0.4, least: 3.4, more: 3.8 } as const;
/** Until it has been measured. */
const usualRoom = 28;

@customElement('k-candidates')
export class KCandidates extends LitElement {
  static override styles = [
    base,
    buttons,
    css`
      :host {
        display: grid;
        gap: 0.3rem;
      }
      .shown {
        min-height: 1.6rem;
        font-size: var(--text-l);
        color: var(--accent-deep);
        letter-spacing: 0.04em;
        white-space: nowrap;
        overflow: hidden;
        text-overflow: ellipsis;
      }
      .row {
        display: flex;
        gap: 0.4rem;
        min-height: var(--target);
      }
      button {
        flex: none;
        padding: 0 0.5rem;
        border: none;
        font-size: 1.5rem;
        white-space: nowrap;
      }
      .row .candidate:first-child {
        color: var(--accent-deep);
        font-weight: 700;
      }
      .row .more {
        margin-left: auto;
        background: var(--rule);
        font-size: var(--text-s);
      }
      @media (orientation: landscape) {
        :host {
          grid-template-columns: 18rem minmax(0, 1fr);
          align-items: center;
          gap: var(--gap-s);
        }
        .shown {
          display: flex;
          justify-content: flex-end;
        }
        .all {
          grid-column: 1 / -1;
        }
      }
      @container style(--layout: single) {
        :host {
          gap: 0.1rem;
        }
        .shown {
          min-height: 1.4em;
          line-height: 1.4;
        }
        @media (orientation: landscape) {
          :host {
            grid-template-columns: 6rem minmax(0, 1fr);
            gap: 0.3rem;
          }
          .shown {
            display: block;
          }
          .hint {
            grid-area: 1 / 1 / 2 / -1;
          }
          .row {
            grid-area: 1 / 2;
          }
        }
      }
      .all {
        height: 16rem;
      }
      .all ul {
        display: flex;
        flex-wrap: wrap;
        gap: 0.4rem;
      }
    `,
  ];

  @property({ attribute: false }) speech!: Speech;
  /** letters that wait */
  @property() shown = '';
  @property({ attribute: false }) candidates: readonly Candidate[] = [];
  @property({ type: Boolean }) all = false;
  /** what is shown still lags behind the keys */
  @property({ type: Boolean }) asking = false;

  /** of the row, in rem */
  @state() private room = usualRoom;
  readonly #watch = new ResizeObserver(() => this.#measure());

  override connectedCallback(): void {
    super.connectedCallback();
    this.#watch.observe(this);
  }

  override disconnectedCallback(): void {
    super.disconnectedCallback();
    this.#watch.disconnect();
  }

  #measure(): void {
    const row = this.renderRoot.querySelector('.row');
    const remPx = Number.parseFloat(getComputedStyle(document.documentElement).fontSize);
    if (row && row.clientWidth > 0) this.room = row.clientWidth / remPx;
  }

  override render() {
    const words = keyboardWords[this.speech.language];
    if (this.shown === '') return html`<p class="shown hint soft">${words.hint}</p><div class="row"></div>`;
    const first = firstOf(this.candidates, this.room);
    return html`
      <p class="shown" role="status">${this.shown}</p>
      ${
        this.all
          ? html`<k-scroller class="all" .speech=${this.speech} label=${words.candidates}>
            <ul>${this.candidates.map((each) => html`<li>${this.#candidate(each)}</li>`)}</ul>
          </k-scroller>`
          : html`<div class="row" role="group" aria-label=${words.candidates} aria-busy=${`${this.asking}` as const}>
            ${first.map((each) => this.#candidate(each))}
            ${
              this.candidates.length > first.length
                ? html`<button class="more" @click=${() => this.dispatchEvent(new Event('more'))}>${words.more}</button>`
                : nothing
            }
          </div>`
      }
    `;
  }

  #candidate(candidate: Candidate) {
    return html`<button class="candidate" @click=${() => this.dispatchEvent(new ChosenEvent(candidate))}>
      ${candidate.text}
    </button>`;
  }
}

/** @returns as many of the first as fit into a row beside the button for more */
function firstOf(candidates: readonly Candidate[], room: number): readonly Candidate[] {
  let left = room - widths.more;
  const count = candidates.findIndex(({ text }) => {
    left -= Math.max(widths.least, text.length * widths.character + widths.padding) + widths.gap;
    return left < 0;
  });
  return count === -1 ? candidates : candidates.slice(0, Math.max(1, count));
}

declare global {
  interface HTMLElementEventMap {
    chosen: ChosenEvent;
    more: Event;
  }
}
