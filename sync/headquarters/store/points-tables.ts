// Tables of what points are by rule: versions of the rules, batches of ended sessions, gifts and who took them.
import type { TableShape } from './table-shape.ts';

interface PointsRulesTable {
  readonly version: number;
  /** `draft` or `published`; a published one is never changed */
  readonly state: string;
  /** holds for what happens from then on; null = from its publication */
  readonly holds_from: string | null;
  /** `RulesVersion` */
  readonly row: string;
  readonly at: string;
  readonly by_account: string;
  readonly published_at: string | null;
  readonly published_by: string | null;
}

interface PointsBatchTable {
  readonly session: string;
  readonly ended_at: string;
  readonly booked_at: string;
  /** check-ins that were counted, and the points that they got */
  readonly members: number;
  readonly points: number;
}

interface GiftTable {
  readonly id: string;
  /** `Words` */
  readonly name: string;
  readonly cost: number;
  readonly stock: number;
  /** no longer given; null = is */
  readonly ended_at: string | null;
}

interface RedemptionTable {
  readonly id: string;
  readonly gift: string;
  readonly member: string;
  readonly entry: string;
  readonly at: string;
  readonly by_account: string;
  readonly undone_at: string | null;
}

export interface PointsTables {
  readonly points_rules: PointsRulesTable;
  readonly points_batch: PointsBatchTable;
  readonly gift: GiftTable;
  readonly redemption: RedemptionTable;
}

export const pointsShapes: readonly TableShape[] = [
  {
    name: 'points_rules',
    columns: {
      version: 'integer',
      state: 'text',
      holds_from: 'text?',
      row: 'text',
      at: 'text',
      by_account: 'text',
      published_at: 'text?',
      published_by: 'text?',
    },
    key: ['version'],
  },
  {
    name: 'points_batch',
    columns: {
      session: 'text',
      ended_at: 'text',
      booked_at: 'text',
      members: 'integer',
      points: 'integer',
    },
    key: ['session'],
    refers: { session: 'session' },
  },
  {
    name: 'gift',
    columns: { id: 'text', name: 'text', cost: 'integer', stock: 'integer', ended_at: 'text?' },
    key: ['id'],
  },
  {
    name: 'redemption',
    columns: {
      id: 'text',
      gift: 'text',
      member: 'text',
      entry: 'text',
      at: 'text',
      by_account: 'text',
      undone_at: 'text?',
    },
    key: ['id'],
    unique: [['entry']],
    refers: { gift: 'gift', member: 'member', entry: 'ledger' },
    indexes: [['at'], ['gift'], ['member']],
  },
];
