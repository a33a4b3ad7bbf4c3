// A terminal on a broker that somebody else got into, who hears its presence and says what he likes.
import { join } from 'node:path';
import { expect, onTestFinished, vi } from 'vitest';
import type { Ack } from '../../sync/contract/facts.ts';
import { makeSignKeys, signingKey, verifyingKey } from '../../sync/contract/signed-frame.ts';
import { topics } from '../../sync/contract/topics.ts';
import { type Courier, type CourierOptions, openCourier } from '../../sync/courier.ts';
import { Database, type Migration } from '../../sync/database.ts';
import { openMqttLink } from '../../sync/mqtt-link.ts';
import { Outbox, outboxMigrations } from '../../sync/outbox.ts';
import { Replica } from '../../sync/replica.ts';
import type { SyncErrorCode } from '../../sync/sync-error.ts';
import { systemClock } from '../../sync/terminal-clock.ts';
import { startAedesBroker } from '../simulators/aedes-broker.ts';
import { scratchFolder, tenant, terminal } from './scratch.ts';
import { someSealer } from './some-keys.ts';

const keys = makeSignKeys();
export const headquarters = signingKey(keys.privateKey);
export const soon = { timeout: 10_000, interval: 10 };

export interface TerminalAndStranger {
  readonly courier: Courier;
  readonly refused: SyncErrorCode[];
  readonly acks: Ack[];
  /** the stranger speaks */
  say(topic: string, payload: Uint8Array): Promise<boolean>;
}

/** A terminal's store, closed with the test. */
export function openStore(more: readonly Migration[] = []): {
  readonly db: Database;
  readonly outbox: Outbox;
} {
  const db = Database.open(join(scratchFolder(), 'kiosk.db'), [...outboxMigrations, ...more]);
  onTestFinished(() => db.close());
  return { db, outbox: Outbox.open(db, { terminal, sealer: someSealer, clock: systemClock() }) };
}

export async function openTerminalAndStranger(
  outbox: Outbox,
  parts: CourierOptions['parts'] = [],
): Promise<TerminalAndStranger> {
  const broker = await startAedesBroker();
  onTestFinished(() => broker.close());
  const address = {
    url: broker.url,
    keepAliveMs: 2_000,
    connectTimeoutMs: 2_000,
    reconnectMinMs: 10,
    reconnectMaxMs: 50,
  };
  const refused: SyncErrorCode[] = [];
  const acks: Ack[] = [];
  const courier = openCourier(
    {
      tenant,
      terminal,
      outbox,
      replica: Replica.open(join(scratchFolder(), 'datasets')),
      link: address,
      headquartersKey: verifyingKey(keys.publicKey),
      limits: { ackTimeoutMs: 300, factsPerBatch: 10, batchesInFlight: 3 },
      version: '0.1.0',
      clock: systemClock(),
      parts,
    },
    {
      onLink: () => {},
      onAck: (ack) => acks.push(ack),
      onDataset: () => {},
      onStoreFault: () => {},
      onRefused: (code) => refused.push(code),
    },
  );
  const onMessage = vi.fn();
  const stranger = openMqttLink(
    { ...address, clientId: 'stranger', subscriptions: [topics.presence(tenant, terminal)] },
    { onUp: () => {}, onDown: () => {}, onMessage },
  );
  onTestFinished(async () => {
    await stranger.close();
    await courier.close();
  });
  // the terminal's word on its topic says that it has subscribed too
  await vi.waitFor(() => expect(onMessage).toHaveBeenCalled(), soon);
  return { courier, refused, acks, say: (topic, payload) => stranger.publish(topic, payload) };
}
