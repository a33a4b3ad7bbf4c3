// One building as floors × units: native buttons, filled some floors a frame, filtered by CSS alone.
import { css, html, LitElement, type PropertyValues, unsafeCSS } from 'lit';
import { customElement, property, state } from 'lit/decorators.js';
import { guard } from 'lit/directives/guard.js';
import type { ScreenOf } from '../../kiosk/screen.ts';
import type { Speech } from '../text/speech.ts';
import { base, buttons } from '../theme/sheets.ts';
import { statePatterns } from './state-pattern.ts';
import { TouchedEvent } from './touched-event.ts';

type Board = ScreenOf<'board'>;
type Cell = Board['cells'][number];
type IndexedState = Board['legend'][number] & { readonly index: number };

/** More states or bedroom numbers than this cannot be filtered; a building has far fewer. */
const filterable = 12;
/** What a Pi-class box draws within one frame; the first frame also draws all around the grid. */
const floorsAtOnce = 6;
const floorsPerFrame = 9;

const filters = Array.from(
  { length: filterable },
  (_, i) => `
    :host([only-state='${i}']) button:not([data-s='${i}']),
    :host([only-bedrooms='${i}']) button:not([data-b='${i}']) { visibility: hidden; }
    button[data-s='${i}'] { --c: var(--state-${i}); }`,
).join('');

@customElement('k-unit-grid')
export class KUnitGrid extends LitElement {
  static override styles = [
    base,
    buttons,
    statePatterns,
    css`
      :host {
        display: block;
      }
      .floor {
        display: grid;
        grid-template-columns: 2rem repeat(var(--columns), minmax(0, 1fr));
        gap: 0.22rem;
        margin-bottom: 0.22rem;
      }
      .level {
        align-self: center;
        text-align: center;
        font-size: var(--text-s);
        color: var(--ink-soft);
      }
      button {
        --c: #888;
        position: relative;
        display: grid;
        gap: 0;
        align-content: center;
        min-height: 2.5rem;
        min-width: 0;
        padding: 0.1rem 0.15rem 0.1rem 0.85rem;
        border: 1.5px solid color-mix(in srgb, var(--c) 55%, #fff);
        border-radius: 0.35rem;
        background: color-mix(in srgb, var(--c) 13%, #fffdf8);
        line-height: 1.08;
        overflow: hidden;
      }
      button:active {
        background: color-mix(in srgb, var(--c) 40%, #fffdf8);
      }
      button::before {
        content: '';
        position: absolute;
        inset: 0 auto 0 0;
        width: 0.7rem;
        border-right: 1px solid var(--c);
        background-color: var(--ground, #fff);
        background-image: var(--mark, none);
        background-size: var(--tile, auto);
      }
      b {
        font-family: var(--serif);
        font-size: 0.9rem;
        font-variant-numeric: tabular-nums;
      }
      .word {
        font-size: 0.68rem;
      }
      :host([dense]) .word {
        font-size: 0.52rem;
        letter-spacing: -0.01em;
      }
      :host([dense]) button {
        padding: 0.1rem 0.1rem 0.1rem 0.5rem;
      }
      :host([dense]) button::before {
        width: 0.42rem;
      }
      button.open b {
        color: var(--vermilion-deep);
      }
      /* twice the size is fewer side by side: a floor goes on below */
      @container style(--layout: single) {
        .floor {
          grid-template-columns: repeat(4, minmax(0, 1fr));
        }
        .level {
          grid-column: 1 / -1;
          text-align: start;
        }
        .floor button {
          grid-auto-flow: row;
        }
      }
      @media (orientation: landscape) {
        button {
          min-height: 2.25rem;
          grid-auto-flow: column;
          justify-content: space-evenly;
          align-items: center;
        }
        :host([dense]) button {
          grid-auto-flow: row;
        }
        :host([dense]) .word {
          font-size: 0.66rem;
        }
      }
    `,
    unsafeCSS(filters),
  ];

  @property({ attribute: false }) board!: Board;
  @property({ attribute: false }) speech!: Speech;
  @state() private filled = floorsAtOnce;

  #frame = 0;
  /** floor → column → unit */
  #byFloor: ReadonlyMap<number, ReadonlyMap<number, Cell>> = new Map();

  override willUpdate(changed: PropertyValues<this>): void {
    if (!changed.has('board')) return;
    const before = changed.get('board');
    if (before?.building.id !== this.board.building.id) this.filled = floorsAtOnce;
    this.#byFloor = groupByFloor(this.board.cells);
    this.style.setProperty('--columns', `${this.board.building.columns}`);
    this.board.legend.forEach((s, i) => {
      this.style.setProperty(`--state-${i}`, s.colour);
    });
    this.toggleAttribute(
      'dense',
      this.board.legend.some((s) => s.name.length > 4),
    );
  }

  override render() {
    const { words } = this.speech;
    const floors = [...this.#byFloor.keys()].sort((a, b) => b - a).slice(0, this.filled);
    const states = new Map(this.board.legend.map((s, index) => [s.code, { ...s, index }]));
    return html`<div role="group" aria-label=${words.board.grid} @click=${this.#choose}>
      ${floors.map((floor) => guard([this.board, this.speech], () => this.#floor(floor, states)))}
    </div>`;
  }

  #floor(floor: number, states: ReadonlyMap<string, IndexedState>) {
    const row = this.#byFloor.get(floor) ?? new Map<number, Cell>();
    const columns = Array.from({ length: this.board.building.columns }, (_, i) => row.get(i + 1));
    return html`<div class="floor" role="group" aria-label=${this.speech.words.board.floor(`${floor}`)}>
      <span class="level" aria-hidden="true">${floor}</span>
      ${columns.map((cell) => (cell ? this.#tile(cell, states.get(cell.state)) : html`<span></span>`))}
    </div>`;
  }

  #tile(cell: Cell, state: IndexedState | undefined) {
    const { words, formats } = this.speech;
    const label = words.board.unit(
      cell.number,
      state?.name ?? '',
      words.board.rooms(`${cell.bedrooms}`),
      formats.area(cell.area),
      formats.price(cell.price),
    );
    return html`<button
      class="p-${state?.pattern ?? 'empty'} ${state?.open ? 'open' : ''}"
      data-unit=${cell.id}
      data-s=${state?.index ?? -1}
      data-b=${cell.bedrooms}
      aria-label=${label}
    ><b>${cell.number}</b> <span class="word">${state?.name ?? ''}</span></button>`;
  }

  override updated(): void {
    if (this.filled >= this.#byFloor.size || this.#frame !== 0) return;
    this.#frame = requestAnimationFrame(() => {
      this.#frame = 0;
      this.filled += floorsPerFrame;
    });
  }

  override disconnectedCallback(): void {
    super.disconnectedCallback();
    cancelAnimationFrame(this.#frame);
    this.#frame = 0;
  }

  readonly #choose = (event: Event): void => {
    const tile = event.target instanceof Element ? event.target.closest('button') : null;
    const id = tile?.dataset['unit'];
    if (id !== undefined) this.dispatchEvent(new TouchedEvent({ kind: 'choose-unit', id }));
  };
}

function groupByFloor(cells: readonly Cell[]): Map<number, Map<number, Cell>> {
  const floors = new Map<number, Map<number, Cell>>();
  for (const cell of cells) {
    const floor = floors.get(cell.floor) ?? new Map<number, Cell>();
    floors.set(cell.floor, floor.set(cell.column, cell));
  }
  return floors;
}
