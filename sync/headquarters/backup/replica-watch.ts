// Lets facts count as safe once every standby of PostgreSQL has them on disk (IN9).
import { sql } from 'kysely';
import type { Store } from '../store/store.ts';
import { raiseSafe, type StreamMark, unsafeMarks } from './safe-marks.ts';

export interface ReplicaWatchOptions {
  readonly store: Store;
  readonly everyMs?: number;
  /** no standby follows, or none does any more */
  readonly onAlone: () => void;
  readonly onFault: (error: unknown) => void;
}

/** Marks that were committed before this place in the log. */
interface Waiting {
  readonly place: string;
  readonly marks: readonly StreamMark[];
}

export class ReplicaWatch {
  readonly #options: ReplicaWatchOptions;
  #timer: NodeJS.Timeout | undefined;
  #running: Promise<void> = Promise.resolve();
  #waiting: Waiting | undefined;
  #isAlone = false;

  constructor(options: ReplicaWatchOptions) {
    this.#options = options;
  }

  start(): void {
    const { everyMs = 500 } = this.#options;
    this.#timer = setInterval(() => {
      this.#running = this.#running.then(() => this.look());
    }, everyMs);
  }

  async stop(): Promise<void> {
    clearInterval(this.#timer);
    await this.#running;
  }

  /** One look at the standbys. Never rejects. */
  async look(): Promise<void> {
    const { store, onAlone, onFault } = this.#options;
    try {
      if (this.#waiting === undefined) {
        const marks = await unsafeMarks(store.db);
        if (marks.length === 0) return;
        // asked for after the marks were read, so all that they name lies before it
        const { rows } = await sql<{
          place: string;
        }>`select pg_current_wal_insert_lsn()::text as place`.execute(store.db);
        this.#waiting = { place: rows[0]?.place ?? '', marks };
      }
      const { place, marks } = this.#waiting;
      const { rows } = await sql<{ standbys: number; behind: number }>`
        select count(*) as standbys,
          count(*) filter (where flush_lsn is null or flush_lsn < ${place}::pg_lsn) as behind
        from pg_stat_replication where state <> 'backup'`.execute(store.db);
      const { standbys = 0, behind = 0 } = rows[0] ?? {};
      if (standbys === 0 && !this.#isAlone) onAlone();
      this.#isAlone = standbys === 0;
      if (standbys === 0 || behind > 0) return;
      await raiseSafe(store, marks);
      this.#waiting = undefined;
    } catch (error) {
      onFault(error);
    }
  }
}
