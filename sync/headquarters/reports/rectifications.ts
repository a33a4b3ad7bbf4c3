// Rectification 整改: a region whose figure is below its threshold must explain it, mend it and put that on file.
import { randomUUID } from 'node:crypto';
import type { Words } from '../../contract/ids.ts';
import type { Audit } from '../accounts/audit.ts';
import type { RectificationItem, ReportLine } from '../api/report-api.ts';
import type { NewNotice, Notices } from '../notices/notices.ts';
import type { Reader, Store, Tx } from '../store/store.ts';
import type { Tables } from '../store/tables.ts';
import { type MetricCode, type MetricDefinition, metricDefinitions } from './metric-definitions.ts';
import type { Figure } from './month-counts.ts';
import type { MonthReports } from './month-report.ts';
import { readOrganisation } from './regions.ts';
import { share } from './share.ts';
import { addMonths, type Month } from './site-month.ts';

export type RectificationDeed = 'answered' | 'followed' | 'filed';
export type DeedOutcome = 'noted' | 'unknown-rectification' | 'filed-already' | 'not-answered';
export type OrderOutcome =
  | 'raised'
  | 'raised-already'
  | 'unknown-region'
  | 'unknown-metric'
  | 'nothing-counted';
/** What somebody found in the report that a region must mend, whatever its threshold. */
export interface RectificationOrder {
  readonly month: Month;
  readonly region: string;
  readonly metric: string;
  readonly text: string;
}

const markName = 'rectifications-raised';
/** what is older than this when somebody runs again is history */
const mostMonths = 12;

interface Wanted {
  readonly id: string;
  readonly line: ReportLine;
  readonly metric: MetricDefinition;
  readonly figure: Figure;
  /** why, in the words of whoever ordered it */
  readonly text: string;
}

export interface RectificationGround {
  readonly store: Store;
  readonly notices: Notices;
  readonly audit: Audit;
  readonly now: () => Date;
}

export class Rectifications {
  readonly #store: Store;
  readonly #reports: MonthReports;
  readonly #notices: Notices;
  readonly #audit: Audit;
  readonly #now: () => Date;

  constructor({ store, notices, audit, now }: RectificationGround, reports: MonthReports) {
    this.#store = store;
    this.#reports = reports;
    this.#notices = notices;
    this.#audit = audit;
    this.#now = now;
  }

  /** One task for each region and metric that is worse than its threshold; those that are there stay as they are. */
  async raise(month: Month, actor: string): Promise<number> {
    // counted before, so that nobody waits for it with a transaction open
    const report = await this.#reports.report(month);
    const wanted = report.regions.flatMap((line) =>
      metricDefinitions.flatMap((metric): Wanted[] => {
        const figure = line.figures[metric.code]?.now;
        if (line.key === '' || !figure || !isWorse(metric, share(figure))) return [];
        return [{ id: randomUUID(), line, metric, figure, text: '' }];
      }),
    );
    return await this.#store.transaction((tx) => this.#write(tx, month, wanted, actor));
  }

