// How the page of one home divides its space in portrait and landscape.
import { css } from 'lit';

export const unitStyles = css`
  :host {
    display: grid;
    grid-template:
      'title title' auto
      'plan numbers' minmax(14rem, 1fr)
      'weighed weighed' minmax(0, auto)
      'take take' auto / minmax(0, 1fr) 11rem;
    gap: var(--gap);
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
    color: var(--vermilion);
  }
  h1 {
    font-size: 3.2rem;
    font-variant-numeric: tabular-nums;
  }
  .heart svg.icon {
    color: var(--vermilion);
  }
  .heart[aria-pressed='true'] {
    border-color: var(--vermilion);
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
    background: var(--paper-raised);
  }
  .state .swatch {
    width: 1.2em;
    height: 1.2em;
    border-radius: 0.2em;
  }
  figure {
    grid-area: plan;
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
    gap: var(--gap-s);
    align-content: space-evenly;
  }
  .numbers > div {
    padding-left: var(--gap);
    border-left: 0.2rem solid var(--line);
  }
  dt {
    color: var(--ink-soft);
    font-size: var(--text-s);
  }
  dd {
    font-weight: 700;
  }
  .weighed {
    grid-area: weighed;
  }
  .facts > section {
    padding: var(--gap);
  }
  .facts .against button {
    margin-top: auto;
    align-self: stretch;
    border-color: var(--ochre);
    color: var(--ochre);
    font-weight: 700;
  }
  .take {
    grid-area: take;
    display: grid;
    grid-template-columns: 8rem 1fr;
    align-items: center;
    gap: var(--gap-l);
  }
  .take > div {
    display: flex;
    flex-direction: column;
    align-items: flex-start;
    gap: var(--gap-s);
  }
  @media (orientation: landscape) {
    :host {
      grid-template:
        'title plan' auto
        'numbers plan' auto
        'weighed plan' minmax(0, 1fr)
        'weighed take' auto / minmax(0, 1.3fr) minmax(0, 1fr);
      gap: var(--gap-s) var(--gap-l);
    }
    h1 {
      font-size: 2.4rem;
    }
    .price .number {
      font-size: 2.4rem;
    }
    .numbers {
      grid-template-columns: repeat(4, auto);
      gap: var(--gap-xs) var(--gap);
    }
    .numbers > div {
      padding-left: var(--gap-s);
    }
    .take {
      grid-template-columns: 7rem 1fr;
      gap: var(--gap);
      padding: var(--gap-s) var(--gap);
    }
    .take .primary {
      min-height: var(--target);
    }
    .take p {
      font-size: var(--text-s);
    }
  }
`;
