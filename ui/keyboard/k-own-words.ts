// A text field with the on-screen keyboard below it, for what no list holds.
import { css, html, LitElement } from 'lit';
import { customElement, property, query, state } from 'lit/decorators.js';
import { TouchedEvent } from '../elements/touched-event.ts';
import type { Speech } from '../text/speech.ts';
import { base, buttons, textField } from '../theme/sheets.ts';
import type { KKeyboard, TypedEvent } from './k-keyboard.ts';
import './k-keyboard.ts';

/** As the contract bounds it. */
const mostCharacters = 200;
/** What stands before a sentence's first letter. */
const beginsSentence = /^\s*$|[.?!。？！]\s+$|\n\s*$/;

@customElement('k-own-words')
export class KOwnWords extends LitElement {
  static override styles = [
    base,
    buttons,
    textField,
    css`
      :host {
        display: flex;
        flex-direction: column;
        gap: var(--gap);
        min-height: 0;
      }
      textarea {
        min-height: 5rem;
        width: 100%;
        resize: none;
        padding: var(--gap);
      }
      .foot {
        display: flex;
        align-items: center;
        gap: var(--gap);
      }
      .foot p {
        margin-right: auto;
        color: var(--text-soft);
      }
      @media (orientation: landscape) {
        :host {
          display: grid;
          grid-template-columns: minmax(0, 1fr) auto;
          grid-template-rows: minmax(4rem, 1fr) auto;
          gap: var(--gap-s) var(--gap);
        }
        textarea {
          min-height: 0;
          height: 100%;
        }
        .foot {
          flex-wrap: wrap;
          align-content: end;
          width: 17rem;
          gap: var(--gap-s);
        }
        .foot p {
          width: 100%;
        }
        .foot button {
          flex: 1;
          padding-inline: 0;
        }
        k-keyboard {
          grid-column: 1 / -1;
        }
      }
      /* what is written stays in sight above the keys */
      @container style(--layout: single) {
        :host {
          gap: var(--gap-s);
        }
        textarea {
          min-height: 4rem;
        }
        .foot p {
          display: none;
        }
        .foot {
          justify-content: flex-end;
        }
        .foot button {
          min-height: max(var(--least), 2rem);
          flex: none;
          padding-inline: var(--gap);
          white-space: nowrap;
        }
        .foot button.primary {
          min-height: max(var(--least-main), 2rem);
        }
        @media (orientation: landscape) {
          :host {
            grid-template-rows: minmax(2.2rem, auto) auto;
          }
          textarea {
            /* as tall as what it says, and no taller than leaves the keys in sight */
            field-sizing: content;
            height: auto;
            min-height: 2.2rem;
            max-height: 6.4rem;
            padding: var(--gap-xs);
          }
          .foot {
            width: auto;
            flex-wrap: nowrap;
          }
        }
      }
    `,
  ];

  @property({ attribute: false }) speech!: Speech;
  /** instead of what is asked about a problem */
  @property() override title = '';
  @property() hint = '';
  @state() private length = 0;
  @state() private isEmpty = true;
  @state() private isComposing = false;
  @state() private begins = true;
  @query('textarea') private readonly field!: HTMLTextAreaElement;
  @query('k-keyboard') private readonly keyboard!: KKeyboard;

  override render() {
    const { report } = this.speech.words;
    return html`
      <textarea
        aria-label=${this.title || report.describeTitle}
        placeholder=${this.hint || report.describeHint}
        maxlength=${mostCharacters}
        inputmode="none"
        autocomplete="off"
        autocapitalize="off"
        spellcheck="false"
        @input=${this.#measure}
        @pointerdown=${() => this.keyboard.settle()}
        @selectionchange=${this.#measure}
      ></textarea>
      <div class="foot">
        <p>${report.describeLeft(`${mostCharacters - this.length}`)}</p>
        <button @click=${() => this.dispatchEvent(new Event('cancelled'))}>${report.describeCancel}</button>
        <button class="primary" ?disabled=${this.isEmpty && !this.isComposing} @click=${this.#submit}>${report.describeDone}</button>
      </div>
      <k-keyboard
        .speech=${this.speech}
        ?begins=${this.begins && !this.speech.isChinese}
        @typed=${this.#insert}
        @composing=${() => {
          this.isComposing = this.keyboard.waiting !== '';
        }}
      ></k-keyboard>
    `;
  }

  override firstUpdated(): void {
    this.field.focus();
  }

  readonly #insert = ({ typed }: TypedEvent): void => {
    const { field } = this;
    if (typed.kind === 'text') {
      const room = mostCharacters - field.value.length + (field.selectionEnd - field.selectionStart);
      field.setRangeText(typed.text.slice(0, room), field.selectionStart, field.selectionEnd, 'end');
    } else if (field.selectionStart === field.selectionEnd) {
      const before = [...field.value.slice(0, field.selectionStart)];
      const last = before.at(-1)?.length ?? 0;
      field.setRangeText('', field.selectionStart - last, field.selectionEnd, 'end');
    } else {
      field.setRangeText('', field.selectionStart, field.selectionEnd, 'end');
    }
    this.#measure();
  };

  readonly #measure = (): void => {
    const { value, selectionStart } = this.field;
    this.length = value.length;
    this.isEmpty = value.trim() === '';
    this.begins = beginsSentence.test(value.slice(0, selectionStart));
  };

  /** What was typed and not yet chosen is meant to be sent too. */
  readonly #submit = async (): Promise<void> => {
    await this.keyboard.settle();
    const text = this.field.value.trim();
    if (text !== '') this.dispatchEvent(new TouchedEvent({ kind: 'describe', text }));
  };
}
