// The filters of a building: its legend, and one row that opens for each further way to narrow down, with live counts.
import { css, html, LitElement, nothing } from 'lit';
import { customElement, property, state } from 'lit/decorators.js';
import type { ScreenOf } from '../../kiosk/screen.ts';
import { boardWords } from '../text/board-words.ts';
import type { Speech } from '../text/speech.ts';
import { base, buttons } from '../theme/sheets.ts';
import { type Choice, type Chosen, countsOf, type Facet, type FacetName } from './board-facets.ts';
import { icon } from './icons.ts';
import { statePatterns } from './state-pattern.ts';

/** What is chosen now: the page keeps it. */
export class ChosenEvent extends Event {
  readonly chosen: Chosen;

  constructor(chosen: Chosen) {
    super('chosen');
    this.chosen = chosen;
  }
}

@customElement('k-board-filter')
export class KBoardFilter extends LitElement {
  static override styles = [
    base,
    buttons,
    statePatterns,
    css`
      :host {
        display: grid;
        gap: var(--gap-s);
      }
      .row {
        display: flex;
        flex-wrap: wrap;
        gap: var(--gap-s);
      }
      button {
        min-height: 2.5rem;
        min-width: 2.5rem;
        padding: 0.2em 0.8em;
        border-width: 1.5px;
        font-size: var(--text-s);
        gap: 0.45em;
      }
      button[aria-pressed='true'] {
        background: var(--night);
        border-color: var(--night);
        color: #fff;
      }
      .way[aria-expanded='true'] {
        border-color: var(--night);
        box-shadow: inset 0 -0.25rem var(--night);
      }
      .way.chosen {
        background: var(--night);
        border-color: var(--night);
        color: #fff;
        font-weight: 700;
      }
      .way svg.icon {
        width: 1.1em;
        height: 1.1em;
      }
      .ways > * {
        flex: 1;
      }
      /* the numbers are what people come for: how many of each, drawn like the homes themselves */
      .legend {
        display: grid;
        grid-template-columns: repeat(4, minmax(0, 1fr));
        gap: var(--gap-xs) var(--gap-s);
      }
      .legend button {
        display: grid;
        grid-template: auto / 0.8rem auto minmax(0, 1fr);
        align-items: center;
        justify-items: start;
        gap: 0 0.4rem;
        min-height: 2.7rem;
        padding: 0;
        border-color: var(--rule-strong);
        line-height: 1.15;
        text-align: left;
      }
      .legend .name {
        font-size: 0.8rem;
      }
      .legend .swatch {
        place-self: stretch;
        width: auto;
        height: auto;
        border-width: 0 1px 0 0;
        border-radius: calc(var(--round) - 2px) 0 0 calc(var(--round) - 2px);
      }
      .legend .count {
        grid-area: 1 / 2;
        opacity: 1;
        font-family: var(--serif);
        font-size: 1.4rem;
        font-weight: 700;
      }
      .legend .hero {
        grid-row: span 2;
        grid-template: 1fr auto auto 1fr / 1.2rem minmax(0, 1fr);
        min-height: 4.4rem;
        border-width: 2px;
        border-color: var(--c);
        background: color-mix(in srgb, var(--c) 12%, var(--surface-raised));
      }
      .legend .hero .swatch {
        grid-row: 1 / -1;
      }
      .legend .hero .count {
        grid-area: 2 / 2;
        font-size: 2.8rem;
        line-height: 1.1;
      }
      .legend .hero .name {
        grid-area: 3 / 2;
        padding-bottom: 0.3rem;
        font-size: var(--text);
        font-weight: 700;
      }
      .legend button[aria-pressed='true'] {
        background: var(--night);
        border-color: var(--night);
      }
      .opened {
        padding: var(--gap-s);
        border-radius: var(--round);
        background: var(--surface-sunk);
      }
      .count {
        opacity: 0.8;
        font-variant-numeric: tabular-nums;
      }
      .swatch {
        width: 1.3em;
        height: 1.3em;
        border-radius: 0.2em;
        flex: none;
      }
      @media (orientation: landscape) {
        button {
          min-height: 3rem;
          padding-inline: 0.5em;
        }
        .legend,
        .ways {
          display: grid;
          grid-template-columns: repeat(2, minmax(0, 1fr));
        }
        .legend .hero {
          grid-column: 1 / -1;
          grid-row: auto;
        }
        .legend .hero .count {
          font-size: 2.3rem;
        }
      }
      @container style(--layout: single) {
        .legend,
        .ways {
          display: grid;
          grid-template-columns: repeat(2, minmax(0, 1fr));
        }
        .legend .hero {
          grid-column: 1 / -1;
        }
      }
    `,
  ];

