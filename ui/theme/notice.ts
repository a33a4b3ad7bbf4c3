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
  .sign {
    flex: none;
    display: grid;
    place-items: center;
    width: 10rem;
    height: 10rem;
    border-radius: 50%;
    background: var(--warn-wash);
    color: var(--warn);
  }
  .sign svg.icon {
    width: 5.6rem;
    height: 5.6rem;
    stroke-width: 1.4;
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
      flex-direction: row;
      align-items: center;
      justify-content: flex-start;
      gap: var(--gap-xl);
      padding-inline: var(--gap-xl);
    }
    .notice h1 {
      font-size: 2.2rem;
    }
    .say {
      flex: 1;
      gap: var(--gap-s);
    }
    .next {
      font-size: var(--text);
    }
  }
`;
