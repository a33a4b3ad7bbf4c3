// Brings headquarters' datasets into the replica: does with line and disk what `DatasetAsks` decides.
import {
  type DatasetAsk,
  type DatasetName,
  type DatasetPart,
  datasetPartSchema,
  type Manifest,
  manifestSchema,
} from './contract/datasets.ts';
import { decodeFrame } from './contract/frame.ts';
import type { TenantId, TerminalId } from './contract/ids.ts';
import { topics } from './contract/topics.ts';
import type { CourierLine, CourierPart } from './courier-part.ts';
import { DatasetAsks, type DatasetAsksInput } from './dataset-asks.ts';
import type { Replica } from './replica.ts';

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
  readonly #manifestTopic: string;
  readonly #askTopic: string;
  readonly #replica: Replica;
  readonly #line: CourierLine;
  readonly #onTime: ((at: string) => void) | undefined;
  readonly #onDataset: (dataset: DatasetName) => void;
  readonly #asks: DatasetAsks;
  #manifest: Manifest | undefined;

  /** @param onDataset a dataset changed */
  constructor(
    { tenant, terminal, replica, patienceMs, onTime }: DatasetCourierOptions,
    line: CourierLine,
    onDataset: (dataset: DatasetName) => void,
  ) {
    this.#manifestTopic = topics.manifest(tenant);
    this.#askTopic = topics.ask(tenant, terminal);
    this.topics = [topics.dataset(tenant, terminal), this.#manifestTopic];
    this.#replica = replica;
    this.#line = line;
    this.#onDataset = onDataset;
    this.#onTime = onTime;
    this.#asks = new DatasetAsks(patienceMs, replica.versions());
  }

  receive(topic: string, frame: Uint8Array, isRetained: boolean): void {
    if (topic === this.#manifestTopic) this.#takeManifest(decodeFrame(manifestSchema, frame), isRetained);
    else this.#takePart(decodeFrame(datasetPartSchema, frame));
  }

  up(): void {
    this.#feed({ kind: 'up' });
  }

  down(): void {
    this.#feed({ kind: 'down' });
  }

  tick(): void {
    this.#feed({ kind: 'tick' });
    this.#replica.sweep();
  }

  #feed(input: DatasetAsksInput): void {
    const have = this.#asks.step(input, this.#line.monoMs());
    if (have) this.#line.send(this.#askTopic, { v: 1, have } satisfies DatasetAsk);
  }

  #takeManifest(manifest: Manifest, isRetained: boolean): void {
    if (!isRetained) this.#onTime?.(manifest.at);
    this.#manifest = manifest;
    this.#replica.confirm(manifest);
    this.#feed({ kind: 'manifest', versions: manifest.versions });
  }

  #takePart(part: DatasetPart): void {
    const outcome = this.#replica.take(part);
    const isRefused = outcome === 'mismatch' || outcome === 'bad-row';
    this.#feed({
      kind: 'part',
      dataset: part.dataset,
      outcome: isRefused ? 'refused' : outcome === 'ignored' ? 'ignored' : 'progress',
      versions: this.#replica.versions(),
    });
    if (isRefused) this.#line.refuse(outcome === 'mismatch' ? 'sync-dataset-mismatch' : 'sync-dataset-row');
    if (outcome !== 'applied') return;
    if (this.#manifest) this.#replica.confirm(this.#manifest);
    this.#onDataset(part.dataset);
  }
}
