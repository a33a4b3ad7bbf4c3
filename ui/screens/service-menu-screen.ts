// What somebody may come with: a defect, a complaint, a question, praise, or the wish to be called.
import { css, html } from 'lit';
import { customElement } from 'lit/decorators.js';
import type { Touch } from '../../kiosk/touch.ts';
import { entryTile, tileStyles } from '../elements/entry-tile.ts';
import type { IconName } from '../elements/icons.ts';
import '../elements/k-drawing.ts';
import { filingWords } from '../text/filing-words.ts';
import { base, buttons, page } from '../theme/sheets.ts';
import { ScreenElement } from './screen-element.ts';

@customElement('service-menu-screen')
export class ServiceMenuScreen extends ScreenElement<'service-menu'> {
  static override styles = [
    base,
    buttons,
    page,
    tileStyles,
    css`
      .entries {
        display: grid;
        grid-template-columns: 1fr 1fr;
        grid-auto-rows: minmax(0, 9rem);
        gap: var(--gap);
      }
      .tile:first-child,
      .tile:last-child {
        grid-column: 1 / -1;
      }
      .picture {
        flex: 1;
        min-height: 0;
      }
      @media (orientation: landscape) {
        .picture {
          display: none;
        }
        .entries {
          flex: 1;
          grid-template: 1fr 1fr / repeat(3, 1fr);
        }
        .tile:first-child,
        .tile:last-child {
          grid-column: auto;
        }
      }
      @container style(--layout: single) {
        .picture {
          display: none;
        }
      }
    `,
  ];

  override render() {
    const { menu } = filingWords[this.speech.language];
    return html`
      <div class="head"><h1>${menu.title}</h1></div>
      <div class="entries">
        ${this.#entry('wrench', menu.report, menu.reportText, { kind: 'open', purpose: 'report' })}
        ${this.#entry('warning', menu.complaint, menu.complaintText, { kind: 'open', purpose: 'complaint' })}
        ${this.#entry('question', menu.enquiry, menu.enquiryText, { kind: 'open', purpose: 'enquiry' })}
        ${this.#entry('star', menu.praise, menu.praiseText, { kind: 'open', purpose: 'praise' })}
        ${this.#entry('phone', menu.callBack, menu.callBackText, { kind: 'open', purpose: 'call-back' })}
        ${this.#entry('list', menu.requests, menu.requestsText, { kind: 'open', purpose: 'requests' })}
      </div>
      <k-drawing class="picture" name="letter"></k-drawing>
    `;
  }

  #entry(sign: IconName, title: string, text: string, touch: Touch) {
    return entryTile(sign, title, text, () => this.touch(touch));
  }
}
