// What a printer says, sorted out of one byte stream: status, proofs, counters, and what nobody asked for. Pure.

export type PrinterReply =
  /** answer to DLE EOT n; the byte does not say to which n */
  | { readonly kind: 'status'; readonly byte: number }
  /** answer to GS ( H: everything before it is on paper */
  | { readonly kind: 'proof'; readonly digits: string }
  /** answer to GS g 2: lines or cuts at this place of the stream */
  | { readonly kind: 'counter'; readonly value: number }
  /** answer to GS r: everything before it was carried out */
  | { readonly kind: 'transmitted'; readonly byte: number }
  /** the four bytes that GS a makes the printer say by itself */
  | { readonly kind: 'automatic'; readonly bytes: readonly number[] };

const proofBytes = 7;
const automaticBytes = 4;
const proofMark = 0x37;
const counterMark = 0x5f;
/** the widest counter is 32 bits */
const counterDigits = 10;

/**
 * Tells replies apart by their fixed bits (Epson, ESC/POS command reference):
 * DLE EOT 0xx1xx10 · automatic status 0xx1xx00 and three bytes 0xx0xxxx · GS r 0xx0xxxx · proof 37 22 d d d d 00 ·
 * counter 5F digits 00.
 */
export class PrinterReplies {
  /** bytes of an unfinished proof */
  #proof: number[] = [];
  /** digits of an unfinished counter */
  #counter: string | undefined;
  /** bytes of an unfinished automatic status; other replies may come between them */
  #automatic: number[] = [];
  #noise = 0;

  /** Bytes that were no reply of any kind, so far. */
  get noiseBytes(): number {
    return this.#noise;
  }

  push(chunk: Uint8Array): PrinterReply[] {
    const replies: PrinterReply[] = [];
    for (const byte of chunk) {
      const reply = this.#next(byte);
      if (reply) replies.push(reply);
    }
    return replies;
  }

  #next(byte: number): PrinterReply | undefined {
    if (this.#proof.length > 0) return this.#continueProof(byte);
    return this.#counter === undefined ? this.#start(byte) : this.#continueCounter(this.#counter, byte);
  }

  /** Status may come between the digits; what could be either is a digit. */
  #continueCounter(digits: string, byte: number): PrinterReply | undefined {
    if (byte >= 0x30 && byte <= 0x39 && digits.length < counterDigits) {
      this.#counter = digits + String.fromCharCode(byte);
      return undefined;
    }
    if (this.#isBetween(byte)) return this.#start(byte);
    this.#counter = undefined;
    if (byte === 0 && digits !== '') return { kind: 'counter', value: Number(digits) };
    this.#noise += 1 + digits.length;
    return this.#start(byte);
  }

  #isBetween(byte: number): boolean {
    if ((byte & 0x93) === 0x12 || (byte & 0x93) === 0x10) return true;
    return byte === 0x11 || byte === 0x13 || (this.#automatic.length > 0 && (byte & 0x90) === 0);
  }

  #continueProof(byte: number): PrinterReply | undefined {
    if (!isProofByte(byte, this.#proof.length)) return this.#restartProof(byte);
    this.#proof.push(byte);
    if (this.#proof.length < proofBytes) return undefined;
    const digits = String.fromCharCode(...this.#proof.slice(2, 6));
    this.#proof = [];
    return { kind: 'proof', digits };
  }

  /** The proof was torn: another one may have begun inside what was taken for it. */
  #restartProof(byte: number): PrinterReply | undefined {
    const torn = this.#proof;
    const next = torn.findIndex((_, n) => n > 0 && torn.slice(n).every(isProofByte));
    this.#noise += next < 0 ? torn.length : next;
    this.#proof = next < 0 ? [] : torn.slice(next);
    return next < 0 ? this.#start(byte) : this.#continueProof(byte);
  }

  #start(byte: number): PrinterReply | undefined {
    if (byte === proofMark) {
      this.#proof = [byte];
      return undefined;
    }
    if (byte === counterMark) {
      this.#counter = '';
      return undefined;
    }
    if ((byte & 0x93) === 0x12) return { kind: 'status', byte };
    if ((byte & 0x93) === 0x10) {
      this.#noise += this.#automatic.length;
      this.#automatic = [byte];
      return undefined;
    }
    // XON and XOFF of a serial line
    if (byte === 0x11 || byte === 0x13) return undefined;
    if ((byte & 0x90) === 0) return this.#continueAutomatic(byte);
    this.#noise += 1 + this.#automatic.length;
    this.#automatic = [];
    return undefined;
  }

  #continueAutomatic(byte: number): PrinterReply | undefined {
    if (this.#automatic.length === 0) return { kind: 'transmitted', byte };
    this.#automatic.push(byte);
    if (this.#automatic.length < automaticBytes) return undefined;
    const bytes = this.#automatic;
    this.#automatic = [];
    return { kind: 'automatic', bytes };
  }
}

function isProofByte(byte: number, position: number): boolean {
  if (position === 0) return byte === proofMark;
  if (position === 1) return byte === 0x22;
  if (position === proofBytes - 1) return byte === 0;
  return byte >= 0x20 && byte <= 0x7e;
}
