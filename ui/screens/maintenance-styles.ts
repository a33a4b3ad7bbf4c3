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
    display: inline-flex;
    align-items: center;
    gap: 0.35em;
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
  nav {
    display: grid;
    grid-template-columns: repeat(6, minmax(0, 1fr));
    gap: var(--gap-s);
  }
  nav button {
    padding-inline: 0.3em;
  }
  nav button[aria-current='page'],
  .ways button[aria-pressed='true'] {
    background: var(--night);
    border-color: var(--night);
    color: #fff;
    font-weight: 700;
    text-decoration: underline;
    text-underline-offset: 0.3em;
  }
  .head,
  .last {
    display: flex;
    flex-wrap: wrap;
    align-items: center;
    justify-content: space-between;
    gap: var(--gap-s) var(--gap);
  }
  .sum {
    font-weight: 700;
  }
  .told {
    display: flex;
    align-items: center;
    gap: 0.6em;
    padding: var(--gap-s) var(--gap);
    border-radius: var(--round);
    border: 1px solid;
    background: var(--surface-sunk);
    font-weight: 700;
  }
  .told.fine {
    background: var(--good-wash);
    color: var(--good);
  }
  .told.amiss {
    background: var(--warn-wash);
    color: var(--warn);
  }
  p:empty,
  .sum:empty {
    display: none;
  }
  nav button {
    line-height: 1.15;
  }
  @container style(--layout: single) {
    nav {
      grid-template-columns: repeat(3, minmax(0, 1fr));
    }
  }
  .chip.bad {
    background: var(--accent-deep);
    color: #fff;
  }
  .choose {
    margin-left: auto;
  }
  ol {
    list-style: decimal;
    padding-left: 1.6em;
  }
  ol li {
    display: list-item;
    border: 0;
    padding-block: var(--gap-xs);
  }
  section dl {
    display: grid;
    gap: var(--gap-s);
  }
  .ways {
    display: flex;
    align-items: center;
    gap: var(--gap-s);
  }
  .ways > * {
    flex: 1;
  }
  @container style(--layout: single) {
    .ways {
      flex-wrap: wrap;
    }
    .ways > * {
      flex: 1 1 8rem;
    }
  }
  .now {
    text-align: center;
    font-size: var(--text-l);
    font-weight: 700;
  }
  progress {
    width: 100%;
    height: 0.8rem;
    accent-color: var(--seal);
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
