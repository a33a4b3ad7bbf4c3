// Who may sign in, as what; for whoever manages accounts.
import { css, html, nothing, type TemplateResult } from 'lit';
import { customElement, query, state } from 'lit/decorators.js';
import { type AccountItem, accountAnswers, roles } from '../../../sync/headquarters/api/account-api.ts';
import { ApiError } from '../api-client.ts';
import '../data-table.ts';
import type { RowChosenEvent } from '../data-table.ts';
import { PageElement } from '../page-element.ts';
import { Polling } from '../polling.ts';
import { showTime } from '../show.ts';
import type { Column } from '../table-columns.ts';
import { problemText } from '../text.ts';
import { type AccountTexts, accountTexts } from './account-words.ts';
import { secondFactorTexts } from './second-factor-words.ts';

@customElement('accounts-page')
export class AccountsPage extends PageElement {
  static override styles = [
    ...PageElement.styles,
    css`
      form { display: grid; gap: 0.9rem; }
      fieldset { display: flex; flex-wrap: wrap; gap: 0.4rem 1.1rem; border: 1px solid var(--rule); border-radius: 8px; margin: 0; }
      fieldset label { display: flex; align-items: center; gap: 0.4rem; color: var(--text-main); }
      fieldset input { min-height: 1.2rem; }
      .two { display: grid; grid-template-columns: 1fr 1fr; gap: 0.9rem; }
      .check { display: flex; align-items: center; gap: 0.4rem; }
      .check input { min-height: 1.2rem; }
      .problem { margin: 0; }
      details { display: grid; border: 1px solid var(--rule); border-radius: 8px; padding: 0.5rem 0.9rem; }
      details[open] summary { margin-bottom: 0.5rem; }
      details p { margin-bottom: 0.7rem; }
      summary { cursor: pointer; }
    `,
  ];
  /** `new`, or the account that is open */
  @state() private edited: AccountItem | 'new' | undefined;
  @state() private problem: string | undefined;
  @query('dialog') declare private dialog: HTMLDialogElement | null;

