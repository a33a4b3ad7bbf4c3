// The courier's decisions, on a network that loses, repeats and reorders, and a headquarters that may be restored.
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { DatasetVersions } from '../../sync/contract/datasets.ts';
import { CourierCore, type CourierInput, type CourierOutput } from '../../sync/courier-core.ts';

const none: DatasetVersions = { board: 0, members: 0, events: 0, library: 0, requests: 0 };
const limits = { ackTimeoutMs: 1_000, factsPerBatch: 3, batchesInFlight: 2, silenceMs: 35_000 };

/** A core with an outbox of `lastSeq` facts behind it, and everything that it sent. */
function setUp(start: { lastSeq?: number; applied?: number; safe?: number } = {}) {
  const box = { lastSeq: start.lastSeq ?? 0, safe: start.safe ?? start.applied ?? 0 };
  const core = new CourierCore(limits, {
    lastSeq: box.lastSeq,
    applied: start.applied ?? 0,
    have: none,
    floor: () => box.safe,
  });
  const batches: { after: number; upTo: number }[] = [];
  const other: CourierOutput[] = [];
  let nowMs = 0;
  const feed = (input: CourierInput): void => {
    for (const output of core.step(input, nowMs)) {
      if (output.kind !== 'send-batch') {
        other.push(output);
        continue;
      }
      const upTo = Math.min(output.after + limits.factsPerBatch, box.lastSeq);
      batches.push({ after: output.after, upTo });
      feed({ kind: 'sent', after: output.after, upTo });
    }
  };
  const wait = (ms: number): void => {
    nowMs += ms;
    feed({ kind: 'tick' });
  };
  const append = (count: number): void => {
    box.lastSeq += count;
    feed({ kind: 'appended', lastSeq: box.lastSeq });
  };
  return { core, box, batches, other, feed, wait, append };
}

