// How regions, ports and the people in charge did in a month: what personnel systems and managers read.
import { type RawBuilder, sql } from 'kysely';
import type { Words } from '../../contract/ids.ts';
import type { KpiLine, KpiReport } from '../api/kpi-api.ts';
import type { Reader, Store } from '../store/store.ts';
import { satisfiedFrom } from './metric-definitions.ts';
import type { Figure } from './month-counts.ts';
import { portNames } from './month-report.ts';
import { groupName, noRegion, noRegionName, readOrganisation } from './regions.ts';
import { lastMonth, type Month, monthSpan, type Span } from './site-month.ts';

const w = (zh: string, en: string): Words => ({ zh, en });

export const kpiFigures: KpiReport['figures'] = [
  {
    code: 'in-time',
    name: w('按时办结', 'Done in time'),
    whole: w('本月到期的任务', 'tasks whose deadline fell in the month'),
    part: w('其中按时办结的', 'those closed by their deadline'),
  },
  {
    code: 'solved-first',
    name: w('一次解决', 'Solved the first time'),
    whole: w('本月关闭、有其任务的有效诉求', 'valid requests closed in the month in which they had a task'),
    part: w('其中“已解决”且从未重开的', 'those solved and never reopened'),
  },
  {
    code: 'satisfied',
    name: w('满意', 'Satisfied'),
    whole: w('这些诉求的评分', 'ratings of these requests'),
    part: w('其中 4 分及以上的', 'those of 4 points or more'),
  },
  {
    code: 'first-line',
    name: w('一线解决', 'Solved at the first line'),
    whole: w('本月关闭的有效诉求', 'valid requests closed in the month'),
    part: w('其中没有端口动手就关闭的', 'those closed without a port having moved a task'),
  },
];

/** What was counted under one key of a scope. */
interface Counts {
  readonly kept: number;
  readonly due: number;
  readonly solved: number;
  readonly closed: number;
  readonly good: number;
  readonly rated: number;
  readonly first: number;
}
type CountName = keyof Counts;

const nothing: Counts = { kept: 0, due: 0, solved: 0, closed: 0, good: 0, rated: 0, first: 0 };

export class Kpi {
  readonly #store: Store;
  readonly #now: () => Date;
  readonly #timeZone: string;

  constructor(store: Store, now: () => Date, timeZone: string) {
    this.#store = store;
    this.#now = now;
    this.#timeZone = timeZone;
  }

  lastMonth(): Month {
    return lastMonth(this.#now(), this.#timeZone);
  }

  async of(month: Month): Promise<KpiReport> {
    const madeAt = this.#now().toISOString();
    const { from, to } = monthSpan(month, this.#timeZone);
    const span = { from, to, until: madeAt < to ? madeAt : to };
    const lines = await this.#store.snapshot(async (tx) => [
      ...(await regionLines(tx, span)),
      ...(await keyedLines(tx, span, 'port', await portNames(tx))),
      ...(await keyedLines(tx, span, 'person', await personNames(tx))),
    ]);
    return { month, madeAt, figures: kpiFigures, lines };
  }
}

type JudgedSpan = Span & { readonly until: string };

async function regionLines(db: Reader, span: JudgedSpan): Promise<KpiLine[]> {
  const { regions, projects } = await readOrganisation(db);
  const regionOf = new Map<string, string>(projects.map(({ id, region }) => [id, region]));
  const byRegion = new Map<string, Counts>();
  let all = nothing;
  for (const [project, counts] of await countBy(db, span, 'project')) {
    const region = regionOf.get(project) ?? noRegion;
    byRegion.set(region, sum(byRegion.get(region) ?? nothing, counts));
    all = sum(all, counts);
  }
  const strangers = byRegion.has(noRegion) ? [{ id: noRegion, name: noRegionName }] : [];
  return [
    lineOf('group', '', groupName, all),
    ...[...regions, ...strangers].map(({ id, name }) =>
      lineOf('region', id, name, byRegion.get(id) ?? nothing),
    ),
  ];
}

