// The adverse facts of each project, proposed here and put in force by another person.
import { css, html, nothing, type TemplateResult } from 'lit';
import { customElement } from 'lit/decorators.js';
import { type SalesAnswers, salesAnswers } from '../../../sync/headquarters/api/sales-api.ts';
import { ApiError } from '../api-client.ts';
import { PageElement } from '../page-element.ts';
import { Polling } from '../polling.ts';
import { salesProblem, salesWords } from '../sales-words.ts';

type Project = SalesAnswers['adverse']['projects'][number];

@customElement('adverse-facts-page')
export class AdverseFactsPage extends PageElement {
  static override styles = [
    ...PageElement.styles,
    css`
      form { display: grid; gap: 0.75rem; padding: 1rem; margin-bottom: 1rem; }
      h3 { display: flex; gap: 0.75rem; align-items: center; }
      textarea { width: 100%; min-height: 7rem; font-size: 0.92rem; }
      .actions { margin-top: 0; }
    `,
  ];
  // what somebody is writing is not written over
  readonly #projects = new Polling<readonly Project[]>(
    this,
    async () => (await this.api.get('adverse-facts', salesAnswers.adverse)).projects,
    600_000,
  );

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
    const name = project.name[this.language];
    return html`
      <form class="panel" @submit=${(event: SubmitEvent) => this.#propose(event, project)}>
        <h3>${name} ${project.isPending ? html`<span class="tag warn">${words.waiting}</span>` : nothing}</h3>
        <textarea name="adverse" aria-label=${`${name} ${words.adverse}`} .value=${project.adverse.map(lineOf).join('\n')}></textarea>
        <label>${words.note}<input name="note" maxlength="300" autocomplete="off" /></label>
        <div class="actions"><button class="primary">${words.propose}</button></div>
      </form>
    `;
  }

  async #propose(event: SubmitEvent, { project }: Project): Promise<void> {
    event.preventDefault();
    if (!(event.target instanceof HTMLFormElement)) return;
    const words = salesWords[this.language];
    const form = new FormData(event.target);
    const lines = String(form.get('adverse') ?? '')
      .split('\n')
      .map((line) => line.trim());
    const adverse = lines.flatMap((line) => (line === '' ? [] : [factOf(line)]));
    const wrong = adverse.indexOf(undefined);
    if (wrong >= 0) {
      this.notify({ message: words.adverseWrong(wrong + 1) });
      return;
    }
    const note = String(form.get('note') ?? '').trim();
    try {
      await this.api.post(
        `adverse-facts/${encodeURIComponent(project)}`,
        { adverse, ...(note === '' ? {} : { note }) },
        salesAnswers.proposed,
      );
      this.notify({ message: words.proposed });
    } catch (error) {
      this.notify({ message: salesProblem(this.language, error instanceof ApiError ? error.code : 'fault') });
    }
    await this.#projects.refresh();
  }
}

type AdverseFact = Project['adverse'][number];

function lineOf({ title, detail, distanceM }: AdverseFact): string {
  return [distanceM, title.zh, title.en, detail.zh, detail.en].join('｜');
}

function factOf(line: string): AdverseFact | undefined {
  const [metres, zh, en = zh, detailZh = '', detailEn = detailZh] = line
    .split(/[|｜]/)
    .map((part) => part.trim());
  if (!metres || !zh || en === undefined || !/^\d{1,5}$/.test(metres)) return undefined;
  return { title: { zh, en }, detail: { zh: detailZh, en: detailEn }, distanceM: Number(metres) };
}
