// How the keyboard's rows fill the room below what is written.
import { css } from 'lit';

export const keyboardStyles = css`
  :host {
    display: block;
    scroll-margin-block-end: 3rem;
  }
  .keys {
    display: grid;
    grid-template-columns: minmax(0, 1fr);
    gap: 0.4rem;
    padding: var(--gap-s);
    background: var(--surface-sunk);
    border-radius: var(--round);
  }
  .row {
    display: flex;
    gap: 0.4rem;
    justify-content: center;
  }
  button {
    flex: 1 1 0;
    min-width: 0;
    max-width: 6rem;
    min-height: 3.5rem;
    padding: 0;
    border: none;
    font-size: var(--text-l);
    box-shadow: 0 2px 0 var(--rule-strong);
  }
  button.wide {
    flex: 1.6 1 0;
    max-width: 9rem;
    font-size: var(--text-s);
    background: color-mix(in srgb, var(--surface-sunk), var(--rule-strong) 25%);
  }
  button.space {
    flex: 4.4 1 0;
    max-width: none;
  }
  button[aria-pressed='true'] {
    background: var(--night);
    color: #fff;
  }
  svg.icon {
    width: 1.9rem;
    height: 1.9rem;
  }
  .nine {
    display: grid;
    grid-template-columns: repeat(3, minmax(0, 9rem)) minmax(0, 7rem);
    justify-content: center;
    gap: 0.4rem;
  }
  .nine button {
    max-width: none;
    flex-direction: column;
    gap: 0;
  }
  .nine small {
    font-size: var(--text-s);
  }
  .nine .wide:last-child {
    grid-row: 1 / span 3;
    grid-column: 4;
  }
  @media (orientation: landscape) {
    button {
      min-height: 2.9rem;
    }
  }
  /* what is written must stay in sight above the keys */
  @container style(--layout: single) {
    .keys,
    .row,
    .nine {
      gap: 0.2rem;
    }
    button {
      min-height: max(var(--least), 2.2rem);
    }
    svg.icon {
      width: 1.4rem;
      height: 1.4rem;
    }
    .nine button {
      flex-direction: row;
      gap: 0.4rem;
    }
    @media (orientation: landscape) {
      .keys {
        gap: 4px;
        padding: 4px;
      }
      button {
        min-height: max(var(--least), 1.5rem);
      }
    }
  }
`;
