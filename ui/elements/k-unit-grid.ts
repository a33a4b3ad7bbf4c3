// One building as floors × units: native buttons, filled some floors a frame, filtered and enlarged by CSS alone.
import { html, LitElement, type PropertyValues, unsafeCSS } from 'lit';
import { customElement, property, state } from 'lit/decorators.js';
import { guard } from 'lit/directives/guard.js';
import type { ScreenOf } from '../../kiosk/screen.ts';
import { boardWords } from '../text/board-words.ts';
import type { Speech } from '../text/speech.ts';
import { base, buttons } from '../theme/sheets.ts';
import { type Cell, type Chosen, type Facet, type FacetName, facetNames } from './board-facets.ts';
import { Pinch } from './pinch.ts';
import { statePatterns } from './state-pattern.ts';
import { TouchedEvent } from './touched-event.ts';
import { unitGridStyles } from './unit-grid-styles.ts';

type Board = ScreenOf<'board'>;
type IndexedState = Board['legend'][number] & { readonly index: number };
interface Floor {
  /** everything that its tiles are drawn from: equal keys need no drawing */
  readonly key: string;
  /** column → unit, and its place among all */
  readonly columns: ReadonlyMap<number, { readonly cell: Cell; readonly at: number }>;
}

/** More states than this have no colour here; a developer has far fewer. */
const colourable = 16;
/** What a Pi-class box draws within one frame; the first frame also draws all around the grid. */
const floorsAtOnce = 6;
const tilesPerFrame = 160;
/** more homes a floor than this do not fit a panel side by side */
export const mostAcross = 10;
export const largestZoom = 3;
/** from here on a tile also says rooms, area and price */
const readableZoom = 2;

const colours = Array.from({ length: colourable }, (_, i) => `.s${i} { --c: var(--state-${i}); }`).join('');

/** Asks for another size: by fingers; the page has buttons for the same. */
export class ZoomedEvent extends Event {
  readonly zoom: number;

  constructor(zoom: number) {
    super('zoomed', { bubbles: true, composed: true });
    this.zoom = zoom;
  }
}

@customElement('k-unit-grid')
export class KUnitGrid extends LitElement {
  static override styles = [base, buttons, statePatterns, unitGridStyles, unsafeCSS(colours)];

  @property({ attribute: false }) board!: Board;
  @property({ attribute: false }) speech!: Speech;
  @property({ attribute: false }) facets!: readonly Facet[];
  /** 0: a whole floor is as wide as the page … `largestZoom` */
  @property({ attribute: false }) zoom = 0;
  @state() private filled = floorsAtOnce;

  #frame = 0;
  #floors: ReadonlyMap<number, Floor> = new Map();
  /** of the widest floor, whatever headquarters says of the building */
  #columns = 1;
  /** what stands there for each level */
  readonly #drawn = new Map<number, HTMLElement>();
  #levels: readonly number[] = [];
  /** hides what is not chosen: as many rules as facets are in use */
  readonly #filter = new CSSStyleSheet();
  #middle: Element | null = null;

  constructor() {
    super();
    new Pinch(this, (direction) => {
      const zoom = Math.min(largestZoom, Math.max(0, this.zoom + direction));
      if (zoom !== this.zoom) this.dispatchEvent(new ZoomedEvent(zoom));
    });
  }

  /** What homes must be to be seen: a matter of style alone, so nothing is drawn anew. */
  set chosen(chosen: Chosen) {
    this.#filter.replaceSync(filterOf(chosen));
  }

  protected override createRenderRoot() {
    const root = super.createRenderRoot();
    if (root instanceof ShadowRoot) root.adoptedStyleSheets.push(this.#filter);
    return root;
  }

  override willUpdate(changed: PropertyValues<this>): void {
    if (changed.has('board') || changed.has('facets')) this.#take(changed.get('board'));
    if (changed.has('zoom')) {
      this.#middle = this.hasUpdated ? this.#inTheMiddle() : null;
      if (this.zoom > 0) this.setAttribute('zoom', `${this.zoom}`);
      else this.removeAttribute('zoom');
    }
  }

  #take(before: Board | undefined): void {
    if (before?.building.id !== this.board.building.id) {
      this.filled = floorsAtOnce;
      this.#drawn.clear();
    }
    this.#floors = groupByFloor(this.board, this.facets);
    this.#levels = [...this.#floors.keys()].sort((a, b) => b - a);
    this.#columns = columnsOf(this.#floors.values());
    this.style.setProperty('--columns', `${this.#columns}`);
    this.board.legend.forEach((s, i) => {
      this.style.setProperty(`--state-${i}`, s.colour);
    });
    const isWide = this.#columns > mostAcross;
    this.toggleAttribute('wide', isWide);
    this.toggleAttribute('dense', isWide || this.board.legend.some((s) => s.name.length > 4));
  }

  override render() {
    const { words } = this.speech;
    const states = new Map(this.board.legend.map((s, index) => [s.code, { ...s, index }]));
    const look = this.board.legend.map(({ name, pattern, open }) => `${name}${pattern}${open}`).join();
    return html`<div class="floors" role="group" aria-label=${words.board.grid} @click=${this.#choose}>
      ${this.#levels.slice(0, this.filled).map((level) => {
        const floor = this.#floors.get(level);
        const isReadable = this.zoom >= readableZoom;
        return guard([level, floor?.key, this.#columns, look, this.speech, isReadable], () =>
          this.#floor(level, floor, states),
        );
      })}
    </div>`;
  }

