// What a developer's file says of who members are: the keys that tell them apart, their cards, and our own people's.
import { bitsOfDigits, type CardWidth, cardToken, isWideEnough } from '../../contract/card-token.ts';
import { identityKey, plainId } from '../../contract/identity-key.ts';
import type { CardRow } from '../../contract/members.ts';
import type { Developer } from '../developer-file.ts';
import { HeadquartersError } from '../headquarters-error.ts';
import type { Change } from '../publication.ts';
import type { Store, Tx } from '../store/store.ts';
import type { CardEvent, Cards } from './cards.ts';
import type { Consent } from './consent.ts';
import type { Identity } from './identity.ts';
import type { Staff } from './staff.ts';

export interface MemberImportParts {
  readonly store: Store;
  readonly identity: Identity;
  readonly cards: Cards;
  readonly staff: Staff;
  readonly consent: Consent;
  readonly fleetKey: Uint8Array;
  /** what the whole fleet tells cards apart by */
  readonly cardWidth: CardWidth;
}

/** Before anything else that may have happened to a card; the file's word on its state is as old as the file. */
const importedAt = '1970-01-01T00:00:00.000Z';

/** Members of a file are never made one by themselves: who keeps it may know of two people with one telephone. */
export async function importIdentities(
  tx: Tx,
  { store, identity, cards, fleetKey }: MemberImportParts,
  members: Developer['members'],
  rows: readonly CardRow[],
): Promise<Change[]> {
  await identity.remember(
    tx,
    members.map(({ id, name, phone, birthday = null, idNumber }) => ({
      member: id,
      person: {
        name,
        phone,
        birthday,
        idKey: idNumber ? identityKey(fleetKey, 'id', plainId(idNumber)) : null,
      },
    })),
    false,
  );
  const known = await statesOf(store, tx, rows);
  await cards.note(
    tx,
    rows.flatMap((row): CardEvent[] => {
      const { token, member, state } = row;
      const event = { token, member, source: 'import', detail: `import/${member}` };
      const before = known.get(token);
      return [
        ...(before === undefined
          ? [{ ...event, id: `import/${token}`, at: importedAt, what: 'imported' }]
          : []),
        // a card that was stopped meanwhile is not started again by a file
        ...(state === 'active' || state === before
          ? []
          : [
              {
                ...event,
                id: `import/${token}/${state}`,
                at: before === undefined ? importedAt : cards.now().toISOString(),
                what: state,
              },
            ]),
      ];
    }),
  );
  const fresh = rows.filter(({ token }) => !known.has(token));
  await store.insert(
    tx,
    'card',
    fresh.map(({ token, member, state }) => ({ token, member, state })),
    { onConflict: { keys: ['token'] } },
  );
  const stopped = rows.filter(({ token, state }) => known.has(token) && state !== 'active');
  await cards.settle(tx, [...new Set(stopped.map(({ member }) => member))]);
  return [cards.change(rows.map(({ token }) => token)), identity.change(members.map(({ id }) => id))];
}

/** What is known of those whom a file brings once more. */
export async function knownMembers(tx: Tx, store: Store, members: Developer['members']) {
  const rows = await tx
    .selectFrom('member')
    .select(['id', 'phone', 'birthday', 'pin', 'stamps'])
    .where(
      store.among(
        'id',
        members.map(({ id }) => id),
      ),
    )
    .execute();
  return new Map(rows.map((row) => [row.id, row]));
}

/** @throws HeadquartersError hq-import-card-clash | hq-import-card-narrow, naming the path and never a number */
export async function importStaff(
  tx: Tx,
  { staff, fleetKey, cardWidth }: MemberImportParts,
  { staff: people = [] }: Developer,
): Promise<Change[]> {
  const given = people.flatMap(({ name, project, cards }, at) =>
    cards.map(({ technology, number }, place) => {
      const path = `staff.${at}.cards.${place}.number`;
      if (!isWideEnough(technology, bitsOfDigits(technology, number), cardWidth)) {
        throw new HeadquartersError(
          'hq-import-card-narrow',
          `${path} has too few digits for this fleet. Write the whole number and import again.`,
        );
      }
      return { token: cardToken(fleetKey, technology, number, cardWidth), name, project };
    }),
  );
  // a card that was withdrawn meanwhile is not given again by a file
  const known = new Set((await staff.list(tx)).map(({ token }) => token));
  const change = await staff.give(
    tx,
    given.filter(({ token }) => !known.has(token)),
  );
  if (change !== 'member-card') return given.length === 0 ? [] : [change];
  throw new HeadquartersError(
    'hq-import-card-clash',
    'staff has a card that is a member’s too. Give one of them another card and import again.',
  );
}

async function statesOf(
  store: Store,
  tx: Tx,
  rows: readonly CardRow[],
): Promise<ReadonlyMap<string, string>> {
  const known = await tx
    .selectFrom('card')
    .select(['token', 'state'])
    .where(
      store.among(
        'token',
        rows.map(({ token }) => token),
      ),
    )
    .execute();
  return new Map(known.map(({ token, state }) => [token, state]));
}
