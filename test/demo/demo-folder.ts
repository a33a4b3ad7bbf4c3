// The folder that a demo lives in: keys, developer, configs. Made once, found again at the next start.
import { randomBytes, randomInt } from 'node:crypto';
import { existsSync, mkdirSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { writePrivate, writeTerminal } from '../../provisioning/write-terminal.ts';
import type { DeveloperFile } from '../../sync/headquarters/developer-file.ts';
import { publicKeysOf, readOrMakeKeys } from '../../sync/headquarters/keys.ts';
import type { FittedDevices } from '../simulators/lab/lab-server.ts';
import { makeDeveloper } from './developer.ts';

const marker = 'yingbin-demo';
/** Another text is another version: its cards or configs are not ours. */
const markerText = 'made by npm run demo, version 4; npm run demo -- --fresh empties it\n';
const importedMark = 'imported';
const headquartersKeys = 'headquarters.keys';
export const tenant = 'lanting';
/** Any reader of the shelf may be fitted, and the narrowest tells 24 bits: the whole fleet goes by those. */
const cardWidth = { cardWidth: 24 } as const;

export class DemoFolderError extends Error {
  override readonly name = 'DemoFolderError';
}

export interface DemoFolder {
  readonly path: string;
  /** has headquarters taken the developer? A demo may be ended while it is still starting */
  readonly isImported: boolean;
  readonly fleetKey: Buffer;
  /** opens the terminal's maintenance screen */
  readonly maintenancePin: string;
  readonly developer: DeveloperFile;
  readonly developerFile: string;
}

/**
 * @param isFresh throw away what is there; only ever a folder that a demo made
 * @throws DemoFolderError when the folder is somebody else's
 */
export function openDemoFolder(path: string, isFresh: boolean, today: Date): DemoFolder {
  try {
    return prepare(path, isFresh, today);
  } catch (cause) {
    if (cause instanceof DemoFolderError) throw cause;
    throw new DemoFolderError(
      `demo-folder-unusable: ${path} cannot be made or written. Name a folder that you may write with --data.`,
      { cause },
    );
  }
}

function prepare(path: string, isFresh: boolean, today: Date): DemoFolder {
  const isThere = existsSync(path) && readdirSync(path).length > 0;
  if (isThere && !existsSync(join(path, marker))) {
    throw new DemoFolderError(
      `demo-folder-foreign: ${path} was not made by a demo and is left alone. Name another folder with --data.`,
    );
  }
  if (isThere && !isFresh && readFileSync(join(path, marker), 'utf8') !== markerText) {
    throw new DemoFolderError(
      `demo-folder-old: ${path} was made by another version of the demo. Start with --fresh, or name another folder with --data.`,
    );
  }
  if (isThere && isFresh) rmSync(path, { recursive: true });
  mkdirSync(path, { recursive: true, mode: 0o700 });
  const developerFile = join(path, 'developer.json');
  const keyFile = join(path, 'fleet.key');
  if (!existsSync(developerFile)) {
    writeFileSync(join(path, marker), markerText);
    writePrivate(keyFile, `${randomBytes(32).toString('hex')}\n`);
    writePrivate(developerFile, JSON.stringify(makeDeveloper(20_261_121, today)));
  }
  // a folder of an earlier version has none yet
  const pinFile = join(path, 'maintenance.pin');
  if (!existsSync(pinFile)) writePrivate(pinFile, `${randomInt(100_000, 1_000_000)}\n`);
  return {
    path,
    maintenancePin: readFileSync(pinFile, 'utf8').trim(),
    isImported: existsSync(join(path, importedMark)),
    fleetKey: Buffer.from(readFileSync(keyFile, 'utf8').trim(), 'hex'),
    developer: JSON.parse(readFileSync(developerFile, 'utf8')) as DeveloperFile,
    developerFile,
  };
}

export function markImported({ path }: DemoFolder): void {
  writeFileSync(join(path, importedMark), '');
}

/** @returns the path of headquarters' config */
export function writeHeadquarters(
  folder: DemoFolder,
  ports: { readonly http: number; readonly mqtt: number; readonly photos: number },
): string {
  const file = join(folder.path, 'headquarters.json');
  const config = {
    v: 1,
    tenant,
    dataDir: 'headquarters',
    http: { port: ports.http },
    broker: { kind: 'embedded', port: ports.mqtt },
    // telephones on the same machine only: a demo has no proxy with a certificate
    photos: {
      listen: { host: '127.0.0.1', port: ports.photos },
      publicUrl: `http://127.0.0.1:${ports.photos}`,
    },
    fleetKeyFile: 'fleet.key',
    ...cardWidth,
    apiTokenFile: 'headquarters/api.token',
    keysFile: headquartersKeys,
  };
  writePrivate(file, `${JSON.stringify(config, null, 2)}\n`);
  return file;
}

/** @returns the path of the terminal's config */
export function writeDemoTerminal(
  folder: DemoFolder,
  at: {
    readonly screen: number;
    readonly broker: number;
    readonly reader: FittedDevices['reader'];
    readonly printer: FittedDevices['printer'];
    /** address */
    readonly panel: string;
  },
): string {
  const project = folder.developer.events.find(({ project: site }) => site !== null)?.project ?? null;
  return writeTerminal({
    folder: join(folder.path, 'terminal'),
    fleetKey: folder.fleetKey,
    maintenancePin: folder.maintenancePin,
    config: {
      v: 1,
      tenant,
      terminal: 'hall-01',
      code: 'H01',
      site: {
        name: { zh: '兰亭地产·客户会', en: 'Lanting Homes Club' },
        project,
        timeZone: 'Asia/Shanghai',
        helpPhone: '400-886-0187',
      },
      dataDir: 'data',
      // a site bundle that is put here is taken in
      bundles: 'bundles',
      screen: { port: at.screen },
      broker: { url: `mqtt://127.0.0.1:${at.broker}` },
      headquarters: publicKeysOf(readOrMakeKeys(join(folder.path, headquartersKeys))),
      ...cardWidth,
      reader: at.reader,
      printer: at.printer,
      panel: { kind: 'firmata', at: at.panel },
      // a demo shows an outage and its end within seconds
      limits: {
        reconnectMinMs: 200,
        reconnectMaxMs: 1_000,
        deviceRetryMaxMs: 1_000,
        ackTimeoutMs: 3_000,
        bundleLookMs: 2_000,
      },
    },
  });
}
