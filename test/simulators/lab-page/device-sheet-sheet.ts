// How a device's sheet is drawn: a clipboard of cream paper over one half of the mat.
import { css } from 'lit';

export const deviceSheetSheet = css`
  section {
    display: flex;
    flex-direction: column;
    max-height: 100%;
    border-radius: 3px 14px 14px 3px;
    background: var(--paper);
    box-shadow:
      0 0 0 1px rgb(0 0 0 / 30%),
      0 24px 60px rgb(0 0 0 / 60%);
    color: var(--ink);
    overflow: hidden;
    animation: lay 200ms ease-out;
  }
  section:focus-visible {
    outline: none;
  }
  header {
    display: flex;
    align-items: center;
    gap: 0.8rem;
    padding: 0.7rem 0.8rem 0.6rem 1.1rem;
    border-bottom: 2px solid var(--vermilion);
  }
  h2 {
    font: 700 1.2rem / 1.2 var(--serif);
    color: var(--ink);
  }
  header .key {
    margin-inline-start: auto;
  }
  .body {
    flex: 1;
    min-height: 0;
    padding: 0.7rem 1.1rem 1rem;
    overflow: auto;
  }
  h3 {
    margin: 0.55rem 0 0.25rem;
    font: 600 0.86rem / 1.3 var(--sans);
    color: var(--ink-soft);
  }
  ul {
    display: grid;
    grid-template-columns: repeat(auto-fill, minmax(118px, 1fr));
    gap: 6px;
    margin: 0;
    padding: 0;
    list-style: none;
  }
  .printers {
    grid-template-columns: repeat(auto-fill, minmax(158px, 1fr));
    margin-top: 0.6rem;
  }
  .hint {
    margin: 0;
    font-size: 0.84rem;
    line-height: 1.45;
    color: var(--ink-soft);
  }
  .hint.busy {
    color: var(--vermilion);
    font-weight: 600;
  }
  .foot {
    margin-top: 0.7rem;
  }
  .tile {
    display: flex;
    flex-direction: column;
    gap: 1px;
    width: 100%;
    height: 100%;
    padding: 0.35rem 0.6rem 0.4rem;
    border: 1.5px solid #d8ccb2;
    border-radius: 9px;
    background: #fffdf7;
    font: 400 0.8rem / 1.35 var(--sans);
    color: var(--ink-soft);
    text-align: start;
    cursor: pointer;
  }
  .tile b {
    font: 600 0.92rem / 1.3 var(--sans);
    color: var(--ink);
  }
  .tile:hover {
    border-color: var(--jade);
  }
  .tile[aria-pressed='true'] {
    border-color: var(--jade);
    background: #e3f1e8;
    box-shadow: inset 0 0 0 1px var(--jade);
    cursor: default;
  }
  .tile[aria-disabled='true'] {
    opacity: 0.75;
    cursor: wait;
  }
  .faults {
    grid-template-columns: repeat(auto-fill, minmax(236px, 1fr));
    gap: 2px 18px;
  }
  .faults li {
    padding: 0.45rem 0;
    border-bottom: 1px solid #e6dcc6;
  }
  .faults li:has(.habit) {
    grid-column: 1 / -1;
  }
  .rocker {
    align-items: flex-start;
    width: 100%;
    padding: 0.1rem 0;
  }
  .rocker i {
    margin-top: 0.1rem;
    background: #8d8471;
    box-shadow: inset 0 1px 3px rgb(0 0 0 / 45%);
  }
  b {
    font: 600 0.92rem / 1.35 var(--sans);
  }
  small {
    display: block;
    font: 400 0.8rem / 1.45 var(--sans);
    color: var(--ink-soft);
  }
  .once {
    display: grid;
    justify-items: start;
    gap: 0.35rem;
  }
  .once .key {
    min-height: 2.2rem;
    box-shadow:
      0 2px 0 #b3a387,
      0 3px 7px rgb(0 0 0 / 22%);
  }
  .choices button {
    white-space: nowrap;
  }
  .habit {
    display: grid;
    justify-items: start;
    gap: 0.3rem;
  }
  @keyframes lay {
    from {
      opacity: 0;
      transform: translateY(10px);
    }
  }
`;
