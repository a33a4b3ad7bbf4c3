// Own data, behind the second proof: telephone, birthday, may we call, PIN.
import { html, nothing } from 'lit';
import { customElement, state } from 'lit/decorators.js';
import { icon } from '../elements/icons.ts';
import '../elements/k-digits.ts';
import type { DigitsEvent } from '../elements/k-digits.ts';
import { dayOf } from '../keyboard/day-of.ts';
import { joinWords } from '../text/join-words.ts';
import { base, buttons, page } from '../theme/sheets.ts';
import { joinStyles } from './join-styles.ts';
import { ScreenElement } from './screen-element.ts';

@customElement('profile-screen')
export class ProfileScreen extends ScreenElement<'profile'> {
  static override styles = [base, buttons, page, joinStyles];

  @state() private isAskingBirthday = false;
  @state() private isWrong = false;

  override render() {
    const words = joinWords[this.speech.language];
    const { member, phone, birthday, mayContact, hasPin, isSaved } = this.screen;
    if (this.isAskingBirthday) return this.#birthday();
    const line = (label: string, value: string | null, change: () => void) => html`<div class="line card">
      <dt>${label}</dt>
      <dd>${value ?? words.none}</dd>
      <dd class="act">
        <button aria-label=${`${words.change} ${label}`} @click=${change}>${words.change}</button>
      </dd>
    </div>`;
    const choice = (value: boolean, label: string) => html`<button
      aria-pressed=${`${mayContact === value}` as const}
      @click=${() => this.touch({ kind: 'profile-contact', mayContact: value })}
    >${label}</button>`;
    return html`
      <div class="head">
        <p class="soft">${member.name} · ${member.level}</p>
        <h1>${words.profileTitle}</h1>
        ${isSaved ? html`<p class="lead" role="status">${icon('check')} ${words.saved}</p>` : nothing}
      </div>
      <dl class="fill">
        ${line(words.profilePhone, phone, () => this.touch({ kind: 'open-join', purpose: 'phone' }))}
        ${line(words.profileBirthday, birthday, () => {
          this.isAskingBirthday = true;
        })}
        <div class="line card">
          <dt class="long">${words.profileContact}</dt>
          <dd class="act">
            <div class="choice" role="group" aria-label=${words.profileContact}>
              ${choice(true, words.yes)}${choice(false, words.no)}
            </div>
          </dd>
        </div>
        ${line(words.profilePin, hasPin ? words.hasPin : null, () => this.touch({ kind: 'open-join', purpose: 'pin' }))}
      </dl>
      <div class="actions">
        <button class="primary" @click=${() => this.touch({ kind: 'end' })}>${words.done}</button>
      </div>
    `;
  }

  #birthday() {
    const words = joinWords[this.speech.language];
    return html`
      <div class="head">
        <h1>${words.profileBirthday}</h1>
        <p class="lead">${words.birthdayHint}</p>
        ${this.isWrong ? html`<p class="wrong" role="alert">${icon('warning')}${words.birthdayWrong}</p>` : nothing}
      </div>
      <k-digits
        class="fill"
        .speech=${this.speech}
        .count=${8}
        label=${words.profileBirthday}
        confirm=${words.save}
        @digits=${this.#take}
      ></k-digits>
      <div class="actions">
        <button
          @click=${() => {
            this.isAskingBirthday = false;
          }}
        >${words.cancel}</button>
      </div>
    `;
  }

  readonly #take = ({ digits }: DigitsEvent): void => {
    const birthday = dayOf(digits);
    this.isWrong = birthday === null;
    if (birthday === null) return;
    this.isAskingBirthday = false;
    this.touch({ kind: 'profile-birthday', birthday });
  };
}
