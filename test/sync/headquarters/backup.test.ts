// Backups hold what they say, facts are safe only when one does, and after a restore terminals bring the rest again.
import {
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  rmSync,
  truncateSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { makeBackup, restoreBackup } from '../../../sync/headquarters/backup/backup.ts';
import { runBackupCommand } from '../../../sync/headquarters/backup/backup-command.ts';
import { BackupTimer } from '../../../sync/headquarters/backup/backup-timer.ts';
import { storeKinds } from './store-kinds.ts';
import { ackOf, checkIn, epoch, fact, filing, makeWorld, now, send, type World } from './world.ts';

const later = (): Date => new Date('2025-11-22T08:00:00.000Z');

describe.each(storeKinds)('backup and restore on %s', (kind) => {
  let world: World;
  let folder: string;
  const file = (name: string): string => join(folder, name);
  beforeEach(async () => {
    folder = mkdtempSync(join(tmpdir(), 'yingbin-backup-'));
    world = await makeWorld(undefined, kind);
  });
  afterEach(async () => {
    await world.remove();
    rmSync(folder, { recursive: true });
  });

  const timer = (keep = 2, clock = now, faults: unknown[] = []): BackupTimer =>
    new BackupTimer({
      store: world.store,
      url: world.url,
      folder: file('backups'),
      photos: file('photos-here'),
      everyMs: 3_600_000,
      keep,
      now: clock,
      onDone: () => {},
      onFault: (error) => faults.push(error),
    });
  const backups = (): string[] => readdirSync(file('backups')).sort();
  const points = async (member: string) => (await world.desk.member(member))?.points;

  it('IN9: facts are safe once a backup holds them, and not before', async () => {
    const facts = [fact(1), fact(2, checkIn('m1'))];
    expect(ackOf(await send(world, facts))).toMatchObject({ applied: 2, safe: 0 });
    await timer().run();
    expect(ackOf(await send(world, [fact(3)]))).toMatchObject({ applied: 3, safe: 2 });
    await timer(2, later).run();
    expect(ackOf(await send(world, facts))).toMatchObject({ applied: 3, safe: 3 });
  });

  it('IN9: a backup that fails leaves nothing that looks like one, and no fact safe', async () => {
    await send(world, [fact(1)]);
    const faults: unknown[] = [];
    writeFileSync(file('backups'), 'in the way');
    await timer(2, now, faults).run();
    expect(faults).toHaveLength(1);
    expect(ackOf(await send(world, [fact(2)]))).toMatchObject({ safe: 0 });
  });

  it('IN9: terminals are served while a backup is made', async () => {
    const pages = Array.from({ length: 20 }, (_, n) => ({ name: `page-${n}`, value: 'x'.repeat(1_000_000) }));
    await world.store.transaction((tx) => world.store.insert(tx, 'mark', pages));
    const backup = makeBackup(world.url, file('large')).then(() => 'backup');
    const ack = send(world, [fact(1, checkIn('m1'))]).then(() => 'ack');
    expect(await Promise.race([backup, ack])).toBe('ack');
    await backup;
  });

  it('a copy that fails leaves no part of it behind, and what a dead process left is cleared away', async () => {
    await timer().run();
    writeFileSync(file('backups/headquarters-2025-01-01T00-00-00.000Z.backup.part'), 'half of one');
    await timer(2, later).run();
    expect(backups()).toHaveLength(2);
    expect(backups().every((name) => name.endsWith('.backup'))).toBe(true);
    const nowhere = kind === 'sqlite' ? `sqlite:${file('none')}` : 'postgres://nobody@127.0.0.1:1/none';
    await expect(makeBackup(nowhere, file('two'))).rejects.toHaveProperty('code');
    expect(readdirSync(folder).filter((name) => name.startsWith('two'))).toEqual([]);
  });

  it('keeps the newest backups and touches no other file', async () => {
    for (const day of [1, 2, 3, 4]) await timer(2, () => new Date(Date.UTC(2025, 10, day))).run();
    writeFileSync(file('backups/notes.txt'), 'mine');
    await timer(2, () => new Date(Date.UTC(2025, 10, 5))).run();
    expect(backups()).toEqual([
      'headquarters-2025-11-04T00-00-00.000Z.backup',
      'headquarters-2025-11-05T00-00-00.000Z.backup',
      'notes.txt',
    ]);
  });

  it('F13: after a restore a terminal brings from its ring what came later; nothing is lost or doubled', async () => {
    const early = [fact(1, checkIn('m1')), fact(2, filing())];
    await send(world, early);
    await makeBackup(world.url, file('old'));
    const late = [fact(3, checkIn('m2')), fact(4), fact(5, filing('m2'))];
    const before = ackOf(await send(world, late));
    const versions = await world.publication.versions();
    world = await world.reopen(() => restoreBackup(world.url, file('old'), later));
    expect(await world.desk.factCount()).toBe(2);
    // the ring holds all that was never safe, and the courier goes back to its oldest
    const after = ackOf(await send(world, [...early, ...late]));
    expect({ ...after, visible: null }).toEqual({ ...before, visible: null });
    expect([await points('m1'), await points('m2')]).toEqual([210, 210]);
    expect(await world.service.list(10)).toHaveLength(2);
    expect(await world.deadLetters.count()).toBe(0);
    // terminals know versions that the restored store never gave out
    const fresh = await world.publication.versions();
    for (const name of ['board', 'members', 'events', 'library', 'requests'] as const) {
      expect(fresh[name]).toBeGreaterThan(versions[name]);
    }
  });

  it('F13 IN16: what left the ring is named, and the stream goes on', async () => {
    await send(world, [fact(1)]);
    await makeBackup(world.url, file('old'));
    await send(world, [fact(2), fact(3), fact(4)]);
    world = await world.reopen(() => restoreBackup(world.url, file('old'), later));
    const result = await send(world, [fact(4)], 'hall-1', epoch, { forgotten: 3 });
    expect(result.deadLetters).toEqual(['facts-missing']);
    expect(ackOf(result).applied).toBe(4);
  });

  it('pictures are copied beside the backups, come back when their disk was lost, and go when somebody deleted them', async () => {
    const picture = (name: string): string => join('photos-here', 'r1', `${name}.jpg`);
    const copies = (): string[] => readdirSync(file('backups/photos/r1')).sort();
    mkdirSync(file('photos-here/r1'), { recursive: true });
    for (const name of ['p1', 'p2']) writeFileSync(file(picture(name)), name);
    writeFileSync(file('photos-here/r1/p3.jpg.tmp'), 'half');
    const filed = fact(1, filing());
    await send(world, [filed]);
    const photo = { request: String(filed['id']), type: 'image/jpeg', bytes: 2, at: now().toISOString() };
    await world.store.db
      .insertInto('photo')
      .values({ ...photo, id: 'p1' })
      .execute();
    await timer().run();
    expect(copies()).toEqual(['p1.jpg', 'p2.jpg']);
    rmSync(file('photos-here'), { recursive: true });
    await timer(2, later).run();
    // p2 has no row: somebody deleted it; p1 was lost with its disk
    expect(copies()).toEqual(['p1.jpg']);
    const [newest = ''] = backups()
      .filter((name) => name.endsWith('.backup'))
      .slice(-1);
    world = await world.reopen(async () => {
      await runBackupCommand('restore', world.url, file(`backups/${newest}`), file('photos-here'), later);
    });
    expect(readFileSync(file(picture('p1')), 'utf8')).toBe('p1');
  });

  it('by hand: backup, restore, and a coded word about a file that is none', async () => {
    await send(world, [fact(1, checkIn('m1'))]);
    // an embedded store is held by whoever serves: only its own backups make facts safe
    const made = await runBackupCommand('backup', world.url, file('one'), file('photos-here'), now);
    expect(made).toEqual({ backup: file('one'), streamsSafe: kind === 'sqlite' ? null : 1 });
    await expect(
      runBackupCommand('backup', world.url, file('one'), file('photos-here'), now),
    ).rejects.toMatchObject({
      code: 'hq-backup-failed',
    });
    const busy = kind === 'sqlite' ? 'sync-store-busy' : 'hq-restore-busy';
    await expect(
      runBackupCommand('restore', world.url, file('one'), file('photos-here'), later),
    ).rejects.toMatchObject({
      code: busy,
    });
    truncateSync(file('one'), 3_000);
    world = await world.reopen(async () => {
      await expect(
        runBackupCommand('restore', world.url, file('one'), file('photos-here'), later),
      ).rejects.toHaveProperty('code');
      await expect(
        runBackupCommand('restore', world.url, file('none'), file('photos-here'), later),
      ).rejects.toMatchObject({
        code: 'hq-backup-unreadable',
      });
    });
    expect(await points('m1')).toBe(210);
  });
});
