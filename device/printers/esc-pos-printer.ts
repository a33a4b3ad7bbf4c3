// PORT ReceiptPrinter for ESC/POS printers on TCP port 9100, a serial line or USB.
import type { DeviceErrorCode } from '../device-error.ts';
import { isOutOfOrder } from '../device-state.ts';
import { type KeptPort, keepOpen } from '../keep-open.ts';
import type {
  PrintCounters,
  PrinterState,
  PrintOptions,
  PrintOutcome,
  ReceiptPrinter,
  ReceiptPrinterEvents,
  Slip,
} from '../receipt-printer.ts';
import type { BytePort } from '../transport/byte-port.ts';
import { type DeviceAddress, parseDeviceAddress } from '../transport/device-address.ts';
import { openBytePort } from '../transport/open-byte-port.ts';
import type { UsbPlaces } from '../transport/usb-printer-port.ts';
import { encodeSlip } from './encode-slip.ts';
import { PrintJob, type PrintJobLimits } from './print-job.ts';
import { PrinterLink } from './printer-link.ts';
import type { PrinterProfile } from './printer-profile.ts';
import {
  automaticStatusRequest,
  clearCommand,
  type PrinterCondition,
  resumeCommand,
} from './printer-status.ts';
import type { SlipEncoder } from './slip-encoder.ts';

export interface EscPosPrinterOptions extends Partial<PrintJobLimits> {
  /** `tcp://host:9100`, `serial:/dev/…?baud=9600`, `usb:vvvv:pppp` … */
  readonly at: string;
  readonly profile: PrinterProfile;
  /** ours when not said */
  readonly encoder?: SlipEncoder;
  /** an idle printer that takes longer to answer is lost */
  readonly answerMs: number;
  readonly retryMinMs: number;
  readonly retryMaxMs: number;
  /** pause between questions, 500 when not said: paper and cover show on the screen within a second */
  readonly pollMs?: number;
  /** where USB printers are found, when not on this machine's own folders */
  readonly usb?: UsbPlaces;
}

const defaultProofMs = 30_000;
/** What a job of a terminal that died may still owe of a command, at least. */
const unfinishedBytes = 512;
/** A blade that a person frees needs a moment between two tries. */
const cutterTryMs = 2_000;

/**
 * Starts opening at once and keeps the connection: port 9100 takes one client. Events come later, never
 * from inside this call. `print` rejects only with what `beforeFirstByte` threw.
 * @throws DeviceError device-address-bad
 */
export function openEscPosPrinter(
  options: EscPosPrinterOptions,
  events: ReceiptPrinterEvents,
): ReceiptPrinter {
  const printer = new EscPosPrinter(options, events);
  printer.open();
  return printer;
}

class EscPosPrinter implements ReceiptPrinter {
  readonly #options: EscPosPrinterOptions;
  readonly #events: ReceiptPrinterEvents;
  readonly #address: DeviceAddress;
  #state: PrinterState = { kind: 'opening' };
  #port: KeptPort | undefined;
  #link: PrinterLink | undefined;
  #poll: NodeJS.Timeout | undefined;
  #isBusy = false;
  /** the job whose bytes have left */
  #job: PrintJob | undefined;
  #hasHeard = false;
  /** length of the last job that was cut off: no command of it can be longer */
  #cutOffBytes = 0;
  /** jobs that were sent since answers to GS r were last in step */
  #strayJobs = 0;
  #cutterTriedAtMs = Number.NEGATIVE_INFINITY;

  constructor(options: EscPosPrinterOptions, events: ReceiptPrinterEvents) {
    this.#options = options;
    this.#events = events;
    this.#address = parseDeviceAddress(options.at);
  }

  get state(): PrinterState {
    return this.#state;
  }

  open(): void {
    this.#port = keepOpen(
      {
        open: (portEvents, signal) => openBytePort(this.#address, portEvents, signal, this.#options.usb),
        retryMinMs: this.#options.retryMinMs,
        retryMaxMs: this.#options.retryMaxMs,
        family: 'printer',
      },
      {
        onOpen: (port) => this.#connected(port),
        onBytes: (chunk) => {
          this.#hasHeard = true;
          this.#link?.receive(chunk);
        },
        onOut: (state) => {
          this.#disconnected();
          // A print server that serves somebody else opens and hangs up without a word.
          const isSpokenTo = this.#address.kind === 'tcp' && this.#options.profile.status !== 'none';
          const isBusy = isSpokenTo && !this.#hasHeard && state.code === 'printer-cut-off';
          this.#enter(isBusy ? { ...state, code: 'printer-busy' } : state);
        },
      },
    );
  }

