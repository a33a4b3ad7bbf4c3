// The sales board's working copy: what terminals may know, and what waits for a second person's word.
import { boardKeyOf, boardKeys, type UnitRow } from '../../contract/board.ts';
import type { Audit } from '../accounts/audit.ts';
import type { ChangeKind } from '../api/sales-api.ts';
import type { Change } from '../publication.ts';
import type { Reader, Store, Tx } from '../store/store.ts';
import { type BoardDecision, decide, joinHand, proposedAt, type Word } from './board-decisions.ts';

/** What nobody outside headquarters may know of a home. */
export interface UnitInternal {
  readonly buyer: string | null;
  /** fen */
  readonly floorPrice: number | null;
  /** hundredths of a per cent off the approved price */
  readonly discountLimit: number | null;
}

/** A unit as terminals have it, and what waits for approval. */
export interface WorkingUnit {
  readonly approved: UnitRow;
  readonly internal: UnitInternal;
  readonly pending: PendingChange | null;
}
export interface PendingChange {
  readonly kind: ChangeKind;
  readonly state: string | null;
  readonly price: number | null;
  /** only what changes */
  readonly internal: Partial<UnitInternal>;
  /** accounts that had a hand in it */
  readonly hands: readonly string[];
  readonly note: string | null;
  /** of its last change: no two of one home are alike */
  readonly at: string;
}
export type PendingUnit = WorkingUnit & { readonly pending: PendingChange };

export interface UnitChange extends Partial<UnitInternal> {
  readonly state?: string | undefined;
  /** total price in fen */
  readonly price?: number | undefined;
  readonly kind?: ChangeKind | undefined;
  readonly note?: string | undefined;
}
export type ChangeOutcome =
  | 'changed'
  | 'unknown-unit'
  | 'unknown-state'
  | 'below-floor-price'
  | 'beyond-discount-limit';

export interface UnitFilter {
  readonly project?: string | undefined;
  readonly building?: string | undefined;
  readonly isPending?: boolean | undefined;
}

export class Board {
  readonly #store: Store;
  readonly #audit: Pick<Audit, 'note'>;
  readonly #now: () => Date;

  constructor(store: Store, audit: Pick<Audit, 'note'>, now: () => Date) {
    this.#store = store;
    this.#audit = audit;
    this.#now = now;
  }

  /** @returns by building, floor from the top, column */
  async units(filter: UnitFilter, db: Reader = this.#store.db): Promise<WorkingUnit[]> {
    let query = records(db);
    if (filter.project !== undefined) query = query.where('u.project', '=', filter.project);
    if (filter.building !== undefined) query = query.where('u.building', '=', filter.building);
    if (filter.isPending) query = query.where('p.unit', 'is not', null);
    return (await query.execute())
      .map(toWorkingUnit)
      .sort(
        ({ approved: a }, { approved: b }) =>
          a.building.localeCompare(b.building) || b.floor - a.floor || a.column - b.column,
      );
  }

  async unit(id: string, db: Reader = this.#store.db): Promise<WorkingUnit | undefined> {
    const record = await records(db).where('u.id', '=', id).executeTakeFirst();
    return record && toWorkingUnit(record);
  }

