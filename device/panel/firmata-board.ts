// One connection to a Firmata board, from handshake to hang-up: johnny-five has no reconnect, so each gets its own.
import { EventEmitter } from 'node:events';
import type { BytePort } from '../transport/byte-port.ts';
import { type Board, type Firmata, type FirmataTransport, johnnyFive } from './johnny-five.ts';

export interface FirmataBoardEvents {
  /** The handshake is done, or the board started anew behind an open line: no pin has a mode. */
  readonly onReady: () => void;
  /** It says nothing (any more), or what speaks at the other end is not Firmata. */
  readonly onFault: (code: 'panel-no-answer' | 'panel-wrong-firmware') => void;
}

/** `pwm` dims, `output` switches. */
export type PinUse = 'input' | 'pull-up' | 'pwm' | 'output';

/** A board that was just reset reports its version late by itself; asked, it answers at once. */
const reportVersionTimeoutMs = 100;
/** What is asked while the boot loader runs is lost. */
const askAgainMs = 500;
/** No Firmata message is longer; firmata-io itself would collect without end. */
const maxMessageBytes = 4_096;
/** The protocol's, not the sketch's: all boards of the last fifteen years say 2. */
const oldestProtocol = 2;

export class FirmataBoard {
  readonly #transport: Transport;
  readonly #firmata: Firmata;
  readonly #events: FirmataBoardEvents;
  readonly #answerMs: number;
  #board: Board | undefined;
  #used = new Set<number>();
  #timer: NodeJS.Timeout;
  #asking: NodeJS.Timeout;
  #hasHeard = false;
  #hasEnded = false;

  /** @param answerMs for the handshake, and for each answer later; a board with a boot loader needs 2,000 */
  constructor(port: BytePort, answerMs: number, events: FirmataBoardEvents) {
    this.#events = events;
    this.#answerMs = answerMs;
    this.#transport = new Transport(port);
    this.#firmata = new (johnnyFive().Firmata)(this.#transport, {
      reportVersionTimeout: reportVersionTimeoutMs,
    });
    this.#firmata.once('ready', () => this.#makeBoard());
    this.#timer = setTimeout(
      () => this.#complain(this.#hasHeard ? 'panel-wrong-firmware' : 'panel-no-answer'),
      answerMs,
    );
    this.#asking = setInterval(() => this.#askWho(), askAgainMs);
    this.#firmata.once('queryfirmware', () => clearInterval(this.#asking));
  }

  receive(chunk: Buffer): void {
    if (this.#hasEnded) return;
    this.#hasHeard = true;
    try {
      this.#transport.emit('data', chunk);
    } catch {
      // firmata-io throws on messages that are shorter than they should be.
      this.#complain('panel-wrong-firmware');
      return;
    }
    if (this.#firmata.buffer.length > maxMessageBytes) this.#complain('panel-wrong-firmware');
  }

  /**
   * Gives a pin its mode; call after `onReady`, for all pins before anything is listened to.
   * @returns false when the board has no such pin, or the pin cannot do that or is used already
   */
  use(pin: number, use: PinUse): boolean {
    const board = this.#board;
    if (!board || this.#used.has(pin)) return false;
    const { INPUT, PULLUP, PWM, OUTPUT } = board.MODES;
    const mode = { input: INPUT, 'pull-up': PULLUP, pwm: PWM, output: OUTPUT }[use];
    if (!this.#firmata.pins[pin]?.supportedModes.includes(mode)) return false;
    this.#used.add(pin);
    board.pinMode(pin, mode);
    return true;
  }

  /**
   * Reports the level of an input now and at each change, bouncing as it does. All modes are given first: the
   * first report tells all pins of a port, and firmata-io passes on only those with a mode.
   */
  listen(pin: number, onLevel: (isHigh: boolean) => void): void {
    this.#board?.digitalRead(pin, (value) => onLevel(value === 1));
  }

  /** @param level 0 … 1, on a pin in use as `pwm` */
  dim(pin: number, level: number): void {
    this.#board?.analogWrite(pin, Math.round(level * (this.#firmata.RESOLUTION.PWM ?? 255)));
  }

  /** on a pin in use as `output` */
  switch(pin: number, isOn: boolean): void {
    // The message tells 8 pins at once, and a 1 for an input would switch its pull-up on: there is one output at most.
    this.#firmata.ports.fill(0);
    this.#board?.digitalWrite(pin, isOn ? 1 : 0);
  }

  /** Resolves when everything written so far has left, or cannot leave any more. */
  hasWritten(): Promise<void> {
    return this.#transport.hasWritten();
  }

  /** The connection is gone, or will be given up. */
  end(): void {
    this.#hasEnded = true;
    clearTimeout(this.#timer);
    clearInterval(this.#asking);
    clearTimeout(this.#firmata.reportVersionTimeoutId);
    this.#firmata.removeAllListeners();
    if (this.#board) {
      this.#board.removeAllListeners();
      const { cache } = johnnyFive().Board;
      cache.splice(cache.indexOf(this.#board), 1);
      this.#board = undefined;
    }
  }

  #askWho(): void {
    // Each question waits for its answer with a listener of its own: the one before is given up.
    this.#firmata.off('reportversion', ignoreAnswer).off('queryfirmware', ignoreAnswer);
    this.#firmata.reportVersion(ignoreAnswer);
    this.#firmata.queryFirmware(ignoreAnswer);
  }

  #makeBoard(): void {
    clearTimeout(this.#timer);
    const { Board } = johnnyFive();
    const board = new Board({ io: this.#firmata, repl: false, debug: false, sigint: false });
    this.#board = board;
    // Without a listener an `error` would end the process.
    board.on('error', () => undefined);
    board.once('ready', () => {
      if (this.#hasEnded) return;
      if ((this.#firmata.version.major ?? 0) < oldestProtocol) {
        this.#complain('panel-wrong-firmware');
        return;
      }
      this.#probe();
      // Nobody asks for the firmware any more: a board that tells it has just started, and forgotten everything.
      this.#firmata.on('queryfirmware', () => this.#startAnew());
      this.#events.onReady();
    });
  }

  #startAnew(): void {
    for (const pin of this.#used) this.#firmata.removeAllListeners(`digital-read-${pin}`);
    this.#used = new Set();
    this.#events.onReady();
  }

  /** A cable that fell out of a network adapter says nothing: the board has to answer now and then. */
  #probe(): void {
    let hasAnswered = false;
    this.#firmata.reportVersion(() => {
      hasAnswered = true;
    });
    this.#timer = setTimeout(() => {
      if (hasAnswered) this.#probe();
      else this.#complain('panel-no-answer');
    }, this.#answerMs);
  }

  #complain(code: 'panel-no-answer' | 'panel-wrong-firmware'): void {
    if (!this.#hasEnded) this.#events.onFault(code);
  }
}

function ignoreAnswer(): void {}

/** What firmata-io wants of a transport, over our byte port. */
class Transport extends EventEmitter implements FirmataTransport {
  readonly #port: BytePort;
  #last: Promise<void> = Promise.resolve();

  constructor(port: BytePort) {
    super();
    this.#port = port;
  }

  write(bytes: Buffer, written: () => void): void {
    // A write that fails closes the port, and that ends this board.
    this.#last = this.#port.write(bytes).then(written, () => undefined);
  }

  hasWritten(): Promise<void> {
    return this.#last;
  }
}
