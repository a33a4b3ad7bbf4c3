// How the ladder is set up: which role has each level, who stands in, and how long it waits. Kept in the store.
import * as v from 'valibot';
import type { Actor } from '../accounts/actor.ts';
import type { Audit } from '../accounts/audit.ts';
import { type LadderSteps, ladderStepsSchema } from '../api/ladder-api.ts';
import type { Reader, Store } from '../store/store.ts';
import { defaultSteps } from './ladder.ts';

const mark = 'ladder-steps';

export async function readLadderSteps(db: Reader): Promise<LadderSteps> {
  const row = await db.selectFrom('mark').select('value').where('name', '=', mark).executeTakeFirst();
  const read = row && v.safeParse(ladderStepsSchema, JSON.parse(row.value));
  return read?.success ? read.output : defaultSteps;
}

export class LadderSettings {
  readonly #store: Store;
  readonly #audit: Audit;

  constructor(store: Store, audit: Audit) {
    this.#store = store;
    this.#audit = audit;
  }

  steps(): Promise<LadderSteps> {
    return readLadderSteps(this.#store.db);
  }

  /** Holds from the next step on; what is due already keeps its time. */
  async change(actor: Actor, steps: LadderSteps): Promise<void> {
    const value = JSON.stringify(steps);
    await this.#store.transaction(async (tx) => {
      await tx
        .insertInto('mark')
        .values({ name: mark, value })
        .onConflict((it) => it.column('name').doUpdateSet({ value }))
        .execute();
      await this.#audit.note(tx, actor, 'ladder-changed', null, { steps: value });
    });
  }
}
