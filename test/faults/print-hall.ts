// One terminal's print queue, its store on disk, and one simulated printer whose plugs are pulled slip by slip.

import { join } from 'node:path';
import { setTimeout as pause } from 'node:timers/promises';
import { type EscPosPrinterOptions, openEscPosPrinter } from '../../device/printers/esc-pos-printer.ts';
import type { PrinterProfile } from '../../device/printers/printer-profile.ts';
import type { ReceiptPrinter, Slip } from '../../device/receipt-printer.ts';
import { isUnderWay } from '../../kiosk/knowledge.ts';
import { PrintQueue } from '../../kiosk/print-queue.ts';
import { TerminalStore } from '../../kiosk/store/terminal-store.ts';
import type { FactId, ProjectId, TerminalId, UnitId } from '../../sync/contract/ids.ts';
import { type SimulatedPrinterModel, simulatedModels } from '../simulators/printer-models.ts';
import { SimulatedPrinter } from '../simulators/receipt-printer.ts';
import { opened, someSealer } from '../sync/some-keys.ts';
import { type JudgedJob, markedLine, markLines } from './paper-oracle.ts';
import { type FaultScene, mend, printFaults } from './print-faults.ts';

/** How a printer is and what the terminal is told that it is. */
export interface HallPrinter {
  readonly model: SimulatedPrinterModel;
  readonly profile: PrinterProfile;
}

const profile: PrinterProfile = {
  columns: 48,
  dots: 576,
  hanzi: 'gb18030',
  hasNativeQr: true,
  hasCutter: true,
  status: 'dle-eot',
  completionProof: 'echo',
  hasCounters: true,
};
const { full, transmitting, silent } = simulatedModels;

export const hallPrinters: Readonly<Record<string, HallPrinter>> = {
  counting: { model: full, profile },
  echoing: { model: simulatedModels['echo-only'], profile: { ...profile, hasCounters: false } },
  automatic: {
    model: { ...full, hasRealTimeStatus: false },
    profile: { ...profile, status: 'automatic', hasCounters: false },
  },
  transmitting: {
    model: transmitting,
    profile: { ...profile, completionProof: 'transmit', hasCounters: false },
  },
  'in-order': {
    model: simulatedModels['in-order'],
    profile: { ...profile, status: 'gs-r', completionProof: 'transmit', hasCounters: false },
  },
  silent: {
    model: silent,
    profile: {
      ...profile,
      hasNativeQr: false,
      hasCutter: false,
      status: 'none',
      completionProof: 'none',
      hasCounters: false,
    },
  },
};

/** Much less patience than in a hall, so that many faults fit into a minute. */
export const hallPatience = {
  answerMs: 60,
  retryMinMs: 3,
  retryMaxMs: 12,
  pollMs: 8,
  proofMs: 60,
  refillMs: 2_000,
} as const satisfies Partial<EscPosPrinterOptions>;
/** a slip that finds no end by then never will */
const stuckMs = 15_000;
const lingerMs = 20;
/** ESC @ ESC R FS & before, GS V ESC @ GS ( H behind the text, and a few bytes beyond */
const jobOverhead = 40;

export function hallSlip(id: string): Slip {
  return markLines.map((mark) => ({ kind: 'text', text: markedLine(mark, id) }));
}

export class PrintHall {
  readonly printer: SimulatedPrinter;
  readonly #name: string;
  readonly #store: TerminalStore;
  readonly #profile: PrinterProfile;
  readonly #random: () => number;
  readonly #ids: FactId[] = [];
  readonly #timers = new Set<NodeJS.Timeout>();
  #port: ReceiptPrinter | undefined;
  #queue: PrintQueue | undefined;
  #restarting: Promise<void> = Promise.resolve();
  #boots = 0;
  #atFirstByte: (() => void) | undefined;
  #onSettled: () => void = () => undefined;
  #faults = 0;

