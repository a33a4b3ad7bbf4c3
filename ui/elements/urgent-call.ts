// What stands first where something cannot wait: the telephone number, large.
import { css, html, type TemplateResult } from 'lit';
import type { Tongue } from '../../kiosk/screen.ts';
import { filingWords } from '../text/filing-words.ts';
import { icon } from './icons.ts';

export const urgentStyles = css`
  .urgent-call {
    display: grid;
    grid-template-columns: auto 1fr;
    gap: var(--gap-xs) var(--gap);
    align-items: center;
    padding: var(--gap) var(--gap-l);
    border-radius: var(--round);
    background: var(--seal);
    color: #fff;
  }
  .urgent-call svg.icon {
    grid-row: span 3;
    width: 3.4rem;
    height: 3.4rem;
  }
  .urgent-call h2 {
    font-size: var(--text-l);
  }
  .urgent-call .number {
    font-size: 2.6rem;
  }
`;

export function urgentCall(phone: string, language: Tongue): TemplateResult {
  const { urgent } = filingWords[language];
  return html`<section class="urgent-call" role="alert">
    ${icon('phone')}
    <h2>${urgent.title}</h2>
    <strong class="number">${phone}</strong>
    <p>${urgent.text}</p>
  </section>`;
}
