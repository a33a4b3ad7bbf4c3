// A few terminals in this process, each with the shipped outbox and courier, that tell facts without pause.
import { join } from 'node:path';
import type { MemberId, TenantId, TerminalId } from '../../../sync/contract/ids.ts';
import { makeSealer } from '../../../sync/contract/seal.ts';
import { verifyingKey } from '../../../sync/contract/signed-frame.ts';
import { openCourier } from '../../../sync/courier.ts';
import { Database } from '../../../sync/database.ts';
import type { HeadquartersKeys } from '../../../sync/headquarters/keys.ts';
import { Outbox, outboxMigrations } from '../../../sync/outbox.ts';
import { Replica } from '../../../sync/replica.ts';
import { systemClock } from '../../../sync/terminal-clock.ts';

export interface SomeTerminals {
  /** ids that each confirmed, in order */
  readonly accepted: ReadonlyMap<TerminalId, readonly string[]>;
  /** One more fact of the next terminal. */
  tell(): void;
  waiting(): number;
  close(): Promise<void>;
}

export function openSomeTerminals(
  tenant: TenantId,
  folder: string,
  url: string | readonly string[],
  keys: HeadquartersKeys,
  count: number,
): SomeTerminals {
  const clock = systemClock();
  const accepted = new Map<TerminalId, string[]>();
  const all = Array.from({ length: count }, (_, n) => {
    const terminal = `hall-${n + 1}` as TerminalId;
    const db = Database.open(join(folder, terminal, 'terminal.db'), outboxMigrations);
    const replica = Replica.open(join(folder, terminal, 'datasets'));
    const outbox = Outbox.open(db, { terminal, sealer: makeSealer(keys.seal.publicKey), clock });
    const courier = openCourier(
      {
        tenant,
        terminal,
        outbox,
        replica,
        link: {
          url,
          keepAliveMs: 2_000,
          connectTimeoutMs: 2_000,
          reconnectMinMs: 20,
          reconnectMaxMs: 200,
          takenOverPauseMs: 200,
        },
        headquartersKey: verifyingKey(keys.sign.publicKey),
        limits: { ackTimeoutMs: 500, factsPerBatch: 20, batchesInFlight: 8 },
        version: 'proof',
        clock,
      },
      { onLink: () => {}, onAck: () => {}, onDataset: () => {}, onRefused: () => {}, onStoreFault: () => {} },
    );
    const ids: string[] = [];
    accepted.set(terminal, ids);
    return { db, replica, outbox, courier, ids };
  });
  let turn = 0;
  return {
    accepted,
    tell: () => {
      const one = all[turn++ % all.length];
      if (!one) return;
      const { id } = one.db.transaction(() =>
        one.outbox.append({ kind: 'person-proven', body: { member: 'm-1' as MemberId, purpose: 'points' } }),
      );
      one.ids.push(id);
      one.courier.kick();
    },
    waiting: () => all.reduce((sum, { outbox }) => sum + outbox.waiting(), 0),
    close: async () => {
      for (const { courier, replica, db } of all) {
        await courier.close();
        replica.close();
        db.close();
      }
    },
  };
}
