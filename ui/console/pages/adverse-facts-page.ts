// The adverse facts of each project, proposed here and put in force by another person.
import { css, html, nothing, type TemplateResult } from 'lit';
import { customElement, state } from 'lit/decorators.js';
import { type SalesAnswers, salesAnswers } from '../../../sync/headquarters/api/sales-api.ts';
import { PageElement } from '../page-element.ts';
import { Polling } from '../polling.ts';
import { type SalesWords, salesProblem, salesWords } from '../sales-words.ts';

type Project = SalesAnswers['adverse']['projects'][number];
type AdverseFact = Project['adverse'][number];

/** 1 km */
const farthestM = 1_000;

@customElement('adverse-facts-page')
export class AdverseFactsPage extends PageElement {
  static override styles = [
    ...PageElement.styles,
    css`
      form { display: grid; grid-template-columns: minmax(0, 1fr); gap: 0.75rem; padding: 1rem; margin-bottom: 1rem; }
      h3 { display: flex; gap: 0.75rem; align-items: center; }
      ol { display: grid; gap: 0.75rem; margin: 0; padding: 0; list-style: none; counter-reset: fact; }
      li {
        counter-increment: fact; display: grid; grid-template-columns: 2rem 8rem 1fr 1fr auto; gap: 0.5rem 0.75rem;
        align-items: end; padding-bottom: 0.75rem; border-bottom: 1px solid var(--rule);
      }
      li::before { content: counter(fact); grid-row: 1 / 3; align-self: start; padding-top: 0.2rem; color: var(--text-soft); }
      li .detail-zh { grid-column: 3; }
      input { width: 100%; }
      .actions { margin-top: 0; justify-content: flex-start; align-items: end; }
      .actions label { flex: 1 1 16rem; min-width: 0; }
      @media (max-width: 900px) {
        ol { min-width: 0; grid-template-columns: minmax(0, 1fr); }
        li { grid-template-columns: 1.5rem minmax(0, 1fr); }
        li::before { grid-row: 1 / 7; }
        li > * { grid-column: 2; }
        li .detail-zh { grid-column: 2; }
      }
    `,
  ];
  /** what somebody is writing, by project: never written over by what is loaded */
  @state() private drafts: ReadonlyMap<string, readonly AdverseFact[]> = new Map();
  readonly #projects = new Polling<readonly Project[]>(
    this,
    async () => (await this.api.get('adverse-facts', salesAnswers.adverse)).projects,
    30_000,
  );

  protected override problemOf(code: string): string {
    return salesProblem(this.language, code);
  }

  override render(): TemplateResult {
    const words = salesWords[this.language];
    return html`
      <div class="bar"><h2>${this.heading}</h2></div>
      <p class="soft bar">${words.adverseHint}</p>
      ${this.renderLoaded(this.#projects, (projects) => html`${projects.map((project) => this.#renderProject(project))}`)}
    `;
  }

  #renderProject(project: Project): TemplateResult {
    const words = salesWords[this.language];
    const facts = this.drafts.get(project.project) ?? project.adverse;
    return html`
      <form class="panel" @submit=${(event: SubmitEvent) => this.#propose(event, project, facts)}>
        <h3>${project.name[this.language]}
          ${project.isPending ? html`<span class="tag warn">${words.waiting}</span>` : nothing}</h3>
        ${facts.length === 0 ? html`<p class="soft">${words.nothingAdverse}</p>` : nothing}
        <ol>${facts.map((fact, index) => this.#renderFact(project, facts, fact, index, words))}</ol>
        <div class="actions">
          <button type="button" @click=${() => this.#draft(project, [...facts, emptyFact])}>${words.addRow}</button>
          <label>${words.note}<input name="note" maxlength="300" autocomplete="off" placeholder=${words.noteHint} /></label>
          <button class="primary" ?disabled=${!this.drafts.has(project.project)}>${words.propose}</button>
        </div>
      </form>
    `;
  }

  #renderFact(
    project: Project,
    facts: readonly AdverseFact[],
    fact: AdverseFact,
    index: number,
    words: SalesWords,
  ): TemplateResult {
    const put = (next: AdverseFact): void => this.#draft(project, facts.with(index, next));
    const field = (
      label: string,
      value: string,
      change: (text: string) => AdverseFact,
      name = '',
    ): TemplateResult =>
      html`<label class=${name}>${label}<input autocomplete="off" maxlength="300" .value=${value}
        @change=${({ target }: Event) => {
          if (target instanceof HTMLInputElement) put(change(target.value.trim()));
        }} /></label>`;
    const { title, detail, distanceM } = fact;
    return html`<li>
      <label>${words.distance}<input type="number" min="0" max=${farthestM} required .value=${`${distanceM}`}
        @change=${({ target }: Event) => {
          if (target instanceof HTMLInputElement) put({ ...fact, distanceM: target.valueAsNumber });
        }} /></label>
      ${field(words.titleZh, title.zh, (zh) => ({ ...fact, title: { ...title, zh } }))}
      ${field(words.titleEn, title.en, (en) => ({ ...fact, title: { ...title, en } }))}
      <button type="button" class="danger" aria-label=${`${words.removeRow} ${index + 1}`}
        @click=${() => this.#draft(project, facts.toSpliced(index, 1))}>${words.removeRow}</button>
      ${field(words.detailZh, detail.zh, (zh) => ({ ...fact, detail: { ...detail, zh } }), 'detail-zh')}
      ${field(words.detailEn, detail.en, (en) => ({ ...fact, detail: { ...detail, en } }))}
    </li>`;
  }

  #draft({ project }: Project, facts: readonly AdverseFact[]): void {
    this.drafts = new Map(this.drafts).set(project, facts);
  }

  async #propose(event: SubmitEvent, { project }: Project, adverse: readonly AdverseFact[]): Promise<void> {
    event.preventDefault();
    const { target } = event;
    if (!(target instanceof HTMLFormElement)) return;
    const words = salesWords[this.language];
    const wrong = adverse.findIndex((fact) => !isWhole(fact));
    if (wrong >= 0) {
      this.notify({ message: words.adverseWrong(wrong + 1) });
      return;
    }
    const note = String(new FormData(target).get('note') ?? '').trim();
    try {
      await this.api.post(
        `adverse-facts/${encodeURIComponent(project)}`,
        { adverse, ...(note === '' ? {} : { note }) },
        salesAnswers.proposed,
      );
      const drafts = new Map(this.drafts);
      drafts.delete(project);
      this.drafts = drafts;
      target.reset();
      this.notify({ message: words.proposed });
    } catch (error) {
      this.complain(error);
    }
    await this.#projects.refresh();
  }
}

const emptyFact: AdverseFact = { title: { zh: '', en: '' }, detail: { zh: '', en: '' }, distanceM: 0 };

function isWhole({ title, distanceM }: AdverseFact): boolean {
  const isNear = Number.isSafeInteger(distanceM) && distanceM >= 0 && distanceM <= farthestM;
  return isNear && title.zh !== '' && title.en !== '';
}
