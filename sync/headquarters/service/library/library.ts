// The library while it is edited: a draft over what is published, editions that follow each other, and the way back.
import type { Words } from '../../../contract/ids.ts';
import {
  type LibraryEditionRow,
  type LibraryRow,
  libraryKeyOf,
  libraryKeys,
} from '../../../contract/library.ts';
import type { Audit } from '../../accounts/audit.ts';
import type { EditionItem, LibraryIssue } from '../../api/library-api.ts';
import type { Publication, PublishedRow } from '../../publication.ts';
import type { Reader, Store, Tx } from '../../store/store.ts';
import { isOutsideEditions, publishedLibrary } from './import-library.ts';
import { checkLibrary } from './library-check.ts';

/** null removes the row. */
export type RowChange = readonly [key: string, row: LibraryRow | null];

export type PublishOutcome =
  | { readonly kind: 'published'; readonly edition: number; readonly changed: number }
  | { readonly kind: 'nothing-to-publish' }
  | { readonly kind: 'broken'; readonly issues: readonly LibraryIssue[] };

interface Working {
  readonly published: ReadonlyMap<string, LibraryRow>;
  /** with the draft laid over it, by key, in order */
  readonly rows: ReadonlyMap<string, LibraryRow>;
  readonly draft: ReadonlyMap<string, LibraryRow | null>;
}

export class Library {
  readonly #store: Store;
  readonly #publication: Publication;
  readonly #audit: Audit;
  readonly #now: () => Date;

  constructor(store: Store, publication: Publication, audit: Audit, now: () => Date) {
    this.#audit = audit;
    this.#store = store;
    this.#publication = publication;
    this.#now = now;
  }

