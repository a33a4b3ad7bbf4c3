// The console's side bar: groups of pages; on a narrow window a menu.
import { css, html, LitElement, type TemplateResult } from 'lit';
import { customElement, property } from 'lit/decorators.js';
import { consoleStyle } from './console-style.ts';
import { placeHash } from './page-place.ts';
import type { PageGroup } from './pages.ts';
import { type Language, texts } from './text.ts';

@customElement('console-nav')
export class ConsoleNav extends LitElement {
  static override styles = [
    consoleStyle,
    css`
      nav { display: grid; align-content: start; gap: 1.1rem; padding: 1.1rem 0.75rem 2rem; }
      h2 { padding: 0 0.75rem 0.3rem; font-size: 0.8rem; font-weight: 600; color: var(--text-soft); }
      ul { list-style: none; margin: 0; padding: 0; display: grid; gap: 2px; }
      a {
        display: block; padding: 0.45rem 0.75rem; border-radius: 8px; color: var(--text-main); text-decoration: none;
        border-left: 3px solid transparent;
      }
      a:hover { background: var(--surface-sunk); }
      a[aria-current='page'] {
        background: var(--accent-wash); color: var(--accent); font-weight: 600; border-left-color: var(--accent);
      }
    `,
  ];
  @property({ attribute: false }) declare groups: readonly PageGroup[];
  @property() declare tab: string;
  @property() declare language: Language;

  override render(): TemplateResult {
    return html`
      <nav aria-label=${texts[this.language].pages} @keydown=${this.#move}>
        ${this.groups.map(
          ({ words, pages }, index) => html`
          <section aria-labelledby="group-${index}">
            <h2 id="group-${index}">${words[this.language]}</h2>
            <ul>
              ${pages.map(
                (page) => html`
                <li>
                  <a id=${page.tab} href=${placeHash(page.tab)} aria-current=${page.tab === this.tab ? 'page' : 'false'}>
                    ${page.words[this.language]}
                  </a>
                </li>
              `,
              )}
            </ul>
          </section>
        `,
        )}
      </nav>
    `;
  }

  focusPage(): void {
    const links = this.#links();
    (links.find(({ id }) => id === this.tab) ?? links[0])?.focus();
  }

  /** Arrows go from page to page; Tab leaves as everywhere. */
  readonly #move = (event: KeyboardEvent): void => {
    const links = this.#links();
    const at = links.findIndex((link) => link.matches(':focus'));
    const to = { ArrowDown: at + 1, ArrowUp: at - 1, Home: 0, End: links.length - 1 }[event.key];
    if (to === undefined || at < 0) return;
    event.preventDefault();
    links[(to + links.length) % links.length]?.focus();
  };

  #links(): HTMLAnchorElement[] {
    return [...this.renderRoot.querySelectorAll('a')];
  }
}
