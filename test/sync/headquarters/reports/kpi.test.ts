// What personnel systems are fed: in time, solved the first time, satisfied and solved at the first line, by region, port and person.
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { kpiCsv } from '../../../../sync/headquarters/reports/kpi-routes.ts';
import { smallDeveloper } from '../small-developer.ts';
import { storeKinds } from '../store-kinds.ts';
import { makeWorld, type World } from '../world.ts';
import { type Life, writeLives } from './request-lives.ts';

const hour = 3_600_000;
const task = {
  port: 'engineering',
  supplier: null,
  cause: null,
  element: null,
  problem: 'leak',
  deadline: 48 * hour,
  closed: 24 * hour,
};
const life: Life = {
  kind: 'repair',
  project: 'siji',
  month: 0,
  into: 0,
  isInvalid: false,
  replyBy: null,
  replied: null,
  visitBy: null,
  arrived: null,
  climbed: null,
  isClimbWithdrawn: false,
  isReopened: false,
  closed: 30 * hour,
  outcome: 'solved',
  tasks: [task],
  calls: [],
  ratings: [{ item: 'satisfaction', score: 5, after: 30 * hour }],
};

describe.each(storeKinds)('on %s', (kind) => {
  let world: World;
  beforeEach(async () => {
    const developer = smallDeveloper();
    developer.regions = [{ id: 'south', name: { zh: '华南', en: 'South' }, projects: ['siji'] }];
    world = await makeWorld(developer, kind);
  });
  afterEach(() => world?.remove());

  it('D25: tells each port and person its own, a request once for each, and whether the first line solved it', async () => {
    await writeLives(
      world.store,
      [
        life,
        // late, of two ports, reopened, not satisfied
        {
          ...life,
          isReopened: true,
          tasks: [{ ...task, closed: 60 * hour }, { ...task, port: 'design' }, task],
          ratings: [{ item: 'satisfaction', score: 2, after: 40 * hour }],
        },
        { ...life, kind: 'enquiry', project: null, tasks: [], ratings: [] },
        { ...life, isInvalid: true },
        { ...life, closed: null, tasks: [{ ...task, closed: null }] },
      ],
      { 0: Date.parse('2025-10-10T10:00:00.000+08:00') },
    );
    await world.store.transaction(async (tx) => {
      await tx.updateTable('task').set({ person: 'wu' }).where('port', '=', 'engineering').execute();
      const moved = { task: null, at: '2025-10-11T00:00:00.000Z', actor: 'wu', what: 'task-moved' };
      const rest = { from_step: null, to_step: null, to_state: null, note: null, before: null };
      await world.store.insert(tx, 'request_event', [
        { request: 'r1', ...moved, ...rest, withdrawn_at: null },
        // taken back: nobody has worked at it
        { request: 'r0', ...moved, ...rest, withdrawn_at: '2025-10-11T00:01:00.000Z' },
      ]);
    });
    const report = await world.kpi.of('2025-10');
    const engineering = {
      inTime: { part: 2, whole: 4 },
      solvedFirst: { part: 1, whole: 2 },
      satisfied: { part: 1, whole: 2 },
      firstLine: null,
    };
    expect(report.lines).toMatchObject([
      { scope: 'group', firstLine: { part: 2, whole: 3 }, solvedFirst: { part: 2, whole: 3 } },
      { scope: 'region', key: 'south', firstLine: { part: 1, whole: 2 }, inTime: { part: 3, whole: 5 } },
      { scope: 'region', key: '', firstLine: { part: 1, whole: 1 }, inTime: { part: 0, whole: 0 } },
      { scope: 'port', key: 'design', solvedFirst: { part: 0, whole: 1 }, inTime: { part: 1, whole: 1 } },
      { scope: 'port', key: 'engineering', ...engineering },
      { scope: 'person', key: 'wu', ...engineering },
    ]);
    const csv = kpiCsv(report).split('\r\n');
    expect(csv).toContain('2025-10,person,wu,wu,in-time,按时办结,2,4,5000');
    expect(csv.filter((line) => line.includes(',first-line,'))).toHaveLength(3);
  });
});
