// Finding a person; whoever opens one is told that it is on record.
import { css, html, nothing, type TemplateResult } from 'lit';
import { customElement, state } from 'lit/decorators.js';
import {
  type PersonAnswers,
  type PersonItem,
  personAnswers,
} from '../../../sync/headquarters/api/person-api.ts';
import { ApiError } from '../api-client.ts';
import '../data-table.ts';
import type { RowChosenEvent } from '../data-table.ts';
import { PageElement } from '../page-element.ts';
import '../sales/member-interest.ts';
import { pageStates } from '../page-states.ts';
import { showTime } from '../show.ts';
import type { Column } from '../table-columns.ts';
import './person-erasure.ts';
import { type AccountTexts, accountTexts } from './account-words.ts';
import { personErasureTexts } from './person-erasure-words.ts';

@customElement('persons-page')
export class PersonsPage extends PageElement {
  static override styles = [
    ...PageElement.styles,
    css`
      form { display: flex; flex-wrap: wrap; gap: 0.75rem; align-items: end; margin-bottom: 1rem; }
      form label:first-child { flex: 1 1 18rem; }
      .both { display: grid; grid-template-columns: minmax(0, 1fr); gap: 1.25rem; align-items: start; }
      .both.open { grid-template-columns: minmax(0, 3fr) minmax(19rem, 2fr); }
      .person { padding: 1.1rem 1.25rem; display: grid; gap: 0.8rem; }
      dl { display: grid; grid-template-columns: 6rem 1fr; gap: 0.35rem 1rem; margin: 0; }
      dt { color: var(--text-soft); }
      dd { margin: 0; overflow-wrap: anywhere; }
      ul { margin: 0; padding-left: 1.1rem; }
      @media (max-width: 1000px) { .both.open { grid-template-columns: minmax(0, 1fr); } }
    `,
  ];
  @state() private found: readonly PersonItem[] | undefined;
  @state() private person: PersonAnswers['person'] | undefined;
  @state() private problem: string | undefined;

  override render(): TemplateResult {
    const words = accountTexts[this.language];
    return html`
      <div class="bar"><h2>${this.heading}</h2></div>
      <form @submit=${this.#find} role="search">
        <label>${words.findHint}<input name="q" type="search" maxlength="40" autofocus autocomplete="off" /></label>
        <label>${words.card}
          <select name="card">
            <option value="">${words.anyCard}</option>
            ${Object.entries(words.cardStates).map(([code, name]) => html`<option value=${code}>${name}</option>`)}
          </select>
        </label>
        <button class="primary">${words.find}</button>
      </form>
      ${
        this.found === undefined && this.problem === undefined
          ? pageStates.empty(words.searchFirst)
          : html`
        <div class="both ${this.person ? 'open' : ''}">
          <data-table
            .columns=${this.#columns(words)} .rows=${this.found} .keyOf=${(item: PersonItem) => item.id}
            .language=${this.language} .problem=${this.problem} .empty=${words.nobody} label=${this.heading}
            .chosen=${this.person?.id} choosable
            @row-chosen=${(event: RowChosenEvent<PersonItem>) => void this.#open(event.row.id)}
          ></data-table>
          ${this.person ? this.#renderPerson(this.person, words) : nothing}
        </div>`
      }
    `;
  }

  #columns(words: AccountTexts): Column<PersonItem>[] {
    const cards = (item: PersonItem) =>
      item.cards.map((card) => words.cardStates[card] ?? card).join(' · ') || null;
    return [
      { id: 'id', label: '#', value: ({ id }) => id },
      { id: 'name', label: words.name, value: ({ name }) => name },
      { id: 'phone', label: words.phone, value: ({ phone }) => phone },
      { id: 'cards', label: words.cards, value: cards },
      { id: 'homes', label: words.homes, value: ({ homes }) => homes, isNumber: true },
    ];
  }

  #renderPerson(person: PersonAnswers['person'], words: AccountTexts): TemplateResult {
    return html`
      <article class="panel person" aria-live="polite">
        <h3>${person.name}</h3>
        <p class="small soft">${words.openedNote}</p>
        <dl>
          <dt>#</dt><dd>${person.id}</dd>
          <dt>${words.phone}</dt><dd>${person.phone}</dd>
          <dt>${words.cards}</dt><dd>${person.cards.map((card) => words.cardStates[card] ?? card).join(' · ') || '–'}</dd>
          <dt>${words.homes}</dt><dd>${person.homes.map(({ label }) => label[this.language]).join(' · ') || '–'}</dd>
          <dt>${words.requests}</dt>
          <dd>${
            person.requests.length === 0
              ? '–'
              : html`<ul>${person.requests.map(({ number, state, filedAt }) => html`<li>${number} · ${this.text.states[state as keyof typeof this.text.states] ?? state} · ${showTime(filedAt, this.language)}</li>`)}</ul>`
          }</dd>
          <dt>${words.looked}</dt>
          <dd><ul>${person.looked.map(({ actor, at }) => html`<li>${actor} · ${showTime(at, this.language)}</li>`)}</ul></dd>
        </dl>
        ${
          this.may('sales', 'club', 'manager')
            ? html`<member-interest .api=${this.api} member=${person.id} language=${this.language}></member-interest>`
            : nothing
        }
        ${
          this.may('manager')
            ? html`<person-erasure .api=${this.api} .me=${this.me} member=${person.id} language=${this.language}
                @erased=${() => this.#gone(person.id)}></person-erasure>`
            : nothing
        }
      </article>
    `;
  }

  readonly #find = async (event: SubmitEvent): Promise<void> => {
    event.preventDefault();
    if (!(event.target instanceof HTMLFormElement)) return;
    const data = new FormData(event.target);
    const query = new URLSearchParams({
      q: String(data.get('q') ?? ''),
      card: String(data.get('card') ?? ''),
    });
    this.person = undefined;
    await this.#try(async () => {
      this.found = (await this.api.get(`persons?${query}`, personAnswers.persons)).persons;
    });
  };

  #open(id: string): Promise<void> {
    return this.#try(async () => {
      this.person = await this.api.get(`persons/${encodeURIComponent(id)}`, personAnswers.person);
    });
  }

  /** Their name is read nowhere any more, not in what was found before either. */
  #gone(id: string): void {
    this.found = this.found?.filter((item) => item.id !== id);
    this.person = undefined;
    this.notify({ message: personErasureTexts[this.language].done });
  }

  async #try(work: () => Promise<void>): Promise<void> {
    try {
      this.problem = undefined;
      await work();
    } catch (error) {
      this.problem = error instanceof ApiError ? error.code : 'fault';
    }
  }
}
