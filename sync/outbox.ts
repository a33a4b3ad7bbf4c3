// Owns the facts that headquarters does not have for sure: numbered without a gap, kept until headquarters' own ack.
import { randomBytes } from 'node:crypto';
import {
  type Ack,
  type EpochReason,
  type Fact,
  type FactContent,
  type FactHead,
  factSchema,
  maxFactBytes,
  type WireFact,
} from './contract/facts.ts';
import type { Epoch, TerminalId } from './contract/ids.ts';
import { type Sealer, sealBond } from './contract/seal.ts';
import type { Database, Migration } from './database.ts';
import { EpochMark } from './epoch-mark.ts';
import { factIdMaker } from './fact-id.ts';
import { FactTable, factTableSql, type KeptFact } from './fact-table.ts';
import { SyncError } from './sync-error.ts';
import type { TerminalClock } from './terminal-clock.ts';

/** A fact's number is counted from the place `base`, so that a new epoch renumbers all of them by changing one row. */
export const outboxMigrations: readonly Migration[] = [
  {
    name: 'outbox-1',
    sql: `
      CREATE TABLE outbox_head(
        one INTEGER PRIMARY KEY CHECK (one = 1), terminal TEXT NOT NULL, epoch TEXT NOT NULL, previous TEXT,
        base INTEGER NOT NULL, applied INTEGER NOT NULL, safe INTEGER NOT NULL, hours INTEGER NOT NULL) STRICT;
      ${factTableSql}`,
  },
];

/** How long facts are kept that headquarters has, but might lose with its database. */
export interface RingLimits {
  /** of serving, not of the calendar: a clock that jumps forgets nothing */
  readonly days: number;
  readonly bytes: number;
}

export interface OutboxOptions {
  readonly terminal: TerminalId;
  readonly clock: TerminalClock;
  /** to headquarters' key: nobody here can read a fact that was kept (rule OB9) */
  readonly sealer: Sealer;
  /** 7 days and 64 MB unless given */
  readonly ring?: RingLimits;
  /** asked of a new store: was the one before damaged and set aside? Then this one says so (rule OB13) */
  readonly replaced?: () => ReplacedStore | undefined;
}

/** What can still be read of a store that was set aside; null = nothing. */
export interface ReplacedStore {
  readonly epoch: Epoch | null;
  readonly lastSeq: number | null;
}

/**
 * What became of an ack: `foreign` = of another epoch, or garbled; `renewed` = it showed that this store is not what
 * headquarters knows, and everything that is held has a new number in a new epoch (rule OB10).
 */
export type Settlement = 'settled' | 'unchanged' | 'foreign' | 'renewed';

/** Rows that one transaction forgets: a commit stays short. */
const forgetAtOnce = 500;
const hourMs = 3_600_000;
/** Of a fact's JSON besides its words, at most. */
const headBytes = 300;

interface Head {
  readonly terminal: string;
  readonly epoch: string;
  readonly previous: string | null;
  /** the place before the first of this epoch */
  readonly base: number;
  /** places: the last that headquarters has, the last that it cannot lose */
  readonly applied: number;
  readonly safe: number;
  /** that this store has served */
  readonly hours: number;
  readonly [column: string]: string | number | null;
}

export class Outbox {
  readonly terminal: TerminalId;
  readonly #db: Database;
  readonly #facts: FactTable;
  readonly #clock: TerminalClock;
  readonly #sealer: Sealer;
  readonly #ring: RingLimits;
  readonly #mark: EpochMark;
  readonly #nextId = factIdMaker();
  #head: Head;
  #hourBeganMs: number;

  private constructor(db: Database, { clock, sealer, ring }: OutboxOptions, head: Head) {
    this.#db = db;
    this.#facts = new FactTable(db);
    this.#clock = clock;
    this.#sealer = sealer;
    this.#ring = ring ?? { days: 7, bytes: 64 * 1024 * 1024 };
    this.#mark = new EpochMark(db.file);
    this.terminal = head.terminal as TerminalId;
    this.#head = head;
    this.#hourBeganMs = clock.monoMs();
  }

