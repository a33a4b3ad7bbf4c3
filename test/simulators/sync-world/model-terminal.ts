// One terminal of the world: its card, its courier (the shipped one), its line, and what befalls them.
import type { Ack, FactBatch } from '../../../sync/contract/facts.ts';
import type { Epoch, TenantId, TerminalId } from '../../../sync/contract/ids.ts';
import type { CourierLine } from '../../../sync/courier-part.ts';
import { FactCourier } from '../../../sync/fact-courier.ts';
import { OnlineWatch } from '../../../sync/online-watch.ts';
import { SyncError } from '../../../sync/sync-error.ts';
import type { Chance } from './chance.ts';
import type { EventQueue } from './event-queue.ts';
import type { History } from './history.ts';
import type { BrokerSession, ModelBroker } from './model-broker.ts';
import { type DiskImage, ModelOutbox, type OutboxFlaws } from './model-outbox.ts';

export const minute = 60_000;
export const hour = 60 * minute;
export const day = 24 * hour;
const second = 1_000;

const limits = { ackTimeoutMs: minute, factsPerBatch: 50, batchesInFlight: 4 };
const tickMs = minute;
/** headquarters says something every ten minutes */
const silenceMs = 35 * minute;

/** The power goes in the middle of a commit. */
class PowerCut extends Error {}
/** The disk is full or does not answer. */
class DiskFault extends Error {}

export interface TerminalFlaws extends OutboxFlaws {
  /** forgets on the broker's word */
  readonly trustsPuback?: boolean;
}

export interface TerminalSurroundings {
  readonly queue: EventQueue;
  readonly chance: Chance;
  readonly history: History;
  readonly broker: ModelBroker;
  readonly flaws: TerminalFlaws;
}

export class ModelTerminal implements CourierLine, BrokerSession {
  readonly name: TerminalId;
  /** tells machines apart that go by one name */
  readonly machine: number;
  readonly #world: TerminalSurroundings;
  #outbox: ModelOutbox;
  #courier: FactCourier | undefined;
  #watch = new OnlineWatch(silenceMs);
  #bootMs = 0;
  #boots = 0;
  #isTicking = false;
  #cutInCommits: number | undefined;
  #backOff = 0;
  /** the line to the broker is cut on this side */
  isIsolated = false;
  isHalfOpen = false;
  isDiskBad = false;

  constructor(machine: number, image: DiskImage, world: TerminalSurroundings) {
    this.name = image.terminal;
    this.machine = machine;
    this.#world = world;
    this.#outbox = this.#open(image);
    this.boot();
  }

  get isOn(): boolean {
    return this.#courier !== undefined;
  }

  get waiting(): number {
    return this.#outbox.waiting();
  }

  image(): DiskImage {
    return this.#outbox.image();
  }

