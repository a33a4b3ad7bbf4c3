// What one member keeps in mind and looked at, for whoever serves them.
import { css, html, LitElement, nothing, type TemplateResult } from 'lit';
import { customElement, property, state } from 'lit/decorators.js';
import { type SalesAnswers, salesAnswers } from '../../../sync/headquarters/api/sales-api.ts';
import { type ApiClient, ApiError } from '../api-client.ts';
import { consoleStyle } from '../console-style.ts';
import { salesProblem, salesWords } from '../sales-words.ts';
import { showTime } from '../show.ts';
import type { Language } from '../text.ts';

/** `<member-interest .api member="m-00001" language="zh">`; opening it is on record */
@customElement('member-interest')
export class MemberInterest extends LitElement {
  static override styles = [
    consoleStyle,
    css`
      :host { margin-top: 1rem; }
      h4 { margin: 0.75rem 0 0.25rem; font-size: 0.95rem; }
      ul { margin: 0; padding-left: 1.2rem; }
      td, th { padding: 0.3rem 0.6rem 0.3rem 0; }
    `,
  ];
  @property({ attribute: false }) declare api: ApiClient;
  @property() declare language: Language;
  @property() declare member: string;
  @state() private shown: SalesAnswers['memberInterest'] | undefined;
  @state() private problem: string | undefined;

  override willUpdate(changed: ReadonlyMap<PropertyKey, unknown>): void {
    if (changed.has('member')) void this.#load(this.member);
  }

  override render(): TemplateResult | typeof nothing {
    const words = salesWords[this.language];
    if (this.problem !== undefined)
      return html`<p class="soft">${salesProblem(this.language, this.problem)}</p>`;
    if (!this.shown) return nothing;
    const { kept, looks } = this.shown;
    return html`
      <h4>${words.shortlist}</h4>
      ${kept.length === 0 ? html`<p class="soft">–</p>` : html`<ul>${kept.map(({ label }) => html`<li>${label[this.language]}</li>`)}</ul>`}
      <h4>${words.looks}</h4>
      ${
        looks.length === 0
          ? html`<p class="soft">${words.looksNone}</p>`
          : html`<table>
            <thead><tr><th>${words.subject}</th><th class="number">${words.views}</th><th class="number">${words.seconds}</th><th>${words.lastLook}</th></tr></thead>
            <tbody>${looks.map(
              ({ label, views, seconds, lastAt }) => html`<tr><td>${label[this.language]}</td>
                <td class="number">${views}</td><td class="number">${seconds}</td><td>${showTime(lastAt, this.language)}</td></tr>`,
            )}</tbody>
          </table>`
      }
    `;
  }

  async #load(member: string): Promise<void> {
    this.shown = undefined;
    this.problem = undefined;
    try {
      const found = await this.api.get(
        `members/${encodeURIComponent(member)}/interest`,
        salesAnswers.memberInterest,
      );
      // somebody else may have been opened meanwhile
      if (member === this.member) this.shown = found;
    } catch (error) {
      if (member === this.member) this.problem = error instanceof ApiError ? error.code : 'fault';
    }
  }
}
