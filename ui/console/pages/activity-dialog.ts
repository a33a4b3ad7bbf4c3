// What is asked before an event is held again or a session is called off: what it comes to, and once more whether.
import { css, html, nothing, type PropertyValues, type TemplateResult } from 'lit';
import { customElement, property, query } from 'lit/decorators.js';
import {
  type ActivityItem,
  activityAnswers,
  type SessionItem,
} from '../../../sync/headquarters/api/activity-api.ts';
import { PageElement } from '../page-element.ts';
import { ActivityPageElement } from './activity-page-element.ts';

export type ActivityQuestion =
  | { readonly kind: 'cancel'; readonly session: SessionItem }
  | { readonly kind: 'copy'; readonly event: ActivityItem };

/** @fires closed when it was done or given up */
@customElement('activity-dialog')
export class ActivityDialog extends ActivityPageElement {
  static override styles = [
    ...PageElement.styles,
    css`form { display: grid; gap: 0.9rem; }
      p { line-height: 1.6; }`,
  ];
  @property({ attribute: false }) declare question: ActivityQuestion | undefined;
  @query('dialog') declare private dialog: HTMLDialogElement | null;

  override updated(changed: PropertyValues<this>): void {
    if (!changed.has('question')) return;
    if (!this.question) this.dialog?.close();
    // its figures change while somebody thinks about it
    else if (!this.dialog?.open) this.dialog?.showModal();
  }

  override render(): TemplateResult {
    return html`<dialog aria-labelledby="asked" @close=${this.#close}>
      ${this.question ? this.#renderQuestion(this.question) : nothing}
    </dialog>`;
  }

  #renderQuestion(question: ActivityQuestion): TemplateResult {
    const { words, language } = this;
    const isCancel = question.kind === 'cancel';
    return html`<form method="dialog" @submit=${this.#submit}>
      <h2 id="asked">${isCancel ? words.cancelTitle(question.session.name[language]) : words.copyTitle(question.event.name[language])}</h2>
      ${
        isCancel
          ? html`<p>${words.cancelText(question.session.figures.listed + question.session.figures.waiting - question.session.figures.checkedIn)}</p>`
          : html`<p class="soft">${words.copyText}</p>
            <label>${words.copyDays}<input name="days" type="number" min="1" max="732" required .value=${'7'} /></label>`
      }
      <div class="actions">
        <button type="button" @click=${() => this.dialog?.close()}>${words.keep}</button>
        <button class=${isCancel ? 'danger' : 'primary'}>${isCancel ? words.cancelDo : words.copyDo}</button>
      </div>
    </form>`;
  }

  readonly #close = (): void => void this.dispatchEvent(new Event('closed'));

  readonly #submit = async (submitted: SubmitEvent): Promise<void> => {
    submitted.preventDefault();
    const { question, words } = this;
    if (!question || !(submitted.target instanceof HTMLFormElement)) return;
    const days = Number(new FormData(submitted.target).get('days'));
    const isDone = await this.attempt(async () => {
      if (question.kind === 'cancel') {
        const path = `activities/sessions/${question.session.id}/cancel`;
        const { told } = await this.api.post(path, {}, activityAnswers.cancelled);
        this.notify({ message: words.cancelled(told) });
        return;
      }
      await this.api.post(`activities/${question.event.id}/copy`, { days }, activityAnswers.made);
      this.notify({ message: words.copied });
    });
    if (isDone) this.dialog?.close();
  };
}
