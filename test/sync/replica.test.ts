// The replica on a real file: whole changes or none, whatever arrives in which order.
import { join } from 'node:path';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { DatasetPart, DatasetRow } from '../../sync/contract/datasets.ts';
import { Database } from '../../sync/database.ts';
import { Replica, replicaMigrations } from '../../sync/replica.ts';
import { level, levelRows, partsOf, publishedAt } from './dataset-parts.ts';
import { scratchFolder } from './scratch.ts';

function open(file = join(scratchFolder(), 'terminal.db')) {
  const db = Database.open(file, replicaMigrations);
  const replica = Replica.open(db);
  const take = (parts: readonly DatasetPart[]) => parts.map((part) => replica.take(part));
  const codes = () => replica.list('members', 'level/').map((row) => (row.kind === 'level' ? row.code : '?'));
  const rowCount = () => Number(db.get('SELECT count(*) AS n FROM dataset_row')?.['n']);
  const sweepAll = () => {
    while (replica.sweep()) {}
  };
  return { db, replica, file, take, codes, rowCount, sweepAll };
}
const members = (from: number, to: number) => ({ dataset: 'members', from, to }) as const;

describe('Replica', () => {
  it('DS1 a snapshot is applied when all of its parts are there, and survives reopening', () => {
    const { db, replica, file, take, codes } = open();
    const parts = partsOf(members(0, 3), levelRows(['a', 'b', 'c', 'd', 'e']));
    expect(take(parts.slice(0, 2))).toEqual(['collecting', 'collecting']);
    expect(codes()).toEqual([]);
    expect(replica.versions().members).toBe(0);
    expect(take(parts.slice(2))).toEqual(['applied']);
    expect(replica.get('members', 'level/c')).toEqual(level('c'));
    expect(replica.get('board', 'level/c')).toBeUndefined();
    db.close();
    const again = open(file);
    expect(again.codes()).toEqual(['a', 'b', 'c', 'd', 'e']);
    expect(again.replica.versions()).toEqual({ board: 0, members: 3, events: 0, library: 0, requests: 0 });
    expect(again.replica.publishedAt('members')).toBe(publishedAt);
    expect(again.replica.publishedAt('board')).toBeNull();
    again.db.close();
  });

  it('DS2 a snapshot replaces every row; what no dataset uses any more is swept', () => {
    const { db, take, codes, rowCount, sweepAll } = open();
    take(partsOf(members(0, 1), levelRows(['a', 'b', 'c'])));
    take(partsOf(members(0, 2), levelRows(['c', 'd'])));
    expect(codes()).toEqual(['c', 'd']);
    expect(rowCount()).toBe(5);
    sweepAll();
    expect(rowCount()).toBe(2);
    expect(codes()).toEqual(['c', 'd']);
    db.close();
  });

  it('DS1 a snapshot of which a part could not be written never becomes whole without it', () => {
    const { db, replica, take, codes } = open();
    const parts = partsOf(members(0, 3), levelRows(['a', 'b', 'c', 'd', 'e']));
    take(parts.slice(0, 1));
    db.run("CREATE TRIGGER full BEFORE INSERT ON dataset_row BEGIN SELECT RAISE(ABORT, 'disk full'); END");
    expect(() => take(parts.slice(1, 2))).toThrow();
    db.run('DROP TRIGGER full');
    expect(take(parts.slice(2))).toEqual(['ignored']);
    expect(replica.versions().members).toBe(0);
    expect(take(parts)).toEqual(['collecting', 'collecting', 'applied']);
    expect(codes()).toEqual(['a', 'b', 'c', 'd', 'e']);
    db.close();
  });

  it('DS3 a delta applies on exactly its version, changes and deletes rows, in one step', () => {
    const { db, replica, take, codes } = open();
    take(partsOf(members(0, 5), levelRows(['a', 'b', 'c'])));
    const delta: DatasetRow[] = [['level/b', null], ...levelRows(['c', 'd'], 7)];
    expect(take(partsOf(members(4, 6), delta))).toEqual(['ignored', 'ignored']);
    expect(take(partsOf(members(6, 7), delta))).toEqual(['ignored', 'ignored']);
    expect(take(partsOf(members(5, 6), delta))).toEqual(['collecting', 'applied']);
    expect(codes()).toEqual(['a', 'c', 'd']);
    expect(replica.get('members', 'level/c')).toEqual(level('c', 7));
    expect(take(partsOf(members(5, 6), delta))).toEqual(['ignored', 'ignored']);
    db.close();
  });

  it('DS3 what was asked for before a change is not remembered after it', () => {
    const { db, replica, take } = open();
    const from = (code: string) => {
      const row = replica.get('members', `level/${code}`);
      return row?.kind === 'level' ? row.from : undefined;
    };
    take(partsOf(members(0, 1), levelRows(['a', 'b'], 1)));
    expect(['a', 'b', 'c'].map(from)).toEqual([1, 1, undefined]);
    take(partsOf(members(1, 2), [['level/a', null], ...levelRows(['b', 'c'], 2)]));
    expect(['a', 'b', 'c'].map(from)).toEqual([undefined, 2, 2]);
    take(partsOf(members(0, 3), levelRows(['a'], 3)));
    expect(['a', 'b', 'c'].map(from)).toEqual([3, undefined, undefined]);
    db.close();
  });

  it('DS4 a wrong hash, also of one part among many, refuses the whole change', () => {
    const { db, replica, take, codes } = open();
    take(partsOf(members(0, 1), levelRows(['a'])));
    const rows = levelRows(['x', 'y', 'z']);
    const forged = partsOf(members(0, 2), rows).map((part) =>
      part.part === 0 ? { ...part, rows: levelRows(['x', 'q']) } : part,
    );
    expect(take(forged)).toEqual(['collecting', 'mismatch']);
    expect(take(partsOf(members(1, 2), rows).map((part) => ({ ...part, sha256: '0'.repeat(64) })))).toEqual([
      'collecting',
      'mismatch',
    ]);
    expect(codes()).toEqual(['a']);
    expect(replica.versions().members).toBe(1);
    expect(take(partsOf(members(0, 2), rows))).toEqual(['collecting', 'applied']);
    db.close();
  });

  it('DS5 a row of a wrong shape, of another dataset or under a wrong key refuses the whole change', () => {
    const { db, take, codes } = open();
    take(partsOf(members(0, 1), levelRows(['a'])));
    const wrong: DatasetRow[] = [
      ['level/b', { kind: 'level', code: 'b' }],
      ['level/c', level('b')],
      ['phrase/p/q', { kind: 'phrase', id: 'q', problem: 'p', text: { zh: '', en: '' } }],
      ['level/b', 'text'],
    ];
    for (const row of wrong) {
      expect(take(partsOf(members(1, 2), [...levelRows(['x']), row], 1)).at(-1)).toBe('bad-row');
      expect(take(partsOf(members(0, 2), [row, ...levelRows(['x'])], 1))).toEqual(['bad-row', 'ignored']);
    }
    expect(codes()).toEqual(['a']);
    db.close();
  });

  it('DS6 a part out of order is ignored; the first part again starts again', () => {
    const { db, take, codes } = open();
    const parts = partsOf(members(0, 1), levelRows(['a', 'b', 'c', 'd', 'e', 'f']));
    const [one, two, three] = parts as [DatasetPart, DatasetPart, DatasetPart];
    expect(take([two, one, three, one, two, two, three])).toEqual([
      'ignored',
      'collecting',
      'ignored',
      'collecting',
      'collecting',
      'ignored',
      'applied',
    ]);
    expect(codes()).toEqual(['a', 'b', 'c', 'd', 'e', 'f']);
    db.close();
  });

  it('DS6 a change that was cut by a restart leaves nothing behind', () => {
    const { db, file, take } = open();
    take(partsOf(members(0, 1), levelRows(['a'])));
    take(partsOf(members(0, 2), levelRows(['b', 'c', 'd'])).slice(0, 1));
    db.close();
    const again = open(file);
    expect(again.codes()).toEqual(['a']);
    again.sweepAll();
    expect(again.rowCount()).toBe(1);
    expect(again.take(partsOf(members(0, 2), levelRows(['b', 'c', 'd'])))).toEqual(['collecting', 'applied']);
    expect(again.codes()).toEqual(['b', 'c', 'd']);
    again.db.close();
  });

  it('DS6 sweeping does not touch a snapshot that is still coming', () => {
    const { db, take, codes, sweepAll } = open();
    const parts = partsOf(members(0, 1), levelRows(['a', 'b', 'c']));
    take(parts.slice(0, 1));
    sweepAll();
    take(parts.slice(1));
    expect(codes()).toEqual(['a', 'b', 'c']);
    db.close();
  });

  it('DS7 a list holds exactly the keys with the prefix, in key order', () => {
    const { db, replica, take } = open();
    take(partsOf(members(0, 1), levelRows(['b', 'ab', 'abc', 'a', 'z']), 10));
    expect(replica.list('members', 'level/a').map((row) => row.kind === 'level' && row.code)).toEqual([
      'a',
      'ab',
      'abc',
    ]);
    expect(replica.list('members', 'levem')).toEqual([]);
    expect(replica.list('members', '').length).toBe(5);
    expect(replica.list('board', '')).toEqual([]);
    db.close();
  });

  it('DS8 "as of" moves only on a manifest that says what we have, and never back', () => {
    const { db, replica, file, take } = open();
    const manifest = (at: string, version: number) =>
      replica.confirm({ v: 1, at, versions: { ...replica.versions(), members: version } });
    expect(replica.confirmedAt()).toBeNull();
    take(partsOf(members(0, 3), levelRows(['a'])));
    manifest('2026-03-01T10:00:00.000Z', 4);
    expect(replica.confirmedAt()).toBeNull();
    manifest('2026-03-01T10:00:10.000Z', 3);
    manifest('2026-03-01T10:00:20.000Z', 3);
    manifest('2026-03-01T09:00:00.000Z', 3);
    manifest('2026-03-01T11:00:00.000Z', 4);
    expect(replica.confirmedAt()).toBe('2026-03-01T10:00:20.000Z');
    db.close();
    // written seldom, to spare the card: what a restart knows may be some minutes older, never newer
    const again = open(file);
    expect(again.replica.confirmedAt()).toBe('2026-03-01T10:00:10.000Z');
    again.db.close();
  });

  it('DS1–DS6 whatever is sent, lost, repeated and cut, a version holds exactly its own rows', () => {
    const history = ['a', 'b', 'c', 'd', 'e'].map((_, i, all) =>
      all.slice(0, i + 1).filter((_c, j) => (i + j) % 3 !== 0 || j === i),
    );
    const step = fc.record({
      from: fc.nat(4),
      to: fc.integer({ min: 1, max: 5 }),
      send: fc.array(fc.nat(3), { maxLength: 5 }),
      forge: fc.boolean(),
      after: fc.constantFrom('go on', 'reopen', 'sweep'),
    });
    const folder = scratchFolder();
    let run = 0;
    fc.assert(
      fc.property(fc.array(step, { maxLength: 20 }), (steps) => {
        run += 1;
        let box = open(join(folder, `${run}.db`));
        for (const { from, to, send, forge, after } of steps) {
          const old = history[from - 1] ?? [];
          const now = history[to - 1] ?? [];
          const gone = from === 0 ? [] : old.filter((code) => !now.includes(code));
          const rows = [...levelRows(now), ...gone.map((code): DatasetRow => [`level/${code}`, null])];
          const parts = partsOf(members(from, to), rows).map((part) =>
            forge ? { ...part, sha256: 'f'.repeat(64) } : part,
          );
          for (const part of send.length > 3 ? parts : send.map((n) => parts[n]))
            if (part) box.replica.take(part);
          if (after === 'sweep') box.sweepAll();
          if (after === 'reopen') {
            box.db.close();
            box = open(box.file);
          }
          expect(box.codes()).toEqual(history[box.replica.versions().members - 1] ?? []);
        }
        box.db.close();
      }),
      { numRuns: 100 },
    );
  });
});
