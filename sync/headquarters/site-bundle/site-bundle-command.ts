// `site-bundle --config FILE --site ID --to FILE`: builds the bundle from the store, or has the headquarters that holds it do so.
import { createWriteStream } from 'node:fs';
import { rename, rm } from 'node:fs/promises';
import { pipeline } from 'node:stream/promises';
import { signingKey } from '../../contract/signed-frame.ts';
import { SyncError } from '../../sync-error.ts';
import { Audit } from '../accounts/audit.ts';
import type { HeadquartersConfig } from '../config.ts';
import { HeadquartersError } from '../headquarters-error.ts';
import { readOrMakeKeys } from '../keys.ts';
import { readOrMakeToken } from '../secrets.ts';
import { openStore } from '../store/open-store.ts';
import { SiteBundles } from './site-bundles.ts';

export interface SiteBundleCommand {
  readonly config: HeadquartersConfig;
  /** resolves paths of the config */
  readonly at: (path: string) => string;
  /** of the store */
  readonly url: string;
  readonly site: string | undefined;
  /** where the bundle is to be; replaced whole or not at all */
  readonly file: string;
  readonly now: () => Date;
}

/** Who sits at the machine itself. */
const operator = { account: 'command-line' };

/**
 * @returns for one line of JSON
 * @throws HeadquartersError hq-bundle-failed; SyncError sync-store-*
 */
export async function runSiteBundleCommand(command: SiteBundleCommand): Promise<{
  readonly siteBundle: string;
  readonly bytes: number;
}> {
  const { site, file } = command;
  if (site === undefined) throw failed('Say for which project: --site ID.');
  const part = `${file}.part`;
  try {
    const bytes = await build(command, site, part);
    await rename(part, file);
    return { siteBundle: file, bytes };
  } catch (error) {
    await rm(part, { force: true });
    if (error instanceof HeadquartersError || error instanceof SyncError) throw error;
    throw failed(`${file} cannot be written; check the path, the rights and the room.`, error);
  }
}

async function build(command: SiteBundleCommand, site: string, part: string): Promise<number> {
  try {
    return await buildFromStore(command, site, part);
  } catch (error) {
    // an embedded store belongs to the headquarters that serves
    if (!(error instanceof SyncError) || error.code !== 'sync-store-busy') throw error;
    return await fetchFromServing(command, site, part);
  }
}

async function buildFromStore(
  { config, at, url, now }: SiteBundleCommand,
  site: string,
  part: string,
): Promise<number> {
  const store = await openStore(url);
  try {
    const signKey = signingKey(readOrMakeKeys(at(config.keysFile)).sign.privateKey);
    const bundles = new SiteBundles({
      store,
      audit: new Audit(store, now),
      tenant: config.tenant,
      signKey,
      now,
    });
    const built = await bundles.build(site, operator);
    if (!built) throw unknownSite(site);
    await pipeline(built.pieces, createWriteStream(part, { mode: 0o600, flush: true }));
    return built.bytes;
  } finally {
    await store.close();
  }
}

async function fetchFromServing(
  { config, at }: SiteBundleCommand,
  site: string,
  part: string,
): Promise<number> {
  const { port } = config.http;
  if (port === 0) throw failed('Headquarters serves on a port of its own choice: use the console instead.');
  const address = `http://127.0.0.1:${port}/api/site-bundles/${encodeURIComponent(site)}`;
  const headers = { authorization: `Bearer ${readOrMakeToken(at(config.apiTokenFile))}` };
  const answer = await fetch(address, { headers }).catch((cause: unknown) => {
    throw failed('Another program holds the store, and it does not answer on http.port.', cause);
  });
  if (answer.status === 404) throw unknownSite(site);
  if (!answer.ok || !answer.body) throw failed(`Headquarters answered ${answer.status}; see its log.`);
  await pipeline(answer.body, createWriteStream(part, { mode: 0o600, flush: true }));
  return Number(answer.headers.get('content-length'));
}

function unknownSite(site: string): HeadquartersError {
  return failed(`The approved board has no project ${site}; import or approve it first.`);
}

function failed(message: string, cause?: unknown): HeadquartersError {
  return new HeadquartersError('hq-bundle-failed', message, { cause });
}
