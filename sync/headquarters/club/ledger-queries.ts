// What the ledger asks of its table with every batch of facts.
import { sql } from 'kysely';
import type { Store } from '../store/store.ts';

interface Members {
  readonly members: readonly string[];
}

export const entryColumns = [
  'id',
  'business_key',
  'member',
  'at',
  'points',
  'reason',
  'fact',
  'reverses',
  'item',
  'amount',
  'until',
  'expires',
  'by_account',
] as const;

export type LedgerQueries = ReturnType<typeof prepareLedger>;

export function prepareLedger(store: Store) {
  return {
    /** what accounts are worked out from */
    points: store.prepared((db, { members }: Members) =>
      db
        .selectFrom('ledger')
        .select(['member', 'id', 'at', 'points', 'reverses', 'until', 'expires'])
        .where(store.among('member', members)),
    ),
    /** what terminals are told follows from: in the order of the index */
    told: store.prepared((db, { members }: Members) =>
      db
        .selectFrom('ledger')
        .select(['member', 'id', 'at', 'points', 'reverses', 'until', 'expires', 'reason'])
        .where(store.among('member', members))
        .orderBy('member')
        .orderBy('at')
        .orderBy('n'),
    ),
    entries: store.prepared((db, { members }: Members) =>
      db.selectFrom('ledger').select(entryColumns).where(store.among('member', members)).orderBy('n'),
    ),
    newest: store.prepared((db, { members, limit }: Members & { readonly limit: number }) =>
      db
        .selectFrom((from) =>
          from
            .selectFrom('ledger')
            .select(['n', ...entryColumns])
            .select(sql<number>`row_number() over (partition by member order by at desc, n desc)`.as('place'))
            .where(store.among('member', members))
            .as('line'),
        )
        .select(entryColumns)
        .where('place', '<=', limit)
        .orderBy('at', 'desc')
        .orderBy('n', 'desc'),
    ),
  };
}
