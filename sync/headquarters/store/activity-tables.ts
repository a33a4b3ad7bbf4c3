// Tables of who is on the list of a session and who came. As the SQL builder knows them, and as they are made.
import type { TableShape } from './table-shape.ts';

/** What follows from acts and check-ins: never written but by `Rosters`. */
interface RosterTable {
  readonly session: string;
  readonly member: string;
  /** `Words`: what this member gets whatever their level; null = what the level gives */
  readonly treatment: string | null;
  /** what the order on the list goes by: instant and id of what put them there */
  readonly since: string;
  /** number on the waiting list; null = has a place */
  readonly waiting: number | null;
}

/** Append-only: each time that somebody was put on a list or left it. */
interface RosterActTable {
  /** the fact's id; `import/…` of a developer's file; `desk/…` of the console */
  readonly id: string;
  readonly session: string;
  readonly member: string;
  readonly at: string;
  /** `in` or `out` */
  readonly act: string;
  readonly treatment: string | null;
  /** which terminal or account */
  readonly source: string;
}

/** Every check-in that a terminal told; two of one member and session are a double. */
interface AttendanceTable {
  readonly fact: string;
  readonly session: string;
  readonly member: string;
  readonly terminal: string;
  readonly at: string;
  readonly walk_in: number;
}

export interface ActivityTables {
  readonly roster: RosterTable;
  readonly roster_act: RosterActTable;
  readonly attendance: AttendanceTable;
}

export const activityShapes: readonly TableShape[] = [
  {
    name: 'roster',
    columns: { session: 'text', member: 'text', treatment: 'text?', since: 'text', waiting: 'integer?' },
    key: ['session', 'member'],
    refers: { session: 'session', member: 'member' },
    indexes: [['member']],
  },
  {
    name: 'roster_act',
    columns: {
      id: 'text',
      session: 'text',
      member: 'text',
      at: 'text',
      act: 'text',
      treatment: 'text?',
      source: 'text',
    },
    key: ['id'],
    refers: { session: 'session', member: 'member' },
    indexes: [['session', 'member'], ['member']],
  },
  {
    name: 'attendance',
    columns: {
      fact: 'text',
      session: 'text',
      member: 'text',
      terminal: 'text',
      at: 'text',
      walk_in: 'integer',
    },
    key: ['fact'],
    refers: { session: 'session', member: 'member' },
    indexes: [['session', 'member'], ['member']],
  },
];
