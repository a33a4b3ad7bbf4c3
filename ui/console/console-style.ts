// What the console's elements share: controls, panels, tables, notices.
import { css } from 'lit';
import { pageStatesStyle } from './page-states.ts';

export const consoleStyle = css`
  ${pageStatesStyle}
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
  .bar > label { display: flex; align-items: center; gap: 0.5rem; white-space: nowrap; }
  a { color: var(--accent); }
  .nowrap { white-space: nowrap; }
  .soft { color: var(--text-soft); }
  .small { font-size: 0.87rem; }
  .written { white-space: pre-line; overflow-wrap: anywhere; }
  .tag {
    display: inline-flex; align-items: center; gap: 0.35rem; padding: 0.1rem 0.6rem; border-radius: 999px;
    background: var(--surface-sunk); color: var(--text-soft); font-size: 0.85rem; font-weight: 500; white-space: nowrap;
  }
  .tag:is(.good, .warn, .bad, .off)::before {
    content: ''; flex: none; width: 0.55rem; height: 0.55rem; border-radius: 50%; background: currentcolor; print-color-adjust: exact;
  }
  .tag.warn::before { border-radius: 0; clip-path: polygon(50% 4%, 100% 96%, 0 96%); }
  .tag.bad::before { border-radius: 0; clip-path: polygon(50% 0, 100% 50%, 50% 100%, 0 50%); }
  .tag.off::before { background: none; border: 2px solid; }
  .tag.good { background: var(--good-wash); color: var(--good); }
  .tag.warn { background: var(--warn-wash); color: var(--warn); }
  .tag.bad { background: var(--bad-wash); color: var(--bad); }
  .chips { display: flex; flex-wrap: wrap; gap: 0.4rem; }
  .chips button { border-radius: 999px; min-height: 2.25rem; padding: 0.25rem 0.95rem; }
  .chips button[aria-pressed='true'] { background: var(--accent-wash); border-color: var(--accent); color: var(--accent); }
  table { width: 100%; border-collapse: collapse; font-variant-numeric: tabular-nums; }
  th { text-align: left; font-size: 0.85rem; font-weight: 500; color: var(--text-soft); }
  th, td { padding: 0.55rem 1rem; border-bottom: 1px solid var(--rule); }
  tr:last-child > td { border-bottom: 0; }
  .number { text-align: right; }
  td.number { white-space: nowrap; }
  td :is(button, select) { min-height: 1.95rem; padding: 0.1rem 0.65rem; font-size: 0.93rem; white-space: nowrap; }
  dialog {
    width: min(36rem, calc(100vw - 2rem)); max-height: calc(100vh - 2rem); padding: 1.25rem; border: 0;
    border-radius: 14px; background: var(--surface-raised); color: var(--text-main); box-shadow: 0 0 0 1px var(--rule), var(--lift-high);
  }
  dialog::backdrop { background: rgb(10 16 15 / 55%); }
  .actions { display: flex; flex-wrap: wrap; justify-content: flex-end; gap: 0.6rem; margin-top: 1.1rem; }
  input[type='file'] { max-width: 100%; }
  .file {
    display: inline-flex; align-items: center; min-height: 2.5rem; padding: 0.45rem 0.8rem; cursor: pointer; font-size: 1rem;
    border: 1px solid var(--rule-strong); border-radius: 8px; background: var(--surface-raised); color: var(--text-main); font-weight: 500;
  }
  .file:hover { border-color: var(--accent); }
  .file:focus-within { outline: var(--focus); outline-offset: 2px; }
  .file input { position: absolute; width: 1px; height: 1px; min-height: 0; padding: 0; opacity: 0; }
  kbd {
    padding: 0 0.4rem; border: 1px solid var(--rule-strong); border-bottom-width: 2px; border-radius: 5px; font: inherit;
    font-size: 0.85em; background: var(--surface);
  }
  @media (max-width: 640px) {
    th, td { padding: 0.6rem 0.7rem; }
    .panel:has(table) { overflow-x: auto; }
    .bar > * { max-width: 100%; }
  }
  @media print {
    .panel { box-shadow: none; }
    .bar :is(button, select, input, label, a), .chips, .actions { display: none; }
    tr, .panel { break-inside: avoid; }
    thead { display: table-header-group; }
  }
`;
