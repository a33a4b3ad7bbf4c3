// One connection to a Firmata board, from handshake to hang-up: johnny-five has no reconnect, so each gets its own.
import { EventEmitter } from 'node:events';
import type { BytePort } from '../transport/byte-port.ts';
import { type Board, type Firmata, type FirmataTransport, johnnyFive } from './johnny-five.ts';

export interface FirmataBoardEvents {
  /** the handshake is done; pins can be watched */
  readonly onReady: () => void;
  /** what speaks at the other end is not Firmata, or no longer answers */
  readonly onNonsense: () => void;
}

/** A board that was just reset reports its version late by itself; asked, it answers at once. */
const reportVersionTimeoutMs = 100;
const handshakeMs = 5_000;
const probeEveryMs = 5_000;
/** No Firmata message is longer; firmata-io itself would collect without end. */
const maxMessageBytes = 4_096;

export class FirmataBoard {
  readonly #transport: Transport;
  readonly #firmata: Firmata;
  readonly #events: FirmataBoardEvents;
  #board: Board | undefined;
  #timer: NodeJS.Timeout;
  #hasEnded = false;

  constructor(port: BytePort, events: FirmataBoardEvents) {
    this.#events = events;
    this.#transport = new Transport(port);
    this.#firmata = new (johnnyFive().Firmata)(this.#transport, {
      reportVersionTimeout: reportVersionTimeoutMs,
    });
    this.#firmata.once('ready', () => this.#makeBoard());
    this.#timer = setTimeout(() => this.#complain(), handshakeMs);
  }

  receive(chunk: Buffer): void {
    if (this.#hasEnded) return;
    try {
      this.#transport.emit('data', chunk);
    } catch {
      // firmata-io throws on messages that are shorter than they should be.
      this.#complain();
      return;
    }
    if (this.#firmata.buffer.length > maxMessageBytes) this.#complain();
  }

  /**
   * Reports the level of a pin now and at each change, bouncing as it does. Call after `onReady`; watch all pins in one go.
   * A pin that the board does not have is nonsense.
   */
  watch(
    pins: readonly { readonly pin: number; readonly hasPullUp: boolean; see(isHigh: boolean): void }[],
  ): void {
    const board = this.#board;
    if (!board) return;
    try {
      // Modes first: the first report tells all pins of a port, and firmata-io passes on only those with a mode.
      for (const { pin, hasPullUp } of pins) {
        board.pinMode(pin, hasPullUp ? board.MODES.PULLUP : board.MODES.INPUT);
      }
      for (const { pin, see } of pins) board.digitalRead(pin, (value) => see(value === 1));
    } catch {
      this.#complain();
    }
  }

  /** The connection is gone. */
  end(): void {
    this.#hasEnded = true;
    clearTimeout(this.#timer);
    clearTimeout(this.#firmata.reportVersionTimeoutId);
    this.#firmata.removeAllListeners();
    if (this.#board) {
      this.#board.removeAllListeners();
      const { cache } = johnnyFive().Board;
      cache.splice(cache.indexOf(this.#board), 1);
      this.#board = undefined;
    }
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
      this.#probe();
      this.#events.onReady();
    });
  }

  /** A cable that fell out of a network adapter says nothing: the board has to answer now and then. */
  #probe(): void {
    let hasAnswered = false;
    this.#firmata.reportVersion(() => {
      hasAnswered = true;
    });
    this.#timer = setTimeout(() => {
      if (hasAnswered) this.#probe();
      else this.#complain();
    }, probeEveryMs);
  }

  #complain(): void {
    if (!this.#hasEnded) this.#events.onNonsense();
  }
}

/** What firmata-io wants of a transport, over our byte port. */
class Transport extends EventEmitter implements FirmataTransport {
  readonly #port: BytePort;

  constructor(port: BytePort) {
    super();
    this.#port = port;
  }

  write(bytes: Buffer, written: () => void): void {
    // A write that fails closes the port, and that ends this board.
    this.#port.write(bytes).then(written, () => undefined);
  }
}
