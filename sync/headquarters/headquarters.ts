// Builds headquarters from its parts, starts them in order and stops them in reverse.
import { randomBytes } from 'node:crypto';
import { dirname, join, resolve } from 'node:path';
import { makeOpener, makeSealer } from '../contract/seal.ts';
import { signingKey, verifyingKey } from '../contract/signed-frame.ts';
import { SyncError } from '../sync-error.ts';
import { startSafety } from './backup/safety.ts';
import type { HeadquartersConfig } from './config.ts';
import type { Developer } from './developer-file.ts';
import { regularDuties } from './duties.ts';
import { FleetMetrics } from './fleet/fleet-metrics.ts';
import { FleetSecrets } from './fleet/fleet-secrets.ts';
import { openAuthority, rootFileOf } from './fleet/open-authority.ts';
import { openFleetDoor, uploadsDuty } from './fleet/open-fleet-door.ts';
import { Releases } from './fleet/releases.ts';
import { HeadquartersError } from './headquarters-error.ts';
import { openHttpServer } from './http-server.ts';
import { type ImportCounts, importDeveloper } from './import.ts';
import { type PublicKeys, publicKeysOf, readOrMakeKeys } from './keys.ts';
import type { Log } from './log.ts';
import { type MqttSide, openMqttSide } from './mqtt-side.ts';
import { noticeWays } from './notices/notice-config.ts';
import { noticeDuty } from './notices/notice-duty.ts';
import { buildParts, type Parts } from './parts.ts';
import { openPhotos } from './photos/open-photos.ts';
import { readAgain } from './second-reading.ts';
import { readFleetKey, readOrMakeToken } from './secrets.ts';
import { SiteBundles } from './site-bundle/site-bundles.ts';
import { openDatabaseClock } from './store/database-clock.ts';
import { openStore } from './store/open-store.ts';
import type { Store } from './store/store.ts';
import { sqliteFileOf, storeAddress } from './store/store-address.ts';
import type { Duty } from './workers/leader-duties.ts';
import { LeaseTable, listWorkers, type WorkerState } from './workers/lease-table.ts';
import { LeasedShards } from './workers/leased-shards.ts';
import { allShards, type ShardKeeper } from './workers/shards.ts';

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
  /** of this process among several; random unless given */
  readonly name?: string | undefined;
  readonly now?: () => Date;
}
/** One of several that take what terminals tell and answer them; they share the fleet by leases. */
export interface Worker {
  readonly mqttUrl: string;
  close(): Promise<void>;
}
/** The API and the console page. */
export interface FrontDesk {
  readonly httpUrl: string;
  readonly token: string;
  /** where telephones add pictures, as a proxy reaches it; undefined = nowhere */
  readonly photosUrl?: string | undefined;
  /** where terminals get their identity; undefined = nowhere */
  readonly doorUrl?: string | undefined;
  /** what the config of every terminal must name */
  readonly publicKeys: PublicKeys;
  import(developer: Developer): Promise<ImportCounts>;
  close(): Promise<void>;
}
/** Everything in one process. */
export interface Headquarters extends Worker, FrontDesk {}

/** @throws HeadquartersError | SyncError, each one sentence that says what to do */
export async function startHeadquarters(
  config: HeadquartersConfig,
  options: HeadquartersOptions,
): Promise<Headquarters> {
  return await start(config, options, async (ground) => {
    const mqtt = await openMqtt(ground);
    return { mqttUrl: mqtt.url, ...(await openHttp(ground, mqtt)) };
  });
}

/** @throws as startHeadquarters; needs a store and a broker that others can reach too */
export async function startWorker(config: HeadquartersConfig, options: HeadquartersOptions): Promise<Worker> {
  return await start(config, options, async (ground) => ({ mqttUrl: (await openMqtt(ground)).url }));
}

