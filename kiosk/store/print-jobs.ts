// Durable print jobs: `queued → sending → sent → printed`, side exits `unconfirmed`, `failed`, `expired`.
import * as v from 'valibot';
import type { PrintCounters, Slip } from '../../device/receipt-printer.ts';
import { type SlipKind, slipKinds } from '../../sync/contract/facts.ts';
import type { FactId } from '../../sync/contract/ids.ts';
import type { Database, SqlRow } from '../../sync/database.ts';
import type { TerminalClock } from '../../sync/terminal-clock.ts';
import { isUnderWay, type SlipJob, type SlipJobState } from '../knowledge.ts';
import { msSince } from './moment.ts';
import { RecentWords } from './recent-words.ts';

export interface PrintJob extends SlipJob {
  /** 1, 2, 3 …: order of printing */
  readonly number: number;
  readonly slip: SlipKind;
  readonly lines: Slip;
  readonly queuedMs: number;
  /** since it was queued, as of the reading, whatever the calendar did meanwhile */
  readonly ageMs: number;
  /** which printer got its bytes; null while it is queued */
  readonly printer: PrinterRole | null;
  /** kept when it was marked `sending`; null when the printer told no counters */
  readonly before: CountersBefore | null;
}

/** What the printer had counted before the first byte of a job, and in which boot of the machine. */
export interface CountersBefore extends PrintCounters {
  readonly boot: string;
}

export const printerRoles = ['first', 'fallback'] as const;
export type PrinterRole = (typeof printerRoles)[number];

const underWay = `('queued', 'sending', 'sent')`;
const state = v.picklist(['queued', 'sending', 'sent', 'printed', 'unconfirmed', 'failed', 'expired']);
const printerRole = v.picklist(printerRoles);
const slipKind = v.picklist(slipKinds);

/** What the printer is to echo: 1 … 9999, in the order of the jobs, whichever printer they go to. */
export function proofIdOf({ number }: Pick<PrintJob, 'number'>): number {
  return 1 + (number % 9999);
}
const proofIdSql = '1 + number % 9999';

export class PrintJobs {
  readonly #db: Database;
  readonly #clock: TerminalClock;
  /** of jobs that say more on paper than on disk */
  readonly #spoken = new RecentWords<Slip>();

  constructor(db: Database, clock: TerminalClock) {
    this.#db = db;
    this.#clock = clock;
  }

  /** @param lines what the paper is to say, as long as this process lives; on disk is less */
  remember(id: FactId, lines: Slip): void {
    this.#spoken.remember(id, lines);
  }

  find(id: FactId): SlipJob | undefined {
    return shortJob(this.#db.get('SELECT id, state, copy, subject FROM print_job WHERE id = ?', id));
  }

  /** What it says, as it is on disk. */
  paper(id: FactId): Slip | undefined {
    const row = this.#db.get('SELECT lines FROM print_job WHERE id = ?', id);
    // written by this program in the same schema version
    return row && (JSON.parse(String(row['lines'])) as Slip);
  }

  newestAbout(subject: string): SlipJob | undefined {
    return shortJob(
      this.#db.get(
        'SELECT id, state, copy, subject FROM print_job WHERE subject = ? ORDER BY number DESC LIMIT 1',
        subject,
      ),
    );
  }

  /** The oldest job that is not settled. */
  next(): PrintJob | undefined {
    return this.#fullJob(
      this.#db.get(`SELECT * FROM print_job WHERE state IN ${underWay} ORDER BY number LIMIT 1`),
    );
  }

  /** The oldest job that waits, besides those that somebody has in hand. */
  nextQueued(inHand: ReadonlySet<FactId>): PrintJob | undefined {
    const job = this.#db
      .all(`SELECT * FROM print_job WHERE state = 'queued' ORDER BY number LIMIT ?`, inHand.size + 1)
      .map((row) => this.#fullJob(row))
      .find((each) => each !== undefined && !inHand.has(each.id));
    return job && { ...job, lines: this.#spoken.of(job.id) ?? job.lines };
  }

  /** The oldest job whose bytes may have left towards this printer, and whose end nobody saw. */
  interrupted(printer: PrinterRole): PrintJob | undefined {
    return this.#fullJob(
      this.#db.get(
        `SELECT * FROM print_job
         WHERE state IN ('sending', 'sent') AND coalesce(printer, 'first') = ? ORDER BY number LIMIT 1`,
        printer,
      ),
    );
  }

  /** The last job that this printer got under this proof id. */
  lastWithProof(proofId: number, printer: PrinterRole): PrintJob | undefined {
    return this.#fullJob(
      this.#db.get(
        `SELECT * FROM print_job
         WHERE ${proofIdSql} = ? AND coalesce(printer, 'first') = ? AND state IN ('sending', 'sent', 'unconfirmed', 'printed')
         ORDER BY number DESC LIMIT 1`,
        proofId,
        printer,
      ),
    );
  }

  waiting(): number {
    return Number(this.#db.get(`SELECT count(*) AS n FROM print_job WHERE state IN ${underWay}`)?.['n'] ?? 0);
  }

  /** What waits or may be on paper, each the newest about its subject, oldest first. */
  unsettled(): readonly PrintJob[] {
    return this.#db
      .all(
        `SELECT * FROM print_job AS job WHERE state NOT IN ('printed', 'failed', 'expired')
         AND NOT EXISTS (SELECT 1 FROM print_job AS later WHERE later.subject = job.subject AND later.number > job.number)
         ORDER BY number LIMIT 50`,
      )
      .flatMap((row) => this.#fullJob(row) ?? []);
  }

  /** The one that was queued last, if nothing more happens to it by itself and it is younger than this. */
  newest(ageMs: number): PrintJob | undefined {
    const job = this.#fullJob(this.#db.get('SELECT * FROM print_job ORDER BY number DESC LIMIT 1'));
    return job && job.ageMs < ageMs && !isUnderWay(job.state) ? job : undefined;
  }

  /** On disk when this returns. */
  mark(id: FactId, to: SlipJobState): void {
    this.#db.run('UPDATE print_job SET state = ? WHERE id = ?', to, id);
    if (!isUnderWay(to)) this.#spoken.forget(id);
  }

  /** On disk, with what recovery needs, when this returns. */
  markSending(id: FactId, printer: PrinterRole, before: CountersBefore | null): void {
    this.#db.run(
      `UPDATE print_job SET state = 'sending', printer = ?, boot = ?, lines_before = ?, cuts_before = ? WHERE id = ?`,
      printer,
      before?.boot ?? null,
      before?.lines ?? null,
      before?.cuts ?? null,
      id,
    );
  }

  /** The machine handed over the last byte. On disk when this returns. */
  markSent(id: FactId): void {
    this.#db.run(`UPDATE print_job SET state = 'sent' WHERE id = ? AND state = 'sending'`, id);
  }

  /** Paper that nobody can ask about any more is forgotten. @param hour of serving, not of the calendar */
  forgetBefore(hour: number): void {
    this.#db.run(`DELETE FROM print_job WHERE queued_hour < ? AND state NOT IN ${underWay}`, hour);
  }

  #fullJob(row: SqlRow | undefined): PrintJob | undefined {
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
        ageMs: msSince(
          {
            wallMs: Number(row['queued_ms']),
            boot: row['queued_boot'] === null ? null : String(row['queued_boot']),
            monoMs: Number(row['queued_mono_ms']),
          },
          this.#clock,
        ),
        printer: row['printer'] === null ? null : v.parse(printerRole, row['printer']),
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
