// The load case of D3 from one seed: eight days, nine projects, 10,000 visitors, 600 sales, and what they ask and rate.
import { createHash } from 'node:crypto';
import type { FactContent } from '../../../sync/contract/facts.ts';
import type { FactId, MemberId, ProjectId, UnitId } from '../../../sync/contract/ids.ts';
import type { DeveloperFile } from '../../../sync/headquarters/developer-file.ts';
import { seededRandom } from '../../faults/fault-plan.ts';

export const fairDays = 8;
export const fairProjects = 9;
export const fairVisitors = 10_000;
export const fairSales = 600;
const unitsPerProject = 120;
const firstDay = Date.parse('2025-11-13T00:00:00.000+08:00');
const dayMs = 86_400_000;

export interface FairSale {
  readonly member: string;
  readonly project: string;
  readonly unit: string;
  /** when it was subscribed */
  readonly at: string;
}
/** As a terminal tells it, before it is numbered. */
export type FairFact = { readonly id: FactId; readonly at: string } & FactContent;
export interface Fair {
  readonly developer: DeveloperFile;
  readonly sales: readonly FairSale[];
  /** one terminal in each project's hall: what it recorded, oldest first */
  readonly halls: ReadonlyMap<string, readonly FairFact[]>;
}

/** @param share of the whole fair, 0 … 1: a tenth has a tenth of the visitors and sales, and all projects and days */
export function makeFair(seed: number, share = 1): Fair {
  const random = seededRandom(seed);
  const visitors = Math.round(fairVisitors * share);
  const sales: FairSale[] = [];
  const halls = new Map<string, FairFact[]>(projectIds.map((id) => [`hall-${id}`, []]));
  const wantedSales = Math.round(fairSales * share);
  for (let n = 0; n < visitors; n += 1) {
    const project = projectIds[Math.floor(random() * fairProjects)] ?? 'fair-1';
    // halls fill from nine in the morning to eight in the evening
    const day = Math.floor(random() * fairDays);
    const at = firstDay + day * dayMs + 9 * 3_600_000 + Math.floor(random() * 11 * 3_600_000);
    const buys = Math.floor(((n + 1) * wantedSales) / visitors) > Math.floor((n * wantedSales) / visitors);
    const visit = new Visit(seed, n, { project, day, at, buys }, random);
    halls.get(`hall-${project}`)?.push(...visit.facts());
    if (buys) sales.push(visit.sale(sales));
  }
  for (const facts of halls.values()) facts.sort((a, b) => (a.at < b.at ? -1 : 1));
  return { developer: fairDeveloper(visitors), sales, halls };
}

const projectIds = Array.from({ length: fairProjects }, (_, index) => `fair-${index + 1}`);
const memberId = (n: number): string => `v-${String(n).padStart(5, '0')}`;
const sessionId = (project: string, day: number): string => `${project}-day-${day + 1}`;
const w = (zh: string, en: string) => ({ zh, en });

interface Plan {
  readonly project: string;
  readonly day: number;
  readonly at: number;
  readonly buys: boolean;
}

/** What one visitor does between coming and going. */
class Visit {
  readonly #seed: number;
  readonly #n: number;
  readonly #plan: Plan;
  readonly #random: () => number;
  #step = 0;

  constructor(seed: number, n: number, plan: Plan, random: () => number) {
    this.#seed = seed;
    this.#n = n;
    this.#plan = plan;
    this.#random = random;
  }

