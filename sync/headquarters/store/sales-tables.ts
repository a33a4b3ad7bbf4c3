// The sales' tables: the board's working copy, interest, purchases, care, hand-over. As the SQL builder knows them, and as they are made.
import type { Generated } from 'kysely';
import type { TableShape } from './table-shape.ts';

/** What nobody outside headquarters may know of a home: never part of a dataset. */
interface UnitInternalTable {
  readonly unit: string;
  readonly buyer: string | null;
  /** lowest total price in fen */
  readonly floor_price: number | null;
  /** in hundredths of a per cent */
  readonly discount_limit: number | null;
}

interface PendingChangeTable {
  readonly unit: string;
  readonly kind: string;
  readonly state: string | null;
  readonly price: number | null;
  /** `InternalChange`, JSON; null = nothing internal changes */
  readonly internal: string | null;
  /** accounts that had a hand in it, JSON: none of them may approve it */
  readonly hands: string;
  readonly note: string | null;
  readonly at: string;
}

interface PendingAdverseTable {
  readonly project: string;
  /** the whole list as it is to be, JSON */
  readonly adverse: string;
  readonly hands: string;
  readonly note: string | null;
  readonly at: string;
}

/** Every change that was decided about; nothing is ever deleted here. */
interface BoardDecisionTable {
  readonly n: Generated<number>;
  readonly unit: string | null;
  readonly project: string;
  readonly kind: string;
  /** JSON */
  readonly before: string;
  readonly after: string;
  readonly hands: string;
  readonly note: string | null;
  readonly proposed_at: string;
  /** `approved` or `rejected` */
  readonly decision: string;
  readonly decided_by: string;
  readonly decided_at: string;
  readonly reason: string | null;
}

interface InterestTable {
  readonly fact: string;
  readonly terminal: string;
  readonly member: string | null;
  readonly project: string;
  readonly unit: string | null;
  readonly what: string;
  readonly seconds: number;
  readonly at: string;
}

interface PurchaseTable {
  readonly id: string;
  readonly member: string;
  readonly unit: string;
  readonly project: string;
  /** `Words` */
  readonly label: string;
  readonly stage: string;
  /** `PurchaseRow['reached']` */
  readonly reached: string;
  readonly payment: string;
  readonly total: number;
  readonly paid: number;
  /** the whole plan, `Due[]`; what is open of it follows from `paid` */
  readonly plan: string;
  readonly next_document: string | null;
  readonly handed_over_on: string | null;
  readonly warranty_until: string | null;
  /** the day of care's next contact; settled whenever what it follows from changes, and every day */
  readonly contact_on: string | null;
}

interface PurchaseEventTable {
  readonly n: Generated<number>;
  readonly purchase: string;
  readonly at: string;
  readonly account: string;
  /** `imported`, `moved`, `moved-back` or `paid` */
  readonly kind: string;
  readonly stage: string;
  readonly amount: number | null;
  readonly day: string | null;
}

interface CareContactTable {
  readonly purchase: string;
  readonly step: string;
  /** the day that it was due */
  readonly due_on: string;
  readonly done_at: string;
  readonly done_by: string;
  readonly note: string | null;
}

interface HandOverDayTable {
  readonly id: string;
  readonly project: string;
  readonly day: string;
  readonly from_at: string;
  readonly to_at: string;
  readonly place: string;
}

interface HandOverTable {
  readonly day: string;
  readonly unit: string;
  readonly member: string;
  readonly label: string;
  readonly number: string | null;
  readonly terminal: string | null;
  readonly queued_at: string | null;
  readonly called_at: string | null;
  readonly called_by: string | null;
  readonly signed_at: string | null;
  /** the fact */
  readonly signed_by: string | null;
  readonly outcome: string | null;
  /** over without a signature: `withdrawn` or `absent` */
  readonly closed: string | null;
  readonly defects: string;
  readonly ratings: string;
}

