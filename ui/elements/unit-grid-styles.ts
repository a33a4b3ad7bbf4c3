// How the floors × units of a building look, and how a home says more the larger it is.
import { css } from 'lit';

/* No tile is positioned or cuts anything off: each would be a layer of its own to draw, a thousand times. */
export const unitGridStyles = css`
  :host {
    display: block;
    overflow-x: auto;
    overflow-y: hidden;
    scrollbar-width: none;
    touch-action: pan-x pan-y;
    --size: 1;
    --tile-height: 2.5rem;
    --band: 0.7rem;
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
    /* a finger's width each, however many there are */
    min-width: calc(2rem + var(--columns) * 2.72rem);
  }
  /* what is out of sight is neither laid out nor drawn */
  .floor {
    display: grid;
    grid-template-columns: 2rem repeat(var(--columns), minmax(0, 1fr));
    gap: 0.22rem;
    padding-bottom: 0.22rem;
    content-visibility: auto;
    contain-intrinsic-height: auto calc(var(--tile-height) + 0.22rem);
  }
  .level {
    display: grid;
    place-content: center;
    font-size: var(--text-s);
    color: var(--text-soft);
    background: var(--surface);
  }
  :host([wide]) .level,
  :host([zoom]) .level {
    position: sticky;
    left: 0;
    z-index: 1;
  }
  /* one box a home: its band is a picture at its left edge */
  button {
    --c: #888;
    --face: color-mix(in srgb, var(--c) 7%, var(--surface-raised));
    display: block;
    min-height: var(--tile-height);
    min-width: 0;
    padding: 0 0 0 var(--band);
    border: 1.5px solid color-mix(in srgb, var(--c) 35%, var(--surface));
    border-radius: 0.35rem;
    background-color: var(--face);
    background-image: var(--mark, linear-gradient(var(--ground, transparent), var(--ground, transparent)));
    background-size: var(--band) 100%;
    background-repeat: no-repeat;
    color: var(--text-soft);
    font-family: var(--serif);
    font-size: 0.9rem;
    font-variant-numeric: tabular-nums;
    line-height: 1.1;
    text-align: center;
    touch-action: pan-x pan-y;
  }
  /* what can be bought stands out from what cannot */
  button.open {
    --face: color-mix(in srgb, var(--c) 24%, var(--surface-raised));
    border-color: var(--c);
    color: var(--text-main);
    font-weight: 700;
  }
  button:active {
    --face: color-mix(in srgb, var(--c) 45%, var(--surface-raised));
    transform: none;
  }
  button:focus-visible {
    outline-offset: -4px;
  }
  button.p-dots {
    background-size: var(--band) var(--band);
    background-repeat: repeat-y;
  }
  button::after {
    content: attr(data-word);
    display: block;
    font: 400 0.72rem/1.15 var(--sans);
  }
  .kept::after {
    color: var(--accent);
    font-weight: 700;
  }
  /* what would be too small to read is left to colour and pattern, and comes with the next size */
  :host([dense]:not([zoom])) {
    --band: 0.75rem;
  }
  :host([dense]:not([zoom])) button {
    font-size: 0.92rem;
  }
  :host([dense]:not([zoom])) button::after {
    content: none;
  }
  :host([dense]:not([zoom])) .kept::after {
    content: '♥';
  }
  :host([wide]:not([zoom])) {
    --band: 0.45rem;
  }
  :host([wide]:not([zoom])) button {
    font-size: 0.82rem;
  }
  /* twice the size is fewer side by side: a floor goes on below */
  @container style(--layout: single) {
    .floors {
      width: auto;
      min-width: 0;
    }
    .floor {
      grid-template-columns: repeat(4, minmax(0, 1fr));
      contain-intrinsic-height: auto calc(2 * var(--tile-height) + 2rem);
    }
    .level {
      grid-column: 1 / -1;
      justify-content: start;
    }
  }
  @media (orientation: landscape) {
    :host {
      --tile-height: 3rem;
    }
  }
  /* larger: what the label says to everybody is drawn as well */
  :host([zoom]) {
    --tile-height: 4.4rem;
    --band: 1.1rem;
  }
  :host([zoom]) button {
    font-size: 1.15rem;
  }
  :host([zoom]) button::after {
    font-size: 0.86rem;
  }
  :host([zoom='2']) {
    --tile-height: 6.6rem;
  }
  :host([zoom='3']) {
    --tile-height: 8.6rem;
  }
  :host([zoom='2']) button::after,
  :host([zoom='3']) button::after {
    content: attr(data-word) '\\A' attr(data-more);
    white-space: pre-line;
    font-size: 0.8rem;
    line-height: 1.35;
  }
  :host([zoom='3']) button {
    font-size: 1.5rem;
  }
  :host([zoom='3']) button::after {
    font-size: 1rem;
  }
`;
