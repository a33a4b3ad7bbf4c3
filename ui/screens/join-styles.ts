// How joining, own data and the staff view look beyond what all screens share.
import { css } from 'lit';

export const joinStyles = css`
  .wrong {
    display: flex;
    align-items: center;
    gap: 0.6em;
    padding: var(--gap-s) var(--gap);
    border-radius: var(--round);
    background: var(--vermilion-wash);
    color: var(--vermilion-deep);
    font-weight: 700;
  }
  .consent {
    white-space: pre-line;
    font-size: var(--text-l);
    padding: var(--gap-l);
  }
  .like {
    font: 700 2.2rem/1.3 var(--serif);
    padding: var(--gap-l);
  }
  k-digits.fill,
  k-pin-entry.fill {
    display: grid;
    align-content: center;
  }
  k-slip {
    margin-right: auto;
    align-self: center;
  }
  dl {
    display: grid;
    gap: var(--gap);
  }
  .line {
    display: grid;
    grid-template-columns: 12rem 1fr auto;
    gap: var(--gap);
    align-items: center;
    padding: var(--gap) var(--gap-l);
    min-height: 5rem;
  }
  dt {
    color: var(--ink-soft);
  }
  dd {
    font-size: var(--text-l);
    font-weight: 700;
    overflow-wrap: anywhere;
  }
  .stop {
    color: var(--vermilion-deep);
  }
  .choice {
    display: flex;
    gap: var(--gap-s);
  }
  .choice button[aria-pressed='true'] {
    background: var(--night);
    border-color: var(--night);
    color: #fff;
  }
  @media (orientation: landscape) {
    dl {
      grid-template-columns: 1fr 1fr;
      gap: var(--gap-s);
    }
    .line {
      grid-template-columns: 7rem 1fr auto;
      padding-block: var(--gap-s);
    }
  }
`;
