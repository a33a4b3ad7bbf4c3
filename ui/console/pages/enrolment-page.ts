// How terminals come in: who waits at the door for a person, and the records that are imported with the claims for them.
import { html, type TemplateResult } from 'lit';
import { customElement, state } from 'lit/decorators.js';
import { claimWords } from '../fleet/claim-words.ts';
import '../fleet/device-import.ts';
import '../fleet/pending-list.ts';
import { PageElement } from '../page-element.ts';

const sections = ['waiting', 'import'] as const;

@customElement('enrolment-page')
export class EnrolmentPage extends PageElement {
  @state() private section: (typeof sections)[number] = 'waiting';

  override render(): TemplateResult {
    const words = claimWords[this.language];
    const { api, me, language } = this;
    const offered = sections.filter((each) => each === 'waiting' || this.may('it'));
    return html`
      <div class="bar">
        <h2>${this.heading}</h2>
        <div class="chips">${offered.map(
          (each) =>
            html`<button aria-pressed=${each === this.section} @click=${() => {
              this.section = each;
            }}>${words.sections[each]}</button>`,
        )}</div>
      </div>
      ${
        this.section === 'waiting'
          ? html`<pending-list .api=${api} .me=${me} .language=${language}></pending-list>`
          : html`<device-import .api=${api} .me=${me} .language=${language}></device-import>`
      }
    `;
  }
}
