// Headquarters' door on a port of its own, over a world whose clock the test holds.
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { Readable } from 'node:stream';
import type { ClaimFile } from '../../../../sync/contract/enrolment.ts';
import type { TenantId, TerminalId } from '../../../../sync/contract/ids.ts';
import { CertificateAuthority } from '../../../../sync/headquarters/fleet/certificate-authority.ts';
import { issueClaims } from '../../../../sync/headquarters/fleet/claim-desk.ts';
import { importDevices } from '../../../../sync/headquarters/fleet/device-import.ts';
import { type Door, openDoor } from '../../../../sync/headquarters/fleet/door.ts';
import { Enrolment } from '../../../../sync/headquarters/fleet/enrolment.ts';
import type { ReleaseFiles } from '../../../../sync/headquarters/fleet/release-files.ts';
import { Uploads } from '../../../../sync/headquarters/fleet/uploads.ts';
import type { DoorAt } from '../../../simulators/blank-device.ts';
import type { StoreKind } from '../store-kinds.ts';
import { makeWorld, type World } from '../world.ts';

export const it = { account: 'it-1' };

export interface TestDoor extends DoorAt {
  readonly world: World;
  readonly door: Door;
  readonly authority: CertificateAuthority;
  readonly faults: Error[];
  readonly uploadsFolder: string;
  claimsFor(...terminals: string[]): Promise<readonly ClaimFile[]>;
  tick(ms: number): void;
  close(): Promise<void>;
}
export interface TestDoorOptions {
  readonly kind?: StoreKind;
  /** devices that are expected, each with what it must be after its name: `h01`, `h02:board-2` */
  readonly devices?: readonly string[];
  readonly requestsPerMinute?: number;
  readonly bodyMs?: number;
  readonly lifeMs?: number;
  /** by hash */
  readonly files?: ReadonlyMap<string, Buffer>;
  /** by terminal and name: `h01/site-pin` */
  readonly secrets?: Readonly<Record<string, string>>;
}

export async function openTestDoor(options: TestDoorOptions = {}): Promise<TestDoor> {
  const world = await makeWorld(undefined, options.kind ?? 'sqlite');
  const folder = mkdtempSync(join(tmpdir(), 'yingbin-door-'));
  let ahead = 0;
  const now = (): Date => new Date(Date.now() + ahead);
  const authority = await CertificateAuthority.open(await CertificateAuthority.make('demo', now()));
  const enrolment = new Enrolment({
    ...world,
    authority,
    now,
    ...(options.lifeMs === undefined ? {} : { lifeMs: options.lifeMs }),
    start: () => ({
      tenant: 'demo' as TenantId,
      broker: ['mqtts://broker.example:8883'],
      sealKey: `${'A'.repeat(43)}=`,
      signKey: `${'B'.repeat(43)}=`,
      releaseKeys: [],
      fleetKey: '0'.repeat(64),
    }),
    onEnrolled: async () => {},
  });
  const faults: Error[] = [];
  const uploadsFolder = join(folder, 'uploads');
  const door = await openDoor({
    listen: { host: '127.0.0.1', port: 0 },
    names: ['localhost', '127.0.0.1'],
    requestsPerMinute: options.requestsPerMinute ?? 100_000,
    ...(options.bodyMs === undefined ? {} : { bodyMs: options.bodyMs }),
    store: world.store,
    authority,
    enrolment,
    uploads: new Uploads(world.store, uploadsFolder, now),
    releases: shelf(options.files ?? new Map()),
    secrets: { forTerminal: async (terminal, name) => options.secrets?.[`${terminal}/${name}`] },
    now,
    onFault: (error) => void faults.push(error),
  });
  const url = `https://localhost:${door.port}`;
  const csv = (options.devices ?? ['h01']).map((device, at) => {
    const [terminal, serial = ''] = device.split(':');
    return `${terminal},D${at},jinshang,pi5-21,,,${serial}`;
  });
  await importDevices({ ...world, now }, it, {
    csv: ['terminal,code,site,model,project,ring,serial', ...csv].join('\n'),
    isDryRun: false,
  });
  return {
    world,
    door,
    authority,
    url,
    root: authority.root,
    faults,
    uploadsFolder,
    claimsFor: async (...terminals) => {
      const place = { headquarters: url, root: authority.rootHash };
      const issued = await issueClaims({ ...world, now }, it, terminals as TerminalId[], place);
      if ('code' in issued) throw new Error(issued.code);
      return issued.claims;
    },
    tick: (ms) => {
      ahead += ms;
    },
    close: async () => {
      await door.close();
      await world.remove();
      rmSync(folder, { recursive: true });
    },
  };
}

function shelf(files: ReadonlyMap<string, Buffer>): ReleaseFiles {
  return {
    manifest: async (hash) => files.get(hash),
    bundle: async (hash) => {
      const file = files.get(hash);
      return file && { bytes: file.length, read: (from, to) => Readable.from([file.subarray(from, to + 1)]) };
    },
  };
}
