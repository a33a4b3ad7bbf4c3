// How the page divides its space, and what it looks like while there is nothing to show.
import { css } from 'lit';

export const appStyles = css`
  :host {
    display: block;
    height: 100dvh;
    overflow: hidden;
  }
  /* a cover rather than pointer-events, which every element below would inherit anew */
  :host([busy]) .frame::after {
    content: '';
    position: absolute;
    inset: 0;
    z-index: 3;
  }
  :host([low]) {
    display: flex;
    flex-direction: column;
    justify-content: flex-end;
    padding-bottom: var(--reach-below);
    background: var(--surface-sunk);
  }
  :host([low]) .frame {
    flex: none;
    height: var(--reach-height);
    border-top: 4px solid var(--seal);
    background: var(--surface);
  }
  .frame {
    position: relative;
    display: grid;
    grid-template: auto auto auto minmax(0, 1fr) auto / minmax(0, 1fr);
    height: 100%;
  }
  k-header {
    grid-area: 1 / 1;
  }
  k-outage {
    grid-area: 2 / 1;
  }
  k-invitation {
    grid-area: 3 / 1;
  }
  main {
    grid-area: 4 / 1;
    min-height: 0;
    min-width: 0;
    outline: none;
  }
  main:focus-visible {
    outline: var(--focus-heading);
    outline-offset: -4px;
  }
  k-progress {
    grid-area: 4 / 1;
    align-self: end;
    z-index: 2;
  }
  page-scroller:not(:defined) {
    display: contents;
  }
  k-manner {
    grid-area: 1 / 1 / 5 / 2;
    align-self: end;
    max-height: 100%;
    min-height: 0;
    overflow-y: auto;
    z-index: 2;
  }
  k-paper {
    grid-area: 1 / 1 / 5 / 2;
    min-height: 0;
    z-index: 2;
  }
  k-bar {
    grid-area: 5 / 1;
  }
  /* before a picture is taken: words become dots, through every element; codes and photographs go */
  :host([covered]) .frame {
    -webkit-text-security: disc;
    --of-a-person: hidden;
  }
  k-summons {
    position: absolute;
    inset: 0;
    z-index: 5;
  }
  k-summons:not(:defined) {
    display: none;
  }
  aside {
    grid-area: 1 / 1;
    align-self: start;
    z-index: 2;
    display: flex;
    align-items: center;
    gap: var(--gap);
    min-height: 100%;
    padding: var(--gap-xs) var(--edge);
    background: var(--good);
    color: #fff;
    animation: rise 0.3s ease-out;
  }
  aside div {
    display: flex;
    flex-wrap: wrap;
    align-items: baseline;
    gap: 0 var(--gap);
  }
  aside strong {
    font-size: var(--text-l);
  }
  aside svg.icon {
    width: 1.9rem;
    height: 1.9rem;
  }
  .lost {
    height: 100%;
    display: grid;
    place-content: center;
    justify-items: center;
    gap: var(--gap-s);
    padding: var(--edge);
    text-align: center;
    color: var(--text-soft);
  }
  .lost h1 {
    color: var(--text-main);
  }
  .seal {
    display: grid;
    place-items: center;
    width: 5rem;
    height: 5rem;
    margin-bottom: var(--gap);
    border-radius: 0.8rem;
    background: var(--seal);
    color: #fff;
    font: 700 3.2rem/1 var(--serif);
    animation: breathe 2.4s ease-in-out infinite alternate;
  }
  .brand {
    letter-spacing: 0.3em;
  }
  @keyframes rise {
    from {
      transform: translateY(-1rem);
      opacity: 0;
    }
  }
  @keyframes breathe {
    to {
      opacity: 0.55;
    }
  }
`;