/** @throws as startHeadquarters */
export async function startFrontDesk(
  config: HeadquartersConfig,
  options: HeadquartersOptions,
): Promise<FrontDesk> {
  return await start(config, options, (ground) => openHttp(ground));
}

/** Closed in reverse order of opening, also when opening fails. */
async function start<Part>(
  config: HeadquartersConfig,
  options: HeadquartersOptions,
  open: (ground: Ground) => Promise<Part>,
): Promise<Part & { close(): Promise<void> }> {
  const closers: Closer[] = [];
  const close = async (): Promise<void> => {
    for (const closer of closers.splice(0).reverse()) await closer();
  };
  try {
    return { ...(await open(await layGround(config, options, closers))), close };
  } catch (error) {
    await close();
    throw error;
  }
}

type Closer = () => Promise<void> | void;

/** What every process of headquarters stands on. */
type Ground = Awaited<ReturnType<typeof layGround>>;

async function layGround(config: HeadquartersConfig, options: HeadquartersOptions, closers: Closer[]) {
  const { log, baseDir, developer, storeUrl } = options;
  const { limits } = config;
  const at = (path: string): string => resolve(baseDir, path);
  const fleetKey = readFleetKey(at(config.fleetKeyFile));
  const token = readOrMakeToken(at(config.apiTokenFile));
  const keys = readOrMakeKeys(at(config.keysFile));
  const url = storeAddress(config, at, storeUrl);
  const store = await openStoreAt(url, limits.leaseMs);
  closers.push(() => store.close());
  const now = options.now ?? (await openClock(store, closers));
  const shards = openShards(store, limits.leaseMs, options);
  const listeners = new Set<() => void>();
  const opener = makeOpener([keys.seal.privateKey, ...keys.formerSealKeys]);
  const sealer = makeSealer(keys.seal.publicKey);
  const onChange = (): void => {
    for (const listener of listeners) listener();
  };
  const parts = buildParts({
    store,
    opener,
    sealer,
    secondFactor: config.accounts.secondFactor,
    fleetKey,
    cardWidth: config.cardWidth,
    shards,
    now,
    limits,
    timeZone: config.timeZone,
    rollouts: config.rollouts,
    onChange,
  });
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
  // by every process that starts: who comes second finds nothing left
  const read = await readAgain(parts);
  if (read > 0) log.info({ event: 'read-again', facts: read }, 'facts that were set aside could be read now');
  const releases = openReleases(config, at, parts);
  const fleetSecrets = new FleetSecrets({ ...parts, sealer, opener });
  const kept = { ...parts, releases, fleetSecrets };
  return { config, options, url, at, now, token, keys, parts: kept, shards, importFile, closers, listeners };
}

async function openMqtt(ground: Ground): Promise<MqttSide> {
  const { config, options, at, now, keys, parts, shards, closers, listeners } = ground;
  const { log } = options;
  const mqtt = await openMqttSide({
    config,
    authority: hasFleet(config)
      ? await openAuthority(rootFileOf(at(config.keysFile)), config.tenant, now())
      : undefined,
    signKey: signingKey(keys.sign.privateKey),
    at,
    parts,
    shards,
    duties: [
      ...regularDuties(parts, log),
      noticeDuty(parts, noticeWays(config.notices, at, now), log),
      safetyDuty(ground),
    ],
    now,
    log,
  });
  closers.push(() => mqtt.close());
  listeners.add(mqtt.noteChange);
  return mqtt;
}

