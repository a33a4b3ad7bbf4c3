// The sales board of one building: what narrows it down, how many homes are left, and the grid that grows under two fingers.
import { css, html, nothing, type PropertyValues } from 'lit';
import { customElement, query, state } from 'lit/decorators.js';
import { emptySearch } from '../../kiosk/search-screen.ts';
import { type Chosen, type Facet, facetsOf, totalOf } from '../elements/board-facets.ts';
import { icon } from '../elements/icons.ts';
import '../elements/k-board-filter.ts';
import type { ChosenEvent } from '../elements/k-board-filter.ts';
import '../elements/k-scroller.ts';
import '../elements/k-unit-grid.ts';
import { type KUnitGrid, largestZoom, mostAcross, type ZoomedEvent } from '../elements/k-unit-grid.ts';
import { boardWords } from '../text/board-words.ts';
import { ownerWords } from '../text/owner-words.ts';
import { base, buttons, page } from '../theme/sheets.ts';
import { ScreenElement } from './screen-element.ts';

/** as many stand side by side above the board */
const mostBuildings = 5;

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
      .head {
        grid-template-columns: 1fr auto;
        align-items: end;
        gap: var(--gap-xs) var(--gap);
      }
      .head p,
      .buildings {
        grid-column: 1 / -1;
      }
      .search {
        padding: 0.2em 0.9em;
        min-height: 2.7rem;
      }
      .buildings {
        display: flex;
        flex-wrap: wrap;
        gap: var(--gap-s);
      }
      .buildings button {
        flex: 1 0 auto;
        min-height: 2.5rem;
        min-width: 2.5rem;
        padding: 0.2em 0.6em;
        border-width: 1.5px;
        font-size: var(--text-s);
        white-space: nowrap;
      }
      .buildings button[aria-current] {
        background: var(--night);
        border-color: var(--night);
        color: #fff;
      }
      .buildings svg.icon {
        width: 1.2em;
        height: 1.2em;
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
          grid-template-columns: auto minmax(0, 1fr) auto;
          gap: 0 var(--gap);
          justify-content: space-between;
        }
        .head p {
          grid-column: 1;
        }
        .search {
          grid-area: 1 / 3 / 3 / 4;
          align-self: center;
          min-height: 3rem;
        }
        .buildings {
          grid-area: 1 / 2 / 3 / 3;
          align-self: center;
          justify-content: end;
          flex-wrap: nowrap;
        }
        @container style(--layout: single) {
          .buildings {
            flex-wrap: wrap;
          }
        }
        .side {
          grid-row: 2 / 4;
        }
        .tools button,
        .buildings button {
          min-height: 3rem;
          min-width: 3rem;
        }
      }
      @container style(--layout: single) {
        .head {
          display: flex;
          flex-direction: column;
          align-items: stretch;
        }
        .buildings {
          flex-wrap: wrap;
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
    const licence = building.licence === '' ? [] : [`${words.board.licence} ${building.licence}`];
    const approved = approvedAt === null ? [] : [words.status.approved(formats.moment(approvedAt))];
    return html`<div class="head">
      <h1>${project.name} ${building.name}</h1>
      <button class="search" @click=${() => this.touch({ kind: 'search', query: emptySearch })}>
        ${icon('search')}${words.search.open}
      </button>
      <p class="soft small">${[...licence, ...approved].join(' · ')}</p>
      ${this.#buildings()}
    </div>`;
  }

  /** The way to another building; many of them have a page of their own. */
  #buildings() {
    const words = boardWords[this.speech.language];
    const { project, building, buildings = [] } = this.screen;
    const others = buildings.length > mostBuildings ? [] : buildings;
    return html`<div class="buildings" role="group" aria-label=${words.buildings}>
      ${others.map(
        ({ id, name, open }) => html`<button
          aria-label=${words.building(name, this.speech.formats.number(open))}
          aria-current=${id === building.id ? 'true' : nothing}
          @click=${() => this.touch({ kind: 'choose-building', id })}
        >${name}</button>`,
      )}
      <button
        aria-label=${words.allOf(project.name)}
        @click=${() => this.touch({ kind: 'choose-project', id: project.id })}
      >${icon('building')}${words.allBuildings}</button>
    </div>`;
  }

  #tools() {
    const { language, formats } = this.speech;
    const words = boardWords[language];
    const { cells, shortlist = 0 } = this.screen;
    const total = totalOf(this.#facets, this.chosen);
    const isChosen = Object.keys(this.chosen).length > 0;
    const left = words.count(formats.number(total), formats.number(cells.length));
    const isMoving = this.zoom > 0 || this.screen.building.columns > mostAcross;
    return html`<div class="tools">
      <p role="status">${cells.length === 0 ? words.empty : total === 0 ? words.none : left}</p>
      ${isChosen ? html`<button @click=${this.#clear}>${icon('erase')}${words.clear}</button>` : nothing}
      ${
        shortlist === 0
          ? nothing
          : html`<button @click=${() => this.touch({ kind: 'open-shortlist' })}>
            ${icon('heart')}${ownerWords[language].shortlistOf(formats.number(shortlist))}
          </button>`
      }
      <div class="zoom" role="group" aria-label=${words.zoom}>
        ${
          isMoving
            ? html`<button aria-label=${words.left} @click=${() => this.grid?.move(-1)}>${icon('back')}</button>
              <button aria-label=${words.right} @click=${() => this.grid?.move(1)}>${icon('forward')}</button>`
            : nothing
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
