// One dataset's rows in a file of their own: found by key, changed whole or not at all, hashed as they change.
import { closeSync, fsyncSync, openSync, rmSync } from 'node:fs';
import { RowHashes, rowHash } from './contract/row-hash.ts';
import { Database, type DatabaseOptions, type Migration } from './database.ts';
import { RowCodec } from './row-codec.ts';
import { SyncError } from './sync-error.ts';

export const editionMigrations: readonly Migration[] = [
  {
    name: 'edition-1',
    sql: `
      CREATE TABLE row(key TEXT PRIMARY KEY, body TEXT NOT NULL, hash BLOB NOT NULL) STRICT, WITHOUT ROWID;
      CREATE TABLE staged(key TEXT PRIMARY KEY, body TEXT, hash BLOB) STRICT, WITHOUT ROWID;
      CREATE TABLE shape(number INTEGER PRIMARY KEY, fields TEXT NOT NULL) STRICT;
      CREATE TABLE word(number INTEGER PRIMARY KEY, json TEXT NOT NULL) STRICT;
      CREATE TABLE bucket(number INTEGER PRIMARY KEY, hash BLOB NOT NULL) STRICT;
      CREATE TABLE head(
        one INTEGER PRIMARY KEY CHECK (one = 1),
        version INTEGER NOT NULL, root TEXT NOT NULL, at TEXT NOT NULL, published_at TEXT NOT NULL) STRICT;`,
  },
];

/** A failure of this file ends nobody: the rows can be had again. */
const options: DatabaseOptions = { isBeside: true, onBroken: () => {} };

/** What a delta of a thousand rows touches fits, and so do the upper pages of a million cards. */
const cacheKb = 8_000;
/** 16 MB of log at most. */
const checkpointPages = 4_000;

/** What an edition is an edition of. */
export interface EditionHead {
  readonly version: number;
  readonly root: string;
  /** headquarters' clock when it said so */
  readonly at: string;
  /** when headquarters published this version */
  readonly publishedAt: string;
}

/** A row that was checked; null = gone. */
export interface CheckedRow {
  readonly key: string;
  readonly body: object | null;
}

export class Edition {
  readonly #file: string;
  #db: Database;
  #codec: RowCodec;
  /** how much of the codec's dictionary is on disk */
  #saved = { shapes: 0, words: 0 };
  #hashes: RowHashes;
  #head: EditionHead | undefined;
  /** of the rows as they will be when what is staged is merged */
  #stagedHashes: RowHashes | undefined;
  #audit: { readonly hashes: RowHashes; upTo: string } | undefined;

