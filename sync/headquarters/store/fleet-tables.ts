// Tables of the fleet: devices, their claims and certificates, twins, releases and rollouts. As the SQL builder knows them, and as they are made.
import type { TableShape } from './table-shape.ts';

/** What IT knows of a terminal before and after it is one; its `id` is never used again. */
interface DeviceTable {
  readonly id: string;
  /** what its request numbers start with */
  readonly code: string;
  readonly site: string;
  readonly project: string | null;
  readonly model: string;
  readonly ring: string;
  /** the board that it must be; null = whichever comes first */
  readonly expected_serial: string | null;
  /** `expected`, `enrolled`, `quarantined`, `revoked` or `retired` */
  readonly state: string;
  /** of the board that enrolled */
  readonly serial: string | null;
  readonly board: string | null;
  /** SHA-256 of its public key, hex */
  readonly public_key: string | null;
  readonly enrolled_at: string | null;
  readonly imported_at: string;
  /** the row of CSV that it was last imported from, so that importing it again changes nothing */
  readonly note: string;
}

/** One secret for one device; kept as a hash, gone when it is used up. */
interface ClaimTable {
  /** of the claim */
  readonly hash: string;
  readonly device: string;
  readonly made_at: string;
  readonly expires_at: string;
  readonly used_at: string | null;
  /** SHA-256 of the public key that used it: the same may ask again for a while */
  readonly used_key: string | null;
}

/** Wrong guesses at the claims of a device; too many lock it until IT makes another claim. */
interface ClaimGuessTable {
  readonly device: string;
  readonly wrong: number;
  readonly last_at: string;
}

interface CertificateTable {
  /** serial number in hex */
  readonly serial: string;
  readonly device: string;
  readonly public_key: string;
  readonly not_after: string;
  readonly issued_at: string;
  /** PEM: what is told again when the answer was lost */
  readonly pem: string;
  /** the terminal connected with it, so earlier ones are of no more use */
  readonly proven_at: string | null;
  readonly revoked_at: string | null;
  /** `revoked`, `superseded`, `retired`, `quarantined` */
  readonly reason: string | null;
}

/** What the broker was told of a device, when it obeyed; a row that is not there was not told, or is told again. */
interface BrokerAccessTable {
  readonly device: string;
  /** serial numbers of the certificates that it may come with, sorted, with blanks between them; empty = it is out */
  readonly told: string;
  readonly at: string;
}

/** A terminal that nobody prepared, and that shows its code. */
interface PendingTable {
  /** SHA-256 of its public key */
  readonly public_key: string;
  readonly code: string;
  readonly csr: string;
  readonly board: string;
  readonly asked_at: string;
  readonly seen_at: string;
  /** the device that it was let in as; null = nobody decided */
  readonly device: string | null;
  readonly denied_at: string | null;
}

/** Each start of a machine that came under a device's name: one that comes back after another is a second machine. */
interface DeviceBirthTable {
  readonly device: string;
  readonly boot: string;
  /** 1, 2, 3 … in the order in which they first came */
  readonly n: number;
  readonly at: string;
}

/** What one layer sets, one row for each revision: the newest counts, the others are the history and the way back. */
interface TwinLayerTable {
  /** `default`, `model`, `project`, `site`, `ring`, `device` */
  readonly layer: string;
  /** of which model, project …; empty for `default` */
  readonly subject: string;
  /** 1, 2, 3 … of this layer and subject */
  readonly rev: number;
  /** `TwinValues` as JSON */
  readonly body: string;
  readonly by: string;
  readonly at: string;
}

/** What a device shall be, as it was last worked out, and what it says it is. */
interface TwinTable {
  readonly device: string;
  readonly rev: number;
  readonly hash: string;
  readonly body: string;
  readonly at: string;
  readonly sent_at: string | null;
  /** when it is sent again unless the terminal says that it has it; null = now */
  readonly next_at: string | null;
  readonly reported_rev: number | null;
  readonly reported_hash: string | null;
  readonly reported_state: string | null;
  readonly reported_code: string | null;
  readonly reported_path: string | null;
  readonly reported_schema: number | null;
  readonly reported_release: number | null;
  readonly reported_at: string | null;
  /** since when what it says is not what it shall be although it is there; null = it is, or is not there */
  readonly drift_since: string | null;
  /** since when IT knows of it */
  readonly drift_told_at: string | null;
}

/** Which release a device shall serve with, and which rollout said so: its twin's `release`. */
interface DeviceReleaseTable {
  readonly device: string;
  readonly seq: number;
  readonly rollout: string;
  readonly at: string;
}

/** Values that twins name and only the terminal may have. */
interface FleetSecretTable {
  readonly name: string;
  /** sealed under the key of headquarters' keys file */
  readonly sealed: string;
  readonly by: string;
  readonly at: string;
}

interface ReleaseTable {
  readonly seq: number;
  readonly version: string;
  readonly architecture: string;
  /** the signed manifest, base64 */
  readonly manifest: string;
  readonly manifest_hash: string;
  /** SHA-256 of the bundle, which names its file on the shelf */
  readonly file: string;
  readonly bytes: number;
  readonly expires_at: string;
  readonly added_at: string;
  readonly added_by: string;
}

interface RolloutTable {
  readonly id: string;
  readonly seq: number;
  /** `proposed`, `running`, `halted`, `done`, `rolled-back` */
  readonly state: string;
  /** the ring that is being served, and since when; failures before that are forgiven */
  readonly ring: string;
  readonly ring_since: string;
  readonly begun_at: string;
  readonly begun_by: string;
  /** the second person; null where one is enough */
  readonly approved_by: string | null;
  /** why it halted */
  readonly code: string | null;
}

