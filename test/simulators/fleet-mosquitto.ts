// A real mosquitto set up with the files that the product writes for a fleet, on ports of its own.
import type { ChildProcess } from 'node:child_process';
import { appendFileSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { brokerUsers } from '../../sync/broker-rights.ts';
import type { TenantId } from '../../sync/contract/ids.ts';
import {
  MosquittoAccess,
  type MosquittoAccessOptions,
} from '../../sync/headquarters/fleet/broker-access/mosquitto-access.ts';
import { fileNames } from '../../sync/headquarters/fleet/broker-config/broker-files.ts';
import { mosquittoSetup } from '../../sync/headquarters/fleet/broker-config/mosquitto-files.ts';
import type { CertificateAuthority } from '../../sync/headquarters/fleet/certificate-authority.ts';
import { freePort, spawnMosquitto, untilListening } from './mosquitto.ts';

export interface FleetMosquitto {
  /** of terminals */
  readonly tlsUrl: string;
  readonly folder: string;
  /** as the list lies there when it starts */
  readonly listFile: string;
  readonly headquarters: { readonly url: string; readonly username: string; readonly password: string };
  readonly accessOptions: MosquittoAccessOptions;
  /** the `broker` part of headquarters' config, as the product writes it */
  readonly headquartersConfig: object;
  openAccess(): MosquittoAccess;
  kill(): Promise<void>;
  start(): Promise<void>;
  close(): Promise<void>;
}

const lifeMs = 30 * 24 * 3_600_000;
const passwords = { headquarters: 'headquarters-password', access: 'access-password' };

/** @param list what the broker starts with; an empty one unless given */
export async function startFleetMosquitto(
  authority: CertificateAuthority,
  tenant: TenantId,
  list?: string,
): Promise<FleetMosquitto> {
  const folder = mkdtempSync(join(tmpdir(), 'yingbin-fleet-broker-'));
  const [tlsPort, loopbackPort] = [await freePort(), await freePort()];
  const now = new Date();
  const { certificate, privateKey } = await authority.makeServer(['localhost', '127.0.0.1'], now, lifeMs);
  const setup = mosquittoSetup({
    tenant,
    folder,
    names: ['localhost'],
    tlsPort,
    loopbackPort,
    certificates: {
      root: authority.root,
      certificate,
      privateKey,
      revocationList: list ?? (await authority.revocationList([], now)),
    },
    passwords,
  });
  for (const { name, text } of setup.files) writeFileSync(join(folder, name), text, { mode: 0o600 });
  const config = join(folder, 'mosquitto.conf');
  // Debian's mosquitto gives up root for a user that may not read the folder
  appendFileSync(config, `log_type error\n${process.getuid?.() === 0 ? 'user root\n' : ''}`);
  let child: ChildProcess | undefined;
  const accessOptions = accessOf(authority, tenant, folder, tlsPort, loopbackPort);
  const broker: FleetMosquitto = {
    tlsUrl: accessOptions.terminalsUrl,
    listFile: accessOptions.listFile,
    folder,
    accessOptions,
    headquartersConfig: setup.headquarters,
    headquarters: {
      url: accessOptions.url,
      username: brokerUsers(tenant).headquarters,
      password: passwords.headquarters,
    },
    openAccess: () => new MosquittoAccess(accessOptions),
    async kill() {
      const dying = child;
      child = undefined;
      if (!dying) return;
      const gone = new Promise((resolve) => dying.once('exit', resolve));
      dying.kill('SIGKILL');
      await gone;
    },
    async start() {
      if (child) return;
      child = await spawnMosquitto(config);
      await untilListening(tlsPort, child);
      await untilListening(loopbackPort, child);
    },
    async close() {
      await broker.kill();
      rmSync(folder, { recursive: true, force: true });
    },
  };
  await broker.start();
  return broker;
}

function accessOf(
  authority: CertificateAuthority,
  tenant: TenantId,
  folder: string,
  tlsPort: number,
  loopbackPort: number,
): MosquittoAccessOptions {
  return {
    tenant,
    url: `mqtt://127.0.0.1:${loopbackPort}`,
    username: brokerUsers(tenant).access,
    password: passwords.access,
    terminalsUrl: `mqtts://localhost:${tlsPort}`,
    root: authority.root,
    listFile: join(folder, fileNames.revocationList),
    reload: { kind: 'pid-file', file: join(folder, 'mosquitto.pid') },
    patienceMs: 30_000,
  };
}