export interface SalesTables {
  readonly unit: {
    readonly id: string;
    readonly project: string;
    readonly building: string;
    readonly row: string;
  };
  readonly unit_internal: UnitInternalTable;
  readonly pending_change: PendingChangeTable;
  readonly pending_adverse: PendingAdverseTable;
  readonly board_decision: BoardDecisionTable;
  readonly interest: InterestTable;
  readonly shortlist: { readonly member: string; readonly units: string; readonly at: string };
  readonly purchase: PurchaseTable;
  readonly purchase_event: PurchaseEventTable;
  readonly care_contact: CareContactTable;
  readonly hand_over_day: HandOverDayTable;
  readonly hand_over: HandOverTable;
}

export const salesShapes: readonly TableShape[] = [
  {
    name: 'unit',
    columns: { id: 'text', project: 'text', building: 'text', row: 'text' },
    key: ['id'],
    indexes: [['project', 'building']],
  },
  {
    name: 'unit_internal',
    columns: { unit: 'text', buyer: 'text?', floor_price: 'integer?', discount_limit: 'integer?' },
    key: ['unit'],
  },
  {
    name: 'pending_change',
    columns: {
      unit: 'text',
      kind: 'text',
      state: 'text?',
      price: 'integer?',
      internal: 'text?',
      hands: 'text',
      note: 'text?',
      at: 'text',
    },
    key: ['unit'],
    refers: { unit: 'unit' },
  },
  {
    name: 'pending_adverse',
    columns: { project: 'text', adverse: 'text', hands: 'text', note: 'text?', at: 'text' },
    key: ['project'],
  },
  {
    name: 'board_decision',
    columns: {
      n: 'number',
      unit: 'text?',
      project: 'text',
      kind: 'text',
      before: 'text',
      after: 'text',
      hands: 'text',
      note: 'text?',
      proposed_at: 'text',
      decision: 'text',
      decided_by: 'text',
      decided_at: 'text',
      reason: 'text?',
    },
    indexes: [['unit', 'n']],
  },
  {
    name: 'interest',
    columns: {
      fact: 'text',
      terminal: 'text',
      member: 'text?',
      project: 'text',
      unit: 'text?',
      what: 'text',
      seconds: 'integer',
      at: 'text',
    },
    key: ['fact'],
    indexes: [['project', 'unit'], ['member']],
  },
  { name: 'shortlist', columns: { member: 'text', units: 'text', at: 'text' }, key: ['member'] },
  {
    name: 'purchase',
    columns: {
      id: 'text',
      member: 'text',
      unit: 'text',
      project: 'text',
      label: 'text',
      stage: 'text',
      reached: 'text',
      payment: 'text',
      total: 'integer',
      paid: 'integer',
      plan: 'text',
      next_document: 'text?',
      handed_over_on: 'text?',
      warranty_until: 'text?',
      contact_on: 'text?',
    },
    key: ['id'],
    refers: { member: 'member' },
    indexes: [['member'], ['unit'], ['project', 'stage'], ['contact_on']],
  },
  {
    name: 'purchase_event',
    columns: {
      n: 'number',
      purchase: 'text',
      at: 'text',
      account: 'text',
      kind: 'text',
      stage: 'text',
      amount: 'integer?',
      day: 'text?',
    },
    refers: { purchase: 'purchase' },
    indexes: [['purchase', 'n']],
  },
  {
    name: 'care_contact',
    columns: {
      purchase: 'text',
      step: 'text',
      due_on: 'text',
      done_at: 'text',
      done_by: 'text',
      note: 'text?',
    },
    key: ['purchase', 'step', 'due_on'],
    refers: { purchase: 'purchase' },
  },
  {
    name: 'hand_over_day',
    columns: { id: 'text', project: 'text', day: 'text', from_at: 'text', to_at: 'text', place: 'text' },
    key: ['id'],
    unique: [['project', 'day']],
  },
  {
    name: 'hand_over',
    columns: {
      day: 'text',
      unit: 'text',
      member: 'text',
      label: 'text',
      number: 'text?',
      terminal: 'text?',
      queued_at: 'text?',
      called_at: 'text?',
      called_by: 'text?',
      signed_at: 'text?',
      signed_by: 'text?',
      outcome: 'text?',
      closed: 'text?',
      defects: 'text',
      ratings: 'text',
    },
    key: ['day', 'unit'],
    refers: { day: 'hand_over_day', member: 'member' },
    indexes: [['unit'], ['member'], ['day', 'queued_at']],
  },
];
