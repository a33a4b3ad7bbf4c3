// What one terminal was ordered of late, and what came of each.
import { sql } from 'kysely';
import type { OrderDetail } from '../contract/orders.ts';
import type { OrderState, TerminalOrder } from './api.ts';
import type { Store } from './store/store.ts';

/** @returns newest first */
export async function ordersOfTerminal(
  store: Store,
  terminal: string,
  limit: number,
): Promise<TerminalOrder[]> {
  const rows = await store.db
    .selectFrom('given_order as o')
    .selectAll('o')
    .select(sql<number>`(select count(*) from given_order as same where same.batch = o.batch)`.as('together'))
    .where('o.terminal', '=', terminal)
    .orderBy('o.id', 'desc')
    .limit(limit)
    .execute();
  return rows.map((row) => ({
    id: row.id,
    terminal: row.terminal,
    batch: row.batch,
    kind: row.kind,
    body: JSON.parse(row.body) as unknown,
    at: row.at,
    expiresAt: row.expires_at,
    orderedBy: row.ordered_by,
    isAlone: Number(row.together) === 1,
    state: row.state as OrderState,
    code: row.code,
    sends: row.sends,
    sentAt: row.sent_at,
    receivedAt: row.received_at,
    begunAt: row.begun_at,
    endedAt: row.ended_at,
    detail: row.detail === null ? null : (JSON.parse(row.detail) as OrderDetail),
    upload:
      row.upload_type === null || row.upload_bytes === null || row.uploaded_at === null
        ? null
        : { type: row.upload_type, bytes: row.upload_bytes, at: row.uploaded_at },
  }));
}
