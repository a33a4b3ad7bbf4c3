// The outbox on a real file: numbering, forgetting, reopening, refusing.

import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import fc from 'fast-check';
import * as v from 'valibot';
import { describe, expect, it } from 'vitest';
import {
  type FactContent,
  factSchema,
  maxFactBytes,
  type WireFact,
  wireFactSchema,
} from '../../sync/contract/facts.ts';
import type { Epoch, TerminalId } from '../../sync/contract/ids.ts';
import { Database } from '../../sync/database.ts';
import { Outbox, outboxMigrations } from '../../sync/outbox.ts';
import { systemClock } from '../../sync/terminal-clock.ts';
import { ackOf, handClock, scratchFolder, terminal, viewed } from './scratch.ts';
import { opened, someSealer } from './some-keys.ts';

function open(file = join(scratchFolder(), 'terminal.db'), clock = handClock()) {
  const db = Database.open(file, outboxMigrations);
  const outbox = Outbox.open(db, { terminal, sealer: someSealer, clock });
  const append = (n: number) => db.transaction(() => outbox.append(viewed(n)));
  return { db, outbox, file, clock, append };
}

const read = (outbox: Outbox, after = 0, most = 10, bytes = 1e6) =>
  outbox.read(after, most, bytes).map((fact) => opened(fact, terminal));