/** Who was offered it when, and what came of it. */
interface RolloutDeviceTable {
  readonly rollout: string;
  readonly device: string;
  readonly ring: string;
  readonly offered_at: string | null;
  /** was it there when its ring began? Silence is a failure only then */
  readonly was_online: number;
  /** `waiting`, `offered`, `ok`, `failed`, `silent` */
  readonly state: string;
  readonly code: string | null;
  readonly ended_at: string | null;
  /** the revision of its twin that offered it */
  readonly offered_rev: number | null;
  /** the release that it was to have before; null = none of ours */
  readonly from_seq: number | null;
}

export interface FleetTables {
  readonly device: DeviceTable;
  readonly claim: ClaimTable;
  readonly claim_guess: ClaimGuessTable;
  readonly certificate: CertificateTable;
  readonly broker_access: BrokerAccessTable;
  readonly pending_terminal: PendingTable;
  readonly device_birth: DeviceBirthTable;
  readonly twin_layer: TwinLayerTable;
  readonly twin: TwinTable;
  readonly device_release: DeviceReleaseTable;
  readonly fleet_secret: FleetSecretTable;
  readonly release: ReleaseTable;
  readonly rollout: RolloutTable;
  readonly rollout_device: RolloutDeviceTable;
}

export const fleetShapes: readonly TableShape[] = [
  {
    name: 'device',
    columns: {
      id: 'text',
      code: 'text',
      site: 'text',
      project: 'text?',
      model: 'text',
      ring: 'text',
      expected_serial: 'text?',
      state: 'text',
      serial: 'text?',
      board: 'text?',
      public_key: 'text?',
      enrolled_at: 'text?',
      imported_at: 'text',
      note: 'text',
    },
    key: ['id'],
    unique: [['code']],
    indexes: [['site'], ['ring'], ['serial'], ['public_key']],
  },
  {
    name: 'claim',
    columns: {
      hash: 'text',
      device: 'text',
      made_at: 'text',
      expires_at: 'text',
      used_at: 'text?',
      used_key: 'text?',
    },
    key: ['hash'],
    refers: { device: 'device' },
  },
  {
    name: 'claim_guess',
    columns: { device: 'text', wrong: 'integer', last_at: 'text' },
    key: ['device'],
    refers: { device: 'device' },
  },
  {
    name: 'certificate',
    columns: {
      serial: 'text',
      device: 'text',
      public_key: 'text',
      not_after: 'text',
      issued_at: 'text',
      pem: 'text',
      proven_at: 'text?',
      revoked_at: 'text?',
      reason: 'text?',
    },
    key: ['serial'],
    refers: { device: 'device' },
    indexes: [['public_key'], ['revoked_at'], ['not_after']],
  },
  {
    name: 'broker_access',
    columns: { device: 'text', told: 'text', at: 'text' },
    key: ['device'],
    refers: { device: 'device' },
  },
  {
    name: 'pending_terminal',
    columns: {
      public_key: 'text',
      code: 'text',
      csr: 'text',
      board: 'text',
      asked_at: 'text',
      seen_at: 'text',
      device: 'text?',
      denied_at: 'text?',
    },
    key: ['public_key'],
    unique: [['code']],
    indexes: [['seen_at']],
  },
  {
    name: 'device_birth',
    columns: { device: 'text', boot: 'text', n: 'integer', at: 'text' },
    key: ['device', 'boot'],
    refers: { device: 'device' },
  },
  {
    name: 'twin_layer',
    columns: { layer: 'text', subject: 'text', rev: 'integer', body: 'text', by: 'text', at: 'text' },
    key: ['layer', 'subject', 'rev'],
  },
  {
    name: 'twin',
    columns: {
      device: 'text',
      rev: 'integer',
      hash: 'text',
      body: 'text',
      at: 'text',
      sent_at: 'text?',
      next_at: 'text?',
      reported_rev: 'integer?',
      reported_hash: 'text?',
      reported_state: 'text?',
      reported_code: 'text?',
      reported_path: 'text?',
      reported_schema: 'integer?',
      reported_release: 'integer?',
      reported_at: 'text?',
      drift_since: 'text?',
      drift_told_at: 'text?',
    },
    key: ['device'],
    refers: { device: 'device' },
  },
  {
    name: 'device_release',
    columns: { device: 'text', seq: 'integer', rollout: 'text', at: 'text' },
    key: ['device'],
    refers: { device: 'device' },
  },
  {
    name: 'fleet_secret',
    columns: { name: 'text', sealed: 'text', by: 'text', at: 'text' },
    key: ['name'],
  },
  {
    name: 'release',
    columns: {
      seq: 'integer',
      version: 'text',
      architecture: 'text',
      manifest: 'text',
      manifest_hash: 'text',
      file: 'text',
      bytes: 'integer',
      expires_at: 'text',
      added_at: 'text',
      added_by: 'text',
    },
    key: ['seq', 'architecture'],
  },
  {
    name: 'rollout',
    columns: {
      id: 'text',
      seq: 'integer',
      state: 'text',
      ring: 'text',
      ring_since: 'text',
      begun_at: 'text',
      begun_by: 'text',
      approved_by: 'text?',
      code: 'text?',
    },
    key: ['id'],
    indexes: [['state']],
  },
  {
    name: 'rollout_device',
    columns: {
      rollout: 'text',
      device: 'text',
      ring: 'text',
      offered_at: 'text?',
      was_online: 'integer',
      state: 'text',
      code: 'text?',
      ended_at: 'text?',
      offered_rev: 'integer?',
      from_seq: 'integer?',
    },
    key: ['rollout', 'device'],
    refers: { rollout: 'rollout', device: 'device' },
    indexes: [['state']],
  },
];
