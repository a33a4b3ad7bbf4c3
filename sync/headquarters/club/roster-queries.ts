// What the lists of sessions ask of their tables with every batch of facts.
import type { Store } from '../store/store.ts';

/** One line of a list, with when the member came. */
export interface RosterRecord {
  readonly session: string;
  readonly member: string;
  readonly treatment: string | null;
  readonly since: string;
  readonly waiting: number | null;
  readonly at: string | null;
}
interface Asked {
  readonly sessions: readonly string[];
  readonly members: readonly string[];
}

export type RosterQueries = ReturnType<typeof prepareRosters>;

export function prepareRosters(store: Store) {
  return {
    sessions: store.prepared((db, { sessions }: Pick<Asked, 'sessions'>) =>
      db.selectFrom('session').select(['id', 'row']).where(store.among('id', sessions)),
    ),
    knownMembers: store.prepared((db, { members }: Pick<Asked, 'members'>) =>
      db.selectFrom('member').select('id').where(store.among('id', members)),
    ),
    roster: store.prepared((db, { sessions, members }: Asked) =>
      db
        .selectFrom('roster as r')
        .leftJoin('check_in as c', (join) =>
          join.onRef('c.session', '=', 'r.session').onRef('c.member', '=', 'r.member'),
        )
        .select(['r.session', 'r.member', 'r.treatment', 'r.since', 'r.waiting', 'c.at'])
        .where(store.among('r.session', sessions))
        .where(store.among('r.member', members)),
    ),
    list: store.prepared((db, { session }: { readonly session: string }) =>
      db
        .selectFrom('roster as r')
        .leftJoin('check_in as c', (join) =>
          join.onRef('c.session', '=', 'r.session').onRef('c.member', '=', 'r.member'),
        )
        .select(['r.session', 'r.member', 'r.treatment', 'r.since', 'r.waiting', 'c.at'])
        .where('r.session', '=', session)
        .orderBy('r.since'),
    ),
    acts: store.prepared((db, { sessions, members }: Asked) =>
      db
        .selectFrom('roster_act')
        .select(['session', 'member', 'id', 'at', 'act', 'treatment'])
        .where(store.among('session', sessions))
        .where(store.among('member', members)),
    ),
    checkIns: store.prepared((db, { sessions, members }: Asked) =>
      db
        .selectFrom('check_in')
        .select(['session', 'member', 'at', 'fact'])
        .where(store.among('session', sessions))
        .where(store.among('member', members)),
    ),
  };
}
