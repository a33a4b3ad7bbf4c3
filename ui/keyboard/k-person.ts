// Who somebody is, typed: name by pinyin and characters, birthday, number of a paper; keeps nothing beyond the screen.
import { css, html, LitElement, nothing } from 'lit';
import { customElement, property, query, state } from 'lit/decorators.js';
import { TouchedEvent } from '../elements/touched-event.ts';
import { joinWords } from '../text/join-words.ts';
import type { Speech } from '../text/speech.ts';
import { base, buttons } from '../theme/sheets.ts';
import { dayOf } from './day-of.ts';
import type { KKeyboard, TypedEvent } from './k-keyboard.ts';
import './k-keyboard.ts';

type Field = 'name' | 'birthday' | 'idNumber';
const fields: readonly Field[] = ['name', 'birthday', 'idNumber'];
const most: Record<Field, number> = { name: 40, birthday: 8, idNumber: 18 };
const leastIdCharacters = 6;
/** what headquarters takes; longer than any name is read */
const mostSound = 80;

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
        border-color: var(--seal);
        background: var(--surface);
      }
      .field b {
        font-size: var(--text-l);
        overflow-wrap: anywhere;
      }
      .wrong {
        color: var(--accent-deep);
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
          grid-template-columns: repeat(3, minmax(0, 1fr)) auto;
          align-content: end;
          gap: var(--gap-s);
        }
        .field {
          grid-template-columns: minmax(0, 1fr);
          gap: 0;
          min-height: var(--least);
          padding-inline: var(--gap);
        }
        .field span {
          font-size: var(--text-s);
        }
        .foot:has(.wrong) {
          grid-column: 1 / -1;
          grid-row: 2;
        }
        .foot button.primary {
          min-height: 3.4rem;
        }
        k-keyboard {
          grid-column: 1 / -1;
        }
      }
      /* within low reach all of them and the keys are in sight at once */
      @media (orientation: portrait) {
        @container style(--page-height: auto) and (not style(--layout: single)) {
          :host {
            display: grid;
            grid-template-columns: repeat(3, minmax(0, 1fr));
            align-content: start;
            gap: var(--gap-s);
          }
          .field {
            grid-template-columns: minmax(0, 1fr);
            gap: 0;
            align-content: center;
            padding: var(--gap-xs) var(--gap-s);
          }
          .field span {
            font-size: var(--text-s);
          }
          .foot,
          k-keyboard {
            grid-column: 1 / -1;
          }
        }
      }
      /* the field that is written stays in sight above the keys */
      @container style(--layout: single) {
        :host {
          gap: var(--gap-s);
        }
        .field {
          grid-template-columns: minmax(0, 1fr);
          gap: 0;
          min-height: var(--least);
          padding-block: var(--gap-xs);
        }
        .field[aria-pressed='true'] {
          order: 1;
        }
        .foot {
          order: 2;
        }
        .foot button.primary {
          min-height: max(var(--least-main), 2rem);
        }
        k-keyboard {
          order: 3;
        }
        @media (orientation: landscape) {
          .field {
            order: 0 !important;
            padding-inline: var(--gap-s);
            align-content: center;
          }
          .field:not([aria-pressed='true']) .hint {
            display: none;
          }
        }
      }
    `,
  ];

  @property({ attribute: false }) speech!: Speech;
  @state() private field: Field = 'name';
  @state() private values: Readonly<Record<Field, string>> = { name: '', birthday: '', idNumber: '' };
  /** letters of the name that are not characters yet */
  @state() private waiting = '';
  @query('k-keyboard') private readonly keyboard!: KKeyboard;
  /** how each part of the name is read; null when what was erased cannot be told from them */
  #sound: string | null = '';

  override render() {
    const words = joinWords[this.speech.language];
    const hints: Record<Field, string> = {
      name: words.nameHint,
      birthday: words.birthdayHint,
      idNumber: words.idHint,
    };
    const wrong = this.#wrong();
    const isReady = (this.values.name.trim() !== '' || this.waiting !== '') && wrong === undefined;
    return html`
      ${fields.map((field) => this.#row(field, words[field], hints[field]))}
      <div class="foot">
        ${wrong && wrong !== this.field ? html`<p class="wrong" role="alert">${words[wrong === 'birthday' ? 'birthdayWrong' : 'idWrong']}</p>` : nothing}
        <button class="primary" ?disabled=${!isReady} @click=${this.#submit}>${words.next}</button>
      </div>
      <k-keyboard
        .speech=${this.speech}
        purpose=${this.field === 'name' ? 'name' : 'number'}
        ?begins=${this.field === 'name' && /(^|[ '-])$/.test(this.values.name)}
        @typed=${this.#insert}
        @composing=${() => {
          this.waiting = this.keyboard.waiting;
        }}
      ></k-keyboard>
    `;
  }

  /** What may be left out, but not half. */
  #wrong(): 'birthday' | 'idNumber' | undefined {
    const { birthday, idNumber } = this.values;
    if (birthday !== '' && dayOf(birthday) === null) return 'birthday';
    return idNumber !== '' && idNumber.length < leastIdCharacters ? 'idNumber' : undefined;
  }

  #row(field: Field, label: string, hint: string) {
    const value = this.values[field] + (field === 'name' ? this.waiting : '');
    return html`<button
      class="field"
      aria-pressed=${`${this.field === field}` as const}
      @click=${() => this.#open(field)}
    >
      <span class="soft">${label}</span>
      ${value === '' ? html`<span class="soft hint">${hint}</span>` : html`<b>${value}</b>`}
    </button>`;
  }

  readonly #insert = ({ typed }: TypedEvent): void => {
    const { field } = this;
    const value = this.values[field];
    if (typed.kind === 'erase') {
      const left = [...value].slice(0, -1).join('');
      // which syllable it was is not remembered: headquarters sounds the name itself
      if (field === 'name') this.#sound = left === '' ? '' : null;
      this.#set(field, left);
    } else if (field === 'name') {
      if (this.#sound !== null) this.#sound += (typed.reading ?? typed.text).replaceAll(' ', '');
      this.#set('name', value + typed.text);
    } else if (/^[0-9A-Za-z]$/.test(typed.text)) this.#set(field, value + typed.text);
  };

  #set(field: Field, value: string): void {
    // whole characters: half of one is none
    const cut = [...value].slice(0, most[field]).join('');
    this.values = { ...this.values, [field]: cut.length > most[field] ? this.values[field] : cut };
  }

  /** What was typed and not yet chosen belongs to the field that is left. */
  async #open(field: Field): Promise<void> {
    await this.keyboard.settle();
    this.field = field;
  }

  readonly #submit = async (): Promise<void> => {
    await this.keyboard.settle();
    const { name, birthday, idNumber } = this.values;
    if (name.trim() === '') return;
    const sound = this.#sound?.trim() || null;
    this.dispatchEvent(
      new TouchedEvent({
        kind: 'join-details',
        name: name.trim(),
        sound: sound === null || sound.length > mostSound ? null : sound,
        birthday: dayOf(birthday),
        idNumber: idNumber === '' ? null : idNumber,
      }),
    );
  };
}
