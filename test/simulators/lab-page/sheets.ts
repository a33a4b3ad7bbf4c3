// Styles that several elements of the bench share: keys to press, focus, quiet words, reduced motion.
import { css } from 'lit';

export const baseSheet = css`
  *,
  *::before,
  *::after {
    box-sizing: border-box;
  }
  :host {
    display: block;
    min-width: 0;
  }
  [hidden] {
    display: none;
  }
  h2 {
    margin: 0;
    font: 600 0.95rem / 1.3 var(--sans);
    letter-spacing: 0.04em;
    color: var(--chalk);
  }
  :focus-visible {
    outline: var(--focus);
    outline-offset: 3px;
  }
  .unseen {
    position: absolute;
    width: 1px;
    height: 1px;
    overflow: hidden;
    clip-path: inset(50%);
    white-space: nowrap;
  }
  @media (prefers-reduced-motion: reduce) {
    *,
    *::before,
    *::after {
      animation-duration: 1ms !important;
      animation-iteration-count: 1 !important;
      transition-duration: 1ms !important;
    }
  }
`;

/** A cap of cream plastic that gives way under the finger. */
export const keySheet = css`
  .key {
    display: inline-flex;
    align-items: center;
    justify-content: center;
    gap: 0.4em;
    min-height: 2.5rem;
    padding: 0.3rem 0.95rem;
    border: 0;
    border-radius: 0.7rem;
    background: linear-gradient(#fffaf0, #eadfc9);
    box-shadow:
      0 3px 0 #b3a387,
      0 6px 12px rgb(0 0 0 / 35%);
    font: 600 0.9rem / 1.2 var(--sans);
    color: var(--ink);
    cursor: pointer;
    white-space: nowrap;
    transition:
      transform 80ms,
      box-shadow 80ms;
  }
  .key:active {
    transform: translateY(3px);
    box-shadow:
      0 0 0 #b3a387,
      0 2px 5px rgb(0 0 0 / 40%);
  }
  .key[aria-disabled='true'] {
    filter: saturate(0.4) brightness(0.85);
    cursor: wait;
  }
  .key svg {
    width: 1.25em;
    height: 1.25em;
    flex: none;
  }
  .sheet-key {
    min-height: 2.1rem;
    padding: 0.2rem 0.7rem;
    font-size: 0.82rem;
  }
  .sheet-key b {
    font-weight: 700;
  }
  .sheet-key span {
    font-weight: 400;
    color: var(--ink-soft);
  }
  .sheet-key strong {
    padding: 0.05rem 0.45rem;
    border-radius: 1rem;
    background: #a83023;
    color: #fff8ee;
    font-size: 0.76rem;
  }
  .key.urgent {
    background: linear-gradient(#cf4b39, #a83023);
    box-shadow:
      0 3px 0 #6d1b12,
      0 6px 12px rgb(0 0 0 / 35%);
    color: #fff8ee;
  }
`;

/** A rocker switch and a row of choices, as on a device's back. */
export const switchSheet = css`
  .rocker {
    display: inline-flex;
    align-items: center;
    gap: 0.55rem;
    min-height: 2.5rem;
    padding: 0.2rem 0.3rem;
    border: 0;
    border-radius: 0.6rem;
    background: none;
    font: 500 0.86rem / 1.2 var(--sans);
    color: inherit;
    cursor: pointer;
    text-align: start;
  }
  .rocker i {
    flex: none;
    position: relative;
    width: 2.7rem;
    height: 1.5rem;
    border-radius: 1rem;
    background: #0c1c17;
    box-shadow: inset 0 2px 4px rgb(0 0 0 / 70%), 0 0 0 1px rgb(255 255 255 / 22%);
    transition: background 160ms;
  }
  .rocker i::after {
    content: '';
    position: absolute;
    inset: 3px auto 3px 3px;
    width: calc(1.5rem - 6px);
    border-radius: 50%;
    background: linear-gradient(#fffaf0, #d8ccb2);
    box-shadow: 0 1px 3px rgb(0 0 0 / 60%);
    transition: transform 160ms cubic-bezier(0.3, 1.6, 0.6, 1);
  }
  .rocker[aria-checked='true'] i {
    background: #2f8a69;
  }
  .rocker.warn[aria-checked='true'] i {
    background: #d2503c;
  }
  .rocker[aria-checked='true'] i::after {
    transform: translateX(1.2rem);
  }
  .choices {
    display: inline-flex;
    padding: 3px;
    border-radius: 0.7rem;
    background: #0c1c17;
    box-shadow: inset 0 2px 4px rgb(0 0 0 / 60%), 0 0 0 1px rgb(255 255 255 / 22%);
  }
  .choices button {
    min-height: 2.1rem;
    padding: 0.2rem 0.7rem;
    border: 0;
    border-radius: 0.5rem;
    background: none;
    font: 500 0.86rem / 1.2 var(--sans);
    color: var(--chalk-soft);
    cursor: pointer;
  }
  .choices button[aria-pressed='true'] {
    background: linear-gradient(#fffaf0, #eadfc9);
    color: var(--ink);
    font-weight: 600;
  }
`;
