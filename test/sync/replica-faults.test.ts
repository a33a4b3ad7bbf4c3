// What may go wrong between a dataset's chunks and its rows: cuts at every step, bad bytes, drifted rows, lost files.
import { randomBytes } from 'node:crypto';
import { cpSync, readdirSync, readFileSync, rmSync, truncateSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { brotliCompressSync, constants } from 'node:zlib';
import { describe, expect, it, onTestFinished, vi } from 'vitest';
import { chunkHash, decodeChunk, encodeLists } from '../../sync/contract/chunk.ts';
import { Database } from '../../sync/database.ts';
import { Edition } from '../../sync/edition.ts';
import { Replica } from '../../sync/replica.ts';
import { SyncError } from '../../sync/sync-error.ts';
import { bring, levelRows, PublishedRows, publishedAt, settle } from './dataset-changes.ts';
import { scratchFolder } from './scratch.ts';

function open(folder = join(scratchFolder(), 'datasets')) {
  const replica = Replica.open(folder);
  onTestFinished(() => replica.close());
  return { replica, folder, codes: () => codesOf(replica) };
}
const codesOf = (replica: Replica) =>
  replica.list('members', '').map((row) => (row.kind === 'level' ? `${row.code}${row.from}` : '?'));
const members = (from: number, to: number, at = publishedAt) =>
  ({ dataset: 'members', from, to, at }) as const;
const spelt = (n: number) =>
  [...String(n).padStart(4, '0')].map((digit) => 'abcdefghij'[Number(digit)]).join('');
const letters = (count: number) => Array.from({ length: count }, (_, n) => spelt(n));
const auditAll = (replica: Replica) => {
  for (let n = 0; n < 30; n += 1) replica.audit();
};
/** The one file of the members that is current. */
const editionFile = (folder: string) =>
  join(
    folder,
    `members-${JSON.parse(readFileSync(join(folder, 'current.json'), 'utf8')).editions.members.current}.db`,
  );

describe('a replica', () => {
  it('F19 DS4 a transfer cut at every chunk goes on with the one that is missing', async () => {
    const { folder } = open();
    const hq = new PublishedRows(levelRows(letters(60)));
    const { change, chunks, lists } = await hq.listed(members(0, 1), 7);
    const all = [...lists, ...chunks];
    for (const [n, chunk] of all.entries()) {
      const replica = Replica.open(folder);
      expect(replica.take(change)).toBe('taken');
      settle(replica);
      // exactly what did not come yet, in the order of need
      expect(replica.missing()).toEqual((n === 0 ? lists : all.slice(n)).map(chunkHash));
      expect(codesOf(replica)).toEqual([]);
      expect(replica.takeChunk(chunk)).toBe('kept');
      expect(replica.takeChunk(chunk)).toBe('unwanted');
      if (n === all.length - 1) expect(settle(replica)).toEqual(['applied']);
      replica.close();
    }
    expect(open(folder).codes()).toHaveLength(60);
    expect(readdirSync(join(folder, 'chunks'))).toEqual([]);
  });

  it('F19 DS6 chunks in any order and any number of times', async () => {
    const { replica, codes } = open();
    const { change, chunks, lists } = await new PublishedRows(levelRows(letters(30))).listed(
      members(0, 1),
      4,
    );
    replica.take(change);
    for (const list of lists) replica.takeChunk(list);
    for (const chunk of [...chunks.toReversed(), ...chunks]) replica.takeChunk(chunk);
    expect(settle(replica)).toEqual(['applied']);
    expect(codes()).toHaveLength(30);
  });

  it('F19 DS1 power cut at every write of a snapshot and a delta: the old rows or the new, never a mix', async () => {
    const states = [[], ['a0', 'b0', 'c0'], ['b0', 'c7', 'd7'], ['e0', 'f0']];
    const hq = new PublishedRows(levelRows(['a', 'b', 'c']));
    const first = hq.change(members(0, 1));
    const rows = [['level/a', null] as const, ...levelRows(['c', 'd'], 7)];
    hq.put(rows);
    const delta = hq.change(members(1, 2), rows);
    const last = await new PublishedRows(levelRows(['e', 'f'])).listed(members(0, 3), 1);
    const cuts: string[] = [];
    const scratch = scratchFolder();
    const { replica, folder } = open(join(scratch, 'live'));
    const cut = () => {
      const image = join(scratch, `cut-${cuts.length}`);
      cpSync(folder, image, { recursive: true });
      cuts.push(image);
    };
    const { run } = Database.prototype;
    const spy = vi.spyOn(Database.prototype, 'run').mockImplementation(function cutBefore(
      this: Database,
      ...args
    ) {
      cut();
      return run.apply(this, args);
    });
    bring(replica, first);
    bring(replica, delta);
    replica.take(last.change);
    for (const chunk of [...last.lists, ...last.chunks]) replica.takeChunk(chunk);
    settle(replica);
    spy.mockRestore();
    cut();
    expect(cuts.length).toBeGreaterThan(30);
    const seen = new Set<number>();
    for (const image of cuts) {
      const survivor = Replica.open(image);
      const { members: version } = survivor.versions();
      seen.add(version);
      expect(codesOf(survivor)).toEqual(states[version]);
      const { root } = survivor.head('members');
      auditAll(survivor);
      expect(survivor.head('members').root).toBe(root);
      // and it goes on from there
      if (version === 1) expect(bring(survivor, delta)).toBe('applied');
      survivor.close();
    }
    expect([...seen]).toEqual([0, 1, 2, 3]);
  });

  it('F19 DS1 a disk that fails at any write of a change leaves the old rows, and the change can come again', () => {
    const { replica, codes } = open();
    const hq = new PublishedRows(levelRows(['a', 'b']));
    bring(replica, hq.change(members(0, 1)));
    const rows = levelRows(['b', 'c'], 5);
    hq.put(rows);
    for (const change of [hq.change(members(1, 2), rows), hq.change(members(0, 2))]) {
      let writes = 1;
      for (let failing = 1; failing <= writes; failing += 1) {
        writes = 0;
        const { run } = Database.prototype;
        const spy = vi.spyOn(Database.prototype, 'run').mockImplementation(function fail(
          this: Database,
          ...args
        ) {
          writes += 1;
          if (writes === failing) throw new Error('disk full');
          return run.apply(this, args);
        });
        expect(() => bring(replica, change)).toThrow();
        spy.mockRestore();
        expect([codes(), replica.versions().members]).toEqual([['a0', 'b0'], 1]);
        if (failing > 12) break;
      }
    }
    expect(bring(replica, hq.change(members(0, 2)))).toBe('applied');
    expect(codes()).toEqual(['a0', 'b5', 'c5']);
  });

  it('F19 DS4 a chunk that was not asked for, or is changed on the way, is dropped; one torn on disk comes again', async () => {
    const { replica, folder, codes } = open();
    const { change, chunks, lists } = await new PublishedRows(levelRows(letters(9))).listed(members(0, 1), 3);
    replica.take(change);
    expect(replica.takeChunk(randomBytes(2_000))).toBe('unwanted');
    expect(replica.takeChunk(Buffer.from(lists[0] ?? '').fill(0, 0, 1))).toBe('unwanted');
    for (const chunk of [...lists, ...chunks.slice(1)]) replica.takeChunk(chunk);
    const torn = chunkHash(chunks[2] as Buffer);
    truncateSync(join(folder, 'chunks', torn), 9);
    replica.takeChunk(chunks[0] as Buffer);
    settle(replica);
    expect(replica.missing()).toEqual([torn]);
    replica.takeChunk(chunks[2] as Buffer);
    expect(settle(replica)).toEqual(['applied']);
    expect(codes()).toHaveLength(9);
  });

  it('F19 DS4 rows that headquarters cut anew, because it or another worker packed them again, are fetched in their new chunks', async () => {
    const { replica, codes } = open();
    const hq = new PublishedRows(levelRows(letters(30)));
    const old = await hq.listed(members(0, 1), 7);
    const later = '2026-03-01T09:00:00.000Z';
    const anew = await hq.listed(members(0, 1, later), 10);
    replica.take(old.change);
    for (const chunk of [...old.lists, ...old.chunks.slice(1)]) replica.takeChunk(chunk);
    settle(replica);
    expect(replica.take({ ...old.change, at: later })).toBe('ignored');
    expect(replica.take({ ...anew.change, at: publishedAt })).toBe('ignored');
    expect(replica.take(anew.change)).toBe('taken');
    expect(replica.take(old.change)).toBe('ignored');
    for (const chunk of [...anew.lists, ...anew.chunks]) expect(replica.takeChunk(chunk)).toBe('kept');
    expect(replica.take({ ...old.change, at: '2026-03-01T10:00:00.000Z' })).toBe('ignored');
    expect(settle(replica)).toEqual(['applied']);
    expect(codes()).toHaveLength(30);
  });

  it('F19 DS4 a chunk that unpacks to gigabytes, to nonsense or to rows that do not fit is refused with a code', () => {
    const bomb = brotliCompressSync(Buffer.alloc(64 * 1024 * 1024, 32), {
      params: { [constants.BROTLI_PARAM_QUALITY]: 1 },
    });
    const packed = (value: unknown) => brotliCompressSync(Buffer.from(JSON.stringify(value)));
    const cases: [Buffer, string][] = [
      [bomb, 'sync-frame-unreadable'],
      [randomBytes(70_000), 'sync-frame-too-large'],
      [randomBytes(500), 'sync-frame-unreadable'],
      [packed({ runs: 3 }), 'sync-frame-shape'],
      [
        packed({ runs: [{ fields: ['kind', 'code'], columns: [['level'], []] }], gone: [] }),
        'sync-dataset-row',
      ],
      [packed({ runs: [{ fields: ['__proto__'], columns: [[{}]] }], gone: [] }), 'sync-dataset-row'],
      [packed({ runs: [{ fields: ['kind'], columns: [['level']] }], gone: [] }), 'sync-dataset-row'],
    ];
    for (const [chunk, code] of cases) {
      const { replica } = open();
      const [list] = encodeLists([chunkHash(chunk)]) as [Buffer];
      const change = new PublishedRows().change(members(0, 1));
      replica.take({ ...change, kind: 'listed', lists: [chunkHash(list)] } as never);
      replica.takeChunk(list);
      replica.takeChunk(chunk);
      expect(settle(replica)).toEqual([code]);
      expect(replica.versions().members).toBe(0);
      // what can never be right is not kept
      expect(replica.missing()).toEqual([]);
    }
    expect(() => decodeChunk(bomb)).toThrow(SyncError);
  });

  it('F19 DS2 a replayed snapshot or delta of an older version changes nothing', () => {
    const { replica, codes } = open();
    const hq = new PublishedRows(levelRows(['a']));
    const first = hq.change(members(0, 1, '2026-03-01T00:00:01.000Z'));
    bring(replica, first);
    hq.put(levelRows(['b']));
    const second = hq.change(members(1, 2, '2026-03-01T00:00:02.000Z'), levelRows(['b']));
    bring(replica, second);
    expect([bring(replica, first), bring(replica, second)]).toEqual(['ignored', 'ignored']);
    expect(codes()).toEqual(['a0', 'b0']);
  });

  it.each([
    ['changed', "UPDATE row SET body = replace(body, '0', '9') WHERE key = 'level/aaac'"],
    ['made unreadable', "UPDATE row SET body = '{' WHERE key = 'level/aaac'"],
    ['deleted', "DELETE FROM row WHERE key = 'level/aaac'"],
    ['added', "INSERT INTO row SELECT 'level/zzz', body, hash FROM row WHERE key = 'level/aaac'"],
  ])('DS12 a row that somebody %s in the file is found, and only its bucket is sent', (_how, sql) => {
    const { folder, replica } = open();
    const hq = new PublishedRows(levelRows(letters(26)));
    bring(replica, hq.change(members(0, 1)));
    replica.close();
    const file = Database.open(editionFile(folder), [], { isBeside: true });
    file.run(sql);
    file.close();
    const drifted = Replica.open(folder);
    onTestFinished(() => drifted.close());
    expect(drifted.head('members').root).toBe(hq.hashes.root());
    auditAll(drifted);
    expect(drifted.head('members').root).not.toBe(hq.hashes.root());
    const repair = hq.repair(members(1, 1, '2026-03-02T00:00:00.000Z'), drifted.hashes('members') ?? '');
    expect(repair.buckets).toHaveLength(1);
    expect(repair.kind === 'inline' && (repair.pack.runs[0]?.columns[0]?.length ?? 0)).toBeLessThan(4);
    expect(bring(drifted, repair)).toBe('applied');
    expect(codesOf(drifted)).toEqual(letters(26).map((code) => `${code}0`));
    auditAll(drifted);
    expect(drifted.head('members').root).toBe(hq.hashes.root());
  });

  it('DS12 rows that change while they are read again are no drift', () => {
    const { replica } = open();
    const hq = new PublishedRows(levelRows(letters(1_000)));
    bring(replica, hq.change(members(0, 1)));
    for (let version = 2; version < 30; version += 1) {
      replica.audit();
      const code = letters(1_000)[(version * 37) % 1_000] ?? '';
      const rows = version % 3 === 0 ? [[`level/${code}`, null] as const] : levelRows([code], version);
      hq.put(rows);
      expect(bring(replica, hq.change(members(version - 1, version), rows))).toBe('applied');
    }
    for (let n = 0; n < 60; n += 1) replica.audit();
    expect(replica.head('members').root).toBe(hq.hashes.root());
  });

  it('DS9 a file that cannot be read any more gives way to the one before, and to nothing without one', () => {
    const { folder, replica } = open();
    const hq = new PublishedRows(levelRows(letters(200)));
    bring(replica, hq.change(members(0, 1)));
    bring(replica, hq.change(members(0, 2)));
    const damaged = editionFile(folder);
    replica.close();
    const bytes = readFileSync(damaged);
    // past the first page, which is read at once
    writeFileSync(damaged, Buffer.concat([bytes.subarray(0, 4_096), randomBytes(bytes.length - 4_096)]));
    const again = open(folder);
    expect(again.codes()).toHaveLength(200);
    expect(again.replica.versions().members).toBe(1);
    again.replica.close();
    writeFileSync(editionFile(folder), 'no database');
    expect(open(folder).replica.versions().members).toBe(0);
  });

  it('DS9 a file that goes bad while it is open is noticed by the reader, who gets the rows before', () => {
    const { replica, codes } = open();
    const hq = new PublishedRows(levelRows(['a']));
    bring(replica, hq.change(members(0, 1)));
    hq.put(levelRows(['b']));
    bring(replica, hq.change(members(0, 2)));
    vi.spyOn(Edition.prototype, 'list').mockImplementationOnce(() => {
      throw new SyncError('sync-store-failed', 'the disk failed');
    });
    expect(codes()).toEqual(['a0']);
    expect(settle(replica)).toEqual(['lost']);
    expect(replica.versions().members).toBe(1);
  });

  it('DS9 a pointer that is torn costs the datasets, never the start', () => {
    const { folder, replica } = open();
    bring(replica, new PublishedRows(levelRows(['a'])).change(members(0, 1)));
    replica.close();
    writeFileSync(join(folder, 'current.json'), '{"v":1,"conf');
    expect(open(folder).replica.versions().members).toBe(0);
    rmSync(folder, { recursive: true });
  });

  it('DS10 a delta of many rows is laid beside the rows and merged at once', async () => {
    const { replica } = open();
    const hq = new PublishedRows(levelRows(letters(3_000)));
    bring(replica, hq.change(members(0, 1)));
    const rows = [
      ...levelRows(letters(2_900), 3),
      ...letters(3_000)
        .slice(2_950)
        .map((code) => [`level/${code}`, null] as const),
    ];
    hq.put(rows);
    const { change, chunks, lists } = await hq.listed(members(1, 2), 1_000, rows);
    replica.take(change);
    for (const chunk of [...lists, ...chunks]) {
      replica.takeChunk(chunk);
      if (chunk === chunks.at(-1)) continue;
      settle(replica);
      expect(codesOf(replica)).toHaveLength(3_000);
      expect(replica.versions().members).toBe(1);
    }
    expect(settle(replica)).toEqual(['applied']);
    expect(codesOf(replica)).toHaveLength(2_950);
    auditAll(replica);
    for (let n = 0; n < 60; n += 1) replica.audit();
    expect(replica.head('members').root).toBe(hq.hashes.root());
  });
});
