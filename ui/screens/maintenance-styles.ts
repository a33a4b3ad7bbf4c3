// How the maintenance screen looks: lists to be read by people who mend things.
import { css } from 'lit';

export const maintenanceStyles = css`
  :host {
    gap: var(--gap);
  }
  .sections {
    display: grid;
    gap: var(--gap);
  }
  section {
    display: grid;
    gap: var(--gap-s);
    align-content: start;
  }
  h2 {
    font-size: var(--text-l);
  }
  dl.card {
    display: grid;
    grid-template-columns: repeat(auto-fill, minmax(13rem, 1fr));
    gap: var(--gap-s) var(--gap-l);
  }
  dt {
    font-size: var(--text-s);
    color: var(--text-soft);
  }
  dd {
    font-weight: 700;
  }
  li {
    display: grid;
    gap: var(--gap-xs);
    padding-block: var(--gap-s);
    border-top: 1px solid var(--rule);
  }
  li > div {
    display: flex;
    flex-wrap: wrap;
    align-items: center;
    gap: var(--gap-s);
  }
  .plain li {
    padding-block: var(--gap-xs);
    overflow-wrap: anywhere;
  }
  .chip {
    margin-left: auto;
    padding: 0.15em 0.8em;
    border-radius: 2em;
    font-size: var(--text-s);
    font-weight: 700;
    background: var(--warn-wash);
    color: var(--warn);
  }
  .chip.fine {
    background: var(--good-wash);
    color: var(--good);
  }
  .chip.off {
    background: var(--surface-sunk);
    color: var(--text-soft);
  }
  code {
    font-size: var(--text-s);
    color: var(--text-soft);
  }
  .tests {
    display: grid;
    grid-template-columns: 1fr 1fr;
    gap: var(--gap-s);
  }
  .lies {
    overflow-wrap: anywhere;
  }
  .swipe {
    display: flex;
    align-items: center;
    gap: 0.6em;
    color: var(--text-soft);
  }
  .seen {
    min-height: 1.6em;
    font-size: var(--text-l);
  }
  .does {
    justify-content: flex-end;
  }
  @media (orientation: landscape) {
    .sections {
      grid-template-columns: 1fr 1fr;
    }
    .wide,
    dl.card {
      grid-column: 1 / -1;
    }
    dl.card {
      grid-template-columns: repeat(5, auto);
    }
  }
`;
