// Brings open orders to their terminals: at once when one is given or a terminal comes, and again until it is received.
import { encodeFrame } from '../contract/frame.ts';
import type { TerminalId } from '../contract/ids.ts';
import type { Orders } from './orders.ts';

export interface OrderSenderOptions {
  readonly orders: Orders;
  /** signs and publishes; never rejects */
  readonly send: (terminal: TerminalId, frame: Buffer) => Promise<boolean>;
  readonly everyMs: number;
  /** the store did not answer; tried again with the next round */
  readonly onFault: () => void;
}

/** Orders that one round sends: the rest goes with the next. */
const perRound = 500;

export class OrderSender {
  readonly #options: OrderSenderOptions;
  #timer: NodeJS.Timeout | undefined;
  #work: Promise<void> = Promise.resolve();

  constructor(options: OrderSenderOptions) {
    this.#options = options;
  }

  start(): void {
    this.#timer = setInterval(() => this.kick(), this.#options.everyMs);
  }

  /** Something may be due: an order was given. */
  kick(): void {
    this.#queue(async () => {
      await this.#options.orders.expire();
      await this.#send();
    });
  }

  /** A terminal says that it is there. */
  terminalCame(terminal: TerminalId): void {
    this.#queue(() => this.#send(terminal));
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

  async #send(cameNow?: TerminalId): Promise<void> {
    const { orders, send } = this.#options;
    for (const order of await orders.takeDue(perRound, cameNow)) {
      // one that is lost on the way is sent again
      void send(order.terminal, encodeFrame(order));
    }
  }
}
