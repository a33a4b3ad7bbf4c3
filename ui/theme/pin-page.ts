// How a screen that asks for a PIN is laid out: what it is about, and the keys.
import { css } from 'lit';

export const pinPage = css`
  .about {
    display: grid;
    gap: var(--gap);
    align-content: center;
  }
  @media (orientation: portrait) {
    :host {
      justify-content: space-evenly;
    }
  }
  @media (orientation: landscape) {
    :host {
      display: grid;
      grid-template-columns: 1fr 26rem;
      gap: var(--gap-xl);
    }
    :host > .notice {
      grid-column: 1 / -1;
    }
  }
`;
