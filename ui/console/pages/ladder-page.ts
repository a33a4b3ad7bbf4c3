// The complaint ladder by the clock: what climbs next, who has it, and clocks that stand still for a reason.
import { css, html, nothing, type TemplateResult } from 'lit';
import { customElement, query, state } from 'lit/decorators.js';
import { roles } from '../../../sync/headquarters/api/account-api.ts';
import {
  type LadderAnswers,
  type LadderItem,
  type LadderSteps,
  ladderAnswers,
} from '../../../sync/headquarters/api/ladder-api.ts';
import '../data-table.ts';
import '../figure-tiles.ts';
import type { RowChosenEvent } from '../data-table.ts';
import { PageElement } from '../page-element.ts';
import { Polling } from '../polling.ts';
import { showTime } from '../show.ts';
import type { Column } from '../table-columns.ts';
import { accountTexts } from './account-words.ts';
import { type LadderTexts, ladderTexts } from './ladder-words.ts';

const levels = ['major', 'hot', 'key', 'ordinary'] as const;
const tones = { ordinary: '', key: 'warn', hot: 'bad', major: 'bad' } as const;

@customElement('ladder-page')
export class LadderPage extends PageElement {
  static override styles = [
    ...PageElement.styles,
    css`
      .chosen { padding: 0.9rem 1.1rem; margin-bottom: 1rem; display: flex; flex-wrap: wrap; gap: 0.6rem 1rem; align-items: end; }
      .chosen .grow { flex: 1; align-self: center; }
      form { display: grid; gap: 0.9rem; }
      .step { display: grid; grid-template-columns: 5rem 1fr 1fr 1fr; gap: 0.6rem; align-items: end; }
      @media (max-width: 640px) { .step { grid-template-columns: 1fr 1fr; } }
    `,
  ];
  @state() private chosen: string | undefined;
  @state() private steps: LadderSteps | undefined;
  @query('dialog') declare private dialog: HTMLDialogElement | null;