async function openHttp(ground: Ground, mqtt?: MqttSide) {
  const { config, options, at, now, token, keys, parts, importFile, closers } = ground;
  const opened = await openPhotos(config, parts, { at, now, log: options.log });
  if (opened) closers.push(() => opened.server.close());
  const door = await openDoor(ground, mqtt);
  const workers = (): Promise<WorkerState[]> => listWorkers(parts.store);
  const http = await openHttpServer({
    port: config.http.port,
    token,
    consoleDir: options.consoleDir,
    limits: config.limits,
    api: {
      ...parts,
      photos: opened?.photos,
      door,
      siteBundles: new SiteBundles({
        ...parts,
        tenant: config.tenant,
        signKey: signingKey(keys.sign.privateKey),
      }),
      // in another process the leader looks for orders by itself
      onOrdered: () => mqtt?.noteOrder(),
      onTwin: () => mqtt?.noteTwin(),
      versions: () => parts.publication.versions(),
      isBrokerUp: async () => mqtt?.isUp() === true || (await workers()).some(({ isBrokerUp }) => isBrokerUp),
      workers,
      startedAt: now(),
    },
    securityContact: config.securityContact,
    metrics: config.metrics && {
      token: readOrMakeToken(at(config.metrics.tokenFile), 'metrics.tokenFile'),
      fleetMetrics: new FleetMetrics(parts),
    },
    onFault: (error) => options.log.error({ event: 'http-fault', error: error.name }, 'an API call failed'),
  });
  closers.push(() => http.close());
  return {
    httpUrl: http.url,
    photosUrl: opened?.server.url,
    doorUrl: door?.place.headquarters,
    token,
    publicKeys: publicKeysOf(keys),
    import: importFile,
  };
}

/** Where terminals get their identity, when the config says so. */
async function openDoor(ground: Ground, mqtt: MqttSide | undefined) {
  const { closers } = ground;
  const { log } = ground.options;
  const opened = await openFleetDoor({
    ...ground,
    log,
    onEnrolled: async (terminal, { serial }) => mqtt?.grant(terminal, serial),
  });
  if (!opened) return undefined;
  closers.push(() => opened.door.close());
  const sweep = uploadsDuty(opened.uploads, log);
  sweep.start();
  closers.push(() => sweep.stop());
  return opened;
}

/** Does anybody come with a certificate of our root? */
function hasFleet({ fleet, broker }: HeadquartersConfig): boolean {
  return (
    fleet !== undefined ||
    (broker.kind === 'embedded' ? broker.tls !== undefined : broker.access !== undefined)
  );
}

/** Where the config says who may sign them. */
function openReleases(
  { fleet, dataDir }: HeadquartersConfig,
  at: Ground['at'],
  parts: Pick<Parts, 'store' | 'audit' | 'now'>,
): Releases | undefined {
  const keys = (fleet?.releaseKeys ?? []).map((key) => verifyingKey(Buffer.from(key, 'base64')));
  return keys.length === 0
    ? undefined
    : new Releases({ ...parts, folder: join(at(dataDir), 'releases'), keys });
}

/** Of several processes on several machines, all go by the database's clock. */
async function openClock(store: Store, closers: Closer[]): Promise<() => Date> {
  if (!store.isShared) return () => new Date();
  const clock = await openDatabaseClock(store);
  closers.push(() => clock.close());
  return clock.now;
}

function openShards(store: Store, leaseMs: number, { log, name }: HeadquartersOptions): ShardKeeper {
  if (!store.isShared) return allShards;
  const table = new LeaseTable(store, name ?? randomName(), leaseMs);
  const onFault = (): void =>
    log.warn(
      { event: 'lease-not-renewed', code: 'hq-fault' },
      'the store did not answer; others may take over',
    );
  return new LeasedShards({ table, leaseMs, onFault });
}

/** Of a process among several: never used again, or a process that is thought dead could be taken for its successor. */
export function randomName(): string {
  return `w-${randomBytes(5).toString('hex')}`;
}

async function openStoreAt(url: string, frozenMs: number): Promise<Store> {
  try {
    return await openStore(url, { frozenMs });
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

/** Backups, or the watch over a replica. */
function safetyDuty({ config, options, url, at, now, parts }: Ground): Duty {
  let stop = async (): Promise<void> => {};
  return {
    start: () => {
      stop = startSafety({ config, store: parts.store, url, at, now, log: options.log });
    },
    stop: () => stop(),
  };
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
