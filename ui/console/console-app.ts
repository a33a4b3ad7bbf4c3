// The console's frame: sign-in, side bar, the page that the address names, language, and the notice at the bottom.
import { html, LitElement, nothing, type TemplateResult } from 'lit';
import { customElement, query, state } from 'lit/decorators.js';
import { accountAnswers, type Me } from '../../sync/headquarters/api/account-api.ts';
import { ApiClient, ApiError } from './api-client.ts';
import { consoleAppStyle } from './console-app-style.ts';
import './console-nav.ts';
import './key-help.ts';
import './sign-in-form.ts';
import type { ConsoleNav } from './console-nav.ts';
import { consoleStyle } from './console-style.ts';
import { type KeyHelp, keyHelpTitle } from './key-help.ts';
import { type Notice, PageElement } from './page-element.ts';
import { readPlace } from './page-place.ts';
import { pageStates } from './page-states.ts';
import { type ConsolePage, type PageGroup, pageGroups } from './pages.ts';
import { nextShade, recallShade, type Shade } from './shade.ts';
import { tableMemory } from './table-memory.ts';
import { type Language, problemText, texts } from './text.ts';
import { forgetToken, keepToken, takeToken } from './token.ts';

interface Session {
  readonly api: ApiClient;
  readonly me: Me;
}

const noticeMs = 10_000;
const languageKey = 'yingbin-language';

@customElement('console-app')
export class ConsoleApp extends LitElement {
  static override styles = [consoleStyle, consoleAppStyle];
  @state() private session: Session | undefined;
  @state() private language: Language = localStorage.getItem(languageKey) === 'en' ? 'en' : 'zh';
  @state() private place = readPlace(location.hash);
  @state() private page: PageElement | undefined;
  /** the page's code could not be fetched: no line, or headquarters was updated meanwhile */
  @state() private isPageLost = false;
  @state() private shade: Shade = recallShade();
  @state() private isMenuOpen = false;
  @state() private notice: Notice | undefined;
  @state() private signInProblem: string | undefined;
  @query('console-nav') declare private nav: ConsoleNav | null;
  @query('key-help') declare private keyHelp: KeyHelp | null;
  @query('main') declare private main: HTMLElement | null;
  #noticeTimer: ReturnType<typeof setTimeout> | undefined;

