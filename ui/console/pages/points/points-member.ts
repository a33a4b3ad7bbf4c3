// A member's points: found by name, the ledger with its export, reversal with a reason, booking by hand.
import { html, nothing, type TemplateResult } from 'lit';
import { customElement, state } from 'lit/decorators.js';
import {
  type PointsAccount,
  type PointsLine,
  pointsAnswers,
} from '../../../../sync/headquarters/api/points-api.ts';
import { answers, type MemberItem } from '../../../../sync/headquarters/api.ts';
import type { RowChosenEvent } from '../../data-table.ts';
import '../../data-table.ts';
import '../../figure-tiles.ts';
import { fieldOf } from '../../field-of.ts';
import { pageStates } from '../../page-states.ts';
import { showTime } from '../../show.ts';
import type { Column } from '../../table-columns.ts';
import { PointsPanel } from './points-panel.ts';

const items = ['manual', 'rule', 'purchase', 'referral'] as const;
type HandItem = (typeof items)[number];

@customElement('points-member')
export class PointsMember extends PointsPanel {
  @state() private found: readonly MemberItem[] | undefined;
  @state() private account: PointsAccount | undefined;
  @state() private line: PointsLine | undefined;
  @state() private item: HandItem = 'manual';
  /** of the next booking: a second click books nothing */
  #booking = crypto.randomUUID();

  override render(): TemplateResult {
    const { words, account } = this;
    return html`
      <form class="panel" @submit=${this.#find}>
        <label class="wide">${words.findMember}<input name="query" type="search" required maxlength="40" autocomplete="off" /></label>
        <button class="primary">${words.find}</button>
      </form>
      ${this.#renderFound()}
      ${account ? this.#renderAccount(account) : nothing}
    `;
  }

  #renderFound(): TemplateResult | typeof nothing {
    const { found, words } = this;
    if (!found) return nothing;
    if (found.length === 0) return pageStates.empty(words.noneFound);
    return html`<div class="chips">
      ${found.map(
        (
          member,
        ) => html`<button aria-pressed=${member.id === this.account?.id} @click=${() => void this.#open(member.id)}>
          ${member.name} · ${member.id} · ${member.points}
        </button>`,
      )}
    </div>`;
  }