  readonly #ladder = new Polling<LadderAnswers['ladder']>(
    this,
    () => this.api.get('ladder?limit=2000', ladderAnswers.ladder),
    5_000,
  );

  override render(): TemplateResult {
    const words = ladderTexts[this.language];
    return this.renderLoaded(this.#ladder, ({ counts, items, now, reasons }) => {
      const chosen = items.find(({ id }) => id === this.chosen);
      return html`
        <div class="bar">
          <h2>${this.heading}</h2>
          <span class="grow"></span>
          ${this.may('manager') ? html`<button @click=${() => void this.#openSteps()}>${words.steps}</button>` : nothing}
        </div>
        <figure-tiles .figures=${levels.map((level) => ({
          label: words.levels[level],
          value: counts[level],
          tone: counts[level] === 0 ? undefined : tones[level] || undefined,
        }))}></figure-tiles>
        ${chosen ? this.#renderChosen(chosen, reasons, words) : html`<p class="soft small">${words.choose}</p>`}
        <data-table
          .columns=${this.#columns(words, Date.parse(now))} .rows=${items} .keyOf=${(item: LadderItem) => item.id}
          .language=${this.language} .empty=${words.none} label=${this.heading} file="ladder" choosable .chosen=${this.chosen}
          @row-chosen=${(event: RowChosenEvent<LadderItem>) => {
            this.chosen = event.row.id;
          }}
        ></data-table>
        <dialog aria-labelledby="steps">${this.steps ? this.#renderSteps(this.steps, words) : nothing}</dialog>
      `;
    });
  }

  #columns(words: LadderTexts, now: number): Column<LadderItem>[] {
    const clock = (by: string | null, metAt: string | null, met: string, item: LadderItem) => {
      if (metAt !== null) return met;
      if (by === null) return '–';
      if (item.pausedAt !== null) return words.paused;
      const minutes = Math.floor(Math.abs(Date.parse(by) - now) / 60_000);
      const isLate = Date.parse(by) <= now;
      return html`<span class=${isLate ? 'tag bad' : ''}>${(isLate ? words.over : words.left)(words.minutes(minutes))}</span>`;
    };
    const holderOf = (item: LadderItem): string => this.#holderOf(item);
    return [
      {
        id: 'number',
        label: words.number,
        value: ({ number }) => number,
        show: ({ number }) => html`<span class="nowrap">${number}</span>`,
      },
      {
        id: 'level',
        label: words.level,
        isFacet: true,
        value: ({ level }) => words.levels[level],
        show: ({ level }) => html`<span class="tag ${tones[level]}">${words.levels[level]}</span>`,
      },
      { id: 'kind', label: words.kind, isFacet: true, value: ({ kind }) => words.kinds[kind] ?? kind },
      { id: 'what', label: words.what, value: ({ label }) => label?.[this.language] ?? null },
      { id: 'holder', label: words.holder, isFacet: true, value: holderOf },
      {
        id: 'reply',
        label: words.reply,
        value: ({ replyBy }) => replyBy,
        show: (item) => clock(item.replyBy, item.repliedAt, words.kept, item),
      },
      {
        id: 'onSite',
        label: words.onSite,
        value: ({ onSiteBy }) => onSiteBy,
        show: (item) => clock(item.onSiteBy, item.onSiteAt, words.arrived, item),
      },
      {
        id: 'climbs',
        label: words.climbs,
        value: ({ climbsAt }) => climbsAt,
        show: ({ climbsAt, level, pausedAt, pauseReason }) => {
          if (pausedAt !== null)
            return `${words.paused}${pauseReason ? ` · ${pauseReason[this.language]}` : ''}`;
          if (climbsAt !== null) return showTime(climbsAt, this.language);
          return level === 'major' ? words.top : '–';
        },
      },
    ];
  }

  #renderChosen(
    item: LadderItem,
    reasons: LadderAnswers['ladder']['reasons'],
    words: LadderTexts,
  ): TemplateResult {
    const holderOf = (one: LadderItem): string => this.#holderOf(one);
    const act = (path: string, body: object) =>
      void this.#act(`ladder/${encodeURIComponent(item.id)}/${path}`, body);
    return html`
      <div class="panel chosen">
        <div class="grow">
          <b>${item.number}</b> · ${holderOf(item)}
          ${item.isWithSubstitute ? html`<span class="tag warn">${words.holderAway}</span>` : nothing}
          <span class="soft">（${words.substitute}: ${item.substitute[this.language]}）</span>
        </div>
        ${
          !this.may('service-desk', 'manager', 'port')
            ? nothing
            : item.pausedAt === null
              ? html`
              <label>${words.why}
                <select id="reason">${reasons.map(({ code, name }) => html`<option value=${code}>${name[this.language]}</option>`)}</select>
              </label>
              <button @click=${() => act('pause', { reason: this.renderRoot.querySelector('select')?.value })}>${words.pause}</button>`
              : html`<button class="primary" @click=${() => act('resume', {})}>${words.resume}</button>`
        }
      </div>
    `;
  }

  #holderOf({ holder, substitute, isWithSubstitute }: LadderItem): string {
    return (isWithSubstitute ? substitute : holder)[this.language];
  }

  #renderSteps(steps: LadderSteps, words: LadderTexts): TemplateResult {
    const roleNames = accountTexts[this.language].roles;
    const choice = (name: string, label: string, now: string) => html`
      <label>${label}
        <select name=${name}>${roles.map((role) => html`<option value=${role} ?selected=${role === now}>${roleNames[role]}</option>`)}</select>
      </label>
    `;
    return html`
      <form @submit=${this.#saveSteps}>
        <h2 id="steps">${words.steps}</h2>
        <p class="small soft">${words.stepsHint}</p>
        ${levels.toReversed().map(
          (level) => html`
          <div class="step">
            <b>${words.levels[level]}</b>
            ${choice(`${level}-role`, words.holder, steps[level].role)}
            ${choice(`${level}-substitute`, words.substitute, steps[level].substitute)}
            <label>${words.afterHours}
              <input name="${level}-after" type="number" min="0.1" max="8760" step="any" required
                .value=${String(steps[level].afterMin / 60)} ?disabled=${level === 'major'} />
            </label>
          </div>
        `,
        )}
        <div class="actions">
          <button type="button" @click=${() => this.dialog?.close()}>${words.cancel}</button>
          <button class="primary">${words.save}</button>
        </div>
      </form>
    `;
  }

  async #openSteps(): Promise<void> {
    this.steps = (await this.api.get('ladder/steps', ladderAnswers.steps)).steps;
    await this.updateComplete;
    this.dialog?.showModal();
  }

  readonly #saveSteps = async (event: SubmitEvent): Promise<void> => {
    event.preventDefault();
    const { steps } = this;
    if (!steps || !(event.target instanceof HTMLFormElement)) return;
    const data = new FormData(event.target);
    const body = Object.fromEntries(
      levels.map((level) => {
        const hours = Number(data.get(`${level}-after`) ?? steps[level].afterMin / 60);
        const afterMin = Math.max(1, Math.round(hours * 60));
        return [
          level,
          { role: data.get(`${level}-role`), substitute: data.get(`${level}-substitute`), afterMin },
        ];
      }),
    );
    try {
      await this.api.post('ladder/steps', body, ladderAnswers.steps);
      this.dialog?.close();
      this.notify({ message: ladderTexts[this.language].saved });
    } catch (error) {
      this.complain(error);
    }
  };

  async #act(path: string, body: object): Promise<void> {
    try {
      await this.api.post(path, body, ladderAnswers.clocks);
    } catch (error) {
      this.complain(error);
    }
    await this.#ladder.refresh();
  }
}
