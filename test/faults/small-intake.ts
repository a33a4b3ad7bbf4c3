// The smallest headquarters that keeps the contract: applies facts once and in order, acks, serves one snapshot a dataset.
import {
  type DatasetChange,
  type DatasetName,
  type DatasetRoots,
  type DatasetRow,
  type DatasetVersions,
  datasetAskSchema,
  datasetNames,
  type Manifest,
} from '../../sync/contract/datasets.ts';
import { type Ack, type FactBatch, factBatchSchema } from '../../sync/contract/facts.ts';
import { decodeFrame, encodeFrame } from '../../sync/contract/frame.ts';
import type { TenantId } from '../../sync/contract/ids.ts';
import { emptyRoot } from '../../sync/contract/row-hash.ts';
import type { SigningKey } from '../../sync/contract/signed-frame.ts';
import { parseUpTopic, topics } from '../../sync/contract/topics.ts';
import { Database } from '../../sync/database.ts';
import { signedVoice } from '../../sync/headquarters/signed-voice.ts';
import type { Link, LinkAddress } from '../../sync/link.ts';
import { openMqttLink } from '../../sync/mqtt-link.ts';
import { SyncError } from '../../sync/sync-error.ts';
import { PublishedRows } from '../sync/dataset-changes.ts';

export const smallIntakeMigrations = [
  {
    name: 'small-intake-1',
    sql: `
      CREATE TABLE mark(terminal TEXT, epoch TEXT, applied INTEGER NOT NULL, PRIMARY KEY (terminal, epoch)) STRICT;
      CREATE TABLE fact(n INTEGER PRIMARY KEY, terminal TEXT NOT NULL, epoch TEXT NOT NULL, seq INTEGER NOT NULL,
        id TEXT NOT NULL, body TEXT NOT NULL) STRICT;
      CREATE INDEX fact_id ON fact(id);`,
  },
];

export interface AppliedFact {
  readonly terminal: string;
  readonly epoch: string;
  readonly seq: number;
  readonly id: string;
}

export interface SmallIntake {
  /** in the order in which they were applied; a doubled fact stands here twice */
  applied(): AppliedFact[];
  readonly isUp: boolean;
  /** a new version, told to all at once */
  publishDataset(
    dataset: DatasetName,
    rows: readonly DatasetRow[],
    forge?: (change: DatasetChange) => DatasetChange,
  ): void;
  close(): Promise<void>;
}

export interface SmallIntakeOptions {
  readonly tenant: TenantId;
  readonly file: string;
  readonly link: LinkAddress;
  readonly signKey: SigningKey;
  readonly manifestEveryMs: number;
}

export function openSmallIntake(options: SmallIntakeOptions): SmallIntake {
  const { tenant } = options;
  const db = Database.open(options.file, smallIntakeMigrations);
  const versions = Object.fromEntries(datasetNames.map((name) => [name, 0])) as DatasetVersions;
  const roots = Object.fromEntries(datasetNames.map((name) => [name, emptyRoot])) as DatasetRoots;
  const snapshots = new Map<DatasetName, DatasetChange>();
  const say = (topic: string, message: object, isRetained = false): void =>
    void voice(topic, encodeFrame(message), { isRetained });
  const sayManifest = (): void =>
    say(topics.manifest(tenant), { v: 1, at: nowText(), versions, roots } satisfies Manifest, true);
  const take = (topic: string, payload: Uint8Array): void => {
    const from = parseUpTopic(tenant, topic);
    if (from?.channel === 'facts') {
      const batch = decodeFrame(factBatchSchema, payload);
      if (batch.terminal === from.terminal) say(topics.ack(tenant, from.terminal), applyBatch(db, batch));
    } else if (from?.channel === 'ask') {
      const ask = decodeFrame(datasetAskSchema, payload);
      if (ask.kind !== 'changes') return;
      for (const [dataset, change] of snapshots) {
        if (ask.have[dataset] < versions[dataset]) {
          say(topics.dataset(tenant, from.terminal), { ...change, at: nowText() });
        }
      }
    }
  };
  const link: Link = openMqttLink(
    { ...options.link, clientId: `${tenant}-intake`, subscriptions: [topics.allUp(tenant)] },
    {
      onUp: sayManifest,
      onDown: () => {},
      onMessage: (topic, payload) => {
        try {
          take(topic, payload);
        } catch (error) {
          if (!(error instanceof SyncError)) throw error;
        }
      },
    },
  );
  const voice = signedVoice((...message) => link.publish(...message), options.signKey);
  const timer = setInterval(sayManifest, options.manifestEveryMs);
  return {
    applied: () => appliedFacts(db),
    get isUp() {
      return link.isUp;
    },
    publishDataset(dataset, rows, forge = (change) => change) {
      versions[dataset] += 1;
      const change = new PublishedRows(rows).change({ dataset, from: 0, to: versions[dataset] });
      roots[dataset] = change.root;
      snapshots.set(dataset, forge(change));
      sayManifest();
    },
    async close() {
      clearInterval(timer);
      await link.close();
      db.close();
    },
  };
}

/** @throws when the file cannot be read */
export function readAppliedFacts(file: string): AppliedFact[] {
  const db = Database.open(file, smallIntakeMigrations);
  const facts = appliedFacts(db);
  db.close();
  return facts;
}

function appliedFacts(db: Database): AppliedFact[] {
  return db.all('SELECT terminal, epoch, seq, id FROM fact ORDER BY n').map((row) => ({
    terminal: String(row['terminal']),
    epoch: String(row['epoch']),
    seq: Number(row['seq']),
    id: String(row['id']),
  }));
}

export function keepFact(db: Database, { terminal, epoch, seq, id }: AppliedFact, body: unknown): void {
  db.run(
    'INSERT INTO fact(terminal, epoch, seq, id, body) VALUES (?, ?, ?, ?, ?)',
    terminal,
    epoch,
    seq,
    id,
    JSON.stringify(body),
  );
}

function applyBatch(db: Database, { terminal, epoch, facts }: FactBatch): Ack {
  const applied = db.transaction(() => {
    const row = db.get('SELECT applied FROM mark WHERE terminal = ? AND epoch = ?', terminal, epoch);
    let mark = Number(row?.['applied'] ?? 0);
    for (const { seq, id, body } of facts) {
      if (seq !== mark + 1) continue;
      mark = seq;
      keepFact(db, { terminal, epoch, seq, id }, body);
    }
    db.run(
      'INSERT INTO mark(terminal, epoch, applied) VALUES (?1, ?2, ?3) ON CONFLICT DO UPDATE SET applied = ?3',
      terminal,
      epoch,
      mark,
    );
    return mark;
  });
  const visible = { members: 0, events: 0, requests: 0 };
  return { v: 1, epoch, applied, safe: applied, last: null, renew: false, visible };
}

function nowText(): string {
  return new Date().toISOString();
}
