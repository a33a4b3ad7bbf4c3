// What a reader typed into the page, brought to a card: the last resort where no reader can be opened.
import type { CardRead, UnusableCard } from '../device/card-reader.ts';
import { readTypedNumber } from '../device/readers/typed-number.ts';
import type { ReaderConfig } from '../sync/contract/device-setup.ts';
import type { Cards } from './cards.ts';
import type { Config } from './config.ts';
import type { Kiosk } from './kiosk.ts';
import type { Summons } from './summons.ts';
import type { Touched } from './touch.ts';

export type WedgeConfig = Extract<ReaderConfig, { kind: 'wedge' }>;

/** @returns the reader that types into the page, if the config has one */
export function wedgeOf({ reader, secondReader }: Config): WedgeConfig | undefined {
  return [reader, secondReader].find((each): each is WedgeConfig => each?.kind === 'wedge');
}

/** A reader that types into the page is a reader, whatever the screen shows. */
export function takeTouch({ revision, touch }: Touched, { config, kiosk, cards, summons }: TouchParts): void {
  if (touch.kind === 'close-summons') {
    summons.close();
    return;
  }
  if (touch.kind !== 'typed-card') {
    kiosk.touch({ revision, touch });
    return;
  }
  const wedge = wedgeOf(config);
  if (!wedge) return;
  const role = config.reader === wedge ? 'reader' : 'second-reader';
  const read = readTypedCard(touch.keys, wedge);
  if (typeof read === 'string') cards.refuse(read, role);
  else cards.take(read, role);
}

export interface TouchParts {
  readonly config: Config;
  readonly kiosk: Pick<Kiosk, 'touch'>;
  readonly cards: Cards;
  readonly summons: Pick<Summons, 'close'>;
}

/**
 * Magnetic tracks are refused: their text would have to pass through the browser, which cannot wipe it.
 * The page sends nothing of them but the sentinel.
 * @param keys what was typed, without the key that ends it
 */
export function readTypedCard(keys: string, settings: WedgeConfig): CardRead | UnusableCard {
  if (/^[;%]/.test(keys) || looksLikePayment(keys)) return 'card-payment';
  const typed = Buffer.from(keys, 'latin1');
  try {
    return readTypedNumber(typed, settings);
  } finally {
    typed.fill(0);
  }
}

/** 13–19 digits of an issuer's range with the right check digit. */
function looksLikePayment(keys: string): boolean {
  if (!/^[3-6]\d{12,18}$/.test(keys)) return false;
  const sum = [...keys].reverse().reduce((total, digit, place) => {
    const value = Number(digit) * (place % 2 === 0 ? 1 : 2);
    return total + (value > 9 ? value - 9 : value);
  }, 0);
  return sum % 10 === 0;
}
