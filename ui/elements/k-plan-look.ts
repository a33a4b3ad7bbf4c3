// A layout drawing as large as the page: it grows by two fingers or by buttons, moves by one finger or by buttons, and closes.
import { css, html, LitElement, type PropertyValues } from 'lit';
import { customElement, property, query, state } from 'lit/decorators.js';
import type { ScreenOf } from '../../kiosk/screen.ts';
import { boardWords } from '../text/board-words.ts';
import type { Speech } from '../text/speech.ts';
import { base, buttons } from '../theme/sheets.ts';
import { icon } from './icons.ts';
import './k-floor-plan.ts';
import { Pinch } from './pinch.ts';

/** how many times as large as the page */
const sizes = [1, 1.6, 2.5, 4] as const;
const largest = sizes.length - 1;
/** what a button moves, of what is seen */
const stride = 0.6;

@customElement('k-plan-look')
export class KPlanLook extends LitElement {
  static override styles = [
    base,
    buttons,
    css`
      :host {
        display: grid;
        grid-template: auto minmax(0, 1fr) auto / minmax(0, 1fr);
        gap: var(--gap-s);
        min-height: 0;
      }
      .head,
      .tools {
        display: flex;
        flex-wrap: wrap;
        align-items: center;
        justify-content: space-between;
        gap: var(--gap-s);
      }
      .tools div {
        display: flex;
        gap: var(--gap-s);
      }
      .tools button {
        padding: 0;
        width: 4rem;
      }
      .area {
        min-height: 12rem;
        overflow: auto;
        overscroll-behavior: contain;
        scrollbar-width: none;
        padding: 0;
        touch-action: pan-x pan-y;
      }
      .area:focus-visible {
        outline: var(--focus);
        outline-offset: -4px;
      }
      k-floor-plan {
        width: calc(100% * var(--size));
        height: calc(100% * var(--size));
      }
    `,
  ];

  @property({ attribute: false }) rooms: ScreenOf<'unit'>['layout']['plan'] = [];
  @property() label = '';
  @property({ attribute: false }) speech!: Speech;
  /** place in `sizes` */
  @state() private zoom = 0;
  @query('.area') private readonly area!: HTMLElement;
  @query('.close') private readonly close!: HTMLElement;
  /** what is in the middle, as parts of the whole */
  #middle = { x: 0.5, y: 0.5 };

  constructor() {
    super();
    new Pinch(this, (direction) => this.#resize(direction));
  }

  override render() {
    const words = boardWords[this.speech.language].look;
    const move = (label: string, name: 'back' | 'forward' | 'up' | 'down', x: number, y: number) =>
      html`<button aria-label=${label} ?disabled=${this.zoom === 0} @click=${() => this.#move(x, y)}>${icon(name)}</button>`;
    return html`
      <div class="head">
        <h1>${this.label}</h1>
        <button class="close primary" @click=${() => this.dispatchEvent(new Event('closed'))}>${words.close}</button>
      </div>
      <div class="area card" tabindex="0" role="region" aria-label=${this.label}>
        <k-floor-plan .rooms=${this.rooms} label=${this.label} .style=${`--size:${sizes[this.zoom]}`}></k-floor-plan>
      </div>
      <div class="tools">
        <div>
          ${move(words.left, 'back', -1, 0)}${move(words.right, 'forward', 1, 0)}
          ${move(words.up, 'up', 0, -1)}${move(words.down, 'down', 0, 1)}
        </div>
        <div>
          <button aria-label=${words.smaller} ?disabled=${this.zoom === 0} @click=${() => this.#resize(-1)}>${icon('minus')}</button>
          <button aria-label=${words.larger} ?disabled=${this.zoom === largest} @click=${() => this.#resize(1)}>${icon('plus')}</button>
        </div>
      </div>
    `;
  }

  override firstUpdated(): void {
    this.close.focus({ preventScroll: true });
  }

  override updated(changed: PropertyValues): void {
    if (!changed.has('zoom')) return;
    const { clientWidth, clientHeight, scrollWidth, scrollHeight } = this.area;
    this.area.scrollLeft = this.#middle.x * scrollWidth - clientWidth / 2;
    this.area.scrollTop = this.#middle.y * scrollHeight - clientHeight / 2;
  }

  #resize(direction: 1 | -1): void {
    const { scrollLeft, scrollTop, clientWidth, clientHeight, scrollWidth, scrollHeight } = this.area;
    this.#middle = {
      x: (scrollLeft + clientWidth / 2) / scrollWidth,
      y: (scrollTop + clientHeight / 2) / scrollHeight,
    };
    this.zoom = Math.min(largest, Math.max(0, this.zoom + direction));
  }

  #move(x: number, y: number): void {
    const { clientWidth, clientHeight } = this.area;
    this.area.scrollBy({
      left: x * clientWidth * stride,
      top: y * clientHeight * stride,
      behavior: 'instant',
    });
  }
}
