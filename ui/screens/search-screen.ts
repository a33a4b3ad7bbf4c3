// The search over the whole board: what is typed and tapped is asked at once, what is found stands below.
import { html, nothing, type PropertyValues } from 'lit';
import { customElement, query, state } from 'lit/decorators.js';
import { mostSearchLetters, type SearchQuery } from '../../kiosk/search-screen.ts';
import '../elements/k-scroller.ts';
import type { KScroller } from '../elements/k-scroller.ts';
import { statePatterns } from '../elements/state-pattern.ts';
import type { TypedEvent } from '../keyboard/k-keyboard.ts';
import '../keyboard/k-keyboard.ts';
import { base, buttons, filters, page, textField } from '../theme/sheets.ts';
import { ScreenElement } from './screen-element.ts';
import { searchStyles } from './search-styles.ts';

type Home = SearchScreen['screen']['found'][number];

type Band = SearchScreen['screen']['bands']['price'][number];

const fenPerTenThousand = 1_000_000;
/** with more of them, typing a name is quicker than reading chips */
const mostChoices = 14;
const sorts = {
  place: ['place', false],
  cheap: ['price', false],
  dear: ['price', true],
  large: ['area', true],
} as const;

@customElement('search-screen')
export class SearchScreen extends ScreenElement<'search'> {
  static override styles = [base, buttons, page, statePatterns, textField, filters, searchStyles];

  /** What the person wants to know; the screen may still answer an earlier question. */
  @state() private wanted: SearchQuery | undefined;
  @state() private hasKeys = false;
  /** shows what fewer people ask for; without it, how much of it is asked is still told */
  @state() private hasMore = false;
  @query('input') private readonly field!: HTMLInputElement | null;
  @query('k-scroller') private readonly list!: KScroller | null;

  override willUpdate(changed: PropertyValues<this>): void {
    if (!changed.has('screen')) return;
    if (!this.wanted) {
      this.wanted = this.screen.query;
      this.hasKeys = this.wanted.text === '';
    } else if (!isSame(this.wanted, this.screen.query)) {
      // what was typed meanwhile was meant for a screen that is gone
      this.touch({ kind: 'search', query: this.wanted });
    }
  }

  override updated(): void {
    this.toggleAttribute('typing', this.hasKeys);
  }

  override firstUpdated(): void {
    if (this.field) this.field.value = this.screen.query.text;
    if (this.hasKeys) this.field?.focus();
  }

