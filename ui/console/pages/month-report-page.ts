// The month's report: metrics, charts, structure, focus, suppliers and rectification; on screen, as CSV and on paper.
import { css, html, nothing, type PropertyValues, type TemplateResult } from 'lit';
import { customElement, state } from 'lit/decorators.js';
import {
  type Compared,
  type MonthReport,
  type ReportFocus,
  type ReportLine,
  type ReportMetric,
  reportAnswers,
} from '../../../sync/headquarters/api/report-api.ts';
import { barChart } from '../bar-chart.ts';
import { PageElement } from '../page-element.ts';
import { Polling } from '../polling.ts';
import { showTime } from '../show.ts';
import { FormsPageElement } from './forms-page-element.ts';
import './rectification-list.ts';
import { pageStates } from '../page-states.ts';

const scopes = ['regions', 'projects', 'ports', 'suppliers'] as const;
const refreshMs = 300_000;

@customElement('month-report-page')
export class MonthReportPage extends FormsPageElement {
  static override styles = [
    ...PageElement.styles,
    css`
      section { margin-top: 1.6rem; min-width: 0; }
      section h3 { margin-bottom: 0.6rem; font-size: 1.1rem; }
      .panel { overflow-x: auto; }
      .panel:focus-visible { outline-offset: -3px; }
      .chart { display: block; width: 100%; max-width: 62rem; padding: 1rem; font-family: var(--font); }
      td, th { padding: 0.4rem 0.55rem; white-space: nowrap; vertical-align: top; }
      thead th { white-space: normal; vertical-align: bottom; }
      tbody th { font-size: inherit; font-weight: 600; color: var(--text-main); }
      .worse strong { color: var(--bad); }
      .worse strong::before { content: '◆' / ''; margin-right: 0.25em; font-size: 0.7em; }
      strong { font-weight: 600; }
      td span { display: block; line-height: 1.35; }
      .formulas td:last-child { white-space: normal; min-width: 16rem; }
      .wrap { white-space: normal; min-width: 6.5rem; }
      thead th { min-width: 4.2rem; }
      .formulas td span { display: inline; }
      .two { display: grid; grid-template-columns: repeat(auto-fit, minmax(min(26rem, 100%), 1fr)); gap: 1rem; }
      @media print {
        .bar button, .bar label, .screen-only { display: none; }
        section { margin-top: 0.8rem; }
        h3, .bar { break-after: avoid; }
        tr, .chart { break-inside: avoid; }
        .panel { border: 0; box-shadow: none; overflow: visible; }
        .two { display: block; }
        td, th { padding: 0.15rem 0.3rem; font-size: 8pt; }
        .small { font-size: 7pt; }
        .chart { max-width: 100%; padding: 0.3rem 0; }
      }
    `,
  ];
  @state() private month = '';
  @state() private region = '';
  @state() private metric = 'closing';

