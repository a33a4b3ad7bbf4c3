// What people thought of the hand-over of their home, kept with all other ratings, so that the month's report counts it.

import type { SignedFact } from '../sales/hand-over.ts';
import type { Store, Tx } from '../store/store.ts';

/** After the signatures were applied: only those that count are rated by. */
export async function keepHandOverRatings(store: Store, tx: Tx, facts: readonly SignedFact[]): Promise<void> {
  const rated = facts.filter(({ body }) => body.ratings.length > 0);
  for (const { id, at, body } of rated) {
    const signed = await tx
      .selectFrom('hand_over as h')
      .innerJoin('hand_over_day as d', 'd.id', 'h.day')
      .select('d.project')
      .where('d.day', '=', body.day)
      .where('h.unit', '=', body.unit)
      .where('h.member', '=', body.member)
      .where('h.signed_at', '=', at)
      .executeTakeFirst();
    if (!signed) continue;
    const last = new Map(body.ratings.map(({ item, score }) => [item, score]));
    await store.insert(
      tx,
      'rating',
      [...last].map(([item, score]) => ({
        request: null,
        call_back: null,
        survey: null,
        member: body.member,
        project: signed.project,
        unit: body.unit,
        item,
        score,
        at,
        source: id,
      })),
      { onConflict: 'skip' },
    );
  }
}
