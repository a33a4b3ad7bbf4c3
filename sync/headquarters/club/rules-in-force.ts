// Which version of the points rules holds for what happened when.
import * as v from 'valibot';
import { levelRowSchema, type RulesRow, rulesRowSchema } from '../../contract/members.ts';
import { defaultRules } from '../../contract/points.ts';
import type { Reader, Store } from '../store/store.ts';

/** What is decided together: what earns points, and what they lead to. */
export const rulesVersionSchema = v.object({
  items: rulesRowSchema.entries.items,
  lotMonths: rulesRowSchema.entries.lotMonths,
  levelMonths: rulesRowSchema.entries.levelMonths,
  /** lowest first */
  levels: v.array(levelRowSchema),
});
export type RulesVersion = v.InferOutput<typeof rulesVersionSchema>;

interface Held {
  readonly fromMs: number;
  readonly row: RulesRow;
}

/** Reads the versions: a published one never changes, so its words are read again only when there is another. */
export class RuleBook {
  readonly #names;
  #known: { readonly names: string; readonly rules: RulesInForce } | undefined;

  constructor(store: Store) {
    this.#names = store.prepared((db, _: object) =>
      db
        .selectFrom('points_rules')
        .select(['version', 'holds_from', 'published_at'])
        .where('state', '=', 'published')
        .orderBy('version', 'desc'),
    );
  }

  async read(db: Reader): Promise<RulesInForce> {
    const names = JSON.stringify(await this.#names(db, {}));
    if (this.#known?.names === names) return this.#known.rules;
    const rows = await db
      .selectFrom('points_rules')
      .select(['version', 'holds_from', 'row'])
      .where('state', '=', 'published')
      .orderBy('version', 'desc')
      .execute();
    const rules = new RulesInForce(
      rows.map(({ version, holds_from: from, row }) => ({
        fromMs: from === null ? Number.NEGATIVE_INFINITY : Date.parse(from),
        row: rulesRowOf(version, JSON.parse(row) as RulesVersion),
      })),
    );
    this.#known = { names, rules };
    return rules;
  }
}

/** The published versions, from when each holds. */
export class RulesInForce {
  /** newest first */
  readonly #versions: readonly Held[];

  constructor(versions: readonly Held[]) {
    this.#versions = versions;
  }

  /** The newest that had begun by then: whoever tells of it late is dealt with as whoever told at once. */
  at(when: string | Date): RulesRow {
    const ms = new Date(when).getTime();
    return (
      this.#versions.find(({ fromMs }) => fromMs <= ms)?.row ?? this.#versions.at(-1)?.row ?? defaultRules
    );
  }
}

export function rulesRowOf(version: number, { items, lotMonths, levelMonths }: RulesVersion): RulesRow {
  return { kind: 'rules', version, items, lotMonths, levelMonths };
}
