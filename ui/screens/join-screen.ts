// Joining and getting a card back, one question a page.
import { html, nothing, type PropertyValues, type TemplateResult } from 'lit';
import { customElement, state } from 'lit/decorators.js';
import { icon } from '../elements/icons.ts';
import { noticeSign } from '../elements/notice-sign.ts';
import { whatNext, whatNextStyles } from '../elements/what-next.ts';
import { nextWords } from '../text/next-words.ts';
import '../elements/k-digits.ts';
import type { DigitsEvent, KDigits } from '../elements/k-digits.ts';
import '../elements/k-pin-entry.ts';
import '../elements/k-scroller.ts';
import '../elements/k-slip.ts';
import type { TouchedEvent } from '../elements/touched-event.ts';
import '../keyboard/k-person.ts';
import { type JoinWords, joinWords } from '../text/join-words.ts';
import { noticeStyles } from '../theme/notice.ts';
import { base, buttons, page } from '../theme/sheets.ts';
import { joinStyles } from './join-styles.ts';
import { ScreenElement } from './screen-element.ts';

const shownSteps = ['consent', 'phone', 'details', 'code', 'pin', 'card'];

@customElement('join-screen')
export class JoinScreen extends ScreenElement<'join'> {
  static override styles = [base, buttons, page, noticeStyles, whatNextStyles, joinStyles];

  /** an old PIN instead of a code */
  @state() private isPinWanted = false;

