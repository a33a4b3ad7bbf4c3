// The club's tables: members, cards, points, events. As the SQL builder knows them, and as they are made.
import type { Generated } from 'kysely';
import { type ActivityTables, activityShapes } from './activity-tables.ts';
import { type PointsTables, pointsShapes } from './points-tables.ts';
import type { TableShape } from './table-shape.ts';

interface MemberTable {
  readonly id: string;
  /** '' = facts of theirs came, but not yet the one that says who they are */
  readonly name: string;
  readonly phone: string;
  readonly pin: string | null;
  readonly homes: string;
  /** `YYYY-MM-DD` */
  readonly birthday: string | null;
  readonly may_contact: number | null;
  /** null = came with a developer's file */
  readonly joined_at: string | null;
  readonly channel: string | null;
  /** the card of who brought them */
  readonly referrer: string | null;
  /** this one and that one are one person: everything is under that id now */
  readonly merged_into: string | null;
  /** JSON: which fact said each of the things that their owner may change, as `{at}|{fact}` */
  readonly stamps: string | null;
}

interface IdentityTable {
  readonly key: string;
  readonly trait: string;
  readonly member: string;
  /** did they join with it, or change to it? 0 = it came with a developer's file */
  readonly told: number;
}

/** Append-only; the state of every card follows from these. */
interface CardEventTable {
  readonly id: string;
  /** null = all that the member had then */
  readonly token: string | null;
  readonly member: string;
  readonly at: string;
  /** `imported`, `joined`, `issued`, or the state that it was put in */
  readonly what: string;
  readonly detail: string | null;
  /** which terminal or account */
  readonly source: string;
}

interface SuspicionTable {
  /** the smaller id of the two */
  readonly a: string;
  readonly b: string;
  /** JSON: names of the traits that they share */
  readonly traits: string;
  readonly at: string;
  /** `same`, `distinct`, or null while nobody has decided */
  readonly verdict: string | null;
  readonly decided_by: string | null;
  readonly decided_at: string | null;
}

interface PhoneCodeTable {
  readonly phone: string;
  readonly hash: string;
  readonly at: string;
  readonly expires_at: string;
  readonly wrong: number;
  readonly locked_until: string | null;
  /** JSON: when the last few were sent */
  readonly sent: string;
}

interface MemberMergeTable {
  readonly loser: string;
  readonly survivor: string;
  readonly at: string;
  /** the trait that made them one, or `desk` */
  readonly why: string;
  readonly by_whom: string;
}

interface StaffCardTable {
  readonly token: string;
  readonly name: string;
  readonly project: string | null;
  /** null = in use */
  readonly ended_at: string | null;
}

interface LedgerTable {
  readonly n: Generated<number>;
  readonly id: string;
  readonly business_key: string;
  readonly member: string;
  readonly at: string;
  readonly points: number;
  readonly reason: string;
  readonly fact: string | null;
  readonly reverses: string | null;
  /** code of the rules' item that it is by; null = of no item */
  readonly item: string | null;
  /** fen of the purchase that earned it */
  readonly amount: number | null;
  /** when what is left of it expires; null = never, or nothing was earned */
  readonly until: string | null;
  /** id of the entry whose rest it wrote off */
  readonly expires: string | null;
  /** who booked it by hand; null = headquarters by itself */
  readonly by_account: string | null;
}

interface SessionTable {
  readonly id: string;
  readonly event: string;
  readonly points: number;
  readonly opens_at: string;
  readonly row: string;
}

interface CheckInTable {
  readonly session: string;
  readonly member: string;
  readonly at: string;
  readonly terminal: string;
  readonly fact: string;
}

