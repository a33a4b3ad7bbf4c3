// A program, the control: takes leases as ours do, but asks nobody whether it still has them, and keeps the marks in memory.
import { randomBytes } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { dirname, resolve } from 'node:path';
import { sql } from 'kysely';
import type { FactBatch } from '../../../sync/contract/facts.ts';
import { factBatchSchema } from '../../../sync/contract/facts.ts';
import { decodeFrame, encodeFrame } from '../../../sync/contract/frame.ts';
import { signingKey } from '../../../sync/contract/signed-frame.ts';
import { parseUpTopic, topics } from '../../../sync/contract/topics.ts';
import { parseHeadquartersConfig } from '../../../sync/headquarters/config.ts';
import { readOrMakeKeys } from '../../../sync/headquarters/keys.ts';
import { makeLog } from '../../../sync/headquarters/log.ts';
import { signedVoice } from '../../../sync/headquarters/signed-voice.ts';
import { openStore } from '../../../sync/headquarters/store/open-store.ts';
import { TerminalQueues } from '../../../sync/headquarters/terminal-queues.ts';
import { LeaseTable } from '../../../sync/headquarters/workers/lease-table.ts';
import { LeasedShards } from '../../../sync/headquarters/workers/leased-shards.ts';
import { Tenure } from '../../../sync/headquarters/workers/tenure.ts';
import { openMqttLink } from '../../../sync/mqtt-link.ts';

const configFile = process.argv[2] ?? '';
const { tenant, limits, broker, keysFile } = parseHeadquartersConfig(
  readFileSync(configFile, 'utf8'),
  configFile,
);
if (broker.kind === 'embedded') throw new Error('the naive worker needs a broker');
const { leaseMs, keepAliveMs, connectTimeoutMs, reconnectMinMs, reconnectMaxMs } = limits;
const name = `naive-${randomBytes(5).toString('hex')}`;
const log = makeLog(name);
const store = await openStore(process.env['YINGBIN_STORE'] ?? '', { frozenMs: leaseMs });
await sql`create table if not exists naive_fact(
  n bigserial primary key, terminal text not null, epoch text not null, seq bigint not null, id text not null)`
  .execute(store.db)
  .catch(() => {});
await sql`create table if not exists naive_mark(
  terminal text, epoch text, applied bigint not null, primary key (terminal, epoch))`
  .execute(store.db)
  .catch(() => {});

/** Of the terminals that are ours, as long as they are. */
const marks = new Map<string, number>();
const queues = new TerminalQueues({ perTerminal: 64, inAll: 2_000 });
const shards = new LeasedShards({ table: new LeaseTable(store, name, leaseMs), leaseMs, onFault: () => {} });
const tenure = new Tenure({ tenant, link: () => link, duties: [], onMore: async () => {}, log });
const say = signedVoice(
  (...message) => link.publish(...message),
  signingKey(readOrMakeKeys(resolve(dirname(configFile), keysFile)).sign.privateKey),
);
const link = openMqttLink(
  {
    url: broker.url,
    clientId: name,
    subscriptions: [],
    keepAliveMs,
    connectTimeoutMs,
    reconnectMinMs,
    reconnectMaxMs,
  },
  {
    onUp: () => shards.check(),
    onDown: () => {},
    onMessage: (topic, payload) => {
      const up = parseUpTopic(tenant, topic);
      if (up?.channel !== 'facts' || !shards.isMine(up.terminal)) return;
      const batch = decodeFrame(factBatchSchema, payload);
      queues.push(batch.terminal, () => apply(batch).catch(() => {}));
    },
  },
);
await shards.start(
  async (holding) => {
    marks.clear();
    await tenure.hold(holding);
  },
  () => link.isUp,
);
process.stdout.write('{"ready":true}\n');

async function apply({ terminal, epoch, facts }: FactBatch): Promise<void> {
  const key = `${terminal}/${epoch}`;
  const applied = await store.transaction(async (tx) => {
    const { rows } = await sql<{ applied: number }>`select applied from naive_mark
      where terminal = ${terminal} and epoch = ${epoch}`.execute(tx);
    let mark = marks.get(key) ?? rows[0]?.applied ?? 0;
    for (const { seq, id } of facts) {
      if (seq !== mark + 1) continue;
      mark = seq;
      await sql`insert into naive_fact(terminal, epoch, seq, id)
        values (${terminal}, ${epoch}, ${seq}, ${id})`.execute(tx);
    }
    await sql`insert into naive_mark values (${terminal}, ${epoch}, ${mark})
      on conflict (terminal, epoch) do update set applied = excluded.applied`.execute(tx);
    return mark;
  });
  marks.set(key, applied);
  const visible = { members: 0, events: 0, requests: 0 };
  const last = facts.find(({ seq }) => seq === applied)?.id ?? null;
  const ack = { v: 1, epoch, applied, safe: applied, last, renew: false, visible };
  await say(topics.ack(tenant, terminal), encodeFrame(ack));
}
