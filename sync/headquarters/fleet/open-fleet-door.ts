// Opens the door for terminals when the config has one: root, identities, uploads, and where claims say that it is.
import type { TenantId } from '../../contract/ids.ts';
import type { Audit } from '../accounts/audit.ts';
import type { HeadquartersConfig } from '../config.ts';
import { type HeadquartersKeys, publicKeysOf } from '../keys.ts';
import type { Log } from '../log.ts';
import type { Notices } from '../notices/notices.ts';
import type { Store } from '../store/store.ts';
import { type Duty, repeated } from '../workers/leader-duties.ts';
import type { DoorPlace } from './claim-desk.ts';
import { type Door, openDoor } from './door.ts';
import { Enrolment, type EnrolmentOptions } from './enrolment.ts';
import type { FleetSecrets } from './fleet-secrets.ts';
import { openAuthority, rootFileOf } from './open-authority.ts';
import type { ReleaseFiles } from './release-files.ts';
import { Uploads, uploadsFolder } from './uploads.ts';

export interface FleetDoorGround {
  readonly config: HeadquartersConfig;
  readonly keys: HeadquartersKeys;
  readonly parts: {
    readonly store: Store;
    readonly audit: Audit;
    readonly notices: Notices;
    readonly fleetKey: Uint8Array;
    readonly releases: ReleaseFiles | undefined;
    readonly fleetSecrets: FleetSecrets;
  };
  /** resolves a path of the config */
  readonly at: (path: string) => string;
  readonly now: () => Date;
  readonly log: Log;
  readonly onEnrolled: EnrolmentOptions['onEnrolled'];
}

export interface FleetDoor {
  readonly door: Door;
  readonly place: DoorPlace;
  readonly uploads: Uploads;
  readonly enrolment: Enrolment;
}

/** @throws HeadquartersError hq-port-in-use | hq-port-refused | hq-secret-unreadable */
export async function openFleetDoor(ground: FleetDoorGround): Promise<FleetDoor | undefined> {
  const { config, keys, parts, at, now, log, onEnrolled } = ground;
  const { fleet } = config;
  if (!fleet) return undefined;
  const authority = await openAuthority(rootFileOf(at(config.keysFile)), config.tenant, now());
  const enrolment = new Enrolment({
    ...parts,
    authority,
    now,
    onEnrolled,
    start: () => ({
      tenant: config.tenant as TenantId,
      broker: [fleet.brokerUrls].flat(),
      ...publicKeysOf(keys),
      releaseKeys: fleet.releaseKeys,
      fleetKey: Buffer.from(parts.fleetKey).toString('hex'),
    }),
  });
  const uploads = new Uploads(parts.store, uploadsFolder(at(config.dataDir)), now);
  const door = await openDoor({
    ...fleet,
    store: parts.store,
    authority,
    enrolment,
    uploads,
    releases: parts.releases,
    secrets: parts.fleetSecrets,
    now,
    onFault: (error) =>
      log.error({ event: 'door-fault', error: error.name }, 'a terminal at the door could not be answered'),
  });
  const port = fleet.publicPort ?? door.port;
  const [name = 'localhost'] = fleet.names;
  const place = { headquarters: `https://${name}:${port}`, root: authority.rootHash };
  return { door, place, uploads, enrolment };
}

/** Once a day, by whoever has the folder. */
export function uploadsDuty(uploads: Uploads, log: Log): Duty {
  return repeated(24 * 3_600_000, async () => {
    try {
      await uploads.forgetOld();
    } catch (error) {
      const name = error instanceof Error ? error.name : 'unknown';
      log.error(
        { event: 'uploads-not-swept', error: name },
        'old uploads could not be removed: check the disk',
      );
    }
  });
}