  async working(): Promise<Working & { readonly edition: LibraryEditionRow | null }> {
    return await this.#store.snapshot(async (tx) => {
      const working = await this.#read(tx);
      const edition = working.published.get(libraryKeys.edition);
      return { ...working, edition: edition?.kind === 'edition' ? edition : null };
    });
  }

  /** Lays changes over the draft. What becomes as it is published is no change any more. @returns how many rows differ now */
  async change(actor: string, changes: readonly RowChange[]): Promise<number> {
    return await this.#store.transaction(async (tx) => {
      const { published } = await this.#read(tx);
      await this.#audit.note(tx, { account: actor }, 'library-edited', changes[0]?.[0] ?? null, {
        rows: changes.length,
      });
      return await this.#lay(tx, actor, published, changes);
    });
  }

  /** The draft becomes exactly these rows: what is not among them is removed. */
  async replace(actor: string, rows: readonly LibraryRow[]): Promise<number> {
    return await this.#store.transaction(async (tx) => {
      const { published } = await this.#read(tx);
      await this.#audit.note(tx, { account: actor }, 'library-imported', null, { rows: rows.length });
      await tx.deleteFrom('library_draft').execute();
      const wanted = new Map(rows.map((row) => [libraryKeyOf(row), row]));
      const gone = [...published]
        .filter(([key, row]) => !isOutsideEditions(row) && !wanted.has(key))
        .map(([key]): RowChange => [key, null]);
      return await this.#lay(tx, actor, published, [...wanted, ...gone]);
    });
  }

  async discard(actor: string, keys: readonly string[] | 'all'): Promise<number> {
    return await this.#store.transaction(async (tx) => {
      const query = tx.deleteFrom('library_draft');
      const { numDeletedRows } = await (keys === 'all'
        ? query
        : query.where(this.#store.among('key', keys))
      ).executeTakeFirst();
      const changed = Number(numDeletedRows);
      await this.#audit.note(tx, { account: actor }, 'library-discarded', null, { rows: changed });
      return changed;
    });
  }

  /** The draft becomes the next edition, at every terminal at once; nothing of it when a row hangs in the air. */
  async publish(actor: string, note: Words): Promise<PublishOutcome> {
    return await this.#store.transaction(async (tx): Promise<PublishOutcome> => {
      const { published, rows, draft } = await this.#read(tx);
      if (draft.size === 0) return { kind: 'nothing-to-publish' };
      const issues = checkLibrary([...rows.values()]);
      if (issues.length > 0) return { kind: 'broken', issues };
      const before = published.get(libraryKeys.edition);
      const edition: LibraryEditionRow = {
        kind: 'edition',
        number: (before?.kind === 'edition' ? before.number : 0) + 1,
        note,
      };
      const changes = [...draft].map(([key, row]) => [key, published.get(key) ?? null, row]);
      await tx
        .insertInto('library_edition')
        .values({
          number: edition.number,
          at: this.#now().toISOString(),
          actor,
          note: JSON.stringify(note),
          changes: JSON.stringify(changes),
        })
        .execute();
      await this.#audit.note(tx, { account: actor }, 'library-published', `${edition.number}`, {
        changed: draft.size,
      });
      await tx.deleteFrom('library_draft').execute();
      const told: PublishedRow[] = [...draft, [libraryKeys.edition, edition]];
      await this.#publication.publish(tx, [{ dataset: 'library', rows: async () => told }]);
      return { kind: 'published', edition: edition.number, changed: draft.size };
    });
  }

  /** @returns newest first */
  async editions(): Promise<EditionItem[]> {
    const rows = await this.#store.db
      .selectFrom('library_edition')
      .selectAll()
      .orderBy('number', 'desc')
      .limit(200)
      .execute();
    return rows.map(({ number, at, actor, note, changes }) => ({
      number,
      at,
      actor,
      note: JSON.parse(note) as Words,
      changed: (JSON.parse(changes) as unknown[]).length,
    }));
  }

  /** What an edition changed is put back in the draft, to be looked at and published. @returns undefined: there is none */
  async revert(actor: string, number: number): Promise<number | undefined> {
    return await this.#store.transaction(async (tx) => {
      const edition = await tx
        .selectFrom('library_edition')
        .select('changes')
        .where('number', '=', number)
        .executeTakeFirst();
      if (!edition) return undefined;
      const changes = JSON.parse(edition.changes) as [string, LibraryRow | null, LibraryRow | null][];
      const { published } = await this.#read(tx);
      await this.#audit.note(tx, { account: actor }, 'library-reverted', `${number}`);
      return await this.#lay(
        tx,
        actor,
        published,
        changes.map(([key, before]): RowChange => [key, before]),
      );
    });
  }

  /** Where telephones add pictures; null = nowhere. Not a matter of editions. */
  async setPhotoPage(url: string | null): Promise<void> {
    await this.#store.transaction(async (tx) => {
      const row = url === null ? null : { kind: 'photo-page', url };
      if (row === null && !(await publishedLibrary(tx)).has(libraryKeys.photoPage)) return;
      const told: PublishedRow[] = [[libraryKeys.photoPage, row]];
      await this.#publication.publish(tx, [{ dataset: 'library', rows: async () => told }]);
    });
  }

  async #lay(
    tx: Tx,
    actor: string,
    published: ReadonlyMap<string, LibraryRow>,
    changes: readonly RowChange[],
  ): Promise<number> {
    const at = this.#now().toISOString();
    const last = [...new Map(changes)];
    const isSame = ([key, row]: RowChange): boolean => sameText(published.get(key) ?? null, row);
    await tx
      .deleteFrom('library_draft')
      .where(
        this.#store.among(
          'key',
          last.map(([key]) => key),
        ),
      )
      .execute();
    const real = last.filter((change) => !isSame(change));
    await this.#store.insert(
      tx,
      'library_draft',
      real.map(([key, row]) => ({ key, body: row && JSON.stringify(row), at, actor })),
    );
    return real.length;
  }

  async #read(db: Reader): Promise<Working> {
    const published = await publishedLibrary(db);
    const drafts = await db.selectFrom('library_draft').select(['key', 'body']).orderBy('key').execute();
    const draft = new Map(
      drafts.map(({ key, body }) => [key, body === null ? null : (JSON.parse(body) as LibraryRow)]),
    );
    const rows = new Map([...published].filter(([, row]) => !isOutsideEditions(row)));
    for (const [key, row] of draft) {
      if (row === null) rows.delete(key);
      else rows.set(key, row);
    }
    return { published, draft, rows: new Map([...rows].sort(([a], [b]) => (a < b ? -1 : 1))) };
  }
}

function sameText(a: LibraryRow | null, b: LibraryRow | null): boolean {
  return JSON.stringify(sorted(a)) === JSON.stringify(sorted(b));
}

/** The order in which a row's fields were written means nothing, and neither does a field that says nothing. */
function sorted(row: LibraryRow | null): unknown {
  return (
    row &&
    Object.entries(row)
      .filter(([, value]) => value !== null)
      .sort(([a], [b]) => (a < b ? -1 : 1))
  );
}
