// What headquarters knows of the clocks of terminals' boots, so that times told by a wrong clock can be mended (CK3).
import type { Fact } from '../contract/facts.ts';
import type { TerminalId } from '../contract/ids.ts';
import type { Reader, Store, Tx } from './store/store.ts';

/** Less than this is the clock being set, not being wrong. */
const noticedMs = 2_000;
/** A time told by a guessing clock that is further off than a terminal's ring is long is no time at all. */
const plausibleMs = 30 * 86_400_000;
/** Rows carry years of four digits. */
const lastMs = Date.UTC(9_999, 11, 31);

/** boot → wall clock minus monotonic clock, in milliseconds */
export type Offsets = ReadonlyMap<string, number>;

export class BootClocks {
  readonly #store: Store;
  readonly #find;

  constructor(store: Store) {
    this.#store = store;
    this.#find = store.prepared(
      (db, { terminal, boots }: { terminal: TerminalId; boots: readonly string[] }) =>
        db
          .selectFrom('boot_clock')
          .select(['boot', 'offset_ms'])
          .where('terminal', '=', terminal)
          .where(store.among('boot', boots)),
    );
  }

  /** Notes the clocks that these facts tell. @returns what is known of the boots that they come from */
  async learn(tx: Tx, terminal: TerminalId, facts: readonly Fact[]): Promise<Offsets> {
    const boots = new Set<string>();
    const told = new Map<string, Fact>();
    for (const fact of facts) {
      boots.add(fact.boot);
      if (fact.clock === 'synced') told.set(fact.boot, fact);
    }
    const known = await this.offsets(tx, terminal, [...boots]);
    const news = [...told].flatMap(([boot, { at, monoMs }]): [string, number][] => {
      const offset = Date.parse(at) - monoMs;
      const old = known.get(boot);
      // a date by its form need not be one
      if (Number.isNaN(offset)) return [];
      return old !== undefined && Math.abs(old - offset) <= noticedMs ? [] : [[boot, offset]];
    });
    await this.#store.insert(
      tx,
      'boot_clock',
      news.map(([boot, offset]) => ({ terminal, boot, offset_ms: offset })),
      { onConflict: { keys: ['terminal', 'boot'] } },
    );
    return new Map([...known, ...news]);
  }

  async offsets(db: Reader, terminal: TerminalId, boots: readonly string[]): Promise<Offsets> {
    if (boots.length === 0) return new Map();
    const rows = await this.#find(db, { terminal, boots });
    return new Map(rows.map(({ boot, offset_ms: offset }) => [boot, offset]));
  }
}

/** @returns the time of a fact as its boot's clock is known now, or null when that says nothing new */
export function mendedTime(
  { clock, boot, monoMs }: Pick<Fact, 'clock' | 'boot' | 'monoMs'>,
  offsets: Offsets,
): string | null {
  const offset = offsets.get(boot);
  return clock === 'synced' || offset === undefined ? null : instantOf(offset + monoMs);
}

/** The time that a fact's effects carry: mended, as told, or that of its arrival when what was told cannot be. */
export function effectTime(fact: Fact, offsets: Offsets, receivedAt: string): string {
  const told = Date.parse(fact.at);
  const isOff = fact.clock === 'guess' && Math.abs(Date.parse(receivedAt) - told) > plausibleMs;
  return mendedTime(fact, offsets) ?? (isOff ? null : instantOf(told)) ?? receivedAt;
}

/** @returns null for what no row can carry */
function instantOf(ms: number): string | null {
  return ms >= 0 && ms <= lastMs ? new Date(ms).toISOString() : null;
}

/** A terminal whose clock runs ahead must not date anything into the future. */
export function notAhead(at: string, now: Date): string {
  return new Date(Math.min(Date.parse(at), now.getTime())).toISOString();
}
