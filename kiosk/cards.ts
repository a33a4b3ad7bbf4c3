// Where a card goes that a reader saw: to whoever asked for one to try the reader with, else to the kiosk.
import type { CardRead, UnusableCard } from '../device/card-reader.ts';
import type { Kiosk } from './kiosk.ts';
import type { ReaderRole, Summons } from './summons.ts';

export interface Cards {
  take(read: CardRead, reader: ReaderRole): void;
  refuse(why: UnusableCard, reader: ReaderRole): void;
}

export function cardsOf(kiosk: Pick<Kiosk, 'swipe' | 'refuseCard'>, summons: Summons): Cards {
  return {
    take(read, reader) {
      if (summons.takeCard(read, reader)) read.number.wipe();
      else kiosk.swipe(read);
    },
    refuse(why, reader) {
      if (!summons.takeUnusable(why, reader)) kiosk.refuseCard(why);
    },
  };
}
