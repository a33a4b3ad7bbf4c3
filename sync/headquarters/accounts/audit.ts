// Who did or looked at what at headquarters: only ever added to, each row chained to the one before.
import { createHash } from 'node:crypto';
import type { Store, Tx } from '../store/store.ts';
import type { Tables } from '../store/tables.ts';

export type AuditDetail = Readonly<Record<string, string | number | boolean | null>>;

export interface AuditLine {
  readonly n: number;
  readonly at: string;
  readonly actor: string;
  readonly what: string;
  readonly about: string | null;
  readonly detail: AuditDetail;
}
export interface AuditFilter {
  readonly actor?: string | undefined;
  readonly what?: string | undefined;
  /** of a terminal also what was done to the layer of its own */
  readonly about?: string | undefined;
  /** instants, the second one not with it */
  readonly from?: string | undefined;
  readonly to?: string | undefined;
}
export interface AuditQuery extends AuditFilter {
  /** lines before this number; the newest when left out */
  readonly before?: number | undefined;
  readonly limit: number;
}
/** `broken`: row `at` is not what was written, or is gone. `head`: hash of the last line, '' when there is none. */
export type AuditCheck =
  | { readonly kind: 'whole'; readonly lines: number; readonly head: string }
  | { readonly kind: 'broken'; readonly at: number };

export type AuditRecord = Tables['audit'];

/** Number and hash of the last row: whoever cuts the end off must change this too. */
const head = 'audit';
const beginning = { n: 0, hash: '' };
const checkedAtOnce = 5_000;

export class Audit {
  readonly #store: Store;
  readonly #now: () => Date;

  constructor(store: Store, now: () => Date) {
    this.#store = store;
    this.#now = now;
  }

  /**
   * In the transaction of what was done: both are kept or neither.
   * @param actor an `Actor`, or `{account: 'clock'}` when nobody did it
   * @param what `signed-in`, `person-viewed`, `board-published` …
   * @param about id of the member, request, account … that it is about
   * @param detail nothing that the id in `about` does not say better: no names, no telephone numbers
   */
  async note(
    tx: Tx,
    actor: { readonly account: string },
    what: string,
    about: string | null,
    detail: AuditDetail = {},
  ): Promise<void> {
    // held until commit, so that no two rows follow the same one
    await tx
      .insertInto('mark')
      .values({ name: head, value: JSON.stringify(beginning) })
      .onConflict((it) => it.column('name').doNothing())
      .execute();
    const last = await this.#store
      .locked(tx.selectFrom('mark').select('value').where('name', '=', head))
      .executeTakeFirstOrThrow();
    const { n, hash } = JSON.parse(last.value) as typeof beginning;
    const line = {
      n: n + 1,
      at: this.#now().toISOString(),
      actor: actor.account,
      what,
      about,
      detail: JSON.stringify(detail),
    };
    const record: AuditRecord = { ...line, hash: chained(hash, line) };
    await tx.insertInto('audit').values(record).execute();
    await tx
      .updateTable('mark')
      .set({ value: JSON.stringify({ n: record.n, hash: record.hash }) })
      .where('name', '=', head)
      .execute();
  }

  /** @returns newest first */
  async list({ before, limit, ...filter }: AuditQuery): Promise<AuditLine[]> {
    let lines = this.#chosen(filter).orderBy('n', 'desc').limit(limit);
    if (before !== undefined) lines = lines.where('n', '<', before);
    return (await lines.execute()).map(({ hash: _, detail, ...line }) => ({
      ...line,
      detail: JSON.parse(detail) as AuditDetail,
    }));
  }

  /** As they are kept, with their hashes, oldest first, some thousand at a time; none that came after it was asked. */
  async *rows(filter: AuditFilter): AsyncGenerator<readonly AuditRecord[]> {
    const newest = await this.#chosen({}).orderBy('n', 'desc').limit(1).executeTakeFirst();
    for (let after = beginning.n; ; ) {
      const rows = await this.#chosen(filter)
        .where('n', '>', after)
        .where('n', '<=', newest?.n ?? beginning.n)
        .orderBy('n')
        .limit(checkedAtOnce)
        .execute();
      if (rows.length > 0) yield rows;
      if (rows.length < checkedAtOnce) return;
      after = rows.at(-1)?.n ?? after;
    }
  }

  /** What can be asked for: who ever did something, and what was ever done. */
  async kinds(): Promise<{ readonly actors: readonly string[]; readonly whats: readonly string[] }> {
    const of = async (column: 'actor' | 'what'): Promise<string[]> => {
      const all = this.#store.db.selectFrom('audit').select(column).distinct().orderBy(column);
      return (await all.execute()).map((row) => Object.values(row).join(''));
    };
    return { actors: await of('actor'), whats: await of('what') };
  }

  #chosen({ actor, what, about, from, to }: AuditFilter) {
    let lines = this.#store.db.selectFrom('audit').selectAll();
    if (actor !== undefined) lines = lines.where('actor', '=', actor);
    if (what !== undefined) lines = lines.where('what', '=', what);
    if (about !== undefined) lines = lines.where('about', 'in', [about, `device/${about}`]);
    if (from !== undefined) lines = lines.where('at', '>=', from);
    if (to !== undefined) lines = lines.where('at', '<', to);
    return lines;
  }

  /** Reads the whole chain again. */
  async check(): Promise<AuditCheck> {
    return await this.#store.snapshot(async (tx) => {
      let { n, hash } = beginning;
      for (;;) {
        const rows = await tx
          .selectFrom('audit')
          .selectAll()
          .where('n', '>', n)
          .orderBy('n')
          .limit(checkedAtOnce)
          .execute();
        for (const { hash: written, ...line } of rows) {
          if (line.n !== n + 1 || chained(hash, line) !== written) return { kind: 'broken', at: n + 1 };
          n = line.n;
          hash = written;
        }
        if (rows.length < checkedAtOnce) break;
      }
      const mark = await tx.selectFrom('mark').select('value').where('name', '=', head).executeTakeFirst();
      const last = mark ? (JSON.parse(mark.value) as typeof beginning) : beginning;
      return last.n === n && last.hash === hash
        ? { kind: 'whole', lines: n, head: hash }
        : { kind: 'broken', at: n + 1 };
    });
  }
}

/** @returns what stands in column `hash` of a line; '' before the first */
export function chained(
  before: string,
  { n, at, actor, what, about, detail }: Omit<AuditRecord, 'hash'>,
): string {
  return createHash('sha256')
    .update(JSON.stringify([before, n, at, actor, what, about, detail]))
    .digest('base64url');
}
