// Tells terminals what is new: the manifest to all, and to each that asks the rows it has not got.
import { type DatasetAsk, type DatasetChange, datasetNames, type Manifest } from '../contract/datasets.ts';
import { encodeFrame } from '../contract/frame.ts';
import type { TerminalId } from '../contract/ids.ts';
import { RowHashes } from '../contract/row-hash.ts';
import { ChangeMaker } from './change-maker.ts';
import { ChunkDesk } from './chunk-desk.ts';
import { ChunkShelf } from './chunk-shelf.ts';
import type { Publication } from './publication.ts';
import type { Store } from './store/store.ts';

/** Two snapshots of the largest fleet's members, and what came since. */
const shelfBytes = 256 * 1024 * 1024;

/** An ask that the database answers. */
type LongAsk = Exclude<DatasetAsk, { readonly kind: 'chunks' }>;

/** The ask that is being answered to a terminal, and the one that comes after. */
interface Turn {
  readonly current: string;
  next: LongAsk | undefined;
}

export interface PublisherOutput {
  /** true when the broker has it, false when the link is down; never rejects */
  sendManifest(frame: Buffer): Promise<boolean>;
  sendChange(terminal: TerminalId, frame: Buffer): Promise<boolean>;
  sendChunk(terminal: TerminalId, chunk: Buffer): Promise<boolean>;
}

export class Publisher {
  readonly #changes: ChangeMaker;
  readonly #desk: ChunkDesk;
  readonly #publication: Publication;
  readonly #output: PublisherOutput;
  readonly #now: () => Date;
  readonly #delayMs: number;
  readonly #everyMs: number;
  readonly #onFault: (error: unknown) => void;
  readonly #answering = new Map<TerminalId, Turn>();
  #soon: NodeJS.Timeout | undefined;
  #regular: NodeJS.Timeout | undefined;

  constructor(options: {
    readonly store: Store;
    readonly publication: Publication;
    readonly output: PublisherOutput;
    readonly now: () => Date;
    readonly delayMs: number;
    readonly everyMs: number;
    /** of chunks, to all terminals together */
    readonly bytesPerSecond: number;
    /** the store could not be read */
    readonly onFault: (error: unknown) => void;
  }) {
    const { store, now, output, bytesPerSecond } = options;
    const shelf = new ChunkShelf(shelfBytes);
    this.#changes = new ChangeMaker(store, shelf, now);
    this.#desk = new ChunkDesk({
      shelf,
      bytesPerSecond,
      send: (terminal, chunk) => output.sendChunk(terminal, chunk),
    });
    this.#publication = options.publication;
    this.#output = options.output;
    this.#now = options.now;
    this.#delayMs = options.delayMs;
    this.#everyMs = options.everyMs;
    this.#onFault = options.onFault;
  }

  /** From now on tells the manifest again and again: that is for one process to do. */
  start(): void {
    this.#regular = setInterval(() => void this.sendManifest(), this.#everyMs);
    void this.sendManifest();
  }

  /** Tells the manifest only when asked to; `start` begins anew. */
  rest(): void {
    clearInterval(this.#regular);
    clearTimeout(this.#soon);
    this.#soon = undefined;
  }

  /** For good. */
  stop(): void {
    this.rest();
    this.#desk.stop();
  }

  /** Something changed: tell all soon, and once for what changes together. */
  noteChange(): void {
    this.#soon ??= setTimeout(() => {
      this.#soon = undefined;
      void this.sendManifest();
    }, this.#delayMs);
  }

  /** A manifest that is lost is no loss, whether on the way or because the store failed: the next one says the same. */
  async sendManifest(): Promise<void> {
    try {
      // what changes while it is read is not what this moment knows
      const at = this.#now().toISOString();
      const manifest: Manifest = { v: 1, at, ...(await this.#publication.current()) };
      await this.#output.sendManifest(encodeFrame(manifest));
    } catch (error) {
      this.#onFault(error);
    }
  }

  /**
   * Answers an ask. One answer at a time to a terminal; a repeated ask during it is answered by it, a newer one after it.
   * @returns when what it asked for is with the broker or the link is gone
   */
  async receiveAsk(terminal: TerminalId, ask: DatasetAsk): Promise<void> {
    if (ask.kind === 'chunks') {
      this.#desk.ask(terminal, ask.chunks);
      return;
    }
    const running = this.#answering.get(terminal);
    if (running) {
      if (running.current !== JSON.stringify(ask)) running.next = ask;
      return;
    }
    let todo: LongAsk | undefined = ask;
    try {
      while (todo) {
        const turn: Turn = { current: JSON.stringify(todo), next: undefined };
        this.#answering.set(terminal, turn);
        await this.#answer(terminal, todo);
        todo = turn.next;
      }
    } finally {
      this.#answering.delete(terminal);
    }
  }

  async #answer(terminal: TerminalId, ask: LongAsk): Promise<void> {
    if (ask.kind === 'repair') {
      const told = new RowHashes(Buffer.from(ask.hashes, 'base64'));
      await this.#send(terminal, await this.#changes.repair(ask.dataset, ask.version, told));
      return;
    }
    for (const dataset of datasetNames) {
      const change = await this.#changes.since(dataset, ask.have[dataset]);
      // whoever is cut off asks again when it is back
      if (!(await this.#send(terminal, change))) return;
    }
  }

  async #send(terminal: TerminalId, change: DatasetChange | undefined): Promise<boolean> {
    return !change || (await this.#output.sendChange(terminal, encodeFrame(change)));
  }
}
