// Durable print jobs: `queued → sending → printed`, side exits `unconfirmed`, `failed`, `expired`.
import * as v from 'valibot';
import type { PrintCounters, Slip } from '../../device/receipt-printer.ts';
import { type SlipKind, slipKinds } from '../../sync/contract/facts.ts';
import type { FactId } from '../../sync/contract/ids.ts';
import type { Database, SqlRow } from '../../sync/database.ts';
import type { SlipJob, SlipJobState } from '../knowledge.ts';

export interface PrintJob extends SlipJob {
  /** 1, 2, 3 …: order of printing, and the proof's id */
  readonly number: number;
  readonly slip: SlipKind;
  readonly lines: Slip;
  readonly queuedMs: number;
  /** kept when it was marked `sending`; null when the printer told no counters */
  readonly before: CountersBefore | null;
}

/** What the printer had counted before the first byte of a job, and in which boot of the machine. */
export interface CountersBefore extends PrintCounters {
  readonly boot: string;
}

const state = v.picklist(['queued', 'sending', 'printed', 'unconfirmed', 'failed', 'expired']);
const slipKind = v.picklist(slipKinds);

export class PrintJobs {
  readonly #db: Database;

  constructor(db: Database) {
    this.#db = db;
  }

  find(id: FactId): SlipJob | undefined {
    return shortJob(this.#db.get('SELECT id, state, copy, subject FROM print_job WHERE id = ?', id));
  }

  newestAbout(subject: string): SlipJob | undefined {
    return shortJob(
      this.#db.get(
        'SELECT id, state, copy, subject FROM print_job WHERE subject = ? ORDER BY number DESC LIMIT 1',
        subject,
      ),
    );
  }

  /** The oldest job that is not settled; one that is `sending` was interrupted after its bytes may have left. */
  next(): PrintJob | undefined {
    return fullJob(
      this.#db.get(`SELECT * FROM print_job WHERE state IN ('queued', 'sending') ORDER BY number LIMIT 1`),
    );
  }

  waiting(): number {
    return Number(
      this.#db.get(`SELECT count(*) AS n FROM print_job WHERE state IN ('queued', 'sending')`)?.['n'] ?? 0,
    );
  }

  /** On disk when this returns. */
  mark(id: FactId, to: SlipJobState): void {
    this.#db.run('UPDATE print_job SET state = ? WHERE id = ?', to, id);
  }

  /** On disk, with what recovery needs, when this returns. */
  markSending(id: FactId, before: CountersBefore | null): void {
    this.#db.run(
      `UPDATE print_job SET state = 'sending', boot = ?, lines_before = ?, cuts_before = ? WHERE id = ?`,
      before?.boot ?? null,
      before?.lines ?? null,
      before?.cuts ?? null,
      id,
    );
  }

  /** Paper that nobody can ask about any more is forgotten. */
  forgetBefore(ms: number): void {
    this.#db.run(`DELETE FROM print_job WHERE queued_ms < ? AND state NOT IN ('queued', 'sending')`, ms);
  }
}

function shortJob(row: SqlRow | undefined): SlipJob | undefined {
  return (
    row && {
      id: String(row['id']) as FactId,
      state: v.parse(state, row['state']),
      copy: Number(row['copy']),
      subject: String(row['subject']),
    }
  );
}

function fullJob(row: SqlRow | undefined): PrintJob | undefined {
  const short = shortJob(row);
  return (
    row &&
    short && {
      ...short,
      number: Number(row['number']),
      slip: v.parse(slipKind, row['slip']),
      // written by this program in the same schema version
      lines: JSON.parse(String(row['lines'])) as Slip,
      queuedMs: Number(row['queued_ms']),
      before:
        row['boot'] === null
          ? null
          : {
              boot: String(row['boot']),
              lines: Number(row['lines_before']),
              cuts: Number(row['cuts_before']),
            },
    }
  );
}
