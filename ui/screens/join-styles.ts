// How joining, own data and the staff view look beyond what all screens share.
import { css } from 'lit';

export const joinStyles = css`
  .wrong {
    display: flex;
    align-items: center;
    gap: 0.6em;
    padding: var(--gap-s) var(--gap);
    border-radius: var(--round);
    background: var(--accent-wash);
    color: var(--accent-deep);
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
  .code {
    display: grid;
    grid-template: auto minmax(0, 1fr) auto auto / minmax(0, 1fr);
    gap: var(--gap-l);
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
    grid-auto-rows: minmax(min-content, 6.8rem);
    align-content: start;
    gap: var(--gap-s);
  }
  .line {
    display: grid;
    grid-template-columns: 12rem 1fr auto;
    gap: var(--gap);
    align-items: center;
    padding: var(--gap-s) var(--gap-l);
    min-height: 4.1rem;
  }
  dt {
    color: var(--text-soft);
  }
  dd {
    font-size: var(--text-l);
    font-weight: 700;
    overflow-wrap: anywhere;
  }
  .act {
    font-size: var(--text);
    font-weight: 400;
  }
  .long {
    grid-column: 1 / 3;
  }
  .stop {
    color: var(--accent-deep);
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
    /* keys beside the words: below them there is no room for both */
    .code {
      grid-template: auto minmax(0, 1fr) auto / 1fr 1fr;
      gap: var(--gap);
    }
    .code k-digits {
      grid-area: 1 / 2 / 4 / 3;
    }
    .code .next {
      align-self: end;
    }
    dl {
      grid-template-columns: 1fr 1fr;
    }
    .line {
      grid-template-columns: 7rem 1fr auto;
      padding-block: var(--gap-xs);
      min-height: 3.5rem;
    }
  }
`;
