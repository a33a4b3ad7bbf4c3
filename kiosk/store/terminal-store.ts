// The terminal's one SQLite file: facts waiting, datasets, its own tables. A fact and its effects are one transaction.

import { dirname, join } from 'node:path';
import type { Ack, Fact, FactContent } from '../../sync/contract/facts.ts';
import { Database, type Migration } from '../../sync/database.ts';
import { orderBookMigrations } from '../../sync/order-book.ts';
import { Outbox, type OutboxOptions, outboxMigrations } from '../../sync/outbox.ts';
import { Replica } from '../../sync/replica.ts';
import { ReserveFile } from '../../sync/reserve-file.ts';
import { SyncError } from '../../sync/sync-error.ts';
import type { TerminalClock } from '../../sync/terminal-clock.ts';
import type { Recording } from '../decision.ts';
import type { StorePressure } from '../knowledge.ts';
import { BoardSearch } from './board-search.ts';
import { CompactedFacts, compactedMigrations } from './compacted-facts.ts';
import { keeperReportMigrations } from './keeper-reports.ts';
import { applyEffects } from './local-effects.ts';
import { localMemberMigrations } from './local-members.ts';
import { LocalOverlay, localMigrations } from './local-tables.ts';
import { Notices, noticeMigrations } from './notices.ts';
import { PrintJobs } from './print-jobs.ts';
import { RecentWords } from './recent-words.ts';
import { dropAnsweredWishes, wishMigrations } from './session-wishes.ts';
import { isOrphaned, lastSetAside, type SetAside, setAside } from './set-aside.ts';
import { SoonFacts } from './soon-facts.ts';
import { StoreRoom } from './store-room.ts';

/** In bytes: a fact changes few of them, and cards wear. */
export const terminalPageSize = 1024;
/** Of the whole file, oldest first. */
export const terminalMigrations: readonly Migration[] = [
  ...outboxMigrations,
  ...localMigrations,
  ...wishMigrations,
  ...localMemberMigrations,
  ...orderBookMigrations,
  ...noticeMigrations,
  ...compactedMigrations,
  ...keeperReportMigrations,
];

export interface TerminalStoreOptions extends OutboxOptions {
  /** how much may wait for headquarters, in bytes; 256 MB unless given */
  readonly storeBytes?: number;
  /** of serving, that what was done here is held after headquarters has it; 400 unless given */
  readonly ownRowsDays?: number;
  /** 4 MB unless given, and a quarter more for acks alone; laid in by the first `tend` */
  readonly reserveBytes?: number;
  /** the store before this one was damaged, and lies in `file` now */
  readonly onSetAside?: (file: string) => void;
}

const megabyte = 1024 * 1024;

export class TerminalStore {
  readonly database: Database;
  readonly outbox: Outbox;
  readonly replica: Replica;
  readonly overlay: LocalOverlay;
  readonly printJobs: PrintJobs;
  readonly notices: Notices;
  /** what owners said of their reports, as long as this process lives */
  readonly ownWords = new RecentWords<string | null>();
  readonly boardSearch: BoardSearch;
  readonly ownRowsDays: number;
  readonly #clock: TerminalClock;
  readonly #room: StoreRoom;
  readonly #compacted: CompactedFacts;
  readonly #soon = new SoonFacts(() => this.#recordSoon());
  #onSoonFault: (cause: unknown) => void = () => {};

  private constructor(
    database: Database,
    outbox: Outbox,
    reserves: readonly ReserveFile[],
    options: TerminalStoreOptions,
  ) {
    this.database = database;
    this.outbox = outbox;
    this.replica = Replica.open(join(dirname(database.file), 'datasets'));
    this.overlay = new LocalOverlay(database, options.clock);
    this.printJobs = new PrintJobs(database, options.clock);
    this.notices = new Notices(database);
    this.boardSearch = new BoardSearch(this.replica);
    this.ownRowsDays = options.ownRowsDays ?? 400;
    this.#clock = options.clock;
    this.#room = new StoreRoom(outbox, reserves, options.storeBytes ?? 256 * megabyte);
    this.#compacted = new CompactedFacts(database);
  }

  /**
   * A damaged file is set aside, and the first fact of the new one tells headquarters (OB13).
   * @throws SyncError when the file cannot be opened safely
   */
  static open(file: string, options: TerminalStoreOptions): TerminalStore {
    if (isOrphaned(file)) setAside(file);
    try {
      return TerminalStore.#openSound(file, options);
    } catch (error) {
      if (!(error instanceof SyncError) || error.code !== 'sync-store-corrupt') throw error;
    }
    setAside(file);
    return TerminalStore.#openSound(file, options);
  }

