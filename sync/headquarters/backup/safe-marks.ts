// Which facts would survive the loss of the database: the marks `safe` of the streams (rule IN9).
import type { Reader, Store } from '../store/store.ts';

/** How far one stream was applied when a copy was made. */
export interface StreamMark {
  readonly terminal: string;
  readonly epoch: string;
  readonly applied: number;
}

/** @returns the streams that have facts which are not safe yet */
export async function unsafeMarks(db: Reader): Promise<StreamMark[]> {
  return await db
    .selectFrom('stream')
    .select(['terminal', 'epoch', 'applied'])
    .whereRef('applied', '>', 'safe')
    .execute();
}

/**
 * What these marks name is on a second disk now. Marks only rise, and never beyond what this database has applied.
 * @returns how many streams rose
 */
export async function raiseSafe(store: Store, marks: readonly StreamMark[]): Promise<number> {
  const marksPerTransaction = 500;
  let raised = 0;
  for (let start = 0; start < marks.length; start += marksPerTransaction) {
    raised += await store.transaction(async (tx) => {
      let count = 0;
      for (const { terminal, epoch, applied } of marks.slice(start, start + marksPerTransaction)) {
        const { numUpdatedRows } = await tx
          .updateTable('stream')
          .set({ safe: applied })
          .where('terminal', '=', terminal)
          .where('epoch', '=', epoch)
          .where('safe', '<', applied)
          .where('applied', '>=', applied)
          .executeTakeFirst();
        count += Number(numUpdatedRows);
      }
      return count;
    });
  }
  return raised;
}
