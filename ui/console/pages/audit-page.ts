// Who did or looked at what at headquarters, newest first, chosen by who, what, about whom and when; whether the chain is whole.
import { css, html, nothing, type PropertyValues, type TemplateResult } from 'lit';
import { customElement, state } from 'lit/decorators.js';
import {
  type AccountAnswers,
  type AuditItem,
  accountAnswers,
} from '../../../sync/headquarters/api/account-api.ts';
import '../data-table.ts';
import { saveFile } from '../fleet/save-file.ts';
import { PageElement } from '../page-element.ts';
import { Polling } from '../polling.ts';
import { showTime } from '../show.ts';
import type { Column } from '../table-columns.ts';
import { accountTexts } from './account-words.ts';
import { auditFilterWords } from './audit-filter-words.ts';

interface Filter {
  readonly actor: string;
  readonly what: string;
  readonly about: string;
  /** days in the browser's zone, both of them with it */
  readonly from: string;
  readonly to: string;
}
const everything: Filter = { actor: '', what: '', about: '', from: '', to: '' };
const linesAtOnce = 200;
const dayMs = 86_400_000;

/** `about`: a terminal, account or id that the page begins with. */
@customElement('audit-page')
export class AuditPage extends PageElement {
  static override styles = [
    ...PageElement.styles,
    css`
      data-table { --table-height: max(24rem, calc(100vh - 21rem)); }
      form { gap: 0.6rem; }
      form :is(select, input, button) { min-height: 2.2rem; padding-block: 0.2rem; font-size: 0.95rem; }
      form select { max-width: 15rem; }
      .on { border-color: var(--accent); background: var(--accent-wash); color: var(--accent); }
      .more { margin-top: 0.8rem; }
      .seal { display: flex; flex-wrap: wrap; align-items: center; gap: 0.4rem 1rem; padding: 0.7rem 1rem; margin-bottom: 1rem; border-left: 5px solid var(--good); }
      .seal.bad { border-left-color: var(--bad); }
      .seal p { flex-basis: 100%; }
      code { font-family: ui-monospace, 'Noto Sans Mono', monospace; overflow-wrap: anywhere; }
    `,
  ];
  @state() private filter: Filter = everything;
  @state() private older: readonly AuditItem[] = [];
  @state() private isAll = false;
  @state() private checked: AccountAnswers['auditCheck'] | 'checking' | undefined;
  @state() private isCopied = false;

