// The sales board of one building: what narrows it down, how many homes are left, and the grid that grows under two fingers.
import { css, html, nothing, type PropertyValues } from 'lit';
import { customElement, query, state } from 'lit/decorators.js';
import { type Chosen, type Facet, facetsOf, totalOf } from '../elements/board-facets.ts';
import { icon } from '../elements/icons.ts';
import '../elements/k-board-filter.ts';
import type { ChosenEvent } from '../elements/k-board-filter.ts';
import '../elements/k-scroller.ts';
import '../elements/k-unit-grid.ts';
import { type KUnitGrid, largestZoom, type ZoomedEvent } from '../elements/k-unit-grid.ts';
import { boardWords } from '../text/board-words.ts';
import { base, buttons, page } from '../theme/sheets.ts';
import { ScreenElement } from './screen-element.ts';

@customElement('board-screen')
export class BoardScreen extends ScreenElement<'board'> {
  static override styles = [
    base,
    buttons,
    page,
    css`
      :host {
        gap: var(--gap-s);
      }
      .title {
        display: flex;
        flex-wrap: wrap;
        align-items: baseline;
        gap: 0 var(--gap);
      }
      .tools {
        display: flex;
        align-items: center;
        gap: var(--gap-s);
      }
      .tools p {
        flex: 1;
        font-weight: 700;
      }
      .tools button {
        min-height: 2.5rem;
        min-width: 2.5rem;
        padding: 0.2em 0.7em;
        font-size: var(--text-s);
      }
      .zoom {
        display: flex;
        gap: var(--gap-xs);
      }
      .zoom button {
        min-width: 3.4rem;
        font-size: var(--text-l);
        font-weight: 700;
      }
      k-scroller {
        padding-top: 2px;
      }
      @media (orientation: landscape) {
        :host {
          display: grid;
          grid-template: auto auto minmax(0, 1fr) / 20rem minmax(0, 1fr);
          gap: var(--gap-s) var(--gap);
        }
        h1 {
          font-size: var(--title);
        }
        .head {
          grid-column: 1 / -1;
          display: flex;
          flex-wrap: wrap;
          align-items: baseline;
          gap: 0 var(--gap);
        }
        .side {
          grid-row: 2 / 4;
        }
        .tools button {
          min-height: 3rem;
          min-width: 3rem;
        }
      }
    `,
  ];

  /** View state of this visit only. */
  @state() private chosen: Chosen = {};
  @state() private zoom = 0;
  @query('k-unit-grid') private readonly grid!: KUnitGrid | null;
  #facets: readonly Facet[] = [];
  /** what the facets were made of */
  #cells = '';

  override willUpdate(changed: PropertyValues<this>): void {
    if (!changed.has('screen')) return;
    const before = changed.get('screen');
    if (before?.building.id !== this.screen.building.id) {
      this.chosen = {};
      this.zoom = 0;
    }
    const cells = JSON.stringify([this.screen.legend, this.screen.bedrooms, this.screen.cells]);
    if (cells === this.#cells) return;
    // what was chosen keeps its meaning only while the choices are the same
    const facets = facetsOf(this.screen);
    const choices = (of: readonly Facet[]) => JSON.stringify(of.map((facet) => facet.choices));
    if (choices(facets) !== choices(this.#facets)) this.chosen = {};
    this.#facets = facets;
    this.#cells = cells;
  }

  override render() {
    const { words } = this.speech;
    return html`
      ${this.#head()}
      <k-scroller class="side" .speech=${this.speech} label=${boardWords[this.speech.language].choose}>
        <k-board-filter
          .board=${this.screen}
          .facets=${this.#facets}
          .chosen=${this.chosen}
          .speech=${this.speech}
          @chosen=${this.#choose}
        ></k-board-filter>
      </k-scroller>
      ${this.#tools()}
      <k-scroller class="fill" .speech=${this.speech} label=${words.board.grid}>
        <k-unit-grid
          .board=${this.screen}
          .facets=${this.#facets}
          .chosen=${this.chosen}
          .zoom=${this.zoom}
          .speech=${this.speech}
          @zoomed=${this.#zoomed}
        ></k-unit-grid>
      </k-scroller>
    `;
  }

  #head() {
    const { words, formats } = this.speech;
    const { project, building, approvedAt } = this.screen;
    return html`<div class="head">
      <div class="title">
        <h1>${project.name} ${building.name}</h1>
        ${approvedAt === null ? nothing : html`<span class="soft small">${words.status.approved(formats.moment(approvedAt))}</span>`}
      </div>
      <p class="soft small">${words.board.licence} ${building.licence}</p>
    </div>`;
  }

  #tools() {
    const words = boardWords[this.speech.language];
    const number = (n: number) => this.speech.formats.number(n);
    const total = totalOf(this.#facets, this.chosen);
    const isChosen = Object.keys(this.chosen).length > 0;
    return html`<div class="tools">
      <p role="status">${total === 0 ? words.none : words.count(number(total), number(this.screen.cells.length))}</p>
      ${isChosen ? html`<button @click=${this.#clear}>${icon('erase')}${words.clear}</button>` : nothing}
      <div class="zoom" role="group" aria-label=${words.zoom}>
        ${
          this.zoom === 0
            ? nothing
            : html`<button aria-label=${words.left} @click=${() => this.grid?.move(-1)}>${icon('back')}</button>
              <button aria-label=${words.right} @click=${() => this.grid?.move(1)}>${icon('forward')}</button>`
        }
        <button aria-label=${words.smaller} ?disabled=${this.zoom === 0} @click=${() => this.#resize(-1)}>${icon('minus')}</button>
        <button aria-label=${words.larger} ?disabled=${this.zoom === largestZoom} @click=${() => this.#resize(1)}>${icon('plus')}</button>
      </div>
    </div>`;
  }

  #resize(direction: 1 | -1): void {
    this.zoom = Math.min(largestZoom, Math.max(0, this.zoom + direction));
  }

  readonly #zoomed = ({ zoom }: ZoomedEvent): void => {
    this.zoom = zoom;
  };

  readonly #choose = ({ chosen }: ChosenEvent): void => {
    this.chosen = chosen;
  };

  readonly #clear = (): void => {
    this.chosen = {};
  };
}
