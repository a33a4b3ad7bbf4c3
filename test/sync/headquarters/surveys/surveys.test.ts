// Node surveys at headquarters: published, invited, answered once by each member, in whatever order answers arrive.
import { randomUUID } from 'node:crypto';
import fc from 'fast-check';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { formKeys } from '../../../../sync/contract/forms.ts';
import type { ProjectId } from '../../../../sync/contract/ids.ts';
import { ownerKeys } from '../../../../sync/contract/owners.ts';
import { shippedItems } from '../../../../sync/headquarters/surveys/satisfaction-items.ts';
import { storeKinds } from '../store-kinds.ts';
import { fact, makeWorld, send, type World } from '../world.ts';

const draft = {
  name: { zh: '2025 年度调查', en: 'Survey 2025' },
  project: 'siji' as ProjectId,
  opensAt: '2025-11-01T00:00:00.000Z',
  endsAt: '2025-12-31T00:00:00.000Z',
  audience: 'everybody' as const,
  items: ['satisfaction', 'engineering', 'design-landscape'],
};

async function published(world: World, dataset: string, key: string): Promise<unknown> {
  const row = await world.store.db
    .selectFrom('dataset_row')
    .select('body')
    .where('dataset', '=', dataset)
    .where('key', '=', key)
    .executeTakeFirst();
  return row?.body == null ? undefined : JSON.parse(row.body);
}

async function define(world: World, changes: object = {}): Promise<string> {
  const outcome = await world.surveys.define({ ...draft, ...changes }, 'desk-1');
  if (outcome.kind !== 'defined') throw new Error(outcome.code);
  return outcome.id;
}

const answer = (survey: string, member: string | null, scores: readonly number[]) => ({
  kind: 'survey-answered',
  body: {
    survey,
    member,
    project: 'siji',
    unit: null,
    ratings: scores.map((score, index) => ({ item: draft.items[index] ?? '', score })),
    text: null,
  },
});

