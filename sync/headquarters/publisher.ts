// Tells terminals what is new: the manifest to all, and to each that asks the rows it has not got.
import { createHash } from 'node:crypto';
import {
  type DatasetAsk,
  type DatasetName,
  type DatasetPart,
  type DatasetRow,
  datasetNames,
  type Manifest,
} from '../contract/datasets.ts';
import { encodeFrame } from '../contract/frame.ts';
import type { TerminalId } from '../contract/ids.ts';
import type { Publication } from './publication.ts';
import type { Reader, Store } from './store/store.ts';

/** Room for the rows of one part, plain: brotli can make a small thing larger, and the frame's head comes on top. */
const maxRowsBytes = 58_000;

/** The ask that is being answered to a terminal, and the one that comes after. */
interface Turn {
  readonly current: string;
  next: DatasetAsk | undefined;
}

export interface PublisherOutput {
  /** true when the broker has it, false when the link is down; never rejects */
  sendManifest(frame: Buffer): Promise<boolean>;
  sendPart(terminal: TerminalId, frame: Buffer): Promise<boolean>;
}

export class Publisher {
  readonly #store: Store;
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
    /** the store could not be read */
    readonly onFault: (error: unknown) => void;
  }) {
    this.#store = options.store;
    this.#publication = options.publication;
    this.#output = options.output;
    this.#now = options.now;
    this.#delayMs = options.delayMs;
    this.#everyMs = options.everyMs;
    this.#onFault = options.onFault;
  }

  start(): void {
    this.#regular = setInterval(() => void this.sendManifest(), this.#everyMs);
    void this.sendManifest();
  }

  stop(): void {
    clearInterval(this.#regular);
    clearTimeout(this.#soon);
    this.#soon = undefined;
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
      const versions = await this.#publication.versions();
      const manifest: Manifest = { v: 1, at: this.#now().toISOString(), versions };
      await this.#output.sendManifest(encodeFrame(manifest));
    } catch (error) {
      this.#onFault(error);
    }
  }

  /**
   * Answers an ask. One answer at a time to a terminal; a repeated ask during it is answered by it, a newer one after it.
   * @returns when the parts are with the broker or the link is gone
   */
  async receiveAsk(terminal: TerminalId, ask: DatasetAsk): Promise<void> {
    const running = this.#answering.get(terminal);
    if (running) {
      if (running.current !== JSON.stringify(ask.have)) running.next = ask;
      return;
    }
    let todo: DatasetAsk | undefined = ask;
    try {
      while (todo) {
        const turn: Turn = { current: JSON.stringify(todo.have), next: undefined };
        this.#answering.set(terminal, turn);
        await this.#answer(terminal, todo);
        todo = turn.next;
      }
    } finally {
      this.#answering.delete(terminal);
    }
  }

  async #answer(terminal: TerminalId, ask: DatasetAsk): Promise<void> {
    for (const dataset of datasetNames) {
      const have = ask.have[dataset];
      const parts = await this.#store.snapshot((tx) => partsSince(tx, dataset, have));
      for (const part of parts) {
        // whoever is cut off asks again when it is back
        if (!(await this.#output.sendPart(terminal, encodeFrame(part)))) return;
      }
    }
  }
}

/**
 * What brings a terminal with version `have` up to date; nothing when it is.
 * @param db one state of the store: `snapshot` or a transaction
 */
export async function partsSince(db: Reader, dataset: DatasetName, have: number): Promise<DatasetPart[]> {
  const now = await db
    .selectFrom('dataset')
    .select(['version', 'published_at as at'])
    .where('name', '=', dataset)
    .executeTakeFirst();
  if (have === (now?.version ?? 0)) return [];
  // a version that we never gave out, for example one lost with an older store, starts from nothing
  const isKnown = have > 0 && (await wasGivenOut(db, dataset, have));
  const rows = isKnown
    ? await rowsSince(db, dataset, have)
    : (await rowsSince(db, dataset, 0)).filter(([, body]) => body !== 'null');
  const groups = splitRows(rows);
  const sha256 = hashRows(rows);
  return groups.map((group, part) => ({
    v: 1,
    dataset,
    from: isKnown ? have : 0,
    to: now?.version ?? 0,
    part,
    parts: groups.length,
    publishedAt: now?.at ?? new Date(0).toISOString(),
    sha256,
    rows: group.map(([key, body]): DatasetRow => [key, JSON.parse(body)]),
  }));
}

/** Key and body as JSON text; `null` is a deleted row. */
type TextRow = readonly [key: string, body: string];

async function wasGivenOut(db: Reader, dataset: DatasetName, version: number): Promise<boolean> {
  const row = await db
    .selectFrom('dataset_version')
    .select('version')
    .where('name', '=', dataset)
    .where('version', '=', version)
    .executeTakeFirst();
  return row !== undefined;
}

async function rowsSince(db: Reader, dataset: DatasetName, version: number): Promise<TextRow[]> {
  const rows = await db
    .selectFrom('dataset_row')
    .select(['key', 'body'])
    .where('dataset', '=', dataset)
    .where('version', '>', version)
    .orderBy('key')
    .execute();
  return rows.map(({ key, body }) => [key, body ?? 'null'] as const);
}

function splitRows(rows: readonly TextRow[]): TextRow[][] {
  const groups: TextRow[][] = [[]];
  let size = 0;
  for (const row of rows) {
    const bytes = Buffer.byteLength(row[0]) + Buffer.byteLength(row[1]) + 8;
    if (size > 0 && size + bytes > maxRowsBytes) {
      groups.push([]);
      size = 0;
    }
    groups.at(-1)?.push(row);
    size += bytes;
  }
  return groups;
}

/** SHA-256 of `JSON.stringify(rows)`, without building that text: it may be large. */
function hashRows(rows: readonly TextRow[]): string {
  const hash = createHash('sha256');
  rows.forEach(([key, body], index) => {
    hash.update(`${index === 0 ? '[' : ','}[${JSON.stringify(key)},${body}]`);
  });
  return hash.update(rows.length === 0 ? '[]' : ']').digest('hex');
}
