// Types into a page with time stamps of its own: a reader's or a person's pace, without waiting for it.
import type { CDPSession, Page } from 'playwright-core';

export interface TypedKey {
  readonly code: string;
  readonly key: string;
  readonly modifiers?: number;
}

const shift = 8;
const signs: Readonly<Record<string, readonly [code: string, modifiers?: number]>> = {
  ';': ['Semicolon'],
  '?': ['Slash', shift],
  '%': ['Digit5', shift],
  '=': ['Equal'],
  ',': ['Comma'],
  '^': ['Digit6', shift],
  '/': ['Slash'],
  ' ': ['Space'],
  '\n': ['Enter'],
  '\t': ['Tab'],
};

/** Where it stands on a US keyboard. */
export function keyOf(sign: string): TypedKey {
  const [code, modifiers] = signs[sign] ?? [/\d/.test(sign) ? `Digit${sign}` : `Key${sign.toUpperCase()}`];
  const key = sign === '\n' ? 'Enter' : sign === '\t' ? 'Tab' : sign;
  return { code, key, ...(modifiers === undefined ? {} : { modifiers }) };
}

export class KeyTypist {
  readonly #cdp: CDPSession;
  #clockMs = Date.now();

  private constructor(cdp: CDPSession) {
    this.#cdp = cdp;
  }

  static async at(page: Page): Promise<KeyTypist> {
    return new KeyTypist(await page.context().newCDPSession(page));
  }

  /** @param gapMs before the nth key, as its time stamps say */
  async type(keys: readonly TypedKey[], gapMs: (n: number) => number): Promise<void> {
    this.#pause();
    await Promise.all(keys.map((key, n) => this.#press(key, n === 0 ? 0 : gapMs(n))));
  }

  /** The stamps say `gapMs`; after the first key the page waits, as if the machine were busy. */
  async typeLate(text: string, gapMs: number, lateMs: number): Promise<void> {
    this.#pause();
    const [first, ...rest] = [...text].map(keyOf);
    if (first) await this.#press(first, 0);
    await new Promise((resolve) => setTimeout(resolve, lateMs));
    await Promise.all(rest.map((key) => this.#press(key, gapMs)));
  }

  typeText(text: string, gapMs: number | ((n: number) => number)): Promise<void> {
    return this.type([...text].map(keyOf), typeof gapMs === 'number' ? () => gapMs : gapMs);
  }

  #pause(): void {
    this.#clockMs = Math.max(this.#clockMs + 1_000, Date.now());
  }

  async #press({ code, key, modifiers = 0 }: TypedKey, gapMs: number): Promise<void> {
    this.#clockMs += gapMs;
    const text = key === 'Enter' ? '\r' : key.length === 1 ? key : undefined;
    await this.#cdp.send('Input.dispatchKeyEvent', {
      type: text === undefined ? 'rawKeyDown' : 'keyDown',
      code,
      key,
      modifiers,
      ...(text === undefined ? {} : { text }),
      windowsVirtualKeyCode: key === 'Enter' ? 13 : key === 'Tab' ? 9 : 0,
      isKeypad: code.startsWith('Numpad'),
      timestamp: this.#clockMs / 1_000,
    });
  }
}
