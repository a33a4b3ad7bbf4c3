// Satisfaction: node surveys with their results and the trend over years, and the items on three levels.
import { css, html, nothing, type TemplateResult } from 'lit';
import { customElement, state } from 'lit/decorators.js';
import type * as v from 'valibot';
import {
  formsAnswers,
  type SurveyItem,
  type SurveyResultsItem,
  type SurveyTrend,
} from '../../../sync/headquarters/api/forms-api.ts';
import { PageElement } from '../page-element.ts';
import { Polling } from '../polling.ts';
import { showTime } from '../show.ts';
import { FormsPageElement } from './forms-page-element.ts';
import './satisfaction-items.ts';
import './survey-form.ts';

type Surveys = v.InferOutput<typeof formsAnswers.surveys>;

@customElement('surveys-page')
export class SurveysPage extends FormsPageElement {
  static override styles = [
    ...PageElement.styles,
    css`
      section { margin-top: 1.6rem; }
      section h3 { margin-bottom: 0.6rem; }
      .list { display: grid; gap: 0.75rem; }
      article { display: grid; gap: 0.5rem; padding: 0.9rem 1.1rem; }
      .panel { overflow-x: auto; }
      .figure.good { color: var(--good); font-weight: 600; }
      article .bar { margin: 0; }
      h4 { margin: 0.4rem 0 0; }
    `,
  ];
  @state() private isWriting = false;
  @state() private results: SurveyResultsItem | undefined;

