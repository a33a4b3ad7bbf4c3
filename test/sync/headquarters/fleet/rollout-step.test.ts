// A rollout as a model: whatever terminals come, go, serve, fail or fall silent, never more than a batch is at risk.
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { ringOf, rings } from '../../../../sync/headquarters/fleet/rings.ts';
import {
  batchOf,
  faultOf,
  type Member,
  offersOf,
  type RolloutRules,
  ringAfter,
  ringStanding,
  type Standing,
  verdictOf,
} from '../../../../sync/headquarters/fleet/rollout-step.ts';

const seed = Number(process.env['SEED'] ?? Date.now() % 1_000_000);
const rules: RolloutRules = { soakMs: 600_000, heartbeatMs: 60_000, applyMs: 1_800_000 };
const at = (ms: number): string => new Date(ms).toISOString();

type Luck = () => number;
interface Model {
  standing: Standing;
  nowMs: number;
  isHalted: boolean;
  readonly reached: Set<string>;
}

function change(model: Model, make: (member: Member) => Member): void {
  model.standing = { ...model.standing, members: model.standing.members.map(make) };
}

/** Terminals come and go, and those that were offered it say what became of it. */
function live(model: Model, luck: Luck, badShare: number): void {
  change(model, (member) => {
    const isFlipped = luck() < 0.02;
    const isOnline = isFlipped ? !member.isOnline : member.isOnline;
    const moved = isFlipped ? { ...member, isOnline, sinceMs: model.nowMs } : member;
    if (member.state !== 'offered' || luck() < 0.3) return moved;
    if (luck() >= badShare) return { ...moved, reported: said('ok', 7, model.nowMs) };
    if (luck() < 0.5) return { ...moved, reported: said('rolled-back', 6, model.nowMs) };
    return { ...moved, isOnline: false, sinceMs: moved.isOnline ? model.nowMs : moved.sinceMs };
  });
}

const said = (state: string, release: number, ms: number) => ({
  ...{ rev: 1, state, release, at: at(ms) },
  ...{ code: state === 'ok' ? null : 'crash', path: null },
});

/** One round, as headquarters goes through it. @param offers what chooses who is offered it */
function round(model: Model, offers: (standing: Standing) => readonly string[]): void {
  const verdicts = new Map(
    model.standing.members.flatMap((member) => {
      const verdict = verdictOf(member, 7, rules, model.nowMs);
      return verdict ? [[member.device, verdict.state] as const] : [];
    }),
  );
  change(model, (member) => {
    const state = verdicts.get(member.device);
    return state ? { ...member, state, endedAt: at(model.nowMs) } : member;
  });
  if (faultOf(model.standing) !== undefined) {
    model.isHalted = true;
    return;
  }
  for (;;) {
    const next = ringAfter(model.standing.ring);
    const stands = ringStanding(model.standing, rules, model.nowMs);
    if (stands === 'not-good') model.isHalted = true;
    if ((stands !== 'good' && stands !== 'empty') || next === undefined) break;
    model.standing = { ...model.standing, ring: next, ringSince: at(model.nowMs) };
    change(model, (member) => (member.ring === next ? { ...member, wasOnline: member.isOnline } : member));
  }
  if (model.isHalted) return;
  const chosen = new Set(offers(model.standing));
  for (const device of chosen) model.reached.add(device);
  change(model, (member) =>
    chosen.has(member.device)
      ? { ...member, state: 'offered', offeredAt: at(model.nowMs), offeredRev: 1, reported: null }
      : member,
  );
}

function atRisk({ members, ringSince }: Standing): number {
  return members.filter(
    ({ state, endedAt }) =>
      state === 'offered' || ((state === 'failed' || state === 'silent') && (endedAt ?? '') >= ringSince),
  ).length;
}

