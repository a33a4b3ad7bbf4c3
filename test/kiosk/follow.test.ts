// Journey: an owner follows a request, judges it once, rates it, adds a note, opens it again, takes a slip.
import { describe, expect, it } from 'vitest';
import type { FactId, MemberId } from '../../sync/contract/ids.ts';
import { type RequestRow, requestKeys } from '../../sync/contract/requests.ts';
import { shippedItems } from '../../sync/headquarters/surveys/satisfaction-items.ts';
import { enterPin, type KioskBench, kioskBench } from './kiosk-bench.ts';
import { cards, give, openSmallWorld, pin } from './small-world.ts';

const id = '01900000-0000-7000-8000-000000000001' as FactId;
const same = (text: string) => ({ zh: text, en: text });

function row(changes: Partial<RequestRow> = {}): RequestRow {
  return {
    kind: 'request',
    id,
    number: 'H01-000001',
    member: 'm-listed' as MemberId,
    request: 'repair',
    unit: null,
    state: 'to-confirm',
    filedAt: '2026-11-21T05:00:00.000Z',
    replyBy: null,
    onSiteBy: null,
    steps: [
      { name: same('受理'), at: '2026-11-21T05:00:00.000Z' },
      { name: same('关闭确认'), at: '2026-11-21T05:40:00.000Z' },
      { name: same('回访'), at: null },
    ],
    asksVerdict: true,
    tasks: [{ label: same('天花-渗漏'), hasOwnWords: false, port: 'engineering' as never, isDone: true }],
    history: [{ at: '2026-11-21T05:00:00.000Z', state: 'filed', note: null }],
    ...changes,
  };
}

/** A member with this request, at its page. */
async function follow(changes: Partial<RequestRow> = {}): Promise<KioskBench> {
  const store = await openSmallWorld();
  give(store, 'requests', [[requestKeys.request('m-listed', id), row(changes)]]);
  give(
    store,
    'forms',
    shippedItems.map((item) => [`item/${item.code}`, item]),
  );
  const b = kioskBench(store);
  b.touch({ kind: 'open', purpose: 'requests' });
  b.swipe(cards.listed);
  await enterPin(b, pin);
  b.touch({ kind: 'choose', id });
  return b;
}
const judged = (b: KioskBench) => b.facts().filter(({ kind }) => kind === 'request-judged');

