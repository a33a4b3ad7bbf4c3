// How regions, ports and the people in charge did in a month, with how each figure is counted.
import { css, html, type TemplateResult } from 'lit';
import { customElement, state } from 'lit/decorators.js';
import {
  type KpiCode,
  type KpiLine,
  type KpiReport,
  kpiAnswers,
} from '../../../sync/headquarters/api/kpi-api.ts';
import '../data-table.ts';
import { PageElement } from '../page-element.ts';
import { Polling } from '../polling.ts';
import type { Column } from '../table-columns.ts';
import { FormsPageElement } from './forms-page-element.ts';

const scopes = ['region', 'port', 'person'] as const;
type Scope = (typeof scopes)[number];
type Figure = KpiLine['inTime'];

@customElement('kpi-page')
export class KpiPage extends FormsPageElement {
  static override styles = [
    ...PageElement.styles,
    css`
      ul { margin: 1rem 0 0; padding-left: 1.1rem; }
      @media print { .bar label, .chips { display: none; } }
    `,
  ];
  @state() private month = '';
  @state() private scope: Scope = 'region';

  readonly #report = new Polling<KpiReport>(
    this,
    async () => await this.api.get(this.month === '' ? 'kpi' : `kpi?month=${this.month}`, kpiAnswers.kpi),
    300_000,
  );

  override render(): TemplateResult {
    const { words, language } = this;
    return this.renderLoaded(
      this.#report,
      (report) => html`
        <div class="bar">
          <h2>${this.heading} · ${report.month}</h2>
          <span class="grow"></span>
          <label>${words.month}<input type="month" .value=${report.month} max="2099-12" @change=${this.#chooseMonth} /></label>
        </div>
        <div class="bar chips" role="group" aria-label=${words.scope}>${scopes.map(
          (scope) =>
            html`<button aria-pressed=${scope === this.scope} @click=${() => {
              this.scope = scope;
            }}>${words.kpiScopes[scope]}</button>`,
        )}</div>
        <data-table
          .columns=${this.#columns(report)} .rows=${this.#lines(report)} .keyOf=${({ scope, key }: KpiLine) => `${scope} ${key}`}
          .language=${language} .empty=${words.none} label=${this.heading} file=${`kpi-${report.month}-${this.scope}`}
        ></data-table>
        <ul class="small soft">${report.figures.map(
          ({ name, part, whole }) =>
            html`<li>${name[language]}: ${words.formulaText(part[language], whole[language])}</li>`,
        )}</ul>
      `,
    );
  }

  /** The group stands above its regions. */
  #lines({ lines }: KpiReport): KpiLine[] {
    return lines.filter(
      ({ scope }) => scope === this.scope || (scope === 'group' && this.scope === 'region'),
    );
  }

  #columns({ figures }: KpiReport): Column<KpiLine>[] {
    const { words, language } = this;
    const of: Readonly<Record<KpiCode, (line: KpiLine) => Figure | null>> = {
      'in-time': ({ inTime }) => inTime,
      'solved-first': ({ solvedFirst }) => solvedFirst,
      satisfied: ({ satisfied }) => satisfied,
      'first-line': ({ firstLine }) => firstLine,
    };
    const shown = figures.filter(({ code }) => this.scope === 'region' || code !== 'first-line');
    return [
      { id: 'name', label: words.whose, value: ({ name }) => name[language] },
      ...shown.map(({ code, name }): Column<KpiLine> => {
        const figure = of[code];
        return {
          id: code,
          label: name[language],
          isNumber: true,
          // what is exported and sorted: the share in per cent
          value: (line) => percentOf(figure(line)),
          show: (line) => this.#show(figure(line)),
        };
      }),
    ];
  }

  #show(figure: Figure | null): TemplateResult | string {
    if (!figure) return '–';
    if (figure.whole === 0) return this.words.noData;
    return html`${this.percent(figure.part, figure.whole)} <span class="soft small">${figure.part}/${figure.whole}</span>`;
  }

  readonly #chooseMonth = (event: Event): void => {
    if (!(event.target instanceof HTMLInputElement) || event.target.value === '') return;
    this.month = event.target.value;
    void this.#report.restart();
  };
}

/** null when nothing was counted */
function percentOf(figure: Figure | null): number | null {
  return !figure || figure.whole === 0 ? null : Math.round((figure.part / figure.whole) * 1_000) / 10;
}
