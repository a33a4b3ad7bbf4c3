// The commands that a printer obeys the moment they arrive, wherever in the stream they stand.

export type RealTimeCommand =
  /** DLE EOT n: say status n */
  | { readonly kind: 'status'; readonly n: number }
  /** DLE ENQ 1: go on where an error stopped you */
  | { readonly kind: 'resume' }
  /** DLE ENQ 2 and DLE DC4 8: forget what was received */
  | { readonly kind: 'clear' }
  /** DLE DC4 1: open the drawer */
  | { readonly kind: 'pulse' };

/** Finds them across chunks; a picture that holds their bytes triggers them too, as in a real printer. */
export class RealTimeCommands {
  /** the two bytes before; -1 = none */
  #last: readonly [number, number] = [-1, -1];

  push(chunk: Uint8Array): RealTimeCommand[] {
    const found: RealTimeCommand[] = [];
    for (const byte of chunk) {
      const [a, b] = this.#last;
      const command = a === 0x10 ? commandOf(b, byte) : undefined;
      if (command) found.push(command);
      this.#last = command ? [-1, -1] : [b, byte];
    }
    return found;
  }
}

function commandOf(name: number, n: number): RealTimeCommand | undefined {
  if (name === 4 && n >= 1 && n <= 8) return { kind: 'status', n };
  if (name === 5 && n === 1) return { kind: 'resume' };
  if ((name === 5 && n === 2) || (name === 0x14 && n === 8)) return { kind: 'clear' };
  if (name === 0x14 && n === 1) return { kind: 'pulse' };
  return undefined;
}
