// Public answers: only what was allowed, without anybody's name, looked over by a second person, and taken back.
import { randomUUID } from 'node:crypto';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { formKeys } from '../../../../sync/contract/forms.ts';
import { findPersonal } from '../../../../sync/headquarters/answers/personal-words.ts';
import { storeKinds } from '../store-kinds.ts';
import { fact, filing, makeWorld, send, type World } from '../world.ts';

const w = (zh: string, en = zh) => ({ zh, en });
const words = { question: w('车库什么时候除湿？'), answer: w('十二月十日前完成。') };

describe.each(storeKinds)('on %s', (kind) => {
  let world: World;
  const requests = { open: '', shut: '' };
  beforeAll(async () => {
    world = await makeWorld(undefined, kind);
    const { body, kind: filed } = filing('m1');
    const facts = [true, false].map((mayPublish, index) => ({
      ...fact(index + 1, {
        kind: filed,
        body: { ...body, number: `H01-000${index}`, project: 'siji', mayPublish },
      }),
      id: randomUUID(),
    }));
    requests.open = String(facts[0]?.id);
    requests.shut = String(facts[1]?.id);
    await send(world, facts);
  });
  afterAll(() => world?.remove());

  const rowOf = async (id: string): Promise<string | null | undefined> =>
    (
      await world.store.db
        .selectFrom('dataset_row')
        .select('body')
        .where('dataset', '=', 'forms')
        .where('key', '=', formKeys.answer(id))
        .executeTakeFirst()
    )?.body;

  it('D12: is private unless the person agreed', async () => {
    expect((await world.publicAnswers.candidates()).map(({ request }) => request)).toEqual([requests.open]);
    expect(await world.publicAnswers.write({ request: requests.shut, ...words }, 'a')).toEqual({
      kind: 'refused',
      code: 'may-not-publish',
    });
    expect(await world.publicAnswers.write({ request: randomUUID(), ...words }, 'a')).toEqual({
      kind: 'refused',
      code: 'unknown-request',
    });
  });

  it('D12: an answer that is not there cannot be made under an id of somebody’s own', async () => {
    const made = await world.publicAnswers.write({ request: requests.open, ...words }, 'a', 'x/../y');
    expect(made).toEqual({ kind: 'refused', code: 'unknown-answer' });
    expect(await world.publicAnswers.list()).toEqual([]);
  });

  it('D12: refuses words that tell who asked, and publishes nothing of it', async () => {
    for (const [text, find] of [
      ['张晓明问车库什么时候除湿', 'name'],
      ['张先生问车库', 'name'],
      ['请回电 138 1234 1234', 'phone'],
      ['四季花城米兰苑301 漏水', 'home'],
      ['证件 44030119800101123X', 'number'],
    ] as const) {
      const outcome = await world.publicAnswers.write(
        { request: requests.open, question: w(text), answer: words.answer },
        'a',
      );
      expect(outcome).toEqual({ kind: 'personal', finds: expect.arrayContaining([find]) });
    }
    expect(await world.publicAnswers.list()).toEqual([]);
  });

  it('D12: is published by somebody else than its writer, once, and withdrawn from every terminal', async () => {
    const written = await world.publicAnswers.write({ request: requests.open, ...words }, 'anna');
    if (written.kind !== 'kept') throw new Error(written.kind);
    const { id } = written;
    expect(await rowOf(id)).toBeUndefined();
    expect(await world.publicAnswers.publish(id, 'anna')).toBe('same-person');
    expect(await world.publicAnswers.publish(id, 'ben')).toBe('moved');
    expect(await world.publicAnswers.publish(id, 'ben')).toBe('not-a-draft');
    expect(JSON.parse((await rowOf(id)) ?? '{}')).toEqual({
      kind: 'answer',
      id,
      project: 'siji',
      ...words,
      at: '2025-11-21T08:00:00.000Z',
    });
    expect(await world.publicAnswers.write({ request: requests.open, ...words }, 'anna')).toEqual({
      kind: 'refused',
      code: 'answered-already',
    });
    expect(await world.publicAnswers.withdraw(id, 'ben')).toBe('moved');
    expect(await rowOf(id)).toBeNull();
    expect(await world.publicAnswers.withdraw(id, 'ben')).toBe('unknown-answer');
  });

  it('D12: two who write of one request at the same time make one draft', async () => {
    const write = (by: string) => world.publicAnswers.write({ request: requests.open, ...words }, by);
    const both = await Promise.all([write('a'), write('b')]);
    expect(both.map((one) => one.kind).sort()).toEqual(['kept', 'refused']);
    const drafts = (await world.publicAnswers.list()).filter(({ state }) => state === 'draft');
    expect(drafts).toHaveLength(1);
  });
});

describe('personal words', () => {
  const nobody = { name: null, phone: null, homes: [] };
  it('D12: lets ordinary words and short numbers through', () => {
    expect(findPersonal('12 月 10 日前完成，共 3 栋 120 户，电话 400-886-0187', nobody)).toEqual([]);
  });
  it('D12: knows names without Chinese letters', () => {
    expect(findPersonal('Asked by ada lovelace.', { ...nobody, name: 'Ada Lovelace' })).toEqual(['name']);
  });
});