  get #words(): JoinWords {
    return joinWords[this.speech.language];
  }

  override updated(changed: PropertyValues<this>): void {
    if (changed.has('screen')) this.renderRoot.querySelector<KDigits>('k-digits')?.clear();
  }

  override render() {
    const { step } = this.screen;
    switch (step) {
      case 'consent':
        return this.#consent();
      case 'phone':
        return this.#phone();
      case 'already':
        return this.#already();
      case 'details':
        return html`${this.#head(this.#words.detailsTitle)}
          <k-person class="fill" .speech=${this.speech}></k-person>`;
      case 'near':
        return this.#near();
      case 'code':
        return this.isPinWanted && this.screen.hasPin ? this.#pin(this.#words.pinOld, '') : this.#code();
      case 'pin':
        return this.#pin(this.#words.pinTitle, this.#words.pinText);
      case 'card':
        return this.#card();
      case 'done':
        return this.#done();
    }
  }

  #head(title: string, text: string | TemplateResult = '') {
    const { purpose, step } = this.screen;
    const at = shownSteps.indexOf(step);
    return html`<div class="head">
      <p class="soft">
        ${this.#words.title[purpose]}
        ${purpose === 'join' && at >= 0 ? html`· ${this.#words.stepOf(`${at + 1}`, `${shownSteps.length}`)}` : nothing}
      </p>
      <h1>${title}</h1>
      ${text === '' ? nothing : html`<p class="lead">${text}</p>`}
      ${this.#problem()}
    </div>`;
  }

  #problem() {
    const { problem } = this.screen;
    if (!problem) return nothing;
    const { triesLeft, until } = problem;
    return html`<p class="wrong" role="alert">
      ${icon('warning')}
      <span>
        ${this.#words.problem[problem.code]}
        ${triesLeft === null ? nothing : this.#words.triesLeft(`${triesLeft}`)}
        ${until === null ? nothing : this.#words.until(this.speech.formats.moment(until))}
      </span>
    </p>`;
  }

  #consent() {
    const { consent } = this.screen;
    return html`
      ${this.#head(this.#words.consentTitle)}
      <k-scroller class="fill" .speech=${this.speech} label=${this.#words.consentTitle}>
        <div class="consent card">${consent?.text ?? this.#words.consentNone}</div>
      </k-scroller>
      <div class="actions">
        ${
          consent
            ? html`<button class="primary" @click=${() => this.touch({ kind: 'join-agree' })}>${this.#words.agree}</button>`
            : html`<button class="primary" @click=${() => this.touch({ kind: 'go-home' })}>${this.#words.leave}</button>`
        }
      </div>
    `;
  }

  #phone() {
    const why = this.screen.purpose === 'phone' ? this.#words.newPhoneWhy : this.#words.phoneWhy;
    return html`
      ${this.#head(this.#words.phoneTitle, why)}
      <k-digits
        class="fill"
        .speech=${this.speech}
        .count=${11}
        label=${this.#words.phoneTitle}
        confirm=${this.#words.next}
        @digits=${({ digits }: DigitsEvent) => this.touch({ kind: 'join-phone', phone: digits })}
      ></k-digits>
    `;
  }

  #already() {
    const { member, slip } = this.screen;
    return html`
      <div class="notice warm">
        ${noticeSign('person')}
        <div class="say">
          <p class="who">${member?.name ?? ''} ${member?.phone ?? ''}</p>
          <h1>${this.#words.alreadyTitle}</h1>
          <p class="lead">${this.#words.alreadyText}</p>
          <p class="next">${icon('card')}<span>${this.#words.alreadyHow}</span></p>
          <p class="soft">${this.#words.familyHint}</p>
        </div>
      </div>
      <div class="actions">
        <k-slip .progress=${slip} .speech=${this.speech}></k-slip>
        <button @click=${() => this.touch({ kind: 'end' })}>${this.#words.leave}</button>
        <button class="primary" @click=${() => this.touch({ kind: 'join-its-me' })}>${this.#words.recover}</button>
      </div>
    `;
  }

  #near() {
    const { member } = this.screen;
    return html`
      <div class="notice">
        ${noticeSign('question')}
        <div class="say">
          <h1>${this.#words.nearTitle}</h1>
          <p class="lead">${this.#words.nearText}</p>
          <p class="like card">${member?.name ?? ''} ${member?.phone ?? ''}</p>
        </div>
      </div>
      <div class="actions">
        <button @click=${() => this.touch({ kind: 'join-not-me' })}>${this.#words.notMe}</button>
        <button class="primary" @click=${() => this.touch({ kind: 'join-its-me' })}>${this.#words.itsMe}</button>
      </div>
    `;
  }

  #code() {
    const { codeUntil, isBusy, phone, member, hasPin } = this.screen;
    const shownPhone = phone ?? member?.phone ?? '';
    const text =
      codeUntil === null ? (isBusy ? this.#words.codeSending : '') : this.#words.codeText(shownPhone);
    return html`<div class="code fill">
      ${this.#head(this.#words.codeTitle, text)}
      <k-digits
        class="fill"
        .speech=${this.speech}
        .count=${6}
        immediate
        ?disabled=${isBusy || codeUntil === null}
        label=${this.#words.codeTitle}
        @digits=${({ digits }: DigitsEvent) => this.touch({ kind: 'join-code', code: digits })}
      ></k-digits>
      <p class="next">${icon('person')}<span>${this.#words.codeStaff}</span></p>
      <div class="actions">
        ${
          hasPin
            ? html`<button
              @click=${() => {
                this.isPinWanted = true;
              }}
            >${this.#words.withPin}</button>`
            : nothing
        }
        <button ?disabled=${isBusy} @click=${() => this.touch({ kind: 'join-another-code' })}>
          ${this.#words.another}
        </button>
      </div>
    </div>`;
  }

  #pin(title: string, text: string) {
    return html`
      ${this.#head(title, text)}
      <k-pin-entry
        class="fill"
        .screen=${this.screen}
        .speech=${this.speech}
        ?checking=${this.screen.isBusy}
        @touched=${this.#takePin}
      ></k-pin-entry>
    `;
  }

  /** The keys say "enter-pin"; here it is a new one, or the proof of a lost card's owner. */
  readonly #takePin = (event: TouchedEvent): void => {
    if (event.touch.kind !== 'enter-pin') return;
    event.stopPropagation();
    this.touch({ kind: 'join-pin', pin: event.touch.pin });
  };

  #card() {
    const { purpose } = this.screen;
    return html`
      ${this.#head(this.#words.cardTitle, this.#words.cardText)}
      <div class="notice warm">
        ${noticeSign('card')}
        ${purpose === 'recover' ? html`<p class="lead">${this.#words.cardLost}</p>` : nothing}
      </div>
      <div class="actions">
        ${
          purpose === 'join'
            ? html`<button @click=${() => this.touch({ kind: 'join-card-later' })}>${this.#words.cardLater}</button>`
            : nothing
        }
      </div>
    `;
  }

  #done() {
    const { purpose, member, hasCard, slip } = this.screen;
    const name = member?.name ?? '';
    return html`
      <div class="notice fine">
        ${noticeSign('check', 'letter')}
        <div class="say">
          <h1>${purpose === 'join' ? this.#words.doneTitle(name) : this.#words.doneRecover(name)}</h1>
          <p class="lead">${hasCard ? this.#words.doneCard : this.#words.doneLater}</p>
          ${this.#next(hasCard, purpose === 'recover')}
        </div>
      </div>
      <div class="actions">
        <k-slip .progress=${slip} .speech=${this.speech}></k-slip>
        ${
          hasCard
            ? html`<button @click=${() => this.touch({ kind: 'open', purpose: 'points' })}>${this.#words.points}</button>`
            : nothing
        }
        <button class="primary" @click=${() => this.touch({ kind: 'end' })}>${this.#words.done}</button>
      </div>
    `;
  }

  #next(hasCard: boolean, isRecovered: boolean) {
    const words = nextWords[this.speech.language];
    return whatNext(words.title, [
      ...(hasCard ? [] : [{ sign: 'person', text: words.joinDesk } as const]),
      ...(isRecovered ? [{ sign: 'check', text: words.joinOld } as const] : []),
      { sign: 'card', text: words.joinCheckIn },
      { sign: 'star', text: words.joinPoints },
    ]);
  }
}
