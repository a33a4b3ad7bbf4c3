// The sales board of one building, with its legend as filters.
import { css, html, nothing, type PropertyValues } from 'lit';
import { customElement, state } from 'lit/decorators.js';
import '../elements/k-scroller.ts';
import '../elements/k-unit-grid.ts';
import { statePatterns } from '../elements/state-pattern.ts';
import { base, buttons, filters, page } from '../theme/sheets.ts';
import { ScreenElement } from './screen-element.ts';

@customElement('board-screen')
export class BoardScreen extends ScreenElement<'board'> {
  static override styles = [
    base,
    buttons,
    page,
    statePatterns,
    filters,
    css`
      :host {
        gap: var(--gap);
      }
      .title {
        display: flex;
        flex-wrap: wrap;
        align-items: baseline;
        gap: 0 var(--gap);
      }
      .row {
        display: flex;
        flex-wrap: wrap;
        align-items: center;
        gap: var(--gap-s);
      }
      .name {
        min-width: 4.2rem;
      }
      k-scroller {
        padding-top: 2px;
      }
      @media (orientation: landscape) {
        .name {
          min-width: 0;
        }
        :host {
          gap: var(--gap-s);
        }
        h1 {
          font-size: var(--title);
        }
        .head {
          display: flex;
          flex-wrap: wrap;
          align-items: baseline;
          gap: 0 var(--gap);
        }
      }
    `,
  ];

  /** Index in the legend; view state of this visit only. */
  @state() private onlyState: number | undefined;
  @state() private onlyBedrooms: number | undefined;

  override willUpdate(changed: PropertyValues<this>): void {
    const before = changed.get('screen');
    if (before && before.building.id !== this.screen.building.id) {
      this.onlyState = undefined;
      this.onlyBedrooms = undefined;
    }
  }

  override render() {
    const { words, formats } = this.speech;
    const { project, building, approvedAt } = this.screen;
    return html`
      <div class="head">
        <div class="title">
          <h1>${project.name} ${building.name}</h1>
          ${approvedAt === null ? nothing : html`<span class="soft small">${words.status.approved(formats.moment(approvedAt))}</span>`}
        </div>
        <p class="soft small">${words.board.licence} ${building.licence}</p>
      </div>
      <div class="filters">${this.#states()} ${this.#bedrooms()}</div>
      <k-scroller class="fill" .speech=${this.speech} label=${words.board.grid}>
        <k-unit-grid
          .board=${this.screen}
          .speech=${this.speech}
          only-state=${this.onlyState ?? nothing}
          only-bedrooms=${this.onlyBedrooms ?? nothing}
        ></k-unit-grid>
      </k-scroller>
    `;
  }

  #states() {
    const { board } = this.speech.words;
    const pressed = (index: number | undefined) => `${this.onlyState === index}` as const;
    return html`<div class="row" role="group" aria-label=${board.states}>
      <span class="name" aria-hidden="true">${board.states}</span>
      <button aria-pressed=${pressed(undefined)} @click=${() => this.#show(undefined, this.onlyBedrooms)}>${board.all}</button>
      ${this.screen.legend.map(
        (s, index) => html`<button
          aria-pressed=${pressed(index)}
          .style=${`--c:${s.colour}`}
          @click=${() => this.#show(index, this.onlyBedrooms)}
        ><span class="swatch p-${s.pattern}"></span>${s.name} ${s.count}</button>`,
      )}
    </div>`;
  }

  #bedrooms() {
    const { board } = this.speech.words;
    const pressed = (count: number | undefined) => `${this.onlyBedrooms === count}` as const;
    return html`<div class="row" role="group" aria-label=${board.bedrooms}>
      <span class="name" aria-hidden="true">${board.bedrooms}</span>
      <button aria-pressed=${pressed(undefined)} @click=${() => this.#show(this.onlyState, undefined)}>${board.allRooms}</button>
      ${this.screen.bedrooms.map(
        (count) => html`<button
          aria-pressed=${pressed(count)}
          @click=${() => this.#show(this.onlyState, count)}
        >${board.rooms(`${count}`)}</button>`,
      )}
    </div>`;
  }

  #show(onlyState: number | undefined, onlyBedrooms: number | undefined): void {
    this.onlyState = onlyState;
    this.onlyBedrooms = onlyBedrooms;
  }
}