async function keyedLines(
  db: Reader,
  span: JudgedSpan,
  scope: 'port' | 'person',
  names: ReadonlyMap<string, Words>,
): Promise<KpiLine[]> {
  const counts = await countBy(db, span, scope);
  return [...counts]
    .sort(([a], [b]) => (a < b ? -1 : 1))
    .map(([key, counted]) => lineOf(scope, key, names.get(key) ?? w(key, key), counted));
}

function lineOf(scope: KpiLine['scope'], key: string, name: Words, counts: Counts): KpiLine {
  const figure = (part: CountName, whole: CountName): Figure => ({
    part: counts[part],
    whole: counts[whole],
  });
  return {
    scope,
    key,
    name,
    inTime: figure('kept', 'due'),
    solvedFirst: figure('solved', 'closed'),
    satisfied: figure('good', 'rated'),
    firstLine: scope === 'group' || scope === 'region' ? figure('first', 'closed') : null,
  };
}

function sum(a: Counts, b: Counts): Counts {
  return {
    kept: a.kept + b.kept,
    due: a.due + b.due,
    solved: a.solved + b.solved,
    closed: a.closed + b.closed,
    good: a.good + b.good,
    rated: a.rated + b.rated,
    first: a.first + b.first,
  };
}

const isValid = sql`(r.valid is null or r.valid = 1)`;
const projectOf = sql`coalesce(r.project, (select u.project from unit as u where u.id = r.unit), '')`;

/** A request counts once for each port and each person that had a task of it. */
async function countBy(
  db: Reader,
  { from, to, until }: JudgedSpan,
  by: 'project' | 'port' | 'person',
): Promise<Map<string, Counts>> {
  const counts = new Map<string, Counts>();
  const add = async (
    query: RawBuilder<{ k: string } & Partial<Record<CountName, number>>>,
  ): Promise<void> => {
    const { rows } = await query.execute(db);
    for (const { k, ...some } of rows) {
      const told = Object.fromEntries(
        Object.entries(some).map(([name, value]) => [name, Number(value ?? 0)]),
      );
      counts.set(k, sum(counts.get(k) ?? nothing, { ...nothing, ...told }));
    }
  };
  const key = by === 'project' ? projectOf : sql.ref(`t.${by}`);
  await add(sql`
    select k, sum(kept) as kept, count(*) as due from (
      select ${key} as k, case when t.closed_at <= t.deadline then 1 else 0 end as kept
      from task as t join request as r on r.id = t.request
      where ${isValid} and t.deadline >= ${from} and t.deadline < ${until}
    ) as fell
    where k is not null group by k`);
  const owners =
    by === 'project'
      ? sql`select ${projectOf} as k, r.id as request from request as r where r.id in (select request from base)`
      : sql`select distinct ${key} as k, t.request as request from task as t where t.request in (select request from base)`;
  await add(sql`
    with base as materialized (
      select r.id as request,
        case when r.outcome = 'solved' and r.reopened = 0 then 1 else 0 end as solved,
        case when exists (
          select 1 from request_event as e
          where e.request = r.id and e.what = 'task-moved' and e.withdrawn_at is null
        ) then 0 else 1 end as first,
        (select count(*) from rating as g where g.request = r.id and g.score >= ${satisfiedFrom}) as good,
        (select count(*) from rating as g where g.request = r.id) as rated
      from request as r
      where ${isValid} and r.closed_at >= ${from} and r.closed_at < ${to}
    )
    select k, sum(solved) as solved, count(*) as closed, sum(good) as good, sum(rated) as rated, sum(first) as first
    from base join (${owners}) as own on own.request = base.request
    where k is not null group by k`);
  return counts;
}

async function personNames(db: Reader): Promise<Map<string, Words>> {
  const accounts = await db.selectFrom('account').select(['id', 'name']).execute();
  return new Map(accounts.map(({ id, name }) => [id, w(name, name)]));
}