  readonly #accounts = new Polling<readonly AccountItem[]>(
    this,
    async () => (await this.api.get('accounts', accountAnswers.accounts)).accounts,
    10_000,
  );

  override render(): TemplateResult {
    const words = accountTexts[this.language];
    return this.renderLoaded(
      this.#accounts,
      (accounts) => html`
      <div class="bar">
        <h2>${this.heading}</h2>
        <span class="grow"></span>
        ${this.may('it') ? html`<button class="primary" @click=${() => void this.#edit('new')}>${words.add}</button>` : nothing}
      </div>
      <data-table
        .columns=${this.#columns(words)} .rows=${accounts} .keyOf=${(item: AccountItem) => item.account}
        .language=${this.language} label=${this.heading} file="accounts" ?choosable=${this.may('it')}
        @row-chosen=${(event: RowChosenEvent<AccountItem>) => void this.#edit(event.row)}
      ></data-table>
      <dialog aria-labelledby="title" @close=${() => {
        this.edited = undefined;
      }}>${this.edited === undefined ? nothing : this.#renderForm(this.edited, words)}</dialog>
    `,
    );
  }

  #columns(words: AccountTexts): Column<AccountItem>[] {
    const stateOf = ({ isDisabled, isLocked }: AccountItem) =>
      isDisabled ? words.disabled : isLocked ? words.locked : words.active;
    const factor = secondFactorTexts[this.language];
    return [
      { id: 'account', label: words.account, value: ({ account }) => account },
      { id: 'name', label: words.name, value: ({ name }) => name },
      {
        id: 'roles',
        label: words.role,
        value: (item) => item.roles.map((role) => words.roles[role]).join(' · '),
      },
      { id: 'ports', label: words.ports, value: ({ ports }) => ports.join(' ') || null },
      { id: 'email', label: words.email, value: ({ email }) => email },
      {
        id: 'state',
        label: words.state,
        isFacet: true,
        value: stateOf,
        show: (item) =>
          html`<span class="tag ${item.isDisabled ? '' : item.isLocked ? 'bad' : 'good'}">${stateOf(item)}</span>`,
      },
      {
        id: 'factor',
        label: factor.factor,
        isFacet: true,
        value: ({ hasSecondFactor }) => (hasSecondFactor ? factor.on : factor.off),
        show: ({ hasSecondFactor }) =>
          html`<span class="tag ${hasSecondFactor ? 'good' : 'off'}">${hasSecondFactor ? factor.on : factor.off}</span>`,
      },
      {
        id: 'seen',
        label: words.seen,
        value: ({ seenAt }) => seenAt,
        show: ({ seenAt }) => (seenAt === null ? '–' : showTime(seenAt, this.language)),
      },
    ];
  }

  #renderForm(edited: AccountItem | 'new', words: AccountTexts): TemplateResult {
    const item = edited === 'new' ? undefined : edited;
    return html`
      <form @submit=${this.#save}>
        <h2 id="title">${item ? item.account : words.add}</h2>
        ${item ? nothing : html`<label>${words.account}<input name="account" required maxlength="40" autocomplete="off" /></label>`}
        <label>${words.name}<input name="name" required maxlength="60" .value=${item?.name ?? ''} autocomplete="off" /></label>
        <fieldset>
          <legend class="small soft">${words.role}</legend>
          ${roles.map(
            (role) => html`
            <label><input type="checkbox" name="roles" value=${role} ?checked=${item?.roles.includes(role) ?? false} />${words.roles[role]}</label>
          `,
          )}
        </fieldset>
        <label>${words.ports}<input name="ports" placeholder=${words.portsHint} .value=${item?.ports.join(', ') ?? ''} /></label>
        <div class="two">
          <label>${words.email}<input name="email" type="email" maxlength="200" .value=${item?.email ?? ''} /></label>
          <label>${words.webhook}<input name="webhook" type="url" maxlength="500" .value=${item?.webhook ?? ''} /></label>
        </div>
        <label>${item ? words.setPassword : words.password}
          <input name="password" type="password" autocomplete="new-password" maxlength="200" ?required=${!item} placeholder=${words.passwordHint} />
        </label>
        <label class="check"><input type="checkbox" name="isTemporary" checked />${words.isTemporary}</label>
        ${item?.hasSecondFactor ? this.#renderReset(item) : nothing}
        ${this.problem === undefined ? nothing : html`<p class="problem" role="alert">${this.problem}</p>`}
        <div class="actions">
          ${
            item
              ? html`
                ${item.isLocked ? html`<button type="button" @click=${() => void this.#change(item, { isUnlocked: true })}>${words.unlock}</button>` : nothing}
                <button type="button" class=${item.isDisabled ? '' : 'danger'}
                  @click=${() => void this.#change(item, { isDisabled: !item.isDisabled })}>
                  ${item.isDisabled ? words.enable : words.disable}
                </button>`
              : nothing
          }
          <button type="button" @click=${() => this.dialog?.close()}>${words.cancel}</button>
          <button class="primary">${words.save}</button>
        </div>
      </form>
    `;
  }

  /** Twice: it takes a lock off somebody's account. */
  #renderReset(item: AccountItem): TemplateResult {
    const words = secondFactorTexts[this.language];
    const path = `accounts/${encodeURIComponent(item.account)}/second-factor/reset`;
    const reset = async (): Promise<void> => void (await this.api.post(path, {}, accountAnswers.done));
    return html`<details>
      <summary>${words.reset}…</summary>
      <p class="small">${words.resetHint(item.account)}</p>
      <button type="button" class="danger" @click=${() => void this.#try(reset, words.resetDone)}>${words.reset}</button>
    </details>`;
  }

  async #edit(edited: AccountItem | 'new'): Promise<void> {
    this.edited = edited;
    this.problem = undefined;
    await this.updateComplete;
    this.dialog?.showModal();
  }

  readonly #save = async (event: SubmitEvent): Promise<void> => {
    event.preventDefault();
    const { edited } = this;
    if (edited === undefined || !(event.target instanceof HTMLFormElement)) return;
    const data = new FormData(event.target);
    const said = (name: string): string => String(data.get(name) ?? '').trim();
    const password = String(data.get('password') ?? '');
    const isTemporary = data.get('isTemporary') === 'on';
    const body = {
      name: said('name'),
      roles: data.getAll('roles'),
      ports: said('ports')
        .split(/[\s,，]+/)
        .filter(Boolean),
      email: said('email') || null,
      webhook: said('webhook') || null,
    };
    await this.#try(async () => {
      if (edited === 'new') {
        await this.api.post(
          'accounts',
          { ...body, account: said('account'), password, isTemporary },
          accountAnswers.accounts,
        );
        return;
      }
      const path = `accounts/${encodeURIComponent(edited.account)}`;
      await this.api.post(path, body, accountAnswers.accounts);
      if (password !== '') {
        await this.api.post(`${path}/password`, { password, isTemporary }, accountAnswers.done);
      }
    });
  };

  #change(item: AccountItem, body: object): Promise<void> {
    const path = `accounts/${encodeURIComponent(item.account)}`;
    return this.#try(async () => void (await this.api.post(path, body, accountAnswers.accounts)));
  }

  async #try(work: () => Promise<void>, message = accountTexts[this.language].saved): Promise<void> {
    try {
      await work();
      this.dialog?.close();
      this.notify({ message });
      await this.#accounts.refresh();
    } catch (error) {
      const code = error instanceof ApiError ? error.code : 'fault';
      this.problem = secondFactorTexts[this.language].problems[code] ?? problemText(this.text, code);
    }
  }
}
