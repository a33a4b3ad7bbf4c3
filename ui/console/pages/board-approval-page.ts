// What waits for a second person's word: each change with before and after, decided one by one or all at once.
import { css, html, nothing, type TemplateResult } from 'lit';
import { customElement, state } from 'lit/decorators.js';
import {
  type DecisionItem,
  type PendingAdverseItem,
  type PendingUnitItem,
  type SalesAnswers,
  salesAnswers,
} from '../../../sync/headquarters/api/sales-api.ts';
import { type Answers, answers } from '../../../sync/headquarters/api.ts';
import '../data-table.ts';
import { PageElement } from '../page-element.ts';
import { pageStates } from '../page-states.ts';
import { Polling } from '../polling.ts';
import { type SalesWords, salesProblem, salesWords } from '../sales-words.ts';
import { showTime, showUnit, showYuan } from '../show.ts';
import type { Column } from '../table-columns.ts';

interface Shown {
  readonly board: Answers['board'];
  readonly waiting: SalesAnswers['approvals'];
  readonly decisions: readonly DecisionItem[];
}

@customElement('board-approval-page')
export class BoardApprovalPage extends PageElement {
  static override styles = [
    ...PageElement.styles,
    css`
      .changes { overflow: auto; margin-bottom: 1rem; }
      input[type='checkbox'] { min-height: 0; width: 1.3rem; height: 1.3rem; accent-color: var(--accent); }
      del { color: var(--text-soft); }
      ins { text-decoration: none; font-weight: 600; }
      td p + p { margin-top: 0.2rem; }
      td { vertical-align: top; }
      .decide { display: flex; flex-wrap: wrap; gap: 0.75rem; align-items: end; padding: 1rem; margin-bottom: 1.5rem; }
      .decide label { flex: 1; min-width: 16rem; }
      h3 { margin-bottom: 0.6rem; font-size: 1.05rem; }
    `,
  ];
  /** `unit/…` or `project/…` → `at` of the change as it was ticked: what somebody changes after that is not ticked */
  @state() private chosen: ReadonlyMap<string, string> = new Map();
  @state() private isSending = false;

