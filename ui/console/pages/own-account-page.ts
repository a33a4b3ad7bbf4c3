// Whoever is signed in: who they are here, their authenticator app, when they are away, and a new password.
import { css, html, nothing, type TemplateResult } from 'lit';
import { customElement, state } from 'lit/decorators.js';
import { accountAnswers } from '../../../sync/headquarters/api/account-api.ts';
import { ApiError } from '../api-client.ts';
import { PageElement } from '../page-element.ts';
import { problemText } from '../text.ts';
import { type AccountTexts, accountTexts } from './account-words.ts';
import './second-factor-panel.ts';
import { secondFactorTexts } from './second-factor-words.ts';

@customElement('own-account-page')
export class OwnAccountPage extends PageElement {
  static override styles = [
    ...PageElement.styles,
    css`
      .panel { padding: 1.25rem; display: grid; gap: 0.9rem; margin-bottom: 1rem; }
      :is(.panel, second-factor-panel, .due) { max-width: 44rem; }
      second-factor-panel { margin-bottom: 1rem; }
      .problem { margin: 0; }
      .due { margin-bottom: 1rem; }
    `,
  ];
  @state() private problem: string | undefined;
  /** undefined = as it was when the page was opened */
  @state() private away: string | null | undefined;

  override render(): TemplateResult {
    const words = accountTexts[this.language];
    const { account, name, roles, ports, mustChangePassword, mustAddSecondFactor } = this.me;
    const isPerson = account !== 'api-token';
    return html`
      <div class="bar"><h2>${this.heading}</h2></div>
      <div class="panel">
        <div><b>${name}</b> <span class="soft">${account}</span></div>
        <div class="chips">${roles.map((role) => html`<span class="tag">${words.roles[role]}</span>`)}</div>
        ${ports.length > 0 ? html`<div class="soft">${words.ports}: ${ports.join(' ')}</div>` : nothing}
      </div>
      ${
        mustChangePassword
          ? html`<p class="problem due" role="alert">${words.mustChange}</p>`
          : mustAddSecondFactor
            ? html`<p class="problem due" role="alert">${secondFactorTexts[this.language].must}</p>`
            : nothing
      }
      ${
        isPerson && !mustChangePassword
          ? html`<second-factor-panel .api=${this.api} .me=${this.me} .language=${this.language}></second-factor-panel>`
          : nothing
      }
      ${isPerson && !mustChangePassword && !mustAddSecondFactor ? this.#renderAway(words) : nothing}
      ${
        !isPerson
          ? nothing
          : html`
        <form class="panel" @submit=${this.#change}>
          <h3>${words.changePassword}</h3>
          <label>${words.oldPassword}<input name="old" type="password" autocomplete="current-password" required maxlength="200" /></label>
          <label>${words.newPassword}
            <input name="password" type="password" autocomplete="new-password" required minlength="10" maxlength="200" placeholder=${words.passwordHint} />
          </label>
          ${this.problem === undefined ? nothing : html`<p class="problem" role="alert">${this.problem}</p>`}
          <div class="actions"><button class="primary">${words.save}</button></div>
        </form>`
      }
    `;
  }

  /** The day's end in the browser's zone. */
  #renderAway(words: AccountTexts): TemplateResult {
    const until = this.away === undefined ? (this.me.awayUntil ?? null) : this.away;
    return html`<form class="panel" @submit=${this.#leave}>
      <h3>${words.away}</h3>
      <p class="small soft">${words.awayHint}</p>
      <label>${words.awayUntil}<input name="until" type="date" .value=${until === null ? '' : localDay(until)} /></label>
      <div class="actions"><button>${words.save}</button></div>
    </form>`;
  }

  readonly #leave = async (event: SubmitEvent): Promise<void> => {
    event.preventDefault();
    if (!(event.target instanceof HTMLFormElement)) return;
    const day = String(new FormData(event.target).get('until') ?? '');
    const until = day === '' ? null : new Date(`${day}T23:59:59`).toISOString();
    try {
      await this.api.post('me/away', { until }, accountAnswers.me);
      this.away = until;
      this.notify({ message: accountTexts[this.language].saved });
    } catch (error) {
      this.complain(error);
    }
  };

  readonly #change = async (event: SubmitEvent): Promise<void> => {
    event.preventDefault();
    if (!(event.target instanceof HTMLFormElement)) return;
    const data = new FormData(event.target);
    try {
      const body = { old: String(data.get('old')), password: String(data.get('password')) };
      await this.api.post('me/password', body, accountAnswers.done);
      this.notify({ message: accountTexts[this.language].passwordChanged });
      // everybody who was signed in as this account is out, here too
      await this.api.get('me', accountAnswers.me);
    } catch (error) {
      const code = error instanceof ApiError ? error.code : 'fault';
      if (code !== 'unauthorized') this.problem = problemText(this.text, code);
    }
  };
}

function localDay(instant: string): string {
  const date = new Date(instant);
  return new Date(date.getTime() - date.getTimezoneOffset() * 60_000).toISOString().slice(0, 10);
}
