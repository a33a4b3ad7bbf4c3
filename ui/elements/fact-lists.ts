// What speaks for a home and what against it, side by side in the same weight.
import { css, html, type TemplateResult } from 'lit';
import type { ScreenOf } from '../../kiosk/screen.ts';
import type { Speech } from '../text/speech.ts';
import { icon } from './icons.ts';

export type AdverseFact = ScreenOf<'adverse-facts'>['adverse'][number];

export const factListStyles = css`
  .facts {
    display: grid;
    grid-template-columns: 1fr 1fr;
    gap: var(--gap);
  }
  .facts > section {
    display: flex;
    flex-direction: column;
    gap: var(--gap-s);
    padding: var(--gap-l);
    border-top: 0.3rem solid var(--good);
  }
  .facts > .against {
    border-top-color: var(--warn);
  }
  .facts h2 {
    font-size: var(--text-l);
    display: flex;
    align-items: center;
    gap: 0.5em;
  }
  .facts h2 svg.icon {
    color: var(--good);
  }
  .facts .against h2 svg.icon {
    color: var(--warn);
  }
  .facts li {
    padding: 0.45rem 0;
    border-top: 1px solid var(--rule);
  }
  .facts li:first-child {
    border-top: none;
  }
  .facts strong {
    display: block;
  }
`;

export function highlightList(title: string, highlights: readonly string[]): TemplateResult {
  return html`<section class="for card">
    <h2>${icon('check')}<span>${title}</span></h2>
    <ul>
      ${highlights.map((text) => html`<li><strong>${text}</strong></li>`)}
    </ul>
  </section>`;
}

/** @param isFull with the details, else title and distance */
export function adverseList(
  title: string,
  adverse: readonly AdverseFact[],
  { words, formats }: Speech,
  isFull: boolean,
): TemplateResult {
  return html`<section class="against card">
    <h2>${icon('warning')}<span>${title}</span></h2>
    ${
      adverse.length === 0
        ? html`<p>${words.unit.noAdverse}</p>`
        : html`<ul>
          ${adverse.map(
            (fact) => html`<li>
              <strong>${fact.title}</strong>
              <span class="soft small">${words.unit.distance(formats.number(fact.distanceM))}</span>
              ${isFull ? html`<p>${fact.detail}</p>` : ''}
            </li>`,
          )}
        </ul>`
    }
  </section>`;
}
