// Two promised times side by side, and the word for how far a request is.
import { css } from 'lit';

export const clockStyles = css`
  .clocks {
    display: grid;
    grid-template-columns: 1fr 1fr;
    gap: var(--gap);
  }
  .clocks > * {
    display: flex;
    flex-direction: column;
    gap: var(--gap-s);
    padding: var(--gap-l);
  }
  .clocks svg.icon {
    width: 2.2rem;
    height: 2.2rem;
    color: var(--accent);
  }
  .clocks .number {
    font-size: 2rem;
  }
`;

export const progressStyles = css`
  .chip {
    display: inline-flex;
    align-items: center;
    gap: 0.4em;
    padding: 0.2em 0.9em;
    border-radius: 2em;
    font-weight: 700;
    white-space: nowrap;
  }
  .filed {
    background: var(--surface-sunk);
  }
  .in-progress {
    background: var(--warn-wash);
    color: var(--warn);
  }
  .to-confirm {
    background: var(--accent-wash);
    color: var(--accent-deep);
  }
  .invalid {
    background: var(--warn-wash);
    color: var(--warn);
  }
  .done {
    background: var(--good-wash);
    color: var(--good);
  }
  .unsent {
    background: var(--warn-wash);
    color: var(--warn);
  }
`;
