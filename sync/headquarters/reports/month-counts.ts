// Counts a month from the tables: parts and wholes of every metric by project, by port and by supplier.
import { type RawBuilder, sql } from 'kysely';
import type { Reader, Store } from '../store/store.ts';
import { type MetricCode, satisfiedFrom } from './metric-definitions.ts';
import type { Span } from './site-month.ts';

export interface Figure {
  readonly part: number;
  readonly whole: number;
}
export type Figures = Readonly<Record<MetricCode, Figure>>;

/** `''` stands for what has no project; `key`: the port or supplier, `''` when counted by project alone. */
export interface CountedRow {
  readonly project: string;
  readonly key: string;
  readonly metric: MetricCode;
  readonly part: number;
  readonly whole: number;
}
export type CountedBy = 'project' | 'port' | 'supplier';

export interface CountOptions extends Span {
  /** promises that fall due later than this are not judged yet */
  readonly asOf: string;
}

/** A request whose tasks lie with two ports counts once for each of them. */
export async function countMonth(
  store: Store,
  db: Reader,
  options: CountOptions,
): Promise<Readonly<Record<CountedBy, readonly CountedRow[]>>> {
  const until = options.asOf < options.to ? options.asOf : options.to;
  const span = { ...options, until };
  const counts: Record<CountedBy, CountedRow[]> = { project: [], port: [], supplier: [] };
  for (const counted of [
    requestsOf(span),
    firstCallBacksOf(span),
    ratingsOf(store, span, await itemTrees(db)),
  ]) {
    for (const [by, row] of await countRequests(db, counted)) counts[by].push(row);
  }
  for (const [by, row] of await countDeadlines(db, span)) counts[by].push(row);
  return counts;
}

type Query = RawBuilder<Record<string, unknown>>;
interface Counted {
  /** columns `request`, `project`, and for each metric `c0` (part), `c1` (whole), `c2` … of 0 or 1 */
  readonly inner: Query;
  readonly metrics: readonly MetricCode[];
}
type JudgedSpan = Span & { readonly until: string };

/** What names no project is counted with that of its home. */
const projectOf = sql`coalesce(r.project, (select u.project from unit as u where u.id = r.unit))`;
const isValid = sql`(r.valid is null or r.valid = 1)`;
const flag = (condition: RawBuilder<unknown>) => sql`case when ${condition} then 1 else 0 end`;

function requestsOf({ from, to, until }: JudgedSpan): Counted {
  const isFiled = sql`r.filed_at >= ${from}`;
  const isClosed = sql`r.closed_at >= ${from} and r.closed_at < ${to}`;
  const replyFell = sql`r.reply_by >= ${from} and r.reply_by < ${until}`;
  const visitFell = sql`r.on_site_by >= ${from} and r.on_site_by < ${until}`;
  // each by its own index; of one condition with "or" the whole table would be read
  const touched = sql`
    select r.id from request as r where ${isFiled} and r.filed_at < ${to}
    union select r.id from request as r where ${isClosed}
    union select r.id from request as r where ${replyFell}
    union select r.id from request as r where ${visitFell}`;
  return {
    metrics: [
      'closing',
      'complaint-rate',
      'escalation-rate',
      'first-service-satisfaction',
      'reply-timeliness',
      'contact-timeliness',
    ],
    inner: sql`
      select r.id as request, ${projectOf} as project,
        ${flag(sql`${isFiled} and r.closed_at < ${to}`)} as c0, ${flag(isFiled)} as c1,
        ${flag(sql`${isFiled} and r.kind = 'complaint'`)} as c2, ${flag(isFiled)} as c3,
        ${flag(sql`${isFiled} and e.request is not null`)} as c4, ${flag(isFiled)} as c5,
        ${flag(sql`${isClosed} and r.outcome = 'solved' and r.reopened = 0`)} as c6, ${flag(isClosed)} as c7,
        ${flag(sql`${replyFell} and r.replied_at <= r.reply_by`)} as c8, ${flag(replyFell)} as c9,
        ${flag(sql`${visitFell} and r.on_site_at <= r.on_site_by`)} as c10, ${flag(visitFell)} as c11
      from request as r
      left join (
        select distinct request from request_event
        where at >= ${from} and at < ${to} and what = 'climbed' and withdrawn_at is null
      ) as e on e.request = r.id
      where ${isValid} and r.filed_at < ${to} and r.id in (${touched})`,
  };
}

