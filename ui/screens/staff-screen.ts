// What staff see of who stands here, by their own card: masked, and the next step first.
import { html, nothing } from 'lit';
import { customElement } from 'lit/decorators.js';
import { icon } from '../elements/icons.ts';
import { joinWords } from '../text/join-words.ts';
import { noticeStyles } from '../theme/notice.ts';
import { base, buttons, page } from '../theme/sheets.ts';
import { joinStyles } from './join-styles.ts';
import { ScreenElement } from './screen-element.ts';

@customElement('staff-screen')
export class StaffScreen extends ScreenElement<'staff'> {
  static override styles = [base, buttons, page, noticeStyles, joinStyles];

  override render() {
    const words = joinWords[this.speech.language];
    const { staff, person, isUnknownCard } = this.screen;
    const head = html`<p class="soft">${words.staffTitle} · ${staff} · ${words.staffHint}</p>`;
    if (!person) {
      return html`
        <div class="head">${head}</div>
        <div class="notice">
          <div class="sign">${icon(isUnknownCard ? 'question' : 'card')}</div>
          <div class="say"><h1>${isUnknownCard ? words.staffUnknown : words.staffWait}</h1></div>
        </div>
      `;
    }
    const line = (label: string, value: string, isStop = false) => html`<div class="line card">
      <dt>${label}</dt>
      <dd class=${isStop ? 'stop' : ''}>${value}</dd>
    </div>`;
    const listed = (values: readonly string[]): string =>
      values.length === 0 ? words.nothing : values.join('，');
    const { member, today } = person;
    return html`
      <div class="head">
        ${head}
        <h1>${member.name} · ${member.level}</h1>
        <p class="next">${icon('forward')}<span>${words.nextStep}：${words.nextSteps[person.next]}</span></p>
      </div>
      <dl class="fill">
        ${line(words.staffCard, words.cardState[person.card], person.card !== 'active')}
        ${line(words.balance, `${person.balance}`)}
        ${
          today
            ? line(
                words.today,
                `${today.event} · ${person.isCheckedIn ? words.checkedIn : words.notCheckedIn}`,
              )
            : nothing
        }
        ${line(words.requests, `${person.openRequests}`)}
        ${line(words.homes, listed(person.homes))}
        ${line(words.interests, listed(person.interests))}
        ${line(words.profilePhone, person.phone ?? words.none)}
        ${line(words.profileBirthday, person.birthday ?? words.none)}
      </dl>
      <div class="actions">
        <button class="primary" @click=${() => this.touch({ kind: 'end' })}>${words.done}</button>
      </div>
    `;
  }
}