  readonly #shown = new Polling<Shown>(
    this,
    async () => ({
      board: await this.api.get('board', answers.board),
      waiting: await this.api.get('board/approvals', salesAnswers.approvals),
      decisions: (await this.api.get('board/decisions?limit=200', salesAnswers.decisions)).decisions,
    }),
    5_000,
  );

  get #words(): SalesWords {
    return salesWords[this.language];
  }

  protected override problemOf(code: string): string {
    return salesProblem(this.language, code);
  }

  override render(): TemplateResult {
    const words = this.#words;
    return html`
      <div class="bar"><h2>${this.heading}</h2></div>
      <p class="soft bar">${words.approvalHint}</p>
      ${this.renderLoaded(this.#shown, ({ board, waiting, decisions }) => {
        const isEmpty = waiting.units.length + waiting.adverse.length === 0;
        return html`
          ${isEmpty ? pageStates.empty(words.nonePending) : this.#renderWaiting(board, waiting)}
          <h3>${words.history}</h3>
          <data-table .columns=${this.#historyColumns(board)} .rows=${decisions} .keyOf=${(row: DecisionItem) => row.n}
            language=${this.language} label=${words.history} file="board-decisions"></data-table>
        `;
      })}
    `;
  }

  #renderWaiting(board: Answers['board'], { units, adverse }: SalesAnswers['approvals']): TemplateResult {
    const words = this.#words;
    const mine = ({ hands }: { readonly hands: readonly string[] }): boolean =>
      hands.includes(this.me.account);
    const all = [
      ...units.map((each) => ({ key: `unit/${each.approved.id}`, at: each.at, isOwn: mine(each) })),
      ...adverse.map((each) => ({ key: `project/${each.project}`, at: each.at, isOwn: mine(each) })),
    ];
    const ticked = all.filter(({ key, at }) => this.chosen.get(key) === at);
    const chosen = ticked.map(({ key }) => key);
    const isAll = chosen.length === all.length;
    const hasOwn = ticked.some(({ isOwn }) => isOwn);
    return html`
      <div class="panel changes">
        <table>
          <thead><tr>
            <th><input type="checkbox" aria-label=${words.selectAll} .checked=${isAll} @change=${() => {
              this.chosen = new Map(isAll ? [] : all.map(({ key, at }) => [key, at]));
            }} /></th>
            <th>${words.subject}</th><th>${words.kind}</th><th>${words.change}</th><th>${words.proposedBy}</th><th>${words.note}</th>
          </tr></thead>
          <tbody>
            ${units.map((each) => this.#renderUnit(board, each, mine(each)))}
            ${adverse.map((each) => this.#renderAdverse(each, mine(each)))}
          </tbody>
        </table>
      </div>
      <form class="panel decide" @submit=${(event: SubmitEvent) => this.#decide(event, chosen)}>
        <label>${words.reason}<input name="reason" maxlength="300" autocomplete="off" /></label>
        <button class="danger" name="reject" ?disabled=${this.isSending || chosen.length === 0}>${words.reject}</button>
        <button class="primary" name="approve" ?disabled=${this.isSending || chosen.length === 0 || hasOwn}>
          ${words.approve(chosen.length)}
        </button>
      </form>
    `;
  }

  #renderRow(
    key: string,
    name: string,
    kind: string,
    change: TemplateResult[],
    about: { readonly hands: readonly string[]; readonly note: string | null; readonly at: string },
    isOwn: boolean,
  ): TemplateResult {
    return html`
      <tr>
        <td><input type="checkbox" aria-label=${name} .checked=${this.chosen.get(key) === about.at} @change=${() => this.#toggle(key, about.at)} /></td>
        <td>${name}</td>
        <td>${kind}</td>
        <td>${change.map((line) => html`<p>${line}</p>`)}</td>
        <td>${about.hands.join(', ')} <span class="soft small">${showTime(about.at, this.language)}</span>
          ${isOwn ? html`<p><span class="tag warn">${this.#words.own}</span></p>` : nothing}</td>
        <td>${about.note ?? ''}</td>
      </tr>
    `;
  }

  #renderUnit(board: Answers['board'], item: PendingUnitItem, isOwn: boolean): TemplateResult {
    const words = this.#words;
    const { approved, internal, change } = item;
    const stateName = (code: string): string =>
      board.states.find((one) => one.code === code)?.name[this.language] ?? code;
    const lines: TemplateResult[] = [];
    const add = (label: string, before: string, after: string): void => {
      lines.push(html`${label}: <del>${before}</del> → <ins>${after}</ins>`);
    };
    const money = (fen: number | null | undefined): string => (fen ? showYuan(fen) : '–');
    if (item.state !== null) add(words.state, stateName(approved.state), stateName(item.state));
    if (item.price !== null) add(words.price, money(approved.price), money(item.price));
    if (change.buyer !== undefined) add(words.buyer, internal.buyer ?? '–', change.buyer ?? '–');
    if (change.floorPrice !== undefined)
      add(words.floorPrice, money(internal.floorPrice), money(change.floorPrice));
    if (change.discountLimit !== undefined) {
      const percent = (value: number | null): string => (value === null ? '–' : `${value / 100} %`);
      add(words.discountLimit, percent(internal.discountLimit), percent(change.discountLimit));
    }
    const name = showUnit(board, approved, this.language);
    return this.#renderRow(`unit/${approved.id}`, name, words.kinds[item.kind], lines, item, isOwn);
  }

  #renderAdverse(item: PendingAdverseItem, isOwn: boolean): TemplateResult {
    const title = ({ title: words, distanceM }: PendingAdverseItem['adverse'][number]): string =>
      `${words[this.language]} ${distanceM} m`;
    const before = item.approved.map(title);
    const after = item.adverse.map(title);
    const lines = [
      ...before.filter((one) => !after.includes(one)).map((one) => html`<del>${one}</del>`),
      ...after.filter((one) => !before.includes(one)).map((one) => html`<ins>${one}</ins>`),
    ];
    const key = `project/${item.project}`;
    return this.#renderRow(key, item.name[this.language], this.#words.adverse, lines, item, isOwn);
  }

  #historyColumns(board: Answers['board']): Column<DecisionItem>[] {
    const words = this.#words;
    const project = (id: string): string =>
      board.projects.find((one) => one.id === id)?.name[this.language] ?? id;
    return [
      {
        id: 'when',
        label: words.when,
        value: (row) => row.decidedAt,
        show: (row) => showTime(row.decidedAt, this.language),
      },
      {
        id: 'subject',
        label: words.subject,
        value: (row) => row.label?.[this.language] ?? project(row.project),
      },
      {
        id: 'kind',
        label: words.kind,
        value: (row) => (words.kinds as Readonly<Record<string, string>>)[row.kind] ?? words.adverse,
      },
      { id: 'change', label: words.change, value: (row) => this.#changeText(board, row) },
      { id: 'decision', label: words.status, value: (row) => words.decision[row.decision] },
      { id: 'hands', label: words.proposedBy, value: (row) => row.hands.join(', ') },
      { id: 'by', label: words.decidedBy, value: (row) => row.decidedBy },
      { id: 'reason', label: words.note, value: (row) => [row.note, row.reason].filter(Boolean).join(' · ') },
    ];
  }

  /** 状态: 可售 → 已售 · 总价（元）: 2670000 → 2600000 */
  #changeText(board: Answers['board'], { before, after }: DecisionItem): string {
    const words = this.#words;
    if (Array.isArray(before) && Array.isArray(after)) return `${before.length} → ${after.length}`;
    const [was, is] = [before ?? {}, after ?? {}] as Record<string, unknown>[];
    const show = (name: string, value: unknown): string => {
      if (value === null || value === undefined) return '–';
      if (name === 'state') {
        return board.states.find(({ code }) => code === value)?.name[this.language] ?? String(value);
      }
      if (name === 'discountLimit') return `${Number(value) / 100} %`;
      return name === 'buyer' ? String(value) : showYuan(Number(value));
    };
    return (['state', 'price', 'buyer', 'floorPrice', 'discountLimit'] as const)
      .filter((name) => is?.[name] !== undefined)
      .map((name) => `${words[name]}: ${show(name, was?.[name])} → ${show(name, is?.[name])}`)
      .join(' · ');
  }

  #toggle(key: string, at: string): void {
    const chosen = new Map(this.chosen);
    if (chosen.get(key) === at) chosen.delete(key);
    else chosen.set(key, at);
    this.chosen = chosen;
  }

  async #decide(event: SubmitEvent, chosen: readonly string[]): Promise<void> {
    event.preventDefault();
    const { target, submitter } = event;
    if (!(target instanceof HTMLFormElement) || !(submitter instanceof HTMLButtonElement)) return;
    const words = this.#words;
    const reason = String(new FormData(target).get('reason') ?? '').trim();
    const isApproval = submitter.name === 'approve';
    if (!isApproval && reason === '') {
      this.notify({ message: words.reasonWanted });
      return;
    }
    const of = (kind: string): string[] =>
      chosen.filter((key) => key.startsWith(kind)).map((key) => key.slice(kind.length));
    const body = {
      units: of('unit/'),
      adverse: of('project/'),
      seen: Object.fromEntries(chosen.map((key) => [key, this.chosen.get(key)])),
      ...(reason === '' ? {} : { reason }),
    };
    this.isSending = true;
    try {
      const path = isApproval ? 'board/publish' : 'board/discard';
      const { changed } = await this.api.post(path, body, answers.changed);
      this.chosen = new Map();
      target.reset();
      this.notify({ message: isApproval ? words.approved(changed) : words.rejected(changed) });
    } catch (error) {
      this.complain(error);
    }
    this.isSending = false;
    await this.#shown.refresh();
  }
}
