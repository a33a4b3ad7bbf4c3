// The proof of bad lines: the shipped outbox and courier behind a line that is cut, deaf, far, slow or torn.

import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import type { MemberId, TenantId, TerminalId } from '../../sync/contract/ids.ts';
import { signingKey, verifyingKey } from '../../sync/contract/signed-frame.ts';
import { openCourier } from '../../sync/courier.ts';
import { Database } from '../../sync/database.ts';
import { readOrMakeKeys } from '../../sync/headquarters/keys.ts';
import type { LinkAddress } from '../../sync/link.ts';
import { Outbox, outboxMigrations } from '../../sync/outbox.ts';
import { Replica } from '../../sync/replica.ts';
import { systemClock } from '../../sync/terminal-clock.ts';
import { type NetworkProxy, startNetworkProxy } from '../simulators/network-proxy.ts';
import { someSealer } from '../sync/some-keys.ts';
import { seededRandom } from './fault-plan.ts';
import { startBroker } from './killable-broker.ts';
import { judge, type Verdict } from './oracle.ts';
import { openSmallIntake } from './small-intake.ts';
import type { BrokerName } from './world.ts';

const tenant = 'proof' as TenantId;
const terminal = 'hall-1' as TerminalId;

export interface BadLine {
  readonly name: string;
  /** before the first byte */
  readonly start?: (line: NetworkProxy, random: () => number) => void;
  /** one disturbance, again and again until all facts are recorded */
  readonly disturb?: (line: NetworkProxy, random: () => number) => Promise<void>;
  /** of the line, for the share of it that was put to use */
  readonly bytesPerSecond?: number;
  /** such a line loses nothing, so what goes twice is our impatience */
  readonly isLossless: boolean;
}

const cutFor = async (line: NetworkProxy, ms: number): Promise<void> => {
  await sleep(ms);
  line.restore();
  await sleep(ms);
};

/** F5 and F6. */
export const badLines: readonly BadLine[] = [
  {
    name: 'partition',
    disturb: (line, random) => {
      line.cut();
      return cutFor(line, 50 + random() * 250);
    },
    isLossless: false,
  },
  {
    name: 'half-open up',
    disturb: (line, random) => {
      line.halfOpen('up');
      return cutFor(line, 500 + random() * 3_000);
    },
    isLossless: false,
  },
  {
    name: 'half-open down',
    disturb: (line, random) => {
      line.halfOpen('down');
      return cutFor(line, 500 + random() * 3_000);
    },
    isLossless: false,
  },
  {
    name: 'torn in the middle of packets',
    // three connections of ten live; the others end after some bytes, wherever that is
    start: (line, random) => {
      line.resetAfter = () => (random() < 0.7 ? Math.floor(100 + random() * 6_000) : undefined);
    },
    disturb: async (line) => {
      await sleep(150);
      line.reset();
    },
    isLossless: false,
  },
  {
    name: 'round trip of 600 ms',
    start: (line) => {
      line.delayMs = 300;
    },
    isLossless: true,
  },
  {
    name: '64 kbit/s',
    start: (line) => {
      line.bytesPerSecond = 8_000;
    },
    bytesPerSecond: 8_000,
    isLossless: true,
  },
  {
    name: 'byte by byte',
    start: (line) => {
      line.pieceBytes = 1;
      line.bytesPerSecond = 20_000;
    },
    bytesPerSecond: 20_000,
    isLossless: true,
  },
];

export interface BadLineResult extends Verdict {
  readonly line: string;
  readonly ms: number;
  /** bytes that the terminal sent */
  readonly bytes: number;
  /** of what the line could carry in that time; null for lines without a limit */
  readonly used: number | null;
}

/** What the terminal is told in a bad place; a fact takes seconds there, and nothing may be sent twice for that. */
const limits = { ackTimeoutMs: 3_000, factsPerBatch: 50, batchesInFlight: 4 };
const address = (url: LinkAddress['url']): LinkAddress => ({
  url,
  keepAliveMs: 2_000,
  connectTimeoutMs: 5_000,
  reconnectMinMs: 20,
  reconnectMaxMs: 300,
  takenOverPauseMs: 300,
});

/** @param facts recorded while the line is bad; all must arrive once and in order */
export async function sendOverBadLine(
  line: BadLine,
  options: { readonly broker: BrokerName; readonly facts: number; readonly seed: number },
): Promise<BadLineResult> {
  const folder = mkdtempSync(join(tmpdir(), 'yingbin-line-'));
  const random = seededRandom(options.seed);
  const broker = await startBroker(options.broker, { isPersistent: false, isWhole: false });
  const proxy = await startNetworkProxy({ port: Number(new URL([broker.url].flat()[0] ?? '').port) });
  const intake = openSmallIntake({
    tenant,
    file: join(folder, 'hq.db'),
    link: address(broker.url),
    manifestEveryMs: 2_000,
    signKey: signingKey(keysIn(folder).privateKey),
  });
  line.start?.(proxy, random);
  const { db, outbox, courier } = openTerminal(folder, proxy.port);
  try {
    const startMs = performance.now();
    const accepted: string[] = [];
    const record = (count: number): void => {
      const ids = db.transaction(() =>
        Array.from({ length: count }, (_, n) => {
          const member = `m-${accepted.length + n}` as MemberId;
          return outbox.append({ kind: 'person-proven', body: { member, purpose: 'points' } }).id;
        }),
      );
      accepted.push(...ids);
      courier.kick();
    };
    while (accepted.length < options.facts) {
      record(Math.min(20, options.facts - accepted.length));
      await line.disturb?.(proxy, random);
    }
    const deadline = performance.now() + 120_000;
    while (outbox.waiting() > 0 && performance.now() < deadline) await sleep(20);
    const ms = performance.now() - startMs;
    const bytes = proxy.passed.up;
    const { bytesPerSecond } = line;
    return {
      ...judge(
        accepted,
        intake.applied().map(({ id }) => id),
      ),
      line: line.name,
      ms: Math.round(ms),
      bytes,
      used: bytesPerSecond === undefined ? null : (bytes * 1_000) / ms / bytesPerSecond,
    };
  } finally {
    await courier.close();
    db.close();
    await intake.close();
    await proxy.close();
    await broker.close();
    rmSync(folder, { recursive: true, force: true });
  }
}

/** Terminal to headquarters over a good line: what the facts weigh when nothing is sent twice. */
export const goodLine: BadLine = { name: 'good', isLossless: true };

function openTerminal(folder: string, port: number) {
  const db = Database.open(join(folder, 'kiosk.db'), outboxMigrations);
  const clock = systemClock();
  const outbox = Outbox.open(db, { terminal, sealer: someSealer, clock });
  const courier = openCourier(
    {
      tenant,
      terminal,
      outbox,
      replica: Replica.open(join(folder, 'datasets')),
      link: address(`mqtt://127.0.0.1:${port}`),
      headquartersKey: verifyingKey(keysIn(folder).publicKey),
      limits,
      version: 'proof',
      clock,
    },
    { onLink: () => {}, onAck: () => {}, onDataset: () => {}, onRefused: () => {}, onStoreFault: () => {} },
  );
  return { db, outbox, courier };
}

function keysIn(folder: string) {
  return readOrMakeKeys(join(folder, 'headquarters.keys')).sign;
}
