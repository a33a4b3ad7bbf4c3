// What the keys may become: a row above them, and all of it instead of them when asked.
import { css, html, LitElement, nothing } from 'lit';
import { customElement, property } from 'lit/decorators.js';
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

/** What one row holds in characters; a lone one has the room of a target all the same. */
const rowCharacters = 17;
const leastCharacters = 2.5;

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

  override render() {
    const words = keyboardWords[this.speech.language];
    if (this.shown === '') return html`<p class="shown soft">${words.hint}</p><div class="row"></div>`;
    return html`
      <p class="shown" role="status">${this.shown}</p>
      ${
        this.all
          ? html`<k-scroller class="all" .speech=${this.speech} label=${words.candidates}>
            <ul>${this.candidates.map((each) => html`<li>${this.#candidate(each)}</li>`)}</ul>
          </k-scroller>`
          : html`<div class="row" role="group" aria-label=${words.candidates} aria-busy=${`${this.asking}` as const}>
            ${firstOf(this.candidates).map((each) => this.#candidate(each))}
            ${
              this.candidates.length > firstOf(this.candidates).length
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

/** @returns as many of the first as fit into a row */
function firstOf(candidates: readonly Candidate[]): readonly Candidate[] {
  let room = rowCharacters;
  const count = candidates.findIndex(({ text }) => {
    room -= Math.max(leastCharacters, text.length + 1);
    return room < 0;
  });
  return count === -1 ? candidates : candidates.slice(0, Math.max(1, count));
}

declare global {
  interface HTMLElementEventMap {
    chosen: ChosenEvent;
    more: Event;
  }
}
