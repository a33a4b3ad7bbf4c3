// The unfavourable things around a project, in full, beside what is good.
import { css, html, nothing } from 'lit';
import { customElement } from 'lit/decorators.js';
import { adverseList, factListStyles, highlightList } from '../elements/fact-lists.ts';
import '../elements/k-scroller.ts';
import { base, buttons, page } from '../theme/sheets.ts';
import { ScreenElement } from './screen-element.ts';

@customElement('adverse-facts-screen')
export class AdverseFactsScreen extends ScreenElement<'adverse-facts'> {
  static override styles = [
    base,
    buttons,
    page,
    factListStyles,
    css`
      .facts {
        grid-template-columns: 1fr;
      }
      .against {
        order: -1;
      }
      li {
        font-size: var(--text);
      }
      .facts strong {
        font-size: var(--text-l);
      }
      @media (orientation: landscape) {
        .facts {
          grid-template-columns: 1.5fr 1fr;
        }
      }
    `,
  ];

  override render() {
    const { words, formats } = this.speech;
    const { project, highlights, adverse, approvedAt } = this.screen;
    return html`
      <div class="head">
        <p class="soft">${project.name}</p>
        <h1>${words.adverse.title}</h1>
        <p class="lead">${words.adverse.text}</p>
        ${approvedAt === null ? nothing : html`<p class="soft small">${words.status.approved(formats.moment(approvedAt))}</p>`}
      </div>
      <k-scroller class="fill" .speech=${this.speech} label=${words.adverse.title}>
        <div class="facts">
          ${adverseList(words.adverse.title, adverse, this.speech, true)}
          ${highlightList(words.adverse.highlights, highlights)}
        </div>
      </k-scroller>
    `;
  }
}
