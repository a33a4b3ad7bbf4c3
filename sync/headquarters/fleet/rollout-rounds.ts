// Carries the newest rollout on by itself: judges, stops, opens the next ring, offers. All that it knows is in the store.
import type { Audit } from '../accounts/audit.ts';
import type { Notices } from '../notices/notices.ts';
import type { Store, Tx } from '../store/store.ts';
import { haltedNotice } from './fleet-notices.ts';
import { readOrders } from './release-orders.ts';
import {
  beginRing,
  newestRollout,
  offer,
  type RolloutRow,
  readStanding,
  takeIn,
  withdraw,
} from './rollout-rows.ts';
import {
  faultOf,
  offersOf,
  type RolloutRules,
  ringAfter,
  ringStanding,
  type Standing,
  type Verdict,
  verdictOf,
} from './rollout-step.ts';
import { expiryOf, type Rollouts } from './rollouts.ts';
import type { Twins } from './twins.ts';

export interface RolloutRoundsOptions {
  readonly store: Store;
  readonly audit: Audit;
  readonly notices: Notices;
  readonly twins: Twins;
  readonly rollouts: Rollouts;
  readonly rules: RolloutRules;
  readonly now: () => Date;
}

const clock = { account: 'clock' };

export class RolloutRounds {
  readonly #options: RolloutRoundsOptions;
  /** whether each is there, and since when we see it so: after a start of ours nobody is missed at once */
  readonly #since = new Map<string, number>();
  #there: ReadonlySet<string> = new Set();

  constructor(options: RolloutRoundsOptions) {
    this.#options = options;
  }

  /** @returns how many devices were offered it now */
  async go(): Promise<number> {
    const { store, twins, now } = this.#options;
    const open = await store.transaction(newestRollout);
    if (open?.state !== 'running' && open?.state !== 'done') return 0;
    await this.#lookWhoIsThere(now().getTime());
    return await store.transaction(async (tx) => {
      await twins.lock(tx);
      const rollout = await newestRollout(tx);
      if (rollout?.state !== 'running' && rollout?.state !== 'done') return 0;
      return await this.#round(tx, rollout);
    });
  }

  async #round(tx: Tx, rollout: RolloutRow): Promise<number> {
    const { store, twins, now } = this.#options;
    const at = now().toISOString();
    await takeIn(store, tx, rollout);
    let standing = await this.#judge(tx, rollout, at);
    const expires = await expiryOf(tx, rollout.seq);
    const fault = expires === undefined || expires <= at ? ('release-expired' as const) : faultOf(standing);
    if (fault !== undefined) return await this.#halt(tx, rollout, standing, fault, at);
    if (rollout.state === 'running') {
      const next = await this.#advance(tx, rollout, standing, at);
      if (next === 'halted') return 0;
      standing = next;
    }
    const offers = offersOf(rollout.id, standing);
    await offer(store, tx, twins, rollout, offers, at);
    return offers.length;
  }

  /** Writes down what became of those that were offered it; who failed goes back to what it had. */
  async #judge(tx: Tx, rollout: RolloutRow, at: string): Promise<Standing> {
    const { store, twins, rules } = this.#options;
    const before = await readStanding(tx, rollout, this.#since);
    const verdicts = before.members.flatMap(
      (member) => verdictOf(member, rollout.seq, rules, Date.parse(at)) ?? [],
    );
    if (verdicts.length === 0) return before;
    for (const { state, code, devices } of alike(verdicts)) {
      await tx
        .updateTable('rollout_device')
        .set({ state, code, ended_at: at })
        .where('rollout', '=', rollout.id)
        .where(store.among('device', devices))
        .execute();
    }
    const failed = verdicts.filter(({ state }) => state !== 'ok').map(({ device }) => device);
    await withdraw(store, tx, twins, rollout.id, failed, at);
    return await readStanding(tx, rollout, this.#since);
  }

  /** Opens rings until one has somebody to wait for. */
  async #advance(tx: Tx, rollout: RolloutRow, now: Standing, at: string): Promise<Standing | 'halted'> {
    const { audit, rules } = this.#options;
    let standing = now;
    for (;;) {
      const next = ringAfter(standing.ring);
      const soakMs = next === undefined ? 0 : rules.soakMs;
      const state = ringStanding(standing, { soakMs }, Date.parse(at));
      if (state === 'not-good') {
        await this.#halt(tx, rollout, standing, 'ring-not-good', at);
        return 'halted';
      }
      if (state !== 'good' && state !== 'empty') return standing;
      if (next === undefined) {
        await tx.updateTable('rollout').set({ state: 'done' }).where('id', '=', rollout.id).execute();
        await audit.note(tx, clock, 'rollout-done', rollout.id, { seq: rollout.seq });
        return standing;
      }
      await beginRing(tx, rollout.id, next, at);
      await audit.note(tx, clock, 'rollout-ring-begun', rollout.id, { seq: rollout.seq, ring: next });
      standing = await readStanding(tx, { ...rollout, ring: next, ring_since: at }, this.#since);
    }
  }

  async #halt(
    tx: Tx,
    { id, seq }: RolloutRow,
    { ring, members }: Standing,
    code: string,
    at: string,
  ): Promise<number> {
    const { audit, notices, rollouts } = this.#options;
    const failed = members.filter(({ state }) => state === 'failed' || state === 'silent').length;
    const reached = members.filter(({ state }) => state !== 'waiting').length;
    const version = (await readOrders(tx)).get(seq)?.version ?? String(seq);
    await rollouts.stop(tx, id, code, at);
    await audit.note(tx, clock, 'rollout-halted', id, { seq, ring, code, failed, reached });
    await notices.queue(tx, [haltedNotice({ rollout: id, version, ring, code, failed, reached, at })]);
    return 0;
  }

  /** When nobody at all is there, it is we who do not hear: then nobody is missed. */
  async #lookWhoIsThere(nowMs: number): Promise<void> {
    const rows = await this.#options.store.db.selectFrom('terminal').select(['terminal', 'online']).execute();
    const there = new Set(rows.filter(({ online }) => online === 1).map(({ terminal }) => terminal));
    if (there.size === 0) this.#since.clear();
    else {
      for (const { terminal } of rows) {
        const isAsBefore = there.has(terminal) === this.#there.has(terminal);
        if (!isAsBefore || !this.#since.has(terminal)) this.#since.set(terminal, nowMs);
      }
    }
    this.#there = there;
  }
}

/** Verdicts that are written down alike, together. */
function alike(
  verdicts: readonly Verdict[],
): { readonly state: Verdict['state']; readonly code: string | null; readonly devices: string[] }[] {
  const groups = new Map<string, { state: Verdict['state']; code: string | null; devices: string[] }>();
  for (const { device, state, code } of verdicts) {
    const key = `${state} ${code}`;
    const group = groups.get(key) ?? { state, code, devices: [] };
    group.devices.push(device);
    groups.set(key, group);
  }
  return [...groups.values()];
}
