// A complaint, a question, praise or a call back: what it is about, perhaps a number, and everything once more before it is sent.
import { css, html, nothing, type PropertyValues } from 'lit';
import { customElement, state } from 'lit/decorators.js';
import { icon } from '../elements/icons.ts';
import '../elements/k-phone-entry.ts';
import '../elements/k-scroller.ts';
import { toldLine, toldListStyles } from '../elements/told-list.ts';
import '../keyboard/k-own-words.ts';
import { type FilingWords, filingWords } from '../text/filing-words.ts';
import { base, buttons, page } from '../theme/sheets.ts';
import { ScreenElement } from './screen-element.ts';

@customElement('message-screen')
export class MessageScreen extends ScreenElement<'message'> {
  static override styles = [
    base,
    buttons,
    page,
    toldListStyles,
    css`
      .choices {
        display: grid;
        grid-template-columns: 1fr 1fr;
        grid-auto-rows: minmax(4.6rem, 9rem);
        gap: var(--gap);
        align-content: start;
      }
      .choices button {
        justify-content: flex-start;
        padding: var(--gap);
        border: 1px solid var(--rule);
        font-size: var(--text-l);
        font-weight: 700;
        text-align: left;
        overflow-wrap: anywhere;
      }
      .choices svg.icon {
        margin-left: auto;
        color: var(--rule-strong);
      }
      .content {
        display: grid;
        gap: var(--gap-l);
      }
      .write {
        width: 100%;
      }
      .publish {
        display: grid;
        grid-template-columns: 1fr 1fr;
        gap: var(--gap);
      }
      .publish button {
        flex-direction: column;
        align-items: flex-start;
        gap: var(--gap-xs);
        padding: var(--gap);
        text-align: left;
      }
      .publish button[aria-pressed='true'] {
        background: var(--good-wash);
        border-color: var(--good);
        color: var(--good);
      }
      .note {
        display: flex;
        gap: var(--gap);
        align-items: center;
        padding: var(--gap) var(--gap-l);
      }
      @media (orientation: landscape) {
        .choices {
          grid-template-columns: repeat(4, 1fr);
        }
        .content {
          grid-template-columns: 1.2fr 1fr;
          align-items: start;
        }
        dl.card {
          grid-row: span 3;
        }
      }
    `,
  ];

  @state() private isWriting = false;

  override willUpdate(changed: PropertyValues<this>): void {
    const before = changed.get('screen');
    if (before?.step !== this.screen.step || before?.said.text !== this.screen.said.text)
      this.isWriting = false;
  }

  override render() {
    const words = filingWords[this.speech.language];
    const { step, purpose } = this.screen;
    const title = step === 'topic' ? words.topic[purpose] : words.step[step];
    return html`
      <div class="head">
        <p class="soft">${this.#name(words)}</p>
        <h1>${title}</h1>
      </div>
      ${this.#page(words)}
    `;
  }

  #name({ menu }: FilingWords): string {
    const { purpose } = this.screen;
    return purpose === 'call-back' ? menu.callBack : menu[purpose];
  }

  #page(words: FilingWords) {
    switch (this.screen.step) {
      case 'home':
      case 'topic':
      case 'when':
        return html`<div class="choices fill">
          ${this.screen.choices.map(
            ({ id, name }) => html`<button @click=${() => this.touch({ kind: 'choose', id })}>
              <span>${name}</span>${icon('forward')}
            </button>`,
          )}
        </div>`;
      case 'phone':
        return html`<k-phone-entry .speech=${this.speech} ?skippable=${this.screen.canSkip}></k-phone-entry>`;
      case 'review':
        return this.isWriting
          ? html`<k-own-words
            class="fill"
            .speech=${this.speech}
            @cancelled=${() => {
              this.isWriting = false;
            }}
          ></k-own-words>`
          : this.#review(words);
    }
  }

  #review(words: FilingWords) {
    const { review } = words;
    const { said, purpose, isVisitor, canPublish } = this.screen;
    const phone = said.phone ?? (purpose === 'call-back' && !isVisitor ? review.known : null);
    return html`
      <k-scroller class="fill" .speech=${this.speech} label=${words.step.review}>
        <div class="content">
          <dl class="card">
            ${toldLine(review.about, said.topic)} ${toldLine(review.home, said.home)} ${toldLine(review.when, said.when)}
            ${toldLine(review.phone, phone)} ${toldLine(review.text, said.text)}
          </dl>
          <button
            class="write"
            @click=${() => {
              this.isWriting = true;
            }}
          >${icon('pen')}${said.text === null ? review.write : review.rewrite}</button>
          ${canPublish ? this.#publishing(words) : nothing}
          ${this.#promise(words, phone)}
        </div>
      </k-scroller>
      <div class="actions">
        <button class="primary" @click=${() => this.touch({ kind: 'submit' })}>${review.submit}</button>
      </div>
    `;
  }

  #publishing({ review }: FilingWords) {
    const option = (isAllowed: boolean, title: string, text: string) => html`<button
      aria-pressed=${`${this.screen.mayPublish === isAllowed}` as const}
      @click=${() => this.touch({ kind: 'allow-publishing', isAllowed })}
    ><strong>${title}</strong><span class="small">${text}</span></button>`;
    return html`<div class="publish" role="group">
      ${option(false, review.private, review.privateText)} ${option(true, review.public, review.publicText)}
    </div>`;
  }

  /** What happens next, and honestly when nothing can. */
  #promise({ review }: FilingWords, phone: string | null) {
    const { purpose, replyBy, isVisitor } = this.screen;
    const { formats } = this.speech;
    if (purpose === 'praise') return note('star', review.thanks);
    if (isVisitor && phone === null) return note('phone', review.noPhone);
    if (replyBy === null) return nothing;
    const at = formats.moment(replyBy);
    return note('clock', purpose === 'call-back' ? review.callBack(at) : review.reply(at));
  }
}

function note(sign: 'star' | 'phone' | 'clock', text: string) {
  return html`<p class="note card">${icon(sign)}<strong>${text}</strong></p>`;
}
