// Members by level, points, homes bought, referrals or birthday, to look at and to take along as CSV.
import { css, html, nothing, type TemplateResult } from 'lit';
import { customElement, state } from 'lit/decorators.js';
import {
  type ActivityAnswers,
  activityAnswers,
  type ListKind,
  type ListLine,
  listKinds,
} from '../../../sync/headquarters/api/activity-api.ts';
import '../data-table.ts';
import { PageElement } from '../page-element.ts';
import type { Column } from '../table-columns.ts';
import { ActivityPageElement } from './activity-page-element.ts';

type Levels = ActivityAnswers['activities']['levels'];

@customElement('lists-page')
export class ListsPage extends ActivityPageElement {
  static override styles = [
    ...PageElement.styles,
    css`.bar > label { display: flex; gap: 0.5rem; align-items: center; }`,
  ];
  @state() private kind: ListKind = 'level';
  @state() private level = '';
  @state() private least = 1;
  @state() private from = '';
  @state() private lines: readonly ListLine[] | undefined;
  @state() private total = 0;
  @state() private levels: Levels = [];
  #round = 0;

  override connectedCallback(): void {
    super.connectedCallback();
    void this.#open();
  }

  override render(): TemplateResult {
    const { words, kind, language } = this;
    return html`
      <div class="bar"><h2>${this.heading}</h2><span class="soft small">${words.kept}</span></div>
      <div class="bar">
        <div class="chips">${listKinds.map(
          (each) =>
            html`<button aria-pressed=${each === kind} @click=${() => this.#ask({ kind: each })}>${words.lists[each]}</button>`,
        )}</div>
        ${
          kind === 'level'
            ? html`<select aria-label=${words.level} @change=${(event: Event) => this.#ask({ level: chosenIn(event) })}>
                <option value="">${words.everyLevel}</option>
                ${this.levels.map(({ code, name }) => html`<option value=${code} ?selected=${code === this.level}>${name[language]}</option>`)}
              </select>`
            : nothing
        }
        ${
          kind === 'points' || kind === 'purchases' || kind === 'referrals'
            ? html`<label>${words.least}<input type="number" min="1" .value=${String(this.least)}
                @change=${(event: Event) => this.#ask({ least: Math.max(1, Math.floor(Number(chosenIn(event)) || 1)) })} /></label>`
            : nothing
        }
        ${
          kind === 'birthday'
            ? html`<label>${words.from}<input type="date" .value=${this.from}
                @change=${(event: Event) => this.#ask({ from: chosenIn(event) })} /></label>`
            : nothing
        }
        <span class="grow"></span>
        <button @click=${() => void this.save(`lists/${kind}.csv${this.#query}`, `members-${kind}.csv`)}>${words.export}</button>
      </div>
      ${
        this.lines && this.total > this.lines.length
          ? html`<p class="soft small" role="status">${words.firstOf(this.lines.length, this.total)}</p>`
          : nothing
      }
      <data-table .columns=${this.#columns()} .rows=${this.lines} .keyOf=${({ member }: ListLine) => member}
        .language=${this.language} label=${words.lists[kind]}></data-table>
    `;
  }

  get #query(): string {
    const query = new URLSearchParams();
    if (this.kind === 'level' && this.level !== '') query.set('level', this.level);
    if (this.kind !== 'level' && this.kind !== 'birthday') query.set('least', String(this.least));
    if (this.kind === 'birthday' && this.from !== '') query.set('from', this.from);
    const text = query.toString();
    return text === '' ? '' : `?${text}`;
  }

  #columns(): Column<ListLine>[] {
    const { words, language } = this;
    const nameOf = (code: string): string =>
      this.levels.find((level) => level.code === code)?.name[language] ?? code;
    return [
      { id: 'member', label: words.member, value: ({ member }) => member },
      { id: 'name', label: words.name, value: ({ name }) => name },
      { id: 'phone', label: words.phone, value: ({ phone }) => phone },
      { id: 'level', label: words.level, value: ({ level }) => nameOf(level) },
      { id: 'balance', label: words.balance, value: ({ balance }) => balance, isNumber: true },
      { id: 'purchases', label: words.purchases, value: ({ purchases }) => purchases, isNumber: true },
      { id: 'referrals', label: words.referrals, value: ({ referrals }) => referrals, isNumber: true },
      { id: 'birthday', label: words.birthday, value: ({ birthday }) => birthday },
      {
        id: 'contact',
        label: words.mayContact,
        isFacet: true,
        value: ({ mayContact }) => words.contact(mayContact),
      },
    ];
  }

  async #open(): Promise<void> {
    await this.updateComplete;
    await this.attempt(async () => {
      this.levels = (await this.api.get('activities', activityAnswers.activities)).levels;
    });
    await this.#load();
  }

  #ask(wish: { kind?: ListKind; level?: string; least?: number; from?: string }): void {
    this.kind = wish.kind ?? this.kind;
    this.level = wish.level ?? this.level;
    this.least = wish.least ?? this.least;
    this.from = wish.from ?? this.from;
    void this.#load();
  }

  /** Each look is kept, so nothing is asked again by itself. */
  async #load(): Promise<void> {
    this.#round += 1;
    const round = this.#round;
    this.lines = undefined;
    await this.attempt(async () => {
      const { lines, total } = await this.api.get(`lists/${this.kind}${this.#query}`, activityAnswers.list);
      if (round !== this.#round) return;
      this.lines = lines;
      this.total = total;
    });
    if (round === this.#round) this.lines ??= [];
  }
}

function chosenIn(event: Event): string {
  const { target } = event;
  return target instanceof HTMLInputElement || target instanceof HTMLSelectElement ? target.value : '';
}