  /**
   * @param db opened with `outboxMigrations`
   * @throws SyncError sync-store-foreign: the file was made for a terminal of another name
   */
  static open(db: Database, options: OutboxOptions): Outbox {
    const isNew = db.transaction(() => makeHead(db, options.terminal));
    const head = db.get<Head>('SELECT * FROM outbox_head');
    if (head?.terminal !== options.terminal) {
      throw new SyncError(
        'sync-store-foreign',
        `${db.file} holds the facts of terminal ${head?.terminal}, not of ${options.terminal}: give each its own dataDir.`,
      );
    }
    const outbox = new Outbox(db, options, head);
    if (!outbox.#facts.isGapless()) {
      throw new SyncError('sync-store-corrupt', `${db.file} is damaged: a number is missing.`);
    }
    // also when the power went between the new store and its first fact
    if (isNew || outbox.#lastPlace() === 0) outbox.#greet(options.replaced?.());
    else if (outbox.#isOlderThanMark()) outbox.beginEpoch('older-store');
    else outbox.#writeMark();
    return outbox;
  }

  /** 128 random bits; changes only by rules OB10 and OB13. */
  get epoch(): Epoch {
    return this.#head.epoch as Epoch;
  }

  /** For headquarters alone, as the words of a fact are; @param about what they belong to */
  seal(words: object, about: { readonly id: string; readonly kind: string }): string {
    return this.#sealer.seal(
      JSON.stringify(words),
      sealBond(this.terminal, { ...about, schema: factSchema }),
    );
  }

  /**
   * Numbers and keeps one fact; it is durable when the surrounding `db.transaction` returns.
   * @throws SyncError sync-frame-too-large; and an ordinary error outside a transaction
   */
  append(content: FactContent): Fact {
    this.#db.assertInTransaction();
    const atMs = this.#clock.now().getTime();
    const head = {
      place: this.#lastPlace() + 1,
      id: this.#nextId(atMs),
      atMs,
      boot: this.#clock.boot,
      monoMs: Math.max(0, Math.floor(this.#clock.monoMs())),
      clock: this.#clock.isSynced() ? 'synced' : 'guess',
      schema: factSchema,
      kind: content.kind,
    } as const;
    const body = this.#sealer.seal(JSON.stringify(content.body), sealBond(this.terminal, head));
    if (body.length + headBytes > maxFactBytes) {
      throw new SyncError(
        'sync-frame-too-large',
        `a fact of kind ${content.kind} is over ${maxFactBytes} bytes`,
      );
    }
    const kept: KeptFact = { ...head, body: Buffer.from(body, 'base64') };
    this.#facts.insert(kept, this.#head.hours);
    return { ...this.#headOf(kept), ...content };
  }

  /**
   * The oldest facts after `afterSeq`, in order.
   * @param maxFacts at most this many
   * @param maxBytes of JSON in all; the first fact is given whatever its size
   */
  read(afterSeq: number, maxFacts: number, maxBytes: number): readonly WireFact[] {
    const facts: WireFact[] = [];
    let bytes = 0;
    for (const kept of this.#facts.read(this.#head.base + afterSeq, maxFacts)) {
      const body = Buffer.from(kept.body.buffer, kept.body.byteOffset, kept.body.length).toString('base64');
      bytes += body.length + headBytes;
      if (bytes > maxBytes && facts.length > 0) break;
      facts.push({ ...this.#headOf(kept), kind: kept.kind, body });
    }
    return facts;
  }

  /** Forgets what headquarters cannot lose. Marks only rise, so a lost, late or repeated ack does no harm (OB5). */
  settle(ack: Ack): Settlement {
    if (ack.epoch !== this.epoch || ack.safe > ack.applied) return 'foreign';
    const reason = this.#whyRenew(ack);
    if (reason) {
      this.beginEpoch(reason);
      return 'renewed';
    }
    const head = this.#head;
    const applied = Math.max(head.base + ack.applied, head.applied);
    const safe = Math.max(head.base + ack.safe, head.safe);
    if (applied === head.applied && safe === head.safe) return 'unchanged';
    this.#db.freeing(() => {
      this.#db.run('UPDATE outbox_head SET applied = ?, safe = ?', applied, safe);
      if (safe > head.safe) this.#forget(applied, safe, head.hours);
    });
    this.#head = { ...head, applied, safe };
    return 'settled';
  }

  /**
   * Gives everything that is held a new number in a new epoch, and says so in one more fact. On disk when this
   * returns. Ids and words stay, so that headquarters passes over what it has (IN8).
   */
  beginEpoch(reason: EpochReason): void {
    const base = this.#head.base + this.forgottenSeq;
    const { found } = this.#mark;
    const last = later(this.lastSeq, found?.epoch === this.epoch ? found.last : undefined);
    const head = { ...this.#head, epoch: newEpoch(), previous: this.epoch, base, applied: base, safe: base };
    this.#db.essential(() => {
      this.#db.run(
        'UPDATE outbox_head SET epoch = ?, previous = ?, base = ?, applied = ?, safe = ?',
        head.epoch,
        head.previous,
        base,
        base,
        base,
      );
      this.append({ kind: 'epoch-begun', body: { reason, previous: this.epoch, last } });
    });
    this.#head = head;
    this.#writeMark();
  }

  /**
   * Forgets what the ring need not hold any more, a few hundred facts at a time, renews the mark and counts the hours.
   * To be called every few seconds; mostly it does nothing.
   * @throws when the disk does
   */
  tend(): void {
    const nowMs = this.#clock.monoMs();
    const { applied, safe } = this.#head;
    const hours = this.#head.hours + (nowMs - this.#hourBeganMs >= hourMs ? 1 : 0);
    // first of all: on a full disk the rest may need the room
    if ((this.#facts.oldestPlace() ?? applied + 1) <= applied) {
      this.#db.freeing(() => this.#forget(applied, safe, hours));
    }
    if (this.#mark.isDue(this.lastSeq, nowMs)) this.#writeMark();
    if (hours > this.#head.hours) {
      this.#db.run('UPDATE outbox_head SET hours = ?', hours);
      this.#head = { ...this.#head, hours };
      this.#hourBeganMs = nowMs;
    }
  }

  /** What was appended is on disk now: remembers that, so that a store that is cut shorter is found out (OB10). Cheap. */
  noteCommitted(): void {
    this.#mark.note({ epoch: this.epoch, last: this.lastSeq });
  }

  /** Where a fact stands in this file: its number changes with the epoch, its place never. */
  placeOf(seq: number): number {
    return this.#head.base + seq;
  }

  /** The newest number given, or 0. */
  get lastSeq(): number {
    return this.#lastPlace() - this.#head.base;
  }

  /** Headquarters has committed all facts up to here. */
  get appliedSeq(): number {
    return this.#head.applied - this.#head.base;
  }

  /** Headquarters would not lose facts up to here with its database. */
  get safeSeq(): number {
    return this.#head.safe - this.#head.base;
  }

  /** Facts up to here are gone. */
  get forgottenSeq(): number {
    const oldest = this.#facts.oldestPlace() ?? this.#head.applied + 1;
    return oldest - 1 - this.#head.base;
  }

  /** How long this store has been in use, in whole hours: a calendar that no clock can set (rule CK1). */
  get hoursServed(): number {
    return this.#head.hours;
  }

  /** How many facts headquarters has not committed. */
  waiting(): number {
    return this.#lastPlace() - this.#head.applied;
  }

  /** When the oldest of them happened, by this terminal's clock; null = none waits. */
  oldestWaitingAt(): string | null {
    const [oldest] = [...this.#facts.read(this.#head.applied, 1)];
    return oldest ? new Date(oldest.atMs).toISOString() : null;
  }

  /** How much room they take, about. */
  waitingBytes(): number {
    return this.#facts.bytesAfter(this.#head.applied);
  }

  /** A new store where another one was says so; the very first one of a terminal has nothing to say. */
  #greet(replaced: ReplacedStore | undefined): void {
    const found = this.#mark.found?.epoch === this.epoch ? undefined : this.#mark.found;
    if (replaced || found) {
      const reason: EpochReason = replaced ? 'set-aside' : 'new-store';
      const previous = replaced?.epoch ?? found?.epoch ?? null;
      const told = found?.epoch === previous ? found?.last : undefined;
      const last = later(replaced?.lastSeq, told);
      this.#db.transaction(() => this.append({ kind: 'epoch-begun', body: { reason, previous, last } }));
    }
    this.#writeMark();
  }

  #isOlderThanMark(): boolean {
    const { found } = this.#mark;
    if (!found) return false;
    if (found.epoch === this.epoch) return found.last > this.lastSeq;
    // after a crash between the new epoch and its mark the mark is of the epoch before
    return found.epoch !== this.#head.previous;
  }

  #whyRenew(ack: Ack): EpochReason | undefined {
    if (ack.renew) return 'asked';
    if (ack.applied > this.lastSeq) return 'older-store';
    const ours = ack.last === null ? undefined : this.#facts.idAt(this.#head.base + ack.applied);
    return ours !== undefined && ours !== ack.last ? 'conflict' : undefined;
  }

  /** In a transaction. */
  #forget(applied: number, safe: number, hours: number): void {
    const { days, bytes } = this.#ring;
    this.#facts.forget({ applied, safe, hour: hours - days * 24, bytes, most: forgetAtOnce });
  }

  #writeMark(): void {
    this.#mark.write({ epoch: this.epoch, last: this.lastSeq }, this.#clock.monoMs());
  }

  #headOf({ place, id, atMs, boot, monoMs, clock, schema }: KeptFact): FactHead {
    const seq = place - this.#head.base;
    return { id, seq, at: new Date(atMs).toISOString(), boot, monoMs, clock, schema };
  }

  #lastPlace(): number {
    // an empty table means that headquarters has all there ever was
    return this.#facts.newest()?.place ?? this.#head.applied;
  }
}

/** @returns whether there was none */
function makeHead(db: Database, terminal: TerminalId): boolean {
  const made = db.run(
    `INSERT INTO outbox_head(one, terminal, epoch, base, applied, safe, hours) VALUES (1, ?, ?, 0, 0, 0, 0)
     ON CONFLICT DO NOTHING`,
    terminal,
    newEpoch(),
  );
  return made === 1;
}

function later(one: number | null | undefined, other: number | null | undefined): number | null {
  return Math.max(one ?? -1, other ?? -1) < 0 ? null : Math.max(one ?? -1, other ?? -1);
}

function newEpoch(): Epoch {
  return randomBytes(16).toString('hex') as Epoch;
}