  private constructor(file: string, db: Database) {
    this.#file = file;
    this.#db = db;
    this.#codec = this.#readCodec();
    this.#hashes = readHashes(db);
    const row = db.get('SELECT version, root, at, published_at FROM head');
    if (!row) return;
    this.#head = {
      version: Number(row['version']),
      root: String(row['root']),
      at: String(row['at']),
      publishedAt: String(row['published_at']),
    };
  }

  /** @throws SyncError sync-store-corrupt when it was never finished; or what `Database.open` throws */
  static open(file: string): Edition {
    const edition = new Edition(file, openFile(file));
    if (edition.#head) return edition;
    edition.close();
    throw new SyncError('sync-store-corrupt', `${file} is no whole edition.`);
  }

  /** A new and empty one, to be filled and finished. Until then a power cut leaves rubbish: name it nowhere. */
  static begin(file: string): Edition {
    dropEdition(file);
    const db = openFile(file);
    // each row is written once and synced once, all together, at the end
    db.get('PRAGMA journal_mode=DELETE');
    db.get('PRAGMA journal_mode=OFF');
    db.run('PRAGMA synchronous=OFF');
    return new Edition(file, db);
  }

  /** @throws when it is not finished */
  get head(): EditionHead {
    if (!this.#head) throw new Error(`${this.#file} is not finished`);
    return this.#head;
  }

  get hashes(): RowHashes {
    return this.#hashes;
  }

  /** Not to be written to: rows share what they have in common. */
  get(key: string): unknown {
    const row = this.#db.get<{ body: string }>('SELECT body FROM row WHERE key = ?', key);
    return row && this.#codec.decode(row.body);
  }

  /** At most so many rows whose key starts with `prefix`, after a key, in key order; −1 = all. */
  list(prefix: string, { after, most }: { readonly after: string; readonly most: number }): unknown[] {
    return this.#db
      .all<{ body: string }>(
        'SELECT body FROM row WHERE key >= ? AND key < ? AND key > ? ORDER BY key LIMIT ?',
        prefix,
        // keys are ASCII, so everything with this prefix sorts below
        `${prefix}\u{10ffff}`,
        after,
        most,
      )
      .map(({ body }) => this.#codec.decode(body));
  }

  /** The next keys after `key`. */
  keysAfter(key: string, count: number): string[] {
    return this.#db
      .all<{ key: string }>('SELECT key FROM row WHERE key > ? ORDER BY key LIMIT ?', key, count)
      .map((row) => row.key);
  }

  /** Puts rows into an edition that is not finished; later ones over earlier ones. */
  fill(rows: readonly CheckedRow[]): void {
    this.#db.transaction(() => {
      for (const row of rows) this.#add(row);
    });
  }

  /**
   * Makes an edition that was filled durable, and ready to be named.
   * @throws SyncError sync-dataset-mismatch
   */
  finish(head: EditionHead): void {
    assertRoot(this.#hashes, head);
    this.#db.transaction(() => {
      this.#saveDictionary();
      this.#saveBuckets(new RowHashes(), this.#hashes);
      this.#saveHead(head);
    });
    this.#db.run('PRAGMA synchronous=FULL');
    this.#db.close();
    syncFile(this.#file);
    this.#db = openFile(this.#file);
    this.#head = head;
  }

  /**
   * A small change: all of it in one transaction.
   * @throws SyncError sync-dataset-mismatch when that is not what `head` is about; nothing changed
   */
  change(rows: readonly CheckedRow[], head: EditionHead): void {
    const hashes = new RowHashes(this.#hashes.bytes);
    const audited = this.#audit && new RowHashes(this.#audit.hashes.bytes);
    const upTo = this.#audit?.upTo ?? '';
    this.#commit(hashes, head, () => {
      for (const row of rows) {
        this.#replace(row, audited && row.key <= upTo ? [hashes, audited] : [hashes]);
      }
    });
    if (audited) this.#audit = { hashes: audited, upTo };
  }

  /** Begins a large change. @param replaced buckets of which every row is to come */
  beginStage(replaced: readonly number[] = []): void {
    this.#db.run('DELETE FROM staged');
    this.#stagedHashes = new RowHashes(this.#hashes.bytes);
    for (const bucket of replaced) this.#stagedHashes.clear(bucket);
  }

  /**
   * Puts rows aside for the change that was begun; later ones over earlier ones.
   * @param isKnown false where the row's bucket is being replaced: what stands there does not count
   */
  stage(rows: readonly CheckedRow[], isKnown: (key: string) => boolean): void {
    const hashes = this.#stagedHashes;
    if (!hashes) throw new Error('no change was begun');
    this.#transaction(() => {
      for (const { key, body } of rows) {
        const staged = this.#db.get<{ hash: Uint8Array | null }>(
          'SELECT hash FROM staged WHERE key = ?',
          key,
        );
        const old = staged ? staged.hash : isKnown(key) ? this.#hashAt(key) : null;
        const hash = body && rowHash(key, JSON.stringify(body));
        if (old) hashes.toggleHash(key, old);
        if (hash) hashes.toggleHash(key, hash);
        this.#db.run(
          'INSERT INTO staged(key, body, hash) VALUES (?1, ?2, ?3) ON CONFLICT DO UPDATE SET body = ?2, hash = ?3',
          key,
          body && this.#codec.encode(body),
          hash,
        );
      }
      // what is staged is read back by it
      this.#saveDictionary();
    });
  }

  /**
   * Puts everything that was staged in force.
   * @throws SyncError sync-dataset-mismatch; nothing changed
   */
  merge(head: EditionHead): void {
    const hashes = this.#stagedHashes;
    if (!hashes) throw new Error('no change was begun');
    this.#audit = undefined;
    this.#commit(hashes, head, () => {
      this.#db.run('DELETE FROM row WHERE key IN (SELECT key FROM staged WHERE body IS NULL)');
      this.#db.run(
        `INSERT INTO row(key, body, hash) SELECT key, body, hash FROM staged WHERE body IS NOT NULL
           ON CONFLICT DO UPDATE SET body = excluded.body, hash = excluded.hash`,
      );
    });
    this.#stagedHashes = undefined;
    this.#db.run('DELETE FROM staged');
  }

  /**
   * Reads some rows of the file and hashes them anew; after the last the hashes are those of what is really there.
   * @returns whether the end was reached
   */
  audit(rows: number): boolean {
    this.#audit ??= { hashes: new RowHashes(), upTo: '' };
    const audit = this.#audit;
    const found = this.#db.all<{ key: string; body: string }>(
      'SELECT key, body FROM row WHERE key > ? ORDER BY key LIMIT ?',
      audit.upTo,
      rows,
    );
    for (const { key, body } of found) {
      // to the letter what headquarters wrote, unless somebody else wrote here
      audit.hashes.toggle(key, JSON.stringify(this.#codec.decode(body)) ?? '');
      audit.upTo = key;
    }
    if (found.length === rows) return false;
    this.#audit = undefined;
    if (audit.hashes.differences(this.#hashes).length === 0) return true;
    this.#commit(audit.hashes, { ...this.head, root: audit.hashes.root() }, () => {});
    return true;
  }

  close(): void {
    this.#db.close();
  }

  /** Changes rows, their hashes and the head together, or nothing. */
  #commit(hashes: RowHashes, head: EditionHead, work: () => void): void {
    this.#transaction(() => {
      work();
      assertRoot(hashes, head);
      this.#saveDictionary();
      this.#saveBuckets(this.#hashes, hashes);
      this.#saveHead(head);
    });
    this.#hashes = hashes;
    this.#head = head;
  }

  #transaction(work: () => void): void {
    try {
      this.#db.transaction(work);
    } catch (error) {
      // numbers that were given out in vain stand in no row
      this.#codec = this.#readCodec();
      throw error;
    }
  }

  /** Of many new rows: looks for an old one only where there is one. */
  #add({ key, body }: CheckedRow): void {
    if (body !== null) {
      const hash = rowHash(key, JSON.stringify(body));
      const added = this.#db.run(
        'INSERT OR IGNORE INTO row(key, body, hash) VALUES (?, ?, ?)',
        key,
        this.#codec.encode(body),
        hash,
      );
      if (added > 0) {
        this.#hashes.toggleHash(key, hash);
        return;
      }
    }
    this.#replace({ key, body }, [this.#hashes]);
  }

  #replace({ key, body }: CheckedRow, hashes: readonly RowHashes[]): void {
    const old = this.#hashAt(key);
    const hash = body && rowHash(key, JSON.stringify(body));
    if (body === null) this.#db.run('DELETE FROM row WHERE key = ?', key);
    else {
      const sql = old
        ? 'UPDATE row SET body = ?, hash = ? WHERE key = ?'
        : 'INSERT INTO row(body, hash, key) VALUES (?, ?, ?)';
      this.#db.run(sql, this.#codec.encode(body), hash, key);
    }
    for (const each of hashes) {
      if (old) each.toggleHash(key, old);
      if (hash) each.toggleHash(key, hash);
    }
  }

  #hashAt(key: string): Uint8Array | undefined {
    return this.#db.get<{ hash: Uint8Array }>('SELECT hash FROM row WHERE key = ?', key)?.hash;
  }

  #readCodec(): RowCodec {
    const read = (sql: string): unknown[] =>
      this.#db.all<{ json: string }>(sql).map(({ json }) => JSON.parse(json) as unknown);
    const codec = new RowCodec({
      shapes: read('SELECT fields AS json FROM shape ORDER BY number') as string[][],
      words: read('SELECT json FROM word ORDER BY number') as object[],
    });
    this.#saved = { shapes: codec.shapes.length, words: codec.words.length };
    return codec;
  }

  #saveDictionary(): void {
    const { shapes, words } = this.#codec;
    for (let n = this.#saved.shapes; n < shapes.length; n += 1) {
      this.#db.run('INSERT INTO shape(number, fields) VALUES (?, ?)', n + 1, JSON.stringify(shapes[n]));
    }
    for (let n = this.#saved.words; n < words.length; n += 1) {
      this.#db.run('INSERT INTO word(number, json) VALUES (?, ?)', n + 1, JSON.stringify(words[n]));
    }
    this.#saved = { shapes: shapes.length, words: words.length };
  }

  #saveBuckets(old: RowHashes, now: RowHashes): void {
    for (const bucket of now.differences(old)) {
      this.#db.run(
        'INSERT INTO bucket(number, hash) VALUES (?1, ?2) ON CONFLICT DO UPDATE SET hash = ?2',
        bucket,
        now.of(bucket),
      );
    }
  }

  #saveHead({ version, root, at, publishedAt }: EditionHead): void {
    this.#db.run(
      `INSERT INTO head(one, version, root, at, published_at) VALUES (1, ?1, ?2, ?3, ?4)
         ON CONFLICT DO UPDATE SET version = ?1, root = ?2, at = ?3, published_at = ?4`,
      version,
      root,
      at,
      publishedAt,
    );
  }
}

function openFile(file: string): Database {
  const db = Database.open(file, editionMigrations, options);
  // a delta of a thousand rows goes to its places later, and several together
  db.all(`PRAGMA wal_autocheckpoint=${checkpointPages}`);
  db.all(`PRAGMA cache_size=-${cacheKb}`);
  return db;
}

/** Removes an edition's file and what SQLite laid beside it. */
export function dropEdition(file: string): void {
  for (const end of ['', '-wal', '-shm', '-journal', '.suspect']) rmSync(`${file}${end}`, { force: true });
}

function assertRoot(hashes: RowHashes, { root }: EditionHead): void {
  if (hashes.root() !== root) {
    throw new SyncError('sync-dataset-mismatch', 'the rows are not those that headquarters means');
  }
}

function readHashes(db: Database): RowHashes {
  const hashes = new RowHashes();
  for (const row of db.all<{ number: number; hash: Uint8Array }>('SELECT number, hash FROM bucket')) {
    hashes.of(row.number).set(row.hash);
  }
  return hashes;
}

function syncFile(file: string): void {
  const descriptor = openSync(file, 'r+');
  try {
    fsyncSync(descriptor);
  } finally {
    closeSync(descriptor);
  }
}