  readonly #surveys = new Polling<Surveys>(
    this,
    async () => await this.api.get('surveys', formsAnswers.surveys),
    10_000,
  );

  override render(): TemplateResult {
    const { words } = this;
    return html`
      ${this.renderLoaded(
        this.#surveys,
        (all) => html`
          <div class="bar">
            <h2>${words.surveys}</h2>
            <span class="grow"></span>
            ${
              this.may('manager', 'service-desk')
                ? html`<button class="primary" @click=${() => {
                    this.isWriting = !this.isWriting;
                  }}>${words.newSurvey}</button>`
                : nothing
            }
          </div>
          ${
            this.isWriting
              ? html`<survey-form .api=${this.api} .me=${this.me} .language=${this.language} .projects=${all.projects}
                  @closed=${this.#closeForm}></survey-form>`
              : nothing
          }
          <div class="list">${all.surveys.map((survey) => this.#renderSurvey(survey, all))}</div>
          ${all.trend.length === 0 ? nothing : this.#renderTrend(all)}
        `,
      )}
      <satisfaction-items .api=${this.api} .me=${this.me} .language=${this.language}></satisfaction-items>
    `;
  }

  #renderSurvey(survey: SurveyItem, all: Surveys): TemplateResult {
    const { words, language } = this;
    const canWrite = this.may('manager', 'service-desk') && !survey.isWithdrawn;
    const isOpen = this.results?.survey.id === survey.id;
    return html`<article class="panel" data-survey=${survey.id}>
      <div class="bar">
        <strong>${survey.name[language]}</strong>
        <span class="tag">${this.#project(survey.project ?? '', all)}</span>
        <span class="tag">${words.audiences[survey.audience]}</span>
        ${survey.node === undefined ? nothing : html`<span class="tag">${words.nodes[survey.node] ?? survey.node}</span>`}
        ${survey.isWithdrawn ? html`<span class="tag bad">${words.withdrawn}</span>` : nothing}
        <span class="grow"></span>
        <button @click=${() => void this.#open(survey.id)} aria-expanded=${isOpen}>${words.results}</button>
        ${
          canWrite && survey.audience === 'invited'
            ? html`<button @click=${() => void this.#invite(survey.id)}>${words.inviteOwners}</button>`
            : nothing
        }
        ${canWrite ? html`<button class="danger" @click=${() => void this.#withdraw(survey.id)}>${words.withdraw}</button>` : nothing}
      </div>
      <p class="small soft">${showTime(survey.opensAt, language)} – ${showTime(survey.endsAt, language)}</p>
      <p>${words.answers} <strong>${survey.answers}</strong> · ${words.repeated} ${survey.repeated}${
        survey.invited === 0
          ? nothing
          : html` · ${words.response} ${this.percent(survey.answers, survey.invited)}`
      }</p>
      ${this.results && isOpen ? this.#renderResults(this.results, all) : nothing}
    </article>`;
  }

  #renderResults(
    { scores, byProject, repeats, words: said }: SurveyResultsItem,
    all: Surveys,
  ): TemplateResult {
    const { words, language } = this;
    return html`
      <table><thead><tr><th>${words.level}</th><th>${words.asked}</th><th class="number">${words.count}</th>
        <th class="number">${words.satisfied}</th><th class="number">${words.average}</th></tr></thead>
        <tbody>${scores.map(
          ({ name, level, count, satisfied, points }) => html`<tr><td>${level}</td><td>${name[language]}</td>
            <td class="number">${count}</td><td class="number">${this.#figure(satisfied, count)}</td>
            <td class="number">${(points / count).toFixed(2)}</td></tr>`,
        )}</tbody></table>
      <ul class="small">${byProject.map(
        ({ project, answers, count, satisfied }) =>
          html`<li>${this.#project(project, all)} · ${words.answers} ${answers} · ${words.satisfied} ${this.#figure(satisfied, count)}</li>`,
      )}</ul>
      ${
        repeats.length === 0
          ? nothing
          : html`<h4>${words.repeats}</h4><ul class="small">${repeats.map(
              ({ memberName, at, terminal, firstAt, firstTerminal }) =>
                html`<li>${memberName}: ${terminal} ${showTime(at, language)} ← ${firstTerminal} ${showTime(firstAt, language)}</li>`,
            )}</ul>`
      }
      ${
        said.length === 0
          ? nothing
          : html`<h4>${words.words}</h4><ul class="small">${said.map(({ text, project }) => html`<li>${text} <span class="soft">${this.#project(project ?? '', all)}</span></li>`)}</ul>`
      }
    `;
  }

  #renderTrend(all: Surveys): TemplateResult {
    const { words } = this;
    const line = (
      trend: SurveyTrend,
    ) => html`<tr><td>${trend.year}</td><td>${this.#project(trend.project, all)}</td>
      <td class="number">${trend.answers}</td><td class="number">${this.#figure(trend.satisfied, trend.count)}</td>
      <td class="number">${this.#figure(trend.outcomeSatisfied, trend.outcomeCount)}</td></tr>`;
    return html`<section><h3>${words.trend}</h3><div class="panel" role="region" aria-label=${words.trend} tabindex="0"><table>
      <thead><tr><th>${words.year}</th><th>${words.project}</th><th class="number">${words.answers}</th>
        <th class="number">${words.satisfied}</th><th class="number">${words.firstLevel}</th></tr></thead>
      <tbody>${all.trend.map(line)}</tbody></table></div></section>`;
  }

  /** What the trade prides itself on is above 90 %; of how many stands beside it. */
  #figure(satisfied: number, count: number): TemplateResult | string {
    if (count === 0) return this.words.noData;
    const tone = satisfied * 10 > count * 9 ? 'good' : 'plain';
    return html`<span class="figure ${tone}">${this.percent(satisfied, count)}</span> <span class="soft small">${this.words.ratings(count)}</span>`;
  }

  #project(id: string, { projects }: Surveys): string {
    if (id === '') return this.words.everyProject;
    return projects.find((project) => project.id === id)?.name[this.language] ?? id;
  }

  readonly #closeForm = (): void => {
    this.isWriting = false;
    void this.#surveys.refresh();
  };

  async #open(id: string): Promise<void> {
    if (this.results?.survey.id === id) {
      this.results = undefined;
      return;
    }
    await this.attempt(async () => {
      this.results = await this.api.get(`surveys/${id}`, formsAnswers.survey);
      return undefined;
    });
  }

  async #invite(id: string): Promise<void> {
    await this.attempt(async () => {
      const { invited } = await this.api.post(
        `surveys/${id}/invite`,
        { members: 'owners' },
        formsAnswers.invited,
      );
      return this.words.invited(invited);
    });
    await this.#surveys.refresh();
  }

  async #withdraw(id: string): Promise<void> {
    await this.attempt(async () => {
      await this.api.post(`surveys/${id}/withdraw`, {}, formsAnswers.survey);
      return this.words.withdrawn;
    });
    await this.#surveys.refresh();
  }
}
