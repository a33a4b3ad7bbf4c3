// PORT ReceiptPrinter for ESC/POS printers on TCP port 9100 or a serial line.
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
import { parseDeviceAddress } from '../transport/device-address.ts';
import { openBytePort } from '../transport/open-byte-port.ts';
import { encodeSlip, proofDigits } from './encode-slip.ts';
import { PrintJob, type PrintJobLimits } from './print-job.ts';
import { type PrinterCondition, PrinterLink } from './printer-link.ts';
import type { PrinterProfile } from './printer-profile.ts';

export interface EscPosPrinterOptions extends Partial<PrintJobLimits> {
  /** `tcp://host:9100` or `serial:/dev/…?baud=9600` */
  readonly at: string;
  readonly profile: PrinterProfile;
  /** an idle printer that takes longer to answer is lost */
  readonly answerMs: number;
  readonly retryMinMs: number;
  readonly retryMaxMs: number;
  /** pause between questions, 500 when not said: paper and cover show on the screen within a second */
  readonly pollMs?: number;
}

const defaultProofMs = 30_000;

/** GS r 1: answered when everything before it was read. */
const transmitQuery = Uint8Array.of(0x1d, 0x72, 1);

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
  #state: PrinterState = { kind: 'opening' };
  #port: KeptPort | undefined;
  #link: PrinterLink | undefined;
  #poll: NodeJS.Timeout | undefined;
  #isBusy = false;
  /** the job whose bytes have left */
  #job: PrintJob | undefined;

  constructor(options: EscPosPrinterOptions, events: ReceiptPrinterEvents) {
    this.#options = options;
    this.#events = events;
  }

  get state(): PrinterState {
    return this.#state;
  }

  open(): void {
    const address = parseDeviceAddress(this.#options.at);
    this.#port = keepOpen(
      {
        open: (portEvents, signal) => openBytePort(address, portEvents, signal),
        retryMinMs: this.#options.retryMinMs,
        retryMaxMs: this.#options.retryMaxMs,
        family: 'printer',
      },
      {
        onOpen: (port) => this.#connected(port),
        onBytes: (chunk) => this.#link?.receive(chunk),
        onOut: (state) => {
          this.#disconnected();
          this.#enter(state);
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
      const bytes = this.#encode(slip, options.proofId);
      const counters = this.#hasCounters ? ((await link.readCounters(this.#options.answerMs)) ?? null) : null;
      if (this.#hasCounters && !counters) {
        // It may have stopped or left instead of answering.
        const news = await this.#obstacle(link);
        if (news) return notSent(news);
      }
      if (link !== this.#link) return notSent(this.#absence());
      if (options.signal?.aborted) return notSent('printer-cut-off');
      options.beforeFirstByte(counters);
      return await this.#send(link, bytes, options);
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
    const { profile } = this.#options;
    const job = encodeSlip(slip, profile, proofId);
    return profile.completionProof === 'transmit' ? Buffer.concat([job, transmitQuery]) : job;
  }

  async #send(
    link: PrinterLink,
    bytes: Buffer,
    { proofId, signal }: Pick<PrintOptions, 'proofId' | 'signal'>,
  ): Promise<PrintOutcome> {
    const { profile, proofMs = defaultProofMs, refillMs = 600_000 } = this.#options;
    const proof = profile.completionProof === 'echo' ? proofDigits(proofId) : undefined;
    const job = new PrintJob(proof, { proofMs, refillMs });
    const cutOff = () => job.cutOff();
    this.#job = job;
    signal?.addEventListener('abort', cutOff, { once: true });
    try {
      // One write, so that no status question can stand inside a command.
      link.write(bytes).catch(cutOff);
      return await job.outcome;
    } finally {
      signal?.removeEventListener('abort', cutOff);
      this.#job = undefined;
    }
  }

  #connected(port: BytePort): void {
    const link = new PrinterLink(port, {
      onCondition: (condition) => {
        this.#job?.conditionIs(condition);
        this.#enter(condition);
      },
      onProof: (digits) => this.#job?.proofCame(digits),
      onTransmitted: () => this.#job?.wasTransmitted(),
    });
    this.#link = link;
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
    void this.#ask(link).then(() => {
      if (link !== this.#link) return;
      this.#poll = setTimeout(() => this.#watch(link), this.#options.pollMs ?? 500);
    });
  }

  /** Undefined when the connection ended first; an idle printer that does not answer loses it. */
  async #ask(link: PrinterLink): Promise<PrinterCondition | undefined> {
    // A printer at work may answer late, and hanging up on it would spoil the job.
    const impatience = setInterval(() => {
      if (link === this.#link && !this.#job && !link.isReadingCounters) {
        this.#port?.drop(link.hearsNonsense ? 'printer-not-a-printer' : 'printer-no-answer');
      }
    }, this.#options.answerMs);
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
