// What a terminal found when it looked at itself: first what is wrong, each with its remedy.

import { css, html, LitElement, nothing, type TemplateResult } from 'lit';
import { customElement, property } from 'lit/decorators.js';
import { foundWords } from '../../../sync/headquarters/api/diagnosis-code-words.ts';
import type { Check, CheckState, Diagnosis } from '../../../sync/headquarters/api.ts';
import { consoleStyle } from '../console-style.ts';
import type { Language } from '../text.ts';
import { diagnosisWords } from './diagnosis-words.ts';
import { codeText, foundText } from './found-text.ts';

const tones: Readonly<Record<CheckState, string>> = {
  bad: 'bad',
  care: 'warn',
  unknown: 'off',
  ok: 'good',
  none: '',
};
const order: readonly CheckState[] = ['bad', 'care', 'unknown', 'ok', 'none'];

/** `<diagnosis-view .diagnosis language>` */
@customElement('diagnosis-view')
export class DiagnosisView extends LitElement {
  static override styles = [
    consoleStyle,
    css`
      .head { display: flex; flex-wrap: wrap; gap: 0.5rem 1rem; align-items: center; margin-bottom: 0.7rem; }
      .scroll { overflow-x: auto; }
      td { vertical-align: top; }
      td:first-child { font-weight: 500; width: 13rem; }
      td:nth-child(2) { width: 9rem; }
      .found { overflow-wrap: anywhere; }
      .found:not(:last-child) { width: 24rem; }
      details { margin-top: 0.8rem; }
      summary { cursor: pointer; padding: 0.3rem 0; }
      pre { max-height: 20rem; overflow: auto; padding: 0.8rem 1rem; margin: 0.4rem 0 0; border-radius: 8px; background: var(--surface-sunk); font-size: 0.85rem; white-space: pre-wrap; overflow-wrap: anywhere; }
    `,
  ];
  @property({ attribute: false }) declare diagnosis: Diagnosis;
  @property() declare language: Language;

  override render(): TemplateResult {
    const words = diagnosisWords[this.language];
    const { checks, tookMs, log } = this.diagnosis;
    const sorted = [...checks].sort((a, b) => order.indexOf(a.state) - order.indexOf(b.state));
    const wrong = sorted.filter(({ state }) => state === 'bad' || state === 'care');
    const rest = sorted.slice(wrong.length);
    const bad = wrong.filter(({ state }) => state === 'bad').length;
    const tone = bad > 0 ? 'bad' : wrong.length > 0 ? 'warn' : 'good';
    const said = wrong.length === 0 ? words.well(checks.length) : words.wrong(bad, wrong.length - bad);
    return html`
      <div class="head">
        <span class="tag ${tone}">${said}</span>
        <span class="soft small">${words.took((tookMs / 1000).toFixed(1), checks.length)}</span>
      </div>
      ${wrong.length === 0 ? nothing : this.#renderChecks(wrong, true)}
      ${
        rest.length === 0
          ? nothing
          : html`<details ?open=${wrong.length === 0}><summary>${words.rest(rest.length)}</summary>${this.#renderChecks(rest, false)}</details>`
      }
      ${
        log.length === 0
          ? nothing
          : html`<details><summary>${words.log(log.length)}</summary><pre tabindex="0">${log.join('\n')}</pre></details>`
      }
    `;
  }

  #renderChecks(checks: readonly Check[], hasRemedies: boolean): TemplateResult {
    const words = diagnosisWords[this.language];
    return html`<div class="scroll"><table>
      <thead><tr><th>${words.check}</th><th>${words.state}</th><th>${words.found}</th>${hasRemedies ? html`<th>${words.remedy}</th>` : nothing}</tr></thead>
      <tbody>${checks.map(
        ({ check, state, code, values }) => html`<tr>
          <td>${words.checks[check].name}</td>
          <td><span class="tag ${tones[state]}">${words.states[state]}</span></td>
          <td class="found small">${code === null ? nothing : html`<strong>${codeText(code, this.language)}</strong> · `}${foundText(values, this.language)}</td>
          ${hasRemedies ? html`<td>${(code === null ? undefined : foundWords[this.language].codes[code]?.remedy) ?? words.checks[check].remedy}</td>` : nothing}
        </tr>`,
      )}</tbody>
    </table></div>`;
  }
}
