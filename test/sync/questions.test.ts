// Live questions: answered in time, or not at all; never too many.

import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { encodeFrame } from '../../sync/contract/frame.ts';
import type { CardToken, MemberId } from '../../sync/contract/ids.ts';
import { type Known, type Question, questionsPerSecond } from '../../sync/contract/questions.ts';
import { topics } from '../../sync/contract/topics.ts';
import { Database } from '../../sync/database.ts';
import { Outbox, outboxMigrations } from '../../sync/outbox.ts';
import { type Answered, type Asked, Questions } from '../../sync/questions.ts';
import { SyncError } from '../../sync/sync-error.ts';
import { handClock, scratchFolder, tenant, terminal } from './scratch.ts';
import { someSealer } from './some-keys.ts';

const limitMs = 1_500;
const balance = { kind: 'balance', member: 'm-1' as MemberId } as const;
const card = { kind: 'card', card: 'a'.repeat(22) as CardToken } as const;

function open() {
  const db = Database.open(`${scratchFolder()}/terminal.db`, outboxMigrations);
  const outbox = Outbox.open(db, { terminal, sealer: someSealer, clock: handClock() });
  const state = { isOnline: true, monoMs: 0 };
  const sent: Question[] = [];
  const refused: string[] = [];
  const questions = new Questions({ tenant, outbox, limitMs, isOnline: () => state.isOnline });
  const part = questions.open({
    send: (topic, message) => {
      expect(topic).toBe(topics.question(tenant, terminal));
      sent.push(message as Question);
      return 0;
    },
    refuse: (code) => void refused.push(code),
    storeFault: () => undefined,
    monoMs: () => state.monoMs,
  });
  const answer = (question: Question | undefined, change: object = {}): void =>
    part.receive(
      topics.answer(tenant, terminal),
      encodeFrame({
        v: 1,
        id: question?.id,
        kind: 'known',
        at: '2026-03-01T00:00:00.000Z',
        applied: 3,
        members: 7,
        card: null,
        member: null,
        roster: [],
        ...change,
      }),
      false,
    );
  /** @returns undefined when headquarters cannot be asked */
  const ask = (what: Asked): Promise<Known | undefined> | undefined => {
    let answered: Answered = () => undefined;
    const answer = new Promise<Known | undefined>((resolve) => {
      answered = resolve;
    });
    return questions.ask(what, (known) => answered(known)) ? answer : undefined;
  };
  return {
    questions,
    outbox,
    ask,
    part,
    state,
    sent,
    refused,
    answer,
    epoch: outbox.epoch,
    close: () => db.close(),
  };
}

beforeEach(() => {
  vi.useFakeTimers();
});
afterEach(() => {
  vi.useRealTimers();
});

describe('questions', () => {
  it('OR5: an answer in time reaches who asked, and only them', async () => {
    const it = open();
    const first = it.ask(balance);
    const second = it.ask(card);
    expect(it.sent).toMatchObject([
      { v: 1, ...balance, epoch: it.epoch },
      { v: 1, ...card, epoch: it.epoch },
    ]);
    it.answer(it.sent[1], { applied: 9 });
    expect((await second)?.applied).toBe(9);
    it.answer(it.sent[0]);
    expect((await first)?.applied).toBe(3);
    it.close();
  });

  it('OR5: nobody waits longer than the limit; a late, repeated or unknown answer is dropped', async () => {
    const it = open();
    const asked = it.ask(balance);
    vi.advanceTimersByTime(limitMs - 1);
    it.answer({ ...(it.sent[0] as Question), id: '01890000-0000-7000-8000-000000000000' as Question['id'] });
    vi.advanceTimersByTime(1);
    expect(await asked).toBeUndefined();
    it.answer(it.sent[0]);
    it.answer(it.sent[0]);
    expect(it.refused).toEqual([]);
    it.close();
  });

  it('OR5: offline nothing is asked, and a connection that ends ends the wait at once', async () => {
    const it = open();
    it.state.isOnline = false;
    expect(it.ask(balance)).toBeUndefined();
    it.state.isOnline = true;
    const asked = it.ask(balance);
    it.part.down?.();
    expect(await asked).toBeUndefined();
    const last = it.ask(balance);
    it.questions.close();
    expect(await last).toBeUndefined();
    expect(it.ask(balance)).toBeUndefined();
    it.close();
  });

  it('OR5: an answer that counts in numbers of an epoch that is over is none', async () => {
    const it = open();
    const asked = it.ask(balance);
    it.outbox.beginEpoch('asked');
    it.answer(it.sent[0]);
    expect(await asked).toBeUndefined();
    it.close();
  });

  it('OR6: more than 5 in a second are not asked, with a code', () => {
    const it = open();
    for (let n = 0; n < questionsPerSecond; n += 1) expect(it.ask(balance)).toBeDefined();
    expect(it.ask(balance)).toBeUndefined();
    expect(it.refused).toEqual(['sync-question-surplus']);
    it.state.monoMs = 1_000;
    expect(it.ask(balance)).toBeDefined();
    expect(it.sent).toHaveLength(questionsPerSecond + 1);
    it.close();
  });

  it('OR6: a refusal of headquarters ends the wait; an answer of a wrong shape is refused with a code', async () => {
    const it = open();
    const asked = it.ask(balance);
    const refusal = { v: 1, id: it.sent[0]?.id, kind: 'refused', code: 'too-many-questions' };
    it.part.receive('', encodeFrame(refusal), false);
    expect(await asked).toBeUndefined();
    expect(() => it.answer(it.sent[0], { member: { kind: 'member', name: '张晓明' } })).toThrowError(
      SyncError,
    );
    it.close();
  });
});
