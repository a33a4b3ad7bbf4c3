// Who somebody is, typed: name by pinyin and characters, birthday, number of a paper; keeps nothing beyond the screen.
import { css, html, LitElement, nothing } from 'lit';
import { customElement, property, state } from 'lit/decorators.js';
import { TouchedEvent } from '../elements/touched-event.ts';
import { joinWords } from '../text/join-words.ts';
import type { Speech } from '../text/speech.ts';
import { base, buttons } from '../theme/sheets.ts';
import { dayOf } from './day-of.ts';
import type { TypedEvent } from './k-keyboard.ts';
import './k-keyboard.ts';
import { nameCharacters } from './name-characters.ts';

type Field = 'name' | 'birthday' | 'idNumber';
const fields: readonly Field[] = ['name', 'birthday', 'idNumber'];
const most: Record<Field, number> = { name: 40, birthday: 8, idNumber: 18 };
const candidatesShown = 9;

@customElement('k-person')
export class KPerson extends LitElement {
  static override styles = [
    base,
    buttons,
    css`
      :host {
        display: flex;
        flex-direction: column;
        gap: var(--gap);
        min-height: 0;
      }
      .field {
        display: grid;
        grid-template-columns: 11rem 1fr;
        gap: var(--gap);
        justify-content: start;
        text-align: left;
        min-height: 4.2rem;
      }
      .field[aria-pressed='true'] {
        border-color: var(--vermilion);
        background: var(--paper);
      }
      .field b {
        font-size: var(--text-l);
        overflow-wrap: anywhere;
      }
      .field u {
        text-decoration-style: dotted;
        color: var(--vermilion-deep);
      }
      .candidates {
        display: flex;
        gap: var(--gap-s);
        min-height: 4rem;
      }
      .candidates button {
        flex: 1;
        min-width: 60px;
        max-width: 6rem;
        padding: 0;
        font-size: 1.8rem;
      }
      .wrong {
        color: var(--vermilion-deep);
        font-weight: 700;
      }
      .foot {
        display: flex;
        justify-content: flex-end;
        align-items: center;
        gap: var(--gap);
      }
      .foot p {
        margin-right: auto;
      }
      @media (orientation: landscape) {
        :host {
          display: grid;
          grid-template-columns: repeat(3, minmax(0, 1fr));
          align-content: end;
          gap: var(--gap-s);
        }
        .field {
          grid-template-columns: minmax(0, 1fr);
          gap: 0;
          min-height: 60px;
          padding-inline: var(--gap);
        }
        .field span {
          font-size: var(--text-s);
        }
        .candidates {
          grid-column: 1 / 3;
          min-height: 3.4rem;
        }
        .foot {
          grid-column: 1 / -1;
        }
        .candidates + .foot {
          grid-column: 3;
        }
        .foot button.primary {
          min-height: 3.4rem;
        }
        k-keyboard {
          grid-column: 1 / -1;
        }
      }
    `,
  ];

  @property({ attribute: false }) speech!: Speech;
  @state() private field: Field = 'name';
  @state() private values: Readonly<Record<Field, string>> = { name: '', birthday: '', idNumber: '' };
  /** Latin letters that are not characters yet */
  @state() private letters = '';
  @state() private firstShown = 0;
  #sound = '';
  #isSoundKnown = true;

  override render() {
    const words = joinWords[this.speech.language];
    const hints: Record<Field, string> = {
      name: words.nameHint,
      birthday: words.birthdayHint,
      idNumber: words.idHint,
    };
    const isWrong = this.values.birthday !== '' && dayOf(this.values.birthday) === null;
    const isReady = this.values.name + this.letters !== '' && !isWrong;
    return html`
      ${fields.map((field) => this.#row(field, words[field], hints[field]))}
      ${this.field === 'name' ? this.#candidates() : nothing}
      <div class="foot">
        ${isWrong && this.field !== 'birthday' ? html`<p class="wrong">${words.birthdayWrong}</p>` : nothing}
        <button class="primary" ?disabled=${!isReady} @click=${this.#submit}>${words.next}</button>
      </div>
      <k-keyboard .speech=${this.speech} @typed=${this.#insert}></k-keyboard>
    `;
  }

  #row(field: Field, label: string, hint: string) {
    const value = this.values[field];
    const letters = field === 'name' ? this.letters : '';
    const isEmpty = value + letters === '';
    return html`<button
      class="field"
      aria-pressed=${`${this.field === field}` as const}
      @click=${() => {
        this.field = field;
      }}
    >
      <span class="soft">${label}</span>
      ${isEmpty ? html`<span class="soft">${hint}</span>` : html`<b>${value}<u>${letters}</u></b>`}
    </button>`;
  }

  #candidates() {
    const found = [...(nameCharacters.get(this.letters) ?? '')];
    const shown = found.slice(this.firstShown, this.firstShown + candidatesShown);
    return html`<div class="candidates">
      ${shown.map((character) => html`<button @click=${() => this.#choose(character)}>${character}</button>`)}
      ${
        found.length > candidatesShown
          ? html`<button
            aria-label=${this.speech.words.report.next}
            @click=${() => {
              const next = this.firstShown + candidatesShown;
              this.firstShown = next < found.length ? next : 0;
            }}
          >›</button>`
          : nothing
      }
    </div>`;
  }

  #choose(character: string): void {
    this.#sound += this.letters;
    this.letters = '';
    this.#set('name', this.values.name + character);
  }

  readonly #insert = ({ typed }: TypedEvent): void => {
    const { field } = this;
    this.firstShown = 0;
    if (typed.kind === 'erase') {
      if (field === 'name' && this.letters !== '') this.letters = this.letters.slice(0, -1);
      else {
        // which syllable it was is not remembered: headquarters sounds the name itself
        if (field === 'name') this.#isSoundKnown = false;
        this.#set(field, [...this.values[field]].slice(0, -1).join(''));
      }
      return;
    }
    const isPinyin = field === 'name' && /^[a-z]$/.test(typed.text) && this.speech.language === 'zh';
    if (isPinyin) this.letters += typed.text;
    else if (field === 'name') {
      this.#sound += typed.text;
      this.#set('name', this.values.name + this.letters + typed.text);
      this.letters = '';
    } else if (/^[0-9A-Za-z]$/.test(typed.text)) this.#set(field, this.values[field] + typed.text);
  };

  #set(field: Field, value: string): void {
    this.values = { ...this.values, [field]: value.slice(0, most[field]) };
  }

  readonly #submit = (): void => {
    const { name, birthday, idNumber } = this.values;
    const sound = this.#isSoundKnown ? (this.#sound + this.letters).trim() : '';
    this.dispatchEvent(
      new TouchedEvent({
        kind: 'join-details',
        name: (name + this.letters).trim(),
        sound: sound === '' ? null : sound,
        birthday: dayOf(birthday),
        idNumber: idNumber === '' ? null : idNumber,
      }),
    );
  };
}
