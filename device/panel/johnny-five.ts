// Loads johnny-five and firmata-io when a panel is opened, and says what of them is used: they bring no types.
import type { EventEmitter } from 'node:events';
import { createRequire } from 'node:module';

export interface FirmataTransport extends EventEmitter {
  write(bytes: Buffer, written: () => void): void;
}

/** Emits `ready` after the handshake, when the pins are known. */
export interface Firmata extends EventEmitter {
  /** bytes of a message that is not whole yet */
  readonly buffer: readonly number[];
  readonly reportVersionTimeoutId: NodeJS.Timeout;
  reportVersion(answered: () => void): void;
}

export interface Board extends EventEmitter {
  readonly MODES: { readonly INPUT: number; readonly PULLUP: number };
  pinMode(pin: number, mode: number): void;
  digitalRead(pin: number, onValue: (value: 0 | 1) => void): void;
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
