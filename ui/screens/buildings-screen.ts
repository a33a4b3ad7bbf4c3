// One project: what speaks for it, what against it, and its buildings.
import { css, html } from 'lit';
import { customElement } from 'lit/decorators.js';
import { factListStyles, highlightList } from '../elements/fact-lists.ts';
import { icon } from '../elements/icons.ts';
import '../elements/k-scroller.ts';
import { base, buttons, page } from '../theme/sheets.ts';
import { ScreenElement } from './screen-element.ts';

type Building = BuildingsScreen['screen']['buildings'][number];

@customElement('buildings-screen')
export class BuildingsScreen extends ScreenElement<'buildings'> {
  static override styles = [
    base,
    buttons,
    page,
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
      .against .number {
        font-size: 3rem;
      }
      .against button {
        margin-top: auto;
        align-self: stretch;
        border-color: var(--ochre);
        color: var(--ochre);
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
        border: 1px solid var(--line);
      }
      .building h3 {
        font-size: var(--title);
      }
      .bar {
        grid-column: 1 / -1;
        height: 0.5rem;
        border-radius: 1rem;
        background: var(--paper-sunk);
        overflow: hidden;
      }
      .bar i {
        display: block;
        height: 100%;
        width: 100%;
        border-radius: inherit;
        background: var(--vermilion);
        transform-origin: left;
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

  override render() {
    const { words, formats } = this.speech;
    const { project, buildings } = this.screen;
    const { highlights, adverse, adverseText, readAdverse } = words.buildings;
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
            <section class="against card">
              <h2>${icon('warning')}<span>${adverse}</span></h2>
              <p><strong>${adverseText(formats.number(project.adverse))}</strong></p>
              <button @click=${() => this.touch({ kind: 'open-adverse-facts' })}>
                ${readAdverse}${icon('forward')}
              </button>
            </section>
          </div>
          <h2>${words.buildings.title}</h2>
          <div class="buildings">${buildings.map((building) => this.#building(building))}</div>
        </div>
      </k-scroller>
    `;
  }

  #building(building: Building) {
    const { words, formats } = this.speech;
    const share = building.total === 0 ? 0 : building.open / building.total;
    return html`<button
      class="building"
      @click=${() => this.touch({ kind: 'choose-building', id: building.id })}
    >
      <h3>${building.name}</h3>
      <span class="soft">${words.buildings.floors(formats.number(building.floors))}</span>
      <span class="bar"><i .style=${`transform:scaleX(${share})`}></i></span>
      <span>${words.buildings.openOf(formats.number(building.open), formats.number(building.total))}</span>
      ${icon('forward')}
    </button>`;
  }
}
