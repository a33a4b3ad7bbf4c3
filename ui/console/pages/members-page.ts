// Members at headquarters: their cards, who may be one person, terms of joining, staff cards, applications by web.
import { html, type TemplateResult } from 'lit';
import { customElement, state } from 'lit/decorators.js';
import { PageElement } from '../page-element.ts';
import './members/members-cards.ts';
import './members/members-consent.ts';
import './members/members-pairs.ts';
import './members/members-staff.ts';
import './members/members-web.ts';
import { membersTexts } from './members/members-words.ts';

const sections = ['cards', 'pairs', 'consent', 'staff', 'web'] as const;
type Section = (typeof sections)[number];

@customElement('members-page')
export class MembersPage extends PageElement {
  @state() private section: Section = 'cards';

  override render(): TemplateResult {
    const words = membersTexts[this.language];
    return html`
      <div class="bar">
        <h2>${this.heading}</h2>
        <div class="chips">
          ${sections
            .filter((section) => this.#isOffered(section))
            .map(
              (section) =>
                html`<button aria-pressed=${section === this.section} @click=${() => {
                  this.section = section;
                }}>${words.sections[section]}</button>`,
            )}
        </div>
      </div>
      ${this.#renderSection()}
    `;
  }

  #isOffered(section: Section): boolean {
    if (section === 'pairs') return this.may('club', 'service-desk');
    if (section === 'staff') return this.may('club', 'manager');
    return section === 'web' ? this.may('club') : true;
  }

  #renderSection(): TemplateResult {
    const { api, language, me, about } = this;
    switch (this.section) {
      case 'cards':
        return html`<members-cards .api=${api} .language=${language} .me=${me} .about=${about}></members-cards>`;
      case 'pairs':
        return html`<members-pairs .api=${api} .language=${language} .me=${me}></members-pairs>`;
      case 'consent':
        return html`<members-consent .api=${api} .language=${language} .me=${me}></members-consent>`;
      case 'staff':
        return html`<members-staff .api=${api} .language=${language} .me=${me}></members-staff>`;
      case 'web':
        return html`<members-web .api=${api} .language=${language} .me=${me}></members-web>`;
    }
  }
}
