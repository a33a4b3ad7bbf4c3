// A way on, as a tile: its sign, its name, and in a line what is behind it. One look wherever ways on are offered.
import { css, html, nothing, type TemplateResult } from 'lit';
import { type IconName, icon } from './icons.ts';

export const tileStyles = css`
  button.tile {
    justify-content: flex-start;
    gap: var(--gap);
    min-width: 0;
    padding: var(--gap-s) var(--gap);
    border: 1px solid var(--rule);
    border-radius: 1rem;
    text-align: left;
  }
  .tile svg.icon {
    width: 2.9rem;
    height: 2.9rem;
    stroke-width: 1.2;
    color: var(--accent);
  }
  .tile strong,
  .tile .text {
    display: block;
    word-break: keep-all;
    overflow-wrap: anywhere;
    text-wrap: balance;
  }
  .tile strong {
    font-family: var(--serif);
    font-size: var(--title);
  }
  .tile .text {
    margin-top: var(--gap-xs);
    color: var(--text-soft);
    line-height: 1.15;
  }
  /* several in a row: the sign above the name */
  button.tile.small {
    flex-direction: column;
    justify-content: center;
    gap: var(--gap-s);
    padding: var(--gap-s) var(--gap-xs);
    text-align: center;
  }
  .tile.small svg.icon {
    width: 2.4rem;
    height: 2.4rem;
  }
  .tile.small strong {
    font-size: var(--text-l);
  }
  @media (orientation: landscape) {
    .tile strong {
      font-size: var(--text-l);
    }
    .tile svg.icon {
      width: 2.1rem;
      height: 2.1rem;
    }
    .tile.small svg.icon {
      width: 1.7rem;
      height: 1.7rem;
    }
    .tile.small strong {
      font-size: var(--text);
    }
    button.tile.small {
      gap: var(--gap-xs);
    }
  }
`;

/** @param text null = its name says enough */
export function entryTile(
  sign: IconName,
  name: string,
  text: string | null,
  onTouch: () => void,
  look = '',
): TemplateResult {
  return html`<button class="tile ${look}" @click=${onTouch}>
    ${icon(sign)}
    <span><strong>${name}</strong>${text === null ? nothing : html`<span class="text">${text}</span>`}</span>
  </button>`;
}
