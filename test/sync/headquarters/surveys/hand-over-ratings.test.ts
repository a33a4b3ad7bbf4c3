// What is rated when a home is handed over counts in the month's 入伙满意度, once, and only with the signature that counts.
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { smallDeveloper } from '../small-developer.ts';
import { storeKinds } from '../store-kinds.ts';
import { fact, makeWorld, send, type World } from '../world.ts';

const w = (text: string) => ({ zh: text, en: text });
const sales = {
  internal: [],
  proposals: [],
  purchases: [],
  handOverDays: [
    {
      project: 'siji',
      day: '2025-11-21',
      from: '2025-11-21T00:30:00.000Z',
      to: '2025-11-21T10:00:00.000Z',
      place: w('会所'),
      units: [{ unit: 'milan-301', member: 'm1', label: w('四季花城米兰苑301') }],
    },
  ],
};
const signed = (score: number, unit = 'milan-301') => ({
  kind: 'hand-over-signed',
  body: {
    member: 'm1',
    unit,
    day: '2025-11-21',
    outcome: 'accepted',
    defects: [],
    ratings: [
      { item: 'property-handover', score },
      { item: 'engineering-walls', score: 2 },
    ],
  },
});

describe.each(storeKinds)('on %s', (kind) => {
  let world: World;
  beforeEach(async () => {
    world = await makeWorld({ ...smallDeveloper(), sales }, kind);
  });
  afterEach(() => world?.remove());

  it('D7 D21: ratings of the signature that counts are in the month’s report, those of a second one are not', async () => {
    await send(world, [fact(1, signed(5)), fact(2, signed(1, 'milan-999'))]);
    await send(world, [fact(1, { ...signed(1), at: '2025-11-21T07:30:00.000Z' })], 'hall-2');
    const { total, projects } = await world.reports.report('2025-11');
    expect(total.figures['hand-over-satisfaction']?.now).toEqual({ part: 1, whole: 2 });
    expect(total.figures['engineering-quality']?.now).toEqual({ part: 0, whole: 1 });
    const siji = projects.find(({ key }) => key === 'siji');
    expect(siji?.figures['hand-over-satisfaction']?.now).toEqual({ part: 1, whole: 2 });
  });
});
