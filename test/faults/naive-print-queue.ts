// The control of the printer proof: prints again whenever it was not told "printed", as drivers do that believe their socket.
import { openEscPosPrinter } from '../../device/printers/esc-pos-printer.ts';
import { SimulatedPrinter } from '../simulators/receipt-printer.ts';
import { type JudgedJob, judgePaper, type PaperVerdict } from './paper-oracle.ts';
import { mend, printFaults } from './print-faults.ts';
import { hallPatience, hallPrinters, hallSlip } from './print-hall.ts';

const tries = 20;
const pauseMs = 10;

/** @param jobs slips, each with a fault inside */
export async function judgeNaiveQueue(jobs: number, random: () => number): Promise<PaperVerdict> {
  const kind = hallPrinters['echoing'];
  if (!kind) throw new Error('no such printer');
  const paper = await SimulatedPrinter.start(kind.model);
  const printer = openEscPosPrinter(
    { at: paper.address, profile: kind.profile, ...hallPatience },
    { onState: () => undefined },
  );
  const faults = Object.values(printFaults);
  const judged: JudgedJob[] = [];
  for (let n = 1; n <= jobs; n += 1) {
    const id = `naive-${n}`;
    const timers: NodeJS.Timeout[] = [];
    let state = 'failed';
    for (let attempt = 0; attempt < tries && state !== 'printed'; attempt += 1) {
      const { kind: outcome } = await printer.print(hallSlip(id), {
        proofId: n,
        beforeFirstByte: () => {
          if (attempt > 0) return;
          faults[Math.floor(random() * faults.length)]?.({
            printer: paper,
            offset: Math.floor(random() * 90),
            random,
            later: (ms, act) => timers.push(setTimeout(act, ms)),
            happened: () => undefined,
            restartTerminal: () => undefined,
          });
        },
      });
      if (outcome === 'printed') state = 'printed';
      else await new Promise((resolve) => setTimeout(resolve, pauseMs));
    }
    judged.push({ id, state, told: state });
    for (const timer of timers) clearTimeout(timer);
    mend(paper);
  }
  const text = [...paper.slips.map((slip) => slip.text), paper.hangingText].join('\n');
  await printer.close();
  await paper.close();
  return judgePaper(judged, text);
}
