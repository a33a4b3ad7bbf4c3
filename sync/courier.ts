// Carries facts to headquarters and its datasets back, by itself, for as long as it is open.
import type * as v from 'valibot';
import {
  type DatasetAsk,
  type DatasetName,
  type DatasetPart,
  datasetPartSchema,
  type Manifest,
  manifestSchema,
} from './contract/datasets.ts';
import { type Ack, ackSchema, type FactBatch, type Presence } from './contract/facts.ts';
import { decodeFrame, encodeFrame } from './contract/frame.ts';
import type { TenantId, TerminalId } from './contract/ids.ts';
import { topics } from './contract/topics.ts';
import { CourierCore, type CourierInput, type CourierLimits, type CourierOutput } from './courier-core.ts';
import type { Link, LinkAddress, LinkAdviceCode, LinkDownCode, OpenLink } from './link.ts';
import { openMqttLink } from './mqtt-link.ts';
import type { Outbox, OutboxClock } from './outbox.ts';
import type { Replica } from './replica.ts';
import { SyncError, type SyncErrorCode } from './sync-error.ts';

export interface CourierOptions {
  readonly tenant: TenantId;
  readonly terminal: TerminalId;
  readonly outbox: Outbox;
  readonly replica: Replica;
  readonly link: LinkAddress;
  /** `silenceMs` 35,000 unless given */
  readonly limits: Omit<CourierLimits, 'silenceMs'> & { readonly silenceMs?: number };
  /** of the program, for the presence message */
  readonly version: string;
  readonly clock: OutboxClock;
  /** the MQTT link unless given */
  readonly openLink?: OpenLink;
}

export interface CourierEvents {
  /** headquarters answers, or does not */
  readonly onLink: (state: 'online' | 'offline') => void;
  /** after the outbox was settled; `visible` tells when headquarters' effects stand in the datasets */
  readonly onAck: (ack: Ack) => void;
  /** a dataset changed */
  readonly onDataset: (dataset: DatasetName) => void;
  /** something from the network that was not taken; nothing changed */
  readonly onRefused: (code: SyncErrorCode) => void;
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
  /** headquarters was heard lately, not only the broker */
  readonly isOnline: boolean;
  /** frames from the network that were not taken, since opening */
  readonly refused: number;
  /** Says goodbye and ends; facts stay in the outbox. May be called again. */
  close(): Promise<void>;
}

/** What a batch says besides its facts fits in the rest of the 60 KB that a batch may have before packing. */
const batchBytes = 60 * 1024 - 512;
const tickMs = 1_000;
const farewellMs = 500;
/** A line that is back within this was never gone for anybody else; only MQTT 5 brokers wait. */
const willDelayMs = 5_000;

export function openCourier(options: CourierOptions, events: CourierEvents): Courier {
  const courier = new LinkCourier(options, events);
  courier.open();
  return courier;
}

