// The projects that are on sale.
import { css, html, nothing } from 'lit';
import { customElement } from 'lit/decorators.js';
import { emptySearch } from '../../kiosk/search-screen.ts';
import { icon } from '../elements/icons.ts';
import '../elements/k-scroller.ts';
import { base, buttons, page } from '../theme/sheets.ts';
import { ScreenElement } from './screen-element.ts';

type Project = ProjectsScreen['screen']['projects'][number];

@customElement('projects-screen')
export class ProjectsScreen extends ScreenElement<'projects'> {
  static override styles = [
    base,
    buttons,
    page,
    css`
      .list {
        display: grid;
        gap: var(--gap-l);
      }
      .top {
        display: flex;
        flex-wrap: wrap;
        align-items: center;
        justify-content: space-between;
        gap: var(--gap);
      }
      .search {
        font-size: var(--text-l);
        font-weight: 700;
      }
      .list button {
        display: grid;
        grid-template-columns: 1fr auto;
        gap: var(--gap-s) var(--gap-l);
        text-align: left;
        justify-content: stretch;
        align-items: center;
        width: 100%;
        padding: var(--gap-l);
        border: 1px solid var(--rule);
        border-radius: 1rem;
      }
      h2 {
        font-size: 1.9rem;
      }
      .about {
        display: grid;
        gap: var(--gap-xs);
      }
      .open {
        text-align: right;
      }
      .open .number {
        display: block;
        font-size: 3.4rem;
        color: var(--accent);
      }
      .none .number {
        color: var(--text-soft);
      }
      .foot {
        grid-column: 1 / -1;
        display: flex;
        flex-wrap: wrap;
        gap: var(--gap-s) var(--gap-l);
        align-items: center;
        padding-top: var(--gap);
        margin-top: var(--gap-s);
        border-top: 1px solid var(--rule);
      }
      .foot > span {
        display: inline-flex;
        align-items: center;
        gap: 0.4em;
      }
      .price {
        font-size: var(--text-l);
        font-weight: 700;
      }
      .adverse {
        color: var(--warn);
        font-size: var(--text-l);
        font-weight: 700;
      }
      .go {
        margin-left: auto;
      }
      @media (orientation: landscape) {
        .list {
          grid-template-columns: 1fr 1fr;
          gap: var(--gap);
        }
        h2 {
          font-size: 1.6rem;
        }
      }
    `,
  ];

  override render() {
    const { words, formats } = this.speech;
    const { projects, approvedAt } = this.screen;
    return html`
      <div class="top">
        <div class="head">
          <h1>${words.projects.title}</h1>
          ${approvedAt === null ? nothing : html`<p class="soft">${words.status.approved(formats.moment(approvedAt))}</p>`}
        </div>
        ${
          projects.length === 0
            ? nothing
            : html`<button class="search" @click=${() => this.touch({ kind: 'search', query: emptySearch })}>
              ${icon('search')}${words.search.open}
            </button>`
        }
      </div>
      ${projects.length === 0 ? html`<p class="lead">${words.projects.none}</p>` : nothing}
      <k-scroller class="fill" .speech=${this.speech} label=${words.projects.title}>
        <div class="list">${projects.map((project) => this.#project(project))}</div>
      </k-scroller>
    `;
  }

  #project(project: Project) {
    const { words, formats } = this.speech;
    return html`<button @click=${() => this.touch({ kind: 'choose-project', id: project.id })}>
      <span class="about">
        <h2>${project.name}</h2>
        <span class="soft">${project.district}</span>
        <span>${project.highlight}</span>
      </span>
      <span class="open ${project.open === 0 ? 'none' : ''}">
        <span class="soft small">${words.projects.open}</span>
        <span class="number">${formats.number(project.open)}</span>
        <span class="soft small">${words.projects.of(formats.number(project.total))}</span>
      </span>
      <span class="foot">
        <span class="price">
          ${project.fromPrice === null ? words.projects.soldOut : words.projects.from(formats.price(project.fromPrice))}
        </span>
        <span class="adverse">${icon('warning')}${words.projects.adverse(formats.number(project.adverse))}</span>
        <span class="go">${icon('forward')}</span>
      </span>
    </button>`;
  }
}
