// Every home of a project on one canvas, building beside building; the list of buildings beside it says the same in words.
import { css, html, LitElement, type PropertyValues } from 'lit';
import { customElement, property, query } from 'lit/decorators.js';
import type { ScreenOf } from '../../kiosk/screen.ts';
import { drawState } from './drawn-state.ts';
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
/** between buildings, in columns */
const street = 1.6;
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
  /** one column, one floor in CSS px */
  #step = { x: 1, y: 1 };
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
    // one picture element is enough for squares, and a quarter of the work on a screen of two
    this.canvas.width = width;
    this.canvas.height = height;
    const y = Math.min(height / this.#rows, 26);
    this.#step = { x: Math.min(width / this.#columns, y * 2.4), y };
    const colours = getComputedStyle(this);
    context.fillStyle = colours.getPropertyValue('--surface-sunk');
    const ground = height - nameRows * y;
    context.fillRect(0, ground + 1, width, 2);
    // a state at a time: the pen changes seven times, not five thousand
    this.overview.legend.forEach((state, n) => {
      context.globalAlpha = this.only === undefined || this.only === n ? 1 : 0.14;
      const letter = String.fromCharCode(firstLetter + n);
      const pen = drawState(context, state, this.#step);
      for (const placed of this.#placed) this.#drawHomes(placed, letter, ground, pen);
    });
    context.globalAlpha = 1;
    context.fillStyle = colours.getPropertyValue('--text-main');
    context.font = `${Math.min(22, y * 1.3)}px ${colours.getPropertyValue('--sans')}`;
    context.textAlign = 'center';
    context.textBaseline = 'middle';
    for (const { name, left, columns } of this.#placed) {
      const wide = Math.max(columns, 3) * this.#step.x;
      context.fillText(
        name,
        left * this.#step.x + wide / 2,
        ground + (nameRows * y) / 2 + 2,
        wide + this.#step.x,
      );
    }
  }

  #drawHomes(
    { columns, cells, left }: Placed,
    letter: string,
    ground: number,
    pen: (x: number, y: number) => void,
  ): void {
    const { x, y } = this.#step;
    for (let at = cells.indexOf(letter); at >= 0; at = cells.indexOf(letter, at + 1)) {
      pen((left + (at % columns)) * x, ground - (Math.floor(at / columns) + 1) * y);
    }
  }

  readonly #choose = ({ offsetX }: MouseEvent): void => {
    const column = offsetX / this.#step.x;
    const found = this.#placed.find(
      ({ left, columns }) => column >= left - street / 2 && column < left + Math.max(columns, 3) + street / 2,
    );
    if (found) this.dispatchEvent(new TouchedEvent({ kind: 'choose-building', id: found.id }));
  };
}
