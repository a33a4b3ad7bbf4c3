// What was done at a terminal is not held there for ever, and never let go before headquarters has it.
import { expect, it } from 'vitest';
import type { MemberId, SessionId } from '../../sync/contract/ids.ts';
import { ackOf } from '../sync/scratch.ts';
import { kioskBench } from './kiosk-bench.ts';
import { cards, letPass, openSmallWorld } from './small-world.ts';

const hourMs = 3_600_000;

it('M9 a check-in is forgotten after its days of serving, once headquarters has applied it', async () => {
  const b = kioskBench(await openSmallWorld());
  const { store } = b;
  const member = 'm-listed' as MemberId;
  b.swipe(cards.listed);
  expect(b.screen.kind).toBe('checked-in');
  const [{ body } = { body: {} }] = b.facts();
  const { session } = body as { readonly session: SessionId };
  const held = (): boolean => store.overlay.checkIn(session, member) !== undefined;
  for (let hour = 0; hour < 5; hour += 1) {
    letPass(store, hourMs);
    store.tend();
  }
  const hours = store.outbox.hoursServed;
  expect(hours).toBeGreaterThan(3);

  // nobody but this terminal knows of it
  store.forgetOwnRows(hours);
  expect(held()).toBe(true);
  const ack = ackOf(store.outbox.epoch, store.outbox.lastSeq);
  store.outbox.settle(ack);
  store.noteAck(ack);
  // not old enough
  store.forgetOwnRows(0);
  expect(held()).toBe(true);
  const facts = b.facts();
  store.forgetOwnRows(hours);
  expect(held()).toBe(false);
  expect(b.facts()).toEqual(facts);
});
