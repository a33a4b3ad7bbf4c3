// The console's frame: sign-in, tabs, language, and the notice at the bottom.
import { css, html, LitElement, nothing, type TemplateResult } from 'lit';
import { customElement, state } from 'lit/decorators.js';
import { answers } from '../../sync/headquarters/api.ts';
import { ApiClient, ApiError } from './api-client.ts';
import { consoleStyle } from './console-style.ts';
import type { Notice } from './page-element.ts';
import './pages/board-page.ts';
import './pages/facts-page.ts';
import './pages/orders-page.ts';
import './pages/requests-page.ts';
import './pages/terminals-page.ts';
import { type Language, problemText, texts } from './text.ts';
import { forgetToken, keepToken, takeToken } from './token.ts';

const tabs = ['terminals', 'facts', 'requests', 'board', 'orders'] as const;
type Tab = (typeof tabs)[number];
const noticeMs = 10_000;
const languageKey = 'yingbin-language';

@customElement('console-app')
export class ConsoleApp extends LitElement {
  static override styles = [
    consoleStyle,
    css`
      header {
        position: sticky; top: 0; z-index: 1; display: flex; flex-wrap: wrap; align-items: center; gap: 0.4rem 1.5rem;
        padding: 0.7rem 1.5rem 0; background: var(--paper); border-bottom: 1px solid var(--line);
      }
      h1 { margin: 0; font-size: 1.05rem; font-weight: 700; color: var(--accent); padding-bottom: 0.6rem; }
      nav { display: flex; gap: 0.25rem; flex: 1; overflow-x: auto; }
      nav button {
        border: 0; border-radius: 0; background: none; padding: 0.6rem 0.9rem 0.75rem; color: var(--ink-soft);
        border-bottom: 3px solid transparent; white-space: nowrap;
      }
      nav button[aria-selected='true'] { color: var(--accent); border-bottom-color: var(--accent); font-weight: 600; }
      nav button:focus-visible { outline-offset: -3px; }
      .tools { display: flex; gap: 0.4rem; padding-bottom: 0.5rem; }
      .tools button { min-height: 2.1rem; padding: 0.2rem 0.75rem; font-size: 0.9rem; background: none; }
      main { max-width: 78rem; margin: 0 auto; padding: 1.4rem 1.5rem 5rem; }
      .sign-in { max-width: 26rem; margin: 12vh auto 0; padding: 1.75rem; display: grid; gap: 1rem; }
      .notice {
        position: fixed; left: 50%; bottom: 1.25rem; translate: -50% 0; z-index: 2; display: flex; align-items: center;
        gap: 1rem; max-width: calc(100vw - 2rem); padding: 0.6rem 0.7rem 0.6rem 1.1rem; border-radius: 12px; margin: 0;
        border: 0; color: #fff; background: #22302d; box-shadow: 0 8px 30px rgb(28 38 36 / 35%); inset-block-start: auto;
      }
      .notice button { background: none; border-color: #6d8782; color: #fff; }
      @media (max-width: 640px) {
        header { padding: 0.6rem 0.8rem 0; }
        nav { order: 3; flex-basis: 100%; }
        nav button { padding-inline: 0.65rem; }
        h1 { flex: 1; }
        main { padding: 1rem 0.8rem 5rem; }
      }
    `,
  ];
  @state() private api: ApiClient | undefined;
  @state() private language: Language = localStorage.getItem(languageKey) === 'en' ? 'en' : 'zh';
  @state() private tab: Tab = 'terminals';
  @state() private notice: Notice | undefined;
  @state() private signInProblem: string | undefined;
  #noticeTimer: number | undefined;

  override connectedCallback(): void {
    super.connectedCallback();
    const token = takeToken();
    if (token !== undefined) this.#useToken(token);
    this.addEventListener('notice', (event) => {
      if (event instanceof CustomEvent) this.#show(event.detail as Notice);
    });
  }

