// The points rules: what is in force, the next version as a draft, and the second look before it is published.
import { css, html, nothing, type TemplateResult } from 'lit';
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
import { fieldOf, PointsPanel } from './points-panel.ts';

type Item = RulesVersionItem['items'][number];
type Level = RulesVersionItem['levels'][number];

@customElement('points-rules')
export class PointsRules extends PointsPanel {
  static override styles = [
    ...PointsPanel.styles,
    css`
      .review { display: grid; gap: 0.6rem; padding: 1rem; border-color: var(--accent); }
      ul { margin: 0; padding-left: 1.2rem; }
      del { color: var(--bad); }
      ins { color: var(--good); text-decoration: none; font-weight: 600; }
    `,
  ];
  /** rows that were added to the form */
  @state() private added = 0;
  readonly #rules = new Polling<PointsAnswers['rules']>(
    this,
    () => this.api.get('points/rules', pointsAnswers.rules),
    30_000,
  );

  override render(): TemplateResult {
    return this.renderLoaded(this.#rules, ({ versions, effect }) => {
      const { words } = this;
      const inForce = versions.find(({ state: at }) => at === 'published');
      const draft = versions.find(({ state: at }) => at === 'draft');
      const base = draft ?? inForce;
      return html`
        <h3>${words.inForce(inForce?.version ?? 1)}</h3>
        ${this.#renderVersions(versions)}
        ${draft && inForce && this.may('club') ? this.#renderReview(draft, inForce, effect) : nothing}
        ${base && this.may('club') ? this.#renderForm(base, draft?.version ?? base.version + 1) : nothing}
      `;
    });
  }

  #renderVersions(versions: readonly RulesVersionItem[]): TemplateResult {
    const { words, language } = this;
    const time = (at: string | null): string => (at ? showTime(at, language) : '–');
    return html`<data-table .rows=${versions} .keyOf=${({ version }: RulesVersionItem) => version} .language=${language}
      .label=${words.sections.rules} file="points-rules" .columns=${[
        {
          id: 'version',
          label: words.version,
          value: ({ version }: RulesVersionItem) => version,
          isNumber: true,
        },
        { id: 'state', label: words.state, value: ({ state: at }: RulesVersionItem) => words.states[at] },
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
  #renderReview(
    draft: RulesVersionItem,
    inForce: RulesVersionItem,
    effect: DraftEffectItem | null,
  ): TemplateResult {
    const { words, language } = this;
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
        <p>${words.corrected(effect?.corrected ?? 0)}</p>
        ${
          effect && effect.negative.length > 0
            ? html`<p class="bad" role="alert">${words.negative}</p>
                <ul>${effect.negative.map(({ id, name, balance }) => html`<li>${name} · ${id} · ${balance}</li>`)}</ul>`
            : nothing
        }
        <div class="actions">
          <button class="danger" @click=${() => this.#act('discard', this.words.discarded)}>${words.discard}</button>
          <button class="primary" ?disabled=${(effect?.negative.length ?? 0) > 0}
            @click=${() => this.#act('publish', this.words.published)}>${words.publish}</button>
        </div>
      </section>
    `;
  }

  #renderForm(base: RulesVersionItem, next: number): TemplateResult {
    const { words } = this;
    const items: readonly (Item | undefined)[] = [
      ...base.items,
      ...Array.from({ length: this.added }, () => undefined),
    ];
    return html`
      <form class="panel" @submit=${this.#save}>
        <h3>${words.nextVersion(next)}</h3>
        <div class="scroll"><table>
          <tr>${[words.code, words.nameZh, words.nameEn, words.points, words.perYuan].map((head) => html`<th>${head}</th>`)}</tr>
          ${items.map((item) => this.#renderItem(item))}
        </table></div>
        <button type="button" @click=${() => {
          this.added += 1;
        }}>${words.addItem}</button>
        <div class="scroll"><table>
          <tr>${[words.levels, words.from, words.discount, words.benefitZh, words.benefitEn].map((head) => html`<th>${head}</th>`)}</tr>
          ${base.levels.map((level) => this.#renderLevel(level))}
        </table></div>
        <label>${words.lotMonths}<input name="lotMonths" type="number" required min="1" max="600" .value=${String(base.lotMonths)} /></label>
        <label>${words.levelMonths}<input name="levelMonths" type="number" required min="1" max="600" .value=${String(base.levelMonths)} /></label>
        <label class="wide">${words.backdate}<input name="holdsFrom" type="datetime-local" /></label>
        <button class="primary">${words.saveDraft}</button>
      </form>
    `;
  }

  #renderItem(item: Item | undefined): TemplateResult {
    const { words } = this;
    const perYuan = item?.perFen ? String(item.perFen / 100) : '';
    return html`<tr>
      <td><input name="code" aria-label=${words.code} required pattern="[a-z0-9\\-]{1,40}" .value=${item?.code ?? ''} ?readonly=${item !== undefined} /></td>
      <td><input name="zh" aria-label=${words.nameZh} required maxlength="40" .value=${item?.name.zh ?? ''} /></td>
      <td><input name="en" aria-label=${words.nameEn} required maxlength="60" .value=${item?.name.en ?? ''} /></td>
      <td><input name="points" aria-label=${`${item?.name[this.language] ?? ''} ${words.points}`} type="number" required min="0" max="1000000" .value=${String(item?.points ?? 0)} /></td>
      <td><input name="perYuan" aria-label=${words.perYuan} type="number" min="1" .value=${perYuan} /></td>
    </tr>`;
  }

  #renderLevel({ code, name, from, discount = 0, benefit }: Level): TemplateResult {
    const { words, language } = this;
    const label = (what: string): string => `${name[language]} ${what}`;
    return html`<tr>
      <td>${name[language]}<input type="hidden" name="level" .value=${code} /></td>
      <td><input name="from" aria-label=${label(words.from)} type="number" required min="0" .value=${String(from)} /></td>
      <td><input name="discount" aria-label=${label(words.discount)} type="number" min="0" max="50" step="0.01" .value=${String(discount / 100)} /></td>
      <td><input name="benefitZh" aria-label=${label(words.benefitZh)} maxlength="200" .value=${benefit.zh} /></td>
      <td><input name="benefitEn" aria-label=${label(words.benefitEn)} maxlength="200" .value=${benefit.en} /></td>
    </tr>`;
  }

  readonly #save = async (event: SubmitEvent): Promise<void> => {
    event.preventDefault();
    const base = this.#rules.value?.versions[0];
    if (!(event.target instanceof HTMLFormElement) || !base) return;
    const body = bodyOf(new FormData(event.target), base.levels);
    const isDone = await this.attempt(this.words.drafted, async () => {
      await this.api.post('points/rules', body, pointsAnswers.rules);
    });
    if (isDone) this.added = 0;
    await this.#rules.refresh();
  };

  async #act(act: 'publish' | 'discard', done: string): Promise<void> {
    await this.attempt(done, async () => {
      await this.api.post(`points/rules/${act}`, {}, pointsAnswers.rules);
    });
    await this.#rules.refresh();
  }
}

