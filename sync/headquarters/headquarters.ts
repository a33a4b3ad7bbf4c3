// Builds headquarters from its parts, starts them in order and stops them in reverse.
import { dirname, resolve } from 'node:path';
import { makeOpener, type Opener } from '../contract/seal.ts';
import { signingKey } from '../contract/signed-frame.ts';
import { SyncError } from '../sync-error.ts';
import { FactReader } from './arrival.ts';
import { startSafety } from './backup/safety.ts';
import { Board } from './board.ts';
import { BootClocks } from './boot-clocks.ts';
import { Club } from './club.ts';
import type { HeadquartersConfig } from './config.ts';
import { DeadLetters } from './dead-letters.ts';
import { Desk } from './desk.ts';
import type { Developer } from './developer-file.ts';
import { FactEffects } from './fact-effects.ts';
import { Fleet } from './fleet.ts';
import { HeadquartersError } from './headquarters-error.ts';
import { openHttpServer } from './http-server.ts';
import { type ImportCounts, importDeveloper } from './import.ts';
import { Intake } from './intake.ts';
import { type PublicKeys, publicKeysOf, readOrMakeKeys } from './keys.ts';
import { Ledger } from './ledger.ts';
import { LiveAnswers } from './live-answers.ts';
import type { Log } from './log.ts';
import { openMqttSide } from './mqtt-side.ts';
import { Orders } from './orders.ts';
import { Publication } from './publication.ts';
import { readAgain } from './second-reading.ts';
import { readFleetKey, readOrMakeApiToken } from './secrets.ts';
import { Service } from './service.ts';
import { openStore } from './store/open-store.ts';
import type { Store } from './store/store.ts';
import { sqliteFileOf, storeAddress } from './store/store-address.ts';

export interface HeadquartersOptions {
  readonly log: Log;
  /** what relative paths of the config are relative to */
  readonly baseDir: string;
  /** the built console page */
  readonly consoleDir: string;
  /** imported before anybody is served */
  readonly developer?: Developer | undefined;
  /** instead of the config's store: `postgres://…` or `sqlite:FILE` */
  readonly storeUrl?: string | undefined;
  readonly now?: () => Date;
}
export interface Headquarters {
  readonly httpUrl: string;
  readonly mqttUrl: string;
  readonly token: string;
  /** what the config of every terminal must name */
  readonly publicKeys: PublicKeys;
  import(developer: Developer): Promise<ImportCounts>;
  close(): Promise<void>;
}

const dayMs = 86_400_000;

/** @throws HeadquartersError | SyncError, each one sentence that says what to do */
export async function startHeadquarters(
  config: HeadquartersConfig,
  options: HeadquartersOptions,
): Promise<Headquarters> {
  const closers: (() => Promise<void> | void)[] = [];
  const close = async (): Promise<void> => {
    for (const closer of closers.splice(0).reverse()) await closer();
  };
  try {
    return await start(config, options, closers, close);
  } catch (error) {
    await close();
    throw error;
  }
}

