// The month's report: its SQL says what a fold over the events says, on both databases.
import fc from 'fast-check';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { MonthReport, ReportLine } from '../../../../sync/headquarters/api/report-api.ts';
import { metricCodes } from '../../../../sync/headquarters/reports/metric-definitions.ts';
import { reportCsv } from '../../../../sync/headquarters/reports/report-csv.ts';
import { share } from '../../../../sync/headquarters/reports/share.ts';
import { smallDeveloper } from '../small-developer.ts';
import { storeKinds } from '../store-kinds.ts';
import { makeWorld, type World } from '../world.ts';
import { foldStories, type Tally, tally } from './folded-month.ts';
import { eventsOf, lives, writeLives } from './request-lives.ts';

const zone = (day: string): number => Date.parse(`${day}T00:00:00.000+08:00`);
/** the world's clock stands at 2025-11-21T08:00Z: October is over, November runs */
const now = Date.parse('2025-11-21T08:00:00.000Z');
const months = [
  {
    month: '2025-10',
    from: zone('2025-10-01'),
    to: zone('2025-11-01'),
    before: '2025-09-01',
    ago: '2024-10-01',
  },
  {
    month: '2025-11',
    from: zone('2025-11-01'),
    to: zone('2025-12-01'),
    before: '2025-10-01',
    ago: '2024-11-01',
  },
] as const;
const regionOf: Readonly<Record<string, string>> = { siji: 'south', jinshang: 'south', yunding: 'north' };

function threeProjects() {
  const developer = smallDeveloper();
  const project = developer.board.find(({ kind }) => kind === 'project');
  if (project?.kind !== 'project') throw new Error('no project');
  developer.board.push({ ...project, id: 'jinshang' }, { ...project, id: 'yunding' });
  const same = (text: string) => ({ zh: text, en: text });
  developer.regions = [
    { id: 'south', name: same('华南'), projects: ['siji', 'jinshang'] },
    { id: 'north', name: same('华北'), projects: ['yunding'] },
  ];
  return developer;
}

