// The satisfaction items as rows of five marks, and what was marked.
import { html, type TemplateResult } from 'lit';
import type { RequestDetail } from '../../../sync/headquarters/api/service-api.ts';
import type { Language } from '../text.ts';
import type { ServiceTexts } from './service-text.ts';

type Rating = { item: string; score: number };
export interface RatedItem {
  readonly code: string;
  readonly level: number;
  readonly parent: string | null;
  readonly order: number;
  readonly name: Readonly<Record<Language, string>>;
}

/** Asked on the telephone: the highest two levels, and the details of the ports that worked on it. */
export function askedItems(
  items: readonly RatedItem[],
  tasks: readonly Pick<RequestDetail['tasks'][number], 'port'>[],
): readonly RatedItem[] {
  const ports = new Set(tasks.map(({ port }) => port));
  return items
    .filter(({ level, parent }) => level < 3 || (parent !== null && ports.has(parent)))
    .toSorted((a, b) => a.level - b.level || a.order - b.order);
}

export function ratingFields(
  items: readonly RatedItem[],
  words: ServiceTexts,
  language: Language,
): TemplateResult {
  return html`<fieldset>
    <legend>${words.ratings} · ${words.ratingsHint}</legend>
    ${items.map(
      ({ code, name }) => html`<div class="scores" role="radiogroup" aria-label=${name[language]}>
        <span>${name[language]}</span>
        ${[1, 2, 3, 4, 5].map(
          (score) => html`<label><input type="radio" name="rate-${code}" value=${score} />${score}</label>`,
        )}
      </div>`,
    )}
  </fieldset>`;
}

export function ratingsOf(form: FormData): Rating[] {
  return [...form].flatMap(([name, value]) =>
    name.startsWith('rate-') ? [{ item: name.slice(5), score: Number(value) }] : [],
  );
}