  /**
   * For every month that is over since this was last done, however long nobody ran; the first time for the last one.
   * @returns how many were raised now
   */
  async raiseWhenOver(): Promise<number> {
    const last = this.#reports.lastMonth();
    const done = await this.#store.db
      .selectFrom('mark')
      .select('value')
      .where('name', '=', markName)
      .executeTakeFirst();
    if (done && done.value >= last) return 0;
    let month = done ? addMonths(done.value, 1) : last;
    if (month < addMonths(last, 1 - mostMonths)) month = addMonths(last, 1 - mostMonths);
    let raised = 0;
    for (; month <= last; month = addMonths(month, 1)) {
      raised += await this.raise(month, 'clock');
      await this.#store.transaction((tx) =>
        this.#store.insert(tx, 'mark', [{ name: markName, value: month }], {
          onConflict: { keys: ['name'] },
        }),
      );
    }
    return raised;
  }

  /** One task that somebody orders. */
  async order(
    { month, region, metric: code, text }: RectificationOrder,
    actor: string,
  ): Promise<OrderOutcome> {
    const metric = metricDefinitions.find((one) => one.code === code);
    if (!metric) return 'unknown-metric';
    const report = await this.#reports.report(month);
    const line = report.regions.find(({ key }) => key === region);
    if (!line || region === '') return 'unknown-region';
    const figure = line.figures[metric.code]?.now;
    if (!figure || figure.whole === 0) return 'nothing-counted';
    const wanted = [{ id: randomUUID(), line, metric, figure, text }];
    const raised = await this.#store.transaction((tx) => this.#write(tx, month, wanted, actor));
    return raised === 0 ? 'raised-already' : 'raised';
  }

  /** @returns how many were not there yet */
  async #write(tx: Tx, month: Month, wanted: readonly Wanted[], actor: string): Promise<number> {
    const at = this.#now().toISOString();
    const written = await this.#store.insert(
      tx,
      'rectification',
      wanted.map(({ line, metric, figure, id }) => ({
        id,
        month,
        region: line.key,
        metric: metric.code,
        threshold: metric.threshold ?? 0,
        ...figure,
        state: 'open',
        created_at: at,
        created_by: actor,
        filed_as: null,
      })),
      { onConflict: 'skip', returning: ['id'] },
    );
    const fresh = new Set(written.map(({ id }) => id));
    const raised = wanted.filter(({ id }) => fresh.has(id));
    if (raised.length === 0) return 0;
    await this.#store.insert(
      tx,
      'rectification_note',
      raised.map(({ id, text }) => ({ rectification: id, at, actor, what: 'created', text })),
    );
    await this.#audit.note(tx, { account: actor }, 'rectifications-raised', month, { tasks: raised.length });
    await this.#notices.queue(
      tx,
      raised.map((one) => raisedNotice(month, one)),
    );
    return raised.length;
  }

  /** Newest month first. @param month only this one */
  async list(month?: Month): Promise<RectificationItem[]> {
    return await this.#store.snapshot(async (tx) => {
      const all = tx.selectFrom('rectification').selectAll().orderBy('month', 'desc').orderBy('region');
      const rows = await (month === undefined ? all.limit(500) : all.where('month', '=', month)).execute();
      return await this.#items(tx, rows);
    });
  }

  /** A region answers with causes and measures, somebody follows, and in the end it is put on file under a number. */
  async note(id: string, what: RectificationDeed, text: string, actor: string): Promise<DeedOutcome> {
    return await this.#store.transaction(async (tx) => {
      const [found] = await this.#store
        .locked(tx.selectFrom('rectification').selectAll().where('id', '=', id))
        .execute();
      if (!found) return 'unknown-rectification';
      if (found.state === 'filed') return 'filed-already';
      if (what === 'filed' && found.state !== 'answered') return 'not-answered';
      const state = { answered: 'answered', followed: found.state, filed: 'filed' }[what];
      const filedAs = what === 'filed' ? await nextNumber(this.#store, tx, found.month) : null;
      await tx.updateTable('rectification').set({ state, filed_as: filedAs }).where('id', '=', id).execute();
      await tx
        .insertInto('rectification_note')
        .values({ rectification: id, at: this.#now().toISOString(), actor, what, text })
        .execute();
      await this.#audit.note(tx, { account: actor }, `rectification-${what}`, id);
      return 'noted';
    });
  }

  async get(id: string): Promise<RectificationItem | undefined> {
    return await this.#store.snapshot(async (tx) => {
      const rows = await tx.selectFrom('rectification').selectAll().where('id', '=', id).execute();
      return (await this.#items(tx, rows))[0];
    });
  }

  async #items(db: Reader, rows: readonly Tables['rectification'][]): Promise<RectificationItem[]> {
    const { regions } = await readOrganisation(db);
    const ids = rows.map(({ id }) => id);
    const notes = await db
      .selectFrom('rectification_note')
      .selectAll()
      .where(this.#store.among('rectification', ids))
      .orderBy('n')
      .execute();
    return rows.map(({ id, month, region, metric, threshold, part, whole, state, filed_as: filedAs }) => ({
      id,
      month,
      region,
      regionName: regions.find((one) => one.id === region)?.name ?? { zh: region, en: region },
      metric,
      metricName: nameOf(metric),
      threshold,
      part,
      whole,
      state: state as RectificationItem['state'],
      filedAs,
      notes: notes
        .filter(({ rectification }) => rectification === id)
        .map(({ at, actor, what, text }) => ({ at, actor, what, text })),
    }));
  }
}

function isWorse({ threshold, better }: MetricDefinition, value: number | null): boolean {
  if (threshold === null || value === null) return false;
  return better === 'higher' ? value < threshold : value > threshold;
}

function nameOf(code: string): Words {
  return (
    metricDefinitions.find((metric) => metric.code === (code as MetricCode))?.name ?? { zh: code, en: code }
  );
}

function percent(value: number | null): string {
  return value === null ? '–' : `${(value / 100).toFixed(1)} %`;
}

function raisedNotice(month: Month, { id, line, metric, figure, text }: Wanted): NewNotice {
  const [was, wanted] = [percent(share(figure)), percent(metric.threshold)];
  return {
    key: `rectification/${id}`,
    to: { kind: 'role', role: 'manager' },
    subject: {
      zh: `${month} ${line.name.zh}「${metric.name.zh}」未达标，请整改`,
      en: `${month} ${line.name.en}: ${metric.name.en} must be mended`,
    },
    text: {
      zh: `本月 ${was}，要求 ${wanted}。${text}请说明原因和措施，整改后备案。`,
      en: `It was ${was}, wanted ${wanted}. ${text} Explain, mend, and put it on file.`,
    },
    about: id,
  };
}

/** `ZG-2026-10-003`: the third that was filed for that month; two at the same time wait for each other. */
async function nextNumber(store: Store, tx: Tx, month: Month): Promise<string> {
  await store
    .locked(tx.selectFrom('rectification').select('id').where('month', '=', month).orderBy('id'))
    .execute();
  const { count } = await tx
    .selectFrom('rectification')
    .select(({ fn }) => fn.countAll<number>().as('count'))
    .where('month', '=', month)
    .where('filed_as', 'is not', null)
    .executeTakeFirstOrThrow();
  return `ZG-${month}-${String(Number(count) + 1).padStart(3, '0')}`;
}