  @property({ attribute: false }) board!: ScreenOf<'board'>;
  @property({ attribute: false }) facets: readonly Facet[] = [];
  @property({ attribute: false }) chosen: Chosen = {};
  @property({ attribute: false }) speech!: Speech;
  /** the way that is open; of this visit only */
  @state() private open: FacetName | undefined;

  override render() {
    // what leaves no choice is no way to narrow down
    const ways = this.facets.filter(({ name, choices }) => name !== 'state' && choices.length > 1);
    const open = ways.find(({ name }) => name === this.open);
    return html`
      ${this.#legend()}
      <div class="row ways" role="group" aria-label=${this.#words.choose}>
        ${ways.map((way) => this.#way(way))}
      </div>
      ${open ? this.#choices(open) : nothing}
    `;
  }

  get #words() {
    return boardWords[this.speech.language];
  }

  #legend() {
    const words = this.#words;
    const counts = countsOf(this.facets, this.chosen, 'state');
    const { legend } = this.board;
    const hero = legend.find(({ open }) => open);
    return html`<div class="row legend" role="group" aria-label=${words.facets.state}>
      ${legend.map(
        (s, n) => html`<button
          class=${s === hero ? 'hero' : ''}
          aria-pressed=${this.chosen.state === n}
          .style=${`--c:${s.colour}`}
          @click=${() => this.#choose('state', n)}
        ><span class="swatch p-${s.pattern}"></span><span class="name">${s.name}</span> <span class="count">${counts[n] ?? 0}</span></button>`,
      )}
    </div>`;
  }

  #way({ name, choices }: Facet) {
    const words = this.#words;
    const at = this.chosen[name];
    const choice = at === undefined ? undefined : choices[at];
    const isOpen = this.open === name;
    return html`<button
      class="way ${choice ? 'chosen' : ''}"
      aria-expanded=${isOpen}
      @click=${() => {
        this.open = isOpen ? undefined : name;
      }}
    ><span>${choice ? this.#say(name, choice) : words.facets[name]}</span>${icon(isOpen ? 'up' : 'down')}</button>`;
  }

  #choices({ name, choices }: Facet) {
    const words = this.#words;
    const counts = countsOf(this.facets, this.chosen, name);
    return html`<div class="row opened" role="group" aria-label=${words.facets[name]}>
      <button aria-pressed=${this.chosen[name] === undefined} @click=${() => this.#choose(name, undefined)}>
        ${words.any}
      </button>
      ${choices.map(
        (choice, n) => html`<button
          aria-pressed=${this.chosen[name] === n}
          ?disabled=${counts[n] === 0 && this.chosen[name] !== n}
          @click=${() => this.#choose(name, n)}
        >${this.#say(name, choice)} <span class="count">${counts[n] ?? 0}</span></button>`,
      )}
    </div>`;
  }

  #say(name: FacetName, choice: Choice): string {
    const words = this.#words;
    switch (choice.kind) {
      case 'word':
        return choice.word;
      case 'number':
        return words.rooms(`${choice.value}`);
      case 'band': {
        const { from, to } = choice;
        if (name === 'floor') return words.floors(`${from}`, `${to}`);
        const [unit, say] = name === 'price' ? [1_000_000, words.tenThousands] : [100, words.squareMetres];
        return say(`${from / unit}`, `${to / unit}`);
      }
    }
  }

  /** The same once more takes it back. */
  #choose(name: FacetName, choice: number | undefined): void {
    const { [name]: before, ...others } = this.chosen;
    const isOff = choice === undefined || choice === before;
    this.dispatchEvent(new ChosenEvent(isOff ? others : { ...others, [name]: choice }));
  }
}
