// What people agree to when they join: versions, and the editor of the next one.
import { html, nothing, type TemplateResult } from 'lit';
import { customElement } from 'lit/decorators.js';
import { type MemberAnswers, memberAnswers } from '../../../../sync/headquarters/api/member-api.ts';
import '../../data-table.ts';
import { fieldOf } from '../../field-of.ts';
import { Polling } from '../../polling.ts';
import { showTime } from '../../show.ts';
import { MembersPanel } from './members-panel.ts';

type Consents = MemberAnswers['consents']['consents'];

@customElement('members-consent')
export class MembersConsent extends MembersPanel {
  readonly #consents = new Polling<Consents>(
    this,
    async () => (await this.api.get('club/consents', memberAnswers.consents)).consents,
    60_000,
  );

  override render(): TemplateResult {
    return this.renderLoaded(this.#consents, (consents) => this.#renderAll(consents));
  }

  #renderAll(consents: Consents): TemplateResult {
    const { words, language } = this;
    const [newest] = consents;
    return html`
      ${
        this.may('club')
          ? html`<form class="panel" @submit=${this.#publish}>
        <h3>${words.publish}</h3>
        <p class="small soft">${words.consentText}</p>
        <label class="wide">${words.zh}<textarea name="zh" required maxlength="4000" .defaultValue=${newest?.text.zh ?? ''}></textarea></label>
        <label class="wide">${words.en}<textarea name="en" required maxlength="4000" .defaultValue=${newest?.text.en ?? ''}></textarea></label>
        <button class="primary">${words.publish}</button>
      </form>`
          : nothing
      }
      <data-table .rows=${consents} .keyOf=${({ version }: Consents[number]) => version} .language=${language}
        .label=${words.sections.consent} file="terms" .columns=${[
          {
            id: 'version',
            label: words.version,
            value: ({ version }: Consents[number]) => version,
            isNumber: true,
          },
          {
            id: 'at',
            label: words.publishedAt,
            value: ({ publishedAt }: Consents[number]) => publishedAt,
            show: ({ publishedAt }: Consents[number]) => showTime(publishedAt, language),
          },
          {
            id: 'text',
            label: words.text,
            value: ({ text }: Consents[number]) => text[language],
            show: ({ text }: Consents[number]) => html`<div class="written">${text[language]}</div>`,
          },
        ]}></data-table>
    `;
  }

  readonly #publish = async (event: SubmitEvent): Promise<void> => {
    event.preventDefault();
    if (!(event.target instanceof HTMLFormElement)) return;
    const data = new FormData(event.target);
    const body = { zh: fieldOf(data, 'zh'), en: fieldOf(data, 'en') };
    await this.attemptSaying(this.words.done, async () => {
      await this.api.post('club/consents', body, memberAnswers.consents);
    });
    await this.#consents.refresh();
  };
}
