// The club's tables: members, cards, points, events. As the SQL builder knows them, and as they are made.
import type { Generated } from 'kysely';
import { type ActivityTables, activityShapes } from './activity-tables.ts';
import { type PointsTables, pointsShapes } from './points-tables.ts';
import type { TableShape } from './table-shape.ts';

interface MemberTable {
  readonly id: string;
  readonly name: string;
  readonly phone: string;
  readonly pin: string | null;
  readonly homes: string;
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
}

export const clubShapes: readonly TableShape[] = [
  {
    name: 'member',
    columns: { id: 'text', name: 'text', phone: 'text', pin: 'text?', homes: 'text' },
    key: ['id'],
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
  ...pointsShapes,
  ...activityShapes,
];
