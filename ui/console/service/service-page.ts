// What the pages of the service desk share: their words, how a clock reads, and doing something with undo.
import { css, html, nothing, type TemplateResult } from 'lit';
import type { RequestDetail, RequestLine } from '../../../sync/headquarters/api/service-api.ts';
import { serviceAnswers } from '../../../sync/headquarters/api/service-api.ts';
import { PageElement } from '../page-element.ts';
import { showTime } from '../show.ts';
import { type ServiceTexts, serviceTexts } from './service-text.ts';

export const serviceStyle = css`
  form { display: grid; gap: 0.7rem; }
  .inline { display: flex; flex-wrap: wrap; gap: 0.6rem 1rem; align-items: end; }
  fieldset { border: 1px solid var(--rule); border-radius: 8px; padding: 0.5rem 0.8rem 0.7rem; margin: 0; display: grid; gap: 0.35rem; }
  legend { font-size: 0.9rem; color: var(--text-soft); padding-inline: 0.3rem; }
  .scores { display: grid; grid-template-columns: minmax(8rem, 1fr) repeat(5, 3.1rem); align-items: center; gap: 0.2rem; }
  .scores label, .check { display: flex; align-items: center; gap: 0.4rem; min-height: 2.2rem; color: var(--text-main); }
  .scores input, .check input { width: 1.2rem; min-height: 1.2rem; accent-color: var(--accent); }
  textarea { min-height: 4.5rem; resize: vertical; }
  .meta { display: flex; flex-wrap: wrap; gap: 0.3rem 1.1rem; align-items: center; }
  .strong { font-weight: 600; overflow-wrap: anywhere; }
`;

export abstract class ServicePage extends PageElement {
  protected get words(): ServiceTexts {
    return serviceTexts[this.language];
  }

  protected override problemOf(code: string): string {
    return this.words.problems[code] ?? super.problemOf(code);
  }

  /** When it runs out, and how long that is; red when it has. */
  protected renderDue(due: RequestLine['due'], isPaused = false): TemplateResult | typeof nothing {
    if (!due) return nothing;
    const { words } = this;
    const minutes = Math.round((Date.parse(due.at) - Date.now()) / 60_000);
    const isOver = minutes < 0;
    const kind = isPaused ? '' : isOver ? 'bad' : minutes < 60 ? 'warn' : '';
    return html`<span class="tag ${kind}" title=${showTime(due.at, this.language)}>
      ${words.dueKind[due.what]} ${isOver ? words.overdue : words.left} ${spanText(Math.abs(minutes), words)}
      ${isPaused ? `· ${words.paused}` : nothing}
    </span>`;
  }

  protected renderState({ state, stepName }: Pick<RequestLine, 'state' | 'stepName'>): TemplateResult {
    const kind = { filed: 'warn', 'in-progress': '', 'to-confirm': 'warn', done: 'good', invalid: 'bad' }[
      state
    ];
    return html`<span class="tag ${kind}">${this.text.states[state]}</span> ${stepName[this.language]}`;
  }

  /** @returns the request as it is now, or undefined when it was refused: then that has been said */
  protected async send(path: string, body: object, canUndo = false): Promise<RequestDetail | undefined> {
    try {
      const request = await this.api.post(`service/${path}`, body, serviceAnswers.request);
      const undo = {
        label: this.words.undo,
        run: () => void this.#undo(request.id),
      };
      this.notify({ message: this.words.done(request.number), ...(canUndo ? { action: undo } : {}) });
      return request;
    } catch (error) {
      this.complain(error);
      return undefined;
    } finally {
      await this.reload();
    }
  }

  /** Reads again what is shown. */
  protected abstract reload(): Promise<void>;

  async #undo(id: string): Promise<void> {
    try {
      await this.api.post(`service/requests/${id}/undo`, {}, serviceAnswers.request);
      this.notify({ message: this.words.undone });
    } catch (error) {
      this.complain(error);
    }
    await this.reload();
  }
}

function spanText(minutes: number, words: ServiceTexts): string {
  if (minutes < 60) return words.minutes(minutes);
  if (minutes < 48 * 60) return words.hours(Math.floor(minutes / 60));
  return words.days(Math.floor(minutes / 1_440));
}
