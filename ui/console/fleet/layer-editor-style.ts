// How the editor of a layer looks.
import { css } from 'lit';

export const layerEditorStyle = css`
  .editor { display: grid; grid-template-columns: minmax(0, 1fr); gap: 0.9rem; }
  .editor h3 { margin: 0; }
  .bar { margin: 0; }
  .values { display: grid; }
  .value { display: grid; grid-template-columns: minmax(11rem, 19rem) minmax(0, 1fr) auto; gap: 0.4rem 1rem; align-items: start; padding: 0.55rem 0 0.55rem 0.75rem; border-bottom: 1px solid var(--rule); border-left: 3px solid transparent; }
  .value.changed { border-left-color: var(--accent); }
  .value label { color: var(--text-main); font-size: 0.95rem; }
  .value code { color: var(--text-soft); font-size: 0.8rem; }
  .value :is(input, textarea), .json { width: 100%; font-family: ui-monospace, 'Noto Sans Mono', monospace; font-size: 0.92rem; }
  [aria-invalid='true'] { border-color: var(--bad); }
  .fault { color: var(--bad); margin-top: 0.25rem; }
  .add { display: flex; flex-wrap: wrap; gap: 0.6rem; align-items: center; }
  .add select { flex: 0 1 29rem; min-width: 0; }
  .conflict { margin: 0; }
  caption { text-align: left; padding-bottom: 0.3rem; }
  [role='status'] > .scroll { margin-top: 0.4rem; }
  .conflict table { color: var(--text-main); }
  .actions { align-items: center; margin-top: 0; }
  @media (max-width: 640px) { .value { grid-template-columns: 1fr; } }
`;
