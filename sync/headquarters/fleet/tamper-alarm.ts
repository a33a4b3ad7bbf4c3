// Somebody opened the case of a terminal: IT is told at once, and again when it is shut.
import type { Fact, FactContent } from '../../contract/facts.ts';
import type { TerminalId } from '../../contract/ids.ts';
import type { Notices } from '../notices/notices.ts';
import type { Tx } from '../store/store.ts';
import { tamperNotice } from './fleet-notices.ts';

export type TamperFact = Fact & Extract<FactContent, { kind: 'panel-tampered' }>;

/** In the transaction that keeps the facts: a case that was opened is told of once, whatever comes again. */
export async function raiseTamperAlarms(
  notices: Notices,
  tx: Tx,
  terminal: TerminalId,
  facts: readonly TamperFact[],
): Promise<void> {
  const device = await tx.selectFrom('device').select('site').where('id', '=', terminal).executeTakeFirst();
  await notices.queue(
    tx,
    facts.map(({ id, at, body }) =>
      tamperNotice({ id, device: terminal, site: device?.site ?? '', at, isOpen: body.open }),
    ),
  );
}
