// How the first choice divides its space: homes first, then service, then what is one's own; the card stands below.
import { css } from 'lit';

export const homeStyles = css`
  .ways {
    display: grid;
    grid-template: minmax(0, 1.8fr) minmax(0, 1.15fr) auto minmax(0, 1.2fr) / minmax(0, 1fr);
    gap: var(--gap);
  }
  button.board {
    position: relative;
    overflow: hidden;
    flex-direction: column;
    align-items: flex-start;
    justify-content: flex-start;
    gap: 0;
    padding: var(--gap-l);
    background: var(--seal);
    border-color: var(--seal);
    color: var(--on-seal);
  }
  button.board:active,
  button.board[aria-busy='true'] {
    background: var(--seal-deep);
  }
  .board strong {
    font-size: 2.7rem;
    line-height: 1.2;
  }
  .board .text {
    font-size: var(--text-l);
    color: var(--on-seal);
  }
  .board .text,
  .board strong {
    position: relative;
  }
  .board > svg.icon {
    display: none;
  }
  .board k-drawing {
    position: absolute;
    inset: 1rem 0 0 50%;
    opacity: 0.5;
    --drawing-line: var(--on-seal);
    --drawing-red: var(--gold);
  }
  .service {
    display: grid;
    grid-template-columns: 1fr 1fr;
    gap: var(--gap);
  }
  .own {
    display: contents;
  }
  .own h2 {
    display: flex;
    align-items: center;
    gap: 0.5em;
    margin-bottom: calc(-1 * var(--gap-s));
    font: 400 var(--text) / 1.4 var(--sans);
    color: var(--text-soft);
  }
  .own h2 svg.icon {
    width: 1.3em;
    height: 1.3em;
  }
  .four {
    display: grid;
    grid-template-columns: repeat(4, minmax(0, 1fr));
    gap: var(--gap-s);
  }
  button.answers {
    justify-content: flex-start;
    gap: var(--gap);
    min-height: var(--least);
    padding: var(--gap-xs) var(--gap);
    border-color: transparent;
    border-radius: 1rem;
    background: var(--surface-sunk);
    text-align: left;
  }
  .answers svg.icon:last-child {
    margin-left: auto;
  }
  .swipe {
    display: grid;
    gap: var(--gap);
    padding: var(--gap) var(--gap-l);
    background: var(--night);
    border-color: var(--night);
    color: #fff;
    border-radius: 1rem;
  }
  .hint {
    display: flex;
    align-items: center;
    gap: var(--gap);
  }
  .hint svg.icon {
    width: 3.6rem;
    height: 3.6rem;
    stroke-width: 1.1;
    color: var(--gold);
  }
  .hint h2 {
    font-size: var(--title);
  }
  .hint p {
    text-wrap: balance;
  }
  .swipe .when,
  .swipe .where,
  .hint p {
    color: var(--gold);
  }
  .join {
    display: grid;
    grid-template-columns: 1fr 1fr;
    gap: var(--gap-s);
  }
  .join button {
    min-height: var(--least);
    padding: var(--gap-xs) var(--gap-s);
    border: 2px solid color-mix(in srgb, var(--gold) 55%, var(--night));
    background: none;
    color: #fff;
  }
  .join button:active,
  .join button[aria-busy='true'] {
    background: var(--night-soft);
  }
  .join svg.icon {
    width: 1.6rem;
    height: 1.6rem;
    color: var(--gold);
  }
  .events {
    display: grid;
    gap: var(--gap-s);
    border-top: 1px solid var(--night-soft);
    padding-top: var(--gap);
  }
  :host([tight]) {
    gap: var(--gap);
  }
  :host([tight]) .swipe {
    gap: var(--gap-s);
    padding: var(--gap);
  }
  :host([tight]) .tile:not(.board) strong {
    font-size: var(--text-l);
  }
  :host([tight]) button.board {
    padding-block: var(--gap-s);
  }
  :host([tight]) .board strong {
    font-size: var(--headline);
  }
  :host([tight]) .ways {
    grid-template-rows: minmax(max-content, 1.2fr) minmax(max-content, 1fr) auto minmax(0, 1fr);
    gap: var(--gap-s);
  }
  :host([tight]) .own h2 {
    margin-bottom: calc(-1 * var(--gap-xs));
  }
  @media (orientation: landscape) {
    :host {
      display: grid;
      grid-template: auto minmax(0, 1fr) / minmax(0, 2.1fr) minmax(0, 1fr);
      gap: var(--gap-s) var(--gap);
    }
    .head {
      grid-area: 1 / 1;
    }
    .answers {
      grid-area: 1 / 2;
    }
    .ways,
    :host([tight]) .ways {
      grid-template: minmax(max-content, 1fr) auto minmax(0, 1.1fr) / minmax(0, 1.15fr) minmax(0, 1fr);
      gap: var(--gap-s) var(--gap);
    }
    .board {
      grid-area: 1 / 1 / 4 / 2;
    }
    button.board {
      padding: var(--gap);
    }
    .board strong {
      font-size: var(--headline);
    }
    .board .text {
      font-size: var(--text);
    }
    .board k-drawing {
      inset: 38% 0 0;
    }
    .service,
    .four {
      grid-template: 1fr 1fr / minmax(0, 1fr);
      gap: var(--gap-s);
    }
    .four {
      grid-template: 1fr 1fr / 1fr 1fr;
    }
    .swipe {
      align-content: space-between;
      gap: var(--gap-s);
      padding: var(--gap);
    }
    .hint svg.icon {
      width: 2.4rem;
      height: 2.4rem;
    }
    .hint h2 {
      font-size: var(--text-l);
    }
    .join svg.icon {
      display: none;
    }
    .events {
      padding-top: var(--gap-s);
    }
    .event {
      grid-template-columns: 1fr;
    }
    .event .where {
      grid-column: 1;
    }
    :host([tight]) {
      gap: var(--gap-s) var(--gap);
    }
    :host([tight]) .tile:not(.board) svg.icon {
      display: none;
    }
  }
  @container style(--layout: single) {
    .ways {
      display: grid;
      grid-template: none / minmax(0, 1fr) !important;
    }
    .service,
    .four {
      grid-template: none / minmax(0, 1fr) !important;
    }
    .ways > *,
    .own > * {
      grid-area: auto !important;
    }
    .board k-drawing {
      display: none;
    }
    .board strong {
      font-size: var(--headline);
    }
    button.tile.small {
      flex-direction: row;
      justify-content: flex-start;
      padding: var(--gap-s) var(--gap);
      text-align: left;
    }
  }
`;
