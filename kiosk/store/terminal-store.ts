// The terminal's one SQLite file: facts waiting, datasets, its own tables. A fact and its effects are one transaction.

import type { Ack, Fact } from '../../sync/contract/facts.ts';
import { Database, type Migration } from '../../sync/database.ts';
import { orderBookMigrations } from '../../sync/order-book.ts';
import { Outbox, type OutboxOptions, outboxMigrations } from '../../sync/outbox.ts';
import { Replica, replicaMigrations } from '../../sync/replica.ts';
import type { Recording } from '../decision.ts';
import { BoardSearch } from './board-search.ts';
import { applyEffects, LocalOverlay, localMigrations } from './local-tables.ts';
import { Notices, noticeMigrations } from './notices.ts';
import { PrintJobs } from './print-jobs.ts';

/** In bytes: a fact changes few of them, and cards wear. */
export const terminalPageSize = 1024;
/** Of the whole file, oldest first. */
export const terminalMigrations: readonly Migration[] = [
  ...outboxMigrations,
  ...replicaMigrations,
  ...localMigrations,
  ...orderBookMigrations,
  ...noticeMigrations,
];

export class TerminalStore {
  readonly database: Database;
  readonly outbox: Outbox;
  readonly replica: Replica;
  readonly overlay: LocalOverlay;
  readonly printJobs: PrintJobs;
  readonly notices: Notices;
  readonly boardSearch: BoardSearch;

  private constructor(database: Database, outbox: Outbox, replica: Replica) {
    this.database = database;
    this.outbox = outbox;
    this.replica = replica;
    this.overlay = new LocalOverlay(database);
    this.printJobs = new PrintJobs(database);
    this.notices = new Notices(database);
    this.boardSearch = new BoardSearch(replica);
  }

  /** @throws SyncError when the file cannot be opened safely */
  static open(file: string, options: OutboxOptions): TerminalStore {
    const database = Database.open(file, terminalMigrations, { pageSize: terminalPageSize });
    try {
      return new TerminalStore(database, Outbox.open(database, options), Replica.open(database));
    } catch (error) {
      database.close();
      throw error;
    }
  }

  /** Makes a fact and everything that comes with it durable: on disk when this returns. */
  record(recording: Recording, also?: () => void): Fact {
    return this.database.transaction(() => {
      const fact = this.outbox.append(recording.fact);
      this.apply(fact, recording.effects);
      also?.();
      return fact;
    });
  }

  /** What becomes true together with a fact; in the transaction that appended it. */
  apply(fact: Fact, effects: Recording['effects']): void {
    applyEffects(this.database, { ...fact, place: this.outbox.placeOf(fact.seq) }, effects);
  }

  /** Headquarters' ack was taken: from which dataset version on are this terminal's pending points part of the balance? */
  noteAck(ack: Ack): void {
    this.database.transaction(() => {
      const { outbox } = this;
      this.overlay.noteApplied(outbox.placeOf(outbox.appliedSeq), ack.visible);
      this.overlay.dropVisiblePoints(this.replica.versions().members);
    });
  }

  noteMembersVersion(): void {
    this.overlay.dropVisiblePoints(this.replica.versions().members);
  }

  close(): void {
    this.boardSearch.close();
    this.database.close();
  }
}
