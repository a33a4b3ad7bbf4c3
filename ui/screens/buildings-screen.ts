// One project: what speaks for it, what against it, and its buildings.
import { css, html, nothing } from 'lit';
import { customElement, state } from 'lit/decorators.js';
import { adverseList, factListStyles, highlightList } from '../elements/fact-lists.ts';
import { icon } from '../elements/icons.ts';
import '../elements/k-project-map.ts';
import '../elements/k-scroller.ts';
import { statePatterns } from '../elements/state-pattern.ts';
import { boardWords } from '../text/board-words.ts';
import { base, buttons, filters, page } from '../theme/sheets.ts';
import { ScreenElement } from './screen-element.ts';

type Building = BuildingsScreen['screen']['buildings'][number];

@customElement('buildings-screen')
export class BuildingsScreen extends ScreenElement<'buildings'> {
  static override styles = [
    base,
    buttons,
    page,
    filters,
    statePatterns,
    factListStyles,
    css`
      .content {
        display: grid;
        gap: var(--gap-l);
      }
      .reach {
        display: flex;
        flex-wrap: wrap;
        gap: var(--gap-xs) var(--gap-l);
      }
      .reach span {
        display: inline-flex;
        align-items: center;
        gap: 0.4em;
      }
      .facts > section {
        padding: var(--gap-s) var(--gap);
        gap: var(--gap-xs);
      }
      .facts li {
        padding-block: 0.3rem;
      }
      .read {
        grid-column: 1 / -1;
        min-height: 2.7rem;
        border-color: var(--warn);
        color: var(--warn);
        font-weight: 700;
      }
      .buildings {
        display: grid;
        grid-template-columns: repeat(2, 1fr);
        gap: var(--gap);
      }
      .building {
        display: grid;
        grid-template-columns: 1fr auto;
        align-items: center;
        justify-content: stretch;
        gap: var(--gap-s) var(--gap);
        text-align: left;
        padding: var(--gap-l);
        border: 1px solid var(--rule);
        content-visibility: auto;
        contain-intrinsic-height: auto 7rem;
      }
      .building h3 {
        font-size: var(--title);
      }
      .bar {
        grid-column: 1 / -1;
        height: 0.5rem;
        border-radius: 1rem;
        background: var(--surface-sunk);
        overflow: hidden;
      }
      .bar i {
        display: block;
        height: 100%;
        width: 100%;
        border-radius: inherit;
        background: var(--seal);
        transform-origin: left;
      }
      .map {
        display: grid;
        gap: var(--gap-s);
      }
      k-project-map {
        height: 17rem;
      }
      .filters {
        display: flex;
        flex-wrap: wrap;
      }
      @media (orientation: landscape) {
        .content {
          grid-template-columns: 1fr 1.25fr;
          align-items: start;
          gap: var(--gap-s) var(--gap-l);
        }
        .facts {
          grid-row: span 2;
        }
        .facts > section {
          padding: var(--gap);
        }
        .building {
          padding: var(--gap);
        }
      }
    `,
  ];

  /** Index in the legend; view state of this visit only. */
  @state() private only: number | undefined;

  override render() {
    const { words } = this.speech;
    const { project, buildings } = this.screen;
    const { highlights, adverse, readAdverse } = words.buildings;
    return html`
      <div class="head">
        <h1>${project.name}</h1>
        <p class="reach soft">
          <span>${icon('place')}${project.district} ${project.address}</span>
          <span>${icon('phone')}${project.phone}</span>
        </p>
      </div>
      <k-scroller class="fill" .speech=${this.speech} label=${project.name}>
        <div class="content">
          <div class="facts">
            ${highlightList(highlights, project.highlights)}
            ${this.#against()}
            <button class="read" @click=${() => this.touch({ kind: 'open-adverse-facts' })}>
              ${icon('warning')}<span>${adverse} · ${readAdverse}</span>${icon('forward')}
            </button>
          </div>
          ${this.#map()}
          <h2>${words.buildings.title}</h2>
          <div class="buildings">${buildings.map((building, at) => this.#building(building, at))}</div>
        </div>
      </k-scroller>
    `;
  }

  /** By name where they are told, else how many: in the weight of what speaks for the project. */
  #against() {
    const { words, formats } = this.speech;
    const { adverse, adverseFacts } = this.screen.project;
    const { adverse: title, adverseText } = words.buildings;
    if (adverseFacts) return adverseList(title, adverseFacts, this.speech, false);
    return html`<section class="against card">
      <h2>${icon('warning')}<span>${title}</span></h2>
      <p><strong>${adverseText(formats.number(adverse))}</strong></p>
    </section>`;
  }

  #map() {
    const words = boardWords[this.speech.language];
    const { overview, buildings } = this.screen;
    if (!overview || buildings.length === 0) return nothing;
    return html`<section class="map card">
      <h2>${words.map}</h2>
      <p class="soft small">${words.mapText}</p>
      <div class="filters" role="group" aria-label=${words.facets.state}>
        ${overview.legend.map((s, n) =>
          s.count === 0
            ? nothing
            : html`<button
              aria-pressed=${this.only === n}
              .style=${`--c:${s.colour}`}
              @click=${() => {
                this.only = this.only === n ? undefined : n;
              }}
            ><span class="swatch p-${s.pattern}"></span>${s.name} ${s.count}</button>`,
        )}
      </div>
      <k-project-map .buildings=${buildings} .overview=${overview} .only=${this.only}></k-project-map>
    </section>`;
  }

  /** How many homes of the state that is looked for this building has. */
  #sought(at: number): string | undefined {
    const { overview } = this.screen;
    const state = this.only === undefined ? undefined : overview?.legend[this.only];
    const cells = overview?.buildings[at]?.cells;
    if (!state || cells === undefined || this.only === undefined) return undefined;
    const letter = String.fromCharCode('a'.charCodeAt(0) + this.only);
    const count = this.speech.formats.number(cells.split(letter).length - 1);
    return boardWords[this.speech.language].part(state.name, count);
  }

  #building(building: Building, at: number) {
    const { words, formats } = this.speech;
    const share = building.total === 0 ? 0 : building.open / building.total;
    return html`<button
      class="building"
      @click=${() => this.touch({ kind: 'choose-building', id: building.id })}
    >
      <h3>${building.name}</h3>
      <span class="soft">${words.buildings.floors(formats.number(building.floors))}</span>
      <span class="bar"><i .style=${`transform:scaleX(${share})`}></i></span>
      <span>${this.#sought(at) ?? words.buildings.openOf(formats.number(building.open), formats.number(building.total))}</span>
      ${icon('forward')}
    </button>`;
  }
}
