// Points at headquarters: a member's account, the rules, gifts, and what was booked when sessions ended.
import { css, html, type TemplateResult } from 'lit';
import { customElement, state } from 'lit/decorators.js';
import { type BatchResult, pointsAnswers } from '../../../sync/headquarters/api/points-api.ts';
import '../data-table.ts';
import { PageElement } from '../page-element.ts';
import { Polling } from '../polling.ts';
import { showTime } from '../show.ts';
import './points/points-gifts.ts';
import './points/points-member.ts';
import './points/points-rules.ts';
import { pointsTexts } from './points/points-words.ts';

const sections = ['member', 'rules', 'gifts', 'batches'] as const;
type Section = (typeof sections)[number];

@customElement('points-page')
export class PointsPage extends PageElement {
  static override styles = [...PageElement.styles, css`section { display: grid; gap: 1rem; }`];
  @state() private section: Section = 'member';
  readonly #batches = new Polling<BatchResult[]>(
    this,
    async () => (await this.api.get('points/batches', pointsAnswers.batches)).batches,
    30_000,
  );

  override render(): TemplateResult {
    const words = pointsTexts[this.language];
    return html`
      <div class="bar">
        <h2>${this.heading}</h2>
        <div class="chips">
          ${sections.map(
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

  #renderSection(): TemplateResult {
    const { api, language, me } = this;
    switch (this.section) {
      case 'member':
        return html`<points-member .api=${api} .language=${language} .me=${me}></points-member>`;
      case 'rules':
        return html`<points-rules .api=${api} .language=${language} .me=${me}></points-rules>`;
      case 'gifts':
        return html`<points-gifts .api=${api} .language=${language} .me=${me}></points-gifts>`;
      case 'batches':
        return this.renderLoaded(this.#batches, (batches) => this.#renderBatches(batches));
    }
  }

  #renderBatches(batches: readonly BatchResult[]): TemplateResult {
    const { language } = this;
    const words = pointsTexts[language];
    const time = (id: 'endedAt' | 'bookedAt') => ({
      id,
      label: words[id],
      value: (batch: BatchResult) => batch[id],
      show: (batch: BatchResult) => showTime(batch[id], language),
    });
    return html`<data-table .rows=${batches} .keyOf=${({ session }: BatchResult) => session} .language=${language}
      .label=${words.sections.batches} .empty=${words.noBatches} file="points-batches" .columns=${[
        { id: 'session', label: words.session, value: ({ name }: BatchResult) => name[language] },
        time('endedAt'),
        time('bookedAt'),
        { id: 'members', label: words.members, value: ({ members }: BatchResult) => members, isNumber: true },
        { id: 'points', label: words.points, value: ({ points }: BatchResult) => points, isNumber: true },
      ]}></data-table>`;
  }
}
