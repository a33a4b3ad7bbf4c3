// Brings headquarters' datasets into the replica: does with line and disk what `DatasetAsks` decides.
import {
  type DatasetAsk,
  type DatasetName,
  datasetChangeSchema,
  type Manifest,
  manifestSchema,
} from './contract/datasets.ts';
import { decodeFrame } from './contract/frame.ts';
import type { TenantId, TerminalId } from './contract/ids.ts';
import { topics } from './contract/topics.ts';
import type { CourierLine, CourierPart } from './courier-part.ts';
import { DatasetAsks, type DatasetAsksInput, type DatasetWish } from './dataset-asks.ts';
import type { Replica } from './replica.ts';
import { SyncError } from './sync-error.ts';

export interface DatasetCourierOptions {
  readonly tenant: TenantId;
  readonly terminal: TerminalId;
  readonly replica: Replica;
  /** before a dataset that does not come is asked for again */
  readonly patienceMs: number;
  /** headquarters' clock was heard just now */
  readonly onTime?: ((at: string) => void) | undefined;
}

export class DatasetCourier implements CourierPart {
  readonly topics: readonly string[];
  readonly #topic: { readonly [name in 'manifest' | 'ask' | 'chunk']: string };
  readonly #replica: Replica;
  readonly #line: CourierLine;
  readonly #onDataset: (dataset: DatasetName) => void;
  readonly #onTime: ((at: string) => void) | undefined;
  readonly #asks: DatasetAsks;
  #manifest: Manifest | undefined;
  #working: NodeJS.Immediate | undefined;

  /** @param onDataset a dataset changed */
  constructor(
    { tenant, terminal, replica, patienceMs, onTime }: DatasetCourierOptions,
    line: CourierLine,
    onDataset: (dataset: DatasetName) => void,
  ) {
    this.#topic = {
      manifest: topics.manifest(tenant),
      ask: topics.ask(tenant, terminal),
      chunk: topics.chunk(tenant, terminal),
    };
    this.topics = [topics.dataset(tenant, terminal), this.#topic.chunk, this.#topic.manifest];
    this.#replica = replica;
    this.#line = line;
    this.#onDataset = onDataset;
    this.#onTime = onTime;
    this.#asks = new DatasetAsks(patienceMs, replica);
  }

  receive(topic: string, frame: Uint8Array, isRetained: boolean): void {
    if (topic === this.#topic.manifest) this.#takeManifest(decodeFrame(manifestSchema, frame), isRetained);
    else if (topic === this.#topic.chunk) this.#takeChunk(frame);
    else this.#takeChange(frame);
  }

  up(): void {
    this.#feed({ kind: 'up' });
  }

  down(): void {
    this.#feed({ kind: 'down' });
  }

  tick(): void {
    this.#replica.audit();
    this.#workSoon();
    this.#feed({ kind: 'tick' });
  }

  #feed(input: DatasetAsksInput): void {
    for (const wish of this.#asks.step(input, this.#line.monoMs())) this.#say(wish);
  }

  #say(wish: DatasetWish): void {
    if (wish.kind !== 'repair') {
      this.#line.send(this.#topic.ask, wish);
      return;
    }
    const { dataset } = wish;
    const hashes = this.#replica.hashes(dataset);
    if (hashes === undefined) return;
    const { version } = this.#replica.head(dataset);
    this.#line.send(this.#topic.ask, { v: 1, kind: 'repair', dataset, version, hashes } satisfies DatasetAsk);
  }

  #takeManifest(manifest: Manifest, isRetained: boolean): void {
    if (this.#asks.isStale(manifest)) return;
    // a replayed one would set the clock back by which orders expire
    if (!isRetained) this.#onTime?.(manifest.at);
    this.#manifest = manifest;
    this.#replica.confirm(manifest);
    this.#feed({ kind: 'manifest', manifest });
  }

  #takeChange(frame: Uint8Array): void {
    const change = decodeFrame(datasetChangeSchema, frame);
    if (this.#replica.take(change) === 'ignored') return;
    this.#feed({ kind: 'change', dataset: change.dataset, isRefused: false });
    this.#workSoon();
  }

  #takeChunk(chunk: Uint8Array): void {
    // one that was asked for twice is no fault
    if (this.#replica.takeChunk(chunk) === 'unwanted') return;
    this.#feed({ kind: 'chunk' });
    this.#workSoon();
  }

  /** One slice a turn, so that a swipe comes between. */
  #workSoon(): void {
    this.#working ??= setImmediate(() => {
      this.#working = undefined;
      try {
        this.#work();
      } catch (cause) {
        this.#line.storeFault(cause);
      }
    });
  }

  #work(): void {
    const done = this.#replica.work();
    if (done === 'idle') return;
    this.#workSoon();
    if (done === 'working') return;
    const { dataset } = done;
    if (done.kind === 'applied' && this.#manifest) this.#replica.confirm(this.#manifest);
    if (done.kind === 'refused') this.#line.refuse(done.code);
    if (done.kind === 'lost') {
      this.#line.storeFault(new SyncError('sync-store-corrupt', `the file of dataset ${dataset} is damaged`));
    }
    this.#feed({ kind: 'change', dataset, isRefused: done.kind === 'refused' });
    if (done.kind !== 'refused') this.#onDataset(dataset);
  }
}
