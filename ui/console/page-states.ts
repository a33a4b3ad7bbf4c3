// What stands where there is nothing to show: it is on its way, there is none, or reading failed.
import { css, html, nothing, svg, type TemplateResult } from 'lit';
import { problemText, type Texts } from './text.ts';

/** Seen only by who waits longer than 0.4 s: what is quick must not flicker. */
export const pageStatesStyle = css`
  .empty {
    display: grid; justify-items: center; gap: 0.6rem; padding: 1.6rem 1.5rem; text-align: center; color: var(--text-soft);
    background: var(--surface-raised); border: 1px dashed var(--rule-strong); border-radius: var(--radius);
  }
  .empty svg { width: 2.2rem; height: 2.2rem; fill: none; stroke: var(--rule-strong); stroke-width: 1.5; stroke-linecap: round; stroke-linejoin: round; }
  .empty p { max-width: 44rem; }
  .waiting { display: grid; gap: 0.8rem; padding: 1.1rem 1.25rem; animation: appear 0.2s 0.4s both; }
  .panel :is(.empty, .waiting) { border: 0; background: none; box-shadow: none; }
  .waiting i { height: 0.9rem; border-radius: 5px; background: var(--surface-sunk); animation: breathe 1.6s ease-in-out infinite alternate; }
  .waiting i:nth-child(3n) { width: 72%; }
  .waiting i:nth-child(3n + 1) { width: 88%; }
  .problem {
    display: flex; flex-wrap: wrap; gap: 0.75rem; align-items: center; margin-bottom: 1rem; padding: 0.7rem 1rem;
    border: 1px solid var(--bad); border-left-width: 5px; border-radius: var(--radius); background: var(--bad-wash); color: var(--bad);
  }
  .problem > :first-child { flex: 1 1 20rem; }
  @keyframes appear { from { opacity: 0; } }
  @keyframes breathe { to { opacity: 0.45; } }
  @media (prefers-reduced-motion: reduce) { .waiting i { animation: none; } }
`;

const tray = svg`<path d="M4 13.5l2.6-8h10.8l2.6 8V19H4zM4 13.5h5l1 2.2h4l1-2.2h5"/>`;

/** @param lines how tall the thing is going to be, about */
function waiting(text: Texts, lines = 6): TemplateResult {
  return html`<div class="panel waiting" role="status">
    <span class="soft small">${text.loading}</span>
    ${Array.from({ length: lines }, () => html`<i aria-hidden="true"></i>`)}
  </div>`;
}

/** @param said that there is none, and what would bring one here */
function empty(said: string, act: TemplateResult | typeof nothing = nothing): TemplateResult {
  return html`<div class="empty" role="status">
    <svg viewBox="0 0 24 24" aria-hidden="true">${tray}</svg><p>${said}</p>${act}
  </div>`;
}

function problem(text: Texts, code: string, retry: () => void): TemplateResult {
  return html`<div class="problem" role="alert">
    <span>${problemText(text, code)}</span><button @click=${retry}>${text.retry}</button>
  </div>`;
}

export const pageStates = { waiting, empty, problem } as const;
