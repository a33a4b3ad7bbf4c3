// Headquarters of the world: one intake behind one line, that crashes, crawls, and is restored from last night's backup.
import type { FactBatch } from '../../../sync/contract/facts.ts';
import type { Chance } from './chance.ts';
import type { EventQueue } from './event-queue.ts';
import type { History } from './history.ts';
import type { ModelBroker } from './model-broker.ts';
import { ModelIntake } from './model-intake.ts';

/** What it says to all, so that terminals know that it is there. */
const heartbeatMs = 600_000;
/** As many batches as a link's buffers hold; what comes on top is sent again. */
const maxWaitingBatches = 2_000;

export class ModelHeadquarters {
  readonly intake = new ModelIntake();
  readonly #queue: EventQueue;
  readonly #chance: Chance;
  readonly #history: History;
  readonly #broker: ModelBroker;
  #waiting: FactBatch[] = [];
  #isBusy = false;
  #life = 0;
  #isUp = true;
  /** of one batch */
  commitMs = 20;
  /** 0 … 1 a batch: dies before the commit, or after it and before the ack */
  crashes = 0;
  /** batches that came, and the most that waited at once */
  received = 0;
  mostWaiting = 0;
  /** lengths of the log, oldest first */
  readonly #backups = [0];

  constructor(world: { queue: EventQueue; chance: Chance; history: History; broker: ModelBroker }) {
    this.#queue = world.queue;
    this.#chance = world.chance;
    this.#history = world.history;
    this.#broker = world.broker;
    world.broker.onBatch = (batch) => this.#receive(batch);
    this.#beat();
  }

  get isIdle(): boolean {
    return this.#waiting.length === 0 && !this.#isBusy;
  }

  kill(): void {
    this.#isUp = false;
    this.#life += 1;
    this.#waiting = [];
    this.#isBusy = false;
  }

  start(): void {
    this.#isUp = true;
  }

  /** The backup is verified and elsewhere: `safe` may rise. */
  backUp(): void {
    if (!this.#isUp) return;
    const backup = this.intake.backup();
    this.#backups.push(backup);
    this.intake.markSafe(backup);
  }

  /** @param nights 1 = last night's; an older one loses what was called safe since */
  restore(nights: number): void {
    this.kill();
    const backups = this.#backups;
    const newest = backups.at(-1) ?? 0;
    while (nights > 1 && backups.length > 1) {
      backups.pop();
      nights -= 1;
    }
    const backup = backups.at(-1) ?? 0;
    const applied = this.intake.applied().length;
    const gone = this.intake.restore(backup);
    if (backup < newest) this.#history.excuse(gone);
    if (gone.length > applied) throw new Error('more is gone than there was');
  }

  #receive(batch: FactBatch): void {
    if (!this.#isUp || this.#waiting.length >= maxWaitingBatches) return;
    this.#waiting.push(batch);
    this.received += 1;
    this.mostWaiting = Math.max(this.mostWaiting, this.#waiting.length);
    if (!this.#isBusy) this.#work();
  }

  #work(): void {
    const batch = this.#waiting.shift();
    if (!batch) return;
    this.#isBusy = true;
    const life = this.#life;
    this.#queue.after(this.commitMs, () => {
      if (life !== this.#life) return;
      this.#isBusy = false;
      const dies = this.#chance.happens(this.crashes);
      if (dies && this.#chance.happens(0.5)) return this.#crash();
      const ack = this.intake.receive(batch);
      if (dies) return this.#crash();
      this.#broker.publishDown(batch.terminal, ack);
      this.#work();
    });
  }

  #crash(): void {
    this.kill();
    this.#queue.after(this.#chance.wait(60_000), () => this.start());
  }

  #beat(): void {
    this.#queue.after(heartbeatMs, () => {
      if (this.#isUp && this.#broker.isUp) for (const terminal of this.#broker.connected()) terminal.heard();
      this.#beat();
    });
  }
}
