// One's own authenticator app: set it up with its QR and one code, keep the recovery codes, remove it.
import { css, html, nothing, type TemplateResult } from 'lit';
import { customElement, state } from 'lit/decorators.js';
import { type AccountAnswers, accountAnswers } from '../../../sync/headquarters/api/account-api.ts';
import '../../elements/k-qr.ts';
import { ApiError } from '../api-client.ts';
import { fieldOf } from '../field-of.ts';
import { PageElement } from '../page-element.ts';
import './recovery-codes.ts';
import { secondFactorTexts } from './second-factor-words.ts';

type Step =
  | { readonly kind: 'as-it-is' }
  | { readonly kind: 'setting-up'; readonly offer: AccountAnswers['factorOffer'] }
  | { readonly kind: 'removing' };

/** @fires me-changed when who is signed in is to be read again */
@customElement('second-factor-panel')
export class SecondFactorPanel extends PageElement {
  static override styles = [
    ...PageElement.styles,
    css`
      .panel { padding: 1.25rem; display: grid; gap: 0.9rem; }
      h3 { display: flex; flex-wrap: wrap; gap: 0.75rem; align-items: center; }
      ol { margin: 0; padding-left: 1.25rem; display: grid; gap: 0.4rem; }
      .offer { display: grid; gap: 1.25rem; grid-template-columns: 13rem minmax(0, 1fr); align-items: start; }
      .offer > * { display: grid; gap: 0.9rem; }
      .key { display: flex; flex-wrap: wrap; gap: 0.6rem; align-items: center; }
      code { font-family: ui-monospace, 'Noto Sans Mono', monospace; font-size: 1.05rem; letter-spacing: 0.04em; overflow-wrap: anywhere; }
      input[name='code'] { font-size: 1.4rem; letter-spacing: 0.18em; max-width: 15rem; font-variant-numeric: tabular-nums; }
      .problem, .actions { margin: 0; }
      @media (max-width: 640px) { .offer { grid-template-columns: minmax(0, 1fr); } .offer k-qr { max-width: 15rem; } }
    `,
  ];
  @state() private step: Step = { kind: 'as-it-is' };
  @state() private problem: string | undefined;
  @state() private recovery: readonly string[] | undefined;

  override render(): TemplateResult {
    const words = secondFactorTexts[this.language];
    const isOn = this.me.hasSecondFactor === true;
    return html`<section class="panel" aria-labelledby="factor">
      <h3 id="factor">${words.factor} <span class="tag ${isOn ? 'good' : 'off'}">${isOn ? words.on : words.off}</span></h3>
      ${this.#renderStep(isOn)}
    </section>
    <recovery-codes .language=${this.language} .account=${this.me.account} .codes=${this.recovery} @closed=${() => {
      this.recovery = undefined;
    }}></recovery-codes>`;
  }

  #renderStep(isOn: boolean): TemplateResult {
    const words = secondFactorTexts[this.language];
    switch (this.step.kind) {
      case 'as-it-is':
        return html`<p class="soft">${isOn ? words.onHint : words.offHint}</p>
          ${this.#renderProblem()}
          <div class="actions">${
            isOn
              ? html`<button @click=${() => this.#turnTo({ kind: 'removing' })}>${words.remove}</button>`
              : html`<button class="primary" @click=${this.#begin}>${words.begin}</button>`
          }</div>`;
      case 'setting-up':
        return this.#renderOffer(this.step.offer);
      case 'removing':
        return html`<form class="offer one" @submit=${this.#remove}>
          <div>
            <p class="soft">${words.removeHint}</p>
            ${this.#renderCode()}
            ${this.#renderEnd(words.remove, 'danger')}
          </div>
        </form>`;
    }
  }

  #renderOffer({ uri, secret }: AccountAnswers['factorOffer']): TemplateResult {
    const words = secondFactorTexts[this.language];
    return html`<form class="offer" @submit=${this.#confirm}>
      <k-qr .text=${uri} .label=${words.qr}></k-qr>
      <div>
        <ol>${words.steps.map((each) => html`<li>${each}</li>`)}</ol>
        <div>
          <p class="small soft" id="key">${words.key}</p>
          <div class="key"><code aria-labelledby="key">${secret.match(/.{1,4}/g)?.join(' ')}</code>
            <button type="button" @click=${() => void this.#copy(secret)}>${words.copy}</button></div>
        </div>
        ${this.#renderCode()}
        ${this.#renderEnd(words.confirm, 'primary')}
      </div>
    </form>`;
  }

  #renderCode(): TemplateResult {
    const isDigits = this.step.kind === 'setting-up';
    return html`<label>${secondFactorTexts[this.language].code}
      <input name="code" autocomplete="one-time-code" inputmode=${isDigits ? 'numeric' : 'text'} required maxlength="20"
        spellcheck="false" autocapitalize="off" autofocus /></label>`;
  }

  #renderProblem(): TemplateResult | typeof nothing {
    return this.problem === undefined
      ? nothing
      : html`<p class="problem" role="alert"><span>${this.problem}</span></p>`;
  }

  #renderEnd(label: string, look: string): TemplateResult {
    const words = secondFactorTexts[this.language];
    return html`${this.#renderProblem()}
      <div class="actions">
        <button type="button" @click=${() => this.#turnTo({ kind: 'as-it-is' })}>${words.cancel}</button>
        <button class=${look}>${label}</button>
      </div>`;
  }

  #turnTo(step: Step): void {
    this.step = step;
    this.problem = undefined;
    void this.updateComplete.then(() => {
      const field = this.renderRoot.querySelector('input');
      field?.focus();
    });
  }

  readonly #begin = (): Promise<void> =>
    this.#try(async () => {
      const offer = await this.api.post('me/second-factor', {}, accountAnswers.factorOffer);
      this.#turnTo({ kind: 'setting-up', offer });
    });

  readonly #confirm = async (event: SubmitEvent): Promise<void> => {
    event.preventDefault();
    if (!(event.target instanceof HTMLFormElement)) return;
    const code = fieldOf(new FormData(event.target), 'code');
    await this.#try(async () => {
      const path = 'me/second-factor/confirm';
      const { recovery } = await this.api.post(path, { code }, accountAnswers.factorAdded);
      this.recovery = recovery;
      this.#leave(secondFactorTexts[this.language].added);
    });
  };

  readonly #remove = async (event: SubmitEvent): Promise<void> => {
    event.preventDefault();
    if (!(event.target instanceof HTMLFormElement)) return;
    const code = fieldOf(new FormData(event.target), 'code');
    await this.#try(async () => {
      await this.api.post('me/second-factor/remove', { code }, accountAnswers.done);
      this.#leave(secondFactorTexts[this.language].removed);
    });
  };

  #leave(message: string): void {
    this.step = { kind: 'as-it-is' };
    this.dispatchEvent(new Event('me-changed', { bubbles: true, composed: true }));
    this.notify({ message });
  }

  async #try(work: () => Promise<void>): Promise<void> {
    this.problem = undefined;
    try {
      await work();
    } catch (error) {
      const code = error instanceof ApiError ? error.code : 'fault';
      if (code !== 'unauthorized') this.problem = this.problemOf(code);
    }
  }

  async #copy(text: string): Promise<void> {
    const words = secondFactorTexts[this.language];
    const isCopied = await navigator.clipboard.writeText(text).then(
      () => true,
      () => false,
    );
    this.notify({ message: isCopied ? words.copied : words.copyFailed, isProblem: !isCopied });
  }

  protected override problemOf(code: string): string {
    return secondFactorTexts[this.language].problems[code] ?? super.problemOf(code);
  }
}
