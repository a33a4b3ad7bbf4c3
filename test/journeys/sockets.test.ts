// The shipped programs listen where provisioning/sockets.txt says and nowhere else, and call nobody but whom their config names.
import { mkdtempSync, readdirSync, readFileSync, readlinkSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { supportEnds } from '../../sync/contract/support.ts';
import { type FleetDemo, startFleetDemo } from '../demo/fleet/fleet-demo.ts';
import { makeTeller } from '../demo/fleet/teller.ts';

interface Socket {
  readonly protocol: string;
  readonly local: string;
  readonly localPort: number;
  readonly remotePort: number;
  readonly isListening: boolean;
}

const scripts = {
  headquarters: 'sync/headquarters/main.js',
  keeper: 'provisioning/yingbin.js',
  kiosk: 'kiosk/main.js',
};
type Program = keyof typeof scripts;

const listed = readFileSync(new URL('../../provisioning/sockets.txt', import.meta.url), 'utf8')
  .split('\n')
  .filter((line) => line !== '' && !line.startsWith('#'))
  .map((line) => line.split(/\s+/))
  .map(([program = '', protocol = '', where = '', what = '']) => ({ program, protocol, where, what }));

const folder = mkdtempSync(join(tmpdir(), 'yingbin-sockets-'));
let demo: FleetDemo;
const ending = new AbortController();
beforeAll(async () => {
  const { signal } = ending;
  demo = await startFleetDemo({
    data: join(folder, 'fleet'),
    count: 3,
    ports: { kiosk: 0, headquarters: 0 },
    teller: makeTeller({ write: () => undefined, reader: undefined, signal }),
    signal,
  });
}, 600_000);
afterAll(async () => {
  await demo?.close();
  rmSync(folder, { recursive: true, force: true });
});

/** Of this process and of what it started, whatever it is. */
function pidsBelow(pid: number): number[] {
  const children = readdirSync(`/proc/${pid}/task`).flatMap((task) =>
    readFileSync(`/proc/${pid}/task/${task}/children`, 'utf8').trim().split(' ').filter(Boolean).map(Number),
  );
  return children.flatMap((child) => [child, ...pidsBelow(child)]);
}

function pidsOf(program: Program): number[] {
  return pidsBelow(process.pid).filter((pid) =>
    readFileSync(`/proc/${pid}/cmdline`, 'utf8')
      .split('\0')
      .some((word) => word.endsWith(`/dist/${scripts[program]}`) && word.startsWith(demo.programs)),
  );
}

/** As the kernel knows them. */
function socketsOf(pid: number): Socket[] {
  const inodes = new Set(
    readdirSync(`/proc/${pid}/fd`).flatMap((fd) => {
      try {
        return /^socket:\[(\d+)\]$/.exec(readlinkSync(`/proc/${pid}/fd/${fd}`))?.[1] ?? [];
      } catch {
        return [];
      }
    }),
  );
  return ['tcp', 'tcp6', 'udp', 'udp6'].flatMap((protocol) =>
    readFileSync(`/proc/${pid}/net/${protocol}`, 'utf8')
      .trim()
      .split('\n')
      .slice(1)
      .map((line) => line.trim().split(/\s+/))
      .filter(([, , , , , , , , , inode = '']) => inodes.has(inode))
      .map(([, local = '', remote = '', state = '']) => ({
        protocol,
        local: local.split(':')[0] ?? '',
        localPort: Number.parseInt(local.split(':')[1] ?? '', 16),
        remotePort: Number.parseInt(remote.split(':')[1] ?? '', 16),
        isListening: state === '0A' || protocol.startsWith('udp'),
      })),
  );
}

/** Ports by what they are for, as the config of headquarters has them. */
function configured(): { readonly door: number; readonly mqtts: number; readonly api: number } {
  const config = JSON.parse(readFileSync(join(demo.folder, 'headquarters.json'), 'utf8'));
  return {
    door: config.fleet.listen.port,
    mqtts: config.broker.tls.port,
    api: Number(new URL(demo.headquarters.http).port),
  };
}

const loopback = '0100007F';

it('S27 S13 listen where the list says and nowhere else; what is not TLS is for this machine alone', () => {
  const { door, mqtts, api } = configured();
  for (const program of Object.keys(scripts) as Program[]) {
    const pids = pidsOf(program);
    expect(pids.length, program).toBeGreaterThan(0);
    const wanted = listed.filter((each) => each.program === program);
    for (const pid of pids) {
      const listening = socketsOf(pid).filter(({ isListening }) => isListening);
      expect(listening.map(({ protocol }) => protocol)).toEqual(wanted.map(({ protocol }) => protocol));
      const inClear = listening.filter(({ localPort }) => localPort !== door && localPort !== mqtts);
      expect(inClear).toHaveLength(wanted.filter(({ where }) => where === '127.0.0.1').length);
      expect(inClear.filter(({ local }) => local !== loopback)).toEqual([]);
    }
  }
  const [headquarters = 0] = pidsOf('headquarters');
  const ports = socketsOf(headquarters).map(({ localPort }) => localPort);
  expect(ports).toEqual(expect.arrayContaining([door, mqtts, api]));
});

it('S49 call nobody but headquarters’ door and broker', () => {
  const { door, mqtts } = configured();
  const called = (program: Program): number[] =>
    pidsOf(program).flatMap((pid) => {
      const sockets = socketsOf(pid);
      const own = new Set(sockets.filter(({ isListening }) => isListening).map(({ localPort }) => localPort));
      return sockets
        .filter(({ isListening, localPort }) => !isListening && !own.has(localPort))
        .map(({ remotePort }) => remotePort);
    });
  expect(called('kiosk')).toContain(mqtts);
  expect([...called('kiosk'), ...called('keeper')].filter((port) => port !== door && port !== mqtts)).toEqual(
    [],
  );
  const [headquarters = 0] = pidsOf('headquarters');
  const own = socketsOf(headquarters).map(({ localPort }) => localPort);
  // its line to its own broker alone
  expect(called('headquarters').filter((port) => !own.includes(port))).toEqual([]);
});

it('S25 terminal and headquarters say until when they get security fixes', async () => {
  const health = await fetch(`${demo.headquarters.http}/api/health`, {
    headers: { authorization: `Bearer ${demo.headquarters.token}` },
  });
  expect(await health.json()).toMatchObject({ supportEnds });
  const run = join(demo.folder, 'hall-01', 'data', 'run', 'screen-address');
  const address = new URL(readFileSync(run, 'utf8').trim());
  const entered = await fetch(address, { redirect: 'manual' });
  const cookie = entered.headers.get('set-cookie')?.split(';')[0] ?? '';
  const told = await fetch(new URL('/health', address), { headers: { cookie } });
  expect(await told.json()).toMatchObject({ supportEnds, version: expect.any(String) });
});
