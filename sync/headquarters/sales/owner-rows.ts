// What owners may see of their purchase, care and hand-over: the rows of dataset `owners` that sales publish.
import type { MemberId, ProjectId, PurchaseId, UnitId, Words } from '../../contract/ids.ts';
import {
  type HandOverRow,
  type OwnersRow,
  ownerKeys,
  ownersKeyOf,
  type PurchaseRow,
  type PurchaseStage,
} from '../../contract/owners.ts';
import type { Change, PublishedRow } from '../publication.ts';
import type { Reader, Store } from '../store/store.ts';
import { type CareFacts, careOf } from './care-steps.ts';
import { type Due, openDues } from './payment-plan.ts';

type Reached = PurchaseRow['reached'];

export interface Purchase extends Omit<PurchaseRow, 'kind' | 'dues'> {
  readonly plan: readonly Due[];
  readonly handedOverOn: string | null;
  readonly warrantyUntil: string | null;
}

/** @param today the local day */
export function purchaseChange(store: Store, ids: readonly string[], today: string): Change {
  return {
    dataset: 'owners',
    rows: async (tx) => {
      const purchases = await readPurchases(store, tx, ids);
      const rows: PublishedRow[] = [];
      const facts = await careFactsOf(store, tx, purchases);
      for (const purchase of purchases) {
        rows.push([ownerKeys.purchase(purchase.member, purchase.id), purchaseRow(purchase)]);
        const care = careOf(facts(purchase), today);
        const { member, unit, label } = purchase;
        rows.push([
          ownerKeys.care(member, unit),
          care ? ({ kind: 'care', member, unit, label, ...care } satisfies OwnersRow) : null,
        ]);
      }
      return rows;
    },
  };
}

/** The queue of a hand-over day as each of its owners sees it; of one home the latest day that it is invited for. */
export function handOverChange(store: Store, day: string): Change {
  return {
    dataset: 'owners',
    rows: async (tx) => {
      const rows = await handOverRows(tx, day);
      const invited = await tx
        .selectFrom('hand_over as h')
        .innerJoin('hand_over_day as d', 'd.id', 'h.day')
        .select(['h.unit', 'h.member', 'h.day'])
        .where(
          store.among(
            'h.unit',
            rows.map(({ unit }) => unit),
          ),
        )
        .where((it) => it.or([it('h.closed', 'is', null), it('h.closed', '<>', 'withdrawn')]))
        .orderBy('d.day')
        .execute();
      const latest = new Map(invited.map((each) => [ownerKeys.handOver(each.member, each.unit), each.day]));
      return rows.flatMap((row): PublishedRow[] => {
        const key = ownersKeyOf(row);
        const shown = latest.get(key);
        if (shown === undefined) return [[key, null]];
        return shown === day ? [[key, row]] : [];
      });
    },
  };
}

async function handOverRows(db: Reader, day: string): Promise<HandOverRow[]> {
  const about = await db.selectFrom('hand_over_day').selectAll().where('id', '=', day).executeTakeFirst();
  if (!about) return [];
  const rows = await db
    .selectFrom('hand_over')
    .selectAll()
    .where('day', '=', day)
    .orderBy('queued_at')
    .orderBy('number')
    .execute();
  const places = new Map(rows.filter(isWaiting).map(({ unit }, place) => [unit, place]));
  return rows.map((row) => ({
    kind: 'hand-over',
    member: row.member as MemberId,
    unit: row.unit as UnitId,
    project: about.project as ProjectId,
    label: JSON.parse(row.label) as Words,
    day: about.day,
    from: about.from_at,
    to: about.to_at,
    place: JSON.parse(about.place) as Words,
    number: row.number,
    ahead: places.get(row.unit) ?? 0,
    signedAt: row.signed_at,
    outcome: row.outcome as HandOverRow['outcome'],
    calledAt: row.called_at,
    isAbsent: row.closed === 'absent',
  }));
}

export function isWaiting(row: {
  readonly queued_at: string | null;
  readonly called_at: string | null;
  readonly signed_at: string | null;
  readonly closed: string | null;
}): boolean {
  return row.queued_at !== null && row.called_at === null && row.signed_at === null && row.closed === null;
}

export async function readPurchases(store: Store, db: Reader, ids: readonly string[]): Promise<Purchase[]> {
  const query = db.selectFrom('purchase').selectAll().orderBy('id').where(store.among('id', ids));
  return (await query.execute()).map((row) => ({
    id: row.id as PurchaseId,
    member: row.member as MemberId,
    unit: row.unit as UnitId,
    project: row.project as ProjectId,
    label: JSON.parse(row.label) as Words,
    stage: row.stage as PurchaseStage,
    reached: JSON.parse(row.reached) as Reached,
    payment: JSON.parse(row.payment) as Words,
    total: row.total,
    paid: row.paid,
    plan: JSON.parse(row.plan) as Due[],
    nextDocument: row.next_document === null ? null : (JSON.parse(row.next_document) as Words),
    handedOverOn: row.handed_over_on,
    warrantyUntil: row.warranty_until,
  }));
}

/** @returns what care goes by, for each of these purchases */
export async function careFactsOf(
  store: Store,
  db: Reader,
  purchases: readonly Purchase[],
): Promise<(purchase: Purchase) => CareFacts> {
  const contacts = await db
    .selectFrom('care_contact')
    .select(({ fn }) => ['purchase', 'step', fn.max('due_on').as('last')])
    .where(
      store.among(
        'purchase',
        purchases.map(({ id }) => id),
      ),
    )
    .groupBy(['purchase', 'step'])
    .execute();
  const planned = await db
    .selectFrom('hand_over as h')
    .innerJoin('hand_over_day as d', 'd.id', 'h.day')
    .select(['h.unit', 'h.member', 'd.day'])
    .where(
      store.among(
        'h.unit',
        purchases.map(({ unit }) => unit),
      ),
    )
    .where((it) => it.or([it('h.closed', 'is', null), it('h.closed', '<>', 'withdrawn')]))
    .orderBy('d.day')
    .execute();
  const made = new Map<string, Record<string, string>>();
  for (const { purchase, step, last } of contacts)
    made.set(purchase, { ...made.get(purchase), [step]: last });
  const plannedOn = new Map(planned.map(({ unit, member, day }) => [`${unit}/${member}`, day]));
  return (purchase) => ({
    reached: Object.fromEntries(purchase.reached.flatMap(({ stage, on }) => (on ? [[stage, on]] : []))),
    handOverPlannedOn: plannedOn.get(`${purchase.unit}/${purchase.member}`) ?? null,
    handedOverOn: purchase.handedOverOn,
    warrantyUntil: purchase.warrantyUntil,
    contacted: made.get(purchase.id) ?? {},
  });
}

function purchaseRow({ plan, handedOverOn: _on, warrantyUntil: _until, ...purchase }: Purchase): PurchaseRow {
  return { kind: 'purchase', ...purchase, dues: openDues(plan, purchase.total, purchase.paid) };
}
