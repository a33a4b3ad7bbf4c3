// The month's report: every metric for the group, its regions and projects, ports and suppliers, beside the month before and the year before.
import type { Words } from '../../contract/ids.ts';
import type { Compared, MonthReport, ReportFocus, ReportLine } from '../api/report-api.ts';
import type { Reader, Store } from '../store/store.ts';
import { type Cause, causeNames, causes, metricCodes, metricDefinitions } from './metric-definitions.ts';
import { type CountedBy, type CountedRow, countMonth } from './month-counts.ts';
import { countTasks, problemNames, type TaskCount } from './month-tasks.ts';
import { groupName, noRegion, noRegionName, type Organisation, readOrganisation } from './regions.ts';
import { addMonths, lastMonth, type Month, monthSpan } from './site-month.ts';

/** What the first column of three months is called. */
const periods = ['now', 'before', 'yearAgo'] as const;
type Period = (typeof periods)[number];
type ByPeriod<T> = Readonly<Record<Period, T>>;

const ranks = 20;
const productCauses: ReadonlySet<Cause> = new Set(['material', 'engineering', 'design', 'unknown']);
const withoutProject: Words = { zh: '未注明项目', en: 'No project' };

export class MonthReports {
  readonly #store: Store;
  readonly #now: () => Date;
  readonly #timeZone: string;

  constructor(store: Store, now: () => Date, timeZone: string) {
    this.#store = store;
    this.#now = now;
    this.#timeZone = timeZone;
  }