describe('Outbox', () => {
  it('OB1 a fact is kept with the local effect or not at all', () => {
    const { db, outbox, append } = open();
    append(1);
    expect(() =>
      db.transaction(() => {
        outbox.append(viewed(2));
        throw new Error('the local effect failed');
      }),
    ).toThrow('local effect');
    expect(append(3).seq).toBe(2);
    expect(read(outbox)).toMatchObject([{ body: { member: 'm-1' } }, { body: { member: 'm-3' } }]);
    expect(() => outbox.append(viewed(4))).toThrow('transaction');
    db.close();
  });

  it('OB2 the epoch is made with the file and stays; another terminal is refused', () => {
    const { db, outbox, file } = open();
    expect(outbox.epoch).toMatch(/^[0-9a-f]{32}$/);
    db.close();
    const again = open(file);
    expect(again.outbox.epoch).toBe(outbox.epoch);
    expect(() =>
      Outbox.open(again.db, { terminal: 'other' as TerminalId, sealer: someSealer, clock: handClock() }),
    ).toThrow(expect.objectContaining({ code: 'sync-store-foreign' }));
    expect(open().outbox.epoch).not.toBe(outbox.epoch);
    again.db.close();
  });

  it('OB8 a file that is open is refused to a second program until it is closed', () => {
    const { db, file } = open();
    expect(() => open(file)).toThrow(expect.objectContaining({ code: 'sync-store-busy' }));
    db.close();
    open(file).db.close();
  });

  it('OB3 numbers go on without a gap after everything was forgotten and the file reopened', () => {
    const { db, outbox, file, append } = open();
    for (const n of [1, 2, 3]) append(n);
    outbox.settle(ackOf(outbox.epoch, 3));
    expect(outbox.read(0, 10, 1e6)).toEqual([]);
    expect(outbox.waiting()).toBe(0);
    db.close();
    const again = open(file);
    expect(again.outbox.lastSeq).toBe(3);
    expect(again.outbox.appliedSeq).toBe(3);
    expect(again.append(4).seq).toBe(4);
    again.db.close();
  });

  it('OB4 what is read is what was appended, in the shape of the wire, with the same id on every read', () => {
    const { db, outbox, append } = open();
    const facts = [append(1), append(2), append(3)];
    expect(read(outbox)).toEqual(facts);
    expect(read(outbox, 1, 1)).toEqual([facts[1]]);
    expect(read(outbox, 0, 10, 10)).toEqual([facts[0]]);
    const wire = outbox.read(0, 10, 1e6);
    for (const fact of wire) expect(v.parse(wireFactSchema, fact)).toEqual(fact);
    expect(outbox.read(0, 10, 1e6)).toEqual(wire);
    expect(new Set(facts.map(({ id }) => id)).size).toBe(3);
    db.close();
  });

  it('OB5 only a mark of this epoch that was ever appended counts, and marks never fall', () => {
    const { db, outbox, append } = open();
    for (const n of [1, 2, 3, 4]) append(n);
    expect(outbox.settle(ackOf('f'.repeat(32) as Epoch, 4))).toBe('foreign');
    expect(outbox.settle(ackOf(outbox.epoch, 1, 2))).toBe('foreign');
    expect(outbox.waiting()).toBe(4);
    expect(outbox.settle(ackOf(outbox.epoch, 3, 2))).toBe('settled');
    expect(outbox.settle(ackOf(outbox.epoch, 1, 1))).toBe('unchanged');
    expect(outbox.read(0, 10, 1e6).map(({ seq }) => seq)).toEqual([3, 4]);
    expect([outbox.appliedSeq, outbox.safeSeq, outbox.waiting()]).toEqual([3, 2, 1]);
    db.close();
  });

  it('OB9 F22 nothing of a fact’s words is in the files, only headquarters’ key opens them, and only as that fact', () => {
    const { db, outbox, file } = open();
    const words = { kind: 'person-proven', body: { member: 'm-canary-7', purpose: 'points' } } as const;
    db.transaction(() => outbox.append(words as FactContent));
    const [wire] = outbox.read(0, 1, 1e6);
    for (const name of [file, `${file}-wal`]) {
      expect(readFileSync(name).includes('m-canary-7')).toBe(false);
    }
    expect(readFileSync(`${file}-wal`).includes('person-proven')).toBe(true);
    if (!wire) throw new Error('nothing was kept');
    expect(opened(wire, terminal)).toMatchObject(words);
    for (const other of [
      { ...wire, kind: 'visit-recorded' },
      { ...wire, id: `${wire.id.slice(0, -1)}x` },
    ]) {
      expect(() => opened(other as WireFact, terminal)).toThrow('opened');
    }
    expect(() => opened(wire, 'hall-2' as TerminalId)).toThrow('opened');
    db.close();
    expect(readFileSync(file).includes('m-canary-7')).toBe(false);
  });

  it('OB6 a fact that no frame can carry is refused before it takes a number', () => {
    const { db, outbox, append } = open();
    const huge = { kind: 'terminal-started', body: { version: 'x'.repeat(maxFactBytes) } } as const;
    expect(() => db.transaction(() => outbox.append(huge))).toThrow(
      expect.objectContaining({ code: 'sync-frame-too-large' }),
    );
    expect(append(1).seq).toBe(1);
    db.close();
  });

  it('OB7 ids rise inside one millisecond and when the clock steps back; times are told as the clocks say', () => {
    const clock = handClock();
    const { db, append } = open(undefined, clock);
    const facts = Array.from({ length: 50 }, (_, n) => append(n));
    clock.advance(-3_600_000);
    const later = append(51);
    const ids = [...facts.map(({ id }) => id), later.id];
    expect(ids.every((id, i) => i === 0 || id > (ids[i - 1] ?? ''))).toBe(true);
    expect(ids.every((id) => /^[0-9a-f]{8}-[0-9a-f]{4}-7[0-9a-f]{3}-[89ab]/.test(id))).toBe(true);
    expect(facts[0]).toMatchObject({
      at: '2026-03-01T00:00:00.000Z',
      boot: 'boot-1',
      monoMs: 0,
      clock: 'synced',
      schema: factSchema,
    });
    db.close();
  });

  it('OB7 the machine clock names its boot and does not go back', () => {
    const clock = systemClock();
    expect(clock.boot.length).toBeGreaterThan(8);
    expect(clock.monoMs()).toBeLessThanOrEqual(clock.monoMs());
  });

  it('OB1 OB3 OB5 OB10 any row of appends, failures, acks, new epochs and reopenings keeps exactly what is not safe', () => {
    const step = fc.oneof(
      {
        weight: 5,
        arbitrary: fc.record({ kind: fc.constant('append' as const), count: fc.integer({ min: 1, max: 4 }) }),
      },
      fc.record({ kind: fc.constant('fail' as const) }),
      {
        weight: 3,
        arbitrary: fc.record({ kind: fc.constant('ack' as const), applied: fc.nat(40), safe: fc.nat(40) }),
      },
      fc.record({ kind: fc.constant('reopen' as const) }),
    );
    const folder = scratchFolder();
    let run = 0;
    fc.assert(
      fc.property(fc.array(step, { maxLength: 30 }), (steps) => {
        run += 1;
        let box = open(join(folder, `${run}.db`));
        let held: string[] = [];
        let forgotten = 0;
        const last = () => forgotten + held.length;
        for (const one of steps) {
          if (one.kind === 'append') {
            box.db.transaction(() => {
              for (let n = 0; n < one.count; n += 1) held.push(box.outbox.append(viewed(n)).id);
            });
          } else if (one.kind === 'fail') {
            try {
              box.db.transaction(() => {
                box.outbox.append(viewed(999));
                throw new Error('no');
              });
            } catch {}
          } else if (one.kind === 'ack') {
            const outcome = box.outbox.settle(ackOf(box.outbox.epoch, one.applied, one.safe));
            expect(outcome === 'foreign').toBe(one.safe > one.applied);
            expect(outcome === 'renewed').toBe(one.safe <= one.applied && one.applied > last());
            if (outcome === 'settled' && one.safe > forgotten) {
              held = held.slice(one.safe - forgotten);
              forgotten = one.safe;
            }
            if (outcome === 'renewed') {
              forgotten = 0;
              held.push(box.outbox.read(held.length, 1, 1e6)[0]?.id ?? 'none');
            }
          } else {
            box.db.close();
            box = open(box.file);
          }
          expect([box.outbox.lastSeq, box.outbox.forgottenSeq]).toEqual([last(), forgotten]);
          const kept = box.outbox.read(forgotten, 1000, 1e9);
          expect(kept.map(({ seq, id }) => [seq, id])).toEqual(held.map((id, i) => [forgotten + i + 1, id]));
        }
        box.db.close();
      }),
      { numRuns: 60 },
    );
  });
});
