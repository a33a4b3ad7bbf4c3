// How somebody comes in: account and password; whoever has the machine, by its token.
import { css, html, LitElement, nothing, type TemplateResult } from 'lit';
import { customElement, property, state } from 'lit/decorators.js';
import { accountAnswers } from '../../sync/headquarters/api/account-api.ts';
import { ApiClient, ApiError } from './api-client.ts';
import { consoleStyle } from './console-style.ts';
import { type Language, problemText, texts } from './text.ts';

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
  @state() private wrong: string | undefined;
  @state() private isAsking = false;

  override render(): TemplateResult {
    const text = texts[this.language];
    const problem = this.wrong ?? this.problem;
    return html`
      <form class="panel" @submit=${this.#submit}>
        <h2>${text.signIn}</h2>
        ${
          this.isByToken
            ? html`
              <label>${text.token}
                <input name="token" type="password" autocomplete="off" required minlength="16" maxlength="200" />
              </label>
              <p class="small soft">${text.tokenHint}</p>`
            : html`
              <label>${text.account}
                <input name="account" autocomplete="username" required maxlength="60" autofocus />
              </label>
              <label>${text.password}
                <input name="password" type="password" autocomplete="current-password" required maxlength="200" />
              </label>`
        }
        ${problem === undefined ? nothing : html`<p class="problem" role="alert">${problem}</p>`}
        <button class="primary" ?disabled=${this.isAsking}>${text.signIn}</button>
        <button class="other" type="button" @click=${this.#switch}>${this.isByToken ? text.byAccount : text.byToken}</button>
      </form>
    `;
  }

  readonly #switch = (): void => {
    this.isByToken = !this.isByToken;
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
    this.isAsking = true;
    try {
      const body = { account: said('account'), password: said('password') };
      await new ApiClient(undefined, () => {}).post('sign-in', body, accountAnswers.me);
      this.dispatchEvent(new Event('entered'));
    } catch (error) {
      this.wrong = problemText(texts[this.language], error instanceof ApiError ? error.code : 'fault');
    } finally {
      this.isAsking = false;
    }
  };
}
