// What the store knows of owners: headquarters' rows with what was done here laid over them.
import type { MemberId } from '../../sync/contract/ids.ts';
import { type HandOverRow, type OwnersRow, ownerKeys } from '../../sync/contract/owners.ts';
import type { KnownHandOver, OwnersKnowledge } from '../owners-knowledge.ts';
import type { TerminalStore } from './terminal-store.ts';

export function ownersKnowledge(store: TerminalStore): OwnersKnowledge {
  const rows = <K extends OwnersRow['kind']>(member: MemberId, kind: K) =>
    store.replica
      .list('owners', ownerKeys.ofMember(member))
      .filter((row): row is Extract<OwnersRow, { kind: K }> => row.kind === kind);
  return {
    purchases: (member) =>
      rows(member, 'purchase').sort((a, b) => (startOf(a.reached) < startOf(b.reached) ? 1 : -1)),
    care: (member, unit) => rows(member, 'care').find((row) => row.unit === unit),
    handOvers: (member) => rows(member, 'hand-over').map((row) => laidOver(store, row)),
    arrivals: (day) => store.overlay.handOverArrivals(day),
    asOf: () => store.replica.confirmedAt(),
  };
}

function startOf(reached: readonly { readonly on: string | null }[]): string {
  return reached[0]?.on ?? '';
}

function laidOver(store: TerminalStore, row: HandOverRow): KnownHandOver {
  const here = store.overlay.handOver(row.unit, row.day);
  const outcome = row.outcome ?? null;
  if (!here) return { ...row, isWaiting: false, outcome };
  return {
    ...row,
    number: row.number ?? here.number,
    signedAt: row.signedAt ?? here.signedAt,
    isWaiting: row.number === null,
    outcome: outcome ?? here.outcome,
  };
}
