// Values that set-ups name and nobody sees: their names, one more, one less.
import { css, html, type TemplateResult } from 'lit';
import { customElement, state } from 'lit/decorators.js';
import { twinAnswers } from '../../../sync/headquarters/api/twin-api.ts';
import { fieldOf } from '../field-of.ts';
import { pageStates } from '../page-states.ts';
import { Polling } from '../polling.ts';
import { showTime } from '../show.ts';
import './deed-dialog.ts';
import type { Deed } from './deed-dialog.ts';
import { FleetPageElement } from './fleet-page-element.ts';
import { twinWords } from './twin-words.ts';

@customElement('secrets-panel')
export class SecretsPanel extends FleetPageElement {
  static override styles = [
    ...FleetPageElement.styles,
    css`
      :host { margin-top: 1.75rem; }
      form { display: flex; flex-wrap: wrap; gap: 0.75rem; align-items: end; margin-top: 0.9rem; }
    `,
  ];
  @state() private deed: Deed | undefined;

  readonly #secrets = new Polling(
    this,
    async () => (await this.api.get('fleet/secrets', twinAnswers.secrets)).secrets,
    30_000,
  );

  override render(): TemplateResult {
    const words = twinWords[this.language];
    return html`
      <h3>${words.secrets}</h3>
      <p class="soft lead">${words.secretsLead}</p>
      ${this.renderLoaded(this.#secrets, (secrets) =>
        secrets.length === 0
          ? pageStates.empty(words.secretNone)
          : html`<div class="panel scroll"><table>
            <thead><tr><th>${words.secretName}</th><th>${words.by}</th><th>${words.at}</th><th></th></tr></thead>
            <tbody>${secrets.map(
              ({ name, by, at }) => html`<tr><td><code>secret:${name}</code></td><td>${by}</td>
                <td class="nowrap">${showTime(at, this.language)}</td>
                <td><button class="danger" @click=${() => this.#ask(name)}>${words.secretRemove}</button></td></tr>`,
            )}</tbody>
          </table></div>`,
      )}
      <form @submit=${this.#keep}>
        <label>${words.secretName}<input name="name" required pattern="[a-z0-9\\-]{1,40}" title=${words.secretNameHint}
          autocomplete="off" spellcheck="false" /></label>
        <label>${words.secretValue}<input name="value" type="password" required maxlength="2000" autocomplete="new-password" /></label>
        <button>${words.secretAdd}</button>
      </form>
      <deed-dialog .language=${this.language} .deed=${this.deed} @closed=${() => {
        this.deed = undefined;
      }}></deed-dialog>
    `;
  }

  readonly #keep = async (event: SubmitEvent): Promise<void> => {
    event.preventDefault();
    const { target: form } = event;
    if (!(form instanceof HTMLFormElement)) return;
    const data = new FormData(form);
    const name = fieldOf(data, 'name');
    const isDone = await this.attempt(async () => {
      await this.api.post('fleet/secrets', { name, value: data.get('value') }, twinAnswers.secrets);
      return twinWords[this.language].secretKept(name);
    });
    if (!isDone) return;
    form.reset();
    await this.#secrets.refresh();
  };

  #ask(name: string): void {
    const words = twinWords[this.language];
    this.deed = {
      title: words.secretRemoveTitle(name),
      happens: words.secretRemoveHappens,
      label: words.secretRemove,
      typed: name,
      isDanger: true,
      run: async () => {
        await this.api.post(`fleet/secrets/${name}/remove`, {}, twinAnswers.secrets);
        this.notify({ message: words.secretRemoved(name) });
        await this.#secrets.refresh();
      },
    };
  }
}
