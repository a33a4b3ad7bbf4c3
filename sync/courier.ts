// Carries facts to headquarters and its datasets back, by itself, for as long as it is open. Each conversation is a part.
import type { DatasetName } from './contract/datasets.ts';
import type { Ack, Presence } from './contract/facts.ts';
import { encodeFrame } from './contract/frame.ts';
import type { TenantId, TerminalId } from './contract/ids.ts';
import { openSignedFrame, type VerifyingKey } from './contract/signed-frame.ts';
import { topics } from './contract/topics.ts';
import type { CourierLine, CourierPart, OpenPart } from './courier-part.ts';
import { DatasetCourier } from './dataset-courier.ts';
import { FactCourier, type FactCourierLimits } from './fact-courier.ts';
import type { Link, LinkAddress, LinkAdviceCode, LinkDownCode, OpenLink } from './link.ts';
import { openMqttLink } from './mqtt-link.ts';
import { type LinkState, OnlineWatch } from './online-watch.ts';
import type { Outbox } from './outbox.ts';
import type { Replica } from './replica.ts';
import { SyncError, type SyncErrorCode } from './sync-error.ts';
import type { TerminalClock } from './terminal-clock.ts';

export interface CourierOptions {
  readonly tenant: TenantId;
  readonly terminal: TerminalId;
  readonly outbox: Outbox;
  readonly replica: Replica;
  readonly link: LinkAddress;
  /** what headquarters signs with */
  readonly headquartersKey: VerifyingKey;
  readonly limits: CourierLimits;
  /** of the program, for the presence message */
  readonly version: string;
  readonly clock: TerminalClock;
  /** conversations beside facts and datasets */
  readonly parts?: readonly OpenPart[];
  /** where the broker goes by the name of a certificate; tenant and terminal unless given */
  readonly clientId?: string;
  /** who comes, for the presence message: of the board, and of the certificate that the line was opened with */
  readonly birth?: () => Pick<Presence, 'serial' | 'certificate'>;
  /** the MQTT link unless given */
  readonly openLink?: OpenLink;
}

export interface CourierLimits extends FactCourierLimits {
  /** headquarters repeats the manifest every 10 s; after this silence we call ourselves offline; 35,000 unless given */
  readonly silenceMs?: number;
}

export interface CourierEvents {
  /** headquarters answers, or does not */
  readonly onLink: (state: LinkState) => void;
  /** after the outbox was settled; `visible` tells when headquarters' effects stand in the datasets */
  readonly onAck: (ack: Ack) => void;
  /** a dataset changed */
  readonly onDataset: (dataset: DatasetName) => void;
  /** headquarters told its time, ISO 8601, just now */
  readonly onTime?: (at: string) => void;
  /** something from the network that was not taken; nothing changed. @param topic undefined when it was on none of ours */
  readonly onRefused: (code: SyncErrorCode, topic?: string) => void;
  /** the store failed while a message was taken or facts were read; tried again by itself */
  readonly onStoreFault: (cause: unknown) => void;
  /** why the broker is not reachable; once for each attempt */
  readonly onLinkDown?: (code: LinkDownCode) => void;
  /** what the broker said about our messages; a hint for people */
  readonly onLinkAdvice?: (code: LinkAdviceCode) => void;
}

export interface Courier {
  /** Says that facts were appended; cheap, the work is done in a later turn. */
  kick(): void;
  /** Sends all facts that the outbox still has once more, for a headquarters that lost some. */
  sendAgain(): void;
  /** headquarters was heard lately, not only the broker */
  readonly isOnline: boolean;
  /** frames from the network that were not taken, since opening */
  readonly refused: number;
  /** Says goodbye and ends; facts stay in the outbox. May be called again. */
  close(): Promise<void>;
}

const tickMs = 1_000;
const farewellMs = 500;
/** how often it is told how much waits, for as long as something does */
const beatMs = 60_000;
/** A line that is back within this was never gone for anybody else; only MQTT 5 brokers wait. */
const willDelayMs = 5_000;

export function openCourier(options: CourierOptions, events: CourierEvents): Courier {
  const courier = new LinkCourier(options, events);
  courier.open();
  return courier;
}

class LinkCourier implements Courier, CourierLine {
  readonly #options: CourierOptions;
  readonly #events: CourierEvents;
  readonly #facts: FactCourier;
  readonly #parts: readonly CourierPart[];
  readonly #partOf = new Map<string, CourierPart>();
  readonly #watch: OnlineWatch;
  readonly #presenceTopic: string;
  #link: Link | undefined;
  #ticker: NodeJS.Timeout | undefined;
  #kicked: NodeJS.Immediate | undefined;
  #isUp = false;
  #refused = 0;
  #takenOver = 0;
  #toldMs = 0;
  #toldWaiting = false;

  constructor(options: CourierOptions, events: CourierEvents) {
    const { tenant, terminal, limits, parts = [] } = options;
    this.#options = options;
    this.#events = events;
    this.#presenceTopic = topics.presence(tenant, terminal);
    this.#watch = new OnlineWatch(limits.silenceMs ?? 35_000);
    this.#facts = new FactCourier(options, this, events.onAck);
    this.#parts = [
      this.#facts,
      new DatasetCourier(
        { ...options, patienceMs: limits.ackTimeoutMs, onTime: events.onTime },
        this,
        events.onDataset,
      ),
      ...parts.map((open) => open(this)),
    ];
    for (const part of this.#parts) for (const topic of part.topics) this.#partOf.set(topic, part);
  }

