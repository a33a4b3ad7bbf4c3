// The style sheets that screens and elements share: text, surfaces and buttons.
import { css } from 'lit';
import { oneColumn } from './one-column.ts';

export const base = css`
  ${oneColumn}
  *,
  *::before,
  *::after {
    box-sizing: border-box;
  }
  :host {
    font-size: var(--text);
    line-height: 1.45;
    color: var(--text-main);
  }
  [hidden] {
    display: none !important;
  }
  h1,
  h2,
  h3,
  p,
  ul,
  ol,
  dl,
  dd {
    margin: 0;
    padding: 0;
  }
  ul,
  ol {
    list-style: none;
  }
  h1,
  h2,
  h3 {
    font-family: var(--serif);
    font-weight: 700;
    line-height: 1.2;
    text-wrap: balance;
  }
  h1 {
    font-size: var(--headline);
  }
  h1:focus {
    outline: none;
  }
  h1:focus-visible {
    outline: var(--focus-heading);
    outline-offset: 3px;
    border-radius: 0.2rem;
  }
  h2 {
    font-size: var(--title);
  }
  h3 {
    font-size: var(--text-l);
  }
  .soft {
    color: var(--text-soft);
  }
  .small {
    font-size: var(--text-s);
  }
  .number {
    font-family: var(--serif);
    font-weight: 700;
    font-variant-numeric: tabular-nums lining-nums;
    line-height: 1;
  }
  .card {
    background: var(--surface-raised);
    border: 1px solid var(--rule);
    border-radius: var(--round);
    padding: var(--gap);
  }
  svg.icon {
    width: 1.6em;
    height: 1.6em;
    flex: none;
    fill: none;
    stroke: currentColor;
    stroke-width: 1.7;
    stroke-linecap: round;
    stroke-linejoin: round;
  }
  @container style(--motion: none) {
    *,
    *::before,
    *::after {
      animation: none !important;
      transition: none !important;
    }
  }
  @media (prefers-reduced-motion: reduce) {
    *,
    *::before,
    *::after {
      animation: none !important;
      transition: none !important;
    }
  }
`;

export const buttons = css`
  button {
    font: inherit;
    color: inherit;
    background: var(--surface-raised);
    border: 2px solid var(--rule-strong);
    border-radius: var(--round);
    min-height: var(--target);
    min-width: var(--target);
    padding: 0.4em 1.2em;
    display: inline-flex;
    align-items: center;
    justify-content: center;
    gap: 0.55em;
    text-align: center;
    line-height: 1.25;
    cursor: inherit;
    touch-action: manipulation;
  }
  button:active,
  button[aria-busy='true'] {
    background: var(--surface-sunk);
    transform: translateY(2px);
  }
  button:focus-visible {
    outline: var(--focus);
    outline-offset: 3px;
  }
  button:disabled {
    color: var(--text-soft);
    border-color: var(--rule);
    background: transparent;
  }
  button.primary {
    background: var(--seal);
    border-color: var(--seal);
    color: #fff;
    font-size: var(--text-l);
    font-weight: 700;
    min-height: 3.9rem;
    padding-inline: 2.2rem;
  }
  button.primary:active,
  button.primary[aria-busy='true'] {
    background: var(--seal-deep);
    border-color: var(--seal-deep);
  }
  button.primary:disabled {
    background: var(--surface-sunk);
    border-color: var(--rule);
    color: var(--text-soft);
  }
`;

/** How a screen fills the space between the two bars. */
export const page = css`
  :host {
    display: flex;
    flex-direction: column;
    gap: var(--gap-l);
    min-height: 0;
    min-width: 0;
    height: var(--page-height, 100%);
    padding: var(--gap) var(--edge) var(--gap-l);
  }
  .lead {
    font-size: var(--text-l);
    color: var(--text-soft);
  }
  .head {
    display: grid;
    gap: var(--gap-xs);
  }
  .fill {
    flex: 1;
    min-height: 0;
  }
  .actions {
    display: flex;
    flex-wrap: wrap;
    gap: var(--gap);
    justify-content: flex-end;
  }
  @media (orientation: landscape) {
    :host {
      gap: var(--gap);
      padding-block: var(--gap-s) var(--gap);
    }
  }
  /* one column, whatever the screen's own plan is */
  @container style(--layout: single) {
    :host {
      display: flex !important;
      flex-direction: column !important;
    }
  }
`;

/** What is typed into, with keys of the screen's own. */
export const textField = css`
  input,
  textarea {
    flex: 1;
    min-width: 0;
    border: 2px solid var(--rule-strong);
    border-radius: var(--round);
    background: var(--surface-raised);
    color: inherit;
    font: inherit;
    font-size: var(--text-l);
    user-select: text;
  }
  input::placeholder,
  textarea::placeholder {
    color: var(--text-soft);
    opacity: 1;
  }
  input:focus-visible,
  textarea:focus-visible {
    outline: var(--focus);
  }
`;

/** Rows of small buttons that narrow down what is listed, each row with its name. */
export const filters = css`
  .filters {
    display: grid;
    gap: var(--gap-s);
  }
  .filters button {
    min-height: 2.5rem;
    min-width: 2.5rem;
    padding: 0.2em 0.8em;
    border-width: 1.5px;
    font-size: var(--text-s);
  }
  .filters button[aria-pressed='true'] {
    background: var(--night);
    border-color: var(--night);
    color: #fff;
  }
  .name {
    font-size: var(--text-s);
    color: var(--text-soft);
  }
  .swatch {
    width: 1.3em;
    height: 1.3em;
    border-radius: 0.2em;
  }
  @media (orientation: landscape) {
    .filters {
      display: flex;
      flex-wrap: wrap;
      gap: var(--gap-xs) var(--gap-l);
    }
    .filters button {
      min-height: max(2.25rem, 12 * var(--mm, 0px));
      min-width: max(2.25rem, 12 * var(--mm, 0px));
      padding-inline: 0.7em;
    }
  }
`;
