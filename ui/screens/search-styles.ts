// How the search looks besides its field and its filters: homes in rows, and what makes room for keys.
import { css } from 'lit';

export const searchStyles = css`
  :host {
    gap: var(--gap);
  }
  .title,
  .field,
  .pages {
    display: flex;
    flex-wrap: wrap;
    align-items: center;
    gap: var(--gap-s) var(--gap);
  }
  .title {
    align-items: baseline;
    justify-content: space-between;
  }
  .title p {
    font-size: var(--text-l);
    font-weight: 700;
  }
  .field {
    flex-wrap: nowrap;
  }
  input {
    min-height: 3.9rem;
    padding: 0 var(--gap);
  }
  .row {
    display: grid;
    grid-template-columns: 5rem 1fr;
    align-items: baseline;
    gap: var(--gap-s);
  }
  .chips {
    display: flex;
    flex-wrap: wrap;
    gap: var(--gap-s);
  }
  .filters button {
    gap: 0.4em;
  }
  .filters button.asked {
    background: var(--night);
    border-color: var(--night);
    color: #fff;
  }
  .count {
    opacity: 0.75;
    font-variant-numeric: tabular-nums;
  }
  .homes {
    display: grid;
    gap: var(--gap-s);
  }
  .home {
    display: grid;
    grid-template-columns: 1fr auto;
    gap: var(--gap-xs) var(--gap);
    justify-content: stretch;
    text-align: left;
    width: 100%;
    padding: var(--gap);
    border: 1px solid var(--rule);
  }
  .home strong {
    font-size: var(--text-l);
  }
  .home .right {
    text-align: right;
  }
  .state {
    justify-self: end;
    display: inline-flex;
    align-items: center;
    gap: 0.4em;
  }
  .empty {
    display: grid;
    gap: var(--gap-s);
    padding-block: var(--gap-l);
    text-align: center;
  }
  .pages {
    justify-content: center;
    padding-top: var(--gap);
  }
  @media (orientation: landscape) {
    :host {
      gap: var(--gap-s);
    }
    h1 {
      font-size: var(--title);
    }
    input {
      min-height: 3rem;
    }
    .row {
      grid-template-columns: auto 1fr;
    }
    .home .soft {
      font-size: var(--text-s);
    }
    /* keys and filters together would leave no room for what is found */
    :host([typing]) .filters,
    :host([typing]) .head > .soft {
      display: none;
    }
    .homes {
      grid-template-columns: 1fr 1fr;
    }
  }
`;
