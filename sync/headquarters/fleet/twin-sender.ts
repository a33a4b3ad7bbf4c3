// Brings each terminal its twin: at once when it changed or the terminal comes, and again until the terminal says it has it.
import { encodeFrame } from '../../contract/frame.ts';
import type { TerminalId } from '../../contract/ids.ts';
import type { Desired } from '../../contract/twin.ts';
import type { DueTwins } from './due-twins.ts';

export interface TwinSenderOptions {
  readonly due: DueTwins;
  /** signs and publishes; never rejects */
  readonly send: (terminal: TerminalId, frame: Buffer) => Promise<boolean>;
  readonly everyMs: number;
  /** the store did not answer; tried again with the next round */
  readonly onFault: () => void;
}

/** Twins that one round sends: the rest goes with the next, which follows at once. */
const perRound = 250;

export class TwinSender {
  readonly #options: TwinSenderOptions;
  #timer: NodeJS.Timeout | undefined;
  #work: Promise<void> = Promise.resolve();

  constructor(options: TwinSenderOptions) {
    this.#options = options;
  }

  start(): void {
    this.#timer = setInterval(() => this.kick(), this.#options.everyMs);
  }

  /** Something may be due: a layer was written, a ring began. */
  kick(): void {
    this.#queue(async () => {
      while ((await this.#send()) === perRound);
    });
  }

  /** A terminal says that it is there. */
  terminalCame(terminal: TerminalId): void {
    this.#queue(async () => {
      await this.#send(terminal);
    });
  }

  /** @returns when nothing is under way any more */
  async stop(): Promise<void> {
    clearInterval(this.#timer);
    await this.#work;
  }

  /** One round after the other: none takes what another is sending. */
  #queue(round: () => Promise<void>): void {
    this.#work = this.#work.then(round).catch(() => this.#options.onFault());
  }

  async #send(cameNow?: TerminalId): Promise<number> {
    const { due, send } = this.#options;
    const twins = await due.take(perRound, cameNow);
    for (const { device, body, ...twin } of twins) {
      const desired: Desired = { v: 1, ...twin, values: JSON.parse(body) as Desired['values'] };
      // one that is lost on the way is sent again
      void send(device, encodeFrame(desired));
    }
    return twins.length;
  }
}
