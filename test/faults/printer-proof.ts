// Pulls every plug of a printer at every byte of a slip, in several halls at once, and counts the paper.
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { seededRandom } from './fault-plan.ts';
import { judgeNaiveQueue } from './naive-print-queue.ts';
import { judgePaper, type PaperVerdict } from './paper-oracle.ts';
import { hallPrinters, PrintHall } from './print-hall.ts';

export interface PrinterProofResult extends PaperVerdict {
  /** that came to pass */
  readonly faults: number;
  /** by kind of printer: slips of which nobody knows */
  readonly unconfirmedBy: Readonly<Record<string, number>>;
  readonly control: PaperVerdict;
}

/** some wait for their clocks while others print */
const hallsPerKind = 3;
/** no hall does more than this many times its share: those without proof are quick */
const greatestShare = 1.5;
/** few are enough: it doubles with every tenth fault */
const controlShare = 0.02;

/** @param faults how many at least, over all halls */
export async function provePrinting(seed: number, faults: number): Promise<PrinterProofResult> {
  const folder = mkdtempSync(join(tmpdir(), 'yingbin-printer-proof-'));
  const halls: PrintHall[] = [];
  try {
    const kinds = Object.entries(hallPrinters);
    for (let n = 0; n < hallsPerKind * kinds.length; n += 1) {
      const [name = '', kind] = kinds[n % kinds.length] ?? [];
      if (kind) halls.push(await PrintHall.open(`${name}-${n}`, folder, kind, seededRandom(seed + n)));
    }
    const share = (greatestShare * faults) / halls.length;
    const happened = () => halls.reduce((sum, hall) => sum + hall.faults, 0);
    await Promise.all(
      halls.map(async (hall) => {
        while (happened() < faults && hall.faults < share) await hall.play();
      }),
    );
    const control = await judgeNaiveQueue(Math.max(20, Math.ceil(faults * controlShare)), seededRandom(seed));
    const verdicts = halls.map((hall) => judgePaper(hall.jobs, hall.paper));
    const sum = (of: (verdict: PaperVerdict) => number) =>
      verdicts.reduce((total, verdict) => total + of(verdict), 0);
    return {
      jobs: sum(({ jobs }) => jobs),
      faults: happened(),
      printed: sum(({ printed }) => printed),
      aside: sum(({ aside }) => aside),
      lost: sum(({ lost }) => lost),
      doubled: sum(({ doubled }) => doubled),
      unconfirmed: sum(({ unconfirmed }) => unconfirmed),
      stuck: sum(({ stuck }) => stuck),
      mistold: sum(({ mistold }) => mistold),
      unconfirmedBy: Object.fromEntries(
        kinds.map(([name], kind) => [
          name,
          verdicts
            .filter((_, n) => n % kinds.length === kind)
            .reduce((total, { unconfirmed }) => total + unconfirmed, 0),
        ]),
      ),
      control,
      ok: verdicts.every(({ ok }) => ok) && control.doubled > 0,
    };
  } finally {
    await Promise.all(halls.map((hall) => hall.close()));
    rmSync(folder, { recursive: true, force: true });
  }
}
