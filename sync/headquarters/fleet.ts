// The terminals that headquarters has heard of: there now, last seen when, how far told.
import { type Insertable, sql, type Updateable } from 'kysely';
import { type Presence, presenceSchema } from '../contract/facts.ts';
import { decodeFrame } from '../contract/frame.ts';
import type { TerminalId } from '../contract/ids.ts';
import { shardOf } from '../contract/topics.ts';
import { GatheredWrites } from './store/gathered-writes.ts';
import type { Store } from './store/store.ts';
import type { Tables } from './store/tables.ts';
import type { Holding } from './workers/shards.ts';

export interface TerminalState {
  readonly terminal: TerminalId;
  readonly online: boolean;
  readonly version: string;
  /** facts that it had not been acked for when it last said so */
  readonly waiting: number;
  /** when the oldest of these happened, by its clock; null = none waits, or it did not say */
  readonly oldestWaitingAt: string | null;
  readonly firstSeen: string;
  readonly lastSeen: string;
  /** of its latest epoch; null before its first fact */
  readonly epoch: string | null;
  readonly applied: number;
  /** `seq-conflict`: two devices shared its identity; `facts-missing`: it had forgotten what headquarters lost */
  readonly alarm: string | null;
  /** what stands around it and has said how it is, by name */
  readonly devices: DeviceState[];
}
export interface DeviceState {
  readonly device: string;
  readonly state: string;
  /** since when */
  readonly at: string;
}

/** A terminal that speaks all the time is written down once in this time: each time is a write to disk. */
const seenEveryMs = 1_000;

export class Fleet {
  readonly #store: Store;
  readonly #writes: GatheredWrites;
  readonly #now: () => Date;
  /** when each was last written down as online, by us */
  readonly #seenMs = new Map<TerminalId, number>();
  /** what those that came with facts still have to bring; a terminal says it only when it comes */
  readonly #waiting = new Map<TerminalId, number>();

  readonly #onBirth: (terminal: TerminalId, birth: Presence) => Promise<void>;

  /** @param onBirth a terminal has just come, and says what it is */
  constructor(
    store: Store,
    now: () => Date,
    onBirth: (terminal: TerminalId, birth: Presence) => Promise<void> = async () => {},
  ) {
    this.#store = store;
    this.#writes = new GatheredWrites(store);
    this.#now = now;
    this.#onBirth = onBirth;
  }

  /**
   * @param isRetained the broker kept it: it says how things stand, not that the terminal was seen just now
   * @throws SyncError when the frame is no presence
   */
  async receivePresence(terminal: TerminalId, frame: Uint8Array, isRetained: boolean): Promise<void> {
    const presence = decodeFrame(presenceSchema, frame);
    const { online, version, waiting, oldest = null, at } = presence;
    const now = this.#now().toISOString();
    // a last will was written long before: what it says of age is nothing
    const age = online ? { oldest_at: oldest } : {};
    const said = { online: online ? 1 : 0, version, waiting, ...age };
    this.#seenMs.delete(terminal);
    this.#noteWaiting(terminal, waiting);
    await this.#write(
      {
        terminal,
        shard: shardOf(terminal),
        oldest_at: null,
        ...said,
        order_no: null,
        first_seen: now,
        last_seen: isRetained ? (at ?? now) : now,
      },
      isRetained ? said : { ...said, last_seen: now },
    );
    if (online && !isRetained) await this.#onBirth(terminal, presence);
  }

  /**
   * Any sign of life; also of a terminal whose presence was lost on the way.
   * @param applied how many of its facts came with it
   */
  async noteSeen(terminal: TerminalId, applied = 0): Promise<void> {
    const now = this.#now();
    const sinceMs = now.getTime() - (this.#seenMs.get(terminal) ?? Number.NEGATIVE_INFINITY);
    const waited = this.#waiting.get(terminal);
    const waiting = waited === undefined ? undefined : Math.max(0, waited - applied);
    if (waiting !== undefined) this.#noteWaiting(terminal, waiting);
    // that the last of them came is told at once
    if (sinceMs >= 0 && sinceMs < seenEveryMs && waiting !== 0) return;
    this.#seenMs.set(terminal, now.getTime());
    const seen = {
      online: 1,
      last_seen: now.toISOString(),
      ...(waiting === undefined ? {} : { waiting }),
      ...(waiting === 0 ? { oldest_at: null } : {}),
    };
    await this.#write(
      {
        terminal,
        shard: shardOf(terminal),
        version: '',
        waiting: 0,
        oldest_at: null,
        order_no: null,
        ...seen,
        first_seen: seen.last_seen,
      },
      seen,
    );
  }

  /** Without a broker nobody's presence is known: of the terminals of these shards. */
  async forgetPresence(shards: Holding['shards'] = 'all'): Promise<void> {
    this.#seenMs.clear();
    const online = this.#store.db.updateTable('terminal').set({ online: 0 }).where('online', '=', 1);
    await (shards === 'all' ? online : online.where(this.#store.among('shard', shards))).execute();
  }

  #write(row: Insertable<Tables['terminal']>, change: Updateable<Tables['terminal']>): Promise<void> {
    return this.#writes.write((tx) =>
      tx
        .insertInto('terminal')
        .values(row)
        .onConflict((it) => it.column('terminal').doUpdateSet(change))
        .execute(),
    );
  }

  #noteWaiting(terminal: TerminalId, waiting: number): void {
    if (waiting > 0) this.#waiting.set(terminal, waiting);
    else this.#waiting.delete(terminal);
  }

  async list(): Promise<TerminalState[]> {
    const rows = await this.#store.db
      .selectFrom('terminal as t')
      .leftJoin('stream as s', (join) =>
        join.onRef('s.terminal', '=', 't.terminal').on(
          's.epoch',
          '=',
          sql<string>`(select x.epoch from stream x where x.terminal = t.terminal
            order by x.last_at desc, x.epoch limit 1)`,
        ),
      )
      .select(['t.terminal', 't.online', 't.version', 't.waiting', 's.epoch', 's.applied'])
      .select(['t.first_seen as firstSeen', 't.last_seen as lastSeen', 't.oldest_at as oldestWaitingAt'])
      .select((from) =>
        from
          .selectFrom('dead_letter as d')
          .select(({ fn }) => fn.max('d.reason').as('missing'))
          .whereRef('d.terminal', '=', 't.terminal')
          .where('d.reason', '=', 'facts-missing')
          .as('missing'),
      )
      .select((from) =>
        from
          .selectFrom('stream as a')
          .select(({ fn }) => fn.max('a.alarm').as('alarm'))
          .whereRef('a.terminal', '=', 't.terminal')
          .as('alarm'),
      )
      .orderBy('t.terminal')
      .execute();
    const devices = await this.#devices();
    return rows.map(({ terminal, online, applied, alarm, missing, ...row }) => ({
      ...row,
      terminal: terminal as TerminalId,
      online: online === 1,
      applied: applied ?? 0,
      alarm: alarm ?? missing,
      devices: devices.get(terminal) ?? [],
    }));
  }

  async #devices(): Promise<ReadonlyMap<string, DeviceState[]>> {
    const rows = await this.#store.db
      .selectFrom('device_state')
      .selectAll()
      .orderBy('terminal')
      .orderBy('device')
      .execute();
    const byTerminal = new Map<string, DeviceState[]>();
    for (const { terminal, ...state } of rows)
      byTerminal.set(terminal, [...(byTerminal.get(terminal) ?? []), state]);
    return byTerminal;
  }
}