  async print(slip: Slip, options: PrintOptions): Promise<PrintOutcome> {
    if (this.#isBusy) return notSent('printer-busy');
    this.#isBusy = true;
    try {
      const link = this.#link;
      if (!link) return notSent(this.#absence());
      const obstacle = await this.#obstacle(link);
      if (obstacle) return notSent(obstacle);
      if (link.owesTransmission) {
        // Its answers carry no number: only a new connection tells the next job's from the last one's.
        this.#port?.drop('printer-no-answer');
        return notSent('printer-no-answer');
      }
      const { profile, proofMs = defaultProofMs } = this.#options;
      const isInStep =
        profile.completionProof !== 'transmit' ||
        (await link.getInStep(proofMs, this.#strayJobs, options.signal));
      const bytes = this.#encode(slip, options.proofId);
      const counters = this.#hasCounters ? ((await link.readCounters(this.#options.answerMs)) ?? null) : null;
      if (!isInStep || (this.#hasCounters && !counters)) {
        // It may have stopped or left instead of answering.
        const news = await this.#obstacle(link);
        if (news) return notSent(news);
      }
      if (link !== this.#link) return notSent(this.#absence());
      if (options.signal?.aborted) return notSent('printer-cut-off');
      options.beforeFirstByte(counters);
      return await this.#send(link, bytes, options, isInStep);
    } finally {
      this.#isBusy = false;
    }
  }

  async readCounters(): Promise<PrintCounters | null> {
    if (this.#isBusy || !this.#hasCounters) return null;
    this.#isBusy = true;
    try {
      return await this.#askForCounters();
    } finally {
      this.#isBusy = false;
    }
  }

  async close(): Promise<void> {
    const closed = this.#port?.stop();
    this.#disconnected();
    await closed;
  }

  /** They are asked behind an echo. */
  get #hasCounters(): boolean {
    const { hasCounters, completionProof } = this.#options.profile;
    return hasCounters && completionProof === 'echo';
  }

  /** A printer that works off its buffer answers late: asked again for as long as it can print. */
  async #askForCounters(): Promise<PrintCounters | null> {
    const { answerMs, proofMs = defaultProofMs } = this.#options;
    const endsAt = performance.now() + proofMs;
    do {
      const link = this.#link;
      if (!link || (await this.#obstacle(link))) return null;
      const counters = await link.readCounters(answerMs);
      if (counters) return counters;
    } while (performance.now() < endsAt);
    return null;
  }

  /** Why this printer cannot print now. */
  async #obstacle(link: PrinterLink): Promise<DeviceErrorCode | undefined> {
    const condition = await this.#ask(link);
    if (!condition) return this.#absence();
    return condition.kind === 'stopped' ? condition.code : undefined;
  }

  #absence(): DeviceErrorCode {
    return isOutOfOrder(this.#state) ? this.#state.code : 'printer-unreachable';
  }

  #encode(slip: Slip, proofId: number): Buffer {
    const { profile, encoder = encodeSlip } = this.#options;
    const job = encoder(slip, profile, proofId);
    return profile.status === 'automatic' ? keepingAutomaticStatus(job) : job;
  }

  /** @param isInStep whether an answer would be this job's own */
  async #send(
    link: PrinterLink,
    bytes: Buffer,
    { proofId, signal, afterLastByte }: PrintOptions,
    isInStep: boolean,
  ): Promise<PrintOutcome> {
    const { profile, proofMs = defaultProofMs, refillMs = 600_000 } = this.#options;
    const proof = isInStep ? profile.completionProof : 'none';
    this.#strayJobs = isInStep ? 0 : this.#strayJobs + 1;
    const job = new PrintJob(proof === 'none' ? null : proofId, { proofMs, refillMs });
    const cutOff = () => job.cutOff();
    this.#job = job;
    signal?.addEventListener('abort', cutOff, { once: true });
    try {
      // One write, so that no status question can stand inside a command.
      const written = proof === 'transmit' ? link.writeWithTransmission(bytes, proofId) : link.write(bytes);
      written.then(() => {
        if (job.isSettled) return;
        afterLastByte?.();
        job.wasSent();
      }, cutOff);
      const outcome = await job.outcome;
      this.#cutOffBytes = outcome.kind === 'printed' ? 0 : bytes.length;
      return outcome;
    } finally {
      signal?.removeEventListener('abort', cutOff);
      this.#job = undefined;
    }
  }

  #connected(port: BytePort): void {
    const { profile, answerMs } = this.#options;
    const link = new PrinterLink(
      port,
      { status: profile.status, answerMs },
      {
        onCondition: (condition) => {
          if (link !== this.#link) return;
          this.#job?.conditionIs(condition);
          this.#enter(condition);
        },
        onProof: (proofId) => {
          if (!this.#job?.proofCame(proofId)) this.#events.onLateProof?.(proofId);
        },
      },
    );
    this.#link = link;
    this.#hasHeard = false;
    // A line that was cut inside a command leaves a printer that takes the next bytes, ESC @ too, for the rest of it.
    link.write(Buffer.alloc(Math.max(unfinishedBytes, this.#cutOffBytes))).catch(() => undefined);
    this.#watch(link);
  }

  #disconnected(): void {
    clearTimeout(this.#poll);
    this.#link?.end();
    this.#link = undefined;
    this.#job?.cutOff();
  }

  /** Asks now and again, for as long as this connection lives. */
  #watch(link: PrinterLink): void {
    void this.#lookAfter(link).then(() => {
      if (link !== this.#link) return;
      this.#poll = setTimeout(() => this.#watch(link), this.#options.pollMs ?? 500);
    });
  }

  async #lookAfter(link: PrinterLink): Promise<void> {
    // What is obeyed in the order of the buffer would only wait behind the job.
    if (this.#isBusy && !this.#isObeyedAtOnce) return;
    const condition = await this.#ask(link);
    if (condition?.kind === 'stopped' && condition.code === 'printer-cutter') this.#tryCutter(link);
  }

  get #isObeyedAtOnce(): boolean {
    return this.#options.profile.status === 'dle-eot';
  }

  #tryCutter(link: PrinterLink): void {
    const { cutterRecovery } = this.#options.profile;
    const nowMs = performance.now();
    if (!cutterRecovery || nowMs - this.#cutterTriedAtMs < cutterTryMs) return;
    this.#cutterTriedAtMs = nowMs;
    if (cutterRecovery === 'clear') this.#job?.wasCleared();
    link.write(cutterRecovery === 'clear' ? clearCommand : resumeCommand).catch(() => undefined);
  }

  /** Undefined when the connection ended first; a printer that does not answer loses it. */
  async #ask(link: PrinterLink): Promise<PrinterCondition | undefined> {
    const { answerMs, proofMs = defaultProofMs } = this.#options;
    const askedAtMs = performance.now();
    const impatience = setInterval(() => {
      if (link !== this.#link || link.isReadingCounters) return;
      // A printer at work may answer late, and hanging up on it would spoil the job; but not for ever.
      if (this.#job && performance.now() - askedAtMs < proofMs) return;
      if (link.hearsNonsense) this.#port?.drop('printer-not-a-printer');
      else if (this.#isObeyedAtOnce) this.#port?.drop('printer-no-answer');
    }, answerMs);
    try {
      return await link.ask();
    } finally {
      clearInterval(impatience);
    }
  }

  #enter(next: PrinterState): void {
    const before = JSON.stringify(this.#state);
    this.#state = next;
    if (JSON.stringify(next) !== before) this.#events.onState(next);
  }
}

function notSent(code: DeviceErrorCode): PrintOutcome {
  return { kind: 'not-sent', code };
}

/** ESC @ ends the automatic status, and every job begins and ends with one. */
function keepingAutomaticStatus(job: Buffer): Buffer {
  const resetBytes = 2;
  return Buffer.concat([
    job.subarray(0, resetBytes),
    automaticStatusRequest,
    job.subarray(resetBytes),
    automaticStatusRequest,
  ]);
}
