// The next certificate: asked for in time, in use only once it works, and nobody notices.
import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, it, onTestFinished } from 'vitest';
import { lineIdentity } from '../../kiosk/line-identity.ts';
import { ClockFloor } from '../../provisioning/clock-floor.ts';
import { enrol } from '../../provisioning/enrol.ts';
import { Identity, type Pair } from '../../provisioning/identity.ts';
import { Renewal, type RenewalOptions, type RenewalSetback } from '../../provisioning/renewal.ts';
import { lateRenewalMs } from '../../sync/contract/enrolment.ts';
import { openMqttLink } from '../../sync/mqtt-link.ts';
import { makeCsr } from '../sync/headquarters/fleet/csr.ts';
import { scratchFolder } from '../sync/scratch.ts';
import { type FleetDoor, startFleetDoor } from './fleet-door.ts';

const board = { model: 'Raspberry Pi 5', serial: 'board-1', architecture: 'arm64' as const };
let door: FleetDoor;
beforeEach(async () => {
  door = await startFleetDoor();
});
afterEach(() => door.close());

/** An enrolled terminal whose clock the test turns: waiting is over at once. */
async function enrolled() {
  const folder = scratchFolder();
  const identity = new Identity(join(folder, 'identity'));
  const floor = new ClockFloor(join(folder, 'clock-floor'), new Date('2026-01-01'));
  const claimFile = join(folder, 'claim.json');
  writeFileSync(claimFile, JSON.stringify(await door.claimFor('h01')));
  const first = await enrol({
    identity,
    claimFile,
    board,
    boot: 'b',
    version: '0.1.0',
    floor,
    now: () => new Date(),
    keep: () => undefined,
    tell: () => undefined,
    wait: async () => undefined,
    signal: new AbortController().signal,
  });
  if (!first) throw new Error('not enrolled');
  const stopping = new AbortController();
  onTestFinished(() => stopping.abort());
  const it = {
    identity,
    first,
    stopping,
    clockMs: Date.now(),
    /** how much faster than it is waited for */
    pace: 4,
    pairs: [first] as Pair[],
    setbacks: [] as RenewalSetback[],
    waited: [] as number[],
    onWait: async (): Promise<void> => undefined,
    renewal: (more: Partial<RenewalOptions> = {}) =>
      new Renewal({
        identity,
        board,
        floor,
        now: () => new Date(it.clockMs),
        wait: async (ms) => {
          it.waited.push(ms);
          it.clockMs += ms * it.pace;
          await it.onWait();
        },
        signal: stopping.signal,
        // headquarters' certificates are judged by the machine's own clock, so this one starts from there each time
        onRenewed: (pair) => {
          it.pairs.push(pair);
          it.clockMs = Date.now();
        },
        onSetback: (code) => void it.setbacks.push(code),
        patienceMs: 5_000,
        ...more,
      }),
  };
  return it;
}

it('S9 a hundred rotations, each after two thirds of the life, lose no message', {
  timeout: 240_000,
}, async () => {
  const terminal = await enrolled();
  const { identity } = terminal;
  const files = {
    rootFile: identity.rootFile,
    certificateFile: identity.pairFile,
    keyFile: identity.pairFile,
  };
  const heard = new Set<number>();
  const url = door.broker.url.replace('mqtt:', 'mqtts:');
  const line = { url, keepAliveMs: 30_000, connectTimeoutMs: 5_000, reconnectMinMs: 1, reconnectMaxMs: 20 };
  const root = door.authority.root;
  const ear = await listenerPair();
  const listener = openMqttLink(
    { ...line, clientId: 'ear', tls: { ca: root, ...ear }, subscriptions: ['t/#'] },
    {
      onUp: () => undefined,
      onDown: () => undefined,
      onMessage: (_, body) => heard.add(Number(Buffer.from(body))),
    },
  );
  // as the kiosk's line: its files are read for each connection, and what the broker did not take is said again
  const sender = openMqttLink(
    {
      ...line,
      clientId: 'h01',
      tls: lineIdentity(files, () => undefined).tls,
      subscriptions: [],
      takenOverPauseMs: 1,
    },
    { onUp: () => undefined, onDown: () => undefined, onMessage: () => undefined },
  );
  onTestFinished(async () => {
    await sender.close();
    await listener.close();
  });
  let n = 0;
  let isOver = false;
  const sending = (async () => {
    while (!isOver || n < 1) {
      if (listener.isUp && (await sender.publish('t/x', Buffer.from(`${n + 1}`)))) n += 1;
      // some messages on their way at any moment; a flood would only make this machine slow
      await new Promise((resolve) => setTimeout(resolve, 5));
    }
  })();
  terminal.pace = 400;
  terminal.onWait = async () => {
    if (terminal.pairs.length > 100) terminal.stopping.abort();
  };
  await terminal.renewal().run();
  isOver = true;
  await sending;
  await expect.poll(() => heard.size, { timeout: 30_000 }).toBe(n);
  expect(new Set(terminal.pairs.map(({ serial }) => serial)).size).toBe(101);
  expect(new Set(terminal.pairs.map(({ pem }) => pem.slice(0, 240))).size).toBe(101);
  expect(identity.current()?.serial).toBe(terminal.pairs.at(-1)?.serial);
  expect(terminal.setbacks).toEqual([]);
});