  /**
   * Notes a change for approval, upon what was pending before; what equals the approved row is no change any more.
   * @param by the account that proposes it
   */
  async change(id: string, change: UnitChange, by: string): Promise<ChangeOutcome> {
    return await this.#store.transaction(async (tx) => {
      const outcome = await this.#propose(tx, id, change, by);
      const kind = change.kind ?? null;
      if (outcome === 'changed') await this.#audit.note(tx, { account: by }, 'board-proposed', id, { kind });
      else await this.#audit.note(tx, { account: by }, 'board-proposal-refused', id, { code: outcome });
      return outcome;
    });
  }

  async #propose(tx: Tx, id: string, change: UnitChange, by: string): Promise<ChangeOutcome> {
    await this.#store.locked(tx.selectFrom('unit').select('id').where('id', '=', id)).execute();
    const unit = await this.unit(id, tx);
    if (!unit) return 'unknown-unit';
    if (change.state !== undefined && !(await hasState(tx, change.state))) return 'unknown-state';
    const wanted = wantedOf(unit, change);
    const refusal = refusalOf(unit, wanted);
    if (refusal) return refusal;
    await tx.deleteFrom('pending_change').where('unit', '=', id).execute();
    const { state, price, internal } = wanted;
    if (state === null && price === null && Object.keys(internal).length === 0) return 'changed';
    await tx
      .insertInto('pending_change')
      .values({
        unit: id,
        kind: wanted.kind,
        state,
        price,
        internal: Object.keys(internal).length === 0 ? null : JSON.stringify(internal),
        hands: joinHand(unit.pending?.hands ?? [], by),
        note: change.note ?? unit.pending?.note ?? null,
        at: proposedAt(this.#now(), unit.pending?.at),
      })
      .execute();
    return 'changed';
  }

  /** Locked until the commit: two who decide at once take each change once. @returns what of these waits */
  async take(tx: Tx, units: readonly string[] | 'all'): Promise<PendingUnit[]> {
    const query = tx.selectFrom('pending_change').select('unit').orderBy('unit');
    const chosen = units === 'all' ? query : query.where(this.#store.among('unit', units));
    const ids = (await this.#store.locked(chosen).execute()).map(({ unit }) => unit);
    const found = await records(tx).where(this.#store.among('u.id', ids)).execute();
    return found.map(toWorkingUnit).filter((unit): unit is PendingUnit => unit.pending !== null);
  }

  /** Puts what was taken in force. @returns what terminals must be told */
  async approve(tx: Tx, taken: readonly PendingUnit[], word: Word): Promise<Change> {
    await this.#forget(tx, taken);
    for (const unit of taken) await this.#apply(tx, unit);
    await decide(tx, this.#store, decisionsOf(taken, 'approved', word));
    const rows = taken.map(withPending);
    return { dataset: 'board', rows: async () => rows.map((row) => [boardKeyOf(row), row]) };
  }

  async reject(tx: Tx, taken: readonly PendingUnit[], word: Word): Promise<void> {
    await this.#forget(tx, taken);
    await decide(tx, this.#store, decisionsOf(taken, 'rejected', word));
  }

  async pendingCount(): Promise<number> {
    const row = await this.#store.db
      .selectFrom('pending_change')
      .select(({ fn }) => fn.countAll<number>().as('n'))
      .executeTakeFirst();
    return row?.n ?? 0;
  }

  async #forget(tx: Tx, units: readonly PendingUnit[]): Promise<void> {
    const ids = units.map(({ approved }) => approved.id);
    await tx.deleteFrom('pending_change').where(this.#store.among('unit', ids)).execute();
  }

  async #apply(tx: Tx, unit: PendingUnit): Promise<void> {
    const row = JSON.stringify(withPending(unit));
    await tx.updateTable('unit').set({ row }).where('id', '=', unit.approved.id).execute();
    if (Object.keys(unit.pending.internal).length === 0) return;
    const { buyer, floorPrice, discountLimit } = { ...unit.internal, ...unit.pending.internal };
    await this.#store.insert(
      tx,
      'unit_internal',
      [{ unit: unit.approved.id, buyer, floor_price: floorPrice, discount_limit: discountLimit }],
      { onConflict: { keys: ['unit'] } },
    );
  }
}

type Wanted = Pick<PendingChange, 'kind' | 'state' | 'price' | 'internal'>;

function records(db: Reader) {
  return db
    .selectFrom('unit as u')
    .leftJoin('pending_change as p', 'p.unit', 'u.id')
    .leftJoin('unit_internal as i', 'i.unit', 'u.id')
    .select(['u.row', 'p.kind', 'p.state', 'p.price', 'p.internal', 'p.hands', 'p.note', 'p.at'])
    .select(['i.buyer', 'i.floor_price', 'i.discount_limit']);
}
type UnitRecord = Awaited<ReturnType<ReturnType<typeof records>['execute']>>[number];

async function hasState(db: Reader, code: string): Promise<boolean> {
  const row = await db
    .selectFrom('dataset_row')
    .select('key')
    .where('dataset', '=', 'board')
    .where('key', '=', `${boardKeys.states}${code}`)
    .where('body', 'is not', null)
    .executeTakeFirst();
  return row !== undefined;
}

function toWorkingUnit(record: UnitRecord): WorkingUnit {
  const { kind, state, price, hands, note, at } = record;
  return {
    approved: JSON.parse(record.row) as UnitRow,
    internal: {
      buyer: record.buyer,
      floorPrice: record.floor_price,
      discountLimit: record.discount_limit,
    },
    pending:
      at === null || hands === null
        ? null
        : {
            kind: kind as ChangeKind,
            state,
            price,
            internal: record.internal === null ? {} : (JSON.parse(record.internal) as Partial<UnitInternal>),
            hands: JSON.parse(hands) as string[],
            note,
            at,
          },
  };
}

/** What is pending after this change; null and {} where nothing differs from what is approved. */
function wantedOf({ approved, internal, pending }: WorkingUnit, change: UnitChange): Wanted {
  const state = change.state ?? pending?.state ?? approved.state;
  const price = change.price ?? pending?.price ?? approved.price;
  const keys = ['buyer', 'floorPrice', 'discountLimit'] as const;
  const merged = keys.flatMap((key) => {
    const value = change[key] === undefined ? pending?.internal[key] : change[key];
    return value === undefined || value === internal[key] ? [] : [[key, value] as const];
  });
  const kind = change.kind ?? pending?.kind ?? (price === approved.price ? 'state' : 'price');
  return {
    kind,
    state: state === approved.state ? null : state,
    price: price === approved.price ? null : price,
    internal: Object.fromEntries(merged),
  };
}

function decisionsOf(
  units: readonly PendingUnit[],
  decision: BoardDecision['decision'],
  { by, at, reason }: Word,
): BoardDecision[] {
  return units.map(({ approved, internal, pending }) => ({
    unit: approved.id,
    project: approved.project,
    kind: pending.kind,
    before: { state: approved.state, price: approved.price, ...internal },
    after: {
      ...(pending.state === null ? {} : { state: pending.state }),
      ...(pending.price === null ? {} : { price: pending.price }),
      ...pending.internal,
    },
    hands: pending.hands,
    note: pending.note,
    proposedAt: pending.at,
    decision,
    decidedBy: by,
    decidedAt: at,
    reason: reason ?? null,
  }));
}

function refusalOf({ approved, internal }: WorkingUnit, wanted: Wanted): ChangeOutcome | undefined {
  const { kind } = wanted;
  const { floorPrice, discountLimit } = { ...internal, ...wanted.internal };
  const isFloorNew = wanted.internal.floorPrice !== undefined;
  if (wanted.price === null && !isFloorNew) return undefined;
  const price = wanted.price ?? approved.price;
  if (floorPrice !== null && price < floorPrice) return 'below-floor-price';
  const off = (approved.price - price) * 10_000;
  if (kind === 'discount' && discountLimit !== null && off > discountLimit * approved.price) {
    return 'beyond-discount-limit';
  }
  return undefined;
}

function withPending({ approved, pending }: PendingUnit): UnitRow {
  const price = pending.price ?? approved.price;
  return {
    ...approved,
    state: pending.state ?? approved.state,
    price,
    // area is in 0.01 m²
    pricePerM2:
      price === approved.price || approved.area === 0
        ? approved.pricePerM2
        : Math.round((price * 100) / approved.area),
  };
}
