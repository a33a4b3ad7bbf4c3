// The headquarters of the fleet story: the shipped program with a door for terminals and a broker that asks for certificates.
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { FleetClient } from '../../../provisioning/fleet-client.ts';
import { makeReleaseKey } from '../../../provisioning/release-build.ts';
import { writePrivate } from '../../../provisioning/write-terminal.ts';
import type { DoorAt } from '../../simulators/blank-device.ts';
import { freePort } from '../../simulators/mosquitto.ts';
import { ChildProgram } from '../child-program.ts';
import { type DemoFolder, markImported, tenant } from '../demo-folder.ts';

export interface FleetHeadquarters {
  readonly http: string;
  readonly token: string;
  /** for whoever asks by hand: `YINGBIN_HEADQUARTERS`, `YINGBIN_TOKEN_FILE` */
  readonly env: Readonly<Record<string, string>>;
  readonly client: FleetClient;
  readonly door: DoorAt;
  /** private, of who may sign a release */
  readonly releaseKeyFile: string;
  close(): Promise<void>;
}

/** A story is told in minutes: what takes an hour at a site takes seconds here. */
const rollouts = { soakMs: 5_000, heartbeatMs: 30_000, applyMs: 300_000 };

export async function startFleetHeadquarters(
  folder: DemoFolder,
  {
    programs,
    port,
    signal,
  }: { readonly programs: string; readonly port: number; readonly signal: AbortSignal },
): Promise<FleetHeadquarters> {
  const releaseKeyFile = join(folder.path, 'release.key');
  const releaseKey = makeReleaseKey(releaseKeyFile);
  const ports = { mqtt: await freePort(), door: await freePort() };
  const names = ['localhost', '127.0.0.1'];
  const file = join(folder.path, 'headquarters.json');
  const config = {
    v: 1,
    tenant,
    dataDir: 'headquarters',
    http: { port },
    broker: { kind: 'embedded', port: 0, tls: { host: '127.0.0.1', port: ports.mqtt, names } },
    fleetKeyFile: 'fleet.key',
    apiTokenFile: 'headquarters/api.token',
    keysFile: 'headquarters.keys',
    metrics: { tokenFile: 'headquarters/metrics.token' },
    fleet: {
      listen: { host: '127.0.0.1', port: ports.door },
      names,
      brokerUrls: [`mqtts://localhost:${ports.mqtt}`],
      releaseKeys: [releaseKey],
      requestsPerMinute: 5_000,
    },
    rollouts,
  };
  writePrivate(file, `${JSON.stringify(config, null, 2)}\n`);
  const program = await ChildProgram.start({
    args: [
      join(programs, 'sync/headquarters/main.js'),
      '--config',
      file,
      ...(folder.isImported ? [] : ['--import', folder.developerFile]),
    ],
    logFile: join(folder.path, 'headquarters.log'),
    signal,
  });
  markImported(folder);
  const http = String(program.ready['http']);
  const tokenFile = join(folder.path, 'headquarters', 'api.token');
  return {
    http,
    token: readFileSync(tokenFile, 'utf8').trim(),
    env: { YINGBIN_HEADQUARTERS: http, YINGBIN_TOKEN_FILE: tokenFile },
    client: await FleetClient.open({ headquarters: http, tokenFile }, {}, signal),
    door: { url: `https://localhost:${ports.door}`, root: rootIn(folder.path) },
    releaseKeyFile,
    close: () => program.stop(),
  };
}

/** Its file holds the key as well. */
function rootIn(folder: string): string {
  const text = readFileSync(join(folder, 'fleet-root.pem'), 'utf8');
  return /-----BEGIN CERTIFICATE-----[^-]+-----END CERTIFICATE-----\n?/.exec(text)?.[0] ?? '';
}
