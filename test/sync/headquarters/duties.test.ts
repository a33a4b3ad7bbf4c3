// What headquarters does by itself: only while it leads, once for each day, month and survey, whatever restarts.
import { afterEach, beforeEach, expect, it, vi } from 'vitest';
import { parseDeveloper } from '../../../sync/headquarters/developer-file.ts';
import { regularDuties } from '../../../sync/headquarters/duties.ts';
import { importDeveloper } from '../../../sync/headquarters/import.ts';
import { buildParts, type Parts } from '../../../sync/headquarters/parts.ts';
import { openStore } from '../../../sync/headquarters/store/open-store.ts';
import type { Store } from '../../../sync/headquarters/store/store.ts';
import { LeaderDuties } from '../../../sync/headquarters/workers/leader-duties.ts';
import { someOpener, someSealer } from '../some-keys.ts';
import { type Life, writeLives } from './reports/request-lives.ts';
import { smallDeveloper } from './small-developer.ts';
import { freshStore, type StorePlace } from './store-kinds.ts';
import { fleetKey } from './world.ts';

const hour = 3_600_000;
const life: Life = {
  kind: 'complaint',
  project: 'siji',
  month: 0,
  into: 0,
  isInvalid: false,
  replyBy: hour,
  replied: null,
  visitBy: null,
  arrived: null,
  climbed: null,
  isClimbWithdrawn: false,
  isReopened: false,
  closed: null,
  outcome: 'solved',
  tasks: [],
  calls: [],
  ratings: [],
};

let place: StorePlace;
let store: Store;
const problems: object[] = [];
const note = (line: object): void => void problems.push(line);

beforeEach(async () => {
  vi.useFakeTimers({ toFake: ['setInterval', 'clearInterval', 'Date'] });
  // 7:00 of 30 November at the site
  vi.setSystemTime(new Date('2025-11-30T07:00:00.000+08:00'));
  place = await freshStore('sqlite');
  store = await openStore(place.url);
  problems.length = 0;
});
afterEach(async () => {
  vi.useRealTimers();
  await store.close();
  place.remove();
});

function open(): { parts: Parts; duties: LeaderDuties } {
  const parts = buildParts({
    store,
    opener: someOpener,
    sealer: someSealer,
    fleetKey,
    now: () => new Date(),
    limits: { undoMs: 30_000, keptFrames: 3 },
    onChange: () => {},
  });
  return { parts, duties: new LeaderDuties(regularDuties(parts, { info: note, warn: note, error: note })) };
}
/** The clock goes to that instant of the site, and timers run for so long from there. */
async function pass(to: string, ms = 0): Promise<void> {
  vi.setSystemTime(new Date(`${to}+08:00`));
  vi.advanceTimersByTime(ms);
  await store.transaction(async () => {});
}
const keys = async (like: string): Promise<string[]> => {
  const rows = await store.db
    .selectFrom('notice')
    .select('key')
    .where('key', 'like', like)
    .orderBy('key')
    .execute();
  return rows.map(({ key }) => key);
};

it('D12 D13 D21: digest, month and survey are told once each, by the leader, after every restart and after a long absence', async () => {
  const developer = smallDeveloper();
  developer.regions = [{ id: 'south', name: { zh: '华南', en: 'South' }, projects: ['siji'] }];
  const first = open();
  await importDeveloper({ ...first.parts, fleetKey, cardWidth: 'all' }, parseDeveloper(developer, 'test'));
  await writeLives(store, [life, { ...life, month: -1 }], {
    0: Date.parse('2025-11-10T10:00:00.000+08:00'),
    [-1]: Date.parse('2025-12-10T10:00:00.000+08:00'),
  });
  const survey = await first.parts.surveys.define(
    {
      name: { zh: '年度', en: 'Yearly' },
      project: null,
      opensAt: '2025-11-30T01:00:00.000Z',
      endsAt: '2025-12-31T00:00:00.000Z',
      audience: 'invited',
      items: ['satisfaction'],
    },
    'lin',
  );
  if (survey.kind !== 'defined') throw new Error(survey.code);
  // nobody leads
  await pass('2025-11-30T10:00:00', 60_000);
  expect([await keys('digest/%'), await keys('survey-opened/%')]).toEqual([[], []]);
  await pass('2025-11-30T07:30:00');
  await first.duties.lead(true);
  await pass('2025-11-30T07:58:00', 60_000);
  expect(await keys('digest/%')).toEqual([]);
  await pass('2025-11-30T08:00:00', 60_000);
  await vi.waitFor(async () => expect(await keys('digest/%')).toEqual(['digest/2025-11-29']));
  await pass('2025-11-30T09:00:00', 600_000);
  const opened = [`survey-opened/${survey.id}`];
  await vi.waitFor(async () => expect(await keys('survey-opened/%')).toEqual(opened));
  await first.duties.lead(false);
  // another process leads, and the month ends
  await pass('2025-11-30T23:59:00');
  const second = open();
  await second.duties.lead(true);
  await pass('2025-11-30T23:59:00', 60_000);
  expect(await second.parts.rectifications.list('2025-11')).toEqual([]);
  await second.duties.lead(false);
  await pass('2025-12-01T08:00:00');
  await second.duties.lead(true);
  const both = ['digest/2025-11-29', 'digest/2025-11-30'];
  await vi.waitFor(async () => expect(await keys('digest/%')).toEqual(both));
  await vi.waitFor(async () =>
    expect((await second.parts.rectifications.list('2025-11')).length).toBeGreaterThan(0),
  );
  await second.duties.lead(false);
  const raised = await second.parts.rectifications.list();
  // restarted within the day
  const third = open();
  await third.duties.lead(true);
  await pass('2025-12-01T12:00:00', 60_000);
  expect(await third.parts.rectifications.list()).toEqual(raised);
  expect([await keys('digest/%'), await keys('survey-opened/%')]).toEqual([both, opened]);
  await third.duties.lead(false);
  // two months without anybody
  await pass('2026-02-03T09:00:00');
  await third.duties.lead(true);
  await vi.waitFor(async () =>
    expect(new Set((await third.parts.rectifications.list()).map(({ month }) => month))).toEqual(
      new Set(['2025-11', '2025-12']),
    ),
  );
  await vi.waitFor(async () => expect(await keys('digest/2026%')).toEqual(['digest/2026-02-02']));
  await third.duties.lead(false);
  expect(problems).toEqual([]);
});
