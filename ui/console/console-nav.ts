// The console's side bar: groups of pages and a field that finds one; on a narrow window a menu.
import { css, html, LitElement, nothing, type PropertyValues, type TemplateResult } from 'lit';
import { customElement, property, query, state } from 'lit/decorators.js';
import { consoleStyle } from './console-style.ts';
import { placeHash } from './page-place.ts';
import type { PageGroup } from './pages.ts';
import { type Language, texts } from './text.ts';

@customElement('console-nav')
export class ConsoleNav extends LitElement {
  static override styles = [
    consoleStyle,
    css`
      :host { display: grid; grid-template-rows: auto minmax(0, 1fr); height: 100%; }
      .find { padding: 0.75rem 0.75rem 0.5rem; }
      input { width: 100%; min-height: 2.1rem; padding-block: 0.15rem; font-size: 0.9rem; }
      nav { overflow-y: auto; display: grid; align-content: start; gap: 0.75rem; padding: 0.25rem 0.75rem 2rem; }
      .none { padding: 0.5rem 0.75rem; }
      h2 { padding: 0 0.75rem 0.15rem; font-size: 0.78rem; font-weight: 600; color: var(--text-soft); }
      ul { list-style: none; margin: 0; padding: 0; display: grid; gap: 1px; }
      a {
        display: block; padding: 0.24rem 0.75rem; font-size: 0.95rem; border-radius: 8px; color: var(--text-main); text-decoration: none;
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
  /** what is typed into the field */
  @state() private wanted = '';
  @query('input') declare private finder: HTMLInputElement | null;

  override connectedCallback(): void {
    super.connectedCallback();
    document.addEventListener('keydown', this.#goFind);
  }

  override disconnectedCallback(): void {
    super.disconnectedCallback();
    document.removeEventListener('keydown', this.#goFind);
  }

  protected override updated(changed: PropertyValues<this>): void {
    // the page may have been reached from elsewhere
    if (changed.has('tab'))
      this.renderRoot.querySelector(`[id="${this.tab}"]`)?.scrollIntoView({ block: 'nearest' });
  }

  override render(): TemplateResult {
    const text = texts[this.language];
    const groups = this.#found();
    return html`
      <div class="find">
        <input type="search" .value=${this.wanted} placeholder=${`${text.findPage}　Ctrl K`} aria-label=${text.findPage}
          aria-keyshortcuts="Control+K" @input=${this.#find} @keydown=${this.#leaveFind} />
      </div>
      <nav aria-label=${text.pages} @keydown=${this.#move}>
        ${groups.length === 0 ? html`<p class="none soft small" role="status">${text.noPage}</p>` : nothing}
        ${groups.map(
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

  /** The pages that have what is typed in one of their names. */
  #found(): readonly PageGroup[] {
    const wanted = this.wanted.trim().toLowerCase();
    if (wanted === '') return this.groups;
    return this.groups
      .map((group) => ({
        ...group,
        pages: group.pages.filter(({ words, tab }) =>
          [words.zh, words.en, tab].some((name) => name.toLowerCase().includes(wanted)),
        ),
      }))
      .filter(({ pages }) => pages.length > 0);
  }

  readonly #find = (event: InputEvent): void => {
    if (event.target instanceof HTMLInputElement) this.wanted = event.target.value;
  };

  /** Enter goes to the first page that was found, arrow down into the list. */
  readonly #leaveFind = (event: KeyboardEvent): void => {
    const [first] = this.#links();
    if (event.key === 'Enter' && this.wanted !== '' && first) {
      first.click();
      this.wanted = '';
    } else if (event.key === 'ArrowDown') this.focusPage();
    else if (event.key === 'Escape' && this.wanted !== '') this.wanted = '';
    else return;
    event.preventDefault();
    event.stopPropagation();
  };

  readonly #goFind = (event: KeyboardEvent): void => {
    if (event.key.toLowerCase() !== 'k' || !(event.ctrlKey || event.metaKey)) return;
    event.preventDefault();
    this.finder?.focus();
    this.finder?.select();
  };

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
