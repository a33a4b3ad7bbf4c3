// Owns the facts that headquarters does not have for sure: numbered without a gap, kept until headquarters' own ack.
import { randomBytes } from 'node:crypto';
import { existsSync, readFileSync } from 'node:fs';
import { type Ack, type Fact, type FactContent, factSchema } from './contract/facts.ts';
import type { Epoch, FactId, TerminalId } from './contract/ids.ts';
import type { Database, Migration } from './database.ts';
import { factIdMaker } from './fact-id.ts';
import { SyncError } from './sync-error.ts';

/** Facts stand under their seq alone: a second index would double what a commit writes to the card. */
export const outboxMigrations: readonly Migration[] = [
  {
    name: 'outbox-1',
    sql: `
      CREATE TABLE outbox_head(
        one INTEGER PRIMARY KEY CHECK (one = 1),
        terminal TEXT NOT NULL, epoch TEXT NOT NULL,
        applied INTEGER NOT NULL, safe INTEGER NOT NULL) STRICT;
      CREATE TABLE outbox(seq INTEGER PRIMARY KEY, fact TEXT NOT NULL) STRICT;`,
  },
];

/** A fact always fits a frame, also alone and unpacked. */
export const maxFactBytes = 56 * 1024;

export interface OutboxClock {
  /** wall clock; may be wrong or step */
  now(): Date;
  /** is `now` known to be right? */
  isSynced(): boolean;
  /** milliseconds since `boot`, never back */
  monoMs(): number;
  /** names this boot of the machine, at most 40 characters */
  readonly boot: string;
}

/** systemd-timesyncd makes it when the clock was set from the network in this boot. */
const timesyncMark = '/run/systemd/timesync/synchronized';

/** The machine's clocks; without Linux' boot id, this process counts as the boot. */
export function systemClock(): OutboxClock {
  let boot: string;
  try {
    boot = readFileSync('/proc/sys/kernel/random/boot_id', 'utf8').trim();
  } catch {
    boot = randomBytes(16).toString('hex');
  }
  return {
    boot,
    now: () => new Date(),
    isSynced: () => existsSync(timesyncMark),
    monoMs: () => Number(process.hrtime.bigint() / 1_000_000n),
  };
}

const readSql = 'SELECT fact FROM outbox WHERE seq > ? ORDER BY seq LIMIT ?';

/** What became of an ack: `foreign` = of another epoch, or beyond what was ever appended. */
export type Settlement = 'settled' | 'unchanged' | 'foreign';

interface Head {
  readonly terminal: string;
  readonly epoch: string;
  readonly applied: number;
  readonly safe: number;
  readonly [column: string]: string | number;
}

export class Outbox {
  readonly terminal: TerminalId;
  readonly epoch: Epoch;
  readonly #db: Database;
  readonly #clock: OutboxClock;
  readonly #nextId = factIdMaker();
  #applied: number;
  #safe: number;

  private constructor(db: Database, clock: OutboxClock, head: Head) {
    this.#db = db;
    this.#clock = clock;
    this.terminal = head.terminal as TerminalId;
    this.epoch = head.epoch as Epoch;
    this.#applied = head.applied;
    this.#safe = head.safe;
  }

  /**
   * @param db opened with `outboxMigrations`
   * @throws SyncError sync-store-foreign: the file was made for a terminal of another name
   */
  static open(db: Database, options: { terminal: TerminalId; clock: OutboxClock }): Outbox {
    const head = db.transaction(() => {
      db.run(
        'INSERT INTO outbox_head(one, terminal, epoch, applied, safe) VALUES (1, ?, ?, 0, 0) ON CONFLICT DO NOTHING',
        options.terminal,
        randomBytes(16).toString('hex'),
      );
      return db.get<Head>('SELECT terminal, epoch, applied, safe FROM outbox_head');
    });
    if (head?.terminal !== options.terminal) {
      throw new SyncError(
        'sync-store-foreign',
        `${db.file} holds the facts of terminal ${head?.terminal}, not of ${options.terminal}: give each its own dataDir.`,
      );
    }
    return new Outbox(db, options.clock, head);
  }

  /**
   * Numbers and keeps one fact; it is durable when the surrounding `db.transaction` returns.
   * @throws SyncError sync-frame-too-large; and an ordinary error outside a transaction
   */
  append(content: FactContent): Fact {
    this.#db.assertInTransaction();
    const now = this.#clock.now();
    const head: Omit<Fact, 'kind' | 'body'> = {
      id: this.#nextId(now.getTime()) as FactId,
      seq: this.lastSeq + 1,
      at: now.toISOString(),
      boot: this.#clock.boot,
      monoMs: Math.max(0, Math.floor(this.#clock.monoMs())),
      clock: this.#clock.isSynced() ? 'synced' : 'guess',
      schema: factSchema,
    };
    const fact: Fact = { ...head, ...content };
    const json = JSON.stringify(fact);
    if (Buffer.byteLength(json) > maxFactBytes) {
      throw new SyncError(
        'sync-frame-too-large',
        `a fact of kind ${content.kind} is over ${maxFactBytes} bytes`,
      );
    }
    this.#db.run('INSERT INTO outbox(seq, fact) VALUES (?, ?)', fact.seq, json);
    return fact;
  }

  /**
   * The oldest facts after `afterSeq`, in order.
   * @param maxFacts at most this many
   * @param maxBytes of JSON in all; the first fact is given whatever its size
   */
  read(afterSeq: number, maxFacts: number, maxBytes: number): readonly Fact[] {
    const facts: Fact[] = [];
    let bytes = 0;
    for (const row of this.#db.all(readSql, afterSeq, maxFacts)) {
      const json = String(row['fact']);
      bytes += Buffer.byteLength(json) + 1;
      if (bytes > maxBytes && facts.length > 0) break;
      facts.push(JSON.parse(json) as Fact);
    }
    return facts;
  }

  /** Forgets what headquarters calls safe. Marks only rise, so a lost, late or repeated ack does no harm (OB5). */
  settle(ack: Ack): Settlement {
    if (ack.epoch !== this.epoch || ack.safe > ack.applied || ack.applied > this.lastSeq) return 'foreign';
    const applied = Math.max(ack.applied, this.#applied);
    const safe = Math.max(ack.safe, this.#safe);
    if (applied === this.#applied && safe === this.#safe) return 'unchanged';
    this.#db.transaction(() => {
      this.#db.run('UPDATE outbox_head SET applied = ?, safe = ?', applied, safe);
      this.#db.run('DELETE FROM outbox WHERE seq <= ?', safe);
    });
    this.#applied = applied;
    this.#safe = safe;
    return 'settled';
  }

  /** The newest number given, or 0. Looked up, not remembered, because a rolled back append gave none. */
  get lastSeq(): number {
    const row = this.#db.get<{ seq: number }>('SELECT seq FROM outbox ORDER BY seq DESC LIMIT 1');
    // an empty table means that all there ever was is safe
    return row?.seq ?? this.#safe;
  }

  /** Headquarters has committed all facts up to here. */
  get appliedSeq(): number {
    return this.#applied;
  }

  /** Headquarters would not lose facts up to here with its database. */
  get safeSeq(): number {
    return this.#safe;
  }

  /** Facts up to here are gone. */
  get forgottenSeq(): number {
    return this.#safe;
  }

  /** How many facts headquarters has not committed. */
  waiting(): number {
    return this.lastSeq - this.#applied;
  }
}
