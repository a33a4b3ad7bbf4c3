// What reaches the host of all that a simulated printer says: proofs may be lost, late or doubled, and a deaf one is mute.

export class PrinterVoice {
  readonly #send: (bytes: Uint8Array) => void;
  #proofsToLose = 0;
  #held: Uint8Array[] | undefined;
  #timesAProof = 1;
  isMute = false;

  constructor(send: (bytes: Uint8Array) => void) {
    this.#send = send;
  }

  say(bytes: Uint8Array): void {
    if (!this.isMute) this.#send(bytes);
  }

  sayProof(bytes: Uint8Array): void {
    if (this.#proofsToLose > 0) {
      this.#proofsToLose -= 1;
      return;
    }
    if (this.#held) this.#held.push(bytes);
    else for (let n = 0; n < this.#timesAProof; n += 1) this.say(bytes);
  }

  loseProofs(count: number): void {
    this.#proofsToLose = count;
  }

  /** Proofs come only when they are let go: late. */
  holdProofs(): void {
    this.#held ??= [];
  }

  letProofsGo(): void {
    const held = this.#held ?? [];
    this.#held = undefined;
    for (const proof of held) this.say(proof);
  }

  sayProofsTwice(): void {
    this.#timesAProof = 2;
  }

  /** Power was cut: what was not said yet never will be. */
  forget(): void {
    if (this.#held) this.#held = [];
  }
}
