// Questions answered in public: from a request to a draft without names, a second look by a colleague, published, withdrawn.
import { css, html, nothing, type TemplateResult } from 'lit';
import { customElement, state } from 'lit/decorators.js';
import type * as v from 'valibot';
import {
  type CandidateItem,
  formsAnswers,
  type PublicAnswerItem,
} from '../../../sync/headquarters/api/forms-api.ts';
import { PageElement } from '../page-element.ts';
import { pageStates } from '../page-states.ts';
import { Polling } from '../polling.ts';
import { showTime } from '../show.ts';
import { FormsPageElement } from './forms-page-element.ts';

type Listed = v.InferOutput<typeof formsAnswers.publicAnswers>;

@customElement('public-answers-page')
export class PublicAnswersPage extends FormsPageElement {
  static override styles = [
    ...PageElement.styles,
    css`
      section { margin-bottom: 1.6rem; }
      section h3 { margin-bottom: 0.6rem; }
      .list { display: grid; gap: 0.75rem; }
      article { display: grid; gap: 0.5rem; padding: 0.9rem 1.1rem; }
      form { display: grid; gap: 0.75rem; grid-template-columns: repeat(auto-fit, minmax(18rem, 1fr)); }
      form .actions { grid-column: 1 / -1; }
      textarea { min-height: 6rem; }
      .question { font-weight: 600; white-space: pre-line; }
      .answer { white-space: pre-line; }
    `,
  ];
  /** the request that is being answered */
  @state() private writing: string | undefined;

  readonly #all = new Polling<Listed>(
    this,
    async () => await this.api.get('public-answers', formsAnswers.publicAnswers),
    5_000,
  );

  override render(): TemplateResult {
    const { words } = this;
    return this.renderLoaded(this.#all, ({ candidates, answers }) => {
      const inState = (wanted: PublicAnswerItem['state']) =>
        answers.filter((answer) => answer.state === wanted);
      return html`
        <div class="bar"><h2>${this.heading}</h2></div>
        <section>
          <h3>${words.drafts}</h3>
          ${this.#renderAnswers(inState('draft'))}
        </section>
        <section>
          <h3>${words.candidates}</h3>
          ${
            candidates.length === 0
              ? pageStates.empty(words.noCandidates)
              : html`<div class="list">${candidates.map((candidate) => this.#renderCandidate(candidate))}</div>`
          }
        </section>
        <section>
          <h3>${words.published}</h3>
          ${this.#renderAnswers(inState('published'))}
        </section>
      `;
    });
  }

  #renderAnswers(answers: readonly PublicAnswerItem[]): TemplateResult {
    const { words, language } = this;
    if (answers.length === 0) return pageStates.empty(words.none);
    return html`<div class="list">${answers.map((answer) => {
      const isOwn = answer.writtenBy === this.me.account;
      return html`<article class="panel">
        <p class="question">${answer.question[language]}</p>
        <p class="answer">${answer.answer[language]}</p>
        <p class="small soft">${words.writtenBy} ${answer.writtenBy} ${showTime(answer.writtenAt, language)}</p>
        <div class="actions">
          <button class="danger" @click=${() => void this.#move(answer.id, 'withdraw')}>${words.withdraw}</button>
          ${
            answer.state !== 'draft'
              ? nothing
              : isOwn
                ? html`<span class="tag warn">${words.secondLook}</span>`
                : html`<button class="primary" @click=${() => void this.#move(answer.id, 'publish')}>${words.publish}</button>`
          }
        </div>
      </article>`;
    })}</div>`;
  }

  #renderCandidate(candidate: CandidateItem): TemplateResult {
    const { words, language } = this;
    return html`<article class="panel" data-request=${candidate.number}>
      <div class="bar">
        <strong>${candidate.number}</strong>
        <span class="tag">${words.kinds[candidate.kind] ?? candidate.kind}</span>
        <span class="small soft">${showTime(candidate.filedAt, language)}</span>
        <span class="grow"></span>
        <button @click=${() => {
          this.writing = this.writing === candidate.request ? undefined : candidate.request;
        }}>${words.writeAnswer}</button>
      </div>
      ${candidate.labels.map((label) => html`<p class="small">${label[language]}</p>`)}
      ${candidate.text === null ? nothing : html`<p>${candidate.text}</p>`}
      ${candidate.answer === null ? nothing : html`<p class="small soft">${candidate.answer[language]}</p>`}
      ${this.writing === candidate.request ? this.#renderForm(candidate) : nothing}
    </article>`;
  }

  #renderForm(candidate: CandidateItem): TemplateResult {
    const { words } = this;
    const field = (name: string, label: string, value: string) =>
      html`<label>${label}<textarea name=${name} required maxlength="1000" .value=${value}></textarea></label>`;
    return html`<form @submit=${(event: SubmitEvent) => {
      event.preventDefault();
      if (event.target instanceof HTMLFormElement) void this.#write(candidate, new FormData(event.target));
    }}>
      ${field('question-zh', words.questionZh, candidate.text ?? '')}
      ${field('question-en', words.questionEn, '')}
      ${field('answer-zh', words.answerZh, candidate.answer?.zh ?? '')}
      ${field('answer-en', words.answerEn, candidate.answer?.en ?? '')}
      <div class="actions"><button class="primary">${words.saveDraft}</button></div>
    </form>`;
  }

  async #write({ request }: CandidateItem, data: FormData): Promise<void> {
    const text = (name: string): string => String(data.get(name) ?? '').trim();
    const isDone = await this.attempt(async () => {
      await this.api.post(
        'public-answers',
        {
          request,
          question: { zh: text('question-zh'), en: text('question-en') },
          answer: { zh: text('answer-zh'), en: text('answer-en') },
        },
        formsAnswers.publicAnswers,
      );
      return this.words.draftSaved;
    });
    if (isDone) this.writing = undefined;
    await this.#all.refresh();
  }

  async #move(id: string, deed: 'publish' | 'withdraw'): Promise<void> {
    await this.attempt(async () => {
      await this.api.post(`public-answers/${id}/${deed}`, {}, formsAnswers.publicAnswers);
      return deed === 'publish' ? this.words.nowPublic : this.words.withdrawn;
    });
    await this.#all.refresh();
  }
}
