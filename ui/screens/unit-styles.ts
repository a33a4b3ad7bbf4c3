// How the page of one home divides its space in portrait and landscape.
import { css } from 'lit';

export const unitStyles = css`
  :host {
    gap: var(--gap);
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
    flex: 1 1 14rem;
    min-height: 12rem;
    margin: 0;
    display: grid;
    grid-template-rows: minmax(0, 1fr) auto;
    gap: var(--gap-s);
  }
  .weighed {
    flex: 0 1 auto;
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
  .facts > section {
    padding: var(--gap);
  }
  @media (orientation: landscape) {
    :host {
      display: grid;
      grid-template:
        'title plan' auto
        'numbers plan' auto
        'weighed plan' minmax(0, 1fr)
        'weighed take' auto / minmax(0, 1.3fr) minmax(0, 1fr);
      gap: var(--gap-s) var(--gap-l);
    }
    .title {
      grid-area: title;
    }
    .numbers {
      grid-area: numbers;
    }
    figure {
      grid-area: plan;
      min-height: 0;
    }
    .weighed {
      grid-area: weighed;
    }
    .take {
      grid-area: take;
    }
    h1 {
      font-size: 2.4rem;
    }
    .numbers {
      grid-template-columns: repeat(5, auto);
      align-items: end;
      gap: var(--gap-xs) var(--gap);
    }
    .price {
      grid-column: auto;
    }
    .price .number {
      font-size: 2rem;
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
