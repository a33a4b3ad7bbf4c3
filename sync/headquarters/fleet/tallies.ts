// How often what happened at each terminal since headquarters knows it: counted once, with the fact that tells it.
import { sql } from 'kysely';
import type { Fact } from '../../contract/facts.ts';
import type { TerminalId } from '../../contract/ids.ts';
import type { Tx } from '../store/store.ts';

/** `sessions`: cards that were served; `print-errors`: slips that did not come, or nobody knows; `read-errors`: how often a reader stopped reading. */
export const tallyNames = ['sessions', 'print-errors', 'read-errors', 'rollbacks'] as const;
export type TallyName = (typeof tallyNames)[number];

/** In the transaction that keeps the facts: none is counted twice, whatever comes again. */
export async function keepTallies(tx: Tx, terminal: TerminalId, facts: readonly Fact[]): Promise<void> {
  const more = new Map<TallyName, number>();
  for (const fact of facts) {
    const name = tallyOf(fact);
    if (name) more.set(name, (more.get(name) ?? 0) + 1);
  }
  if (more.size === 0) return;
  await tx
    .insertInto('terminal_tally')
    .values([...more].map(([name, n]) => ({ terminal, name, n })))
    .onConflict((it) =>
      it.columns(['terminal', 'name']).doUpdateSet({ n: sql<number>`terminal_tally.n + excluded.n` }),
    )
    .execute();
}

function tallyOf({ kind, body }: Fact): TallyName | undefined {
  switch (kind) {
    case 'check-in-recorded':
    case 'visit-recorded':
      return 'sessions';
    case 'slip-settled':
      return body.outcome === 'failed' || body.outcome === 'unconfirmed' ? 'print-errors' : undefined;
    case 'device-changed':
      return body.device.endsWith('reader') && body.state !== 'ready' ? 'read-errors' : undefined;
    case 'twin-reported':
      return body.state === 'rolled-back' ? 'rollbacks' : undefined;
    default:
      return undefined;
  }
}