describe.each(storeKinds)('on %s', (kind) => {
  let world: World;
  beforeAll(async () => {
    world = await makeWorld(undefined, kind);
  });
  afterAll(() => world?.remove());

  it('D10: ships items on three levels and publishes each', async () => {
    const items = await world.surveys.items();
    expect(items).toHaveLength(shippedItems.length);
    expect(new Set(items.map(({ level }) => level))).toEqual(new Set([1, 2, 3]));
    for (const item of items) {
      expect(await published(world, 'forms', formKeys.item(item.code))).toEqual(item);
      if (item.parent === null) expect(item.level).toBe(1);
      else expect(items.find(({ code }) => code === item.parent)?.level).toBe(item.level - 1);
    }
  });

  it('D10: keeps an item under its parent, and drops none that is in use', async () => {
    const item = {
      kind: 'item' as const,
      code: 'design-light',
      level: 3 as const,
      parent: 'design',
      name: { zh: '采光', en: 'Daylight' },
      order: 9,
    };
    expect(await world.surveys.keepItem({ ...item, parent: 'nothing' }, 'desk-1')).toBe('unknown-parent');
    expect(await world.surveys.keepItem({ ...item, level: 2 }, 'desk-1')).toBe('wrong-level');
    expect(await world.surveys.keepItem(item, 'desk-1')).toBe('kept');
    expect(await published(world, 'forms', formKeys.item('design-light'))).toEqual(item);
    expect(await world.surveys.dropItem('design', 'desk-1')).toBe('item-in-use');
    expect(await world.surveys.dropItem('design-light', 'desk-1')).toBe('kept');
    expect(await published(world, 'forms', formKeys.item('design-light'))).toBeUndefined();
  });

  it('D13: refuses a survey that asks nothing known, ends before it opens, or is of no project', async () => {
    const refusal = async (changes: object) => {
      const outcome = await world.surveys.define({ ...draft, ...changes }, 'desk-1');
      return outcome.kind === 'refused' ? outcome.code : outcome.kind;
    };
    expect(await refusal({ items: ['nothing'] })).toBe('unknown-item');
    expect(await refusal({ endsAt: draft.opensAt })).toBe('wrong-window');
    expect(await refusal({ project: 'nowhere' })).toBe('unknown-project');
  });

  it('D13: of one member the first answer by its time counts, in any order of arrival; later ones are seen', async () => {
    await fc.assert(
      fc.asyncProperty(
        fc.uniqueArray(fc.integer({ min: 0, max: 59 }), { minLength: 1, maxLength: 4 }),
        fc.array(fc.integer({ min: 1, max: 5 }), { minLength: 4, maxLength: 4 }),
        async (minutes, scores) => {
          const survey = await define(world);
          for (const [index, minute] of minutes.entries()) {
            const at = `2025-11-20T08:${String(minute).padStart(2, '0')}:00.000Z`;
            const told = { ...answer(survey, 'm1', [scores[index] ?? 3]), at };
            // every terminal has a stream of its own
            await send(world, [fact(1, told)], `hall-${index + 1}`, randomUUID().replaceAll('-', ''));
          }
          const results = await world.surveyResults.of(survey);
          const first = minutes.indexOf(Math.min(...minutes));
          expect(results?.survey).toMatchObject({ answers: 1, repeated: minutes.length - 1 });
          expect(results?.scores).toMatchObject([{ item: 'satisfaction', count: 1, points: scores[first] }]);
          expect(results?.repeats).toHaveLength(minutes.length - 1);
          expect(results?.repeats.every(({ firstTerminal }) => firstTerminal === `hall-${first + 1}`)).toBe(
            true,
          );
          expect(await published(world, 'owners', ownerKeys.surveyDue('m1', survey))).toMatchObject({
            answeredAt: `2025-11-20T08:${String(Math.min(...minutes)).padStart(2, '0')}:00.000Z`,
          });
        },
      ),
      { numRuns: kind === 'sqlite' ? 15 : 6 },
    );
  });

  it('D13: invites the owners of a project once, and takes a survey back', async () => {
    const survey = await define(world, { audience: 'invited' });
    expect(await world.surveyInvites.invite(survey, 'owners', 'desk-1')).toBe(3);
    expect(await world.surveyInvites.invite(survey, ['m1'], 'desk-1')).toBe(0);
    expect(await published(world, 'owners', ownerKeys.surveyDue('m2', survey))).toMatchObject({
      unit: 'milan-301',
      answeredAt: null,
    });
    expect(await world.surveys.withdraw(survey, 'desk-1')).toBe(true);
    expect(await world.surveys.withdraw(survey, 'desk-1')).toBe(false);
    expect(await published(world, 'forms', formKeys.survey(survey))).toBeUndefined();
    expect(await world.surveyInvites.invite(survey, 'owners', 'desk-1')).toBeUndefined();
  });

  it('D13: when its time comes owners of its project are invited by themselves, once, and managers are told', async () => {
    const survey = await define(world, { audience: 'invited' });
    await define(world, { audience: 'invited', opensAt: '2025-12-01T00:00:00.000Z' });
    expect(await world.surveyInvites.openDue()).toBe(3);
    expect(await world.surveyInvites.openDue()).toBe(0);
    const told = await world.store.db
      .selectFrom('notice')
      .select(['key', 'to_whom'])
      .where('about', '=', survey)
      .execute();
    expect(told).toEqual([{ key: `survey-opened/${survey}`, to_whom: 'manager' }]);
    await world.surveys.withdraw(survey, 'desk-1');
  });

  it('D13 D8: of a node only owners at that step of care are invited, and others when they come to it', async () => {
    const at = async (member: string, step: string) => {
      const row = {
        kind: 'care',
        member,
        unit: 'milan-301',
        label: { zh: '301', en: '301' },
        step,
        since: '2025-11-01',
        next: null,
      };
      await world.store.transaction(async (tx) => {
        const key = ownerKeys.care(member, 'milan-301');
        await world.publication.publish(tx, [{ dataset: 'owners', rows: async () => [[key, row]] }]);
      });
    };
    await at('m1', 'greetings');
    await at('m2', 'moving-in');
    const survey = await define(world, { audience: 'invited', node: 'greetings' });
    expect(await world.surveyInvites.openDue()).toBe(1);
    await at('m2', 'greetings');
    expect(await world.surveyInvites.openDue()).toBe(1);
    expect(await world.surveyInvites.openDue()).toBe(0);
    expect(await published(world, 'owners', ownerKeys.surveyDue('m2', survey))).toMatchObject({
      unit: 'milan-301',
      answeredAt: null,
    });
    const elsewhere = { audience: 'invited', node: 'greetings', project: null };
    await define(world, elsewhere);
    expect(await world.surveyInvites.openDue()).toBe(2);
  });

  it('D13: says results by project and year, and sets aside answers to nothing', async () => {
    const survey = await define(world);
    await send(
      world,
      [
        fact(1, answer(survey, 'm1', [5, 4, 2])),
        fact(2, answer(survey, 'm2', [2, 2, 2])),
        fact(3, answer('survey-none', 'm2', [2])),
      ],
      'hall-9',
      randomUUID().replaceAll('-', ''),
    );
    const results = await world.surveyResults.of(survey);
    expect(results?.byProject).toEqual([{ project: 'siji', answers: 2, count: 6, satisfied: 2 }]);
    expect(results?.scores.map(({ item, level, satisfied }) => [item, level, satisfied])).toEqual([
      ['satisfaction', 1, 1],
      ['engineering', 2, 1],
      ['design-landscape', 3, 0],
    ]);
    const trend = await world.surveyResults.trend();
    expect(trend.map(({ year, project }) => [year, project])).toEqual([['2025', 'siji']]);
    const letters = await world.deadLetters.list(10);
    expect(letters.some(({ reason }) => reason === 'unknown-survey')).toBe(true);
  });
});