  boot(): void {
    const { queue, chance } = this.#world;
    if (this.#courier) return;
    this.#boots += 1;
    this.#bootMs = queue.nowMs;
    this.#outbox = this.#open(this.#outbox.image());
    const courier = new FactCourier(
      { tenant: 't' as TenantId, outbox: this.#outbox, limits },
      this,
      () => {},
    );
    this.#courier = courier;
    this.#watch = new OnlineWatch(silenceMs);
    this.#connectLater(chance.between(second, minute));
  }

  /** Nothing befalls it any more. */
  mend(): void {
    this.#cutInCommits = undefined;
    this.isIsolated = false;
    this.isDiskBad = false;
    this.boot();
  }

  powerCut(): void {
    const { queue, chance } = this.#world;
    if (!this.#courier) return;
    this.#courier = undefined;
    this.isHalfOpen = false;
    this.#world.broker.leave(this);
    const boots = this.#boots;
    queue.after(chance.wait(20 * minute), () => boots === this.#boots && this.boot());
  }

  /** The power will go in one of the next commits, before or after the disk has it. */
  cutInCommit(): void {
    this.#cutInCommits = 1 + Math.floor(this.#world.chance.next() * 6);
  }

  /** Another card, or what is left of this one. */
  swapCard(image: DiskImage): void {
    const { history } = this.#world;
    const kept = new Set(image.facts.map(({ id }) => id));
    history.excuse(this.#outbox.held().filter(({ id }) => !kept.has(id)));
    this.powerCut();
    this.#outbox = this.#open(image);
  }

  /** The ring is smaller than what happens between two backups. */
  shrinkRing(): void {
    const held = [...this.#outbox.held()];
    this.#outbox.shrinkRing(20);
    const left = new Set(this.#outbox.held());
    this.#world.history.excuse(held.filter((fact) => !left.has(fact)));
  }

  /** A person does something. */
  accept(): void {
    const { history, chance } = this.#world;
    if (!this.#courier) return;
    const words = `words ${Math.floor(chance.next() * 1e9)}`;
    const id = history.write(this.machine, words);
    this.#guard(() => {
      this.#outbox.append({ id, body: words });
      history.confirm(id);
      this.#courier?.appended();
    });
    this.#tickLater();
  }

  heard(): void {
    if (!this.#courier || this.#watch.heard(this.monoMs()) !== 'online') return;
    this.#guard(() => this.#courier?.online());
  }

  take(ack: Ack): void {
    this.#guard(() => this.#courier?.takeAck(ack));
    this.heard();
    this.#tickLater();
  }

  disconnected(): void {
    if (!this.#courier) return;
    this.isHalfOpen = false;
    this.#watch.down();
    this.#guard(() => this.#courier?.down());
    this.#connectLater(this.#nextBackOffMs());
  }

  /** Makes room for minutes (CO13). */
  takenOver(): void {
    if (!this.#courier) return;
    this.isHalfOpen = false;
    this.#watch.down();
    this.#guard(() => this.#courier?.down());
    this.#connectLater(this.#world.chance.between(3 * minute, 15 * minute));
  }

  send(_topic: string, message: object): number {
    const { broker, flaws } = this.#world;
    const batch = message as FactBatch;
    const isTaken = broker.publishUp(this, batch);
    const last = batch.facts.at(-1);
    if (!flaws.trustsPuback || !isTaken || !last) return 0;
    const { epoch } = batch;
    const visible = { members: 0, events: 0, requests: 0 };
    const ack: Ack = { v: 1, epoch, applied: last.seq, safe: last.seq, last: null, renew: false, visible };
    this.#world.queue.after(0, () => this.take(ack));
    return 0;
  }

  refuse(): void {}

  storeFault(): void {}

  monoMs(): number {
    return this.#world.queue.nowMs - this.#bootMs;
  }

  #open(image: DiskImage): ModelOutbox {
    const { chance, flaws, history } = this.#world;
    return new ModelOutbox(image, {
      newEpoch: () => chance.hex(32) as Epoch,
      epochFact: () => {
        const body = `words ${Math.floor(chance.next() * 1e9)}`;
        return { id: history.write(this.machine, body), body };
      },
      commit: (isBefore) => this.#commit(isBefore),
      flaws,
    });
  }

  #commit(isBefore: boolean): void {
    if (isBefore && this.isDiskBad) throw new DiskFault();
    if (this.#cutInCommits === undefined) return;
    this.#cutInCommits -= 1;
    if (this.#cutInCommits > 0) return;
    this.#cutInCommits = undefined;
    throw new PowerCut();
  }

  #guard(work: () => void): void {
    try {
      work();
    } catch (error) {
      if (error instanceof PowerCut) this.powerCut();
      else if (!(error instanceof DiskFault) && !(error instanceof SyncError)) throw error;
    }
  }

  #connectLater(delayMs: number): void {
    const { queue, broker } = this.#world;
    const boots = this.#boots;
    queue.after(delayMs, () => {
      if (!this.#courier || boots !== this.#boots || broker.isConnected(this)) return;
      if (this.isIsolated || !broker.join(this)) {
        this.#connectLater(this.#nextBackOffMs());
        return;
      }
      this.#backOff = 0;
      this.#watch.up();
      this.#guard(() => this.#courier?.up());
      this.#tickLater();
    });
  }

  #nextBackOffMs(): number {
    this.#backOff = Math.min(this.#backOff + 1, 10);
    return this.#world.chance.next() * Math.min(10 * minute, second * 2 ** this.#backOff);
  }

  /** While nothing waits a tick decides nothing, so that none is needed. */
  #tickLater(): void {
    if (this.#isTicking || this.waiting === 0) return;
    this.#isTicking = true;
    const boots = this.#boots;
    this.#world.queue.after(tickMs, () => {
      this.#isTicking = false;
      this.#watch.tick(this.monoMs());
      if (boots === this.#boots) this.#guard(() => this.#courier?.tick());
      this.#tickLater();
    });
  }
}
