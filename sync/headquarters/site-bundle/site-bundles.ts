// Builds site bundles: all datasets as they are now, in the chunks that terminals get over MQTT, under one signature.
import * as v from 'valibot';
import { projectRowSchema } from '../../contract/board.ts';
import { decodeList } from '../../contract/chunk.ts';
import { type DatasetChange, datasetNames } from '../../contract/datasets.ts';
import { encodeFrame } from '../../contract/frame.ts';
import type { ProjectId, TenantId, Words } from '../../contract/ids.ts';
import { type SigningKey, signFrame } from '../../contract/signed-frame.ts';
import { lengthBytes, type SiteBundle, siteBundleMark } from '../../contract/site-bundle.ts';
import { topics } from '../../contract/topics.ts';
import type { Audit } from '../accounts/audit.ts';
import { ChunkShelf } from '../chunk-shelf.ts';
import { Snapshots } from '../snapshots.ts';
import type { Store } from '../store/store.ts';

export interface Site {
  readonly id: ProjectId;
  readonly name: Words;
}

export interface BuiltBundle {
  readonly head: SiteBundle;
  /** of the file */
  readonly bytes: number;
  /** the file, piece by piece */
  readonly pieces: Iterable<Buffer>;
}

export interface SiteBundlesOptions {
  readonly store: Store;
  readonly audit: Audit;
  readonly tenant: TenantId;
  readonly signKey: SigningKey;
  readonly now: () => Date;
}

export class SiteBundles {
  readonly #options: SiteBundlesOptions;
  /** one after the other: each is in memory until it is told */
  #last: Promise<unknown> = Promise.resolve();

  constructor(options: SiteBundlesOptions) {
    this.#options = options;
  }

  /** Projects that the approved board names. */
  async sites(): Promise<Site[]> {
    const rows = await this.#options.store.db
      .selectFrom('dataset_row')
      .select('body')
      .where('dataset', '=', 'board')
      .where('key', '>=', 'project/')
      .where('key', '<', 'project0')
      .where('body', 'is not', null)
      .orderBy('key')
      .execute();
    return rows.flatMap(({ body }) => (body === null ? [] : [siteOf(body)]));
  }

  /** @returns undefined when the board has no such project; else what was built is on the audit chain */
  async build(site: string, actor: { readonly account: string }): Promise<BuiltBundle | undefined> {
    const known = (await this.sites()).find(({ id }) => id === site);
    if (!known) return undefined;
    const building = this.#last.then(() => this.#build(known.id));
    this.#last = building.catch(() => {});
    const built = await building;
    const { store, audit } = this.#options;
    await store.transaction((tx) =>
      audit.note(tx, actor, 'site-bundle-built', known.id, { bytes: built.bytes, at: built.head.at }),
    );
    return built;
  }

  async #build(site: ProjectId): Promise<BuiltBundle> {
    const { store, tenant, signKey, now } = this.#options;
    const at = now().toISOString();
    // a shelf of its own: those that terminals are served from must not give way to it
    const shelf = new ChunkShelf(Number.MAX_SAFE_INTEGER);
    const snapshots = new Snapshots(store, shelf);
    const changes: DatasetChange[] = [];
    for (const dataset of datasetNames) {
      const { head, lists } = await snapshots.current(dataset);
      const { version: to, root, publishedAt } = head;
      if (to === 0) continue;
      changes.push({ v: 1, kind: 'listed', dataset, from: 0, to, root, at, publishedAt, buckets: [], lists });
    }
    const head: SiteBundle = { v: 1, kind: 'site-bundle', tenant, site, at, changes };
    const signed = signFrame(topics.siteBundle(tenant), encodeFrame(head), signKey);
    const lists = unique(changes.flatMap((change) => ('lists' in change ? change.lists : [])));
    const rows = unique(lists.flatMap((hash) => decodeList(take(shelf, hash)))).filter(
      (hash) => !lists.includes(hash),
    );
    const records = [signed, ...[...lists, ...rows].map((hash) => take(shelf, hash))];
    const bytes = records.reduce((sum, { length }) => sum + lengthBytes + length, siteBundleMark.length);
    return { head, bytes, pieces: piecesOf(records) };
  }
}

function* piecesOf(records: readonly Buffer[]): Iterable<Buffer> {
  yield Buffer.from(siteBundleMark);
  for (const record of records) {
    const length = Buffer.alloc(lengthBytes);
    length.writeUInt32BE(record.length);
    yield Buffer.concat([length, record]);
  }
}

function siteOf(body: string): Site {
  const { id, name } = v.parse(projectRowSchema, JSON.parse(body));
  return { id, name: { zh: name.zh, en: name.en } };
}

function unique(hashes: readonly string[]): string[] {
  return [...new Set(hashes)];
}

function take(shelf: ChunkShelf, hash: string): Buffer {
  const chunk = shelf.get(hash);
  if (!chunk) throw new Error('a snapshot names a chunk that is not on its shelf');
  return chunk;
}