/** @returns the most that were ever at risk beyond the batch, and who was reached */
function play(
  input: { size: number; lab: number; away: number; badShare: number; numbers: number },
  offers: (standing: Standing) => readonly string[] = (standing) => offersOf('r', standing),
): { beyond: number; reached: number; isHalted: boolean; wrong: string[] } {
  const luck = lcg(input.numbers);
  const members = Array.from({ length: input.size }, (_, n): Member => {
    const device = `t${n}`;
    const isOnline = luck() >= input.away;
    return {
      ...{ device, ring: n < input.lab ? 'lab' : ringOf(device, ''), state: 'waiting', isOnline },
      ...{ wasOnline: n < input.lab && isOnline, offeredAt: null, offeredRev: null, endedAt: null },
      ...{ sinceMs: 0, reported: null },
    };
  });
  const model: Model = {
    standing: { ring: 'lab', ringSince: at(0), members },
    nowMs: 0,
    isHalted: false,
    reached: new Set(),
  };
  const wrong: string[] = [];
  let beyond = 0;
  for (let n = 0; n < 400 && !model.isHalted; n += 1) {
    const before = model.standing;
    round(model, offers);
    beyond = Math.max(beyond, atRisk(model.standing) - batchOf(model.standing));
    for (const member of model.standing.members) {
      const was = before.members.find(({ device }) => device === member.device);
      if (member.state !== 'offered' || was?.state === 'offered') continue;
      if (!member.isOnline) wrong.push(`${member.device} was offered it while it was away`);
      if (rings.indexOf(member.ring) > rings.indexOf(model.standing.ring))
        wrong.push(`${member.device} in front`);
    }
    live(model, luck, input.badShare);
    model.nowMs += 30_000;
  }
  return { beyond, reached: model.reached.size, isHalted: model.isHalted, wrong };
}

function lcg(start: number): Luck {
  let state = start;
  return () => {
    state = (Math.imul(state, 1_664_525) + 1_013_904_223) >>> 0;
    return state / 2 ** 32;
  };
}

const fleets = fc.record({
  size: fc.integer({ min: 1, max: 150 }),
  lab: fc.integer({ min: 0, max: 5 }),
  away: fc.constantFrom(0, 0.1, 0.6),
  badShare: fc.constantFrom(0, 0.02, 0.2, 0.6, 1),
  numbers: fc.nat(),
});

describe(`a rollout as a model (seed ${seed})`, () => {
  it('S22: never puts more than its batch at risk, offers to nobody who is away and to no ring before its turn', () => {
    fc.assert(
      fc.property(fleets, (input) => {
        const { beyond, wrong } = play(input);
        expect(beyond).toBeLessThanOrEqual(0);
        expect(wrong).toEqual([]);
      }),
      { seed, numRuns: 60 },
    );
  });

  it('S22: a release that serves nowhere reaches at most 3, whoever comes and goes', () => {
    fc.assert(
      fc.property(fleets, (input) => {
        expect(play({ ...input, badShare: 1 }).reached).toBeLessThanOrEqual(3);
      }),
      { seed, numRuns: 60 },
    );
  });

  it('S22: the control that must lose: a batch that forgets its failures reaches more than 3', () => {
    const forgetful = (standing: Standing): readonly string[] =>
      offersOf('r', {
        ...standing,
        members: standing.members.map((member) =>
          member.state === 'failed' || member.state === 'silent' ? { ...member, endedAt: '' } : member,
        ),
      });
    const input = { size: 150, lab: 5, away: 0, badShare: 1, numbers: 1 };
    const runs = Array.from({ length: 20 }, (_, numbers) => play({ ...input, numbers }, forgetful).reached);
    expect(Math.max(...runs)).toBeGreaterThan(3);
  });
});

describe('rings', () => {
  it('those that nobody named fall by their own name: one in a hundred canary, one in ten early, nobody in the lab', () => {
    const counts = new Map<string, number>();
    for (let n = 0; n < 20_000; n += 1) {
      const ring = ringOf(`terminal-${n}`, '');
      counts.set(ring, (counts.get(ring) ?? 0) + 1);
      expect(ringOf(`terminal-${n}`, '')).toBe(ring);
    }
    expect(counts.get('lab')).toBeUndefined();
    expect(Math.abs((counts.get('canary') ?? 0) / 20_000 - 0.01)).toBeLessThan(0.004);
    expect(Math.abs((counts.get('early') ?? 0) / 20_000 - 0.1)).toBeLessThan(0.01);
    expect(ringOf('terminal-1', 'lab')).toBe('lab');
  });
});
