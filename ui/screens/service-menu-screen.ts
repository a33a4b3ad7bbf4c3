// What somebody may come with: a defect, a complaint, a question, praise, or the wish to be called.
import { css, html } from 'lit';
import { customElement } from 'lit/decorators.js';
import type { Touch } from '../../kiosk/touch.ts';
import { type IconName, icon } from '../elements/icons.ts';
import { filingWords } from '../text/filing-words.ts';
import { base, buttons, page } from '../theme/sheets.ts';
import { ScreenElement } from './screen-element.ts';

@customElement('service-menu-screen')
export class ServiceMenuScreen extends ScreenElement<'service-menu'> {
  static override styles = [
    base,
    buttons,
    page,
    css`
      .entries {
        display: grid;
        grid-template-columns: 1fr 1fr;
        grid-auto-rows: minmax(9rem, 1fr);
        gap: var(--gap);
      }
      button {
        flex-direction: column;
        align-items: flex-start;
        justify-content: space-between;
        gap: var(--gap-s);
        padding: var(--gap) var(--gap-l);
        border: 1px solid var(--rule);
        border-radius: 1rem;
        text-align: left;
      }
      button svg.icon {
        width: 3.6rem;
        height: 3.6rem;
        stroke-width: 1.2;
        color: var(--accent);
      }
      strong {
        display: block;
        font-family: var(--serif);
        font-size: var(--title);
      }
      .text {
        display: block;
        margin-top: var(--gap-xs);
        color: var(--text-soft);
        text-wrap: balance;
      }
      @media (orientation: landscape) {
        .entries {
          grid-template-columns: 1fr 1fr 1fr;
          grid-auto-rows: minmax(7rem, 1fr);
        }
        button {
          padding: var(--gap);
        }
        button svg.icon {
          width: 2.4rem;
          height: 2.4rem;
        }
      }
    `,
  ];

  override render() {
    const { menu } = filingWords[this.speech.language];
    return html`
      <div class="head"><h1>${menu.title}</h1></div>
      <div class="entries fill">
        ${this.#entry('wrench', menu.report, menu.reportText, { kind: 'open', purpose: 'report' })}
        ${this.#entry('warning', menu.complaint, menu.complaintText, { kind: 'open', purpose: 'complaint' })}
        ${this.#entry('question', menu.enquiry, menu.enquiryText, { kind: 'open', purpose: 'enquiry' })}
        ${this.#entry('star', menu.praise, menu.praiseText, { kind: 'open', purpose: 'praise' })}
        ${this.#entry('phone', menu.callBack, menu.callBackText, { kind: 'open', purpose: 'call-back' })}
        ${this.#entry('list', menu.requests, menu.requestsText, { kind: 'open', purpose: 'requests' })}
      </div>
    `;
  }

  #entry(sign: IconName, title: string, text: string, touch: Touch) {
    return html`<button @click=${() => this.touch(touch)}>
      ${icon(sign)}
      <span><strong>${title}</strong><span class="text">${text}</span></span>
    </button>`;
  }
}