  static #openSound(file: string, options: TerminalStoreOptions): TerminalStore {
    const replaced = (): SetAside | undefined => {
      const aside = lastSetAside(file);
      if (aside) options.onSetAside?.(aside.file);
      return aside;
    };
    const reserveBytes = options.reserveBytes ?? 4 * megabyte;
    const reserve = new ReserveFile(`${file}.reserve`, reserveBytes);
    const lastReserve = new ReserveFile(`${file}.reserve-last`, reserveBytes / 4);
    const database = Database.open(file, terminalMigrations, {
      pageSize: terminalPageSize,
      reserve,
      lastReserve,
    });
    try {
      return new TerminalStore(
        database,
        Outbox.open(database, { ...options, replaced }),
        [reserve, lastReserve],
        options,
      );
    } catch (error) {
      database.close();
      throw error;
    }
  }

  /**
   * Makes a fact and everything that comes with it durable: on disk when this returns, and what `recordSoon` was given
   * before it. Nothing is evicted for it.
   * @throws SyncError sync-store-full
   */
  record(recording: Recording, also?: () => void): Fact {
    if (this.pressure === 'full') {
      throw new SyncError('sync-store-full', 'more waits for headquarters than limits.storeBytes allows');
    }
    const fact = this.database.essential(() => {
      for (const soon of this.#soon.facts) this.outbox.append(soon);
      const made = this.outbox.append(recording.fact);
      this.apply(made, recording.effects);
      also?.();
      return made;
    });
    this.outbox.noteCommitted();
    this.#soon.noteRecorded();
    return fact;
  }

  /**
   * For facts that no person waits for: on disk within 20 ms, together with others. While there is little room,
   * only how many there were is kept.
   * @param onRecorded it is on disk and may be sent
   */
  recordSoon(fact: FactContent, onRecorded: () => void, onFault: (cause: unknown) => void): void {
    this.#onSoonFault = onFault;
    if (this.pressure !== 'none' && CompactedFacts.may(fact)) {
      try {
        this.#compacted.count(fact, this.#clock.now());
      } catch (cause) {
        onFault(cause);
      }
    } else this.#soon.add(fact, onRecorded);
  }

  /** How little room there is for facts, as of the last `tend`. */
  get pressure(): StorePressure {
    return this.#room.pressure;
  }

  /** Upkeep in small steps: to be called every few seconds. @throws when the disk does */
  tend(): void {
    // looks first, so that it is known how little room there is also when there is none for the rest
    this.#room.tend();
    if (this.#soon.facts.length > 0) this.#recordSoon();
    this.outbox.tend();
    if (this.pressure !== 'none' || this.#compacted.isEmpty) return;
    this.database.transaction(() => this.outbox.append(this.#compacted.take()));
  }

  #recordSoon(): void {
    try {
      this.database.transaction(() => {
        for (const fact of this.#soon.facts) this.outbox.append(fact);
      });
      this.outbox.noteCommitted();
      this.#soon.noteRecorded();
    } catch (cause) {
      this.#onSoonFault(cause);
    }
  }

  /** What becomes true together with a fact; in the transaction that appended it. */
  apply(fact: Fact, effects: Recording['effects']): void {
    const { outbox } = this;
    const placed = { ...fact, place: outbox.placeOf(fact.seq), hour: outbox.hoursServed };
    applyEffects(this.database, placed, effects);
    for (const effect of effects) {
      if (effect.kind === 'remember-request') this.ownWords.remember(fact.id, effect.ownWords);
      if (effect.kind === 'queue-slip' && effect.keptLines) this.printJobs.remember(effect.job, effect.lines);
    }
  }

  /** Headquarters' ack was taken: from which dataset version on are this terminal's pending points part of the balance? */
  noteAck(ack: Ack): void {
    this.database.essential(() => {
      const { outbox } = this;
      this.overlay.noteApplied(outbox.placeOf(outbox.appliedSeq), ack.visible);
      this.overlay.dropVisiblePoints(this.replica.versions().members);
      dropAnsweredWishes(this.database, this.replica.versions().events);
    });
  }

  /** What was done here before that hour of serving, as far as headquarters has it. */
  forgetOwnRows(beforeHour: number): void {
    const { outbox } = this;
    this.database.transaction(() => this.overlay.forgetBefore(beforeHour, outbox.placeOf(outbox.appliedSeq)));
  }

  noteMembersVersion(): void {
    this.overlay.dropVisiblePoints(this.replica.versions().members);
  }

  close(): void {
    if (this.#soon.facts.length > 0) this.#recordSoon();
    this.#soon.close();
    this.boardSearch.close();
    this.replica.close();
    this.database.close();
  }
}
