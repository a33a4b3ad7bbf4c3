// One secret for one device: made for IT, kept as a hash, good once and not for long.

import {
  claimGuesses,
  claimHash,
  claimLifeMs,
  claimRepeatMs,
  makeClaim,
  readClaim,
} from '../../contract/enrolment.ts';
import type { TerminalId } from '../../contract/ids.ts';
import type { Tx } from '../store/store.ts';

/** `free`: nobody used it yet; `again`: the same key did, a moment ago, and did not hear of it. */
export type ClaimCheck =
  | { readonly kind: 'free'; readonly hash: string }
  | { readonly kind: 'again'; readonly hash: string }
  | {
      readonly kind: 'refused';
      readonly code: 'claim-wrong' | 'claim-used' | 'claim-expired' | 'claim-locked';
    };

/**
 * A new claim for a device; those it had before are good for nothing more, and its wrong guesses are forgotten.
 * @returns as it is written; nobody can be told it again
 */
export async function issueClaim(tx: Tx, device: TerminalId, now: Date): Promise<string> {
  const claim = makeClaim();
  await tx.deleteFrom('claim').where('device', '=', device).execute();
  await tx.deleteFrom('claim_guess').where('device', '=', device).execute();
  await tx
    .insertInto('claim')
    .values({
      hash: claimHash(readClaim(claim) ?? ''),
      device,
      made_at: now.toISOString(),
      expires_at: new Date(now.getTime() + claimLifeMs).toISOString(),
      used_at: null,
      used_key: null,
    })
    .execute();
  return claim;
}

/**
 * A wrong one is counted against the device that it was said for: guesses are few.
 * @param publicKey SHA-256 of the key that asks
 */
export async function checkClaim(
  tx: Tx,
  {
    device,
    typed,
    publicKey,
  }: { readonly device: TerminalId; readonly typed: string; readonly publicKey: string },
  now: Date,
): Promise<ClaimCheck> {
  const guesses = await tx
    .selectFrom('claim_guess')
    .select('wrong')
    .where('device', '=', device)
    .executeTakeFirst();
  if ((guesses?.wrong ?? 0) >= claimGuesses) return { kind: 'refused', code: 'claim-locked' };
  const text = readClaim(typed);
  const found =
    text === undefined
      ? undefined
      : await tx
          .selectFrom('claim')
          .selectAll()
          .where('hash', '=', claimHash(text))
          .where('device', '=', device)
          .executeTakeFirst();
  if (!found) {
    await countGuess(tx, device, now);
    return { kind: 'refused', code: 'claim-wrong' };
  }
  if (found.used_at !== null) {
    const sinceMs = now.getTime() - Date.parse(found.used_at);
    return found.used_key === publicKey && sinceMs <= claimRepeatMs
      ? { kind: 'again', hash: found.hash }
      : { kind: 'refused', code: 'claim-used' };
  }
  if (found.expires_at <= now.toISOString()) return { kind: 'refused', code: 'claim-expired' };
  return { kind: 'free', hash: found.hash };
}

/** In the transaction that keeps the certificate. */
export async function useClaim(tx: Tx, hash: string, publicKey: string, now: Date): Promise<void> {
  await tx
    .updateTable('claim')
    .set({ used_at: now.toISOString(), used_key: publicKey })
    .where('hash', '=', hash)
    .execute();
}

async function countGuess(tx: Tx, device: TerminalId, now: Date): Promise<void> {
  const last_at = now.toISOString();
  await tx
    .insertInto('claim_guess')
    .values({ device, wrong: 1, last_at })
    .onConflict((it) =>
      it.column('device').doUpdateSet((row) => ({ wrong: row('claim_guess.wrong', '+', 1), last_at })),
    )
    .execute();
}
