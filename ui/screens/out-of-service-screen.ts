// The terminal cannot serve: an apology, where to go, and the code for staff.
import { css, html, nothing } from 'lit';
import { customElement } from 'lit/decorators.js';
import { icon } from '../elements/icons.ts';
import { noticeSign } from '../elements/notice-sign.ts';
import { noticeStyles } from '../theme/notice.ts';
import { base, buttons, page } from '../theme/sheets.ts';
import { ScreenElement } from './screen-element.ts';

@customElement('out-of-service-screen')
export class OutOfServiceScreen extends ScreenElement<'out-of-service'> {
  static override styles = [
    base,
    page,
    buttons,
    noticeStyles,
    css`
      .actions {
        justify-content: flex-start;
      }
      dl {
        display: grid;
        grid-template-columns: auto 1fr;
        gap: var(--gap-s) var(--gap);
        font-size: var(--text-l);
      }
      dt {
        color: var(--text-soft);
      }
    `,
  ];

  override render() {
    const { outOfService } = this.speech.words;
    return html`<div class="notice">
      ${noticeSign('wrench')}
      <div class="say">
        <h1>${outOfService.title}</h1>
        <p class="lead">${outOfService.text}</p>
        <dl class="card">
          <dt>${outOfService.phone}</dt>
          <dd class="number">${this.status.helpPhone}</dd>
          <dt>${outOfService.code}</dt>
          <dd>${this.status.terminal} · ${this.screen.code}</dd>
        </dl>
        ${
          this.screen.canBrowse
            ? html`<div class="actions">
                <button class="primary" @click=${() => this.touch({ kind: 'open-board' })}>
                  ${icon('building')}${outOfService.still}
                </button>
              </div>`
            : nothing
        }
      </div>
    </div>`;
  }
}
