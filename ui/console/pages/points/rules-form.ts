// The form of the next version of the points rules: items and levels are added, changed and ended here; saved whole or
// not at all, and what headquarters refuses is said at its field.
import { css, html, nothing, type PropertyValues, type TemplateResult } from 'lit';
import { customElement, property, state } from 'lit/decorators.js';
import { repeat } from 'lit/directives/repeat.js';
import { pointsAnswers, type RulesVersionItem } from '../../../../sync/headquarters/api/points-api.ts';
import { ApiError } from '../../api-client.ts';
import { fieldOf } from '../../field-of.ts';
import { PointsPanel } from './points-panel.ts';
import { pointsProblem } from './points-words.ts';

type Item = RulesVersionItem['items'][number];
type Level = RulesVersionItem['levels'][number];
interface Row<Of> {
  readonly key: number;
  /** undefined = added here */
  readonly old: Of | undefined;
  readonly isEnded: boolean;
}
type Table = 'items' | 'levels';
interface Cell {
  /** as headquarters names it: `levels.2.from` */
  readonly field: string;
  readonly name: string;
  readonly label: string;
  readonly value: string | number;
  readonly isEnded?: boolean;
  readonly input?: Partial<Pick<HTMLInputElement, 'type' | 'min' | 'max' | 'step' | 'pattern'>>;
  readonly isFixed?: boolean;
  readonly isOptional?: boolean;
}

/**
 * `<rules-form .api .language .me .base .next @saved>`
 * @fires saved when the draft is at headquarters
 */
@customElement('rules-form')
export class RulesForm extends PointsPanel {
  static override styles = [
    ...PointsPanel.styles,
    css`
      td { vertical-align: top; }
      td button { white-space: nowrap; }
      .figures { flex: 1 1 100%; padding: 0; }
      tr.ended input { text-decoration: line-through; opacity: 0.55; }
      input[aria-invalid='true'] { border-color: var(--bad); background: var(--bad-wash); }
      .fault { display: block; color: var(--bad); font-size: 0.85rem; max-width: 16rem; }
    `,
  ];
  /** what the form begins with: the draft, or what is in force */
  @property({ attribute: false }) declare base: RulesVersionItem;
  /** its number */
  @property({ attribute: false }) declare next: number;
  @state() private items: readonly Row<Item>[] = [];
  @state() private levels: readonly Row<Level>[] = [];
  @state() private fault: { readonly field: string; readonly said: string } | undefined;
  #of = '';
  #keys = 0;

