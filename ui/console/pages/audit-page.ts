// Who did or looked at what at headquarters, newest first, and whether the chain is whole.
import { html, nothing, type TemplateResult } from 'lit';
import { customElement, state } from 'lit/decorators.js';
import {
  type AccountAnswers,
  type AuditItem,
  accountAnswers,
} from '../../../sync/headquarters/api/account-api.ts';
import '../data-table.ts';
import { PageElement } from '../page-element.ts';
import { Polling } from '../polling.ts';
import { showTime } from '../show.ts';
import type { Column } from '../table-columns.ts';
import { type AccountTexts, accountTexts } from './account-words.ts';

@customElement('audit-page')
export class AuditPage extends PageElement {
  @state() private checked: AccountAnswers['auditCheck'] | undefined;

  readonly #lines = new Polling<readonly AuditItem[]>(
    this,
    async () => (await this.api.get('audit?limit=1000', accountAnswers.audit)).lines,
    10_000,
  );

  override render(): TemplateResult {
    const words = accountTexts[this.language];
    return this.renderLoaded(
      this.#lines,
      (lines) => html`
      <div class="bar">
        <h2>${this.heading}</h2>
        ${this.checked ? this.#renderCheck(this.checked, words) : nothing}
        <span class="grow"></span>
        <button @click=${() => void this.#check()}>${words.check}</button>
      </div>
      <data-table
        .columns=${this.#columns(words)} .rows=${lines} .keyOf=${(line: AuditItem) => line.n}
        .language=${this.language} label=${this.heading} file="audit"
      ></data-table>
    `,
    );
  }

  #renderCheck({ lines, brokenAt }: AccountAnswers['auditCheck'], words: AccountTexts): TemplateResult {
    return html`
      <span class="tag ${brokenAt === null ? 'good' : 'bad'}" role="status">
        ${brokenAt === null ? words.whole(lines) : words.broken(brokenAt)}
      </span>
    `;
  }

  #columns(words: AccountTexts): Column<AuditItem>[] {
    return [
      { id: 'n', label: '#', value: ({ n }) => n, isNumber: true },
      {
        id: 'at',
        label: words.when,
        value: ({ at }) => at,
        show: ({ at }) => showTime(at, this.language, true),
      },
      { id: 'actor', label: words.who, isFacet: true, value: ({ actor }) => actor },
      { id: 'what', label: words.what, isFacet: true, value: ({ what }) => words.whats[what] ?? what },
      { id: 'about', label: words.about, value: ({ about }) => about },
      {
        id: 'detail',
        label: words.detail,
        value: ({ detail }) =>
          Object.entries(detail)
            .map(([key, value]) => `${key}: ${value ?? '–'}`)
            .join(' · '),
        show: ({ detail }) =>
          html`<span class="written small soft">${Object.entries(detail)
            .map(([key, value]) => `${key}: ${value ?? '–'}`)
            .join(' · ')}</span>`,
      },
    ];
  }

  async #check(): Promise<void> {
    this.checked = await this.api.get('audit/check', accountAnswers.auditCheck);
  }
}
