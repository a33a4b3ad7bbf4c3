// A broker that forgets, doubles, delays, reorders and is wiped, and a hostile hand that replays what it once saw.
import type { Ack, FactBatch } from '../../../sync/contract/facts.ts';
import type { TerminalId } from '../../../sync/contract/ids.ts';
import type { Chance } from './chance.ts';
import type { EventQueue } from './event-queue.ts';

/** A terminal's end of its connection. */
export interface BrokerSession {
  readonly name: TerminalId;
  /** believes to be connected, but nothing arrives */
  readonly isHalfOpen: boolean;
  take(ack: Ack): void;
  /** headquarters said something to all */
  heard(): void;
  disconnected(): void;
  /** another machine came under this name */
  takenOver(): void;
}

/** How bad the broker is just now; all 0 … 1. */
export interface BrokerWeather {
  readonly loses: number;
  readonly doubles: number;
  /** overtakes what was published before it */
  readonly reorders: number;
  /** comes hours late */
  readonly delays: number;
  /** something from long ago comes again, instead of nothing */
  readonly replays: number;
}

export const fairWeather: BrokerWeather = { loses: 0, doubles: 0, reorders: 0, delays: 0, replays: 0 };
export const maxDelayMs = 3 * 3_600_000;
/** How many messages the hostile hand remembers. */
const remembered = 200;

export class ModelBroker {
  readonly #queue: EventQueue;
  readonly #chance: Chance;
  readonly #sessions = new Map<TerminalId, BrokerSession>();
  readonly #laneMs = new Map<string, number>();
  readonly #seen: (() => void)[] = [];
  /** rises when the broker is killed; what is on its way through it is gone or not */
  #life = 0;
  #isUp = true;
  weather = fairWeather;
  /** headquarters' end of the line */
  onBatch: (batch: FactBatch) => void = () => {};

  constructor(queue: EventQueue, chance: Chance) {
    this.#queue = queue;
    this.#chance = chance;
  }

  get isUp(): boolean {
    return this.#isUp;
  }

  /** @returns false when the broker is not there */
  join(terminal: BrokerSession): boolean {
    if (!this.#isUp) return false;
    const other = this.#sessions.get(terminal.name);
    this.#sessions.set(terminal.name, terminal);
    if (other && other !== terminal) other.takenOver();
    return true;
  }

  leave(terminal: BrokerSession): void {
    if (this.isConnected(terminal)) this.#sessions.delete(terminal.name);
  }

  isConnected(terminal: BrokerSession): boolean {
    return this.#sessions.get(terminal.name) === terminal;
  }

  connected(): BrokerSession[] {
    return [...this.#sessions.values()].filter(({ isHalfOpen }) => !isHalfOpen);
  }

  /** The connection ends and the terminal notices. */
  drop(terminal: BrokerSession): void {
    if (!this.isConnected(terminal)) return;
    this.#sessions.delete(terminal.name);
    terminal.disconnected();
  }

  kill(isWiped: boolean): void {
    this.#isUp = false;
    if (isWiped) this.#life += 1;
    for (const terminal of [...this.#sessions.values()]) this.drop(terminal);
  }

  start(): void {
    this.#isUp = true;
  }

  /** @returns true when the broker took it, which proves nothing */
  publishUp(terminal: BrokerSession, batch: FactBatch): boolean {
    if (!this.#isUp || terminal.isHalfOpen || !this.isConnected(terminal)) return false;
    this.#carry(`up ${terminal.name}`, () => this.onBatch(batch));
    return true;
  }

  publishDown(name: TerminalId, ack: Ack): void {
    if (!this.#isUp) return;
    this.#carry(`down ${name}`, () => {
      const terminal = this.#sessions.get(name);
      if (terminal && !terminal.isHalfOpen) terminal.take(ack);
    });
  }

  #carry(lane: string, deliver: () => void): void {
    const { loses, doubles, reorders, delays, replays } = this.weather;
    const chance = this.#chance;
    if (this.#seen.length < remembered) this.#seen.push(deliver);
    else this.#seen[Math.floor(chance.next() * remembered)] = deliver;
    if (chance.happens(replays)) this.#later(chance.between(0, maxDelayMs), chance.pick(this.#seen));
    if (chance.happens(loses)) return;
    if (chance.happens(doubles)) this.#later(chance.between(0, maxDelayMs), deliver);
    if (chance.happens(delays)) {
      this.#later(chance.between(0, maxDelayMs), deliver);
      return;
    }
    const soonMs = this.#queue.nowMs + chance.between(5, 200);
    if (chance.happens(reorders)) {
      this.#later(soonMs - this.#queue.nowMs + chance.between(0, 10_000), deliver);
      return;
    }
    // in order within a lane, as MQTT promises
    const atMs = Math.max(soonMs, this.#laneMs.get(lane) ?? 0);
    this.#laneMs.set(lane, atMs);
    this.#later(atMs - this.#queue.nowMs, deliver);
  }

  #later(delayMs: number, deliver: (() => void) | undefined): void {
    const life = this.#life;
    this.#queue.after(delayMs, () => {
      if (deliver && this.#isUp && life === this.#life) deliver();
    });
  }
}
