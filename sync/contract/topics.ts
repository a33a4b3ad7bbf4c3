// Every MQTT topic of the product. No dots, no wildcards in names, nothing about a person.
import { createHash } from 'node:crypto';
import type { TenantId, TerminalId } from './ids.ts';

/** 64 shards, so that several intake workers can share a fleet on any broker without `$share`. */
export const shardCount = 64;

/** Two decimal digits from the terminal's id; the same everywhere and for ever. */
export function shardOf(terminal: TerminalId): string {
  const shard = createHash('sha256').update(terminal).digest().readUInt32BE(0) % shardCount;
  return String(shard).padStart(2, '0');
}

export const shardNames: readonly string[] = Array.from({ length: shardCount }, (_, shard) =>
  String(shard).padStart(2, '0'),
);

const root = (tenant: TenantId): string => `yingbin/v1/${tenant}`;
const up = (tenant: TenantId, terminal: TerminalId): string =>
  `${root(tenant)}/up/${shardOf(terminal)}/${terminal}`;
const down = (tenant: TenantId, terminal: TerminalId): string => `${root(tenant)}/down/${terminal}`;

export const topics = {
  /** terminal → headquarters: `FactBatch` */
  facts: (tenant: TenantId, terminal: TerminalId): string => `${up(tenant, terminal)}/facts`,
  /** terminal → headquarters: `DatasetAsk` */
  ask: (tenant: TenantId, terminal: TerminalId): string => `${up(tenant, terminal)}/ask`,
  /** terminal → headquarters, retained, last will says offline: `Presence` */
  presence: (tenant: TenantId, terminal: TerminalId): string => `${up(tenant, terminal)}/presence`,
  /** terminal → headquarters: `Question` */
  question: (tenant: TenantId, terminal: TerminalId): string => `${up(tenant, terminal)}/question`,
  /** headquarters → terminal: `Ack` */
  ack: (tenant: TenantId, terminal: TerminalId): string => `${down(tenant, terminal)}/ack`,
  /** headquarters → terminal: `DatasetChange` */
  dataset: (tenant: TenantId, terminal: TerminalId): string => `${down(tenant, terminal)}/dataset`,
  /** headquarters → terminal: the bytes of a chunk, asked for by their hash */
  chunk: (tenant: TenantId, terminal: TerminalId): string => `${down(tenant, terminal)}/chunk`,
  /** headquarters → terminal: `WireOrder` */
  order: (tenant: TenantId, terminal: TerminalId): string => `${down(tenant, terminal)}/order`,
  /** headquarters → terminal, again whenever it comes and has something else: `Desired` */
  twin: (tenant: TenantId, terminal: TerminalId): string => `${down(tenant, terminal)}/twin`,
  /** headquarters → terminal: `Answer` */
  answer: (tenant: TenantId, terminal: TerminalId): string => `${down(tenant, terminal)}/answer`,
  /** headquarters → all, retained: `Manifest` */
  manifest: (tenant: TenantId): string => `${root(tenant)}/all/manifest`,
  /** nothing is published here: what the head of a site bundle is signed with */
  siteBundle: (tenant: TenantId): string => `${root(tenant)}/all/site-bundle`,
  /** what headquarters subscribes to, for the terminals of one shard */
  shardUp: (tenant: TenantId, shard: string): string => `${root(tenant)}/up/${shard}/+/+`,
  /** the same for all */
  allUp: (tenant: TenantId): string => `${root(tenant)}/up/+/+/+`,
  /** headquarters → itself, heard by this filter of the two above: whether the broker still delivers */
  echo: (filter: string): string => filter.replace(/\/\+\/\+$/, '/headquarters/echo').replace('+', '00'),
} as const;

/** What a terminal says, by the last level of its topic. */
export type UpChannel = 'facts' | 'ask' | 'presence' | 'question';

/** Where an upward message came from, or undefined when the topic is not one of ours. */
export function parseUpTopic(
  tenant: TenantId,
  topic: string,
): { terminal: TerminalId; channel: UpChannel } | undefined {
  const match =
    /^yingbin\/v1\/([A-Za-z0-9_-]{1,40})\/up\/(\d{2})\/([A-Za-z0-9_-]{1,40})\/(facts|ask|presence|question)$/.exec(
      topic,
    );
  if (!match || match[1] !== tenant) return undefined;
  const terminal = match[3] as TerminalId;
  if (shardOf(terminal) !== match[2]) return undefined;
  return { terminal, channel: match[4] as UpChannel };
}
