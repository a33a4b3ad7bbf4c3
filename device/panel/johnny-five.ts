// Loads johnny-five and firmata-io when a panel is opened, and says what of them is used: they bring no types.
import type { EventEmitter } from 'node:events';
import { createRequire } from 'node:module';

export interface FirmataTransport extends EventEmitter {
  write(bytes: Buffer, written: () => void): void;
}

/** Emits `reportversion` and `queryfirmware` whenever the board says them, `ready` after the handshake, when the pins are known. */
export interface Firmata extends EventEmitter {
  /** bytes of a message that is not whole yet */
  readonly buffer: readonly number[];
  /** what the board said of itself; empty until then */
  readonly version: { readonly major?: number };
  readonly pins: readonly { readonly supportedModes: readonly number[] }[];
  /** the last levels of 8 pins each, inputs among them */
  readonly ports: number[];
  /** the largest value that can be written to a pin that dims; null when there is none */
  readonly RESOLUTION: { readonly PWM: number | null };
  readonly reportVersionTimeoutId: NodeJS.Timeout;
  reportVersion(answered: () => void): void;
  queryFirmware(answered: () => void): void;
}

export interface Board extends EventEmitter {
  readonly MODES: {
    readonly INPUT: number;
    readonly PULLUP: number;
    readonly OUTPUT: number;
    readonly PWM: number;
  };
  pinMode(pin: number, mode: number): void;
  digitalRead(pin: number, onValue: (value: 0 | 1) => void): void;
  digitalWrite(pin: number, value: 0 | 1): void;
  analogWrite(pin: number, value: number): void;
}

interface BoardOptions {
  readonly io: Firmata;
  readonly repl: false;
  readonly debug: false;
  readonly sigint: false;
}

export interface JohnnyFive {
  readonly Firmata: new (
    transport: FirmataTransport,
    options: { readonly reportVersionTimeout: number },
  ) => Firmata;
  /** Its components (Led, Piezo, Button) stay out: each is kept for ever in maps of the library, one more at every replug. */
  readonly Board: {
    new (options: BoardOptions): Board;
    /** every board ever made; johnny-five never removes one */
    readonly cache: Board[];
  };
}

let loaded: JohnnyFive | undefined;

export function johnnyFive(): JohnnyFive {
  if (loaded) return loaded;
  const require = createRequire(import.meta.url);
  const { Firmata } = require('firmata-io/lib/firmata.js') as Pick<JohnnyFive, 'Firmata'>;
  const { Board } = require('johnny-five/lib/johnny-five.js') as Pick<JohnnyFive, 'Board'>;
  loaded = { Firmata, Board };
  return loaded;
}
