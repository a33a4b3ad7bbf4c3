// A PN532 module on a line: sleeps until woken, acknowledges and answers commands, says nothing by itself.
import { SimulatedLine } from './simulated-line.ts';

const ack = Buffer.from('0000ff00ff00', 'hex');
const nack = Buffer.from('0000ffff0000', 'hex');
const syntaxError = Buffer.from('0000ff01ff7f8100', 'hex');

/** What the next answer goes through on its way. */
type Accident = (answer: Buffer) => readonly Buffer[];

export class SimulatedPn532 {
  readonly #line: SimulatedLine;
  #heard = Buffer.alloc(0);
  #isAwake = false;
  #isSilent = false;
  #uid: Buffer | undefined;
  #lastAnswer: Buffer = syntaxError;
  #accident: Accident | undefined;
  /** codes of the commands that were carried out, oldest first */
  readonly commands: number[] = [];

  private constructor(line: SimulatedLine) {
    this.#line = line;
  }

  static async start(port = 0): Promise<SimulatedPn532> {
    let reader: SimulatedPn532 | undefined;
    const line = await SimulatedLine.open((chunk) => reader?.hear(chunk), port);
    reader = new SimulatedPn532(line);
    return reader;
  }

  get port(): number {
    return this.#line.port;
  }

  get address(): string {
    return this.#line.address;
  }

  get clients(): number {
    return this.#line.clients;
  }

  get connections(): number {
    return this.#line.connections;
  }

  /** @param uid hex, 4, 7 or 10 bytes */
  place(uid: string): void {
    this.#uid = Buffer.from(uid, 'hex');
  }

  lift(): void {
    this.#uid = undefined;
  }

  /** Hears nothing and says nothing, as with a broken wire. */
  fallSilent(isSilent = true): void {
    this.#isSilent = isSilent;
  }

  /** Loses power for a moment: forgets its set-up and sleeps. */
  reset(): void {
    this.#isAwake = false;
    this.#heard = Buffer.alloc(0);
  }

  /** The next answer about a card arrives with a wrong checksum, in single bytes, behind noise, or after a NACK. */
  spoilNext(how: 'checksum' | 'length' | 'pieces' | 'noise' | 'nack'): void {
    const flip = (answer: Buffer, at: number) => {
      const wrong = Buffer.from(answer);
      wrong[at] = (wrong[at] ?? 0) ^ 1;
      return wrong;
    };
    this.#accident = {
      checksum: (answer: Buffer) => [flip(answer, answer.length - 2)],
      length: (answer: Buffer) => [flip(answer, 4)],
      pieces: (answer: Buffer) => Array.from(answer, (byte) => Buffer.from([byte])),
      noise: (answer: Buffer) => [Buffer.from('garbage'), answer],
      nack: () => [nack],
    }[how];
  }

  send(bytes: Uint8Array): void {
    this.#line.send(bytes);
  }

  unplug(): void {
    this.#line.unplug();
  }

  close(): Promise<void> {
    return this.#line.close();
  }

  hear(chunk: Buffer): void {
    if (this.#isSilent) return;
    this.#heard = Buffer.concat([this.#heard, chunk]);
    if (!this.#isAwake) {
      // the first bytes only start its clock
      const wake = this.#heard.indexOf('5555', 'hex');
      if (wake < 0) return;
      this.#isAwake = true;
      this.#heard = this.#heard.subarray(wake + 2);
    }
    for (let next = this.#nextFrame(); next; next = this.#nextFrame()) this.#obey(next);
  }

  /** @returns the body of the next whole command, or `nack` */
  #nextFrame(): Buffer | undefined {
    const start = this.#heard.indexOf('00ff', 'hex');
    if (start < 0) return undefined;
    const [size, check] = this.#heard.subarray(start + 2);
    if (size === undefined || check === undefined) return undefined;
    const isControl = size + check === 0xff;
    const end = start + 4 + (isControl ? 0 : size + 1);
    if (this.#heard.length < end) return undefined;
    const body = this.#heard.subarray(start + 4, end);
    this.#heard = this.#heard.subarray(end);
    if (isControl) return size === 0xff ? nack : this.#nextFrame();
    const isRight = ((size + check) & 0xff) === 0 && (body.reduce((sum, b) => sum + b, 0) & 0xff) === 0;
    return isRight && body[0] === 0xd4 ? body.subarray(1, -1) : this.#nextFrame();
  }

  #obey(command: Buffer): void {
    if (command === nack) {
      this.send(this.#lastAnswer);
      return;
    }
    const [code = 0] = command;
    this.commands.push(code);
    this.send(ack);
    const answer = this.#answerTo(code);
    this.#lastAnswer = answer;
    const accident = code === 0x4a ? this.#accident : undefined;
    if (accident) this.#accident = undefined;
    for (const piece of accident?.(answer) ?? [answer]) this.send(piece);
  }

  #answerTo(code: number): Buffer {
    if (code === 0x14 || code === 0x32) return pn532Answer([code + 1]);
    if (code !== 0x4a) return syntaxError;
    return pn532TargetAnswer(this.#uid);
  }
}

/** The answer to a search for cards. @param uid nothing lies there when not given */
export function pn532TargetAnswer(uid?: Uint8Array): Buffer {
  if (!uid) return pn532Answer([0x4b, 0]);
  return pn532Answer([0x4b, 1, 1, 0x00, 0x04, 0x08, uid.length, ...uid]);
}

/** @param body from the answer's code on */
export function pn532Answer(body: readonly number[]): Buffer {
  const size = body.length + 1;
  const sum = body.reduce((total, byte) => total + byte, 0xd5);
  return Buffer.from([0, 0, 0xff, size, (256 - size) & 0xff, 0xd5, ...body, (256 - (sum & 0xff)) & 0xff, 0]);
}