  readonly #report = new Polling<MonthReport>(
    this,
    async () => {
      const query = new URLSearchParams({
        ...(this.month === '' ? {} : { month: this.month }),
        region: this.region,
      });
      return await this.api.get(`reports/month?${query}`, reportAnswers.month);
    },
    refreshMs,
  );
  #regions: readonly ReportLine[] = [];

  protected override willUpdate(changed: PropertyValues): void {
    super.willUpdate(changed);
    const report = this.#report.value;
    if (report && report.region === '') this.#regions = report.regions;
  }

  override render(): TemplateResult {
    return this.renderLoaded(this.#report, (report) => this.#renderReport(report));
  }

  #renderReport(report: MonthReport): TemplateResult {
    const { words, language } = this;
    return html`
      <div class="bar">
        <h2>${words.title(report.month)} · ${report.total.name[language]}</h2>
        <span class="grow"></span>
        <label>${words.month}<input type="month" .value=${report.month} max="2099-12" @change=${this.#chooseMonth} /></label>
        <label>${words.region}
          <select @change=${this.#chooseRegion}>
            <option value="">${words.group}</option>
            ${this.#regions
              .filter(({ key }) => key !== '')
              .map(
                ({ key, name }) =>
                  html`<option value=${key} ?selected=${key === report.region}>${name[language]}</option>`,
              )}
          </select>
        </label>
        <button @click=${() => void this.#download(report)}>${words.csv}</button>
        <button class="primary" @click=${() => print()}>${words.print}</button>
      </div>
      <p class="soft small">${words.madeAt} ${showTime(report.madeAt, language)}${report.isRunning ? ` · ${words.running}` : ''}</p>
      <section>
        <h3>${words.metrics}</h3>
        ${region(words.metrics, this.#renderTotal(report))}
      </section>
      ${this.#renderChart(report)}
      <p class="soft small">${words.legend}</p>
      ${scopes.map((scope) => this.#renderScope(report, scope))}
      ${this.#renderStructure(report)}
      <div class="two">
        ${this.#renderFocus(words.productFocus, report.productFocus)}
        ${this.#renderFocus(words.serviceFocus, report.serviceFocus)}
      </div>
      ${this.#renderSuppliers(report)}
      <rectification-list .api=${this.api} .me=${this.me} .language=${language} .month=${report.month}
        .report=${report}></rectification-list>
    `;
  }

  #renderTotal(report: MonthReport): TemplateResult {
    const { words, language } = this;
    return html`<table class="formulas">
      <thead><tr>
        <th scope="col">${words.metrics}</th><th scope="col" class="number">${words.now}</th><th scope="col" class="number">${words.onMonth}</th>
        <th scope="col" class="number">${words.onYear}</th><th scope="col" class="number">${words.threshold}</th><th scope="col">${words.formula}</th>
      </tr></thead>
      <tbody>${report.metrics.map((metric) => {
        const figure = report.total.figures[metric.code];
        return html`<tr>
          <th scope="row">${metric.name[language]}</th>
          <td class="number ${isWorse(metric, figure) ? 'worse' : ''}"><strong>${this.#share(figure?.now)}</strong>
            <span class="soft small">${figure ? `${figure.now.part}/${figure.now.whole}` : ''}</span></td>
          <td class="number">${this.#change(figure, 'before')}</td>
          <td class="number">${this.#change(figure, 'yearAgo')}</td>
          <td class="number">${metric.threshold === null ? '–' : `${metric.better === 'higher' ? '≥' : '≤'} ${metric.threshold / 100} %`}</td>
          <td class="small soft">${words.formulaText(metric.part[language], metric.whole[language])}</td>
        </tr>`;
      })}</tbody>
    </table>`;
  }

  #renderChart(report: MonthReport): TemplateResult {
    const { words, language } = this;
    const metric = report.metrics.find(({ code }) => code === this.metric);
    const lines = report.regions.length > 1 ? report.regions : report.projects;
    return html`<section>
      <div class="bar">
        <h3>${metric?.name[language] ?? ''}</h3>
        <span class="grow"></span>
        <label class="screen-only">${words.chartOf}
          <select @change=${(event: Event) => {
            if (event.target instanceof HTMLSelectElement) this.metric = event.target.value;
          }}>${report.metrics.map(({ code, name }) => html`<option value=${code} ?selected=${code === this.metric}>${name[language]}</option>`)}</select>
        </label>
      </div>
      <div class="panel">${barChart(
        [report.total, ...lines].map(({ name, figures }) => ({
          label: name[language],
          now: shareOf(figures[this.metric]?.now),
          before: shareOf(figures[this.metric]?.before),
          yearAgo: shareOf(figures[this.metric]?.yearAgo),
        })),
        {
          title: metric?.name[language] ?? '',
          legend: [words.now, words.before, words.yearAgo],
          format: (value) => `${value.toFixed(1)} %`,
          most: 100,
          threshold: metric?.threshold == null ? null : metric.threshold / 100,
        },
      )}</div>
    </section>`;
  }

  #renderScope(report: MonthReport, scope: (typeof scopes)[number]): TemplateResult | typeof nothing {
    const { words, language } = this;
    const lines: readonly ReportLine[] = report[scope];
    if (lines.length === 0) return nothing;
    const table = html`<table>
      <thead><tr><th scope="col">${words.by[scope]}</th>${report.metrics.map(({ name }) => html`<th scope="col" class="number">${name[language]}</th>`)}</tr></thead>
      <tbody>${lines.map(
        ({ name, figures }) =>
          html`<tr><th scope="row" class="wrap">${name[language]}</th>${report.metrics.map((metric) => this.#renderCell(metric, figures[metric.code]))}</tr>`,
      )}</tbody>
    </table>`;
    return html`<section><h3>${words.by[scope]}</h3>${region(words.by[scope], table)}</section>`;
  }

  /** The share, of how many, and the change to the month before and the year before. */
  #renderCell(metric: ReportMetric, figure: Compared | undefined): TemplateResult {
    if (shareOf(figure?.now) === null) return html`<td class="number soft small">${this.words.noData}</td>`;
    return html`<td class="number ${isWorse(metric, figure) ? 'worse' : ''}">
      <strong>${this.#share(figure?.now)}</strong>
      <span class="soft small">${figure?.now.part}/${figure?.now.whole}</span>
      <span class="soft small">${this.#change(figure, 'before')} / ${this.#change(figure, 'yearAgo')}</span>
    </td>`;
  }

  #renderStructure(report: MonthReport): TemplateResult {
    const { words, language } = this;
    return html`<section>
      <h3>${words.structure}</h3>
      <div class="panel">${barChart(
        report.structure.map(({ name, now, before, yearAgo }) => ({
          label: name[language],
          now,
          before,
          yearAgo,
        })),
        {
          title: words.structure,
          legend: [words.now, words.before, words.yearAgo],
          format: (value) => `${value}`,
        },
      )}</div>
    </section>`;
  }

  #renderFocus(title: string, focus: readonly ReportFocus[]): TemplateResult {
    const { words, language } = this;
    return html`<section>
      <h3>${title}</h3>
      ${region(
        title,
        focus.length === 0
          ? pageStates.empty(words.none)
          : html`<table>
              <thead><tr><th scope="col">${words.rank}</th><th scope="col">${words.problem}</th><th scope="col" class="number">${words.now}</th>
                <th scope="col" class="number">${words.before}</th><th scope="col" class="number">${words.yearAgo}</th><th scope="col" class="number">${words.was}</th></tr></thead>
              <tbody>${focus.map(
                ({ rank, name, now, before, yearAgo, rankBefore }) => html`<tr>
                  <td>${rank}</td><td class="wrap">${name[language]}</td><td class="number">${now}</td>
                  <td class="number">${before}</td><td class="number">${yearAgo}</td>
                  <td class="number">${rankBefore ?? words.fresh}</td></tr>`,
              )}</tbody></table>`,
      )}
    </section>`;
  }

  #renderSuppliers(report: MonthReport): TemplateResult {
    const { words, language } = this;
    const lines = report.supplierTasks;
    return html`<section>
      <h3>${words.supplierTasks}</h3>
      <div class="panel">${
        lines.length === 0
          ? pageStates.empty(words.none)
          : html`${barChart(
              lines.map(({ supplier, now, before, yearAgo }) => ({ label: supplier, now, before, yearAgo })),
              {
                title: words.supplierTasks,
                legend: [words.now, words.before, words.yearAgo],
                format: (value) => `${value}`,
              },
            )}
            <table><tbody>${lines.map(
              ({ supplier, byRegion }) =>
                html`<tr><td>${supplier}</td><td class="small soft">${byRegion
                  .map(({ name, count }) => `${name[language]} ${count}`)
                  .join(' · ')}</td></tr>`,
            )}</tbody></table>`
      }</div>
    </section>`;
  }

  #share(figure: { readonly part: number; readonly whole: number } | undefined): string {
    return figure && figure.whole > 0 ? this.percent(figure.part, figure.whole) : this.words.noData;
  }

  /** In percentage points. */
  #change(figure: Compared | undefined, against: 'before' | 'yearAgo'): string {
    const [now, then] = [shareOf(figure?.now), shareOf(figure?.[against])];
    if (now === null || then === null) return '–';
    const change = now - then;
    return `${change > 0 ? '+' : ''}${change.toFixed(1).replace('-', '−')}`;
  }

  readonly #chooseMonth = (event: Event): void => {
    if (!(event.target instanceof HTMLInputElement) || event.target.value === '') return;
    this.month = event.target.value;
    void this.#report.restart();
  };

  readonly #chooseRegion = (event: Event): void => {
    if (!(event.target instanceof HTMLSelectElement)) return;
    this.region = event.target.value;
    void this.#report.restart();
  };

  async #download({ month, region }: MonthReport): Promise<void> {
    await this.attempt(async () => {
      const file = await this.api.download(`reports/month.csv?${new URLSearchParams({ month, region })}`);
      const link = document.createElement('a');
      link.href = URL.createObjectURL(file);
      link.download = `report-${month}.csv`;
      link.click();
      setTimeout(() => URL.revokeObjectURL(link.href), 60_000);
      return undefined;
    });
  }
}

/** A table that may be wider than the window: scrolled by keyboard too. */
function region(label: string, content: TemplateResult): TemplateResult {
  return html`<div class="panel" role="region" aria-label=${label} tabindex="0">${content}</div>`;
}

/** In percent; null when nothing was counted. */
function shareOf(figure: { readonly part: number; readonly whole: number } | undefined): number | null {
  return !figure || figure.whole === 0 ? null : (figure.part / figure.whole) * 100;
}

function isWorse({ threshold, better }: ReportMetric, figure: Compared | undefined): boolean {
  const now = shareOf(figure?.now);
  if (threshold === null || now === null) return false;
  return better === 'higher' ? now * 100 < threshold : now * 100 > threshold;
}
