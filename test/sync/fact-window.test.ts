// Which facts are sent when, on a network that loses, repeats and reorders, to a headquarters that may be restored.
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { Epoch } from '../../sync/contract/ids.ts';
import { FactWindow, type FactWindowInput, type OutboxMarks } from '../../sync/fact-window.ts';
import { ackOf } from './scratch.ts';

const limits = { ackTimeoutMs: 1_000, batchesInFlight: 2 };
const factsPerBatch = 3;
const epoch = '0'.repeat(32) as Epoch;

/** A window with an outbox of `lastSeq` facts behind it, and everything that it sent. */
function setUp(start: { lastSeq?: number; applied?: number; forgotten?: number } = {}) {
  const { lastSeq = 0, applied = 0, forgotten = applied } = start;
  const box = { epoch, lastSeq, applied, forgotten };
  const marks = (): OutboxMarks => ({ ...box });
  const window = new FactWindow(limits, marks());
  const batches: { after: number; upTo: number }[] = [];
  let nowMs = 0;
  const feed = (input: FactWindowInput): void => {
    for (const output of window.step(input, nowMs)) {
      if (output.kind === 'settle') {
        box.applied = Math.max(box.applied, output.ack.applied);
        feed({ kind: 'settled', upTo: output.ack.applied, marks: marks() });
        continue;
      }
      const { after } = output;
      const upTo = Math.min(after + factsPerBatch, box.lastSeq);
      batches.push({ after, upTo });
      feed({ kind: 'sent', after, upTo });
    }
  };
  const wait = (ms: number): void => {
    nowMs += ms;
    feed({ kind: 'tick' });
  };
  const ack = (seq: number): void => feed({ kind: 'ack', ack: ackOf(box.epoch, seq, box.forgotten) });
  const append = (count: number): void => {
    box.lastSeq += count;
    feed({ kind: 'appended', marks: marks() });
  };
  return { box, batches, feed, wait, ack, append };
}

describe('FactWindow', () => {
  it('CO1 sends from the last ack on, a window of batches, and waits for acks', () => {
    const { feed, batches, append, ack } = setUp({ lastSeq: 20, applied: 4 });
    expect(batches).toEqual([]);
    feed({ kind: 'up' });
    expect(batches.splice(0)).toEqual([
      { after: 4, upTo: 7 },
      { after: 7, upTo: 10 },
    ]);
    append(5);
    expect(batches).toEqual([]);
    ack(7);
    expect(batches.splice(0)).toEqual([{ after: 10, upTo: 13 }]);
    ack(25);
    ack(10);
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

  it('CO2 does not wait out a long time-out when headquarters is heard again after a silence', () => {
    const { feed, batches, wait } = setUp({ lastSeq: 2 });
    feed({ kind: 'up' });
    feed({ kind: 'online' });
    expect(batches.splice(0).length).toBe(1);
    for (const ms of [1_000, 2_000, 4_000]) wait(ms);
    batches.splice(0);
    feed({ kind: 'online' });
    expect(batches.splice(0).length).toBe(1);
    wait(2_000);
    expect(batches.splice(0).length).toBe(1);
  });

  it('CO2 F18 gives a headquarters that is slow the time that it took before', () => {
    const { feed, batches, wait, ack } = setUp({ lastSeq: 12 });
    feed({ kind: 'up' });
    expect(batches.splice(0).length).toBe(2);
    wait(900);
    ack(3);
    wait(900);
    // sent at 0, answered at 1,800
    ack(6);
    expect(batches.splice(0).length).toBe(2);
    wait(3_599);
    expect(batches).toEqual([]);
    wait(1);
    expect(batches.splice(0).length).toBe(2);
    // what was sent twice does not tell how long an ack takes, nor that acks come in time again
    ack(9);
    batches.splice(0);
    wait(7_199);
    expect(batches).toEqual([]);
    wait(1);
    expect(batches.splice(0).length).toBe(1);
  });

  it('CO4 goes back to where headquarters says it is when nothing better comes', () => {
    const { feed, batches, wait, ack } = setUp({ lastSeq: 40, applied: 39, forgotten: 5 });
    feed({ kind: 'up' });
    batches.splice(0);
    ack(8);
    expect(batches).toEqual([]);
    wait(1_000);
    expect(batches.splice(0)).toEqual([
      { after: 8, upTo: 11 },
      { after: 11, upTo: 14 },
    ]);
    ack(11);
    ack(14);
    expect(batches.splice(0)).toEqual([
      { after: 14, upTo: 17 },
      { after: 17, upTo: 20 },
    ]);
  });

  it('CO4 IN16 and no further than to what the outbox still holds', () => {
    const { feed, batches, wait, ack } = setUp({ lastSeq: 9, applied: 8, forgotten: 5 });
    feed({ kind: 'up' });
    batches.splice(0);
    ack(2);
    wait(1_000);
    expect(batches.splice(0)[0]).toEqual({ after: 5, upTo: 8 });
  });

  it('CO3 CO4 an old ack that is late takes nothing back, and no ack at all neither', () => {
    const { feed, batches, wait, ack, append } = setUp({ lastSeq: 10, applied: 8, forgotten: 5 });
    feed({ kind: 'up' });
    ack(6);
    ack(10);
    append(1);
    batches.splice(0);
    wait(1_000);
    wait(2_000);
    expect(batches).toEqual([
      { after: 10, upTo: 11 },
      { after: 10, upTo: 11 },
    ]);
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
        const { box, batches, feed, wait, append, ack } = setUp();
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
          if (isUp) ack(mark);
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
            applied = Math.max(box.forgotten, applied - one.back);
          }
          if (one.kind === 'wait' && one.ms % 3 === 0) box.forgotten = Math.max(box.forgotten, applied - 5);
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
      }),
      { numRuns: 2_000 },
    );
  });
});