  override render() {
    const { words, formats } = this.speech;
    const { isReady, total, found, approvedAt } = this.screen;
    return html`
      <div class="head">
        <div class="title">
          <h1>${words.search.title}</h1>
          <p role="status">${isReady ? words.search.total(formats.number(total)) : nothing}</p>
        </div>
        ${approvedAt === null ? nothing : html`<p class="soft small">${words.status.approved(formats.moment(approvedAt))}</p>`}
      </div>
      ${this.#field()}
      <div class="filters">${this.#filters()}</div>
      <k-scroller class="fill" .speech=${this.speech} label=${words.search.results}>
        ${isReady ? (found.length === 0 ? this.#none() : this.#homes()) : html`<p class="empty lead">${words.search.preparing}</p>`}
      </k-scroller>
      ${this.hasKeys ? html`<k-keyboard .speech=${this.speech} purpose="letters" @typed=${this.#insert}></k-keyboard>` : nothing}
    `;
  }

  #field() {
    const { search } = this.speech.words;
    return html`<div class="field">
      <input
        type="text"
        aria-label=${search.field}
        placeholder=${search.field}
        maxlength=${mostSearchLetters}
        inputmode="none"
        autocomplete="off"
        autocapitalize="off"
        spellcheck="false"
        @input=${this.#readField}
        @click=${() => this.#showKeys(true)}
      />
      <button ?disabled=${this.wanted?.text === ''} @click=${this.#clear}>${search.clear}</button>
      <button @click=${() => this.#showKeys(!this.hasKeys)}>
        ${this.hasKeys ? search.hideKeys : search.showKeys}
      </button>
    </div>`;
  }

  #filters() {
    const { search, board } = this.speech.words;
    const { states, bedrooms, districts, bands } = this.screen;
    const asked = this.wanted ?? this.screen.query;
    return html`
      ${this.#choices(board.states, states, 'states')}
      ${this.#row(
        search.bedrooms,
        bedrooms.map(({ value, count }) =>
          this.#chip(
            board.rooms(`${value}`),
            asked.bedrooms.includes(value),
            { bedrooms: toggled(asked.bedrooms, value) },
            count,
          ),
        ),
      )}
      ${this.#bands(search.prices, bands.price, 'price', (fen) =>
        search.tenThousand(`${Math.round(fen / fenPerTenThousand)}`),
      )}
      ${this.#choices(search.districts, districts, 'districts')}
      ${this.hasKeys ? nothing : this.#moreFilters(asked)}
    `;
  }

  /** Beside keys there would be no room left for what is found. */
  #moreFilters(asked: SearchQuery) {
    const { search } = this.speech.words;
    const { facings, bands } = this.screen;
    const ranges = [asked.area, asked.floor].filter(({ from, to }) => from !== null || to !== null);
    const count = ranges.length + asked.facings.length;
    return html`
      ${
        this.hasMore
          ? html`
            ${this.#bands(search.areas, bands.area, 'area', (area) => search.squareMetres(`${area / 100}`))}
            ${this.#choices(search.facings, facings, 'facings')}
            ${this.#bands(search.floors, bands.floor, 'floor')}
          `
          : nothing
      }
      ${this.#row(
        search.sorts,
        Object.entries(sorts).map(([name, [sort, isDescending]]) =>
          this.#chip(
            search.sort[name as keyof typeof sorts],
            asked.sort === sort && asked.isDescending === isDescending,
            { sort, isDescending },
          ),
        ),
      )}
      <div class="row">
        <span class="name"></span>
        <div class="chips">
          <button
            class=${count > 0 ? 'asked' : ''}
            aria-expanded=${this.hasMore ? 'true' : 'false'}
            @click=${() => {
              this.hasMore = !this.hasMore;
            }}
          >${this.hasMore ? search.fewer : search.more}${count === 0 ? nothing : html` <span class="count">${count}</span>`}</button>
        </div>
      </div>
    `;
  }

  #choices(
    name: string,
    choices: SearchScreen['screen']['districts'],
    list: 'states' | 'districts' | 'facings',
  ) {
    const asked = (this.wanted ?? this.screen.query)[list];
    if (choices.length < 2 || choices.length > mostChoices) return nothing;
    return this.#row(
      name,
      choices.map((choice) =>
        this.#chip(
          choice.name,
          asked.includes(choice.id),
          { [list]: toggled(asked, choice.id) },
          choice.count,
        ),
      ),
    );
  }

  /** @param amount in words; without it the bands are of floors */
  #bands(
    name: string,
    bands: readonly Band[],
    measure: 'price' | 'area' | 'floor',
    amount?: (value: number) => string,
  ) {
    const asked = (this.wanted ?? this.screen.query)[measure];
    return this.#row(
      name,
      bands.map(({ from, to, count }) => {
        const isOn = asked.from === from && asked.to === to;
        return this.#chip(
          this.#bandName(from, to, amount),
          isOn,
          { [measure]: isOn ? { from: null, to: null } : { from, to } },
          count,
        );
      }),
    );
  }

  #row(name: string, chips: unknown) {
    return html`<div class="row" role="group" aria-label=${name}>
      <span class="name" aria-hidden="true">${name}</span>
      <div class="chips">${chips}</div>
    </div>`;
  }

  /** @param count homes that would be left; one that leaves none can only be taken back */
  #chip(name: string, isOn: boolean, change: Partial<SearchQuery>, count?: number) {
    return html`<button
      aria-pressed=${isOn ? 'true' : 'false'}
      ?disabled=${count === 0 && !isOn}
      @click=${() => this.#ask(change)}
    >${name}${count === undefined ? nothing : html` <span class="count">${this.speech.formats.number(count)}</span>`}</button>`;
  }

  #bandName(from: number | null, to: number | null, amount?: (value: number) => string): string {
    const { search } = this.speech.words;
    const say = amount ?? String;
    const [below, between, above] = amount
      ? [search.below, search.between, search.above]
      : [search.floorsBelow, search.floorsBetween, search.floorsAbove];
    if (from === null) return below(say(to ?? 0));
    return to === null ? above(say(from)) : between(say(from), say(to));
  }

  #none() {
    const { search } = this.speech.words;
    return html`<div class="empty">
      <p class="lead">${search.none}</p>
      <p>${search.noneHint}</p>
      <p class="soft">${search.hint}</p>
    </div>`;
  }

  #homes() {
    const { search } = this.speech.words;
    const { found, pages, query: asked } = this.screen;
    const number = (n: number) => this.speech.formats.number(n);
    return html`
      <div class="homes">${found.map((home) => this.#home(home))}</div>
      ${
        pages < 2
          ? nothing
          : html`<div class="pages">
            <button ?disabled=${asked.page === 0} @click=${() => this.#ask({ page: asked.page - 1 })}>
              ${search.before}
            </button>
            <span>${search.page(number(asked.page + 1), number(pages))}</span>
            <button ?disabled=${asked.page + 1 >= pages} @click=${() => this.#ask({ page: asked.page + 1 })}>
              ${search.next}
            </button>
          </div>`
      }
    `;
  }

  #home({ project, building, unit, ...home }: Home) {
    const { words, formats } = this.speech;
    return html`<button
      class="home"
      @click=${() => this.touch({ kind: 'choose-found', project, building, unit })}
    >
      <strong>${home.place} ${home.number}</strong>
      <strong class="right number">${formats.price(home.price)}</strong>
      <span class="soft">
        ${home.district} · ${words.board.floor(`${home.floor}`)} · ${words.board.rooms(`${home.bedrooms}`)} ·
        ${formats.area(home.area)}
      </span>
      <span class="state right" .style=${`--c:${home.state.colour}`}>
        <span class="swatch p-${home.state.pattern}"></span>${home.state.name}
      </span>
    </button>`;
  }

  #ask(change: Partial<SearchQuery>): void {
    this.wanted = { ...(this.wanted ?? this.screen.query), page: 0, ...change };
    this.touch({ kind: 'search', query: this.wanted });
    this.list?.toTop();
  }

  #showKeys(hasKeys: boolean): void {
    this.hasKeys = hasKeys;
    if (hasKeys) this.field?.focus();
  }

  readonly #clear = (): void => {
    if (this.field) this.field.value = '';
    this.#ask({ text: '' });
    this.#showKeys(true);
  };

  readonly #readField = (): void => this.#ask({ text: this.field?.value ?? '' });

  readonly #insert = ({ typed }: TypedEvent): void => {
    const { field } = this;
    if (!field) return;
    const letters = [...field.value];
    const text = typed.kind === 'text' ? field.value + typed.text : letters.slice(0, -1).join('');
    if (text.length > mostSearchLetters) return;
    field.value = text;
    this.#ask({ text });
  };
}

function toggled<T>(values: readonly T[], value: T): T[] {
  return values.includes(value) ? values.filter((each) => each !== value) : [...values, value];
}

function isSame(a: SearchQuery, b: SearchQuery): boolean {
  const keys = Object.keys(a) as (keyof SearchQuery)[];
  return keys.every((key) => JSON.stringify(a[key]) === JSON.stringify(b[key]));
}
