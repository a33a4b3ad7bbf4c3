// Whoever got into the broker speaks on a terminal's topics: what headquarters did not sign for them there changes nothing.
import { describe, expect, it, vi } from 'vitest';
import type { Ack } from '../../sync/contract/facts.ts';
import { encodeFrame } from '../../sync/contract/frame.ts';
import type { TerminalId } from '../../sync/contract/ids.ts';
import { makeSignKeys, signFrame, signingKey } from '../../sync/contract/signed-frame.ts';
import { topics } from '../../sync/contract/topics.ts';
import { ackOf, tenant, terminal, viewed } from './scratch.ts';
import { headquarters, openStore, openTerminalAndStranger, soon } from './terminal-and-stranger.ts';

/** A terminal with three facts, and a stranger on its broker. */
async function setUp() {
  const { db, outbox } = openStore();
  for (let n = 0; n < 3; n += 1) db.transaction(() => outbox.append(viewed(n)));
  return { outbox, ...(await openTerminalAndStranger(outbox)) };
}

describe('a hostile broker', () => {
  const topic = topics.ack(tenant, terminal);
  const sign = (ack: Ack, on = topic) => signFrame(on, encodeFrame(ack), headquarters);

  it('F15 CO14 an ack that headquarters did not sign for this terminal frees nothing', async () => {
    const { outbox, courier, refused, acks, say } = await setUp();
    const right = ackOf(outbox.epoch, 3);
    const signed = sign(right);
    await say(topic, encodeFrame(right));
    await say(topic, signFrame(topic, encodeFrame(right), signingKey(makeSignKeys().privateKey)));
    await say(topic, sign(right, topics.ack(tenant, 'hall-2' as TerminalId)));
    await say(topic, Buffer.concat([signed.subarray(0, 65), encodeFrame(ackOf(outbox.epoch, 2))]));
    await say(topic, signed.subarray(0, 65));
    await say(topic, Buffer.alloc(0));
    await vi.waitFor(() => expect(refused.length).toBe(6), soon);
    expect(refused).toEqual([
      'sync-frame-unsigned',
      'sync-frame-forged',
      'sync-frame-forged',
      'sync-frame-forged',
      'sync-frame-unsigned',
      'sync-frame-unsigned',
    ]);
    expect([outbox.waiting(), courier.refused, courier.isOnline]).toEqual([3, 6, false]);
    await say(topic, signed);
    await vi.waitFor(() => expect(acks).toEqual([right]), soon);
    expect([outbox.waiting(), courier.isOnline]).toEqual([0, true]);
  });

  it('F15 CO3 an ack that is replayed moves no mark back', async () => {
    const { outbox, acks, say } = await setUp();
    const old = sign(ackOf(outbox.epoch, 1));
    for (const frame of [old, sign(ackOf(outbox.epoch, 3)), old, old]) await say(topic, frame);
    await vi.waitFor(() => expect(acks.length).toBe(4), soon);
    expect([outbox.appliedSeq, outbox.waiting()]).toEqual([3, 0]);
  });

  it('F15 CO14 a manifest or dataset that is not signed is no sign of life and brings nothing', async () => {
    const { courier, refused, say } = await setUp();
    const versions = { board: 1, members: 0, events: 0, library: 0, requests: 0, owners: 0, forms: 0 };
    const manifest = encodeFrame({ v: 1, at: new Date().toISOString(), versions });
    await say(topics.manifest(tenant), manifest);
    await say(topics.dataset(tenant, terminal), manifest);
    await vi.waitFor(() => expect(refused).toEqual(['sync-frame-unsigned', 'sync-frame-unsigned']), soon);
    expect(courier.isOnline).toBe(false);
  });
});