  /** Plain elements, kept and put right: a thousand templates would take the page three times as long. */
  #floor(level: number, floor: Floor | undefined, states: ReadonlyMap<string, IndexedState>): HTMLElement {
    const element = this.#drawn.get(level) ?? emptyFloor(level);
    this.#drawn.set(level, element);
    put(element, 'aria-label', this.speech.words.board.floor(`${level}`));
    for (let column = 1; column <= this.#columns; column += 1) {
      const unit = floor?.columns.get(column);
      const before = element.children[column];
      const fits = before instanceof HTMLButtonElement === (unit !== undefined);
      const place = before && fits ? before : document.createElement(unit ? 'button' : 'span');
      if (!before) element.append(place);
      else if (!fits) before.replaceWith(place);
      if (unit) this.#draw(place, unit.cell, unit.at, states.get(unit.cell.state));
    }
    while (element.children.length > this.#columns + 1) element.lastChild?.remove();
    return element;
  }

  #draw(tile: Element, cell: Cell, at: number, state: IndexedState | undefined): void {
    const { words, formats, language } = this.speech;
    const own = boardWords[language];
    const rooms = cell.bedrooms > 0 ? words.board.rooms(`${cell.bedrooms}`) : own.noLayout;
    const area = formats.area(cell.area);
    const price = formats.price(cell.price);
    const isKept = this.board.kept?.includes(cell.id) ?? false;
    const label = words.board.unit(cell.number, state?.name ?? own.noState, rooms, area, price);
    const word = state?.name ?? '—';
    // its text is the number; what stands below it is drawn by CSS, half the boxes of elements
    if (tile.textContent !== cell.number) tile.textContent = cell.number;
    const name = `s${state?.index ?? ''} p-${state?.pattern ?? 'empty'}${state?.open ? ' open' : ''}${isKept ? ' kept' : ''}`;
    put(tile, 'class', `${name} ${placesOf(this.facets, at)}`);
    put(tile, 'data-unit', cell.id);
    put(tile, 'data-word', isKept ? `♥ ${word}` : word);
    put(tile, 'aria-label', isKept ? `${label}${own.isKept}` : label);
    // nobody can read it sooner
    if (this.zoom < readableZoom) return;
    const hasPrice = cell.price > 0 && cell.area > 0;
    const perM2 = hasPrice ? `\n${formats.pricePerM2(Math.round((cell.price * 100) / cell.area))}` : '';
    put(tile, 'data-more', `${rooms} · ${area}\n${price}${perM2}`);
  }

  override updated(): void {
    this.#middle?.scrollIntoView({ block: 'center', inline: 'center', behavior: 'instant' });
    this.#middle = null;
    if (this.filled >= this.#levels.length || this.#frame !== 0) return;
    this.#frame = requestAnimationFrame(() => {
      this.#frame = 0;
      this.filled += Math.max(1, Math.round(tilesPerFrame / this.#columns));
    });
  }

  override disconnectedCallback(): void {
    super.disconnectedCallback();
    cancelAnimationFrame(this.#frame);
    this.#frame = 0;
  }

  /** Moves what is larger than the page sideways. */
  move(direction: 1 | -1): void {
    this.scrollBy({ left: direction * this.clientWidth * 0.7, behavior: 'instant' });
  }

  /** The home that stays where it is while everything grows. */
  #inTheMiddle(): Element | null {
    const { left, right, top, bottom } = this.getBoundingClientRect();
    const y = (Math.max(0, top) + Math.min(innerHeight, bottom)) / 2;
    return this.shadowRoot?.elementFromPoint((left + right) / 2, y)?.closest('button') ?? null;
  }

  readonly #choose = (event: Event): void => {
    const tile = event.target instanceof Element ? event.target.closest('button') : null;
    const id = tile?.dataset['unit'];
    if (id !== undefined) this.dispatchEvent(new TouchedEvent({ kind: 'choose-unit', id }));
  };
}

/** What is so already is left alone. */
function put(element: Element, name: string, value: string): void {
  if (element.getAttribute(name) !== value) element.setAttribute(name, value);
}

function emptyFloor(level: number): HTMLElement {
  const floor = document.createElement('div');
  floor.className = 'floor';
  floor.setAttribute('role', 'group');
  const sign = document.createElement('span');
  sign.className = 'level';
  sign.setAttribute('aria-hidden', 'true');
  sign.textContent = `${level}`;
  floor.append(sign);
  return floor;
}

/** The class of all homes of a choice. */
const placeClass = (name: FacetName, choice: number): string => `${name}-${choice}`;

function placesOf(facets: readonly Facet[], at: number): string {
  return facets.map(({ name, of }) => placeClass(name, of[at] ?? 255)).join(' ');
}

function filterOf(chosen: Chosen): string {
  const left = facetNames.flatMap((name) => {
    const choice = chosen[name];
    return choice === undefined ? [] : `.${placeClass(name, choice)}`;
  });
  return left.length === 0 ? '' : `button:not(${left.join('')}) { visibility: hidden; }`;
}

function groupByFloor(board: Board, facets: readonly Facet[]): Map<number, Floor> {
  const kept = new Set(board.kept);
  const floors = new Map<number, { key: string; columns: Map<number, { cell: Cell; at: number }> }>();
  board.cells.forEach((cell, at) => {
    const floor = floors.get(cell.floor) ?? { key: '', columns: new Map() };
    floors.set(cell.floor, floor);
    // two homes in one place: neither is hidden by the other
    let column = Math.max(1, cell.column);
    while (floor.columns.has(column)) column += 1;
    floor.columns.set(column, { cell, at });
    floor.key += `|${cell.id} ${column} ${cell.number} ${cell.state} ${cell.price} ${cell.area} ${cell.bedrooms} ${kept.has(cell.id)} ${placesOf(facets, at)}`;
  });
  return floors;
}

function columnsOf(floors: Iterable<Floor>): number {
  let most = 1;
  for (const { columns } of floors) most = Math.max(most, ...columns.keys());
  return most;
}
