// The power-cut replayer by hand-made logs; then real histories of a terminal's store, cut short.
import { describe, expect, it } from 'vitest';
import { seededRandom } from '../fault-plan.ts';
import { Confirmed, type Recovered } from './confirmed.ts';
import { CrashDisk, type CrashFate, crashFates } from './crash-disk.ts';
import { powerCutSubjects } from './power-cut-proof.ts';
import { replayPowerCuts } from './replay-power-cuts.ts';
import { type DiskOp, readStraceLog } from './strace-log.ts';

const hex = (text: string): string =>
  [...Buffer.from(text)].map((byte) => `\\x${byte.toString(16).padStart(2, '0')}`).join('');
const file = `<${hex('/d/f')}>`;
const cwd = `AT_FDCWD<${hex('/w')}>`;

describe('strace log', () => {
  it('gives what happened to the folder, in order, and what was said', () => {
    const log = [
      `1 openat(${cwd}, "${hex('/d/f')}", O_RDWR|O_CREAT|O_CLOEXEC, 0644) = 20${file}`,
      `1 openat(${cwd}, "${hex('/etc/x')}", O_RDONLY) = 21<${hex('/etc/x')}>`,
      `1 pwrite64(20${file}, "${hex('a, "b) = 7')}", 9, 512) = 9`,
      `1 write(20${file}, "${hex('one')}", 3) = 3`,
      `1 write(20${file}, "${hex('two')}", 3) = 2`,
      `1 fdatasync(20${file})            = 0`,
      `1 ftruncate(20${file}, 24) = 0`,
      `1 write(1</dev/null>, "${hex('FACT 1\nFA')}", 9) = 9`,
      `1 write(1</dev/null>, "${hex('CT 2\n')}", 5) = 5`,
      `1 rename("${hex('/d/f')}", "${hex('/d/g')}") = 0`,
      `1 fsync(22<${hex('/d')}>) = 0`,
      `1 unlink("${hex('/d/g')}") = 0`,
      `1 unlink("${hex('/d/h')}") = -1 ENOENT (No such file or directory)`,
      '1 --- SIGTERM {si_signo=SIGTERM} ---',
      '1 +++ exited with 0 +++',
      '',
    ].join('\n');
    expect(readStraceLog(log, '/d')).toEqual([
      { kind: 'create', path: '/d/f' },
      { kind: 'write', path: '/d/f', at: 512, bytes: Buffer.from('a, "b) = 7').subarray(0, 9) },
      { kind: 'write', path: '/d/f', at: 0, bytes: Buffer.from('one') },
      { kind: 'write', path: '/d/f', at: 3, bytes: Buffer.from('tw') },
      { kind: 'sync', path: '/d/f' },
      { kind: 'truncate', path: '/d/f', size: 24 },
      { kind: 'say', line: 'FACT 1' },
      { kind: 'say', line: 'FACT 2' },
      { kind: 'rename', path: '/d/f', to: '/d/g' },
      { kind: 'sync', path: '/d' },
      { kind: 'unlink', path: '/d/g' },
    ]);
  });

  it('joins calls that another thread interrupted, and counts them when they end', () => {
    const log = [
      `1 fsync(20${file} <unfinished ...>`,
      `2 pwrite64(20${file}, "${hex('x')}", 1, 0) = 1`,
      '1 <... fsync resumed>) = 0',
    ].join('\n');
    expect(readStraceLog(log, '/d').map(({ kind }) => kind)).toEqual(['write', 'sync']);
  });

  it('refuses what it cannot replay', () => {
    const calls = [
      `fallocate(20${file}, 0, 0, 4096) = 0`,
      `mmap(NULL, 4096, PROT_READ|PROT_WRITE, MAP_SHARED, 20${file}, 0) = 0x7f0000000000`,
      `link("${hex('/d/f')}", "${hex('/d/g')}") = 0`,
      `pwrite64(20${file}, "${hex('x')}"..., 2000000, 0) = 2000000`,
    ];
    for (const call of calls) expect(() => readStraceLog(`1 ${call}`, '/d'), call).toThrow();
  });
});

