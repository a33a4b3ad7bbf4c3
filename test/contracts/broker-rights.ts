// What every broker of a fleet must deliver, and to whom: random topics and filters of each role against a plain model.
import { expect } from 'vitest';
import type { TenantId, TerminalId } from '../../sync/contract/ids.ts';
import { shardOf } from '../../sync/contract/topics.ts';
import { seededRandom } from '../faults/fault-plan.ts';
import type { FleetLine } from '../simulators/fleet-terminal.ts';

export type Role = 'headquarters' | TerminalId;

export interface RightsBench {
  readonly tenant: TenantId;
  readonly terminals: readonly [TerminalId, TerminalId];
  /** a fresh line of this role */
  open(role: Role): Promise<FleetLine>;
}

export interface RightsCount {
  readonly pairs: number;
  /** deliveries that had to come, and came */
  readonly delivered: number;
  /** `role heard topic of role` that must not be */
  readonly leaked: readonly string[];
  /** what had to come and did not */
  readonly missing: readonly string[];
}

const pairsTogether = 50;

interface Said {
  readonly by: Role;
  readonly topic: string;
  readonly payload: string;
}

/** Subscribes and publishes at random, and compares what arrives: a SUBACK proves nothing. */
export async function countRights(bench: RightsBench, seed: number, pairs: number): Promise<RightsCount> {
  const random = seededRandom(seed);
  const roles: readonly Role[] = ['headquarters', ...bench.terminals];
  const lines = new Map<Role, FleetLine>();
  const filters = new Map<Role, string[]>();
  const line = async (role: Role): Promise<FleetLine> => {
    const open = lines.get(role);
    if (open?.isUp) return open;
    const fresh = await bench.open(role);
    lines.set(role, fresh);
    filters.set(role, []);
    // heard by everybody when a batch is over
    await fresh.listen(barrierOf(bench, role));
    return fresh;
  };
  const leaked: string[] = [];
  const missing: string[] = [];
  let delivered = 0;
  for (let done = 0; done < pairs; done += pairsTogether) {
    const said: Said[] = [];
    const listening: { readonly role: Role; readonly filter: string }[] = [];
    for (let n = 0; n < pairsTogether; n += 1) {
      const topic = randomTopic(random, bench);
      const [by, to] = randomRoles(random, roles, topic);
      listening.push({ role: to, filter: randomFilter(random, topic) });
      said.push({ by, topic, payload: `${seed}-${done + n}` });
    }
    for (const { role, filter } of listening) {
      const listener = await line(role);
      await listener.listen(filter);
      if (listener.isUp) filters.get(role)?.push(filter);
    }
    // speaking may end a line, and with it what it listens to: others speak for those who listen
    const speakers = new Map<Role, FleetLine>();
    for (const { by, topic, payload } of said) {
      const speaker = speakers.get(by);
      const open = speaker?.isUp ? speaker : await bench.open(by);
      speakers.set(by, open);
      await open.say(topic, payload);
    }
    for (const speaker of speakers.values()) await speaker.close();
    for (const role of roles) await barrier(bench, await line(role), role, `${seed}-end-${done}`);
    for (const role of roles) {
      const heard = new Set((lines.get(role)?.heard ?? []).map(({ payload }) => payload));
      for (const { by, topic, payload } of said) {
        const mayHear = mayWrite(bench, by, topic) && mayRead(bench, role, topic);
        const asked = (filters.get(role) ?? []).filter((filter) => matches(filter, topic));
        const mustHear = mayHear && asked.some((filter) => isWithin(bench, role, filter));
        if (heard.has(payload) && !mayHear) leaked.push(`${role} heard ${topic} of ${by}`);
        if (mustHear && !heard.has(payload)) missing.push(`${role} did not hear ${topic} of ${by}`);
        if (mustHear && heard.has(payload)) delivered += 1;
      }
    }
    // fresh ears, or soon everybody listens to everything
    for (const each of lines.values()) await each.close();
    lines.clear();
  }
  return { pairs, delivered, leaked, missing };
}

/** Where a role is told that a batch is over: it may hear it, and headquarters or itself may say it. */
function barrierOf({ tenant, terminals }: RightsBench, role: Role): string {
  return role === 'headquarters'
    ? `yingbin/v1/${tenant}/up/${shardOf(terminals[0])}/${terminals[0]}/ask`
    : `yingbin/v1/${tenant}/down/${role}/ack`;
}

async function barrier(bench: RightsBench, listener: FleetLine, role: Role, mark: string): Promise<void> {
  const speaker = await bench.open(role === 'headquarters' ? bench.terminals[0] : 'headquarters');
  await speaker.say(barrierOf(bench, role), mark);
  const deadline = performance.now() + 60_000;
  while (!listener.heard.some(({ payload }) => payload === mark)) {
    if (performance.now() > deadline) throw new Error(`${role} heard no barrier`);
    await new Promise((resolve) => setImmediate(resolve));
  }
  await speaker.close();
}

