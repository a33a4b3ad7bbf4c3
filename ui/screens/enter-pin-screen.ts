// The second proof: digits that are never shown and never kept beyond this screen.
import { css, html } from 'lit';
import { customElement } from 'lit/decorators.js';
import { icon } from '../elements/icons.ts';
import { noticeSign } from '../elements/notice-sign.ts';
import '../elements/k-pin-entry.ts';
import { noticeStyles } from '../theme/notice.ts';
import { pinPage } from '../theme/pin-page.ts';
import { base, buttons, page } from '../theme/sheets.ts';
import { ScreenElement } from './screen-element.ts';

@customElement('enter-pin-screen')
export class EnterPinScreen extends ScreenElement<'enter-pin'> {
  static override styles = [
    base,
    buttons,
    page,
    noticeStyles,
    pinPage,
    css`
      .shield {
        display: flex;
        gap: 0.6em;
        align-items: center;
        color: var(--text-soft);
      }
    `,
  ];

  override render() {
    const { words, formats } = this.speech;
    const { member, problem } = this.screen;
    if (problem?.kind === 'locked') {
      return html`<div class="notice">
        ${noticeSign('lock')}
        <div class="say">
          <p class="who">${member.name} · ${member.level}</p>
          <h1>${words.pin.locked}</h1>
          <p class="lead">${words.pin.lockedText(formats.moment(problem.until))}</p>
        </div>
      </div>`;
    }
    return html`
      <div class="about">
        <p class="soft">${member.name} · ${member.level}</p>
        <h1>${words.pin.title}</h1>
        <p class="lead">${words.pin.text}</p>
        <p class="shield">${icon('shield')}<span>${words.pin.shield}</span></p>
      </div>
      <k-pin-entry
        .screen=${this.screen}
        .speech=${this.speech}
        ?checking=${this.screen.isChecking}
      ></k-pin-entry>
    `;
  }
}