function firstCallBacksOf({ from, to }: Span): Counted {
  return {
    metrics: ['first-satisfaction'],
    inner: sql`
      select r.id as request, ${projectOf} as project,
        ${flag(sql`b.verdict = 'solved'`)} as c0, 1 as c1
      from call_back as b join request as r on r.id = b.request
      where ${isValid} and b.done_at >= ${from} and b.done_at < ${to} and b.verdict is not null
        and not exists (
          select 1 from call_back as earlier
          where earlier.request = b.request and earlier.attempt < b.attempt and earlier.verdict is not null
        )`,
  };
}

function ratingsOf(store: Store, { from, to }: Span, trees: ItemTrees): Counted {
  const isGood = sql`g.score >= ${satisfiedFrom}`;
  const isHandOver = sql`(r.kind in ('handover', 'handoverCallback') or f.id is not null)`;
  const of = (codes: readonly string[]) => store.among('g.item', codes);
  const metrics: readonly [MetricCode, RawBuilder<unknown>][] = [
    ['hand-over-satisfaction', isHandOver],
    ['engineering-quality', of(trees.engineering)],
    ['planning-design', of(trees.design)],
  ];
  const columns = metrics.flatMap(([, belongs], index) => [
    sql`${flag(sql`${isGood} and ${belongs}`)} as ${sql.ref(`c${index * 2}`)}`,
    sql`${flag(belongs)} as ${sql.ref(`c${index * 2 + 1}`)}`,
  ]);
  return {
    metrics: metrics.map(([metric]) => metric),
    inner: sql`
      select g.request as request, coalesce(g.project, ${projectOf}) as project, ${sql.join(columns)}
      from rating as g
      left join request as r on r.id = g.request
      left join fact as f
        on g.request is null and g.survey is null and f.id = g.source and f.kind = 'hand-over-signed'
      where g.at >= ${from} and g.at < ${to}`,
  };
}

type Counts = readonly (readonly [CountedBy, CountedRow])[];

/** Read once, and added up in three ways. */
async function countRequests(db: Reader, { inner, metrics }: Counted): Promise<Counts> {
  const names = Array.from({ length: metrics.length * 2 }, (_, index) => sql.ref(`c${index}`));
  const sums = sql.join(names.map((name) => sql`sum(${name}) as ${name}`));
  const byTask = (by: 'port' | 'supplier') => sql`
    select ${sql.lit(by)} as counted, project, k, ${sums}
    from base join (
      select distinct t.request, ${sql.ref(`t.${by}`)} as k from task as t
      where t.request in (select request from base) and ${sql.ref(`t.${by}`)} is not null
    ) as own on own.request = base.request
    group by project, k`;
  const { rows } = await sql<Record<string, unknown>>`
    with base as materialized (
      select request, coalesce(project, '') as project, ${sums} from (${inner}) as told group by 1, 2
    )
    select 'project' as counted, project, '' as k, ${sums} from base group by project
    union all ${byTask('port')} union all ${byTask('supplier')}`.execute(db);
  return rows.flatMap((row) =>
    metrics.map((metric, index) => [
      row['counted'] as CountedBy,
      {
        project: String(row['project']),
        key: String(row['k']),
        metric,
        part: Number(row[`c${index * 2}`]),
        whole: Number(row[`c${index * 2 + 1}`]),
      },
    ]),
  );
}

/** 及时率, which counts tasks. */
async function countDeadlines(db: Reader, { from, until }: JudgedSpan): Promise<Counts> {
  const { rows } = await sql<{
    readonly project: string;
    readonly port: string;
    readonly supplier: string | null;
    readonly kept: number;
    readonly fell: number;
  }>`
    select project, port, supplier, sum(kept) as kept, count(*) as fell from (
      select coalesce(${projectOf}, '') as project, t.port as port, t.supplier as supplier,
        ${flag(sql`t.closed_at <= t.deadline`)} as kept
      from task as t join request as r on r.id = t.request
      where ${isValid} and t.deadline >= ${from} and t.deadline < ${until}
    ) as due
    group by project, port, supplier`.execute(db);
  return rows.flatMap(({ project, port, supplier, kept, fell }): Counts => {
    const row = { project, metric: 'timeliness' as const, part: Number(kept), whole: Number(fell) };
    return [
      ['project', { ...row, key: '' }],
      ['port', { ...row, key: port }],
      ...(supplier === null ? [] : [['supplier' as const, { ...row, key: supplier }] as const]),
    ];
  });
}

interface ItemTrees {
  readonly engineering: readonly string[];
  readonly design: readonly string[];
}

/** An item of level 2 with its details. */
async function itemTrees(db: Reader): Promise<ItemTrees> {
  const items = await db.selectFrom('satisfaction_item').select(['code', 'parent']).execute();
  const tree = (top: string): string[] => [
    top,
    ...items.filter(({ parent }) => parent === top).map(({ code }) => code),
  ];
  return { engineering: tree('engineering'), design: tree('design') };
}
