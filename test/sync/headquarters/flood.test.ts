// S17 S18: one terminal that tells much, too much, or nonsense, over a real broker: itself, the others and headquarters afterwards.
import { join } from 'node:path';
import fc from 'fast-check';
import { expect, it, onTestFinished, vi } from 'vitest';
import { ackSchema } from '../../../sync/contract/facts.ts';
import { encodeFrame } from '../../../sync/contract/frame.ts';
import type { TerminalId } from '../../../sync/contract/ids.ts';
import { verifyingKey } from '../../../sync/contract/signed-frame.ts';
import { topics } from '../../../sync/contract/topics.ts';
import { openCourier } from '../../../sync/courier.ts';
import { Database } from '../../../sync/database.ts';
import { Outbox, outboxMigrations } from '../../../sync/outbox.ts';
import { Replica } from '../../../sync/replica.ts';
import { systemClock } from '../../../sync/terminal-clock.ts';
import { scratchFolder, viewed } from '../scratch.ts';
import { someKeys, someSealer } from '../some-keys.ts';
import { openTerminalEnd, type Running, runHeadquarters, type TerminalEnd, tenant } from './running.ts';
import { batchOf, fact } from './some-facts.ts';

const patient = { timeout: 60_000, interval: 20 };
const seed = Number(process.env['SEED'] ?? Date.now() % 1_000_000);

async function headquarters(limits: Record<string, number> = {}): Promise<Running> {
  const hq = await runHeadquarters({ limits });
  onTestFinished(() => hq.remove());
  return hq;
}

async function terminalAt({ mqttUrl }: Running, name: string): Promise<TerminalEnd> {
  const end = await openTerminalEnd(mqttUrl, name);
  onTestFinished(() => end.close());
  return end;
}

const overruns = (hq: Running, terminal?: string) =>
  (hq.lines as { readonly event?: string; readonly terminal?: string }[]).filter(
    ({ event, terminal: of }) => event === 'overrun' && (terminal === undefined || of === terminal),
  );
const isAcked = (end: TerminalEnd, upTo: number) =>
  expect(end.heard('ack', ackSchema).at(-1)?.applied).toBe(upTo);

it('S18 CO3 a terminal with much to tell waits its turn: nothing is dropped, nothing sent again', async () => {
  const hq = await headquarters({ messagesPerSecondPerTerminal: 20 });
  const folder = scratchFolder();
  const db = Database.open(join(folder, 'outbox.db'), outboxMigrations);
  const terminal = 'hall-9' as TerminalId;
  const outbox = Outbox.open(db, { terminal, clock: systemClock(), sealer: someSealer });
  db.transaction(() => {
    for (let n = 0; n < 100; n += 1) outbox.append(viewed(n));
  });
  const address = { keepAliveMs: 60_000, connectTimeoutMs: 60_000, reconnectMinMs: 10, reconnectMaxMs: 50 };
  const courier = openCourier(
    {
      tenant,
      terminal,
      outbox,
      replica: Replica.open(join(folder, 'datasets')),
      link: { url: hq.mqttUrl, username: terminal, ...address },
      headquartersKey: verifyingKey(someKeys.sign.publicKey),
      // one that was dropped would never come again
      limits: { ackTimeoutMs: 3_600_000, factsPerBatch: 1, batchesInFlight: 20 },
      version: 'test',
      clock: systemClock(),
    },
    { onLink: () => {}, onAck: () => {}, onDataset: () => {}, onRefused: () => {}, onStoreFault: () => {} },
  );
  onTestFinished(async () => {
    await courier.close();
    db.close();
  });
  await vi.waitFor(() => expect(outbox.waiting()).toBe(0), patient);
  expect(overruns(hq)).toEqual([]);
}, 120_000);

it('S18 a terminal that does not wait for answers loses of its own, and the others nothing', async () => {
  const hq = await headquarters();
  const others = await Promise.all([1, 2, 3, 4, 5].map((n) => terminalAt(hq, `quiet-${n}`)));
  const flood = await terminalAt(hq, 'flood');
  const facts = topics.facts(tenant, 'flood' as TerminalId);
  const frame = encodeFrame(batchOf([fact(1)], 'flood'));
  for (let n = 0; n < 5_000; n += 1) flood.client.publish(facts, frame, { qos: 0 });
  for (const [n, end] of others.entries())
    for (let seq = 1; seq <= 3; seq += 1)
      await end.say('facts', batchOf([fact(seq)], `quiet-${n + 1}`, undefined, {}));
  for (const end of others) await vi.waitFor(() => isAcked(end, 3), patient);
  await vi.waitFor(() => expect(overruns(hq, 'flood')).not.toEqual([]), patient);
  expect(overruns(hq)).toHaveLength(overruns(hq, 'flood').length);
}, 120_000);

it(`S17 whatever comes up from one terminal, headquarters goes on and the others do not notice (seed ${seed})`, async () => {
  const hq = await headquarters();
  const [other, hostile] = [await terminalAt(hq, 'quiet'), await terminalAt(hq, 'hostile')];
  const real = encodeFrame(batchOf([fact(1)], 'hostile'));
  const channels = fc.constantFrom('facts', 'ask', 'presence', 'question');
  const spoilt = fc
    .tuple(fc.nat(real.length - 1), fc.integer({ min: 1, max: 255 }), fc.nat(real.length))
    .map(([at, by, end]) => {
      const bytes = Buffer.from(real);
      bytes[at] = (bytes[at] ?? 0) ^ by;
      return bytes.subarray(0, end);
    });
  const shaped = fc.jsonValue().map((value) => encodeFrame({ v: 1, terminal: 'hostile', value }));
  const payload = fc.oneof(fc.uint8Array({ maxLength: 2_000 }), spoilt, shaped);
  await fc.assert(
    fc.asyncProperty(channels, payload, async (channel, bytes) => {
      const topic = topics.facts(tenant, 'hostile' as TerminalId).replace('/facts', `/${channel}`);
      await hostile.client.publishAsync(topic, Buffer.from(bytes), { qos: 1 });
    }),
    { seed, numRuns: 1_000 },
  );
  await other.say('facts', batchOf([fact(1)], 'quiet'));
  await vi.waitFor(() => isAcked(other, 1), patient);
  await vi.waitFor(async () => expect((await hq.call('/api/facts?limit=1000')).status).toBe(200), patient);
  // what it says of itself afterwards is heard as ever
  await hostile.say('facts', batchOf([fact(1)], 'hostile', 'f'.repeat(32)));
  await vi.waitFor(
    () => expect(hostile.heard('ack', ackSchema).some(({ applied }) => applied === 1)).toBe(true),
    patient,
  );
}, 300_000);
