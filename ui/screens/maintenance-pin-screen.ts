// The door of the maintenance screen: its PIN.
import { html } from 'lit';
import { customElement } from 'lit/decorators.js';
import '../elements/k-pin-entry.ts';
import { noticeSign } from '../elements/notice-sign.ts';
import { maintenanceWords } from '../text/maintenance-words.ts';
import { noticeStyles } from '../theme/notice.ts';
import { pinPage } from '../theme/pin-page.ts';
import { base, page } from '../theme/sheets.ts';
import { ScreenElement } from './screen-element.ts';

@customElement('maintenance-pin-screen')
export class MaintenancePinScreen extends ScreenElement<'maintenance-pin'> {
  static override styles = [base, page, noticeStyles, pinPage];

  override render() {
    const words = maintenanceWords[this.speech.language];
    const { problem } = this.screen;
    if (problem?.kind === 'locked') {
      return html`<div class="notice">
        ${noticeSign('lock')}
        <div class="say">
          <h1>${words.pinTitle}</h1>
          <p class="lead">${words.locked(this.speech.formats.moment(problem.until))}</p>
        </div>
      </div>`;
    }
    return html`
      <div class="about">
        <h1>${words.pinTitle}</h1>
        <p class="lead">${words.pinText}</p>
      </div>
      <k-pin-entry
        least="6"
        ?checking=${this.screen.isChecking}
        .screen=${this.screen}
        .speech=${this.speech}
      ></k-pin-entry>
    `;
  }
}
