// Headquarters' tables as the SQL builder knows them, the same on SQLite and PostgreSQL.
// Instants are ISO 8601 text, flags are 0 or 1, JSON is text: nothing is left to a dialect's own types.
import type { Generated } from 'kysely';

export type StoreKind = 'sqlite' | 'postgres';

import type { AccountTables } from './account-tables.ts';
import type { ClubTables } from './club-tables.ts';
import type { DeviceStateTables } from './device-state-table.ts';
import type { ErasureTables } from './erasure-table.ts';
import type { FleetTables } from './fleet-tables.ts';
import type { LibraryTables } from './library-tables.ts';
import type { ReportTables } from './report-tables.ts';
import type { SalesTables } from './sales-tables.ts';
import type { ServiceTables } from './service-tables.ts';
import type { TallyTables } from './tally-table.ts';

/** How far each (terminal, epoch) is applied. */
interface StreamTable {
  readonly terminal: string;
  readonly epoch: string;
  readonly applied: number;
  /** up to here a backup or replica has it too (IN9) */
  readonly safe: number;
  /** id of the fact under `applied` */
  readonly last_id: string | null;
  readonly last_at: string;
  readonly alarm: string | null;
}

interface FactTable {
  /** rises with arrival; may have gaps on PostgreSQL */
  readonly n: Generated<number>;
  readonly terminal: string;
  readonly epoch: string;
  readonly seq: number;
  readonly id: string;
  readonly kind: string;
  readonly at: string;
  readonly boot: string;
  readonly mono_ms: number;
  /** `synced` or `guess` */
  readonly clock: string;
  readonly received_at: string;
  readonly hash: string;
  readonly body: string;
}

interface DeadLetterTable {
  readonly n: Generated<number>;
  readonly terminal: string;
  readonly epoch: string | null;
  readonly seq: number | null;
  readonly id: string | null;
  readonly reason: string;
  readonly detail: string;
  readonly hash: string;
  readonly raw: string;
  readonly received_at: string;
}

/** Facts that came once more under numbers of a new epoch (IN8). */
interface RenumberedTable {
  readonly terminal: string;
  readonly epoch: string;
  readonly seq: number;
  readonly id: string;
  readonly hash: string;
}

/** wall clock minus monotonic clock of a boot whose clock was known to be right (CK3) */
interface BootClockTable {
  readonly terminal: string;
  readonly boot: string;
  readonly offset_ms: number;
}

/** Who speaks for a shard of terminals, until when by the database's clock; each change of holder raises the fence (IN14). */
interface ShardLeaseTable {
  readonly shard: string;
  readonly worker: string | null;
  readonly fence: number;
  readonly until_ms: number;
}

/** Processes that are alive until then; `able`: has a broker. */
interface WorkerTable {
  readonly worker: string;
  readonly until_ms: number;
  readonly able: number;
}

interface TerminalTable {
  readonly terminal: string;
  readonly shard: string;
  readonly online: number;
  readonly version: string;
  readonly waiting: number;
  readonly first_seen: string;
  readonly last_seen: string;
  /** of the last order frame that was made for it; null = none yet */
  readonly order_no: number | null;
  /** of the oldest fact that waits at it, by its clock */
  readonly oldest_at: string | null;
}

interface DatasetTable {
  readonly name: string;
  readonly version: number;
  readonly published_at: string;
  /** `RowHashes.root` of this version's rows */
  readonly root: string;
}

interface DatasetHashesTable {
  readonly dataset: string;
  /** from 0; a part that is not there is all zeros */
  readonly part: number;
  /** this part of `RowHashes.bytes` of the current version's rows, base64 */
  readonly hashes: string;
}

interface DatasetRowTable {
  readonly dataset: string;
  readonly key: string;
  /** `bucketOf(key)` */
  readonly bucket: number;
  readonly version: number;
  /** null = deleted */
  readonly body: string | null;
}

interface GivenOrderTable {
  readonly id: string;
  /** the same for all that was ordered at once */
  readonly batch: string;
  readonly terminal: string;
  readonly kind: string;
  readonly body: string;
  readonly at: string;
  readonly expires_at: string;
  readonly state: string;
  readonly code: string | null;
  /** how often it was sent, and when it is to be sent again unless the terminal tells that it came */
  readonly sends: number;
  readonly next_at: string;
  readonly sent_at: string | null;
  readonly received_at: string | null;
  readonly begun_at: string | null;
  readonly ended_at: string | null;
  /** an account */
  readonly ordered_by: string;
  /** `OrderDetail` as JSON */
  readonly detail: string | null;
  /** what the terminal brought to the door for it */
  readonly upload_type: string | null;
  readonly upload_bytes: number | null;
  readonly uploaded_at: string | null;
}

export interface Tables
  extends ClubTables,
    ServiceTables,
    LibraryTables,
    SalesTables,
    ReportTables,
    AccountTables,
    FleetTables,
    DeviceStateTables,
    TallyTables,
    ErasureTables {
  readonly migration: { readonly name: string };
  readonly stream: StreamTable;
  readonly fact: FactTable;
  readonly dead_letter: DeadLetterTable;
  readonly renumbered: RenumberedTable;
  readonly boot_clock: BootClockTable;
  readonly terminal: TerminalTable;
  readonly shard_lease: ShardLeaseTable;
  readonly worker: WorkerTable;
  readonly mark: { readonly name: string; readonly value: string };
  readonly dataset: DatasetTable;
  readonly dataset_hashes: DatasetHashesTable;
  readonly dataset_version: { readonly name: string; readonly version: number };
  readonly dataset_row: DatasetRowTable;
  readonly given_order: GivenOrderTable;
}
