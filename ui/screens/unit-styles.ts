// How the page of one home divides its space in portrait and landscape.
import { css } from 'lit';

export const unitStyles = css`
  :host {
    display: grid;
    grid-template:
      'title' auto
      'numbers' auto
      'plan' minmax(17rem, 1fr)
      'weighed' minmax(0, auto)
      'read' auto
      'take' auto / minmax(0, 1fr);
    gap: var(--gap-s);
  }
  /* figures want room: what is taken along waits, what speaks against the home does not */
  :host([reckoning]) .take {
    display: none;
  }
  :host([reckoning]) {
    grid-template-rows: auto auto minmax(24rem, 1fr) minmax(0, auto) auto;
  }
  :host([looking]) {
    grid-template: minmax(0, 1fr) / minmax(0, 1fr);
  }
  .title {
    grid-area: title;
    display: grid;
    grid-template-columns: 1fr auto;
    gap: 0 var(--gap);
    align-items: end;
  }
  .title .name {
    display: flex;
    flex-wrap: wrap;
    align-items: center;
    gap: 0 var(--gap);
    grid-column: 1;
  }
  .title > .soft {
    grid-column: 1;
  }
  .price {
    grid-area: 1 / 2 / 4 / 3;
    text-align: right;
  }
  .price .number {
    display: block;
    font-size: 3.4rem;
    color: var(--accent);
  }
  h1 {
    font-size: 3.2rem;
    font-variant-numeric: tabular-nums;
  }
  .heart svg.icon {
    color: var(--accent);
  }
  .heart[aria-pressed='true'] {
    border-color: var(--seal);
  }
  .heart[aria-pressed='true'] svg.icon {
    fill: currentColor;
  }
  .state {
    display: inline-flex;
    align-items: center;
    gap: 0.5em;
    padding: 0.25em 1em;
    border: 2px solid var(--c);
    border-radius: 2em;
    font-weight: 700;
    background: var(--surface-raised);
  }
  .state .swatch {
    width: 1.2em;
    height: 1.2em;
    border-radius: 0.2em;
  }
  .look {
    grid-area: plan;
    min-height: 0;
    min-width: 0;
    display: grid;
    grid-template-rows: auto minmax(0, 1fr);
    gap: var(--gap-s);
  }
  .sides {
    display: grid;
    grid-template-columns: repeat(4, 1fr);
    gap: var(--gap-s);
  }
  .sides button {
    min-height: 2.5rem;
    padding: 0.2em 0.3em;
    border-width: 1.5px;
    font-size: var(--text-s);
  }
  .sides button[aria-pressed='true'] {
    background: var(--night);
    border-color: var(--night);
    color: #fff;
  }
  .sun {
    display: grid;
    grid-template-columns: 1.2fr 1fr;
    gap: var(--gap);
    min-height: 0;
  }
  .sun > svg {
    width: 100%;
    height: 100%;
    min-height: 0;
    font-family: var(--sans);
  }
  .sun > k-sun-path {
    min-height: 0;
  }
  .parts {
    display: grid;
    align-content: center;
    gap: var(--gap);
  }
  .parts dl > div {
    display: flex;
    justify-content: space-between;
    align-items: end;
    gap: var(--gap);
    padding-block: var(--gap-s);
    border-bottom: 1px solid var(--rule);
  }
  .parts dd {
    font-variant-numeric: tabular-nums;
    white-space: nowrap;
  }
  .parts .total {
    border-bottom: 0;
    font-size: var(--text-l);
  }
  .parts .total dd {
    color: var(--accent);
  }
  figure {
    min-height: 0;
    margin: 0;
    display: grid;
    grid-template-rows: minmax(0, 1fr) auto;
    gap: var(--gap-xs);
  }
  figure.card {
    padding: var(--gap-s);
  }
  figcaption {
    text-align: center;
  }
  .numbers {
    grid-area: numbers;
    display: grid;
    grid-template-columns: repeat(4, auto);
    gap: var(--gap-s);
  }
  .numbers > div {
    padding-left: var(--gap);
    border-left: 0.2rem solid var(--rule);
  }
  dt {
    color: var(--text-soft);
    font-size: var(--text-s);
  }
  dd {
    font-weight: 700;
  }
  .weighed {
    grid-area: weighed;
  }
  .facts > section {
    padding: var(--gap-s) var(--gap);
    gap: var(--gap-xs);
  }
  .facts li {
    padding-block: 0.3rem;
  }
  .facts .against li {
    display: flex;
    flex-wrap: wrap;
    justify-content: space-between;
    align-items: baseline;
    gap: 0 var(--gap-s);
  }
  /* below both lists, where no scrolling hides it */
  .read {
    grid-area: read;
    min-height: 2.7rem;
    border-color: var(--warn);
    color: var(--warn);
    font-weight: 700;
  }
  .drawing {
    position: relative;
    min-height: 0;
  }
  /* the whole drawing is what is tapped */
  .enlarge {
    position: absolute;
    inset: 0;
    display: block;
    padding: 0;
    border: 0;
    background: none;
  }
  .enlarge:active {
    background: rgb(0 0 0 / 6%);
    transform: none;
  }
  @container style(--layout: single) {
    .drawing {
      min-height: 13rem;
    }
  }
  .drawing k-floor-plan {
    position: absolute;
    inset: 0;
  }
  .enlarge svg.icon {
    position: absolute;
    right: 0.3rem;
    bottom: 0.3rem;
    width: 2.4rem;
    height: 2.4rem;
    padding: 0.4rem;
    border-radius: 50%;
    background: var(--surface-sunk);
  }
  .take {
    grid-area: take;
    display: grid;
    grid-template-columns: 6.6rem 1fr;
    align-items: center;
    gap: var(--gap-l);
    padding: var(--gap-s) var(--gap);
  }
  .take > div {
    display: flex;
    flex-direction: column;
    align-items: flex-start;
    gap: var(--gap-s);
  }
  .row {
    display: flex;
    flex-wrap: wrap;
    gap: var(--gap-s);
  }
  @media (orientation: landscape) {
    :host {
      grid-template:
        'title plan' auto
        'numbers plan' auto
        'weighed plan' minmax(0, 1fr)
        'weighed take' auto
        'read take' auto / minmax(0, 1.3fr) minmax(0, 1fr);
      gap: var(--gap-s) var(--gap-l);
    }
    h1 {
      font-size: 2.4rem;
    }
    .price .number {
      font-size: 2.4rem;
    }
    .numbers {
      gap: var(--gap-xs) var(--gap);
    }
    :host([reckoning]) {
      grid-template:
        'title plan' auto
        'numbers plan' auto
        'weighed plan' minmax(0, 1fr)
        'read plan' auto / minmax(0, 1.3fr) minmax(0, 1fr);
    }
    :host([looking]) {
      grid-template: minmax(0, 1fr) / minmax(0, 1fr);
    }
    .numbers > div {
      padding-left: var(--gap-s);
    }
    .take {
      grid-template-columns: 7rem 1fr;
      gap: var(--gap);
      padding: var(--gap-s) var(--gap);
    }
    .sides button {
      min-height: 3rem;
    }
    .take .primary {
      min-height: var(--target);
      padding-inline: 1.2rem;
    }
    .row button {
      padding-inline: 0.8rem;
    }
    .take p {
      font-size: var(--text-s);
    }
  }
`;
