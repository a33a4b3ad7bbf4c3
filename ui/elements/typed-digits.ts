// Digits that come from a keypad, one at a time: what they come to, how they read, and how their field looks.
import { css } from 'lit';
import type { KeyEvent } from './k-keypad.ts';

/** of a mobile telephone */
export const phoneDigits = 11;

/** @param most further ones are not taken */
export function typedDigits(before: string, { key }: KeyEvent, most: number): string {
  if (key === 'clear') return '';
  if (key === 'erase') return before.slice(0, -1);
  return before.length < most ? before + key : before;
}

/** What headquarters takes for a mobile number. */
export function isMobile(digits: string): boolean {
  return /^1[3-9]\d{9}$/.test(digits);
}

/** `138 1234 1234`, as a telephone number is read out */
export function groupedPhone(digits: string): string {
  return [digits.slice(0, 3), digits.slice(3, 7), digits.slice(7)].filter((part) => part !== '').join(' ');
}

export const typedDigitsStyles = css`
  .entry {
    display: grid;
    gap: var(--gap);
    width: 100%;
    max-width: 30rem;
    margin-inline: auto;
  }
  output {
    display: block;
    min-height: 4.6rem;
    padding: var(--gap);
    background: var(--surface-raised);
    border: 2px solid var(--rule-strong);
    border-radius: var(--round);
    font: 700 2.4rem/1.2 var(--serif);
    font-variant-numeric: tabular-nums lining-nums;
    letter-spacing: 0.06em;
    text-align: center;
  }
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
  @media (orientation: landscape) {
    .entry {
      gap: var(--gap-s);
    }
    output {
      min-height: 3.5rem;
      padding: var(--gap-s);
      font-size: 1.9rem;
    }
  }
`;
