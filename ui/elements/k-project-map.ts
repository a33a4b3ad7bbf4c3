// Every home of a project on one canvas, building beside building; the list of buildings beside it says the same in words.
import { css, html, LitElement, type PropertyValues } from 'lit';
import { customElement, property, query } from 'lit/decorators.js';
import type { ScreenOf } from '../../kiosk/screen.ts';
import { stateFill } from './drawn-state.ts';
import { TouchedEvent } from './touched-event.ts';

type Buildings = ScreenOf<'buildings'>;
type Overview = NonNullable<Buildings['overview']>;

interface Placed {
  readonly id: string;
  readonly name: string;
  readonly columns: number;
  readonly floors: number;
  readonly cells: string;
  /** left edge in columns */
  readonly left: number;
}

const firstLetter = 'a'.charCodeAt(0);
/** between buildings, in columns: whole ones, so that one pattern fits all */
const street = 2;
const nameRows = 2.4;

@customElement('k-project-map')
export class KProjectMap extends LitElement {
  static override styles = css`
    :host {
      display: block;
      min-width: 0;
    }
    canvas {
      display: block;
      width: 100%;
      height: 100%;
      touch-action: pan-y;
    }
  `;

  @property({ attribute: false }) buildings: Buildings['buildings'] = [];
  @property({ attribute: false }) overview!: Overview;
  /** index in the legend; the others are drawn faint */
  @property({ attribute: false }) only: number | undefined;
  @query('canvas') private readonly canvas!: HTMLCanvasElement;

  #placed: readonly Placed[] = [];
  /** columns and rows that the whole picture holds */
  #columns = 1;
  #rows = 1;
  /** one column, one floor in whole CSS px */
  #step = { x: 1, y: 1 };
  #left = 0;
  /** of each state, for this step */
  #fills: (CanvasPattern | string)[] = [];
  readonly #resize = new ResizeObserver(() => this.#draw());

  override render() {
    // the list beside it is what is read aloud
    return html`<canvas aria-hidden="true" @click=${this.#choose}></canvas>`;
  }

  override willUpdate(changed: PropertyValues<this>): void {
    if (!changed.has('overview') && !changed.has('buildings')) return;
    let left = 0;
    this.#placed = this.buildings.flatMap(({ id, name }, n) => {
      const found = this.overview.buildings[n];
      if (!found) return [];
      const { columns, cells } = found;
      const placed = {
        id,
        name,
        columns,
        cells,
        left,
        floors: Math.ceil(cells.length / Math.max(1, columns)),
      };
      left += Math.max(columns, 3) + street;
      return [placed];
    });
    this.#fills = [];
    this.#columns = Math.max(1, left - street);
    this.#rows = Math.max(1, ...this.#placed.map(({ floors }) => floors)) + nameRows;
  }

  override firstUpdated(): void {
    this.#resize.observe(this);
  }

  override updated(): void {
    this.#draw();
  }

  override disconnectedCallback(): void {
    super.disconnectedCallback();
    this.#resize.disconnect();
  }

  #draw(): void {
    const { clientWidth: width, clientHeight: height } = this;
    const context = this.canvas.getContext('2d');
    if (!context || width === 0 || height === 0) return;
    const y = Math.max(1, Math.floor(Math.min(height / this.#rows, 26)));
    const x = Math.max(1, Math.floor(Math.min(width / this.#columns, y * 2.4)));
    this.#step = { x, y };
    this.#left = Math.max(0, Math.floor((width - this.#columns * x) / 2));
    // one picture element is enough for squares, and a quarter of the work on a screen of two
    if (this.canvas.width !== width || this.canvas.height !== height) {
      Object.assign(this.canvas, { width, height });
      this.#fills = [];
    }
    context.reset();
    const colours = getComputedStyle(this);
    const ground = height - Math.ceil(nameRows * y);
    context.translate(this.#left, ground);
    context.fillStyle = colours.getPropertyValue('--rule-strong');
    context.fillRect(-this.#left, 1, width, 2);
    // a state at a time, a row of equal homes at once: the pen moves hundreds of times, not five thousand
    this.overview.legend.forEach((state, n) => {
      context.globalAlpha = this.only === undefined || this.only === n ? 1 : 0.14;
      const fill = this.#fills[n] ?? stateFill(context, state, this.#step);
      this.#fills[n] = fill;
      context.fillStyle = fill;
      const letter = String.fromCharCode(firstLetter + n);
      for (const placed of this.#placed) this.#drawHomes(context, placed, letter);
    });
    context.globalAlpha = 1;
    this.#drawNames(context, colours);
  }

  #drawNames(context: CanvasRenderingContext2D, colours: CSSStyleDeclaration): void {
    const { x, y } = this.#step;
    context.fillStyle = colours.getPropertyValue('--text-main');
    context.font = `${Math.max(12, Math.min(24, y * 1.5))}px ${colours.getPropertyValue('--sans')}`;
    context.textAlign = 'center';
    context.textBaseline = 'middle';
    for (const { name, left, columns } of this.#placed) {
      const wide = Math.max(columns, 3) * x;
      context.fillText(name, left * x + wide / 2, (nameRows * y) / 2 + 2, wide + x);
    }
  }

  #drawHomes(context: CanvasRenderingContext2D, { columns, cells, left }: Placed, letter: string): void {
    const { x, y } = this.#step;
    for (let at = cells.indexOf(letter); at >= 0; ) {
      const column = at % columns;
      let wide = 1;
      while (column + wide < columns && cells[at + wide] === letter) wide += 1;
      context.fillRect((left + column) * x, -(Math.floor(at / columns) + 1) * y, wide * x, y);
      at = cells.indexOf(letter, at + wide);
    }
  }

  readonly #choose = ({ offsetX }: MouseEvent): void => {
    const column = (offsetX - this.#left) / this.#step.x;
    const found = this.#placed.find(
      ({ left, columns }) => column >= left - street / 2 && column < left + Math.max(columns, 3) + street / 2,
    );
    if (found) this.dispatchEvent(new TouchedEvent({ kind: 'choose-building', id: found.id }));
  };
}
