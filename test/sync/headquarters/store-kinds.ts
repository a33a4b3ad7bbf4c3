// Empty stores of both kinds for tests; PostgreSQL is started for the first that needs it and ends with the test file.
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll } from 'vitest';
import { openStore } from '../../../sync/headquarters/store/open-store.ts';
import { type Postgres, startPostgres } from '../../simulators/postgres.ts';

export const storeKinds = ['sqlite', 'postgres'] as const;
export type StoreKind = (typeof storeKinds)[number];

let starting: Promise<{ postgres: Postgres; withTables: string }> | undefined;
afterAll(async () => {
  const started = await starting;
  starting = undefined;
  await started?.postgres.close();
});

export interface StorePlace {
  readonly url: string;
  remove(): void;
}

export async function freshStore(kind: StoreKind): Promise<StorePlace> {
  if (kind === 'postgres') {
    starting ??= startWithTables();
    const { postgres, withTables } = await starting;
    // dropping it would only cost time: the whole server is thrown away
    return { url: await postgres.copyOf(withTables), remove: () => {} };
  }
  const folder = mkdtempSync(join(tmpdir(), 'yingbin-hq-'));
  return {
    url: `sqlite:${join(folder, 'headquarters.sqlite')}`,
    remove: () => rmSync(folder, { recursive: true }),
  };
}

async function startWithTables(): Promise<{ postgres: Postgres; withTables: string }> {
  const postgres = await startPostgres();
  const withTables = await postgres.freshDatabase();
  await (await openStore(withTables)).close();
  return { postgres, withTables };
}