async function listenerPair(): Promise<{ readonly cert: string; readonly key: string }> {
  const { csr, privateKey } = await makeCsr();
  const leaf = await door.authority.signTerminal(csr, 'ear', new Date(), 86_400_000);
  if (typeof leaf === 'string') throw new Error(leaf);
  return { cert: leaf.certificate, key: privateKey };
}

it('S9 the certificate is renewed at two thirds of its life, give or take a twentieth', async () => {
  const terminal = await enrolled();
  const { notBefore, notAfter } = terminal.first;
  const life = notAfter.getTime() - notBefore.getTime();
  let renewedMs = 0;
  const onRenewed = (): void => {
    renewedMs = terminal.clockMs;
    terminal.stopping.abort();
  };
  await terminal.renewal({ onRenewed }).run();
  const share = (renewedMs - notBefore.getTime()) / life;
  expect(share).toBeGreaterThan(2 / 3 - 0.051);
  expect(share).toBeLessThan(2 / 3 + 0.053);
  // it looks up once an hour, for the floor of the clock
  expect(Math.max(...terminal.waited)).toBeLessThanOrEqual(3_600_000);
});

it('S9 what the broker does not let in is not used: the old pair serves on, and the next try goes on with the new one', async () => {
  const terminal = await enrolled();
  const before = readFileSync(terminal.identity.pairFile, 'utf8');
  await door.broker.kill();
  terminal.clockMs += 70 * 86_400_000;
  terminal.onWait = async () => {
    expect(readFileSync(terminal.identity.pairFile, 'utf8')).toBe(before);
    if (terminal.setbacks.length < 3) return;
    await door.broker.start();
    terminal.onWait = async () => terminal.stopping.abort();
  };
  await terminal.renewal().run();
  expect(terminal.setbacks.slice(0, 3)).toEqual(Array(3).fill('broker-unreachable'));
  expect(terminal.pairs).toHaveLength(2);
  expect(door.heard.filter(({ path }) => path === '/renew')).toHaveLength(1);
});

it('S9 goes on for weeks when nobody answers, and says so only after it is lost for good', async () => {
  const terminal = await enrolled();
  door.mood = (path, response) => {
    if (path === '/renew') response.writeHead(503).end();
    return path === '/renew';
  };
  const { notAfter } = terminal.first;
  terminal.onWait = async () => {
    if (terminal.clockMs > notAfter.getTime() + lateRenewalMs + 86_400_000) terminal.stopping.abort();
  };
  await terminal.renewal().run();
  expect(terminal.setbacks.length).toBeGreaterThan(50);
  expect(new Set(terminal.setbacks)).toEqual(new Set(['headquarters-busy', 'identity-lost']));
  expect(terminal.setbacks[0]).toBe('headquarters-busy');
  expect(terminal.setbacks.at(-1)).toBe('identity-lost');
  expect(terminal.identity.current()?.serial).toBe(terminal.first.serial);
});

it('S9 a power cut between the switch there and here is healed by the pair that waits', async () => {
  const terminal = await enrolled();
  const { identity, first } = terminal;
  terminal.clockMs += 70 * 86_400_000;
  const cut = identity.promote.bind(identity);
  identity.promote = () => undefined;
  terminal.onWait = async () => terminal.stopping.abort();
  await terminal.renewal({ onRenewed: () => terminal.stopping.abort() }).run();
  expect(identity.current()?.serial).toBe(first.serial);
  identity.promote = cut;
  const again = new AbortController();
  await terminal.renewal({ signal: again.signal, onRenewed: () => again.abort() }).run();
  expect(identity.current()?.serial).not.toBe(first.serial);
  expect(identity.next()).toBeNull();
});

it('S9 is renewed at once when it is ordered', async () => {
  const terminal = await enrolled();
  const renewal = terminal.renewal({ onRenewed: () => terminal.stopping.abort() });
  renewal.renewNow();
  await renewal.run();
  expect(terminal.waited).toEqual([]);
  expect(terminal.identity.current()?.serial).not.toBe(terminal.first.serial);
});
