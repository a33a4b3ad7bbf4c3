// The tables of headquarters as descriptions, in the order in which they can be made; see `tables.ts` for their meaning.
import { accountShapes } from './account-tables.ts';
import { clubShapes } from './club-tables.ts';
import { deviceStateShapes } from './device-state-table.ts';
import { erasureShape } from './erasure-table.ts';
import { fleetShapes } from './fleet-tables.ts';
import { libraryShapes } from './library-tables.ts';
import { reportShapes } from './report-tables.ts';
import { salesShapes } from './sales-tables.ts';
import { serviceShapes } from './service-tables.ts';
import type { TableShape } from './table-shape.ts';
import { tallyShape } from './tally-table.ts';

/** The lease of whoever does what only one process may do; the others are those of the shards. */
export const leaderLease = 'leader';

export const firstTables: readonly TableShape[] = [
  {
    name: 'stream',
    columns: {
      terminal: 'text',
      epoch: 'text',
      applied: 'integer',
      safe: 'integer',
      last_id: 'text?',
      last_at: 'text',
      alarm: 'text?',
    },
    key: ['terminal', 'epoch'],
  },
  {
    name: 'fact',
    columns: {
      n: 'number',
      terminal: 'text',
      epoch: 'text',
      seq: 'integer',
      id: 'text',
      kind: 'text',
      at: 'text',
      boot: 'text',
      mono_ms: 'integer',
      clock: 'text',
      received_at: 'text',
      hash: 'text',
      body: 'text',
    },
    unique: [['id'], ['terminal', 'epoch', 'seq']],
  },
  {
    name: 'dead_letter',
    columns: {
      n: 'number',
      terminal: 'text',
      epoch: 'text?',
      seq: 'integer?',
      id: 'text?',
      reason: 'text',
      detail: 'text',
      hash: 'text',
      raw: 'text',
      received_at: 'text',
    },
    // letters without a number may repeat: null is never equal to null
    unique: [['terminal', 'epoch', 'seq', 'hash']],
    indexes: [['id'], ['reason']],
  },
  {
    name: 'renumbered',
    columns: { terminal: 'text', epoch: 'text', seq: 'integer', id: 'text', hash: 'text' },
    key: ['terminal', 'epoch', 'seq'],
  },
  {
    name: 'boot_clock',
    columns: { terminal: 'text', boot: 'text', offset_ms: 'integer' },
    key: ['terminal', 'boot'],
  },
  {
    name: 'terminal',
    columns: {
      terminal: 'text',
      shard: 'text',
      online: 'integer',
      version: 'text',
      waiting: 'integer',
      first_seen: 'text',
      last_seen: 'text',
      order_no: 'integer?',
      oldest_at: 'text?',
    },
    key: ['terminal'],
  },
  {
    name: 'shard_lease',
    columns: { shard: 'text', worker: 'text?', fence: 'integer', until_ms: 'integer' },
    key: ['shard'],
    // part of a key, so that a row lock stands in the way of a new fence and not of a renewal
    unique: [['shard', 'fence']],
  },
  {
    name: 'worker',
    columns: { worker: 'text', until_ms: 'integer', able: 'integer' },
    key: ['worker'],
  },
  { name: 'mark', columns: { name: 'text', value: 'text' }, key: ['name'] },
  {
    name: 'dataset',
    columns: { name: 'text', version: 'integer', published_at: 'text', root: 'text' },
    key: ['name'],
  },
  {
    name: 'dataset_hashes',
    columns: { dataset: 'text', part: 'integer', hashes: 'text' },
    key: ['dataset', 'part'],
  },
  { name: 'dataset_version', columns: { name: 'text', version: 'integer' }, key: ['name', 'version'] },
  {
    name: 'dataset_row',
    columns: { dataset: 'text', key: 'text', bucket: 'integer', version: 'integer', body: 'text?' },
    key: ['dataset', 'key'],
    indexes: [
      ['dataset', 'version'],
      ['dataset', 'bucket'],
    ],
  },
  {
    name: 'given_order',
    columns: {
      id: 'text',
      batch: 'text',
      terminal: 'text',
      kind: 'text',
      body: 'text',
      at: 'text',
      expires_at: 'text',
      state: 'text',
      code: 'text?',
      sends: 'integer',
      next_at: 'text',
      sent_at: 'text?',
      received_at: 'text?',
      begun_at: 'text?',
      ended_at: 'text?',
      ordered_by: 'text',
      detail: 'text?',
      upload_type: 'text?',
      upload_bytes: 'integer?',
      uploaded_at: 'text?',
    },
    key: ['id'],
    indexes: [['batch'], ['terminal', 'state'], ['state', 'next_at'], ['state', 'expires_at']],
  },
  ...clubShapes,
  ...serviceShapes,
  ...libraryShapes,
  ...salesShapes,
  ...reportShapes,
  ...accountShapes,
  ...fleetShapes,
  ...deviceStateShapes,
];

/** With those that later steps of the migrations add. */
export const everyTable: readonly TableShape[] = [...firstTables, tallyShape, erasureShape];
