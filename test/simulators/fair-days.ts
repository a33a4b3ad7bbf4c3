// Eight days of a sales fair at nine sites: 10,000 check-ins as terminals would tell them, the same for the same seed.
// One in a hundred comes twice, told by two terminals of the site; some days of some terminals come late.

import type { DeveloperFile } from '../../sync/headquarters/developer-file.ts';
import { makeRandom, type Random } from '../demo/developer/random.ts';

export interface FairOptions {
  readonly seed: number;
  /** midnight of the first day, where the sites are */
  readonly firstDay: Date;
  /** 9 projects, 8 days, 10,000 visitors unless given */
  readonly sites?: number;
  readonly days?: number;
  readonly visitors?: number;
  /** members who may come; each visitor is one of them */
  readonly members: readonly string[];
}
/** As `fact` of a terminal: without what the outbox adds. */
export interface FairFact {
  readonly id: string;
  readonly seq: number;
  readonly at: string;
  readonly boot: string;
  readonly monoMs: number;
  readonly clock: 'synced';
  readonly schema: 1;
  readonly kind: 'check-in-recorded';
  readonly body: {
    readonly member: string;
    readonly card: string;
    readonly event: string;
    readonly session: string;
    readonly points: number;
    readonly isWalkIn?: true;
  };
}
export interface FairDays {
  readonly events: DeveloperFile['events'];
  readonly sessions: DeveloperFile['sessions'];
  readonly rosters: DeveloperFile['rosters'];
  /** what each terminal tells, oldest first */
  readonly streams: ReadonlyMap<string, readonly FairFact[]>;
  /** pairs of member and session: what is counted at last */
  readonly visits: number;
  /** of them, told twice */
  readonly doubles: number;
}

const dayMs = 86_400_000;
const openHour = 9;
const openHours = 10;
const checkInPoints = 20;
const terminalsPerSite = 2;

/** @throws RangeError when there are fewer members than come on one day to one site */
export function makeFairDays(options: FairOptions): FairDays {
  const { seed, firstDay, sites = 9, days = 8, visitors = 10_000, members } = options;
  const random = makeRandom(seed);
  const shares = shareOut(visitors, sites * days);
  if (members.length < Math.max(...shares)) throw new RangeError('too few members for one day of one site');
  const told: Omit<FairFact, 'seq' | 'monoMs' | 'boot'>[][] = Array.from(
    { length: sites * terminalsPerSite },
    () => [],
  );
  const fair: {
    events: DeveloperFile['events'];
    sessions: DeveloperFile['sessions'];
    rosters: DeveloperFile['rosters'];
  } = {
    events: [],
    sessions: [],
    rosters: [],
  };
  let doubles = 0;
  for (let site = 0; site < sites; site += 1) {
    fair.events.push(eventAt(site));
    for (let day = 0; day < days; day += 1) {
      const session = `fair-${site + 1}-${day + 1}`;
      const opensMs = firstDay.getTime() + day * dayMs + openHour * 3_600_000;
      fair.sessions.push(sessionOf(session, site, day, opensMs));
      const first = random.int(0, members.length - 1);
      for (let index = 0; index < (shares[site * days + day] ?? 0); index += 1) {
        const member = members[(first + index) % members.length] ?? '';
        const isListed = random.next() < 0.7;
        if (isListed) fair.rosters.push({ session, member, treatment: null });
        const atMs = opensMs + random.int(0, openHours * 3_600_000 - 60_000);
        const at = random.int(0, terminalsPerSite - 1);
        const tell = (terminal: number, ms: number): void => {
          told[site * terminalsPerSite + terminal]?.push(
            checkIn(random, { site, session, member, isListed, ms }),
          );
        };
        tell(at, atMs);
        if (random.next() >= 0.01) continue;
        doubles += 1;
        tell(1 - at, atMs + 30_000);
      }
    }
  }
  const streams = new Map(
    told.map((facts, index) => [terminalName(index), numbered(facts.sort((a, b) => (a.at < b.at ? -1 : 1)))]),
  );
  return { ...fair, streams, visits: visitors, doubles };
}

function terminalName(index: number): string {
  return `fair-${Math.floor(index / terminalsPerSite) + 1}-${(index % terminalsPerSite) + 1}`;
}

function numbered(facts: readonly Omit<FairFact, 'seq' | 'monoMs' | 'boot'>[]): FairFact[] {
  const startMs = Date.parse(facts[0]?.at ?? new Date(0).toISOString());
  return facts.map((fact, index) => ({
    ...fact,
    seq: index + 1,
    boot: 'fair',
    monoMs: Date.parse(fact.at) - startMs,
  }));
}

function checkIn(
  random: Random,
  about: {
    readonly site: number;
    readonly session: string;
    readonly member: string;
    readonly isListed: boolean;
    readonly ms: number;
  },
): Omit<FairFact, 'seq' | 'monoMs' | 'boot'> {
  const { site, session, member, isListed, ms } = about;
  return {
    id: uuid(random, ms),
    at: new Date(ms).toISOString(),
    clock: 'synced',
    schema: 1,
    kind: 'check-in-recorded',
    body: {
      member,
      card: member.padEnd(22, 'c').slice(0, 22),
      event: `fair-${site + 1}`,
      session,
      points: checkInPoints,
      ...(isListed ? {} : { isWalkIn: true }),
    },
  };
}

function eventAt(site: number): DeveloperFile['events'][number] {
  const name = { zh: `第 ${site + 1} 楼盘开盘周`, en: `Opening week, site ${site + 1}` };
  return {
    kind: 'event',
    id: `fair-${site + 1}`,
    name,
    place: { zh: '售楼处', en: 'Sales hall' },
    project: null,
  };
}

function sessionOf(
  id: string,
  site: number,
  day: number,
  opensMs: number,
): DeveloperFile['sessions'][number] {
  return {
    kind: 'session',
    id,
    event: `fair-${site + 1}`,
    name: { zh: `第 ${day + 1} 天`, en: `Day ${day + 1}` },
    opensAt: new Date(opensMs).toISOString(),
    endsAt: new Date(opensMs + openHours * 3_600_000).toISOString(),
    points: checkInPoints,
    walkIn: true,
  };
}

/** Whole numbers that add up, none more than one apart. */
function shareOut(total: number, parts: number): number[] {
  return Array.from(
    { length: parts },
    (_, index) => Math.floor(((index + 1) * total) / parts) - Math.floor((index * total) / parts),
  );
}

/** UUIDv7 of that time. */
function uuid(random: Random, ms: number): string {
  const hex = (count: number): string =>
    Array.from({ length: count }, () => random.int(0, 15).toString(16)).join('');
  const time = ms.toString(16).padStart(12, '0');
  return `${time.slice(0, 8)}-${time.slice(8)}-7${hex(3)}-8${hex(3)}-${hex(12)}`;
}