describe.each(storeKinds)('on %s', (kind) => {
  let world: World;
  beforeAll(async () => {
    world = await makeWorld(threeProjects(), kind);
  });
  afterAll(() => world?.remove());

  it('D21 RP1: every figure equals a fold over the events, whole and by region, project, port and supplier', async () => {
    await fc.assert(
      fc.asyncProperty(lives, fc.constantFrom(...months), async (all, span) => {
        const starts = { 0: span.from, [-1]: zone(span.before), [-12]: zone(span.ago) };
        await writeLives(world.store, all, starts);
        const stories = foldStories(eventsOf(all, starts));
        const report = await world.reports.report(span.month);
        const spanNow = { ...span, asOf: now };
        const of = (isOurs: (project: string | null) => boolean): Tally =>
          tally(
            stories.filter(({ filed }) => isOurs(filed.project)),
            spanNow,
          );
        expectLine(
          report.total,
          of(() => true),
        );
        for (const line of report.regions)
          expectLine(
            line,
            of((project) => (regionOf[project ?? ''] ?? '') === line.key),
          );
        for (const line of report.projects)
          expectLine(
            line,
            of((project) => (project ?? '') === line.key),
          );
        for (const line of report.ports) {
          const own = stories.filter(({ tasks }) => tasks.some(({ port }) => port === line.key));
          expectLine(
            line,
            tally(own, spanNow, ({ port }) => port === line.key),
          );
        }
        for (const line of report.suppliers) {
          const own = stories.filter(({ tasks }) => tasks.some(({ supplier }) => supplier === line.key));
          expectLine(
            line,
            tally(own, spanNow, ({ supplier }) => supplier === line.key),
          );
        }
        expectSums(report);
      }),
      { numRuns: kind === 'sqlite' ? 60 : 15 },
    );
  });

  it('D21 RP2: 环比 and 同比 are the reports of the month before and of the year before', async () => {
    await fc.assert(
      fc.asyncProperty(lives, async (all) => {
        const starts = { 0: zone('2025-10-01'), [-1]: zone('2025-09-01'), [-12]: zone('2024-10-01') };
        await writeLives(world.store, all, starts);
        const [report, before, yearAgo] = [
          await world.reports.report('2025-10'),
          await world.reports.report('2025-09'),
          await world.reports.report('2024-10'),
        ];
        for (const code of metricCodes) {
          expect(report.total.figures[code]?.before).toEqual(before.total.figures[code]?.now);
          expect(report.total.figures[code]?.yearAgo).toEqual(yearAgo.total.figures[code]?.now);
        }
        report.structure.forEach(({ before: count }, index) => {
          expect(count).toBe(before.structure[index]?.now);
        });
      }),
      { numRuns: kind === 'sqlite' ? 15 : 4 },
    );
  });

  it('D21 RP3: structure, focus and suppliers count the tasks of valid requests', async () => {
    await fc.assert(
      fc.asyncProperty(lives, async (all) => {
        const starts = { 0: zone('2025-10-01'), [-1]: zone('2025-09-01'), [-12]: zone('2024-10-01') };
        await writeLives(world.store, all, starts);
        const report = await world.reports.report('2025-10');
        const tasks = foldStories(eventsOf(all, starts)).flatMap(({ isValid, filed, tasks: own }) =>
          isValid && filed.at >= zone('2025-10-01') && filed.at < zone('2025-11-01') ? own : [],
        );
        const sum = (counts: readonly { readonly now: number }[]): number =>
          counts.reduce((total, { now: count }) => total + count, 0);
        expect(sum(report.structure)).toBe(tasks.length);
        const material = tasks.filter(({ cause }) => cause === 'material').length;
        expect(report.structure.find(({ cause }) => cause === 'material')?.now).toBe(material);
        expect(sum(report.productFocus) + sum(report.serviceFocus)).toBe(tasks.length);
        expect(sum(report.supplierTasks)).toBe(tasks.filter(({ supplier }) => supplier !== null).length);
        for (const focus of [report.productFocus, report.serviceFocus]) {
          expect(focus.map(({ now: count }) => count)).toEqual(
            focus.map(({ now: count }) => count).sort((a, b) => b - a),
          );
        }
      }),
      { numRuns: kind === 'sqlite' ? 20 : 4 },
    );
  });
});

/** A line that is not there counts nothing. */
function expectLine(line: ReportLine, expected: Tally): void {
  const nothing = { part: 0, whole: 0 };
  for (const code of metricCodes)
    expect({ [code]: line.figures[code]?.now }).toEqual({ [code]: expected[code] ?? nothing });
}

/** What is counted once by project adds up to the group. */
function expectSums({ total, regions, projects }: MonthReport): void {
  for (const lines of [regions, projects]) {
    const whole = lines.reduce((sum, { figures }) => sum + (figures['closing']?.now.whole ?? 0), 0);
    expect(whole).toBe(total.figures['closing']?.now.whole);
  }
}

describe('the report', () => {
  it('D21: rounds shares half up and knows no share of nothing', () => {
    expect(share({ part: 1, whole: 3 })).toBe(3_333);
    expect(share({ part: 2, whole: 3 })).toBe(6_667);
    expect(share({ part: 1, whole: 20_000 })).toBe(1);
    expect(share({ part: 0, whole: 0 })).toBeNull();
  });

  it('D21: says each figure once as CSV', async () => {
    const world = await makeWorld(threeProjects());
    const csv = reportCsv(await world.reports.report('2025-10'));
    const lines = csv.trim().split('\n');
    expect(lines[0]).toContain('month,scope,key,name,metric');
    expect(lines.filter((line) => line.includes(',total,'))).toHaveLength(metricCodes.length);
    expect(lines.filter((line) => line.includes(',region,'))).toHaveLength(2 * metricCodes.length);
    expect(lines.filter((line) => line.includes(',project,'))).toHaveLength(3 * metricCodes.length);
    await world.remove();
  });
});