  readonly #lines = new Polling<readonly AuditItem[]>(
    this,
    async (before = []) => {
      const fresh = await this.#read();
      const last = fresh.at(-1)?.n ?? 0;
      // what was shown does not go when newer ones come
      return [...fresh, ...before.filter(({ n }) => n < last)];
    },
    5_000,
  );
  readonly #kinds = new Polling<AccountAnswers['auditKinds']>(
    this,
    () => this.api.get('audit/kinds', accountAnswers.auditKinds),
    60_000,
  );

  protected override willUpdate(changed: PropertyValues<this>): void {
    if (changed.has('about') && this.about !== undefined) this.#ask({ ...everything, about: this.about });
  }

  override render(): TemplateResult {
    const words = accountTexts[this.language];
    const said = auditFilterWords[this.language];
    return html`
      <div class="bar">
        <h2>${this.heading}</h2>
        <span class="grow"></span>
        <button title=${said.exportHint} @click=${() => void this.#export()}>${said.export}</button>
        <button class="primary" ?disabled=${this.checked === 'checking'} @click=${() => void this.#check()}>${
          this.checked === 'checking' ? said.checking : words.check
        }</button>
      </div>
      ${this.checked === undefined || this.checked === 'checking' ? nothing : this.#renderCheck(this.checked)}
      ${this.#renderFilter()}
      ${this.renderLoaded(this.#lines, (newest) => this.#renderLines(newest))}
    `;
  }

  #renderCheck({ lines, brokenAt, head }: AccountAnswers['auditCheck']): TemplateResult {
    const words = accountTexts[this.language];
    const said = auditFilterWords[this.language];
    const isWhole = brokenAt === null;
    return html`<div class="panel seal ${isWhole ? '' : 'bad'}" role=${isWhole ? 'status' : 'alert'}>
      <span class="tag ${isWhole ? 'good' : 'bad'}">${isWhole ? words.whole(lines) : words.broken(brokenAt)}</span>
      ${
        head === null || head === ''
          ? nothing
          : html`<span>${said.head} <code>${head}</code></span>
            <button @click=${() => void this.#copy(head)}>${this.isCopied ? said.copied : said.copy}</button>
            <p class="small soft">${said.headHint}</p>`
      }
    </div>`;
  }

  #renderFilter(): TemplateResult {
    const said = auditFilterWords[this.language];
    const { whats } = accountTexts[this.language];
    const { actors = [], whats: deeds = [] } = this.#kinds.value ?? {};
    const { filter } = this;
    const collator = new Intl.Collator('zh-CN');
    const deedNames = deeds
      .map((deed) => [deed, whats[deed] ?? deed] as const)
      .sort(([, a], [, b]) => collator.compare(a, b));
    const isOn = Object.values(filter).some((value) => value !== '');
    return html`<form class="bar" @submit=${(event: Event) => event.preventDefault()} @change=${this.#choose}>
      ${this.#renderChoice(
        'actor',
        said.anyone,
        actors.map((each) => [each, said.actors[each] ?? each] as const),
      )}
      ${this.#renderChoice('what', said.anything, deedNames)}
      <label>${said.about}<input name="about" class=${filter.about === '' ? '' : 'on'} placeholder=${said.aboutHint}
        .value=${filter.about} maxlength="200" autocomplete="off" spellcheck="false" /></label>
      <label>${said.from}<input name="from" type="date" class=${filter.from === '' ? '' : 'on'} .value=${filter.from} max=${filter.to} /></label>
      <label>${said.to}<input name="to" type="date" class=${filter.to === '' ? '' : 'on'} .value=${filter.to} min=${filter.from} /></label>
      ${isOn ? html`<button type="button" @click=${() => this.#ask(everything)}>${said.clear}</button>` : nothing}
    </form>`;
  }

  #renderChoice(
    name: 'actor' | 'what',
    any: string,
    choices: readonly (readonly [string, string])[],
  ): TemplateResult {
    const chosen = this.filter[name];
    return html`<select name=${name} aria-label=${any} class=${chosen === '' ? '' : 'on'}>
      <option value="" .selected=${chosen === ''}>${any}</option>
      ${choices.map(([value, word]) => html`<option value=${value} .selected=${value === chosen}>${word}</option>`)}
    </select>`;
  }

  #renderLines(newest: readonly AuditItem[]): TemplateResult {
    const said = auditFilterWords[this.language];
    const last = newest.at(-1)?.n ?? 0;
    const lines = [...newest, ...this.older.filter(({ n }) => n < last)];
    const isAll = this.isAll || newest.length < linesAtOnce;
    return html`<data-table .columns=${this.#columns()} .rows=${lines} .keyOf=${(line: AuditItem) => line.n}
        .language=${this.language} .label=${this.heading} .empty=${said.none}></data-table>
      <div class="bar more">
        <span class="soft small">${said.shown(lines.length)}</span>
        ${
          isAll
            ? html`<span class="soft small">${said.all}</span>`
            : html`<button @click=${() => void this.#readOlder(lines.at(-1)?.n ?? 0)}>${said.older}</button>`
        }
      </div>`;
  }

  #columns(): Column<AuditItem>[] {
    const words = accountTexts[this.language];
    const { actors } = auditFilterWords[this.language];
    const detailOf = ({ detail }: AuditItem): string =>
      Object.entries(detail)
        .map(([key, value]) => `${key}: ${value ?? '–'}`)
        .join(' · ');
    return [
      { id: 'n', label: '#', value: ({ n }) => n, isNumber: true },
      {
        id: 'at',
        label: words.when,
        value: ({ at }) => at,
        show: ({ at }) => html`<span class="nowrap">${showTime(at, this.language, true)}</span>`,
      },
      { id: 'actor', label: words.who, value: ({ actor }) => actors[actor] ?? actor },
      { id: 'what', label: words.what, value: ({ what }) => words.whats[what] ?? what },
      { id: 'about', label: words.about, value: ({ about }) => about },
      {
        id: 'detail',
        label: words.detail,
        value: detailOf,
        show: (line) => html`<span class="written small soft">${detailOf(line)}</span>`,
      },
    ];
  }

  readonly #choose = (event: Event): void => {
    if (!(event.currentTarget instanceof HTMLFormElement)) return;
    const data = new FormData(event.currentTarget);
    const said = (name: keyof Filter): string => String(data.get(name) ?? '').trim();
    this.#ask({
      actor: said('actor'),
      what: said('what'),
      about: said('about'),
      from: said('from'),
      to: said('to'),
    });
  };

  #ask(filter: Filter): void {
    this.filter = filter;
    this.older = [];
    this.isAll = false;
    void this.#lines.restart();
  }

  async #read(before?: number): Promise<readonly AuditItem[]> {
    const query = queryOf(this.filter);
    query.set('limit', `${linesAtOnce}`);
    if (before !== undefined) query.set('before', `${before}`);
    return (await this.api.get(`audit?${query}`, accountAnswers.audit)).lines;
  }

  async #readOlder(before: number): Promise<void> {
    const { filter } = this;
    await this.attempt(async () => {
      const lines = await this.#read(before);
      // somebody asked for something else meanwhile
      if (filter !== this.filter) return;
      this.older = [...this.older, ...lines];
      this.isAll = lines.length < linesAtOnce;
    });
  }

  async #check(): Promise<void> {
    this.checked = 'checking';
    this.isCopied = false;
    let checked: AccountAnswers['auditCheck'] | undefined;
    await this.attempt(async () => {
      checked = await this.api.get('audit/check', accountAnswers.auditCheck);
    });
    this.checked = checked;
  }

  async #copy(head: string): Promise<void> {
    this.isCopied = await navigator.clipboard.writeText(head).then(
      () => true,
      () => false,
    );
  }

  async #export(): Promise<void> {
    await this.attempt(async () =>
      saveFile('audit.csv', await this.api.download(`audit/export.csv?${queryOf(this.filter)}`)),
    );
  }
}

/** The days as instants; the last one is over at its end. */
function queryOf({ from, to, ...filter }: Filter): URLSearchParams {
  const query = new URLSearchParams(Object.entries(filter).filter(([, value]) => value !== ''));
  if (from !== '') query.set('from', new Date(`${from}T00:00:00`).toISOString());
  if (to !== '') query.set('to', new Date(Date.parse(`${to}T00:00:00`) + dayMs).toISOString());
  return query;
}