  open(): void {
    const { tenant, terminal, link, limits, openLink = openMqttLink } = this.#options;
    const { clientId = `${tenant}-${terminal}` } = this.#options;
    this.#link = openLink(
      {
        ...link,
        clientId,
        subscriptions: [...this.#partOf.keys()],
        will: {
          topic: this.#presenceTopic,
          payload: encodeFrame(this.#presence(false, null)),
          delayMs: willDelayMs,
        },
      },
      {
        onUp: () => this.#up(),
        onDown: (code) => {
          this.#down();
          if (code === 'sync-link-taken-over') this.#takenOver += 1;
          this.#events.onLinkDown?.(code);
        },
        onAdvice: (code) => this.#events.onLinkAdvice?.(code),
        onMessage: (topic, payload, isRetained) =>
          this.#guardStore(() => this.#receive(topic, payload, isRetained)),
      },
    );
    this.#ticker = setInterval(() => this.#tick(), Math.min(tickMs, limits.ackTimeoutMs / 2));
  }

  get isOnline(): boolean {
    return this.#watch.isOnline;
  }

  get refused(): number {
    return this.#refused;
  }

  kick(): void {
    if (!this.#link) return;
    this.#kicked ??= setImmediate(() => {
      this.#kicked = undefined;
      this.#guardStore(() => this.#facts.appended());
    });
  }

  sendAgain(): void {
    this.#guardStore(() => this.#facts.sendAgain());
  }

  async close(): Promise<void> {
    const link = this.#link;
    this.#link = undefined;
    clearInterval(this.#ticker);
    clearImmediate(this.#kicked);
    if (!link) return;
    if (link.isUp) {
      const farewell = encodeFrame(this.#presence(false, this.#now()));
      let timer: NodeJS.Timeout | undefined;
      const patience = new Promise((resolve) => {
        timer = setTimeout(resolve, farewellMs);
      });
      await Promise.race([link.publish(this.#presenceTopic, farewell, { isRetained: true }), patience]);
      clearTimeout(timer);
    }
    await link.close();
  }

  send(topic: string, message: object, options: { readonly isRetained?: boolean } = {}): number {
    const frame = encodeFrame(message);
    // the broker's word proves nothing, so nobody waits for it
    void this.#link?.publish(topic, frame, options);
    return frame.length;
  }

  refuse(code: SyncErrorCode, topic?: string): void {
    this.#refused += 1;
    this.#events.onRefused(code, topic);
  }

  storeFault(cause: unknown): void {
    this.#events.onStoreFault(cause);
  }

  monoMs(): number {
    return this.#options.clock.monoMs();
  }

  #up(): void {
    this.#isUp = true;
    this.#watch.up();
    this.#tellPresence();
    this.#toldMs = this.monoMs();
    this.#each((part) => part.up?.());
  }

  /** Attempts that fail say so too; a part hears only of the end of a connection. */
  #down(): void {
    if (!this.#isUp) return;
    this.#isUp = false;
    this.#tellLink(this.#watch.down());
    this.#each((part) => part.down?.());
  }

  #tick(): void {
    this.#tellLink(this.#watch.tick(this.monoMs()));
    this.#beat();
    this.#each((part) => part.tick?.());
  }

  /** While something waits headquarters is told how much, and since when; also once when nothing does any more. */
  #beat(): void {
    const nowMs = this.monoMs();
    if (!this.#isUp || nowMs - this.#toldMs < beatMs) return;
    const hasWaiting = this.#options.outbox.waiting() > 0;
    if (hasWaiting || this.#toldWaiting) this.#tellPresence();
    this.#toldMs = nowMs;
    this.#toldWaiting = hasWaiting;
  }

  #tellPresence(): void {
    this.#guardStore(() =>
      this.send(this.#presenceTopic, this.#presence(true, this.#now()), { isRetained: true }),
    );
  }

  #receive(topic: string, payload: Uint8Array, isRetained: boolean): void {
    if (!this.#link) return;
    try {
      const part = this.#partOf.get(topic);
      if (!part) throw new SyncError('sync-frame-shape', 'a frame came on a topic that nobody asked for');
      part.receive(topic, openSignedFrame(topic, payload, this.#options.headquartersKey), isRetained);
    } catch (error) {
      // a store that fails is no fault of the frame
      if (!(error instanceof SyncError) || error.code.startsWith('sync-store-')) throw error;
      this.refuse(error.code, topic);
      return;
    }
    // CO5: what the broker had kept says nothing about who is there now
    if (isRetained) return;
    const state = this.#watch.heard(this.monoMs());
    this.#tellLink(state);
    // who hears us knows of it by now
    this.#takenOver = 0;
    if (state === 'online') this.#each((part) => part.online?.());
  }

  #each(work: (part: CourierPart) => void): void {
    for (const part of this.#parts) this.#guardStore(() => work(part));
  }

  /** A full disk passes: what was not taken is sent or asked for again, and the rest goes on. */
  #guardStore(work: () => void): void {
    try {
      work();
    } catch (cause) {
      this.storeFault(cause);
    }
  }

  #tellLink(state: LinkState | undefined): void {
    if (state) this.#events.onLink(state);
  }

  #presence(online: boolean, at: string | null): Presence {
    const { version, outbox, birth, clock } = this.#options;
    // a last will is no birth: it is written long before
    const who = online && birth ? { ...birth(), boot: clock.boot } : {};
    const waiting = outbox.waiting();
    const oldest = online && waiting > 0 ? { oldest: outbox.oldestWaitingAt() } : {};
    const takenOver = online && this.#takenOver > 0 ? { takenOver: this.#takenOver } : {};
    return { v: 1, online, version, at, waiting, ...oldest, ...takenOver, ...who };
  }

  #now(): string {
    return this.#options.clock.now().toISOString();
  }
}
