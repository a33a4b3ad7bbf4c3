// What is asked before something is done to a terminal: what will happen, and for what cannot be undone its name, typed.
import { css, html, nothing, type PropertyValues, type TemplateResult } from 'lit';
import { customElement, property, query, state } from 'lit/decorators.js';
import { ApiError } from '../api-client.ts';
import { deedWords } from './deed-words.ts';
import { FleetPageElement } from './fleet-page-element.ts';

export interface Deed {
  readonly title: string;
  /** what happens, one sentence each */
  readonly happens: readonly string[];
  /** what the button says */
  readonly label: string;
  /** cannot be undone: this must be typed first */
  readonly typed?: string;
  readonly isDanger?: boolean;
  /** what else is to be filled in */
  readonly fields?: TemplateResult;
  /** @returns the sentence that came of it, if any. @throws ApiError */
  readonly run: (data: FormData) => Promise<unknown>;
  /** the sentence for a refusal, where the page has words of its own */
  readonly problemOf?: (code: string) => string;
}

/** @fires closed when it was done or given up */
@customElement('deed-dialog')
export class DeedDialog extends FleetPageElement {
  static override styles = [
    ...FleetPageElement.styles,
    css`
      form { display: grid; gap: 0.9rem; }
      ul { margin: 0; padding-left: 1.25rem; display: grid; gap: 0.35rem; line-height: 1.6; }
      .check { display: flex; gap: 0.5rem; align-items: center; color: var(--text-main); }
      .check input { min-height: 1.2rem; }
      .problem { margin: 0; }
      .last { padding: 0.6rem 0.9rem; border-left: 5px solid var(--bad); background: var(--bad-wash); color: var(--bad); }
    `,
  ];
  @property({ attribute: false }) declare deed: Deed | undefined;
  @state() private typed = '';
  @state() private isBusy = false;
  @state() private problem: string | undefined;
  @query('dialog') declare private dialog: HTMLDialogElement | null;

  protected override updated(changed: PropertyValues<this>): void {
    if (!changed.has('deed')) return;
    if (!this.deed) this.dialog?.close();
    else if (!this.dialog?.open) this.dialog?.showModal();
  }

  override render(): TemplateResult {
    return html`<dialog aria-labelledby="asked" @close=${this.#close}>
      ${this.deed ? this.#renderDeed(this.deed) : nothing}
    </dialog>`;
  }

  #renderDeed({ title, happens, label, typed, isDanger, fields }: Deed): TemplateResult {
    const words = deedWords[this.language];
    const isReady = typed === undefined || this.typed.trim() === typed;
    return html`<form method="dialog" @submit=${this.#submit}>
      <h2 id="asked">${title}</h2>
      <ul>${happens.map((each) => html`<li>${each}</li>`)}</ul>
      ${fields ?? nothing}
      ${
        typed === undefined
          ? nothing
          : html`<p class="last">${words.forEver}</p>
            <label>${words.type(typed)}<input name="typed" autocomplete="off" spellcheck="false" .value=${this.typed}
              @input=${this.#type} /></label>`
      }
      ${this.problem === undefined ? nothing : html`<p class="problem" role="alert"><span>${this.problem}</span></p>`}
      <div class="actions">
        <button type="button" @click=${() => this.dialog?.close()}>${this.text.cancel}</button>
        <button class=${isDanger ? 'danger' : 'primary'} ?disabled=${!isReady || this.isBusy}>${label}</button>
      </div>
    </form>`;
  }

  readonly #type = (event: InputEvent): void => {
    if (event.target instanceof HTMLInputElement) this.typed = event.target.value;
  };

  readonly #close = (): void => {
    this.typed = '';
    this.problem = undefined;
    this.dispatchEvent(new Event('closed'));
  };

  readonly #submit = async (submitted: SubmitEvent): Promise<void> => {
    submitted.preventDefault();
    const { deed } = this;
    if (!deed || this.isBusy || !(submitted.target instanceof HTMLFormElement)) return;
    const data = new FormData(submitted.target);
    this.isBusy = true;
    this.problem = undefined;
    try {
      const said = await deed.run(data);
      if (typeof said === 'string' && said !== '') this.notify({ message: said });
      this.dialog?.close();
    } catch (error) {
      // in the dialog: a notice below it could be neither read nor put away
      const code = error instanceof ApiError ? error.code : 'fault';
      this.problem = deed.problemOf?.(code) ?? this.problemOf(code);
    } finally {
      this.isBusy = false;
    }
  };
}
