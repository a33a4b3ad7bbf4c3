// Tells headquarters of what came as an order and is none: somebody else speaks on the broker (S16). Once an hour for each reason.
import type { FactContent } from '../sync/contract/facts.ts';
import type { TenantId, TerminalId } from '../sync/contract/ids.ts';
import type { OrderRefusal } from '../sync/contract/orders.ts';
import { topics } from '../sync/contract/topics.ts';
import type { SyncErrorCode } from '../sync/sync-error.ts';
import type { Config } from './config.ts';

const quietMs = 3_600_000;

const reasons: Readonly<Partial<Record<SyncErrorCode, OrderRefusal>>> = {
  'sync-frame-unsigned': 'unsigned',
  'sync-frame-forged': 'forged',
  'sync-frame-unreadable': 'malformed',
  'sync-frame-shape': 'malformed',
  'sync-order-foreign': 'foreign',
  'sync-order-replayed': 'replayed',
  'sync-order-surplus': 'surplus',
};

export class OrderRefusals {
  readonly #topic: string;
  readonly #monoMs: () => number;
  readonly #record: (fact: FactContent) => void;
  readonly #toldMs = new Map<OrderRefusal, number>();

  constructor(
    parts: {
      readonly config: Pick<Config, 'tenant' | 'terminal'>;
      readonly clock: { readonly monoMs: () => number };
    },
    record: (fact: FactContent) => void,
  ) {
    const { tenant, terminal } = parts.config;
    this.#topic = topics.order(tenant as TenantId, terminal as TerminalId);
    this.#monoMs = () => parts.clock.monoMs();
    this.#record = record;
  }

  note(code: SyncErrorCode, topic: string | undefined): void {
    const reason = reasons[code];
    if (topic !== this.#topic || !reason) return;
    const nowMs = this.#monoMs();
    if (nowMs - (this.#toldMs.get(reason) ?? Number.NEGATIVE_INFINITY) < quietMs) return;
    this.#toldMs.set(reason, nowMs);
    this.#record({ kind: 'order-refused', body: { reason } });
  }
}
