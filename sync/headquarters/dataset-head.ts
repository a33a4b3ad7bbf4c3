// What is current of a dataset, as it stands in its row.
import type { DatasetName } from '../contract/datasets.ts';
import { RowHashes } from '../contract/row-hash.ts';
import type { Reader } from './store/store.ts';

export interface DatasetHead {
  /** 0 = nothing yet */
  readonly version: number;
  readonly publishedAt: string;
  readonly hashes: RowHashes;
}

export const headColumns = ['name', 'version', 'published_at', 'hashes'] as const;

const never = new Date(0).toISOString();
/** The row of a dataset of which nothing was published. */
export const emptyRow = {
  version: 0,
  published_at: never,
  hashes: new RowHashes().bytes.toString('base64'),
} as const;
export const nothing: DatasetHead = { version: 0, publishedAt: never, hashes: new RowHashes() };

export function headsOf(
  rows: readonly {
    readonly name: string;
    readonly version: number;
    readonly published_at: string;
    readonly hashes: string;
  }[],
): Map<string, DatasetHead> {
  return new Map(
    rows.map(({ name, version, published_at, hashes }) => [
      name,
      { version, publishedAt: published_at, hashes: new RowHashes(Buffer.from(hashes, 'base64')) },
    ]),
  );
}

export async function readHead(db: Reader, dataset: DatasetName): Promise<DatasetHead> {
  const rows = await db.selectFrom('dataset').select(headColumns).where('name', '=', dataset).execute();
  return headsOf(rows).get(dataset) ?? nothing;
}
