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
export interface AuditQuery {
  /** lines before this number; the newest when left out */
  readonly before?: number | undefined;
  readonly actor?: string | undefined;
  readonly about?: string | undefined;
  readonly limit: number;
}
/** `broken`: row `at` is not what was written, or is gone. */
export type AuditCheck =
  | { readonly kind: 'whole'; readonly lines: number }
  | { readonly kind: 'broken'; readonly at: number };

type AuditRecord = Tables['audit'];

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
  async list({ before, actor, about, limit }: AuditQuery): Promise<AuditLine[]> {
    let lines = this.#store.db.selectFrom('audit').selectAll().orderBy('n', 'desc').limit(limit);
    if (before !== undefined) lines = lines.where('n', '<', before);
    if (actor !== undefined) lines = lines.where('actor', '=', actor);
    if (about !== undefined) lines = lines.where('about', '=', about);
    return (await lines.execute()).map(({ hash: _, detail, ...line }) => ({
      ...line,
      detail: JSON.parse(detail) as AuditDetail,
    }));
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
      return last.n === n && last.hash === hash ? { kind: 'whole', lines: n } : { kind: 'broken', at: n + 1 };
    });
  }
}

function chained(before: string, { n, at, actor, what, about, detail }: Omit<AuditRecord, 'hash'>): string {
  return createHash('sha256')
    .update(JSON.stringify([before, n, at, actor, what, about, detail]))
    .digest('base64url');
}