  private constructor(
    name: string,
    folder: string,
    printer: SimulatedPrinter,
    { profile }: HallPrinter,
    random: () => number,
  ) {
    this.#name = name;
    this.printer = printer;
    this.#profile = profile;
    this.#random = random;
    this.#store = TerminalStore.open(join(folder, `${name}.db`), {
      terminal: name as TerminalId,
      sealer: someSealer,
      clock: {
        now: () => new Date(),
        isSynced: () => true,
        monoMs: () => Math.floor(performance.now()),
        boot: 'proof',
      },
    });
    this.#start();
  }

  static async open(
    name: string,
    folder: string,
    kind: HallPrinter,
    random: () => number,
  ): Promise<PrintHall> {
    return new PrintHall(name, folder, await SimulatedPrinter.start(kind.model), kind, random);
  }

  /** Faults that came to pass. */
  get faults(): number {
    return this.#faults;
  }

  get jobs(): readonly JudgedJob[] {
    const told = new Map<string, string>();
    for (const { id, outcome } of this.#settlements()) told.set(id, outcome);
    return this.#ids.map((id) => ({
      id: textId(this.#name, id),
      state: this.#store.printJobs.find(id)?.state ?? 'nowhere',
      told: told.get(id) ?? null,
    }));
  }

  get paper(): string {
    return [...this.printer.slips.map(({ text }) => text), this.printer.hangingText].join('\n');
  }

  /** One slip, one fault in it, everything mended, and the slip at its end. */
  async play(): Promise<void> {
    const before = this.#faults;
    const names = Object.keys(printFaults);
    const fault = printFaults[names[Math.floor(this.#random() * names.length)] ?? ''];
    this.#atFirstByte = () => fault?.(this.#scene());
    const id = this.#queueSlip();
    const isDone = () => !isUnderWay(this.#store.printJobs.find(id)?.state ?? 'failed');
    await new Promise<void>((resolve) => {
      const stuck = setTimeout(resolve, stuckMs);
      this.#onSettled = () => {
        if (!isDone()) return;
        clearTimeout(stuck);
        resolve();
      };
      this.#queue?.kick();
    });
    this.#onSettled = () => undefined;
    this.#atFirstByte = undefined;
    // a slip may be settled before its fault came to pass
    for (let ms = 0; ms < lingerMs && this.#faults === before; ms += 2) await pause(2);
    for (const timer of this.#timers) clearTimeout(timer);
    this.#timers.clear();
    await this.#restarting;
    mend(this.printer);
  }

  async close(): Promise<void> {
    await this.#stop();
    await this.printer.close();
    this.#store.close();
  }

  #scene(): FaultScene {
    this.#atFirstByte = undefined;
    const text = markLines.length * (textId(this.#name, this.#ids.at(-1) as FactId).length + 5);
    return {
      printer: this.printer,
      offset: Math.floor(this.#random() * (text + jobOverhead)),
      random: this.#random,
      later: (ms, act) => {
        this.#timers.add(setTimeout(act, ms));
      },
      happened: () => {
        this.#faults += 1;
      },
      restartTerminal: () => {
        this.#restarting = this.#stop().then(() => this.#start());
      },
    };
  }

  #start(): void {
    // every other new start is a new boot of the machine
    this.#boots += 1;
    const port = openEscPosPrinter(
      { at: this.printer.address, profile: this.#profile, ...hallPatience },
      {
        onState: () => this.#queue?.kick(),
        onLateProof: (proofId) => this.#queue?.proofCameLate(proofId, 'first'),
      },
    );
    this.#port = port;
    this.#queue = new PrintQueue({
      store: this.#store,
      printer: {
        get state() {
          return port.state;
        },
        print: (slip, options) =>
          port.print(slip, {
            ...options,
            beforeFirstByte: (counters) => {
              options.beforeFirstByte(counters);
              this.#atFirstByte?.();
            },
          }),
        readCounters: () => port.readCounters(),
      },
      boot: `boot-${this.#boots >> 1}`,
      expiryMs: 3_600_000,
      onSettled: () => this.#onSettled(),
      onFault: (cause) => {
        throw cause;
      },
    });
    this.#queue.kick();
  }

  async #stop(): Promise<void> {
    await Promise.all([this.#queue?.close(), this.#port?.close()]);
  }

  #queueSlip(): FactId {
    const number = String(this.#ids.length + 1).padStart(12, '0');
    const job = `01900000-0000-7000-8000-${number}` as FactId;
    this.#store.record({
      fact: { kind: 'unit-taken-home', body: { project: 'p' as ProjectId, unit: 'u' as UnitId } },
      effects: [
        {
          kind: 'queue-slip',
          job,
          slip: 'unit',
          lines: hallSlip(textId(this.#name, job)),
          copy: 0,
          subject: job,
        },
      ],
    });
    this.#ids.push(job);
    return job;
  }

  #settlements(): { id: string; outcome: string }[] {
    const found: { id: string; outcome: string }[] = [];
    for (let after = 0; ; ) {
      const facts = this.#store.outbox.read(after, 500, 10_000_000);
      for (const fact of facts.map((each) => opened(each, this.#store.outbox.terminal))) {
        if (fact.kind === 'slip-settled') found.push({ id: fact.body.job, outcome: fact.body.outcome });
      }
      const last = facts.at(-1);
      if (!last) return found;
      after = last.seq;
    }
  }
}

function textId(hall: string, job: FactId): string {
  return `${hall}-${Number(job.slice(-12))}`;
}
