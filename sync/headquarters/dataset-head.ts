// What is current of a dataset: its row, and the hashes of its buckets in parts, so that few are written when few change.
import type { DatasetName } from '../contract/datasets.ts';
import { emptyRoot, RowHashes } from '../contract/row-hash.ts';
import type { Reader, Store, Tx } from './store/store.ts';

export interface DatasetHead {
  /** 0 = nothing yet */
  readonly version: number;
  readonly publishedAt: string;
  /** of `RowHashes` */
  readonly root: string;
}

export const headColumns = ['name', 'version', 'published_at', 'root'] as const;

const never = new Date(0).toISOString();
/** The row of a dataset of which nothing was published. */
export const emptyRow = { version: 0, published_at: never, root: emptyRoot } as const;
export const nothing: DatasetHead = { version: 0, publishedAt: never, root: emptyRoot };

/** The hashes of 32 buckets, some 700 letters: a page of the database holds a few parts. */
const partBytes = 512;

export function headsOf(
  rows: readonly {
    readonly name: string;
    readonly version: number;
    readonly published_at: string;
    readonly root: string;
  }[],
): Map<string, DatasetHead> {
  return new Map(
    rows.map(({ name, version, published_at, root }) => [name, { version, publishedAt: published_at, root }]),
  );
}

export async function readHead(db: Reader, dataset: DatasetName): Promise<DatasetHead> {
  const rows = await db.selectFrom('dataset').select(headColumns).where('name', '=', dataset).execute();
  return headsOf(rows).get(dataset) ?? nothing;
}

/** Of the version that this transaction sees. */
export async function readHashes(tx: Tx, dataset: DatasetName): Promise<RowHashes> {
  const parts = await tx
    .selectFrom('dataset_hashes')
    .select(['part', 'hashes'])
    .where('dataset', '=', dataset)
    .execute();
  const hashes = new RowHashes();
  for (const { part, hashes: text } of parts) hashes.bytes.set(Buffer.from(text, 'base64'), part * partBytes);
  return hashes;
}

/** Writes the parts of `now` that are other than in `before`, which is what `readHashes` gave. */
export async function writeHashes(
  { store, tx, dataset }: { readonly store: Store; readonly tx: Tx; readonly dataset: DatasetName },
  before: RowHashes,
  now: RowHashes,
): Promise<void> {
  const partOf = ({ bytes }: RowHashes, part: number) =>
    bytes.subarray(part * partBytes, (part + 1) * partBytes);
  const changed = Array.from({ length: now.bytes.length / partBytes }, (_, part) => part)
    .filter((part) => !partOf(now, part).equals(partOf(before, part)))
    .map((part) => ({ dataset, part, hashes: partOf(now, part).toString('base64') }));
  await store.insert(tx, 'dataset_hashes', changed, { onConflict: { keys: ['dataset', 'part'] } });
}
