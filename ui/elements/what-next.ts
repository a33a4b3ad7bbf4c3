// What comes next, step by step: who does what by when, and where to look.
import { css, html, type TemplateResult } from 'lit';
import { type IconName, icon } from './icons.ts';

export interface NextStep {
  readonly sign: IconName;
  readonly text: string;
  /** what is smaller beside it */
  readonly more?: readonly string[];
}

export const whatNextStyles = css`
  .what-next {
    display: grid;
    align-content: start;
    gap: var(--gap-s);
  }
  .what-next h2 {
    font-size: var(--title);
  }
  .what-next ol {
    display: grid;
  }
  .what-next li {
    display: grid;
    grid-template-columns: 3.4rem minmax(0, 1fr);
    align-items: center;
    gap: 0 var(--gap);
    padding-bottom: var(--gap-s);
    position: relative;
  }
  /* the way from step to step */
  .what-next li:not(:last-child)::before {
    content: '';
    position: absolute;
    inset: 3.4rem auto 0 1.6rem;
    width: 0.2rem;
    background: var(--rule);
  }
  .what-next .step {
    display: grid;
    place-items: center;
    width: 3.4rem;
    height: 3.4rem;
    border: 2px solid var(--good);
    border-radius: 50%;
    background: var(--good-wash);
    color: var(--good);
  }
  .what-next strong {
    display: block;
    font-size: var(--text-l);
  }
  .what-next strong,
  .what-next .more {
    overflow-wrap: anywhere;
    text-wrap: balance;
  }
  .what-next .more {
    display: block;
    color: var(--text-soft);
  }
  @media (orientation: landscape) {
    .what-next li {
      grid-template-columns: 2.4rem minmax(0, 1fr);
      padding-bottom: var(--gap-s);
    }
    .what-next .step {
      width: 2.4rem;
      height: 2.4rem;
    }
    .what-next .step svg.icon {
      width: 1.3rem;
      height: 1.3rem;
    }
    .what-next li:not(:last-child)::before {
      inset: 2.4rem auto 0 1.1rem;
    }
    .what-next h2,
    .what-next strong {
      font-size: var(--text);
    }
    .what-next .more {
      font-size: var(--text-s);
    }
  }
`;

export function whatNext(title: string, steps: readonly NextStep[]): TemplateResult {
  return html`<section class="what-next">
    <h2>${title}</h2>
    <ol>
      ${steps.map(
        ({ sign, text, more = [] }) => html`<li>
          <span class="step">${icon(sign)}</span>
          <span><strong>${text}</strong>${more.map((line) => html`<span class="more">${line}</span>`)}</span>
        </li>`,
      )}
    </ol>
  </section>`;
}
