// What the store knows of who is a member already: headquarters' keys, with those who joined here laid over them.
import { formKeys } from '../../sync/contract/forms.ts';
import { askedKeys, identityKey, plainId } from '../../sync/contract/identity-key.ts';
import { type CardRow, type MemberRow, type MembersRow, memberKeys } from '../../sync/contract/members.ts';
import type { MembersKnowledge } from '../members-knowledge.ts';
import type { TerminalStore } from './terminal-store.ts';

export function membersKnowledge(
  store: TerminalStore,
  fleetKey: Uint8Array,
): MembersKnowledge & {
  card(token: string): CardRow | undefined;
  member(id: string): MemberRow | undefined;
} {
  const row = (key: string): MembersRow | undefined =>
    store.overlay.members.row(key) ?? store.replica.get('members', key) ?? undefined;
  const keysOf: MembersKnowledge['keysOf'] = (person) => askedKeys(fleetKey, person);
  return {
    keysOf,
    matches: (person) =>
      keysOf(person).flatMap(({ trait, key }) => {
        const known = row(memberKeys.identity(key));
        return known?.kind === 'identity' ? [{ trait, member: known.member }] : [];
      }),
    idKey: (number) => identityKey(fleetKey, 'id', plainId(number)),
    staff: (token) => {
      const known = row(memberKeys.staff(token));
      return known?.kind === 'staff' ? known : undefined;
    },
    consent: () =>
      store.replica
        .list('forms', formKeys.consents)
        .flatMap((each) => (each.kind === 'consent' ? [each] : []))
        .at(-1),
    card: (token) => {
      const known = row(memberKeys.card(token));
      if (known?.kind !== 'card') return undefined;
      const isStopped =
        known.state === 'active' && store.overlay.members.isReportedLost(known.member, known.token);
      return isStopped ? { ...known, state: 'lost' } : known;
    },
    member: (id) => {
      const known = row(memberKeys.member(id));
      return known?.kind === 'member' ? store.overlay.members.withChanges(known) : undefined;
    },
  };
}