  override render(): TemplateResult {
    const text = texts[this.language];
    document.documentElement.lang = this.language === 'zh' ? 'zh-CN' : 'en';
    document.title = text.title;
    return html`
      <header>
        <h1>${text.title}</h1>
        ${this.api ? this.#renderTabs() : html`<nav></nav>`}
        <div class="tools">
          <button @click=${this.#switchLanguage} lang=${this.language === 'zh' ? 'en' : 'zh'}>${text.otherLanguage}</button>
          ${this.api ? html`<button @click=${() => this.#signOut(undefined)}>${text.signOut}</button>` : nothing}
        </div>
      </header>
      <main>${this.api ? this.#renderPage(this.api) : this.#renderSignIn()}</main>
      ${this.notice ? this.#renderNotice(this.notice) : nothing}
    `;
  }

  #renderTabs(): TemplateResult {
    return html`
      <nav role="tablist" @keydown=${this.#moveTab}>
        ${tabs.map(
          (tab) => html`
          <button role="tab" id=${tab} aria-selected=${tab === this.tab} aria-controls="page"
            tabindex=${tab === this.tab ? 0 : -1} @click=${() => {
              this.tab = tab;
            }}>
            ${texts[this.language].tabs[tab]}
          </button>
        `,
        )}
      </nav>
    `;
  }

  #renderPage(api: ApiClient): TemplateResult {
    const { language } = this;
    const page = {
      terminals: () => html`<terminals-page .api=${api} .language=${language}></terminals-page>`,
      facts: () => html`<facts-page .api=${api} .language=${language}></facts-page>`,
      requests: () => html`<requests-page .api=${api} .language=${language}></requests-page>`,
      board: () => html`<board-page .api=${api} .language=${language}></board-page>`,
      orders: () => html`<orders-page .api=${api} .language=${language}></orders-page>`,
    }[this.tab];
    return html`<div id="page" role="tabpanel" aria-labelledby=${this.tab}>${page()}</div>`;
  }

  #renderSignIn(): TemplateResult {
    const text = texts[this.language];
    return html`
      <form class="panel sign-in" @submit=${this.#signIn}>
        <h2>${text.signIn}</h2>
        <label>
          ${text.token}
          <input name="token" type="password" autocomplete="off" required minlength="16" maxlength="200" />
        </label>
        <p class="small soft">${text.tokenHint}</p>
        ${this.signInProblem ? html`<p class="problem" role="alert">${this.signInProblem}</p>` : nothing}
        <button class="primary">${text.signIn}</button>
      </form>
    `;
  }

  #renderNotice({ message, action }: Notice): TemplateResult {
    return html`
      <div class="notice" role="status">
        <span>${message}</span>
        ${
          action
            ? html`<button @click=${() => {
                this.notice = undefined;
                action.run();
              }}>${action.label}</button>`
            : nothing
        }
      </div>
    `;
  }

  readonly #signIn = async (event: SubmitEvent): Promise<void> => {
    event.preventDefault();
    if (!(event.target instanceof HTMLFormElement)) return;
    const token = String(new FormData(event.target).get('token') ?? '').trim();
    const text = texts[this.language];
    try {
      await new ApiClient(token, () => {}).get('health', answers.health);
      this.#useToken(token);
    } catch (error) {
      const code = error instanceof ApiError ? error.code : 'fault';
      this.signInProblem = code === 'unauthorized' ? text.tokenWrong : problemText(text, code);
    }
  };

  #useToken(token: string): void {
    keepToken(token);
    this.signInProblem = undefined;
    this.api = new ApiClient(token, () => this.#signOut(texts[this.language].tokenWrong));
  }

  #signOut(why: string | undefined): void {
    forgetToken();
    this.api = undefined;
    this.signInProblem = why;
  }

  readonly #switchLanguage = (): void => {
    this.language = this.language === 'zh' ? 'en' : 'zh';
    localStorage.setItem(languageKey, this.language);
  };

  readonly #moveTab = async (event: KeyboardEvent): Promise<void> => {
    const step = { ArrowRight: 1, ArrowLeft: -1 }[event.key];
    if (step === undefined) return;
    this.tab = tabs[(tabs.indexOf(this.tab) + step + tabs.length) % tabs.length] ?? 'terminals';
    await this.updateComplete;
    this.renderRoot.querySelector<HTMLElement>(`#${this.tab}`)?.focus();
  };

  #show(notice: Notice): void {
    this.notice = notice;
    clearTimeout(this.#noticeTimer);
    this.#noticeTimer = setTimeout(() => {
      this.notice = undefined;
    }, noticeMs);
  }
}