  facts(): FairFact[] {
    const { project, day, buys } = this.#plan;
    const member = memberId(this.#n) as MemberId;
    const units = [this.#unit(), this.#unit()];
    const facts: FactContent[] = [
      {
        kind: 'check-in-recorded',
        body: {
          member,
          card: cardOf(this.#n),
          event: `${project}-fair`,
          session: sessionId(project, day),
          points: 20,
        },
      } as FactContent,
      ...units.map(
        (unit): FactContent => ({
          kind: 'interest-noted',
          body: {
            member,
            project: project as ProjectId,
            unit,
            what: 'unit',
            seconds: 20 + Math.floor(this.#random() * 200),
          },
        }),
      ),
    ];
    if (buys) facts.push({ kind: 'shortlist-kept', body: { member, units } });
    if (this.#random() < 0.12) facts.push(this.#request(member));
    return facts.map((content) => this.#told(content));
  }

  /** The first home of the project that nobody bought before. */
  sale(before: readonly FairSale[]): FairSale {
    const { project, at } = this.#plan;
    const sold = before.filter((each) => each.project === project).length;
    return {
      member: memberId(this.#n),
      project,
      unit: unitId(project, sold % unitsPerProject),
      at: new Date(at + 3_600_000).toISOString(),
    };
  }

  #unit(): UnitId {
    return unitId(this.#plan.project, Math.floor(this.#random() * unitsPerProject)) as UnitId;
  }

  #request(member: MemberId): FactContent {
    const at = this.#plan.at + 600_000;
    const kind = this.#random();
    const request = kind < 0.7 ? 'enquiry' : kind < 0.9 ? 'complaint' : 'praise';
    return {
      kind: 'request-filed',
      body: {
        number: `F-${String(this.#n).padStart(5, '0')}`,
        request,
        member,
        unit: null,
        project: this.#plan.project as ProjectId,
        libraryVersion: 1,
        tasks: [],
        text: request === 'praise' ? '置业顾问很耐心' : '车位怎么买？',
        replyBy: request === 'praise' ? null : new Date(at + 600_000).toISOString(),
        onSiteBy: null,
      },
    };
  }

  #told(content: FactContent): FairFact {
    const at = this.#plan.at + this.#step * 60_000;
    this.#step += 1;
    const id = factId(`${this.#seed}/${this.#n}/${this.#step}`, at);
    return { id, at: new Date(at).toISOString(), ...content };
  }
}

/** UUIDv7 that is the same for the same seed. */
function factId(of: string, at: number): FactId {
  const hash = createHash('sha256').update(of).digest('hex');
  const time = at.toString(16).padStart(12, '0');
  return `${time.slice(0, 8)}-${time.slice(8)}-7${hash.slice(0, 3)}-8${hash.slice(3, 6)}-${hash.slice(6, 18)}` as FactId;
}

function cardOf(n: number): string {
  return createHash('sha256').update(`card ${n}`).digest('base64url').slice(0, 22);
}

const unitId = (project: string, index: number): string => `${project}-${100 + index}`;

function fairDeveloper(visitors: number): DeveloperFile {
  const regions = ['south', 'east', 'north'];
  return {
    v: 1,
    regions: regions.map((id, index) => ({
      id,
      name: w(['华南', '华东', '华北'][index] ?? id, id),
      projects: projectIds.slice(index * 3, index * 3 + 3),
    })),
    board: [
      {
        kind: 'state',
        code: 'available',
        name: w('可售', 'Available'),
        colour: '#2e8b57',
        pattern: 'plain',
        order: 0,
        open: true,
      },
      {
        kind: 'state',
        code: 'subscribed',
        name: w('认购', 'Subscribed'),
        colour: '#e07a1f',
        pattern: 'stripes',
        order: 1,
        open: false,
      },
      ...projectIds.flatMap(projectRows),
    ],
    library: [{ kind: 'port', id: 'sales', name: w('销售', 'Sales') }],
    levels: [{ kind: 'level', code: 'basic', name: w('普卡', 'Basic'), from: 0, benefit: w('', '') }],
    members: Array.from({ length: visitors }, (_, n) => ({
      id: memberId(n),
      name: `访客${n}`,
      phone: `138${String(n).padStart(8, '0')}`,
      pin: null,
      cards: [],
      homes: [],
      ledger: [],
    })),
    events: projectIds.map((project) => ({
      kind: 'event',
      id: `${project}-fair`,
      name: w('八天看房节', 'Eight days of open house'),
      place: w('售楼处', 'Sales hall'),
      project,
    })),
    sessions: projectIds.flatMap((project) =>
      Array.from({ length: fairDays }, (_, day) => ({
        kind: 'session' as const,
        id: sessionId(project, day),
        event: `${project}-fair`,
        name: w(`第 ${day + 1} 天`, `Day ${day + 1}`),
        opensAt: new Date(firstDay + day * dayMs).toISOString(),
        endsAt: new Date(firstDay + (day + 1) * dayMs).toISOString(),
        points: 20,
      })),
    ),
    rosters: [],
  };
}

function projectRows(project: string): DeveloperFile['board'] {
  const area = 8_900;
  const price = 267_000_000;
  return [
    {
      kind: 'project',
      id: project,
      name: w(`${project} 项目`, `Project ${project}`),
      district: w('', ''),
      address: w('', ''),
      phone: '',
      highlights: [],
      adverse: [],
    },
    {
      kind: 'building',
      id: `${project}-b`,
      project,
      name: w('1 栋', 'Tower 1'),
      floors: 30,
      columns: 4,
      licence: '',
    },
    {
      kind: 'layout',
      id: `${project}-a`,
      project,
      name: w('A', 'A'),
      bedrooms: 3,
      halls: 2,
      baths: 2,
      area,
      plan: [],
    },
    ...Array.from({ length: unitsPerProject }, (_, index) => ({
      kind: 'unit' as const,
      id: unitId(project, index),
      project,
      building: `${project}-b`,
      floor: Math.floor(index / 4) + 1,
      column: (index % 4) + 1,
      number: `${Math.floor(index / 4) + 1}0${(index % 4) + 1}`,
      layout: `${project}-a`,
      state: 'available',
      facing: w('南', 'South'),
      area,
      pricePerM2: Math.round((price * 100) / area),
      price,
    })),
  ];
}
