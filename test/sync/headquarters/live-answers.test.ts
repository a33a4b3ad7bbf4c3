// Live questions at headquarters: the published rows as they are now, to a terminal that does not ask too fast.
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { cardToken } from '../../../sync/contract/card-token.ts';
import type { MemberId, TerminalId } from '../../../sync/contract/ids.ts';
import { type Question, questionsPerSecond } from '../../../sync/contract/questions.ts';
import { keyOfRow } from '../../../sync/contract/rows.ts';
import { CodeAnswers } from '../../../sync/headquarters/club/code-answers.ts';
import { LiveAnswers } from '../../../sync/headquarters/live-answers.ts';
import { someOpener } from '../some-keys.ts';
import { storeKinds } from './store-kinds.ts';
import { checkIn, epoch, fact, fleetKey, makeWorld, send, type World } from './world.ts';

const hall = 'hall-1' as TerminalId;
const head = { v: 1, id: '01890000-0000-7000-8000-000000000001' as Question['id'] } as const;
const stream = epoch as Question['epoch'];
const balance = (member: string): Question => ({
  ...head,
  epoch: stream,
  kind: 'balance',
  member: member as MemberId,
});
const card = (number: string): Question => ({
  ...head,
  epoch: stream,
  kind: 'card',
  card: cardToken(fleetKey, 'em4100', number),
});

let world: World;
let ms: number;
let answers: LiveAnswers;

describe.each(storeKinds)('live answers on %s', (kind) => {
  beforeEach(async () => {
    world = await makeWorld(undefined, kind);
    ms = Date.UTC(2025, 10, 21, 8);
    answers = new LiveAnswers(
      world.store,
      world.club,
      world.publication,
      () => new Date(ms),
      new CodeAnswers(world.store, someOpener, world.codes),
    );
  });
  afterEach(() => world.remove());

  it('OR5: a balance contains the facts that the answer says, in rows as they are published', async () => {
    expect(await answers.answer(hall, balance('m1'))).toMatchObject({ applied: 0, card: null });
    await send(world, [fact(1, checkIn('m1'))]);
    ms += 1_000;
    const answer = await answers.answer(hall, balance('m1'));
    const { members } = await world.publication.versions();
    expect(answer).toMatchObject({
      kind: 'known',
      id: head.id,
      at: '2025-11-21T08:00:01.000Z',
      applied: 1,
      members,
      member: { id: 'm1', name: '张**' },
      roster: [{ session: 'open-1', member: 'm1', checkedInAt: '2025-11-21T07:00:00.000Z' }],
    });
    if (answer.kind !== 'known') throw new Error('refused');
    const [published] = await world.club.memberChange(['m1' as MemberId]).rows(world.store.db as never);
    expect(answer.member).toEqual(published?.[1]);
    expect(keyOfRow('members', answer.member)).toBe('member/m1');
  });

  it('OR5: a card brings its member along, with a masked name; the whole name never leaves', async () => {
    const answer = await answers.answer(hall, card('0100000002'));
    expect(answer).toMatchObject({
      card: { kind: 'card', member: 'm2', state: 'active' },
      member: { id: 'm2', name: '欧阳*' },
      roster: [{ session: 'open-1', checkedInAt: null }],
    });
    expect(JSON.stringify(answer)).not.toContain('欧阳修');
  });

  it('OR5: what headquarters does not know either is said so', async () => {
    const nothing = { kind: 'known', card: null, member: null, roster: [] };
    expect(await answers.answer(hall, card('0999999999'))).toMatchObject(nothing);
    expect(await answers.answer(hall, balance('nobody'))).toMatchObject(nothing);
  });

  it('OR5: another epoch has none of its facts in the answer', async () => {
    await send(world, [fact(1, checkIn('m1'))]);
    const other = { ...balance('m1'), epoch: 'f'.repeat(32) as Question['epoch'] };
    expect(await answers.answer(hall, other)).toMatchObject({ applied: 0 });
  });

  it('OR6: more than 5 in a second of one terminal are refused with a code; another is served', async () => {
    for (let n = 0; n < questionsPerSecond; n += 1) await answers.answer(hall, balance('m1'));
    const refusal = { v: 1, id: head.id, kind: 'refused', code: 'too-many-questions' };
    expect(await answers.answer(hall, balance('m1'))).toEqual(refusal);
    expect(await answers.answer('hall-2' as TerminalId, balance('m1'))).toMatchObject({ kind: 'known' });
    ms += 1_000;
    expect(await answers.answer(hall, balance('m1'))).toMatchObject({ kind: 'known' });
  });
});