export interface ClubTables extends ActivityTables, PointsTables {
  readonly member: MemberTable;
  readonly card: { readonly token: string; readonly member: string; readonly state: string };
  readonly level: { readonly code: string; readonly from_points: number; readonly row: string };
  readonly ledger: LedgerTable;
  readonly event: { readonly id: string; readonly row: string };
  readonly session: SessionTable;
  readonly check_in: CheckInTable;
  readonly identity: IdentityTable;
  readonly card_event: CardEventTable;
  readonly suspicion: SuspicionTable;
  readonly phone_code: PhoneCodeTable;
  readonly member_merge: MemberMergeTable;
  readonly staff_card: StaffCardTable;
}

export const clubShapes: readonly TableShape[] = [
  {
    name: 'member',
    columns: {
      id: 'text',
      name: 'text',
      phone: 'text',
      pin: 'text?',
      homes: 'text',
      birthday: 'text?',
      may_contact: 'integer?',
      joined_at: 'text?',
      channel: 'text?',
      referrer: 'text?',
      merged_into: 'text?',
      stamps: 'text?',
    },
    key: ['id'],
    indexes: [['merged_into'], ['phone']],
  },
  {
    name: 'card',
    columns: { token: 'text', member: 'text', state: 'text' },
    key: ['token'],
    refers: { member: 'member' },
    indexes: [['member']],
  },
  { name: 'level', columns: { code: 'text', from_points: 'integer', row: 'text' }, key: ['code'] },
  {
    name: 'ledger',
    columns: {
      n: 'number',
      id: 'text',
      business_key: 'text',
      member: 'text',
      at: 'text',
      points: 'integer',
      reason: 'text',
      fact: 'text?',
      reverses: 'text?',
      item: 'text?',
      amount: 'integer?',
      until: 'text?',
      expires: 'text?',
      by_account: 'text?',
    },
    unique: [['id'], ['business_key'], ['reverses']],
    refers: { member: 'member', reverses: 'ledger' },
    indexes: [
      ['member', 'at'],
      ['at', 'member'],
      ['until', 'member'],
    ],
  },
  { name: 'event', columns: { id: 'text', row: 'text' }, key: ['id'] },
  {
    name: 'session',
    columns: { id: 'text', event: 'text', points: 'integer', opens_at: 'text', row: 'text' },
    key: ['id'],
    refers: { event: 'event' },
    indexes: [['event']],
  },
  {
    name: 'check_in',
    columns: { session: 'text', member: 'text', at: 'text', terminal: 'text', fact: 'text' },
    key: ['session', 'member'],
    unique: [['fact']],
    refers: { session: 'session', member: 'member' },
    indexes: [['member']],
  },
  {
    name: 'identity',
    columns: { key: 'text', trait: 'text', member: 'text', told: 'integer' },
    key: ['key', 'member'],
    refers: { member: 'member' },
    indexes: [['member']],
  },
  {
    name: 'card_event',
    columns: {
      id: 'text',
      token: 'text?',
      member: 'text',
      at: 'text',
      what: 'text',
      detail: 'text?',
      source: 'text',
    },
    key: ['id'],
    refers: { member: 'member' },
    indexes: [['member'], ['token']],
  },
  {
    name: 'suspicion',
    columns: {
      a: 'text',
      b: 'text',
      traits: 'text',
      at: 'text',
      verdict: 'text?',
      decided_by: 'text?',
      decided_at: 'text?',
    },
    key: ['a', 'b'],
    refers: { a: 'member', b: 'member' },
    indexes: [['b'], ['verdict', 'at']],
  },
  {
    name: 'phone_code',
    columns: {
      phone: 'text',
      hash: 'text',
      at: 'text',
      expires_at: 'text',
      wrong: 'integer',
      locked_until: 'text?',
      sent: 'text',
    },
    key: ['phone'],
  },
  {
    name: 'member_merge',
    columns: { loser: 'text', survivor: 'text', at: 'text', why: 'text', by_whom: 'text' },
    key: ['loser'],
    indexes: [['survivor']],
  },
  {
    name: 'staff_card',
    columns: { token: 'text', name: 'text', project: 'text?', ended_at: 'text?' },
    key: ['token'],
  },
  ...pointsShapes,
  ...activityShapes,
];
