// How the page of one home divides its space in portrait and landscape.
import { css } from 'lit';

export const unitStyles = css`
  .content {
    display: grid;
    gap: var(--gap-l);
    grid-template-columns: minmax(0, 1fr);
  }
  .title .name {
    display: flex;
    flex-wrap: wrap;
    align-items: center;
    gap: var(--gap);
  }
  h1 {
    font-size: 3.2rem;
    font-variant-numeric: tabular-nums;
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
    margin: 0;
    display: grid;
    grid-template-rows: minmax(0, 1fr) auto;
    gap: var(--gap-s);
  }
  k-floor-plan {
    height: 24rem;
  }
  figcaption {
    text-align: center;
  }
  .numbers {
    display: grid;
    grid-template-columns: repeat(4, auto);
    gap: var(--gap) var(--gap-l);
    justify-content: space-between;
  }
  .price {
    grid-column: 1 / -1;
  }
  dt {
    color: var(--ink-soft);
    font-size: var(--text-s);
  }
  dd {
    font-weight: 700;
  }
  .price .number {
    font-size: 3.6rem;
    color: var(--vermilion);
  }
  .take {
    display: grid;
    grid-template-columns: 9rem 1fr;
    align-items: center;
    gap: var(--gap-l);
  }
  .take > div {
    display: flex;
    flex-direction: column;
    align-items: flex-start;
    gap: var(--gap-s);
  }
  .facts .against button {
    margin-top: auto;
    align-self: stretch;
    border-color: var(--ochre);
    color: var(--ochre);
    font-weight: 700;
  }
  @media (orientation: landscape) {
    .content {
      grid-template-columns: 1.1fr 1fr;
      gap: var(--gap) var(--gap-l);
      align-items: start;
    }
    figure {
      grid-area: 1 / 1 / 4 / 2;
      height: 100%;
    }
    k-floor-plan {
      height: 25rem;
    }
    h1 {
      font-size: 2.6rem;
    }
    .numbers {
      grid-template-columns: 1fr 1fr;
      gap: var(--gap-xs) var(--gap);
    }
    .price .number {
      font-size: 2.6rem;
    }
    .take {
      grid-template-columns: 7.4rem 1fr;
      gap: var(--gap);
      padding: var(--gap-s) var(--gap);
    }
    .facts {
      grid-column: 1 / -1;
    }
  }
`;
