// What was chosen and said, line by line, before something is sent or signed up for.
import { css, html, nothing } from 'lit';

/** `<dl class="card">` with `toldLine`s. */
export const toldListStyles = css`
  dl.card {
    display: grid;
    grid-template-columns: auto 1fr;
    gap: var(--gap) var(--gap-l);
    padding: var(--gap-l);
    font-size: var(--text-l);
  }
  dt {
    color: var(--text-soft);
  }
  dd {
    font-weight: 700;
    overflow-wrap: anywhere;
  }
`;

/** Nothing for what was not said. @param look class of the value */
export function toldLine(label: string, value: string | null, look = '') {
  return value === null ? nothing : html`<dt>${label}</dt><dd class=${look}>${value}</dd>`;
}
