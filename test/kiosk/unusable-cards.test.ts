// Cards that are no key, and readers that tell too little: the person is told what to do, nothing is kept.
import { afterEach, describe, expect, it } from 'vitest';
import { CardNumber } from '../../device/card-number.ts';
import { unusableCards } from '../../device/card-reader.ts';
import { cardToken } from '../../sync/contract/card-token.ts';
import type { MemberId } from '../../sync/contract/ids.ts';
import { memberKeys } from '../../sync/contract/members.ts';
import { type BenchOptions, kioskBench } from './kiosk-bench.ts';
import { cards, fleetKey, give, openSmallWorld } from './small-world.ts';

const open: { close(): void }[] = [];
afterEach(() => {
  for (const each of open.splice(0)) each.close();
});

async function bench(options: BenchOptions = {}) {
  const store = await openSmallWorld();
  const b = kioskBench(store, options);
  open.push(b.kiosk, store);
  return b;
}

describe('a card that is no key', () => {
  it.each(unusableCards)('%s: is said, sounds, and is no fact', async (why) => {
    const b = await bench();
    b.kiosk.refuseCard(why);
    expect(b.expect('card-problem')).toEqual({ kind: 'card-problem', purpose: null, reason: why });
    expect(b.signals).toEqual(['refused']);
    expect(b.facts()).toEqual([]);
  });

  it('keeps what the card was wanted for: the next one goes on', async () => {
    const b = await bench();
    b.touch({ kind: 'start' });
    b.touch({ kind: 'open', purpose: 'points' });
    b.kiosk.refuseCard('card-unreadable');
    expect(b.expect('card-problem').purpose).toBe('points');
    b.swipe(cards.listed);
    expect(b.expect('enter-pin').purpose).toBe('points');
  });

  it('checks in with the next card when none was asked for', async () => {
    const b = await bench();
    b.kiosk.refuseCard('card-unreadable');
    b.swipe(cards.listed);
    expect(b.screen.kind).toBe('checked-in');
    expect(b.signals).toEqual(['refused', 'success']);
  });

  it('takes nothing from somebody who is at a PIN', async () => {
    const b = await bench();
    b.touch({ kind: 'start' });
    b.touch({ kind: 'open', purpose: 'points' });
    b.swipe(cards.listed);
    b.kiosk.refuseCard('card-unreadable');
    expect(b.screen.kind).toBe('enter-pin');
  });

  it('wipes the number of every card', async () => {
    const b = await bench();
    const number = new CardNumber(cards.listed);
    b.kiosk.swipe({ technology: 'em4100', number, bits: 40 });
    expect(number.use((bytes) => bytes.every((byte) => byte === 0))).toBe(true);
  });
});

describe('the width of the fleet', () => {
  const narrow = { technology: 'em4100', bits: 24 } as const;

  it('refuses a reader that tells less, before anything is made of the number', async () => {
    const b = await bench({ cardWidth: 32 });
    const number = new CardNumber('00000A');
    b.kiosk.swipe({ ...narrow, number });
    expect(b.expect('card-problem').reason).toBe('card-too-narrow');
    expect(number.use((bytes) => bytes.every((byte) => byte === 0))).toBe(true);
  });

  it('knows one card at 24 bits, whichever reader told it', async () => {
    const b = await bench({ cardWidth: 24 });
    const token = cardToken(fleetKey, 'em4100', cards.listed, 24);
    const row = { kind: 'card', token, member: 'm-listed' as MemberId, state: 'active' } as const;
    give(b.store, 'members', [[memberKeys.card(token), row]], 1);
    b.swipe(cards.unknown);
    expect(b.expect('check-in-refused').reason).toBe('unknown-card');
    b.touch({ kind: 'end' });
    b.kiosk.swipe({ ...narrow, number: new CardNumber(cards.listed.slice(-6)) });
    const first = b.screen.kind;
    b.touch({ kind: 'end' });
    b.clock = new Date(b.clock.getTime() + 60_000);
    b.swipe(cards.listed);
    expect([first, b.screen.kind]).not.toContain('card-problem');
    expect(b.facts().map(({ body }) => (body as { card?: string }).card)).toContain(token);
  });
});
