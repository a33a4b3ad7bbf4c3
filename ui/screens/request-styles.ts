// How the page of one request looks.
import { css } from 'lit';

export const requestStyles = css`
  .content {
    display: grid;
    gap: var(--gap);
  }
  .content > section {
    display: grid;
    gap: var(--gap-s);
    justify-items: start;
    padding: var(--gap-l);
  }
  h2 {
    overflow-wrap: anywhere;
  }
  .line {
    display: flex;
    align-items: center;
    gap: 0.6em;
    flex-wrap: wrap;
  }
  .ask {
    border: 2px solid var(--seal);
    background: var(--accent-wash);
  }
  .ask .verdicts {
    display: grid;
    grid-template-columns: repeat(3, 1fr);
    gap: var(--gap);
    width: 100%;
  }
  .ask button {
    min-height: 4.4rem;
    font-size: var(--text-l);
    font-weight: 700;
  }
  .told {
    background: var(--good-wash);
    color: var(--good);
    font-weight: 700;
  }
  .steps {
    display: flex;
    flex-wrap: wrap;
    gap: var(--gap-s);
  }
  .steps li {
    display: grid;
    justify-items: center;
    padding: 0.4em 1em;
    border-radius: var(--round);
    border: 2px solid var(--rule);
    color: var(--text-soft);
  }
  .steps .passed {
    background: var(--good-wash);
    border-color: var(--good-wash);
    color: var(--good);
  }
  .steps .current {
    border-color: var(--good);
    font-weight: 700;
  }
  .tasks {
    display: grid;
    gap: var(--gap);
    width: 100%;
  }
  .tasks li {
    display: grid;
    gap: var(--gap-xs);
    padding-top: var(--gap-s);
    border-top: 1px solid var(--rule);
  }
  .answer {
    border-left: 0.35rem solid var(--good);
  }
  .history ol {
    display: grid;
    gap: var(--gap);
  }
  .actions k-slip {
    margin-right: auto;
  }
  @media (orientation: landscape) {
    .content {
      grid-template-columns: 1fr 1fr;
      align-items: start;
    }
    .ask,
    .told {
      grid-column: 1 / -1;
    }
  }
`;