describe('crash disk', () => {
  const write = (at: number, text: string, path = '/d/f'): DiskOp => ({
    kind: 'write',
    path,
    at,
    bytes: Buffer.from(text),
  });
  const create = (path = '/d/f'): DiskOp => ({ kind: 'create', path });
  const sync = (path = '/d/f'): DiskOp => ({ kind: 'sync', path });
  const left = (ops: readonly DiskOp[], fate: CrashFate, seed = 1) => {
    const disk = new CrashDisk();
    for (const op of ops) disk.apply(op);
    return Object.fromEntries(
      [...disk.crash(fate, seededRandom(seed))].map(([path, bytes]) => [path, bytes.toString()]),
    );
  };

  it('keeps what was synced, whatever the fate of the rest', () => {
    const ops = [create(), write(0, 'synced'), sync(), sync('/d'), write(2, '--')];
    expect(left(ops, 'nothing')).toEqual({ '/d/f': 'synced' });
    expect(left(ops, 'all')).toEqual({ '/d/f': 'sy--ed' });
    for (const fate of crashFates) {
      for (let seed = 1; seed <= 50; seed += 1)
        expect(left(ops, fate, seed)['/d/f']).toMatch(/^sy(nc|--)ed$/);
    }
  });

  it('forgets a synced file whose name nobody synced', () => {
    expect(left([create(), write(0, 'x'), sync()], 'nothing')).toEqual({});
    expect(left([create(), write(0, 'x'), sync()], 'all')).toEqual({ '/d/f': 'x' });
  });

  it('undoes renames and removals that nobody synced, and keeps names in order', () => {
    const before = [
      create(),
      write(0, 'old'),
      sync(),
      create('/d/g'),
      write(0, 'new', '/d/g'),
      sync('/d/g'),
      sync('/d'),
    ];
    const renamed: DiskOp[] = [
      ...before,
      { kind: 'rename', path: '/d/g', to: '/d/f' },
      { kind: 'unlink', path: '/d/f' },
    ];
    expect(left(renamed, 'nothing')).toEqual({ '/d/f': 'old', '/d/g': 'new' });
    expect(left(renamed, 'all')).toEqual({});
    const seen = new Set<string>();
    for (let seed = 1; seed <= 50; seed += 1) seen.add(JSON.stringify(left(renamed, 'oldest', seed)));
    expect(seen).toEqual(new Set(['{"/d/f":"old","/d/g":"new"}', '{"/d/f":"new"}', '{}']));
  });

  it('tears writes at sectors and puts later ones before earlier ones', () => {
    const ops = [create(), sync('/d'), write(0, 'a'.repeat(1_024)), write(1_024, 'b'.repeat(512))];
    const seen = new Set<string>();
    for (let seed = 1; seed <= 200; seed += 1) {
      const content = left(ops, 'sectors', seed)['/d/f'] ?? '';
      seen.add([0, 512, 1_024].map((at) => content[at] ?? ' ').join(''));
    }
    expect(seen).toContain('a\0b');
    expect(seen).toContain('\0\0b');
    expect(seen).toContain('aab');
    expect(seen).toContain('   ');
  });

  it('truncates and reads holes as zeros', () => {
    const ops: DiskOp[] = [
      create(),
      write(0, 'abcd'),
      { kind: 'truncate', path: '/d/f', size: 2 },
      write(3, 'z'),
    ];
    expect(left(ops, 'all')).toEqual({ '/d/f': 'ab\0z' });
  });

  it('never leaves a -shm', () => {
    expect(left([create('/d/f-shm')], 'all')).toEqual({});
  });
});

describe('what was confirmed', () => {
  const says = [
    'OPENING new',
    'COMMIT made',
    'OPEN',
    'COMMIT one',
    'FACT 1 h1',
    'SETTLE 1',
    'COMMIT forgot',
    'COMMIT two',
    'FACT 2 h2',
  ];
  const confirmed = new Confirmed(says.map((line): DiskOp => ({ kind: 'say', line })));
  const held = (digest: string, facts: Record<number, string>, forgotten = 0): Recovered => ({
    digest,
    facts: new Map(Object.entries(facts).map(([seq, hash]) => [Number(seq), hash])),
    forgotten,
    lastSeq: Math.max(forgotten, ...Object.keys(facts).map(Number)),
    members: 0,
  });

  it('is there, and nothing else but what was under way', () => {
    expect(confirmed.judge(5, held('one', { 1: 'h1' }))).toEqual({ accepted: 1, lost: 0, faults: [] });
    expect(confirmed.judge(6, held('forgot', {}, 1))).toMatchObject({ lost: 0, faults: [] });
    expect(confirmed.judge(7, held('two', { 2: 'h2' }, 1))).toMatchObject({ lost: 0, faults: [] });
  });

  it('is found missing, changed, forgotten too early, or half-done', () => {
    expect(confirmed.judge(5, held('made', {}))).toMatchObject({ lost: 1 });
    expect(confirmed.judge(5, held('one', { 1: 'other' }))).toMatchObject({ lost: 1 });
    expect(confirmed.judge(5, held('one', {}, 1))).toMatchObject({ lost: 1 });
    expect(confirmed.judge(5, held('strange', { 1: 'h1' })).faults).toHaveLength(1);
    expect(confirmed.judge(7, held('two', { 2: 'other' }, 1)).faults).toHaveLength(1);
  });
});

describe.each([
  { name: 'F7 power cuts of the terminal', subject: powerCutSubjects.terminal },
  { name: 'F8 power cuts of headquarters', subject: powerCutSubjects.headquarters },
])('$name', ({ subject: { log, recover, fewSteps } }) => {
  const seed = 20_260_304;

  it(`OB1 OB3 OB4 IN1 IN4 DS1 lose no confirmed fact and show nothing half-done, seed ${seed}`, async () => {
    const figures = replayPowerCuts(await log(seed, 'FULL', fewSteps), { seed, points: 100, recover });
    expect(figures).toMatchObject({ points: 100, lost: 0, corrupt: 0, faults: [] });
    expect(figures.accepted).toBeGreaterThan(1_000);
  }, 120_000);

  it(`lose facts when SQLite does not wait for the disk, seed ${seed}`, async () => {
    const control = replayPowerCuts(await log(seed, 'NORMAL', fewSteps), { seed, points: 40, recover });
    expect(control.lost).toBeGreaterThan(0);
  }, 120_000);
});
