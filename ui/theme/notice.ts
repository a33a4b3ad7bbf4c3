// One large sign and what it means: how screens look that tell a person one thing.
import { css } from 'lit';

export const noticeStyles = css`
  .notice {
    flex: 1;
    min-height: 0;
    display: flex;
    flex-direction: column;
    justify-content: center;
    gap: var(--gap-l);
  }
  .scene {
    flex: 1 1 0;
    align-self: stretch;
    max-height: 26rem;
    margin-bottom: var(--gap);
    --drawing-line: var(--rule-strong);
  }
  .sign {
    flex: none;
    display: grid;
    place-items: center;
    width: 5.4rem;
    height: 5.4rem;
    border-radius: 50%;
    background: var(--warn-wash);
    color: var(--warn);
  }
  .sign svg.icon {
    width: 3.1rem;
    height: 3.1rem;
    stroke-width: 1.7;
  }
  .fine .sign {
    background: var(--good-wash);
    color: var(--good);
  }
  .warm .sign {
    background: var(--accent-wash);
    color: var(--accent);
  }
  .say {
    display: grid;
    gap: var(--gap);
    min-width: 0;
  }
  .notice h1 {
    font-size: 2.6rem;
  }
  .who {
    font-weight: 700;
    color: var(--text-soft);
  }
  .next {
    display: flex;
    gap: var(--gap);
    align-items: center;
    padding: var(--gap) var(--gap-l) var(--gap) var(--gap);
    border-left: 0.35rem solid var(--seal);
    background: var(--surface-sunk);
    border-radius: 0 var(--round) var(--round) 0;
    font-size: var(--text-l);
  }
  .next svg.icon {
    color: var(--accent);
  }
  .next + .actions {
    margin-top: 0;
  }
  @media (orientation: landscape) {
    .notice {
      display: grid;
      grid-template: minmax(0, 1fr) / minmax(0, 1fr) minmax(0, 1.35fr);
      gap: var(--gap-xl);
    }
    .scene,
    .reader {
      grid-area: 1 / 1;
      align-self: center;
      justify-self: center;
      max-height: 100%;
      margin: 0;
    }
    .scene {
      align-self: stretch;
      justify-self: stretch;
    }
    .sign {
      grid-area: 1 / 1;
      place-self: end start;
      width: 4.4rem;
      height: 4.4rem;
    }
    .sign svg.icon {
      width: 2.6rem;
      height: 2.6rem;
    }
    .say {
      grid-area: 1 / 2;
      align-content: center;
      gap: var(--gap-s);
    }
    .notice h1 {
      font-size: 2.2rem;
    }
    .next {
      font-size: var(--text);
    }
  }
  @container style(--layout: single) {
    .scene {
      display: none;
    }
    .notice {
      display: flex !important;
    }
  }
`;
