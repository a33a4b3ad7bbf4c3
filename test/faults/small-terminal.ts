// A program: the shipped outbox and courier behind a swipe door, without a screen. Argument: JSON of SmallTerminalOptions.

import { dirname, join } from 'node:path';
import * as v from 'valibot';
import { type MemberId, tenantIdSchema, terminalIdSchema } from '../../sync/contract/ids.ts';
import { verifyingKey } from '../../sync/contract/signed-frame.ts';
import { openCourier } from '../../sync/courier.ts';
import { Database } from '../../sync/database.ts';
import { readOrMakeKeys } from '../../sync/headquarters/keys.ts';
import { Outbox, outboxMigrations } from '../../sync/outbox.ts';
import { Replica } from '../../sync/replica.ts';
import { systemClock } from '../../sync/terminal-clock.ts';
import { someSealer } from '../sync/some-keys.ts';
import { openSwipeDoor } from './swipe-door.ts';

/** What a small program is told. */
const optionsSchema = v.object({
  tenant: tenantIdSchema,
  terminal: terminalIdSchema,
  file: v.string(),
  url: v.union([v.string(), v.array(v.string())]),
  port: v.number(),
  keysFile: v.string(),
});
const options = v.parse(optionsSchema, JSON.parse(process.argv[2] ?? '{}'));
const { tenant, terminal, file, url, port, keysFile } = options;

const clock = systemClock();
const db = Database.open(file, outboxMigrations);
const outbox = Outbox.open(db, { terminal, sealer: someSealer, clock });
const courier = openCourier(
  {
    tenant,
    terminal,
    outbox,
    replica: Replica.open(join(dirname(file), 'datasets')),
    link: {
      url,
      keepAliveMs: 2_000,
      connectTimeoutMs: 2_000,
      reconnectMinMs: 20,
      reconnectMaxMs: 200,
      takenOverPauseMs: 200,
    },
    headquartersKey: verifyingKey(readOrMakeKeys(keysFile).sign.publicKey),
    limits: { ackTimeoutMs: 500, factsPerBatch: 50, batchesInFlight: 4 },
    version: 'proof',
    clock,
  },
  { onLink: () => {}, onAck: () => {}, onDataset: () => {}, onRefused: () => {}, onStoreFault: () => {} },
);
await openSwipeDoor(port, {
  swipe: () => {
    const { id } = db.transaction(() =>
      outbox.append({ kind: 'person-proven', body: { member: 'm-1' as MemberId, purpose: 'points' } }),
    );
    courier.kick();
    return id;
  },
  waiting: () => outbox.waiting(),
});
process.stdout.write('ready\n');