function bodyOf(data: FormData, levels: readonly Level[]) {
  const column = (name: string): string[] => data.getAll(name).map((value) => String(value).trim());
  const [codes, zh, en, points, perYuan] = ['code', 'zh', 'en', 'points', 'perYuan'].map(column);
  const [from, discount, benefitZh, benefitEn] = ['from', 'discount', 'benefitZh', 'benefitEn'].map(column);
  const holdsFrom = fieldOf(data, 'holdsFrom');
  return {
    items: (codes ?? []).map((code, n) => ({
      code,
      name: { zh: zh?.[n] ?? '', en: en?.[n] ?? '' },
      points: Number(points?.[n]),
      perFen: perYuan?.[n] ? Math.round(Number(perYuan[n]) * 100) : null,
    })),
    levels: levels.map((level, n) => ({
      ...level,
      from: Number(from?.[n]),
      discount: Math.round(Number(discount?.[n]) * 100),
      benefit: { zh: benefitZh?.[n] ?? '', en: benefitEn?.[n] ?? '' },
    })),
    lotMonths: Number(fieldOf(data, 'lotMonths')),
    levelMonths: Number(fieldOf(data, 'levelMonths')),
    holdsFrom: holdsFrom === '' ? null : new Date(holdsFrom).toISOString(),
  };
}

function itemText({ name, points, perFen }: Item, language: 'zh' | 'en'): string {
  return `${name[language]} ${points}${perFen === null ? '' : ` / ${perFen / 100} ¥`}`;
}

function levelText({ name, from, discount = 0 }: Level, language: 'zh' | 'en'): string {
  return `${name[language]} ≥ ${from}${discount > 0 ? ` −${discount / 100} %` : ''}`;
}
