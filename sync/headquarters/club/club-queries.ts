// What the club asks of its tables with every batch of facts.
import type { MemberId, SessionId } from '../../contract/ids.ts';
import type { Store } from '../store/store.ts';

interface Members {
  readonly members: readonly MemberId[];
}
interface Sessions {
  readonly sessions: readonly SessionId[];
}

export type ClubQueries = ReturnType<typeof prepareClub>;

export function prepareClub(store: Store) {
  return {
    levels: store.prepared((db, _: object) => db.selectFrom('level').select('row').orderBy('from_points')),
    sessions: store.prepared((db, { sessions }: Sessions) =>
      db.selectFrom('session').select(['id', 'row']).where(store.among('id', sessions)),
    ),
    knownMembers: store.prepared((db, { members }: Members) =>
      db.selectFrom('member').select('id').where(store.among('id', members)),
    ),
    members: store.prepared((db, { members }: Members) =>
      db
        .selectFrom('member')
        .select(['id', 'name', 'pin', 'homes', 'phone', 'birthday', 'may_contact'])
        .where(store.among('id', members))
        // who became another member, or is not named yet, is nobody to terminals
        .where('merged_into', 'is', null)
        .where('name', '<>', ''),
    ),
  };
}
