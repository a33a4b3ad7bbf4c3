// The points rules: what is in force and from when, the draft with what it would do, and the form of the next version.
import { css, html, nothing, type PropertyValues, type TemplateResult } from 'lit';
import { customElement, state } from 'lit/decorators.js';
import {
  type DraftEffectItem,
  type PointsAnswers,
  pointsAnswers,
  type RulesVersionItem,
} from '../../../../sync/headquarters/api/points-api.ts';
import '../../data-table.ts';
import { Polling } from '../../polling.ts';
import { showTime } from '../../show.ts';
import { PointsPanel } from './points-panel.ts';
import './rules-form.ts';

type Item = RulesVersionItem['items'][number];
type Level = RulesVersionItem['levels'][number];

@customElement('points-rules')
export class PointsRules extends PointsPanel {
  static override styles = [
    ...PointsPanel.styles,
    css`
      .review { display: grid; gap: 0.8rem; padding: 1rem; border-color: var(--accent); }
      .review ul { margin: 0; padding-left: 1.2rem; }
      .review table { width: auto; justify-self: start; }
      del { color: var(--bad); }
      ins { color: var(--good); text-decoration: none; font-weight: 600; }
    `,
  ];
  /** what the draft would do; looked at once for each draft, as it asks for every member */
  @state() private effect: DraftEffectItem | null | undefined;
  #lookedAt = '';
  readonly #rules = new Polling<PointsAnswers['rules']>(
    this,
    () => this.api.get('points/rules', pointsAnswers.rules),
    30_000,
  );

  override updated(changed: PropertyValues): void {
    super.updated(changed);
    const draft = this.#rules.value?.versions.find(({ state: at }) => at === 'draft');
    const at = draft?.at ?? '';
    if (at === this.#lookedAt) return;
    this.#lookedAt = at;
    void this.#look();
  }

  override render(): TemplateResult {
    return this.renderLoaded(this.#rules, ({ versions }) => {
      const { words } = this;
      const inForce = versions.find(({ isInForce }) => isInForce);
      const draft = versions.find(({ state: at }) => at === 'draft');
      const base = draft ?? inForce;
      const next = draft?.version ?? (versions[0]?.version ?? 0) + 1;
      return html`
        <h3>${words.inForce(inForce?.version ?? 1)}</h3>
        ${this.#renderVersions(versions)}
        ${draft && inForce && this.may('club') ? this.#renderReview(draft, inForce) : nothing}
        ${
          base && this.may('club')
            ? html`<rules-form .api=${this.api} .language=${this.language} .me=${this.me} .base=${base}
                .next=${next} @saved=${() => this.#rules.refresh()}></rules-form>`
            : nothing
        }
      `;
    });
  }

  #renderVersions(versions: readonly RulesVersionItem[]): TemplateResult {
    const { words, language } = this;
    const time = (at: string | null): string => (at ? showTime(at, language) : '–');
    const stateOf = ({ state: at, isInForce, holdsFrom }: RulesVersionItem): string => {
      if (isInForce) return words.states.inForce;
      if (at === 'draft') return words.states.draft;
      return holdsFrom && Date.parse(holdsFrom) > Date.now() ? words.states.later : words.states.former;
    };
    return html`<data-table .rows=${versions} .keyOf=${({ version }: RulesVersionItem) => version} .language=${language}
      .label=${words.sections.rules} file="points-rules" .columns=${[
        {
          id: 'version',
          label: words.version,
          value: ({ version }: RulesVersionItem) => version,
          isNumber: true,
        },
        { id: 'state', label: words.state, value: stateOf },
        {
          id: 'items',
          label: words.item,
          value: ({ items }: RulesVersionItem) => items.map((item) => itemText(item, language)).join('; '),
        },
        {
          id: 'levels',
          label: words.levels,
          value: ({ levels }: RulesVersionItem) =>
            levels.map((level) => levelText(level, language)).join('; '),
        },
        {
          id: 'lotMonths',
          label: words.lotMonths,
          value: ({ lotMonths }: RulesVersionItem) => lotMonths,
          isNumber: true,
        },
        {
          id: 'holdsFrom',
          label: words.holdsFrom,
          value: ({ holdsFrom }: RulesVersionItem) => holdsFrom,
          show: ({ holdsFrom }: RulesVersionItem) => time(holdsFrom),
        },
        { id: 'by', label: words.writtenBy, value: ({ by }: RulesVersionItem) => by },
        {
          id: 'publishedBy',
          label: words.publishedBy,
          value: ({ publishedBy }: RulesVersionItem) => publishedBy,
        },
      ]}></data-table>`;
  }

  /** What a second person looks at: the differences, and what they do to what is booked. */
  #renderReview(draft: RulesVersionItem, inForce: RulesVersionItem): TemplateResult {
    const { words, language, effect } = this;
    const lines = (version: RulesVersionItem): string[] => [
      ...version.items.map((item) => itemText(item, language)),
      ...version.levels.map((level) => levelText(level, language)),
      `${words.lotMonths} ${version.lotMonths}`,
      `${words.levelMonths} ${version.levelMonths}`,
    ];
    const [before, after] = [lines(inForce), lines(draft)];
    const gone = before.filter((line) => !after.includes(line));
    const come = after.filter((line) => !before.includes(line));
    const holdsFrom = draft.holdsFrom ? showTime(draft.holdsFrom, language) : words.fromPublication;
    return html`
      <section class="panel review" aria-label=${words.review}>
        <h3>${words.review} · ${words.version} ${draft.version} · ${words.holdsFrom}：${holdsFrom}</h3>
        <p class="soft small">${words.changes}</p>
        ${gone.length + come.length === 0 ? html`<p>${words.noChanges}</p>` : nothing}
        <ul>
          ${gone.map((line) => html`<li><del>${line}</del></li>`)}
          ${come.map((line) => html`<li><ins>${line}</ins></li>`)}
        </ul>
        ${effect ? this.#renderEffect(effect, [...inForce.levels, ...draft.levels]) : html`<p role="status">${words.looking}</p>`}
        <div class="actions">
          <button class="danger" @click=${() => this.#act('discard', {}, words.discarded)}>${words.discard}</button>
          <button class="primary" ?disabled=${!effect || effect.negativeCount > 0}
            @click=${() => this.#act('publish', { seen: draft.at }, words.published)}>${words.publish}</button>
        </div>
      </section>
    `;
  }

  #renderEffect(effect: DraftEffectItem, levels: readonly Level[]): TemplateResult {
    const { words, language } = this;
    const nameOf = (code: string): string =>
      levels.findLast((level) => level.code === code)?.name[language] ?? code;
    return html`
      <p>${words.corrected(effect.corrected)}${effect.corrected > 0 ? words.correctedOf(effect.members, effect.points) : ''}</p>
      <p>${words.moved(effect.rising, effect.falling)}</p>
      <table aria-label=${words.levelCounts}>
        <tr><th>${words.level}</th><th class="number">${words.now}</th><th class="number">${words.afterwards}</th></tr>
        ${effect.levels.map(
          ({ code, before, after }) => html`<tr>
            <td>${nameOf(code)}</td><td class="number">${before}</td><td class="number">${after}</td>
          </tr>`,
        )}
      </table>
      ${
        effect.negativeCount > 0
          ? html`<p class="bad" role="alert">${words.negative(effect.negativeCount)}</p>
              <ul>${effect.negative.map(({ id, name, balance }) => html`<li>${name} · ${id} · ${balance}</li>`)}</ul>`
          : nothing
      }
    `;
  }

  async #look(): Promise<void> {
    this.effect = undefined;
    if (this.#lookedAt === '') return;
    await this.attemptSaying('', async () => {
      this.effect = (await this.api.get('points/rules/effect', pointsAnswers.effect)).effect;
    });
  }

  async #act(act: 'publish' | 'discard', body: object, done: string): Promise<void> {
    await this.attemptSaying(done, async () => {
      await this.api.post(`points/rules/${act}`, body, pointsAnswers.rules);
    });
    await this.#rules.refresh();
  }
}

function itemText({ name, points, perFen }: Item, language: 'zh' | 'en'): string {
  return `${name[language]} ${points}${perFen === null ? '' : ` / ${perFen / 100} ¥`}`;
}

function levelText({ name, from, discount = 0, benefit }: Level, language: 'zh' | 'en'): string {
  const given = benefit[language] === '' ? '' : ` · ${benefit[language]}`;
  return `${name[language]} ≥ ${from}${discount > 0 ? ` −${discount / 100} %` : ''}${given}`;
}