describe('CourierCore', () => {
  it('CO1 sends from the last ack on, a window of batches, and waits for acks', () => {
    const { feed, batches, append } = setUp({ lastSeq: 20, applied: 4 });
    expect(batches).toEqual([]);
    feed({ kind: 'up' });
    expect(batches.splice(0)).toEqual([
      { after: 4, upTo: 7 },
      { after: 7, upTo: 10 },
    ]);
    append(5);
    expect(batches).toEqual([]);
    feed({ kind: 'acked', applied: 7 });
    expect(batches.splice(0)).toEqual([{ after: 10, upTo: 13 }]);
    feed({ kind: 'acked', applied: 25 });
    feed({ kind: 'acked', applied: 10 });
    expect(batches).toEqual([]);
  });

  it('CO2 goes back to the last ack when none comes, less and less often, and at once after a reconnection', () => {
    const { feed, batches, wait } = setUp({ lastSeq: 2 });
    feed({ kind: 'up' });
    const sent = () => batches.splice(0).length;
    expect(sent()).toBe(1);
    wait(999);
    expect(sent()).toBe(0);
    wait(1);
    expect(sent()).toBe(1);
    wait(1_000);
    expect(sent()).toBe(0);
    wait(1_000);
    expect(sent()).toBe(1);
    feed({ kind: 'down' });
    wait(60_000);
    expect(sent()).toBe(0);
    feed({ kind: 'up' });
    expect(sent()).toBe(1);
    wait(1_000);
    expect(sent()).toBe(1);
  });

  it('CO2 does not wait out a long time-out when headquarters is heard again', () => {
    const { feed, batches, wait } = setUp({ lastSeq: 2 });
    feed({ kind: 'up' });
    for (const ms of [1_000, 2_000, 4_000]) wait(ms);
    batches.splice(0);
    wait(999);
    feed({ kind: 'heard' });
    expect(batches.splice(0)).toEqual([]);
    wait(1);
    feed({ kind: 'heard' });
    feed({ kind: 'heard' });
    expect(batches.splice(0).length).toBe(1);
  });

  it('CO4 falls back to what the outbox still holds when headquarters has less than it said', () => {
    const { feed, batches, wait, box } = setUp({ lastSeq: 9, applied: 8, safe: 5 });
    feed({ kind: 'up' });
    wait(1_000);
    batches.splice(0);
    wait(2_000);
    expect(batches.splice(0)[0]).toEqual({ after: 5, upTo: 8 });
    expect(box.safe).toBe(5);
  });

  it('CO5 online means headquarters was heard in this connection, not that the broker is there', () => {
    const { core, feed, wait, other } = setUp();
    const links = () => other.splice(0).flatMap((o) => (o.kind === 'link' ? [o.state] : []));
    feed({ kind: 'up' });
    feed({ kind: 'manifest', versions: none });
    expect([core.isOnline, links()]).toEqual([false, []]);
    feed({ kind: 'heard' });
    feed({ kind: 'heard' });
    expect([core.isOnline, links()]).toEqual([true, ['online']]);
    wait(35_000);
    expect(core.isOnline).toBe(true);
    wait(1);
    expect([core.isOnline, links()]).toEqual([false, ['offline']]);
    feed({ kind: 'heard' });
    feed({ kind: 'down' });
    expect(links()).toEqual(['online', 'offline']);
    feed({ kind: 'heard' });
    expect(core.isOnline).toBe(false);
  });

  it('CO6 asks on connect, on news, again when nothing comes, and not when nothing is new', () => {
    const { feed, wait, other } = setUp();
    const asks = () => other.splice(0).flatMap((o) => (o.kind === 'ask' ? [o.have] : []));
    feed({ kind: 'up' });
    expect(asks()).toEqual([none]);
    feed({ kind: 'manifest', versions: none });
    wait(5_000);
    expect(asks()).toEqual([]);
    feed({ kind: 'manifest', versions: { ...none, board: 2 } });
    feed({ kind: 'manifest', versions: { ...none, board: 2 } });
    expect(asks()).toEqual([none]);
    wait(1_000);
    expect(asks()).toEqual([none]);
    feed({ kind: 'part', dataset: 'board', outcome: 'progress', versions: none });
    wait(999);
    expect(asks()).toEqual([]);
    feed({ kind: 'part', dataset: 'board', outcome: 'progress', versions: { ...none, board: 2 } });
    wait(100_000);
    expect(asks()).toEqual([]);
  });

  it('CO7 a change that was refused is asked for as a whole, more and more seldom', () => {
    const { feed, wait, other } = setUp();
    const have = { ...none, board: 4, events: 2 };
    feed({ kind: 'up' });
    feed({ kind: 'part', dataset: 'board', outcome: 'progress', versions: have });
    feed({ kind: 'manifest', versions: { ...have, board: 5 } });
    other.splice(0);
    const refuse = () => feed({ kind: 'part', dataset: 'board', outcome: 'refused', versions: have });
    refuse();
    let asked = 0;
    for (let second = 0; second < 120; second += 1) {
      wait(1_000);
      for (const output of other.splice(0)) {
        expect(output).toEqual({ kind: 'ask', have: { ...have, board: 0 } });
        asked += 1;
        refuse();
      }
    }
    expect(asked).toBeGreaterThan(3);
    expect(asked).toBeLessThan(9);
  });

  it('CO1–CO4 on any network everything arrives in the end, in order, with a bounded window', () => {
    const action = fc.oneof(
      fc.record({ kind: fc.constant('append' as const), count: fc.integer({ min: 1, max: 9 }) }),
      {
        weight: 3,
        arbitrary: fc.record({
          kind: fc.constant('deliver' as const),
          which: fc.nat(9),
          isCopy: fc.boolean(),
        }),
      },
      fc.record({ kind: fc.constant('lose' as const), which: fc.nat(9) }),
      {
        weight: 2,
        arbitrary: fc.record({ kind: fc.constant('ack' as const), which: fc.nat(9), isCopy: fc.boolean() }),
      },
      fc.record({ kind: fc.constant('cut' as const) }),
      fc.record({ kind: fc.constant('up' as const) }),
      fc.record({ kind: fc.constant('wait' as const), ms: fc.integer({ min: 1, max: 3_000 }) }),
      fc.record({ kind: fc.constant('restore' as const), back: fc.nat(5) }),
    );
    fc.assert(
      fc.property(fc.array(action, { maxLength: 60 }), (actions) => {
        const { core, box, batches, feed, wait, append } = setUp();
        let isUp = false;
        let applied = 0;
        const acks: number[] = [];
        const deliver = (batch: { after: number; upTo: number } | undefined): void => {
          if (!batch) return;
          // headquarters: skip what it has, stop at a gap, always tell its own mark
          if (batch.after <= applied) applied = Math.max(applied, batch.upTo);
          acks.push(applied);
        };
        const tell = (mark: number | undefined): void => {
          if (mark === undefined) return;
          if (isUp) feed({ kind: 'acked', applied: mark });
        };
        const pick = <T>(list: T[], which: number, isCopy: boolean): T | undefined =>
          isCopy ? list[which % list.length] : list.splice(which % list.length, 1)[0];
        for (const one of actions) {
          if (one.kind === 'append') append(one.count);
          else if (one.kind === 'deliver' && batches.length > 0)
            deliver(pick(batches, one.which, one.isCopy));
          else if (one.kind === 'lose' && batches.length > 0) pick(batches, one.which, false);
          else if (one.kind === 'ack' && acks.length > 0) tell(pick(acks, one.which, one.isCopy));
          else if (one.kind === 'cut' && isUp) {
            isUp = false;
            feed({ kind: 'down' });
          } else if (one.kind === 'up' && !isUp) {
            isUp = true;
            batches.length = 0;
            feed({ kind: 'up' });
            expect(batches.length).toBeLessThanOrEqual(limits.batchesInFlight);
          } else if (one.kind === 'wait') wait(one.ms);
          else if (one.kind === 'restore') {
            // the marks of before do not come any more, and what was safe stayed
            acks.length = 0;
            batches.length = 0;
            applied = Math.max(box.safe, applied - one.back);
          }
          if (one.kind === 'wait' && one.ms % 3 === 0) box.safe = Math.max(box.safe, applied - 5);
        }
        if (!isUp) feed({ kind: 'up' });
        isUp = true;
        // a headquarters that was restored is noticed with the next fact
        append(1);
        for (let round = 0; round < 300 && applied < box.lastSeq; round += 1) {
          for (const batch of batches.splice(0)) deliver(batch);
          for (const mark of acks.splice(0)) tell(mark);
          wait(1_000);
        }
        expect(applied).toBe(box.lastSeq);
        expect(core.isOnline).toBe(false);
      }),
      { numRuns: 2_000 },
    );
  });
});
