// A fleet that takes what its twins say, or fails at it in one of five ways; its clock is the test's.
import type { Fact } from '../../../../sync/contract/facts.ts';
import type { TerminalId } from '../../../../sync/contract/ids.ts';
import type { ReleaseOrder } from '../../../../sync/contract/release.ts';
import type { TwinValues } from '../../../../sync/contract/twin.ts';
import { RolloutRounds } from '../../../../sync/headquarters/fleet/rollout-rounds.ts';
import type { RolloutRules } from '../../../../sync/headquarters/fleet/rollout-step.ts';
import { Rollouts } from '../../../../sync/headquarters/fleet/rollouts.ts';
import type { TwinFact } from '../../../../sync/headquarters/fleet/twin-reports.ts';
import type { Parts } from '../../../../sync/headquarters/parts.ts';
import { fact } from '../some-facts.ts';
import { bringDevices, type SomeDevice, setOnline } from './fleet-devices.ts';

/** How a terminal takes a release: it serves, goes back with a code, goes away for good, or says nothing more. */
export type Taking =
  | 'serves'
  | 'crash'
  | 'http-500'
  | 'hang'
  | 'white-screen'
  | 'reader-lost'
  | 'dead'
  | 'mute';
export const badTakings = [
  'crash',
  'http-500',
  'hang',
  'white-screen',
  'reader-lost',
  'dead',
  'mute',
] as const;

export const rules: RolloutRules = { soakMs: 600_000, heartbeatMs: 60_000, applyMs: 1_800_000 };

export class RolloutWorld {
  readonly world: Parts;
  ms: number;
  /** who was ever ordered to take which release */
  readonly reached = new Map<number, Set<string>>();
  rollouts: Rollouts;
  rounds: RolloutRounds;
  readonly #needsApproval: boolean;
  /** revision that each told of last, and what it serves with */
  readonly #told = new Map<string, { rev: number; release: number }>();

  constructor(world: Parts, ms: number, needsApproval = false) {
    this.world = world;
    this.ms = ms;
    this.#needsApproval = needsApproval;
    ({ rollouts: this.rollouts, rounds: this.rounds } = this.restart());
  }

  /** As another process of headquarters, or the same after a start, would build them. */
  restart(): { readonly rollouts: Rollouts; readonly rounds: RolloutRounds } {
    const now = () => new Date(this.ms);
    this.rollouts = new Rollouts({ ...this.world, needsApproval: this.#needsApproval, now });
    this.rounds = new RolloutRounds({ ...this.world, rollouts: this.rollouts, rules, now });
    return this;
  }

  async bring(devices: readonly SomeDevice[], isOnline = true): Promise<void> {
    await bringDevices(this.world, devices);
    await setOnline(
      this.world,
      devices.map(({ id }) => id),
      isOnline,
    );
  }

  /** A release of this number, as if it had been taken in. */
  async list(
    seq: number,
    more: { readonly expires_at?: string; readonly architecture?: string } = {},
  ): Promise<void> {
    await this.world.store.db
      .insertInto('release')
      .values({
        ...{
          seq,
          version: `1.${seq}.0`,
          architecture: 'x64',
          manifest: '',
          manifest_hash: String(seq).padStart(64, '0'),
        },
        ...{ file: String(seq), bytes: 1, expires_at: '2030-01-01T00:00:00.000Z' },
        ...{ added_at: new Date(this.ms).toISOString(), added_by: 'anna', ...more },
      })
      .execute();
  }

  /** Every terminal looks at its twin, and does what it says in its own way. */
  async terminalsAct(taking: (device: string, seq: number) => Taking): Promise<void> {
    const { store, twinReports } = this.world;
    const twins = await store.db
      .selectFrom('twin as t')
      .innerJoin('terminal as p', 'p.terminal', 't.device')
      .select(['t.device', 't.rev', 't.hash', 't.body'])
      .where('p.online', '=', 1)
      .execute();
    const dead: string[] = [];
    await store.transaction(async (tx) => {
      for (const { device, rev, hash, body } of twins) {
        const before = this.#told.get(device) ?? { rev: 0, release: 0 };
        if (before.rev >= rev) continue;
        const order = (JSON.parse(body) as TwinValues)['release'] as ReleaseOrder | undefined;
        const how = order && order.seq !== before.release ? this.#take(device, order.seq, taking) : 'serves';
        const isTaken = how === 'serves';
        const release = isTaken ? (order?.seq ?? before.release) : before.release;
        this.#told.set(device, { rev, release });
        if (how === 'dead') dead.push(device);
        if (how === 'dead' || how === 'mute') continue;
        const said = isTaken
          ? { hash, state: 'ok', code: null }
          : { hash: null, state: 'rolled-back', code: how };
        const told = fact(1, {
          kind: 'twin-reported',
          at: new Date(this.ms).toISOString(),
          body: { rev, path: null, schema: 1, release, ...said },
        }) as unknown as Fact;
        await twinReports.apply(tx, device as TerminalId, [told as TwinFact]);
      }
    });
    if (dead.length > 0) await setOnline(this.world, dead, false);
  }

  /** Time goes by in steps of half a minute, each with a round and what the terminals make of it. */
  async pass(
    minutes: number,
    taking: (device: string, seq: number) => Taking = () => 'serves',
  ): Promise<void> {
    const until = this.ms + minutes * 60_000;
    while (this.ms < until) {
      await this.rounds.go();
      await this.terminalsAct(taking);
      this.ms += 30_000;
    }
    await this.rounds.go();
  }

  /** @returns how many serve with it by their own word */
  serving(seq: number): number {
    return [...this.#told.values()].filter(({ release }) => release === seq).length;
  }

  reachedBy(seq: number): number {
    return this.reached.get(seq)?.size ?? 0;
  }

  #take(device: string, seq: number, taking: (device: string, seq: number) => Taking): Taking {
    const reached = this.reached.get(seq) ?? new Set();
    this.reached.set(seq, reached.add(device));
    return taking(device, seq);
  }
}
