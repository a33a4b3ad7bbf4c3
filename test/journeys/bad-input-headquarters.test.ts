// The shipped headquarters, started wrongly: one coded line that says what to do, nothing lost.
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { type AddressInfo, createServer, type Server } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { writePrivate } from '../../provisioning/write-terminal.ts';
import { lastMonth, smallDeveloper } from '../sync/headquarters/small-developer.ts';
import { type Ended, programs, runProgram } from './program-run.ts';

let folder: string;
let taken: Server;
let takenPort: number;
beforeEach(async () => {
  folder = mkdtempSync(join(tmpdir(), 'yingbin-bad-'));
  writePrivate(join(folder, 'fleet.key'), '07'.repeat(32));
  writePrivate(join(folder, 'developer.json'), JSON.stringify(smallDeveloper(lastMonth())));
  taken = createServer();
  await new Promise<void>((resolve) => taken.listen(0, '127.0.0.1', resolve));
  takenPort = (taken.address() as AddressInfo).port;
});
afterEach(async () => {
  await new Promise((resolve) => taken.close(resolve));
  rmSync(folder, { recursive: true, force: true });
});

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
function config(change: object = {}): string {
  const file = join(folder, 'headquarters.json');
  writeFileSync(file, JSON.stringify({ ...right, ...change }));
  return file;
}
const start = (...args: string[]) => runProgram(programs.headquarters, ...args);
function complaint({ code, out, lines }: Ended): { code: string; msg: string } {
  expect({ code, out }).toEqual({ code: 2, out: '' });
  const said = lines.map((line) => JSON.parse(line) as { event?: string; code: string; msg: string });
  expect(said.filter(({ event }) => event === 'not-started')).toHaveLength(1);
  const { code: fault = '', msg = '' } = said.at(-1) ?? {};
  return { code: fault, msg };
}
const imported = async (change: object = {}): Promise<void> => {
  const program = start('--config', config(change), '--import', join(folder, 'developer.json'));
  await program.ready;
  program.kill('SIGTERM');
  await program.ended;
};
const membersKept = async (): Promise<number> => {
  const program = start('--config', config());
  const { http } = (await program.ready) as { http: string };
  const token = readFileSync(join(folder, 'api.token'), 'utf8').trim();
  const answer = await fetch(`${http}/api/members`, { headers: { authorization: `Bearer ${token}` } });
  const { members } = (await answer.json()) as { members: unknown[] };
  program.kill('SIGINT');
  program.kill('SIGINT');
  expect(await program.ended).toMatchObject({ code: 0, signal: null });
  return members.length;
};

describe('a headquarters that cannot start says in one line why and what to do', () => {
  it.each([
    [
      'an http port that is taken',
      () => config({ http: { port: takenPort } }),
      'hq-port-in-use',
      /http\.port/,
    ],
    [
      'a broker port that is taken',
      () => config({ broker: { kind: 'embedded', port: takenPort } }),
      'hq-port-in-use',
      /broker\.port/,
    ],
    [
      'a broker port that cannot be',
      () => config({ broker: { kind: 'external', url: 'mqtt://127.0.0.1:0' } }),
      'hq-config-wrong',
      /broker\.url must have a port/,
    ],
    [
      'a data folder below a file',
      () => config({ dataDir: 'fleet.key/x' }),
      'hq-folder-unwritable',
      /dataDir/,
    ],
    ['a config that is not JSON', () => join(folder, 'fleet.key'), 'hq-config-not-json', /Mend it/],
    [
      'a fleet key that others may read',
      () => {
        writeFileSync(join(folder, 'open.key'), '07'.repeat(32), { mode: 0o644 });
        return config({ fleetKeyFile: 'open.key' });
      },
      'hq-secret-unreadable',
      /mode 0600/,
    ],
  ])('%s', async (_what, file, code, words) => {
    await imported();
    const said = complaint(await start('--config', file()).ended);
    expect(said).toMatchObject({ code, msg: expect.stringMatching(words) });
    expect(await membersKept()).toBe(3);
  });

  it.each([
    ['no such file', () => join(folder, 'nothing.json'), 'hq-import-unreadable'],
    ['a file that is not JSON', () => join(folder, 'fleet.key'), 'hq-import-unreadable'],
    [
      'a file of a wrong shape',
      () => {
        const { members: _, ...rest } = smallDeveloper(lastMonth());
        writeFileSync(join(folder, 'half.json'), JSON.stringify(rest));
        return join(folder, 'half.json');
      },
      'hq-import-shape',
    ],
  ])('an import of %s changes nothing', async (_what, file, code) => {
    await imported();
    const said = complaint(await start('--config', config(), '--import', file()).ended);
    expect(said.code).toBe(code);
    expect(said.msg).not.toMatch(/张|13812341234|0100000001/);
    expect(await membersKept()).toBe(3);
  });

  it('something else in place of the database, and keeps it', async () => {
    const file = join(folder, 'data', 'headquarters.sqlite');
    writePrivate(file, 'not a database '.repeat(500));
    const before = readFileSync(file);
    expect(complaint(await start('--config', config()).ended)).toMatchObject({
      code: 'sync-store-corrupt',
      msg: expect.stringMatching(/keep the file/),
    });
    expect(readFileSync(file)).toEqual(before);
  });

  it('OB8 a data folder that another headquarters works with', async () => {
    const first = start('--config', config());
    await first.ready;
    expect(complaint(await start('--config', config()).ended)).toMatchObject({
      code: 'sync-store-busy',
      msg: expect.stringMatching(/stop that one/),
    });
    first.kill('SIGTERM');
    expect((await first.ended).code).toBe(0);
  });
});
