// How somebody comes in: account and password, then a code where one is asked for; whoever has the machine, by its token.
import { css, html, LitElement, nothing, type TemplateResult } from 'lit';
import { customElement, property, state } from 'lit/decorators.js';
import { accountAnswers } from '../../sync/headquarters/api/account-api.ts';
import { ApiClient, ApiError } from './api-client.ts';
import { consoleStyle } from './console-style.ts';
import { secondFactorTexts } from './pages/second-factor-words.ts';
import { type Language, problemText, texts } from './text.ts';

/** Right so far, and a code is still to be typed. */
interface Proven {
  readonly account: string;
  readonly password: string;
}

/**
 * @fires entered when the session has begun
 * @fires token with the typed token
 */
@customElement('sign-in-form')
export class SignInForm extends LitElement {
  static override styles = [
    consoleStyle,
    css`
      form { max-width: 26rem; margin: 12vh auto 0; padding: 1.75rem; display: grid; gap: 1rem; }
      .other { border: 0; background: none; color: var(--accent); min-height: 2rem; }
      .problem { margin: 0; }
    `,
  ];
  @property() declare language: Language;
  @property() declare problem: string | undefined;
  @state() private isByToken = false;
  @state() private proven: Proven | undefined;
  @state() private wrong: string | undefined;
  @state() private isAsking = false;

  override render(): TemplateResult {
    const text = texts[this.language];
    const problem = this.wrong ?? this.problem;
    return html`
      <form class="panel" @submit=${this.#submit}>
        <h2>${text.signIn}</h2>
        ${this.#renderFields()}
        ${problem === undefined ? nothing : html`<p class="problem" role="alert">${problem}</p>`}
        <button class="primary" ?disabled=${this.isAsking}>${text.signIn}</button>
        <button class="other" type="button" @click=${this.#switch}>${
          this.proven
            ? secondFactorTexts[this.language].otherAccount
            : this.isByToken
              ? text.byAccount
              : text.byToken
        }</button>
      </form>
    `;
  }

  #renderFields(): TemplateResult {
    const text = texts[this.language];
    if (this.isByToken)
      return html`
        <label>${text.token}
          <input name="token" type="password" autocomplete="off" required minlength="16" maxlength="200" />
        </label>
        <p class="small soft">${text.tokenHint}</p>`;
    const words = secondFactorTexts[this.language];
    if (this.proven)
      return html`
        <p class="soft" id="code-hint">${words.codeHint}</p>
        <label>${words.code}
          <input name="code" autocomplete="one-time-code" required maxlength="20" spellcheck="false" autocapitalize="off"
            aria-describedby="code-hint" />
        </label>`;
    return html`
      <label>${text.account}
        <input name="account" autocomplete="username" required maxlength="60" autofocus />
      </label>
      <label>${text.password}
        <input name="password" type="password" autocomplete="current-password" required maxlength="200" />
      </label>`;
  }

  readonly #switch = (): void => {
    if (this.proven) this.proven = undefined;
    else this.isByToken = !this.isByToken;
    this.wrong = undefined;
  };

  readonly #submit = async (event: SubmitEvent): Promise<void> => {
    event.preventDefault();
    if (!(event.target instanceof HTMLFormElement)) return;
    const data = new FormData(event.target);
    const said = (name: string): string => String(data.get(name) ?? '');
    this.wrong = undefined;
    if (this.isByToken) {
      this.dispatchEvent(new CustomEvent('token', { detail: said('token').trim() }));
      return;
    }
    const proven = this.proven ?? { account: said('account'), password: said('password') };
    await this.#enter(proven, this.proven ? said('code').trim() : undefined);
  };

  async #enter(proven: Proven, code: string | undefined): Promise<void> {
    this.isAsking = true;
    try {
      const body = { ...proven, ...(code === undefined ? {} : { code }) };
      await new ApiClient(undefined, () => {}).post('sign-in', body, accountAnswers.me);
      this.dispatchEvent(new Event('entered'));
    } catch (error) {
      await this.#refuse(proven, error instanceof ApiError ? error.code : 'fault');
    } finally {
      this.isAsking = false;
    }
  }

  async #refuse(proven: Proven, code: string): Promise<void> {
    const words = secondFactorTexts[this.language];
    const isCodeAsked = code === 'code-needed';
    // a password that was changed meanwhile is typed again
    if (code !== 'code-wrong' && code !== 'unreachable') this.proven = isCodeAsked ? proven : undefined;
    if (!isCodeAsked) this.wrong = words.problems[code] ?? problemText(texts[this.language], code);
    await this.updateComplete;
    const field = this.renderRoot.querySelector<HTMLInputElement>('input[name="code"]');
    if (field) field.value = '';
    field?.focus();
  }
}