async function start(
  config: HeadquartersConfig,
  { log, baseDir, consoleDir, developer, storeUrl, now = () => new Date() }: HeadquartersOptions,
  closers: (() => Promise<void> | void)[],
  close: () => Promise<void>,
): Promise<Headquarters> {
  const { limits } = config;
  const at = (path: string): string => resolve(baseDir, path);
  const fleetKey = readFleetKey(at(config.fleetKeyFile));
  const token = readOrMakeApiToken(at(config.apiTokenFile));
  const keys = readOrMakeKeys(at(config.keysFile));
  const url = storeAddress(config, at, storeUrl);
  const store = await openStoreAt(url);
  closers.push(() => store.close());
  let onChange = (): void => {};
  const opener = makeOpener([keys.seal.privateKey, ...keys.formerSealKeys]);
  const parts = buildParts({ store, opener, now, limits, onChange: () => onChange() });
  const importFile = async (file: Developer): Promise<ImportCounts> => {
    const counts = await importDeveloper(
      { ...parts, fleetKey, cardWidth: config.cardWidth },
      file,
      progressLog(log),
    );
    log.info({ event: 'imported', ...counts }, 'developer imported');
    return counts;
  };
  if (developer) await importFile(developer);
  await parts.club.refreshLevels();
  const read = await readAgain(parts);
  if (read > 0) log.info({ event: 'read-again', facts: read }, 'facts that were set aside could be read now');

  const mqtt = await openMqttSide({
    config,
    signKey: signingKey(keys.sign.privateKey),
    at,
    parts,
    now,
    log,
  });
  closers.push(() => mqtt.close());
  onChange = mqtt.noteChange;
  closers.push(startSafety({ config, store, url, at, now, log }));
  const daily = setInterval(() => void refreshLevels(parts, log), dayMs);
  closers.push(() => clearInterval(daily));

  const http = await openHttpServer({
    port: config.http.port,
    token,
    consoleDir,
    limits,
    api: {
      ...parts,
      onOrdered: mqtt.noteOrder,
      versions: () => parts.publication.versions(),
      isBrokerUp: mqtt.isUp,
      startedAt: now(),
    },
    onFault: (error) => log.error({ event: 'http-fault', error: error.name }, 'an API call failed'),
  });
  closers.push(() => http.close());
  return {
    httpUrl: http.url,
    mqttUrl: mqtt.url,
    token,
    publicKeys: publicKeysOf(keys),
    import: importFile,
    close,
  };
}

/** The modules that share the store; each owns its tables. */
export type Parts = ReturnType<typeof buildParts>;

export interface PartsOptions {
  readonly store: Store;
  readonly opener: Opener;
  readonly now: () => Date;
  readonly limits: Pick<HeadquartersConfig['limits'], 'undoMs' | 'keptFrames'>;
  /** called after each commit that changed published rows */
  readonly onChange: () => void;
}

export function buildParts({ store, opener, now, limits, onChange }: PartsOptions) {
  const publication = new Publication(store, now, onChange);
  const ledger = new Ledger(store);
  const club = new Club(store, ledger, publication, now);
  const service = new Service(store, publication, now, limits.undoMs);
  const deadLetters = new DeadLetters(store, limits.keptFrames);
  const orders = new Orders(store, now);
  const effects = new FactEffects(store, club, service, orders);
  const reader = new FactReader(opener);
  const clocks = new BootClocks(store);
  const intake = new Intake({ store, reader, clocks, effects, publication, deadLetters, now });
  const board = new Board(store, publication, now);
  const fleet = new Fleet(store, now);
  return {
    store,
    publication,
    ledger,
    club,
    service,
    deadLetters,
    intake,
    reader,
    clocks,
    effects,
    board,
    fleet,
    orders,
    answers: new LiveAnswers(store, club, publication, now),
    desk: new Desk(store, ledger, clocks),
  };
}

async function openStoreAt(url: string): Promise<Store> {
  try {
    return await openStore(url);
  } catch (cause) {
    if (cause instanceof SyncError && cause.code === 'sync-store-unwritable') {
      const folder = dirname(sqliteFileOf(url) ?? '');
      throw new HeadquartersError(
        'hq-folder-unwritable',
        `dataDir ${folder} cannot be written; give this user the right to, or choose another folder.`,
        { cause },
      );
    }
    throw cause;
  }
}

async function refreshLevels({ club }: Parts, log: Log): Promise<void> {
  try {
    await club.refreshLevels();
  } catch (error) {
    const name = error instanceof Error ? error.name : 'unknown';
    log.error(
      { event: 'levels-not-refreshed', error: name },
      'the store did not answer; tried again tomorrow',
    );
  }
}

/** Says how far the PINs are, at most every tenth. */
function progressLog(log: Log): (share: number) => void {
  let said = 0;
  return (share) => {
    if (share < 1 && share - said < 0.1) return;
    said = share;
    log.info({ event: 'importing', percent: Math.round(share * 100) }, 'importing developer');
  };
}
