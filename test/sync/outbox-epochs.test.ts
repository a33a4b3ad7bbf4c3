// New epochs: a store that is older than it should be, clones, and what headquarters makes of their numbers. F12 on the terminal's half.

import { copyFileSync, existsSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import type { Fact } from '../../sync/contract/facts.ts';
import type { FactId } from '../../sync/contract/ids.ts';
import { Database } from '../../sync/database.ts';
import { Outbox, type OutboxOptions, outboxMigrations } from '../../sync/outbox.ts';
import { ackOf, handClock, scratchFolder, terminal, viewed } from './scratch.ts';
import { opened, someSealer } from './some-keys.ts';

function open(
  file = join(scratchFolder(), 'terminal.db'),
  clock = handClock(),
  more: Partial<OutboxOptions> = {},
) {
  const db = Database.open(file, outboxMigrations);
  const outbox = Outbox.open(db, { terminal, sealer: someSealer, clock, ...more });
  const append = (n: number) => db.transaction(() => outbox.append(viewed(n)));
  const held = () => outbox.read(outbox.forgottenSeq, 1_000, 1e9).map((fact) => opened(fact, terminal));
  return { db, outbox, file, clock, append, held };
}
const ids = (facts: readonly Fact[]) => facts.map(({ id }) => id);
const begun = (facts: readonly Fact[]) => facts.filter(({ kind }) => kind === 'epoch-begun');

describe('an epoch', () => {
  it('OB10 F12 an older copy of the file, beside the mark of the newer, begins a new one and keeps ids and words', () => {
    const now = open();
    for (const n of [1, 2]) now.append(n);
    now.db.close();
    copyFileSync(now.file, `${now.file}.backup`);
    const later = open(now.file);
    for (const n of [3, 4, 5]) later.append(n);
    later.clock.advance(60_000);
    later.outbox.tend();
    later.db.close();
    copyFileSync(`${now.file}.backup`, now.file);

    const restored = open(now.file);
    expect(restored.outbox.epoch).not.toBe(now.outbox.epoch);
    const facts = restored.held();
    expect(facts.map(({ seq }) => seq)).toEqual([1, 2, 3]);
    expect(facts).toMatchObject([
      { body: { member: 'm-1' } },
      { body: { member: 'm-2' } },
      { kind: 'epoch-begun', body: { reason: 'older-store', previous: now.outbox.epoch } },
    ]);
    restored.db.close();
    const again = open(now.file);
    expect(again.outbox.epoch).toBe(restored.outbox.epoch);
    expect(again.held()).toEqual(facts);
    again.db.close();
  });

  it('OB10 F12 an ack beyond the newest fact, or of another fact under its mark, or one that asks, begins a new one', () => {
    const { outbox, append, held, db } = open();
    const facts = [1, 2, 3, 4].map(append);
    const first = outbox.epoch;
    const right = { ...ackOf(first, 2, 1), last: facts[1]?.id ?? null };
    expect(outbox.settle(right)).toBe('settled');
    expect(outbox.settle({ ...right, applied: 3, last: facts[0]?.id as FactId })).toBe('renewed');
    const second = outbox.epoch;
    expect(second).not.toBe(first);
    expect(ids(held()).slice(0, 3)).toEqual(ids(facts).slice(1));
    expect([outbox.forgottenSeq, outbox.appliedSeq, outbox.lastSeq]).toEqual([0, 0, 4]);

    expect(outbox.settle(ackOf(first, 2))).toBe('foreign');
    expect(outbox.settle(ackOf(second, 5))).toBe('renewed');
    expect(outbox.settle({ ...ackOf(outbox.epoch, 0), renew: true })).toBe('renewed');
    expect(begun(held()).map(({ body }) => body)).toMatchObject([
      { reason: 'conflict', previous: first },
      { reason: 'older-store', previous: second },
      { reason: 'asked' },
    ]);
    expect(ids(held()).slice(0, 3)).toEqual(ids(facts).slice(1));
    expect(append(9).seq).toBe(7);
    db.close();
  });

  it('OB10 a name under the mark that is unknown, or of a fact that is forgotten, proves nothing', () => {
    const { outbox, append, db } = open();
    for (const n of [1, 2, 3]) append(n);
    expect(outbox.settle(ackOf(outbox.epoch, 3, 3))).toBe('settled');
    const other = '019c0000-0000-7000-8000-000000000000' as FactId;
    expect(outbox.settle({ ...ackOf(outbox.epoch, 3, 3), last: other })).toBe('unchanged');
    db.close();
  });

  it('OB2 a new file where a mark is says which epoch was there; a replacement of a damaged one says that', () => {
    const was = open();
    was.append(1);
    was.db.close();
    rmSync(was.file);
    const blank = open(was.file);
    expect(blank.held()).toMatchObject([
      { seq: 1, kind: 'epoch-begun', body: { reason: 'new-store', previous: was.outbox.epoch } },
    ]);
    blank.db.close();
    rmSync(was.file);
    const replaced = open(was.file, handClock(), { replaced: () => ({ epoch: null, lastSeq: 7 }) });
    expect(replaced.held()).toMatchObject([{ body: { reason: 'set-aside', previous: blank.outbox.epoch } }]);
    replaced.db.close();
    const first = open();
    expect(first.held()).toEqual([]);
    first.db.close();
  });

  it('OB10 a crash between a new epoch and its mark is no reason for another one; a mark that is gone or broken is made again', () => {
    const { outbox, db, file, append } = open();
    append(1);
    const mark = readFileSync(`${file}.mark`);
    outbox.beginEpoch('asked');
    db.close();
    writeFileSync(`${file}.mark`, mark);
    for (const harm of [
      () => {},
      () => writeFileSync(`${file}.mark`, '{"epoch":'),
      () => rmSync(`${file}.mark`),
    ]) {
      harm();
      const again = open(file);
      expect(again.outbox.epoch).toBe(outbox.epoch);
      expect(JSON.parse(readFileSync(`${file}.mark`, 'utf8'))).toEqual({ epoch: outbox.epoch, last: 2 });
      again.db.close();
    }
    expect(existsSync(`${file}.mark.tmp`)).toBe(false);
  });

  it('OB10 F11 what was committed last is known after a kill, and a store that was cut shorter begins a new one', () => {
    const { db, outbox, file, append } = open();
    append(1);
    outbox.noteCommitted();
    db.close();
    copyFileSync(file, `${file}.shorter`);
    const more = open(file);
    for (const n of [2, 3, 4]) more.append(n);
    more.outbox.noteCommitted();
    more.db.close();
    copyFileSync(`${file}.shorter`, file);
    const cut = open(file);
    expect(begun(cut.held())).toMatchObject([
      { body: { reason: 'older-store', previous: outbox.epoch, last: 4 } },
    ]);
    cut.db.close();
    // of the epoch before it says nothing about this one; nor does half of it
    for (const harm of [() => {}, () => writeFileSync(`${file}.mark-near`, '{"epoch":')]) {
      harm();
      const again = open(file);
      expect(again.outbox.epoch).toBe(cut.outbox.epoch);
      again.db.close();
    }
  });

  it('OB10 the mark costs little: it follows after 256 facts or a minute, never ahead of the store', () => {
    const { outbox, db, file, append, clock } = open();
    const marked = () => JSON.parse(readFileSync(`${file}.mark`, 'utf8')).last;
    append(1);
    outbox.tend();
    expect(marked()).toBe(0);
    clock.advance(60_000);
    outbox.tend();
    expect(marked()).toBe(1);
    db.transaction(() => {
      for (let n = 0; n < 256; n += 1) outbox.append(viewed(n));
    });
    outbox.tend();
    expect(marked()).toBe(257);
    db.close();
  });
});