  override connectedCallback(): void {
    super.connectedCallback();
    void this.#enter(takeToken(), true);
    this.addEventListener('notice', (event) => {
      if (event instanceof CustomEvent) this.#show(event.detail as Notice);
    });
    this.addEventListener('me-changed', () => void this.#readMe());
    addEventListener('hashchange', this.#readPlace);
  }

  override disconnectedCallback(): void {
    super.disconnectedCallback();
    removeEventListener('hashchange', this.#readPlace);
  }

  override render(): TemplateResult {
    const text = texts[this.language];
    document.documentElement.lang = this.language === 'zh' ? 'zh-CN' : 'en';
    const name = this.#current?.words[this.language];
    document.title = name === undefined ? text.title : `${name} · ${text.title}`;
    return html`
      ${this.session ? html`<button class="skip" @click=${() => this.main?.focus()}>${text.skip}</button>` : nothing}
      <header>
        ${this.session ? this.#renderMenuButton() : nothing}
        <h1><svg viewBox="0 0 16 16" aria-hidden="true"><rect width="16" height="16" rx="4"/><path d="M4 12V5l4-2 4 2v7h-2.6V9H6.6v3z"/></svg>${text.title}</h1>
        <div class="tools">
          ${this.session ? html`<a class="me" href="#/account">${this.session.me.name}</a>` : nothing}
          ${
            this.session
              ? html`<button class="keys" aria-label=${keyHelpTitle[this.language]} aria-keyshortcuts="?" @click=${() => this.keyHelp?.show()}>?</button>`
              : nothing
          }
          <button @click=${this.#switchShade}>${text.shade[this.shade]}</button>
          <button @click=${this.#switchLanguage} lang=${this.language === 'zh' ? 'en' : 'zh'}>${text.otherLanguage}</button>
          ${this.session ? html`<button @click=${this.#signOut}>${text.signOut}</button>` : nothing}
        </div>
      </header>
      ${this.session ? this.#renderFrame() : html`<main>${this.#renderSignIn()}</main>`}
      ${this.notice ? this.#renderNotice(this.notice) : nothing}
      <key-help .language=${this.language}></key-help>
    `;
  }

  protected override willUpdate(): void {
    const { session } = this;
    if (!session || !this.page) return;
    const current = this.#current;
    this.page.api = session.api;
    this.page.me = session.me;
    this.page.language = this.language;
    this.page.about = this.place?.about;
    if (current) this.page.heading = current.words[this.language];
  }

  #renderMenuButton(): TemplateResult {
    return html`
      <button class="menu" aria-expanded=${this.isMenuOpen} aria-controls="side" @click=${this.#toggleMenu}>
        ☰ ${this.#current?.words[this.language] ?? texts[this.language].menu}
      </button>
    `;
  }

  #renderFrame(): TemplateResult {
    return html`
      <div class="frame" @keydown=${this.#leaveMenu}>
        <aside id="side" class=${this.isMenuOpen ? 'open' : ''}>
          <console-nav @click=${this.#closeMenu} .groups=${this.#groups} .tab=${this.#current?.tab ?? ''} .language=${this.language}></console-nav>
        </aside>
        <main tabindex="-1">
          ${this.page ?? this.#renderNoPage()}
        </main>
      </div>
    `;
  }

  #renderNoPage(): TemplateResult {
    const text = texts[this.language];
    if (!this.isPageLost) return pageStates.waiting(text);
    return pageStates.problem(text, 'unreachable', () => location.reload());
  }

  #renderSignIn(): TemplateResult {
    return html`
      <sign-in-form
        .language=${this.language}
        .problem=${this.signInProblem}
        @entered=${() => void this.#enter(undefined, false)}
        @token=${(event: CustomEvent<string>) => void this.#enter(event.detail, false)}
      ></sign-in-form>
    `;
  }

  #renderNotice({ message, action, isProblem = false }: Notice): TemplateResult {
    const close = (): void => {
      this.notice = undefined;
    };
    return html`
      <div class="notice ${isProblem ? 'wrong' : ''}" role=${isProblem ? 'alert' : 'status'}>
        <span>${message}</span>
        ${
          action
            ? html`<button @click=${() => {
                close();
                action.run();
              }}>${action.label}</button>`
            : nothing
        }
        ${isProblem ? html`<button @click=${close}>${texts[this.language].dismiss}</button>` : nothing}
      </div>
    `;
  }

  /** What this person may see. */
  get #groups(): PageGroup[] {
    const roles = new Set(this.session?.me.roles);
    const { mustChangePassword = false, mustAddSecondFactor = false } = this.session?.me ?? {};
    const isBarred = mustChangePassword || mustAddSecondFactor;
    return pageGroups
      .map((group) => ({
        ...group,
        pages: group.pages.filter(
          ({ roles: some, tab }) => some.some((role) => roles.has(role)) && !(isBarred && tab !== 'account'),
        ),
      }))
      .filter(({ pages }) => pages.length > 0);
  }

  /** The page that the address names, or else the first. */
  get #current(): ConsolePage | undefined {
    const pages = this.#groups.flatMap((group) => group.pages);
    return pages.find(({ tab }) => tab === this.place?.tab) ?? pages[0];
  }

  readonly #readPlace = (): void => {
    this.place = readPlace(location.hash);
    void this.#openPage();
  };

  async #openPage(): Promise<void> {
    const current = this.#current;
    if (!current || this.page?.localName === current.element) return;
    this.page = undefined;
    this.isPageLost = false;
    try {
      await current.load();
    } catch {
      this.isPageLost = true;
      return;
    }
    const page = document.createElement(current.element);
    // somebody was faster, or is gone
    if (current !== this.#current || !(page instanceof PageElement)) return;
    this.page = page;
  }

  /** @param isQuiet nobody has asked yet: that nobody is signed in needs no words */
  async #enter(token: string | undefined, isQuiet: boolean): Promise<void> {
    const text = texts[this.language];
    const api = new ApiClient(token, () => this.#leave(texts[this.language].signedOut));
    try {
      const me = await api.get('me', accountAnswers.me);
      if (token !== undefined) keepToken(token);
      this.signInProblem = undefined;
      this.session = { api, me };
      await this.#openPage();
    } catch (error) {
      const code = error instanceof ApiError ? error.code : 'fault';
      const isNobody = code === 'unauthorized';
      forgetToken();
      if (isNobody && token === undefined && isQuiet) this.signInProblem = undefined;
      else this.signInProblem = isNobody ? text.tokenWrong : problemText(text, code);
    }
  }

  /** What one may has changed: pages open or close. */
  async #readMe(): Promise<void> {
    const { session } = this;
    if (!session) return;
    // whoever was let in to one page alone stays there when the others open
    this.place ??= this.#current && { tab: this.#current.tab, about: undefined };
    try {
      const me = await session.api.get('me', accountAnswers.me);
      if (session === this.session) this.session = { ...session, me };
    } catch {
      // it is read anew when the page is opened again
    }
  }

  #leave(why: string | undefined): void {
    forgetToken();
    this.session = undefined;
    this.page = undefined;
    this.signInProblem = why;
    // the tables of the page keep how they were when they go
    void this.updateComplete.then(() => tableMemory.forget());
  }

  readonly #signOut = async (): Promise<void> => {
    try {
      await this.session?.api.post('sign-out', {}, accountAnswers.done);
    } catch {
      // headquarters does not answer: the session ends by itself
    }
    this.#leave(undefined);
  };

  readonly #switchShade = (): void => {
    this.shade = nextShade(this.shade);
  };

  readonly #switchLanguage = (): void => {
    this.language = this.language === 'zh' ? 'en' : 'zh';
    localStorage.setItem(languageKey, this.language);
  };

  readonly #toggleMenu = async (): Promise<void> => {
    this.isMenuOpen = !this.isMenuOpen;
    await this.updateComplete;
    if (this.isMenuOpen) this.nav?.focusPage();
  };

  readonly #closeMenu = (): void => {
    this.isMenuOpen = false;
  };

  readonly #leaveMenu = (event: KeyboardEvent): void => {
    if (event.key === 'Escape') this.#closeMenu();
  };

  #show(notice: Notice): void {
    this.notice = notice;
    clearTimeout(this.#noticeTimer);
    if (notice.isProblem) return;
    this.#noticeTimer = setTimeout(() => {
      this.notice = undefined;
    }, noticeMs);
  }
}
