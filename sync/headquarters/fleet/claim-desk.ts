// Issues claims for devices that are to come, as the files that are laid beside the image.
import { type ClaimFile, claimLifeMs } from '../../contract/enrolment.ts';
import type { TerminalId } from '../../contract/ids.ts';
import type { Audit } from '../accounts/audit.ts';
import type { Store } from '../store/store.ts';
import { issueClaim } from './claims.ts';

/** Where terminals find the door, and by which root they know it. */
export type DoorPlace = Pick<ClaimFile, 'headquarters' | 'root'>;

export interface IssuedClaims {
  readonly expiresAt: string;
  readonly claims: readonly ClaimFile[];
}
/** Of the first terminal that is in the way; no claim was issued. */
export type ClaimFault = {
  readonly code: 'unknown-terminal' | 'wrong-state';
  readonly terminal: TerminalId;
};

/** All or none; those that the devices had before are void. Nobody can be told them again. */
export async function issueClaims(
  { store, audit, now }: { readonly store: Store; readonly audit: Audit; readonly now: () => Date },
  actor: { readonly account: string },
  terminals: readonly TerminalId[],
  place: DoorPlace,
): Promise<IssuedClaims | ClaimFault> {
  const at = now();
  const wanted = [...new Set(terminals)].sort();
  return await store.transaction(async (tx) => {
    const devices = await store
      .locked(tx.selectFrom('device').select(['id', 'state']).where(store.among('id', wanted)).orderBy('id'))
      .execute();
    const states = new Map(devices.map(({ id, state }) => [id, state]));
    const claims: ClaimFile[] = [];
    for (const terminal of wanted) {
      const state = states.get(terminal);
      if (state === undefined) return { code: 'unknown-terminal', terminal };
      // one that is enrolled may have lost its card: the next card comes with a key of its own
      if (state !== 'expected' && state !== 'enrolled') return { code: 'wrong-state', terminal };
    }
    for (const terminal of wanted) {
      claims.push({ v: 1, terminal, claim: await issueClaim(tx, terminal, at), ...place });
      await audit.note(tx, actor, 'claim-issued', terminal);
    }
    return { expiresAt: new Date(at.getTime() + claimLifeMs).toISOString(), claims };
  });
}