describe('following a request', () => {
  it('D20 shows what waits for the owner’s word first, and says what a complaint is about', async () => {
    const store = await openSmallWorld();
    const other = '01900000-0000-7000-8000-000000000002' as FactId;
    const newer = row({
      id: other,
      request: 'complaint',
      topic: 'c-property',
      tasks: [],
      state: 'in-progress',
      asksVerdict: false,
      filedAt: '2026-11-21T05:55:00.000Z',
    });
    give(store, 'requests', [
      [requestKeys.request('m-listed', id), row()],
      [requestKeys.request('m-listed', other), newer],
    ]);
    const b = kioskBench(store);
    b.touch({ kind: 'open', purpose: 'requests' });
    b.swipe(cards.listed);
    await enterPin(b, pin);
    expect(b.expect('requests').requests).toMatchObject([
      { id, asksVerdict: true },
      { id: other, label: '投诉 · 物业服务' },
    ]);
  });

  it('D20 D10 solved is asked for ratings on three levels, and confirmed once', async () => {
    const b = await follow();
    expect(b.expect('request').request).toMatchObject({ asksVerdict: true, step: '关闭确认', said: null });
    b.touch({ kind: 'judge', verdict: 'solved' });
    const levels: number[] = [];
    for (let turn = 0; b.screen.kind === 'judge-question'; turn += 1) {
      levels.push(b.expect('judge-question').level);
      b.touch(turn === 1 ? { kind: 'judge-on', isAll: false } : { kind: 'rate', score: 4 });
    }
    expect([...new Set(levels)]).toEqual([1, 2, 3]);
    expect(b.expect('judge-end')).toMatchObject({ verdict: 'solved', answered: levels.length - 1 });
    b.touch({ kind: 'submit' });
    const [fact] = judged(b);
    expect(fact?.body).toMatchObject({ request: id, member: 'm-listed', verdict: 'solved', text: null });
    expect(b.expect('request').request).toMatchObject({ said: 'solved', asksVerdict: false });
    b.touch({ kind: 'judge', verdict: 'not-solved' });
    expect(b.screen.kind).toBe('request');
    expect(judged(b)).toHaveLength(1);
  });

  it('D20 what was said here is forgotten when headquarters has heard it', async () => {
    const b = await follow();
    b.touch({ kind: 'judge', verdict: 'not-solved' });
    b.touch({ kind: 'write' });
    b.touch({ kind: 'describe', text: '还在滴水' });
    b.touch({ kind: 'submit' });
    expect(judged(b)[0]?.body).toMatchObject({ verdict: 'not-solved', ratings: [], text: '还在滴水' });
    expect(b.expect('request').request.said).toBe('not-solved');
    const heard = row({
      state: 'in-progress',
      asksVerdict: false,
      history: [{ at: '2026-11-21T06:00:00.001Z', state: 'in-progress', note: null }],
    });
    give(b.store, 'requests', [[requestKeys.request('m-listed', id), heard]], 1, 2);
    expect(b.expect('request').request).toMatchObject({ said: null, state: 'in-progress' });
  });

  it('D20 a closed one can be opened again, and only by saying that it is not solved', async () => {
    const b = await follow({ state: 'done', asksVerdict: false, outcome: 'solved' });
    expect(b.expect('request').request).toMatchObject({ canReopen: true, canNote: false });
    b.touch({ kind: 'judge', verdict: 'solved' });
    expect(b.screen.kind).toBe('request');
    b.touch({ kind: 'judge', verdict: 'not-solved' });
    b.touch({ kind: 'submit' });
    expect(judged(b)).toHaveLength(1);
  });

  it('D6 a note goes to headquarters, and a slip with the state is printed once at a time', async () => {
    const b = await follow({ state: 'in-progress', asksVerdict: false });
    b.touch({ kind: 'write' });
    expect(b.expect('request').isWriting).toBe(true);
    b.touch({ kind: 'back' });
    expect(b.expect('request').isWriting).toBe(false);
    b.touch({ kind: 'write' });
    b.touch({ kind: 'describe', text: '三点以后在家' });
    expect(b.expect('request').request.isNoted).toBe(true);
    expect(b.facts().at(-1)).toEqual({
      kind: 'request-noted',
      body: { request: id, member: 'm-listed', text: '三点以后在家' },
    });
    b.touch({ kind: 'take-slip' });
    b.touch({ kind: 'take-slip' });
    expect(b.events.filter((event) => event === 'slip queued')).toHaveLength(1);
    const job = b.store.printJobs.newestAbout('request/H01-000001');
    expect(JSON.stringify(b.store.printJobs.unsettled()[0]?.lines)).toContain('关闭确认');
    expect(job?.copy).toBe(0);
  });

  it('D18 counts down only what is known: the clock says since when', async () => {
    const b = await follow({
      state: 'in-progress',
      asksVerdict: false,
      onSiteBy: '2026-11-21T06:20:00.000Z',
    });
    expect(b.expect('request').request.clocks).toEqual([
      {
        what: 'on-site',
        by: '2026-11-21T06:20:00.000Z',
        now: '2026-11-21T06:00:00.000Z',
        asOf: b.store.replica.confirmedAt(),
      },
    ]);
  });

  it('D20 nothing is seen or said without the second proof', async () => {
    const b = await follow();
    b.touch({ kind: 'end' });
    b.touch({ kind: 'judge', verdict: 'solved' });
    b.touch({ kind: 'submit' });
    expect(b.screen.kind).toBe('attract');
    expect(judged(b)).toEqual([]);
  });
});
