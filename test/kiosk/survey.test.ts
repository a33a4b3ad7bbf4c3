// The survey at the bench: invited, answered question by question, once; and public answers that need no card.
import { describe, expect, it } from 'vitest';
import type { FormsRow } from '../../sync/contract/forms.ts';
import { formsKeyOf } from '../../sync/contract/forms.ts';
import type { MemberId } from '../../sync/contract/ids.ts';
import { ownerKeys } from '../../sync/contract/owners.ts';
import { enterPin, type KioskBench, kioskBench } from './kiosk-bench.ts';
import { cards, give, openSmallWorld, pin, site } from './small-world.ts';

const w = (zh: string, en = zh) => ({ zh, en });
const survey = 's-2026';

const item = (code: string, level: 1 | 2 | 3, parent: string | null, zh: string) =>
  ({ kind: 'item', code, level, parent, name: w(zh), order: 0 }) as const;

function rows(audience: 'everybody' | 'invited', project: string = site): FormsRow[] {
  const all = [
    item('satisfaction', 1, null, '总体满意度'),
    item('engineering', 2, 'satisfaction', '工程质量'),
    item('engineering-windows', 3, 'engineering', '门窗'),
    {
      kind: 'survey',
      id: survey,
      name: w('年度调查'),
      project,
      opensAt: '2026-11-01T00:00:00.000Z',
      endsAt: '2026-12-01T00:00:00.000Z',
      audience,
      items: ['satisfaction', 'dropped-since', 'engineering-windows'],
    },
    ...[1, 2].map((n) => ({
      kind: 'answer' as const,
      id: `00000000-0000-4000-8000-00000000000${n}`,
      project: n === 1 ? site : null,
      question: w(`问题${n}`),
      answer: w(`回答${n}`),
      at: `2026-11-0${n}T00:00:00.000Z`,
    })),
  ];
  return all as FormsRow[];
}

async function bench(
  audience: 'everybody' | 'invited' = 'everybody',
  project: string = site,
): Promise<KioskBench> {
  const store = await openSmallWorld();
  give(
    store,
    'forms',
    rows(audience, project).map((row) => [formsKeyOf(row), row]),
  );
  return kioskBench(store);
}

async function begin(b: KioskBench): Promise<void> {
  b.touch({ kind: 'open', purpose: 'survey' });
  b.swipe(cards.listed);
  await enterPin(b, pin);
}

describe('a node survey', () => {
  it('D13: invites on the first page, and answers question by question with nothing recorded before the end', async () => {
    const b = await bench();
    b.touch({ kind: 'start' });
    expect(b.show.invitation).toEqual({ name: '年度调查', questions: 2 });
    await begin(b);
    expect(b.expect('survey-intro')).toMatchObject({ questions: 2, member: { name: '张**' } });
    b.touch({ kind: 'survey-next' });
    expect(b.expect('survey-question')).toMatchObject({ number: 1, item: '总体满意度', group: null });
    b.touch({ kind: 'rate', score: 4 });
    expect(b.expect('survey-question')).toMatchObject({ number: 2, item: '门窗', group: '工程质量' });
    b.touch({ kind: 'back' });
    expect(b.expect('survey-question').chosen).toBe(4);
    b.touch({ kind: 'rate', score: 5 });
    b.touch({ kind: 'rate', score: 2 });
    expect(b.expect('survey-end')).toMatchObject({ answered: 2, count: 2 });
    b.touch({ kind: 'write-to-survey' });
    b.touch({ kind: 'describe', text: '多一些座椅' });
    expect(b.facts().some(({ kind }) => kind === 'survey-answered')).toBe(false);
    b.touch({ kind: 'send-survey' });
    expect(b.expect('survey-done').what).toBe('thanks');
    expect(b.facts().at(-1)).toEqual({
      kind: 'survey-answered',
      body: {
        survey,
        member: 'm-listed',
        project: site,
        unit: 'u301',
        ratings: [
          { item: 'satisfaction', score: 5 },
          { item: 'engineering-windows', score: 2 },
        ],
        text: '多一些座椅',
      },
    });
  });

  it('D13: refuses a second answer kindly, here and when it was given elsewhere', async () => {
    const b = await bench();
    await begin(b);
    b.touch({ kind: 'survey-next' });
    b.touch({ kind: 'rate', score: 4 });
    b.touch({ kind: 'rate', score: 4 });
    // meanwhile headquarters tells of an answer from another terminal
    give(b.store, 'owners', [
      [
        ownerKeys.surveyDue('m-listed', survey),
        {
          kind: 'survey-due',
          member: 'm-listed' as MemberId,
          survey,
          unit: null,
          answeredAt: '2026-11-20T00:00:00.000Z',
        },
      ],
    ]);
    b.touch({ kind: 'send-survey' });
    expect(b.expect('survey-done').what).toBe('answered');
    expect(b.facts().some(({ kind }) => kind === 'survey-answered')).toBe(false);
    b.touch({ kind: 'open', purpose: 'points' });
    expect(b.show.invitation).toBeNull();
    b.touch({ kind: 'open', purpose: 'survey' });
    expect(b.expect('survey-done').what).toBe('answered');
  });

  it('D13: leaves questions out, and sends nothing when all were', async () => {
    const b = await bench();
    await begin(b);
    for (let step = 0; step < 3; step += 1) b.touch({ kind: 'survey-next' });
    expect(b.expect('survey-end').answered).toBe(0);
    b.touch({ kind: 'send-survey' });
    expect(b.screen.kind).toBe('survey-end');
  });

  it('D13: asks only those whom headquarters invited, and nobody after it ended', async () => {
    const b = await bench('invited');
    b.touch({ kind: 'start' });
    expect(b.show.invitation).toBeNull();
    await begin(b);
    expect(b.expect('survey-done').what).toBe('none');
    give(b.store, 'owners', [
      [
        ownerKeys.surveyDue('m-listed', survey),
        { kind: 'survey-due', member: 'm-listed' as MemberId, survey, unit: null, answeredAt: null },
      ],
    ]);
    b.touch({ kind: 'open', purpose: 'points' });
    expect(b.show.invitation).toEqual({ name: '年度调查', questions: 2 });
    b.clock = new Date('2026-12-01T00:00:00.000Z');
    b.touch({ kind: 'open', purpose: 'points' });
    expect(b.show.invitation).toBeNull();
  });
});

describe('a survey of another project', () => {
  it('D13: is asked neither here nor of people who do not live there', async () => {
    const b = await bench('everybody', 'elsewhere');
    b.touch({ kind: 'start' });
    expect(b.show.invitation).toBeNull();
    await begin(b);
    expect(b.expect('survey-done').what).toBe('none');
  });
});

describe('public answers', () => {
  it('D12: are there for everybody, by project, without a card', async () => {
    const b = await bench();
    b.touch({ kind: 'start' });
    b.touch({ kind: 'open-answers' });
    expect(b.expect('answers')).toMatchObject({
      project: site,
      projects: [{ id: site, count: 1 }],
      answers: [{ question: '问题2' }, { question: '问题1' }],
    });
    b.touch({ kind: 'answers-of', project: null });
    expect(b.expect('answers').project).toBeNull();
    b.touch({ kind: 'open-answer', id: b.expect('answers').answers[1]?.id ?? '' });
    expect(b.expect('answer')).toMatchObject({ question: '问题1', answer: '回答1', project: '四季花城' });
    b.touch({ kind: 'back' });
    expect(b.screen.kind).toBe('answers');
    expect(b.facts()).toEqual([]);
  });
});
