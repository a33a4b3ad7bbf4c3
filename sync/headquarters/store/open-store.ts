// Opens the store that an address names.
import { openPostgresStore } from './postgres-store.ts';
import { openSqliteStore } from './sqlite-store.ts';
import type { Store, StoreLimits } from './store.ts';

/**
 * @param url `sqlite:FILE` or `postgres://…`
 * @throws HeadquartersError hq-store-*; SyncError sync-store-*
 */
export async function openStore(url: string, limits: StoreLimits = {}): Promise<Store> {
  return url.startsWith('sqlite:')
    ? await openSqliteStore(url.slice('sqlite:'.length))
    : await openPostgresStore(url, limits);
}