  /** The last month that is over. */
  lastMonth(): Month {
    return lastMonth(this.#now(), this.#timeZone);
  }

  async isRegion(id: string): Promise<boolean> {
    const { db } = this.#store;
    return (await db.selectFrom('region').select('id').where('id', '=', id).executeTakeFirst()) !== undefined;
  }

  /** @param region only its projects; null = the group's */
  async report(month: Month, region: string | null = null): Promise<MonthReport> {
    return await this.#store.snapshot(async (tx) => await this.#report(tx, month, region));
  }

  async #report(tx: Reader, month: Month, region: string | null): Promise<MonthReport> {
    const organisation = await readOrganisation(tx);
    const isWanted = wantedProjects(organisation, region);
    const counts = await this.#countAll(tx, month, isWanted);
    const tasks = await this.#tasks(tx, month, isWanted);
    const ports = await portNames(tx);
    const regionOf = regionFinder(organisation);
    const regions = organisation.regions.filter(({ id }) => region === null || id === region);
    return {
      month,
      madeAt: this.#now().toISOString(),
      isRunning: this.#now().toISOString() < monthSpan(month, this.#timeZone).to,
      region: region ?? '',
      metrics: metricDefinitions.map((definition) => ({ ...definition })),
      total: {
        ...lineOf('', regions.find(({ id }) => id === region)?.name ?? groupName, counts.project, () => true),
      },
      regions: withStrangers(regions, counts.project, regionOf).map(({ id, name }) =>
        lineOf(id, name, counts.project, (row) => regionOf(row.project) === id),
      ),
      projects: projectLines(organisation, counts.project, isWanted),
      ports: keyedLines(counts.port, (key) => ports.get(key)),
      suppliers: keyedLines(counts.supplier, () => undefined),
      structure: causes.map((cause) => ({
        cause,
        name: causeNames[cause],
        ...countsOf(tasks, (task) => task.cause === cause),
      })),
      ...(await this.#focus(tx, tasks)),
      supplierTasks: supplierTasks(tasks, organisation, regionOf),
    };
  }

  async #countAll(
    tx: Reader,
    month: Month,
    isWanted: (project: string) => boolean,
  ): Promise<Readonly<Record<CountedBy, ByPeriod<readonly CountedRow[]>>>> {
    const asOf = this.#now().toISOString();
    const counts = await overPeriods(month, (of) =>
      countMonth(this.#store, tx, { ...monthSpan(of, this.#timeZone), asOf }),
    );
    const by = (one: CountedBy): ByPeriod<readonly CountedRow[]> => {
      const ours = (period: Period) => counts[period][one].filter(({ project }) => isWanted(project));
      return { now: ours('now'), before: ours('before'), yearAgo: ours('yearAgo') };
    };
    return { project: by('project'), port: by('port'), supplier: by('supplier') };
  }

  async #tasks(
    tx: Reader,
    month: Month,
    isWanted: (project: string) => boolean,
  ): Promise<ByPeriod<readonly TaskCount[]>> {
    return await overPeriods(month, async (of) =>
      (await countTasks(tx, monthSpan(of, this.#timeZone))).filter(({ project }) => isWanted(project)),
    );
  }

  async #focus(
    tx: Reader,
    tasks: ByPeriod<readonly TaskCount[]>,
  ): Promise<Pick<MonthReport, 'productFocus' | 'serviceFocus'>> {
    const product = ranked(tasks, (task) => productCauses.has(task.cause));
    const service = ranked(tasks, (task) => !productCauses.has(task.cause));
    const nameOf = await problemNames(this.#store, tx, [...product, ...service]);
    const named = ({ element, problem, ...focus }: Ranked): ReportFocus => ({
      ...focus,
      name: nameOf(element, problem),
    });
    return { productFocus: product.map(named), serviceFocus: service.map(named) };
  }
}

async function overPeriods<T>(month: Month, of: (month: Month) => Promise<T>): Promise<ByPeriod<T>> {
  return {
    now: await of(month),
    before: await of(addMonths(month, -1)),
    yearAgo: await of(addMonths(month, -12)),
  };
}

function wantedProjects({ projects }: Organisation, region: string | null): (project: string) => boolean {
  const ours = new Set(projects.filter((project) => project.region === region).map(({ id }) => id));
  return region === null ? () => true : (project) => ours.has(project);
}

function regionFinder({ projects }: Organisation): (project: string) => string {
  const regions = new Map(projects.map(({ id, region }) => [id, region]));
  return (project) => regions.get(project) ?? noRegion;
}

/** The regions, and what belongs to none where there is any. */
function withStrangers(
  regions: Organisation['regions'],
  rows: ByPeriod<readonly CountedRow[]>,
  regionOf: (project: string) => string,
): Organisation['regions'] {
  const isStranger = periods.some((period) =>
    rows[period].some(({ project }) => regionOf(project) === noRegion),
  );
  return isStranger ? [...regions, { id: noRegion, name: noRegionName }] : regions;
}

/** All metrics of the rows that belong to the line. */
function lineOf(
  key: string,
  name: Words,
  rows: ByPeriod<readonly CountedRow[]>,
  belongs: (row: CountedRow) => boolean,
): ReportLine {
  const figures: Record<string, Compared> = {};
  for (const metric of metricCodes) {
    const sum = (period: Period) => {
      const some = rows[period].filter((row) => row.metric === metric && belongs(row));
      return {
        part: some.reduce((total, { part }) => total + part, 0),
        whole: some.reduce((total, { whole }) => total + whole, 0),
      };
    };
    figures[metric] = { now: sum('now'), before: sum('before'), yearAgo: sum('yearAgo') };
  }
  return { key, name, figures };
}

function projectLines(
  { projects }: Organisation,
  rows: ByPeriod<readonly CountedRow[]>,
  isWanted: (project: string) => boolean,
): MonthReport['projects'] {
  const known = projects.filter(({ id }) => isWanted(id));
  const told = new Set(periods.flatMap((period) => rows[period].map(({ project }) => project)));
  for (const { id } of known) told.delete(id);
  const strangers = [...told].sort().map((id) => ({
    id,
    name: id === '' ? withoutProject : { zh: id, en: id },
    region: noRegion,
  }));
  return [...known, ...strangers].map(({ id, name, region }) => ({
    ...lineOf(id, name, rows, (row) => row.project === id),
    region,
  }));
}

function keyedLines(
  rows: ByPeriod<readonly CountedRow[]>,
  nameOf: (key: string) => Words | undefined,
): ReportLine[] {
  const keys = [...new Set(periods.flatMap((period) => rows[period].map(({ key }) => key)))].sort();
  return keys.map((key) => lineOf(key, nameOf(key) ?? { zh: key, en: key }, rows, (row) => row.key === key));
}

function countsOf(
  tasks: ByPeriod<readonly TaskCount[]>,
  belongs: (task: TaskCount) => boolean,
): ByPeriod<number> {
  const sum = (period: Period): number =>
    tasks[period].filter(belongs).reduce((total, { count }) => total + count, 0);
  return { now: sum('now'), before: sum('before'), yearAgo: sum('yearAgo') };
}

interface Ranked extends ByPeriod<number> {
  readonly element: string;
  readonly problem: string;
  readonly rank: number;
  readonly rankBefore: number | null;
}

/** Problems that came most, most first; equally many have the same rank. */
function ranked(tasks: ByPeriod<readonly TaskCount[]>, belongs: (task: TaskCount) => boolean): Ranked[] {
  const totals = (period: Period): Map<string, number> => {
    const sums = new Map<string, number>();
    for (const task of tasks[period].filter(belongs)) {
      const key = `${task.element}/${task.problem}`;
      sums.set(key, (sums.get(key) ?? 0) + task.count);
    }
    return sums;
  };
  const [now, before, yearAgo] = [totals('now'), totals('before'), totals('yearAgo')];
  const rankIn = (sums: ReadonlyMap<string, number>, key: string): number | null => {
    const own = sums.get(key);
    return own === undefined ? null : 1 + [...sums.values()].filter((count) => count > own).length;
  };
  return [...now.entries()]
    .sort(([a, many], [b, more]) => more - many || (a < b ? -1 : 1))
    .slice(0, ranks)
    .map(([key, count]) => {
      const slash = key.indexOf('/');
      return {
        element: key.slice(0, slash),
        problem: key.slice(slash + 1),
        rank: rankIn(now, key) ?? 0,
        rankBefore: rankIn(before, key),
        now: count,
        before: before.get(key) ?? 0,
        yearAgo: yearAgo.get(key) ?? 0,
      };
    });
}

function supplierTasks(
  tasks: ByPeriod<readonly TaskCount[]>,
  { regions }: Organisation,
  regionOf: (project: string) => string,
): MonthReport['supplierTasks'] {
  const suppliers = new Set(
    periods.flatMap((period) => tasks[period].flatMap(({ supplier }) => supplier ?? [])),
  );
  return [...suppliers]
    .map((supplier) => ({
      supplier,
      ...countsOf(tasks, (task) => task.supplier === supplier),
      byRegion: [...regions, { id: noRegion, name: noRegionName }].flatMap(({ id: region, name }) => {
        const isOurs = (task: TaskCount) => task.supplier === supplier && regionOf(task.project) === region;
        const count = countsOf(tasks, isOurs).now;
        return count === 0 ? [] : [{ region, name, count }];
      }),
    }))
    .sort((a, b) => b.now - a.now || (a.supplier < b.supplier ? -1 : 1));
}

/** As the library has them now. */
export async function portNames(db: Reader): Promise<Map<string, Words>> {
  const rows = await db
    .selectFrom('dataset_row')
    .select('body')
    .where('dataset', '=', 'library')
    .where('key', '>=', 'port/')
    .where('key', '<', 'port0')
    .where('body', 'is not', null)
    .execute();
  return new Map(
    rows.map(({ body }) => {
      const row = JSON.parse(body ?? '{}') as { id: string; name: Words };
      return [row.id, row.name];
    }),
  );
}
