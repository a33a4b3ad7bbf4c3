// How the floors × units of a building look, and how a home says more the larger it is.
import { css } from 'lit';

export const unitGridStyles = css`
  :host {
    display: block;
    overflow-x: auto;
    overflow-y: hidden;
    scrollbar-width: none;
    touch-action: pan-x pan-y;
    --size: 1;
  }
  :host([zoom='1']) {
    --size: 1.6;
  }
  :host([zoom='2']) {
    --size: 2.4;
  }
  :host([zoom='3']) {
    --size: 3.6;
  }
  .floors {
    width: calc(100% * var(--size));
  }
  .floor {
    display: grid;
    grid-template-columns: 2rem repeat(var(--columns), minmax(0, 1fr));
    gap: 0.22rem;
    margin-bottom: 0.22rem;
  }
  .level {
    position: sticky;
    left: 0;
    z-index: 1;
    align-self: stretch;
    display: grid;
    place-content: center;
    background: var(--surface);
    font-size: var(--text-s);
    color: var(--text-soft);
  }
  button {
    --c: #888;
    position: relative;
    display: grid;
    gap: 0;
    align-content: center;
    min-height: 2.5rem;
    min-width: 0;
    padding: 0.1rem 0.15rem 0.1rem 0.85rem;
    border: 1.5px solid color-mix(in srgb, var(--c) 55%, #fff);
    border-radius: 0.35rem;
    background: color-mix(in srgb, var(--c) 13%, #fffdf8);
    line-height: 1.08;
    overflow: hidden;
    touch-action: pan-x pan-y;
  }
  button:active {
    background: color-mix(in srgb, var(--c) 40%, #fffdf8);
  }
  button::before {
    content: '';
    position: absolute;
    inset: 0 auto 0 0;
    width: 0.7rem;
    border-right: 1px solid var(--c);
    background-color: var(--ground, #fff);
    background-image: var(--mark, none);
    background-size: var(--tile, auto);
  }
  b {
    font-family: var(--serif);
    font-size: 0.9rem;
    font-variant-numeric: tabular-nums;
  }
  .word {
    font-size: 0.68rem;
  }
  :host([dense]) .word {
    font-size: 0.52rem;
    letter-spacing: -0.01em;
  }
  :host([dense]) button {
    padding: 0.1rem 0.1rem 0.1rem 0.5rem;
  }
  :host([dense]) button::before {
    width: 0.42rem;
  }
  button.open b {
    color: var(--accent-deep);
  }
  /* twice the size is fewer side by side: a floor goes on below */
  @container style(--layout: single) {
    .floor {
      grid-template-columns: repeat(4, minmax(0, 1fr));
    }
    .level {
      grid-column: 1 / -1;
      text-align: start;
    }
    .floor button {
      grid-auto-flow: row;
    }
  }
  @media (orientation: landscape) {
    button {
      min-height: 3rem;
    }
    :host([dense]) .word {
      font-size: 0.66rem;
    }
  }
  /* larger: what the label says to everybody is drawn as well */
  :host([zoom]) button {
    min-height: 4.4rem;
    padding-left: 1.5rem;
  }
  :host([zoom]) button::before {
    width: 1.1rem;
  }
  :host([zoom]) b {
    font-size: 1.15rem;
  }
  :host([zoom]) .word {
    font-size: 0.86rem;
    letter-spacing: 0;
  }
  :host([zoom='2']) button,
  :host([zoom='3']) button {
    min-height: 6.6rem;
  }
  :host([zoom='2']) button::after,
  :host([zoom='3']) button::after {
    content: attr(data-more);
    white-space: pre-line;
    font-size: 0.8rem;
    line-height: 1.3;
  }
  :host([zoom='3']) b {
    font-size: 1.5rem;
  }
  :host([zoom='3']) .word,
  :host([zoom='3']) button::after {
    font-size: 1rem;
  }
`;