function mayWrite({ tenant }: RightsBench, role: Role, topic: string): boolean {
  const [root, v1, of, way, a, b, ...rest] = topic.split('/');
  if (`${root}/${v1}` !== 'yingbin/v1' || of !== tenant) return false;
  const isEcho = way === 'up' && b === 'headquarters' && `${rest}` === 'echo';
  if (role === 'headquarters') return way === 'down' || way === 'all' || isEcho;
  return way === 'up' && a === shardOf(role) && b === role && rest.length === 1;
}

function mayRead({ tenant }: RightsBench, role: Role, topic: string): boolean {
  const [root, v1, of, way, a] = topic.split('/');
  if (`${root}/${v1}` !== 'yingbin/v1' || of !== tenant) return false;
  if (role === 'headquarters') return way === 'up';
  return way === 'all' || (way === 'down' && a === role);
}

/** Everything that the filter could match is the role's to read: the broker has no reason to refuse it. */
function isWithin(bench: RightsBench, role: Role, filter: string): boolean {
  const { tenant } = bench;
  const own =
    role === 'headquarters'
      ? [`yingbin/v1/${tenant}/up/`]
      : [`yingbin/v1/${tenant}/down/${role}/`, `yingbin/v1/${tenant}/all/manifest`];
  return own.some((start) => filter.startsWith(start));
}

function matches(filter: string, topic: string): boolean {
  const [asked, said] = [filter.split('/'), topic.split('/')];
  if (topic.startsWith('$') && !filter.startsWith('$')) return false;
  for (const [n, level] of asked.entries()) {
    if (level === '#') return true;
    if (said[n] === undefined || (level !== '+' && level !== said[n])) return false;
  }
  return asked.length === said.length;
}

function randomTopic(random: () => number, { tenant, terminals }: RightsBench): string {
  const [a, b] = terminals;
  const who = (): string => pick(random, [a, a, b, b, `${a}1`, a.slice(0, 1), 'headquarters', '']);
  const of = pick(random, [tenant, tenant, tenant, tenant, tenant, tenant, `${tenant}2`, 'other']);
  const channel = (): string => pick(random, ['facts', 'ask', 'presence', 'question', 'else', 'twin', 'ack']);
  const owner = pick(random, [a, b]);
  switch (pick(random, ['up', 'up', 'up', 'down', 'down', 'down', 'all', 'wild'] as const)) {
    case 'up': {
      if (random() < 0.05) return `yingbin/v1/${of}/up/00/headquarters/echo`;
      const shard = pick(random, [shardOf(owner), shardOf(owner), shardOf(owner), '00', '77']);
      return `yingbin/v1/${of}/up/${shard}/${pick(random, [owner, owner, who()])}/${channel()}`;
    }
    case 'down':
      return `yingbin/v1/${of}/down/${pick(random, [owner, owner, who()])}/${channel()}`;
    case 'all':
      return `yingbin/v1/${of}/all/${pick(random, ['manifest', 'manifest', 'site-bundle'])}`;
    case 'wild':
      return pick(random, [
        'yingbin',
        `yingbin/v2/${tenant}/up/00/${a}/facts`,
        `yingbin/v1/${tenant}/${a}`,
        `/yingbin/v1/${tenant}/down/${a}/ack`,
        'plain/topic',
        `yingbin/v1/${tenant}/up/00/../${shardOf(a)}/${a}/facts`,
      ]);
  }
}

/** Half of the time those whom it is meant for. */
function randomRoles(random: () => number, roles: readonly Role[], topic: string): readonly [Role, Role] {
  if (random() < 0.5) return [pick(random, roles), pick(random, roles)];
  const owner = roles.find((role) => topic.split('/').includes(role)) ?? pick(random, roles);
  return topic.includes('/up/') ? [owner, 'headquarters'] : ['headquarters', owner];
}

/** It always matches the topic: as it stands, or with some of its levels or its end left open. */
function randomFilter(random: () => number, topic: string): string {
  const levels = topic.split('/').map((level) => (random() < 0.15 ? '+' : level));
  if (random() < 0.3) return [...levels.slice(0, Math.floor(random() * levels.length)), '#'].join('/');
  return random() < 0.5 ? topic : levels.join('/');
}

function pick<T>(random: () => number, from: readonly T[]): T {
  const one = from[Math.floor(random() * from.length)];
  if (one === undefined) throw new Error('nothing to choose from');
  return one;
}

/** @param seed said in what fails */
export function expectRights({ pairs, delivered, leaked, missing }: RightsCount, seed: number): void {
  expect({ seed, leaked, missing }).toEqual({ seed, leaked: [], missing: [] });
  // a broker that delivers nothing would leak nothing either
  expect(delivered).toBeGreaterThan(pairs / 40);
}
