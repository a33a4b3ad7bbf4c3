// Cards of our own people: given, and withdrawn at once when they are lost.
import { html, type TemplateResult } from 'lit';
import { customElement } from 'lit/decorators.js';
import {
  type MemberAnswers,
  memberAnswers,
  type StaffItem,
} from '../../../../sync/headquarters/api/member-api.ts';
import '../../data-table.ts';
import { fieldOf } from '../../field-of.ts';
import { Polling } from '../../polling.ts';
import { showTime } from '../../show.ts';
import type { Column } from '../../table-columns.ts';
import { MembersPanel, shortCard } from './members-panel.ts';

type Staff = MemberAnswers['staff'];

@customElement('members-staff')
export class MembersStaff extends MembersPanel {
  readonly #staff = new Polling<Staff>(this, () => this.api.get('club/staff', memberAnswers.staff), 60_000);

  override render(): TemplateResult {
    return this.renderLoaded(this.#staff, (staff) => this.#renderAll(staff));
  }

  #renderAll({ staff, projects }: Staff): TemplateResult {
    const { words, language } = this;
    const siteOf = ({ project }: StaffItem): string =>
      project === null
        ? words.everySite
        : (projects.find(({ id }) => id === project)?.name[language] ?? project);
    const columns: Column<StaffItem>[] = [
      { id: 'name', label: words.name, value: ({ name }) => name },
      { id: 'project', label: words.project, value: siteOf },
      { id: 'card', label: words.card, value: ({ card }) => shortCard(card) },
      {
        id: 'state',
        label: words.state,
        value: ({ endedAt }) => (endedAt === null ? words.inUse : words.ended),
        show: ({ endedAt }) =>
          endedAt === null
            ? html`<span class="tag good">${words.inUse}</span>`
            : html`<span class="tag">${words.ended} · ${showTime(endedAt, language)}</span>`,
      },
      {
        id: 'act',
        label: '',
        value: () => null,
        show: ({ card, name, endedAt }) =>
          endedAt === null
            ? html`<button class="danger" aria-label=${`${words.end} ${name}`} @click=${() => void this.#end(card)}>${words.end}</button>`
            : '',
      },
    ];
    return html`
      <form class="panel" @submit=${this.#give}>
        <h3>${words.give}</h3>
        <p class="small soft">${words.staffText}</p>
        <label>${words.name}<input name="name" required maxlength="40" autocomplete="off" /></label>
        <label>${words.project}
          <select name="project">
            <option value="">${words.everySite}</option>
            ${projects.map(({ id, name }) => html`<option value=${id}>${name[language]}</option>`)}
          </select>
        </label>
        <label>${words.technology}
          <select name="technology">
            ${Object.entries(words.technologies).map(([code, name]) => html`<option value=${code}>${name}</option>`)}
          </select>
        </label>
        <label class="wide">${words.number} · ${words.numberHint}<input name="number" required pattern="[0-9A-Fa-f]{4,32}" autocomplete="off" /></label>
        <button class="primary">${words.give}</button>
      </form>
      <data-table .columns=${columns} .rows=${staff} .keyOf=${({ card }: StaffItem) => card} .language=${language}
        .label=${words.sections.staff} .empty=${words.noStaff} file="staff-cards"></data-table>
    `;
  }

  readonly #give = async (event: SubmitEvent): Promise<void> => {
    event.preventDefault();
    if (!(event.target instanceof HTMLFormElement)) return;
    const form = event.target;
    const data = new FormData(form);
    const body = { ...Object.fromEntries(data), project: fieldOf(data, 'project') || null };
    const isDone = await this.attemptSaying(this.words.done, async () => {
      await this.api.post('club/staff', body, memberAnswers.staff);
    });
    if (isDone) form.reset();
    await this.#staff.refresh();
  };

  async #end(card: string): Promise<void> {
    await this.attemptSaying(this.words.done, async () => {
      await this.api.post('club/staff/end', { card }, memberAnswers.staff);
    });
    await this.#staff.refresh();
  }
}