class LinkCourier implements Courier {
  readonly #options: CourierOptions;
  readonly #events: CourierEvents;
  readonly #core: CourierCore;
  readonly #topic: {
    readonly [name in 'facts' | 'ask' | 'presence' | 'ack' | 'dataset' | 'manifest']: string;
  };
  #link: Link | undefined;
  #ticker: NodeJS.Timeout | undefined;
  #kicked: NodeJS.Immediate | undefined;
  #manifest: Manifest | undefined;
  #refused = 0;

  constructor(options: CourierOptions, events: CourierEvents) {
    const { tenant, terminal, outbox, replica, limits } = options;
    this.#options = options;
    this.#events = events;
    this.#core = new CourierCore(
      { silenceMs: 35_000, ...limits },
      {
        lastSeq: outbox.lastSeq,
        applied: outbox.appliedSeq,
        have: replica.versions(),
        floor: () => outbox.safeSeq,
      },
    );
    this.#topic = {
      facts: topics.facts(tenant, terminal),
      ask: topics.ask(tenant, terminal),
      presence: topics.presence(tenant, terminal),
      ack: topics.ack(tenant, terminal),
      dataset: topics.dataset(tenant, terminal),
      manifest: topics.manifest(tenant),
    };
  }

  open(): void {
    const { tenant, terminal, link, limits, openLink = openMqttLink } = this.#options;
    this.#link = openLink(
      {
        ...link,
        clientId: `${tenant}-${terminal}`,
        subscriptions: [this.#topic.ack, this.#topic.dataset, this.#topic.manifest],
        will: {
          topic: this.#topic.presence,
          payload: encodeFrame(this.#presence(false, null)),
          delayMs: willDelayMs,
        },
      },
      {
        onUp: () => this.#guardStore(() => this.#feed({ kind: 'up' })),
        onDown: (code) => {
          this.#feed({ kind: 'down' });
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
    return this.#core.isOnline;
  }

  get refused(): number {
    return this.#refused;
  }

  kick(): void {
    if (!this.#link) return;
    this.#kicked ??= setImmediate(() => {
      this.#kicked = undefined;
      this.#guardStore(() => this.#feed({ kind: 'appended', lastSeq: this.#options.outbox.lastSeq }));
    });
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
      await Promise.race([link.publish(this.#topic.presence, farewell, { isRetained: true }), patience]);
      clearTimeout(timer);
    }
    await link.close();
  }

  #tick(): void {
    this.#guardStore(() => {
      this.#feed({ kind: 'tick' });
      this.#options.replica.sweep();
    });
  }

  /** A full disk passes: what was not taken is sent or asked for again, and the rest goes on. */
  #guardStore(work: () => void): void {
    try {
      work();
    } catch (cause) {
      this.#events.onStoreFault(cause);
    }
  }

  #feed(input: CourierInput): void {
    const nowMs = this.#options.clock.monoMs();
    const inputs = [input];
    for (let next = inputs.shift(); next; next = inputs.shift()) {
      for (const output of this.#core.step(next, nowMs)) {
        const answer = this.#obey(output);
        if (answer) inputs.push(answer);
      }
    }
  }

  #obey(output: CourierOutput): CourierInput | undefined {
    switch (output.kind) {
      case 'send-batch':
        return this.#sendBatch(output.after);
      case 'ask':
        this.#send(this.#topic.ask, { v: 1, have: output.have } satisfies DatasetAsk);
        return undefined;
      case 'say-present':
        this.#send(this.#topic.presence, this.#presence(true, this.#now()), true);
        return undefined;
      case 'link':
        this.#events.onLink(output.state);
        return undefined;
    }
  }

  #sendBatch(after: number): CourierInput | undefined {
    const { outbox, limits } = this.#options;
    const facts = outbox.read(after, limits.factsPerBatch, batchBytes);
    const last = facts.at(-1);
    if (!last) return undefined;
    this.#send(this.#topic.facts, {
      v: 1,
      terminal: outbox.terminal,
      epoch: outbox.epoch,
      facts: [...facts],
    } satisfies FactBatch);
    return { kind: 'sent', after, upTo: last.seq };
  }

  #send(topic: string, message: object, isRetained = false): void {
    // the broker's word proves nothing, so nobody waits for it
    void this.#link?.publish(topic, encodeFrame(message), { isRetained });
  }

  #receive(topic: string, payload: Uint8Array, isRetained: boolean): void {
    if (!this.#link) return;
    if (topic === this.#topic.ack) {
      this.#withFrame(ackSchema, payload, (ack) => this.#takeAck(ack, isRetained));
    } else if (topic === this.#topic.manifest) {
      this.#withFrame(manifestSchema, payload, (manifest) => this.#takeManifest(manifest, isRetained));
    } else if (topic === this.#topic.dataset) {
      this.#withFrame(datasetPartSchema, payload, (part) => this.#takePart(part, isRetained));
    } else {
      this.#refuse('sync-frame-shape');
    }
  }

  #withFrame<const S extends v.GenericSchema>(
    schema: S,
    payload: Uint8Array,
    take: (message: v.InferOutput<S>) => void,
  ): void {
    let message: v.InferOutput<S>;
    try {
      message = decodeFrame(schema, payload);
    } catch (error) {
      if (!(error instanceof SyncError)) throw error;
      this.#refuse(error.code);
      return;
    }
    take(message);
  }

  #takeAck(ack: Ack, isRetained: boolean): void {
    if (this.#options.outbox.settle(ack) === 'foreign') {
      this.#refuse('sync-ack-foreign');
      return;
    }
    this.#feed({ kind: 'acked', applied: ack.applied });
    this.#noteHeard(isRetained);
    this.#events.onAck(ack);
  }

  #takeManifest(manifest: Manifest, isRetained: boolean): void {
    this.#manifest = manifest;
    this.#options.replica.confirm(manifest);
    this.#noteHeard(isRetained);
    this.#feed({ kind: 'manifest', versions: manifest.versions });
  }

  #takePart(part: DatasetPart, isRetained: boolean): void {
    const { replica } = this.#options;
    const outcome = replica.take(part);
    this.#noteHeard(isRetained);
    const isRefused = outcome === 'mismatch' || outcome === 'bad-row';
    this.#feed({
      kind: 'part',
      dataset: part.dataset,
      outcome: isRefused ? 'refused' : outcome === 'ignored' ? 'ignored' : 'progress',
      versions: replica.versions(),
    });
    if (isRefused) this.#refuse(outcome === 'mismatch' ? 'sync-dataset-mismatch' : 'sync-dataset-row');
    if (outcome !== 'applied') return;
    if (this.#manifest) replica.confirm(this.#manifest);
    this.#events.onDataset(part.dataset);
  }

  /** What the broker had kept says nothing about who is there now. */
  #noteHeard(isRetained: boolean): void {
    if (!isRetained) this.#feed({ kind: 'heard' });
  }

  #refuse(code: SyncErrorCode): void {
    this.#refused += 1;
    this.#events.onRefused(code);
  }

  #presence(online: boolean, at: string | null): Presence {
    return { v: 1, online, version: this.#options.version, at, waiting: this.#options.outbox.waiting() };
  }

  #now(): string {
    return this.#options.clock.now().toISOString();
  }
}
