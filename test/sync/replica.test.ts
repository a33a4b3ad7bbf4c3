// The replica on real files: whole changes or none, whatever arrives in which order.
import { join } from 'node:path';
import fc from 'fast-check';
import { describe, expect, it, onTestFinished } from 'vitest';
import { type DatasetChange, type DatasetRow, datasetNames } from '../../sync/contract/datasets.ts';
import { Replica } from '../../sync/replica.ts';
import { bring, level, levelRows, PublishedRows, publishedAt, settle } from './dataset-changes.ts';
import { scratchFolder } from './scratch.ts';

function open(folder = join(scratchFolder(), 'datasets')) {
  const replica = Replica.open(folder);
  onTestFinished(() => replica.close());
  const codes = () => replica.list('members', 'level/').map((row) => (row.kind === 'level' ? row.code : '?'));
  return { replica, folder, codes };
}
const members = (from: number, to: number, at = publishedAt) =>
  ({ dataset: 'members', from, to, at }) as const;
const whole = (to: number, rows: readonly DatasetRow[]) => new PublishedRows(rows).change(members(0, to));

describe('Replica', () => {
  it('DS1 a snapshot in the message itself is applied, and survives reopening', () => {
    const { replica, folder, codes } = open();
    expect(replica.take(whole(3, levelRows(['a', 'b', 'c'])))).toBe('taken');
    expect(codes()).toEqual([]);
    expect(settle(replica)).toEqual(['applied']);
    expect(replica.get('members', 'level/c')).toEqual(level('c'));
    expect(replica.get('board', 'level/c')).toBeUndefined();
    replica.close();
    const again = open(folder);
    expect(again.codes()).toEqual(['a', 'b', 'c']);
    expect(again.replica.versions()).toEqual({
      board: 0,
      members: 3,
      events: 0,
      library: 0,
      requests: 0,
      owners: 0,
      forms: 0,
    });
    expect(again.replica.publishedAt('members')).toBe(publishedAt);
    expect(again.replica.publishedAt('board')).toBeNull();
  });

  it('DS1 a snapshot replaces every row', () => {
    const { replica, codes } = open();
    bring(replica, whole(1, levelRows(['a', 'b', 'c'])));
    expect(bring(replica, whole(2, levelRows(['c', 'd'], 4)))).toBe('applied');
    expect(codes()).toEqual(['c', 'd']);
    expect(replica.get('members', 'level/c')).toEqual(level('c', 4));
  });

  it('DS3 a delta applies on exactly its version, changes and deletes rows, in one step', () => {
    const { replica, codes } = open();
    const hq = new PublishedRows(levelRows(['a', 'b', 'c']));
    bring(replica, hq.change(members(0, 5)));
    const delta: DatasetRow[] = [['level/b', null], ...levelRows(['c', 'd'], 7)];
    hq.put(delta);
    expect(bring(replica, hq.change(members(4, 6), delta))).toBe('ignored');
    expect(bring(replica, hq.change(members(6, 7), delta))).toBe('ignored');
    expect(bring(replica, hq.change(members(5, 6), delta))).toBe('applied');
    expect(codes()).toEqual(['a', 'c', 'd']);
    expect(replica.get('members', 'level/c')).toEqual(level('c', 7));
    expect(bring(replica, hq.change(members(5, 6), delta))).toBe('ignored');
  });

  it('DS3 a delta after which the root would not be the one named changes nothing', () => {
    const { replica, codes } = open();
    const hq = new PublishedRows(levelRows(['a', 'b']));
    bring(replica, hq.change(members(0, 5)));
    const change = hq.change(members(5, 6), levelRows(['c']));
    expect(bring(replica, change)).toBe('sync-dataset-mismatch');
    expect([codes(), replica.versions().members]).toEqual([['a', 'b'], 5]);
    hq.put(levelRows(['c']));
    expect(bring(replica, hq.change(members(5, 6), levelRows(['c'])))).toBe('applied');
    expect(codes()).toEqual(['a', 'b', 'c']);
  });

  it('DS3 what was asked for before a change is not remembered after it', () => {
    const { replica } = open();
    const from = (code: string) => {
      const row = replica.get('members', `level/${code}`);
      return row?.kind === 'level' ? row.from : undefined;
    };
    const hq = new PublishedRows(levelRows(['a', 'b'], 1));
    bring(replica, hq.change(members(0, 1)));
    expect(['a', 'b', 'c'].map(from)).toEqual([1, 1, undefined]);
    const delta: DatasetRow[] = [['level/a', null], ...levelRows(['b', 'c'], 2)];
    hq.put(delta);
    bring(replica, hq.change(members(1, 2), delta));
    expect(['a', 'b', 'c'].map(from)).toEqual([undefined, 2, 2]);
    bring(replica, whole(3, levelRows(['a'], 3)));
    expect(['a', 'b', 'c'].map(from)).toEqual([3, undefined, undefined]);
  });

  it('DS5 a row of a wrong shape or of another dataset refuses the whole change', () => {
    const { replica, codes } = open();
    bring(replica, whole(1, levelRows(['a'])));
    const wrong: DatasetRow[] = [
      ['level/b', { kind: 'level', code: 'b' }],
      ['phrase/p/q', { kind: 'phrase', id: 'q', problem: 'p', text: { zh: '', en: '' } }],
    ];
    for (const row of wrong) {
      for (const from of [0, 1]) {
        const change = new PublishedRows([...levelRows(['x']), row]).change(members(from, 2));
        expect(bring(replica, change)).toBe('sync-dataset-row');
      }
    }
    const torn = whole(2, levelRows(['x', 'y'])) as Extract<DatasetChange, { kind: 'inline' }>;
    torn.pack.runs[0]?.columns[1]?.pop();
    expect(bring(replica, torn)).toBe('sync-dataset-row');
    expect([codes(), replica.versions().members]).toEqual([['a'], 1]);
  });

  it('DS7 a list holds exactly the keys with the prefix, in key order', () => {
    const { replica } = open();
    bring(replica, whole(1, levelRows(['b', 'ab', 'abc', 'a', 'z'])));
    expect(replica.list('members', 'level/a').map((row) => row.kind === 'level' && row.code)).toEqual([
      'a',
      'ab',
      'abc',
    ]);
    expect(replica.list('members', 'levem')).toEqual([]);
    expect(replica.list('members', '').length).toBe(5);
    expect(replica.list('board', '')).toEqual([]);
  });

  it('DS8 "as of" moves only on a manifest that says what we have, and never back', () => {
    const { replica, folder } = open();
    const rows = new PublishedRows(levelRows(['a']));
    const manifest = (at: string, version: number, root = rows.hashes.root()) => {
      const roots = Object.fromEntries(datasetNames.map((name) => [name, replica.head(name).root]));
      const versions = { ...replica.versions(), members: version };
      replica.confirm({ v: 1, at, versions, roots: { ...roots, members: root } as never });
    };
    expect(replica.confirmedAt()).toBeNull();
    bring(replica, rows.change(members(0, 3)));
    manifest('2026-03-01T10:00:00.000Z', 4);
    manifest('2026-03-01T10:00:00.000Z', 3, 'f'.repeat(64));
    expect(replica.confirmedAt()).toBeNull();
    manifest('2026-03-01T10:00:10.000Z', 3);
    manifest('2026-03-01T10:00:20.000Z', 3);
    manifest('2026-03-01T09:00:00.000Z', 3);
    manifest('2026-03-01T11:00:00.000Z', 4);
    expect(replica.confirmedAt()).toBe('2026-03-01T10:00:20.000Z');
    replica.close();
    // written seldom, to spare the card: what a restart knows may be some minutes older, never newer
    expect(open(folder).replica.confirmedAt()).toBe('2026-03-01T10:00:10.000Z');
  });

  it('DS2 an older version is taken only from a later word: that of a headquarters that was restored', () => {
    const { replica, codes } = open();
    bring(
      replica,
      new PublishedRows(levelRows(['a', 'b'])).change(members(0, 9, '2026-03-02T00:00:00.000Z')),
    );
    const older = new PublishedRows(levelRows(['a']));
    expect(bring(replica, older.change(members(0, 4, '2026-03-01T00:00:00.000Z')))).toBe('ignored');
    expect(codes()).toEqual(['a', 'b']);
    expect(bring(replica, older.change(members(0, 4, '2026-03-03T00:00:00.000Z')))).toBe('applied');
    expect([codes(), replica.versions().members]).toEqual([['a'], 4]);
  });

  it('DS1–DS6 whatever is sent, lost, repeated and cut, a version holds exactly its own rows', async () => {
    const history = ['a', 'b', 'c', 'd', 'e'].map((_, i, all) =>
      all.slice(0, i + 1).filter((_c, j) => (i + j) % 3 !== 0 || j === i),
    );
    const step = fc.record({
      from: fc.nat(4),
      to: fc.integer({ min: 1, max: 5 }),
      isListed: fc.boolean(),
      isForged: fc.boolean(),
      /** which chunks come, the lists first; more than there are = all */
      send: fc.nat(6),
      after: fc.constantFrom('go on', 'reopen', 'audit'),
    });
    const scratch = scratchFolder();
    let run = 0;
    await fc.assert(
      fc.asyncProperty(fc.array(step, { maxLength: 12 }), async (steps) => {
        run += 1;
        const folder = join(scratch, String(run));
        let replica = Replica.open(folder);
        for (const { from, to, isListed, isForged, send, after } of steps) {
          const old = history[from - 1] ?? [];
          const now = history[to - 1] ?? [];
          const gone = from === 0 ? [] : old.filter((code) => !now.includes(code));
          const rows = [...levelRows(now), ...gone.map((code): DatasetRow => [`level/${code}`, null])];
          const hq = new PublishedRows(levelRows(now));
          const { change, chunks, lists } = await hq.listed(members(from, to), 2, rows);
          const offered = isListed ? change : hq.change(members(from, to), rows);
          replica.take(isForged ? { ...offered, root: 'f'.repeat(64) } : offered);
          for (const chunk of [...lists, ...chunks].slice(0, send)) replica.takeChunk(chunk);
          settle(replica);
          if (after === 'audit') for (let n = 0; n < 10; n += 1) replica.audit();
          if (after === 'reopen') {
            replica.close();
            replica = Replica.open(folder);
          }
          const codes = replica.list('members', '').map((row) => (row.kind === 'level' ? row.code : '?'));
          expect(codes).toEqual(history[replica.versions().members - 1] ?? []);
        }
        replica.close();
      }),
      { numRuns: 60, verbose: 1 },
    );
  });
});
