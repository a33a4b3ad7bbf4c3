// Where this headquarters' store is, by its config.
import type { HeadquartersConfig } from '../config.ts';
import { readSecret } from '../secrets.ts';

/**
 * @param at resolves a path of the config
 * @param override `sqlite:FILE` or `postgres://…` instead of what the config says
 * @returns `sqlite:FILE` or `postgres://…`
 * @throws HeadquartersError hq-secret-unreadable
 */
export function storeAddress(
  { dataDir, store }: HeadquartersConfig,
  at: (path: string) => string,
  override: string | undefined,
): string {
  if (override !== undefined) return override;
  return store.kind === 'sqlite'
    ? `sqlite:${at(dataDir)}/headquarters.sqlite`
    : readSecret(at(store.urlFile), 'store.urlFile');
}

/** @returns undefined for a store that is no file */
export function sqliteFileOf(url: string): string | undefined {
  return url.startsWith('sqlite:') ? url.slice('sqlite:'.length) : undefined;
}