  override willUpdate(changed: PropertyValues): void {
    super.willUpdate(changed);
    const of = `${this.base.version}/${this.base.at}`;
    // read again every half minute: what somebody is typing stays until it is another version
    if (of === this.#of) return;
    this.#of = of;
    this.items = this.base.items.map((old) => this.#row(old));
    this.levels = this.base.levels.map((old) => this.#row(old));
    this.fault = undefined;
  }

  override render(): TemplateResult {
    const { words, base } = this;
    const heads = (...texts: readonly string[]) =>
      html`<tr>${texts.map((text) => html`<th>${text}</th>`)}<th></th></tr>`;
    return html`
      <form class="panel" @submit=${this.#save} @input=${this.#clear}>
        <h3>${words.nextVersion(this.next)}</h3>
        <p class="soft small wide">${words.itemsHint}</p>
        <div class="scroll"><table>
          ${heads(words.code, words.nameZh, words.nameEn, words.points, words.perYuan)}
          ${this.#rows('items', this.items, (row, n) => this.#renderItem(row, n))}
        </table></div>
        <button type="button" @click=${() => this.#add('items')}>${words.addItem}</button>
        <div class="scroll"><table>
          ${heads(words.code, words.nameZh, words.nameEn, words.from, words.discount, words.benefitZh, words.benefitEn)}
          ${this.#rows('levels', this.levels, (row, n) => this.#renderLevel(row, n))}
        </table></div>
        <button type="button" @click=${() => this.#add('levels')}>${words.addLevel}</button>
        <div class="figures">
          ${(['lotMonths', 'levelMonths'] as const).map(
            (name) =>
              html`<label>${words[name]}${this.#cell({ field: name, name, label: words[name], value: base[name], input: { type: 'number', min: '1', max: '600' } })}</label>`,
          )}
          <label>${words.holdsFromField}${this.#cell({ field: 'holdsFrom', name: 'holdsFrom', label: words.holdsFromField, value: localTime(base.state === 'draft' ? base.holdsFrom : null), input: { type: 'datetime-local' }, isOptional: true })}</label>
        </div>
        <p class="soft small wide">${words.backdate}</p>
        <button class="primary">${words.saveDraft}</button>
      </form>
    `;
  }

  #rows<Of>(table: Table, rows: readonly Row<Of>[], render: (row: Row<Of>, n: number) => readonly Cell[]) {
    const { words } = this;
    // what has ended is not sent: the others are numbered without it
    const numbers = new Map(rows.filter(({ isEnded }) => !isEnded).map(({ key }, n) => [key, n]));
    return repeat(
      rows,
      ({ key }) => key,
      (row) => html`<tr class=${row.isEnded ? 'ended' : ''}>
        ${render(row, numbers.get(row.key) ?? -1).map((cell) => html`<td>${this.#cell({ ...cell, isEnded: row.isEnded })}</td>`)}
        <td><button type="button" @click=${() => this.#end(table, row.key)}>${row.isEnded ? words.keep : words.end}</button></td>
      </tr>`,
    );
  }

  #renderItem({ old }: Row<Item>, n: number): readonly Cell[] {
    const { words, language } = this;
    const at = `items.${n}`;
    const points = `${old?.name[language] ?? ''} ${words.points}`;
    return [
      { ...code(at, words.code, old?.code), input: { pattern: '[a-z0-9\\-]{1,40}' } },
      { field: `${at}.name.zh`, name: 'zh', label: words.nameZh, value: old?.name.zh ?? '' },
      { field: `${at}.name.en`, name: 'en', label: words.nameEn, value: old?.name.en ?? '' },
      { ...number(`${at}.points`, 'points', points, old?.points ?? 0), isOptional: false },
      number(`${at}.perFen`, 'perYuan', words.perYuan, old?.perFen ? old.perFen / 100 : ''),
    ];
  }

  #renderLevel({ old }: Row<Level>, n: number): readonly Cell[] {
    const { words, language } = this;
    const at = `levels.${n}`;
    const label = (what: string): string => `${old?.name[language] ?? ''} ${what}`;
    const benefit = (language: 'zh' | 'en', what: string): Cell => ({
      ...{ field: `${at}.benefit.${language}`, name: `benefit-${language}`, label: label(what) },
      ...{ value: old?.benefit[language] ?? '', isOptional: true },
    });
    return [
      { ...code(at, words.code, old?.code), name: 'level', input: { pattern: '[a-z]{1,20}' } },
      { field: `${at}.name.zh`, name: 'level-zh', label: label(words.nameZh), value: old?.name.zh ?? '' },
      { field: `${at}.name.en`, name: 'level-en', label: label(words.nameEn), value: old?.name.en ?? '' },
      { ...number(`${at}.from`, 'from', label(words.from), old?.from ?? 0), isOptional: false },
      {
        ...number(`${at}.discount`, 'discount', label(words.discount), (old?.discount ?? 0) / 100),
        input: { type: 'number', min: '0', max: '50', step: '0.01' },
      },
      benefit('zh', words.benefitZh),
      benefit('en', words.benefitEn),
    ];
  }

  #cell({ field, name, label, value, input = {}, isEnded, isFixed, isOptional }: Cell): TemplateResult {
    const said = !isEnded && this.fault?.field === field ? this.fault.said : undefined;
    return html`<input name=${name} aria-label=${label} data-field=${field} type=${input.type ?? 'text'}
        min=${input.min ?? nothing} max=${input.max ?? nothing} step=${input.step ?? nothing}
        pattern=${input.pattern ?? nothing} maxlength="200" .value=${String(value)} ?required=${!isOptional}
        ?readonly=${isFixed === true} ?disabled=${isEnded === true} aria-invalid=${said ? 'true' : nothing} />
      ${said ? html`<span class="fault" role="alert">${said}</span>` : nothing}`;
  }

  #row<Of>(old: Of | undefined): Row<Of> {
    this.#keys += 1;
    return { key: this.#keys, old, isEnded: false };
  }

  #add(table: Table): void {
    if (table === 'items') this.items = [...this.items, this.#row<Item>(undefined)];
    else this.levels = [...this.levels, this.#row<Level>(undefined)];
  }

  /** What was added here goes at once; what was there stays to be seen, and may be kept after all. */
  #end(table: Table, key: number): void {
    const ended = <Of>(rows: readonly Row<Of>[]): Row<Of>[] =>
      rows.flatMap((row) => {
        if (row.key !== key) return [row];
        return row.old === undefined ? [] : [{ ...row, isEnded: !row.isEnded }];
      });
    this.fault = undefined;
    if (table === 'items') this.items = ended(this.items);
    else this.levels = ended(this.levels);
  }

  readonly #clear = (): void => {
    this.fault = undefined;
  };

  readonly #save = async (event: SubmitEvent): Promise<void> => {
    event.preventDefault();
    if (!(event.target instanceof HTMLFormElement)) return;
    const kept = this.levels.filter(({ isEnded }) => !isEnded).map(({ old }) => old);
    const body = bodyOf(new FormData(event.target), kept);
    this.fault = undefined;
    const isDone = await this.attemptSaying(this.words.drafted, async () => {
      await this.api.post('points/rules', body, pointsAnswers.rules).catch((error: unknown) => {
        if (error instanceof ApiError && error.field !== undefined) {
          this.fault = { field: error.field, said: pointsProblem(this.language, error.code) };
        }
        throw error;
      });
    });
    if (isDone) this.dispatchEvent(new Event('saved'));
    else await this.#showFault();
  };

  async #showFault(): Promise<void> {
    await this.updateComplete;
    const input = this.renderRoot.querySelector<HTMLInputElement>('[aria-invalid]');
    input?.focus();
  }
}

function code(at: string, label: string, value: string | undefined): Cell {
  return { field: `${at}.code`, name: 'code', label, value: value ?? '', isFixed: value !== undefined };
}

function number(field: string, name: string, label: string, value: string | number): Cell {
  return { field, name, label, value, isOptional: true, input: { type: 'number', min: '0' } };
}

/** @param instant UTC, or null @returns as `datetime-local` takes it */
function localTime(instant: string | null): string {
  if (instant === null) return '';
  const at = new Date(instant);
  return new Date(at.getTime() - at.getTimezoneOffset() * 60_000).toISOString().slice(0, 16);
}

function bodyOf(data: FormData, old: readonly (Level | undefined)[]) {
  const column = (name: string): string[] => data.getAll(name).map((value) => String(value).trim());
  const at = (name: string, n: number): string => column(name)[n] ?? '';
  const holdsFrom = fieldOf(data, 'holdsFrom');
  return {
    items: column('code').map((code, n) => ({
      code,
      name: { zh: at('zh', n), en: at('en', n) },
      points: Number(at('points', n)),
      perFen: at('perYuan', n) === '' ? null : Math.round(Number(at('perYuan', n)) * 100),
    })),
    levels: column('level').map((code, n) => ({
      ...(old[n] ?? { kind: 'level' as const }),
      code,
      name: { zh: at('level-zh', n), en: at('level-en', n) },
      from: Number(at('from', n)),
      discount: Math.round(Number(at('discount', n)) * 100),
      benefit: { zh: at('benefit-zh', n), en: at('benefit-en', n) },
    })),
    lotMonths: Number(fieldOf(data, 'lotMonths')),
    levelMonths: Number(fieldOf(data, 'levelMonths')),
    holdsFrom: holdsFrom === '' ? null : new Date(holdsFrom).toISOString(),
  };
}
