// The headquarters program as IT starts it: one ready line, one sentence when it cannot, a clean end.
import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtempSync, readdirSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { smallDeveloper } from './small-developer.ts';

const program = fileURLToPath(new URL('../../../dist/sync/headquarters/main.js', import.meta.url));
let folder: string;
let child: ChildProcess | undefined;
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'yingbin-hq-'));
  writeFileSync(join(folder, 'fleet.key'), '07'.repeat(32), { mode: 0o600 });
});
afterEach(async () => {
  if (child && child.exitCode === null && child.signalCode === null) {
    child.kill('SIGKILL');
    await once(child, 'exit');
  }
  rmSync(folder, { recursive: true });
});

const config = (change: object = {}) => {
  const file = join(folder, 'headquarters.json');
  const right = {
    v: 1,
    tenant: 'test',
    dataDir: 'data',
    http: { port: 0 },
    broker: { kind: 'embedded', port: 0 },
    fleetKeyFile: 'fleet.key',
    apiTokenFile: 'api.token',
    keysFile: 'headquarters.keys',
  };
  writeFileSync(file, JSON.stringify({ ...right, ...change }), { mode: 0o600 });
  return file;
};

function run(...args: string[]) {
  const started = spawn(process.execPath, [program, ...args], { stdio: ['ignore', 'pipe', 'pipe'] });
  child = started;
  let out = '';
  let log = '';
  started.stdout.on('data', (chunk: Buffer) => {
    out += chunk.toString();
  });
  started.stderr.on('data', (chunk: Buffer) => {
    log += chunk.toString();
  });
  const ended = once(started, 'close').then(() => ({
    code: started.exitCode,
    out,
    lines: log
      .trim()
      .split('\n')
      .filter((line) => line !== '')
      .map((line) => JSON.parse(line) as { code?: string; msg: string }),
  }));
  const ready = new Promise<{ http: string; mqtt: string }>((resolve) => {
    started.stdout.once('data', () => resolve(JSON.parse(out) as { http: string; mqtt: string }));
  });
  return { ended, ready, stop: () => started.kill('SIGTERM') };
}

describe('the headquarters program', () => {
  it('imports, says that it is ready, serves, and ends cleanly when told to', async () => {
    const file = join(folder, 'developer.json');
    writeFileSync(file, JSON.stringify(smallDeveloper()));
    const program = run('--config', config(), '--import', file);
    const ready = await program.ready;
    expect(ready).toMatchObject({ ready: true, mqtt: expect.stringMatching(/^mqtt:\/\/127\.0\.0\.1:\d+$/) });
    expect((await fetch(`${ready.http}/api/health`)).status).toBe(401);
    expect((await fetch(ready.http)).headers.get('content-type')).toContain('text/html');
    program.stop();
    const { code, out, lines } = await program.ended;
    expect(code).toBe(0);
    expect(out.trim().split('\n')).toHaveLength(1);
    expect(JSON.stringify(lines)).not.toContain('张');
  });

  it('F13 copies its store when told to, also while it serves, and brings the copy back', async () => {
    const file = join(folder, 'developer.json');
    writeFileSync(file, JSON.stringify(smallDeveloper()));
    const serving = run('--config', config(), '--import', file);
    await serving.ready;
    const copy = join(folder, 'backups', 'one');
    const made = await run('backup', '--config', config(), '--to', copy).ended;
    expect([made.code, JSON.parse(made.out)]).toEqual([0, { backup: copy, streamsSafe: null }]);
    const early = await run('restore', '--config', config(), '--from', copy).ended;
    expect([early.code, early.lines[0]?.code]).toEqual([2, 'sync-store-busy']);
    serving.stop();
    await serving.ended;
    const restored = await run('restore', '--config', config(), '--from', copy).ended;
    expect([restored.code, JSON.parse(restored.out)]).toEqual([0, { restored: copy }]);
    expect(readdirSync(join(folder, 'data')).some((name) => name.includes('.before-'))).toBe(true);
    const again = run('--config', config());
    expect(await again.ready).toMatchObject({ ready: true });
    again.stop();
    await again.ended;
  }, 120_000);

  it.each([
    ['an unknown command', () => ['copy', '--config', config()], 'hq-command-unknown', 'backup --to FILE'],
    ['a wrong key', () => ['--config', config({ colour: 'red' })], 'hq-config-wrong', 'colour is not a key'],
    [
      'a config that is not there',
      () => ['--config', '/nowhere.json'],
      'hq-config-unreadable',
      '/nowhere.json',
    ],
    ['no config', () => [], 'hq-config-unreadable', '--config FILE'],
    [
      'a folder that cannot be made',
      () => ['--config', config({ dataDir: 'headquarters.json/data' })],
      'hq-folder-unwritable',
      'headquarters.json/data',
    ],
    [
      'a short fleet key',
      () => ['--config', config({ fleetKeyFile: 'headquarters.json' })],
      'hq-secret-unreadable',
      '64 hex digits',
    ],
    [
      'a wrong import',
      () => ['--config', config(), '--import', config()],
      'hq-import-shape',
      'board is missing',
    ],
    ['an unknown argument', () => ['--colour'], 'ERR_PARSE_ARGS_UNKNOWN_OPTION', '--colour'],
  ])('refuses %s in one coded sentence', async (_what, args, code, words) => {
    const { code: exit, out, lines } = await run(...args()).ended;
    expect({ exit, out }).toEqual({ exit: 2, out: '' });
    expect(lines).toHaveLength(1);
    expect(lines[0]).toMatchObject({ code, msg: expect.stringContaining(words) });
  });
});
