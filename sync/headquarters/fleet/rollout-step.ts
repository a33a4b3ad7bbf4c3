// How a rollout goes on: who failed, whether it stops, whose turn is next. Pure: what is kept of it is `rollouts.ts`'s.
import { placeOf, type Ring, rings } from './rings.ts';

export type MemberState = 'waiting' | 'offered' | 'ok' | 'failed' | 'silent';

/** A device of a rollout, and what is known of it now. */
export interface Member {
  readonly device: string;
  readonly ring: Ring;
  readonly state: MemberState;
  /** was it there when its ring began? */
  readonly wasOnline: boolean;
  readonly isOnline: boolean;
  readonly offeredAt: string | null;
  /** the revision of its twin that offered it */
  readonly offeredRev: number | null;
  readonly endedAt: string | null;
  /** since when we see it there, or away; null = not looked yet */
  readonly sinceMs: number | null;
  readonly reported: Reported | null;
}
export interface Reported {
  readonly rev: number;
  readonly state: string;
  readonly code: string | null;
  readonly path: string | null;
  readonly release: number;
  readonly at: string;
}

export interface RolloutRules {
  /** how long a ring must have served before the next begins */
  readonly soakMs: number;
  /** a terminal that is away for three of them is silent */
  readonly heartbeatMs: number;
  /** to fetch it and to try it; who is there and says nothing for longer is silent too */
  readonly applyMs: number;
}

export interface Verdict {
  readonly device: string;
  readonly state: 'ok' | 'failed' | 'silent';
  readonly code: string | null;
}

/** Devices that may be at risk at once. The first rings show whether it serves at all. */
const batches: Readonly<Record<Ring, number>> = { lab: 3, canary: 3, early: 25, rest: 100 };
const firstBatch = 3;
/** Failures that stop a ring: so many, or this share of it, whichever is more. */
const stopAt = 2;
const stopShare = 0.02;
/** Of those that ended, so many must serve. */
const goodShare = 0.95;
/** Sites are closed at night: who came after its ring began is missed only after this. */
const lateGoneMs = 24 * 3_600_000;

/** @returns what became of it by now; undefined = nothing new */
export function verdictOf(
  member: Member,
  seq: number,
  rules: RolloutRules,
  nowMs: number,
): Verdict | undefined {
  const { device, state, reported, offeredRev } = member;
  if (state !== 'offered' && state !== 'ok') return undefined;
  const said = reported && reported.rev >= (offeredRev ?? 0) ? reported : null;
  if (said && (said.state === 'rejected' || said.state === 'rolled-back') && isOfRelease(said.path)) {
    return { device, state: 'failed', code: said.code };
  }
  if (state === 'ok') return undefined;
  if (said?.state === 'ok' && said.release === seq) return { device, state: 'ok', code: null };
  return silence(member, said, rules, nowMs);
}

function silence(
  { device, isOnline, wasOnline, sinceMs, offeredAt }: Member,
  said: Reported | null,
  { heartbeatMs, applyMs }: RolloutRules,
  nowMs: number,
): Verdict | undefined {
  if (!isOnline) {
    const mostMs = wasOnline ? 3 * heartbeatMs : lateGoneMs;
    const isGone = sinceMs !== null && nowMs - sinceMs >= mostMs;
    return isGone ? { device, state: 'silent', code: 'gone' } : undefined;
  }
  // it holds it back while somebody is served, or until its window opens
  if (said?.state === 'waiting') return undefined;
  const lastMs = Math.max(Date.parse(offeredAt ?? ''), said ? Date.parse(said.at) : 0, sinceMs ?? nowMs);
  return nowMs - lastMs >= applyMs ? { device, state: 'silent', code: 'no-answer' } : undefined;
}

/** A set-up that it refused for another value says nothing of the release. */
function isOfRelease(path: string | null): boolean {
  return path === null || path === 'release' || path.startsWith('release.');
}

export interface Standing {
  readonly ring: Ring;
  /** failures before that are forgiven */
  readonly ringSince: string;
  readonly members: readonly Member[];
}

const isFailure = ({ state }: Member): boolean => state === 'failed' || state === 'silent';

function failures({ members, ringSince }: Standing): readonly Member[] {
  return members.filter((member) => isFailure(member) && (member.endedAt ?? '') >= ringSince);
}

/** @returns why it must stop */
export function faultOf(standing: Standing): 'too-many-failures' | undefined {
  const size = standing.members.filter(({ ring }) => ring === standing.ring).length;
  return failures(standing).length >= Math.max(stopAt, Math.ceil(size * stopShare))
    ? 'too-many-failures'
    : undefined;
}

/** Where its current ring stands: `open`: not all have ended; `soaking`: it must have served for longer. */
export type RingStanding = 'empty' | 'open' | 'not-good' | 'soaking' | 'good';

export function ringStanding(
  standing: Standing,
  { soakMs }: Pick<RolloutRules, 'soakMs'>,
  nowMs: number,
): RingStanding {
  const mine = standing.members.filter(({ ring }) => ring === standing.ring);
  if (mine.length === 0) return 'empty';
  const there = mine.filter(({ wasOnline }) => wasOnline);
  const counted = there.length > 0 ? there : mine;
  const isOpen =
    there.some(({ state, isOnline }) => state === 'offered' || (state === 'waiting' && isOnline)) ||
    (there.length === 0 && mine.some(({ state }) => state === 'offered'));
  const ok = mine.filter(({ state }) => state === 'ok').length;
  const failed = failures(standing).filter(({ ring }) => ring === standing.ring).length;
  // those that are away wait; a ring in which nobody serves with it yet has shown nothing
  if (isOpen || ok + failed === 0) return 'open';
  if (ok / (ok + failed) < goodShare) return 'not-good';
  const ended = counted.map(({ endedAt }) => Date.parse(endedAt ?? standing.ringSince));
  return nowMs - Math.max(Date.parse(standing.ringSince), ...ended) >= soakMs ? 'good' : 'soaking';
}

/** May a person open the next ring without waiting? Not while somebody is being tried or too many failed. */
export function mayPromote(standing: Standing): boolean {
  const mine = standing.members.filter(({ ring }) => ring === standing.ring);
  const ok = mine.filter(({ state }) => state === 'ok').length;
  const failed = failures(standing).length;
  return !standing.members.some(({ state }) => state === 'offered') && ok >= (ok + failed) * goodShare;
}

export function ringAfter(ring: Ring): Ring | undefined {
  return rings[rings.indexOf(ring) + 1];
}

/** How many may be at risk now: failed ones stay counted, so that a bad release meets no second batch. */
export function batchOf({ ring, members }: Standing): number {
  const ok = members.filter(({ state }) => state === 'ok').length;
  return Math.max(firstBatch, Math.min(batches[ring], ok));
}

/** @returns devices that are offered it now, at most as many as there is room for */
export function offersOf(rollout: string, standing: Standing): string[] {
  const { members, ring } = standing;
  const atRisk = members.filter(({ state }) => state === 'offered').length + failures(standing).length;
  const open = rings.slice(0, rings.indexOf(ring) + 1);
  return members
    .filter((member) => member.state === 'waiting' && member.isOnline && open.includes(member.ring))
    .map((member) => ({
      device: member.device,
      turn: rings.indexOf(member.ring) + placeOf(rollout, member.device),
    }))
    .sort((a, b) => a.turn - b.turn)
    .slice(0, Math.max(0, batchOf(standing) - atRisk))
    .map(({ device }) => device);
}
