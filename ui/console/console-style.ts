// What the console's elements share: controls, panels, tables, notices.
import { css } from 'lit';

export const consoleStyle = css`
  :host { display: block; }
  * { box-sizing: border-box; }
  h2, h3, p { margin: 0; }
  h2 { font-size: 1.25rem; font-weight: 600; }
  button, select, input, textarea {
    font: inherit; color: inherit; border: 1px solid var(--rule-strong); border-radius: 8px;
    background: var(--surface-raised); padding: 0.45rem 0.8rem; min-height: 2.5rem;
  }
  button { cursor: pointer; font-weight: 500; }
  button:hover:not(:disabled) { border-color: var(--accent); }
  button.primary { background: var(--seal); border-color: var(--seal); color: var(--on-seal); }
  button.primary:hover:not(:disabled) { background: var(--seal-deep); }
  button.danger { color: var(--bad); }
  button:disabled { opacity: 0.55; cursor: default; }
  :focus-visible { outline: var(--focus); outline-offset: 2px; }
  label { display: grid; gap: 0.25rem; font-size: 0.9rem; color: var(--text-soft); }
  label > :is(input, select, textarea) { color: var(--text-main); font-size: 1rem; }
  .panel { background: var(--surface-raised); border: 1px solid var(--rule); border-radius: var(--radius); box-shadow: var(--shadow); }
  .bar { display: flex; flex-wrap: wrap; align-items: center; gap: 0.75rem; margin-bottom: 1rem; }
  .bar .grow { flex: 1; }
  a { color: var(--accent); }
  .nowrap { white-space: nowrap; }
  .soft { color: var(--text-soft); }
  .small { font-size: 0.87rem; }
  .empty { padding: 3rem 1.5rem; text-align: center; color: var(--text-soft); }
  .problem {
    display: flex; flex-wrap: wrap; gap: 0.75rem; align-items: center; margin-bottom: 1rem; padding: 0.7rem 1rem;
    border: 1px solid var(--bad); border-radius: var(--radius); background: var(--bad-wash); color: var(--bad);
  }
  .tag {
    display: inline-flex; align-items: center; gap: 0.35rem; padding: 0.1rem 0.6rem; border-radius: 999px;
    background: var(--surface-sunk); color: var(--text-soft); font-size: 0.85rem; font-weight: 500; white-space: nowrap;
  }
  .tag.good { background: var(--good-wash); color: var(--good); }
  .tag.warn { background: var(--warn-wash); color: var(--warn); }
  .tag.bad { background: var(--bad-wash); color: var(--bad); }
  .chips { display: flex; flex-wrap: wrap; gap: 0.4rem; }
  .chips button { border-radius: 999px; min-height: 2.25rem; padding: 0.25rem 0.95rem; }
  .chips button[aria-pressed='true'] { background: var(--accent-wash); border-color: var(--accent); color: var(--accent); }
  table { width: 100%; border-collapse: collapse; font-variant-numeric: tabular-nums; }
  th { text-align: left; font-size: 0.85rem; font-weight: 500; color: var(--text-soft); }
  th, td { padding: 0.7rem 1rem; border-bottom: 1px solid var(--rule); }
  tr:last-child > td { border-bottom: 0; }
  .number { text-align: right; }
  dialog {
    width: min(36rem, calc(100vw - 2rem)); max-height: calc(100vh - 2rem); padding: 1.25rem; border: 0;
    border-radius: 14px; background: var(--surface-raised); color: var(--text-main); box-shadow: var(--lift-high);
  }
  dialog::backdrop { background: rgb(28 38 36 / 45%); }
  .actions { display: flex; flex-wrap: wrap; justify-content: flex-end; gap: 0.6rem; margin-top: 1.1rem; }
  input[type='file'] { max-width: 100%; }
  @media (max-width: 640px) {
    th, td { padding: 0.6rem 0.7rem; }
    .panel:has(table) { overflow-x: auto; }
    .bar > * { max-width: 100%; }
  }
`;