  #renderAccount(account: PointsAccount): TemplateResult {
    const { words, language } = this;
    const [soonest] = account.expiring;
    return html`
      <section aria-label=${account.name}>
        <h3>${account.name} · ${account.id}</h3>
        <figure-tiles .figures=${[
          { label: words.balance, value: account.balance },
          { label: words.earned, value: account.earned },
          { label: words.level, value: account.levelName?.[language] ?? words.none },
          soonest
            ? { label: words.expiring, value: soonest.points, note: soonest.at.slice(0, 10) }
            : { label: words.expiring, value: words.none },
        ]}></figure-tiles>
      </section>
      ${account.owed > 0 ? html`<p class="bad" role="status">${words.owes(account.owed)}</p>` : nothing}
      ${this.may('club') ? this.#renderBooking(account) : nothing}
      ${this.line ? this.#renderReversal(this.line) : html`<p class="soft small">${words.chooseLine}</p>`}
      <data-table .columns=${this.#columns()} .rows=${account.lines} .keyOf=${({ id }: PointsLine) => id}
        .language=${language} .label=${words.sections.member} .file=${`points-${account.id}`}
        .chosen=${this.line?.id} ?choosable=${this.may('club')}
        @row-chosen=${({ row }: RowChosenEvent<PointsLine>) => {
          this.line = row.canReverse || row.canUndo ? row : undefined;
        }}></data-table>
    `;
  }

  #renderReversal(line: PointsLine): TemplateResult {
    const { words } = this;
    return html`
      <form class="panel" @submit=${this.#reverse}>
        <h3>${line.canUndo ? words.undo : words.reverse}：${line.reason[this.language]} ${line.points}</h3>
        <label class="wide">${words.why}<input name="reason" required maxlength="100" /></label>
        <button class="primary">${words.confirm}</button>
        <button type="button" @click=${() => {
          this.line = undefined;
        }}>${words.cancel}</button>
      </form>
    `;
  }

  #renderBooking({ bookable }: PointsAccount): TemplateResult {
    const { words, item, language } = this;
    const offered = items.filter((each) => each !== 'rule' || bookable.length > 0);
    const fields = {
      manual: () => html`
        <label>${words.points}<input name="points" type="number" required min="-1000000" max="1000000" /></label>
        <label class="wide">${words.why}<input name="reason" required maxlength="100" /></label>`,
      rule: () =>
        html`<label>${words.which}<select name="code">
          ${bookable.map(({ code, name, points }) => html`<option value=${code}>${name[language]} · ${points}</option>`)}
        </select></label>`,
      purchase: () => html`
        <label>${words.purchaseId}<input name="purchase" required pattern="[A-Za-z0-9_\\-]{1,40}" /></label>
        <label>${words.amount}<input name="amount" type="number" required min="1" /></label>`,
      referral: () =>
        html`<label>${words.referredId}<input name="referred" required pattern="[A-Za-z0-9_\\-]{1,40}" /></label>`,
    }[item];
    return html`
      <form class="panel" @submit=${this.#book}>
        <h3>${words.book}</h3>
        <label>${words.item}<select name="item" @change=${this.#chooseItem}>
          ${offered.map((each) => html`<option value=${each} ?selected=${each === item}>${words[each]}</option>`)}
        </select></label>
        ${fields()}
        <button class="primary">${words.confirm}</button>
      </form>
    `;
  }

  #columns(): readonly Column<PointsLine>[] {
    const { words, language } = this;
    /** a rule's own code stays as it is */
    const nameOfItem = (item: string | null): string | null => {
      const known = items.find((each) => each === item);
      return known ? words[known] : item;
    };
    return [
      { id: 'at', label: words.at, value: ({ at }) => at, show: ({ at }) => showTime(at, language) },
      { id: 'points', label: words.points, value: ({ points }) => points, isNumber: true },
      {
        id: 'reason',
        label: words.reason,
        value: ({ reason }) => reason[language],
        show: ({ reason, isReversed }) =>
          html`${reason[language]} ${isReversed ? html`<span class="tag">${words.reversed}</span>` : nothing}`,
      },
      { id: 'item', label: words.item, value: ({ item }) => nameOfItem(item) },
      {
        id: 'until',
        label: words.until,
        value: ({ until }) => until,
        show: ({ until }) => (until === null ? '–' : until.slice(0, 10)),
      },
      { id: 'by', label: words.by, value: ({ by }) => by ?? words.byItself },
    ];
  }

  readonly #find = async (event: SubmitEvent): Promise<void> => {
    event.preventDefault();
    if (!(event.target instanceof HTMLFormElement)) return;
    const query = encodeURIComponent(fieldOf(new FormData(event.target), 'query'));
    this.account = undefined;
    await this.attemptSaying('', async () => {
      this.found = (await this.api.get(`members?q=${query}&limit=20`, answers.members)).members;
    });
    const [only] = this.found ?? [];
    if (only && this.found?.length === 1) await this.#open(only.id);
  };

  async #open(id: string): Promise<void> {
    this.line = undefined;
    await this.attemptSaying('', async () => {
      this.account = await this.api.get(`points/members/${id}`, pointsAnswers.account);
    });
  }

  readonly #chooseItem = (event: Event): void => {
    if (!(event.target instanceof HTMLSelectElement)) return;
    const { value } = event.target;
    this.item = items.find((each) => each === value) ?? 'manual';
  };

  readonly #book = async (event: SubmitEvent): Promise<void> => {
    event.preventDefault();
    const { account, item } = this;
    if (!(event.target instanceof HTMLFormElement) || !account) return;
    const form = event.target;
    const data = new FormData(form);
    const body = {
      manual: () => ({
        ...{ item, id: this.#booking },
        ...{ points: Number(fieldOf(data, 'points')), reason: fieldOf(data, 'reason') },
      }),
      rule: () => ({ item, id: this.#booking, code: fieldOf(data, 'code') }),
      purchase: () => ({
        item,
        purchase: fieldOf(data, 'purchase'),
        amount: Number(fieldOf(data, 'amount')) * 100,
      }),
      referral: () => ({ item, referred: fieldOf(data, 'referred') }),
    }[item]();
    const isDone = await this.attemptSaying(this.words.done, async () => {
      this.account = await this.api.post(`points/members/${account.id}/book`, body, pointsAnswers.account);
    });
    if (!isDone) return;
    this.#booking = crypto.randomUUID();
    form.reset();
  };

  readonly #reverse = async (event: SubmitEvent): Promise<void> => {
    event.preventDefault();
    const { line } = this;
    if (!(event.target instanceof HTMLFormElement) || !line) return;
    const reason = fieldOf(new FormData(event.target), 'reason');
    const path = `points/entries/${encodeURIComponent(line.id)}/${line.canUndo ? 'undo' : 'reverse'}`;
    await this.attemptSaying(this.words.done, async () => {
      this.account = await this.api.post(path, { reason }, pointsAnswers.account);
      this.line = undefined;
    });
  };
}
