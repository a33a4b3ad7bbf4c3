// What a developer's file may say about sales besides the board: internal facts of homes, purchases, hand-over days.
import * as v from 'valibot';
import {
  countSchema,
  daySchema,
  fenSchema,
  instantSchema,
  memberIdSchema,
  projectIdSchema,
  purchaseIdSchema,
  unitIdSchema,
  wordsSchema,
} from '../../contract/ids.ts';
import { purchaseStages } from '../../contract/owners.ts';
import { changeKinds } from '../api/sales-api.ts';
import type { Change } from '../publication.ts';
import type { Store, Tx } from '../store/store.ts';
import { handOverChange } from './owner-rows.ts';
import type { Sales } from './sales.ts';

export const purchaseSchema = v.strictObject({
  id: purchaseIdSchema,
  member: memberIdSchema,
  unit: unitIdSchema,
  project: projectIdSchema,
  label: wordsSchema,
  stage: v.picklist(purchaseStages),
  reached: v.array(v.strictObject({ stage: v.picklist(purchaseStages), on: v.nullable(daySchema) })),
  payment: wordsSchema,
  total: fenSchema,
  paid: fenSchema,
  plan: v.array(v.strictObject({ what: wordsSchema, amount: fenSchema, by: daySchema })),
  nextDocument: v.nullable(wordsSchema),
  handedOverOn: v.nullable(daySchema),
  warrantyUntil: v.nullable(daySchema),
});

export const salesFileSchema = v.strictObject({
  internal: v.array(
    v.strictObject({
      unit: unitIdSchema,
      buyer: v.nullable(v.pipe(v.string(), v.maxLength(80))),
      floorPrice: v.nullable(fenSchema),
      discountLimit: v.nullable(countSchema),
    }),
  ),
  /** changes that somebody has proposed; they wait for another person */
  proposals: v.array(
    v.strictObject({
      unit: unitIdSchema,
      kind: v.picklist(changeKinds),
      state: v.nullable(v.string()),
      price: v.nullable(fenSchema),
      buyer: v.optional(v.nullable(v.pipe(v.string(), v.maxLength(80)))),
      by: v.pipe(v.string(), v.minLength(1), v.maxLength(40)),
      note: v.nullable(v.pipe(v.string(), v.maxLength(300))),
      at: instantSchema,
    }),
  ),
  purchases: v.array(purchaseSchema),
  handOverDays: v.array(
    v.strictObject({
      project: projectIdSchema,
      day: daySchema,
      from: instantSchema,
      to: instantSchema,
      place: wordsSchema,
      units: v.array(v.strictObject({ unit: unitIdSchema, member: memberIdSchema, label: wordsSchema })),
    }),
  ),
});
export type SalesFile = v.InferOutput<typeof salesFileSchema>;

/** Adds or renews; importing the same twice changes nothing. @returns what terminals must be told */
export async function importSales(
  tx: Tx,
  { store, sales }: { readonly store: Store; readonly sales: Sales },
  file: SalesFile | undefined,
): Promise<Change[]> {
  if (!file) return [];
  await store.insert(
    tx,
    'unit_internal',
    file.internal.map(({ unit, buyer, floorPrice, discountLimit }) => ({
      unit,
      buyer,
      floor_price: floorPrice,
      discount_limit: discountLimit,
    })),
    { onConflict: { keys: ['unit'] } },
  );
  await store.insert(
    tx,
    'pending_change',
    file.proposals.map(({ buyer, by, ...proposal }) => ({
      ...proposal,
      internal: buyer === undefined ? null : JSON.stringify({ buyer }),
      hands: JSON.stringify([by]),
    })),
    { onConflict: 'skip' },
  );
  const changes = await sales.purchases.write(tx, file.purchases, 'import');
  for (const { units, ...day } of file.handOverDays) {
    const id = await sales.handOver.define(tx, day, units);
    changes.push(handOverChange(store, id));
  }
  // now that it is known who is invited when
  changes.push(
    ...(await sales.purchases.settleCare(
      tx,
      file.purchases.map(({ id }) => id),
    )),
  );
  return changes;
}
