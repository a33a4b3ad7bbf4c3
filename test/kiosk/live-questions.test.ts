// What headquarters answers while somebody stands in front: mends the screen in time, and never keeps it waiting.
import { describe, expect, it } from 'vitest';
import type { MemberId } from '../../sync/contract/ids.ts';
import type { MemberRow } from '../../sync/contract/members.ts';
import type { Answered, Asked, Told } from '../../sync/questions.ts';
import { type KioskBench, kioskBench } from './kiosk-bench.ts';
import { cards, openSmallWorld, pin, token } from './small-world.ts';

const member = 'm-listed' as MemberId;
const newcomer = 'm-new' as MemberId;
const at = '2026-11-21T06:00:02.000Z';

interface Talk extends KioskBench {
  readonly asked: Asked[];
  isOnline: boolean;
  /** headquarters answers the last question; undefined = the time is over */
  answer(known: Partial<Told> | undefined): void;
}

async function open(): Promise<Talk> {
  const asked: Asked[] = [];
  let answered: Answered = () => undefined;
  const state = { isOnline: true };
  const bench = kioskBench(await openSmallWorld(), {
    ask: (what, then) => {
      if (!state.isOnline) return false;
      asked.push(what);
      answered = then;
      return true;
    },
  });
  const rest = {
    asked,
    answer: (known: Partial<Told> | undefined) => answered(known && { ...nothingKnown(), ...known }),
    get isOnline() {
      return state.isOnline;
    },
    set isOnline(to: boolean) {
      state.isOnline = to;
    },
  };
  return Object.defineProperties(bench, Object.getOwnPropertyDescriptors(rest)) as Talk;
}

function nothingKnown(): Told {
  return {
    v: 1,
    id: '01890000-0000-7000-8000-000000000001' as Told['id'],
    kind: 'known',
    at,
    applied: 0,
    place: 0,
    members: 9,
    card: null,
    member: null,
    roster: [],
  };
}

function rowOf(bench: KioskBench, id: MemberId, balance: number): MemberRow {
  const row = bench.store.replica.get('members', `member/${member}`);
  if (row?.kind !== 'member') throw new Error('no such member');
  return { ...row, id, balance, name: '孙*' };
}

function newMember(b: KioskBench): Partial<Told> {
  return {
    card: { kind: 'card', token: token(cards.unknown), member: newcomer, state: 'active' },
    member: rowOf(b, newcomer, 5),
    roster: [
      { kind: 'roster', session: 'today' as never, member: newcomer, checkedInAt: null, treatment: null },
    ],
  };
}

async function enterPin(b: Talk): Promise<void> {
  b.touch({ kind: 'open', purpose: 'points' });
  b.swipe(cards.listed);
  b.touch({ kind: 'enter-pin', pin });
  await expect.poll(() => b.screen.kind).toBe('points');
}

describe('an unknown card', () => {
  it('OR5: is asked about, checks in when headquarters knows it, and is one fact', async () => {
    const b = await open();
    b.swipe(cards.unknown);
    expect(b.screen).toEqual({ kind: 'checking-card' });
    expect(b.asked).toEqual([{ kind: 'card', card: token(cards.unknown) }]);
    expect(b.facts()).toEqual([]);
    b.answer(newMember(b));
    expect(b.expect('checked-in')).toMatchObject({ member: { name: '孙*' }, points: 20, balance: 25 });
    expect(b.facts()).toMatchObject([{ kind: 'check-in-recorded', body: { member: newcomer } }]);
    // and again: what was told still stands while they stand here
    b.clock = new Date(b.clock.getTime() + 5_000);
    b.touch({ kind: 'end' });
    b.swipe(cards.unknown);
    b.answer(newMember(b));
    expect(b.expect('check-in-refused').reason).toBe('already-checked-in');
    expect(b.facts()).toHaveLength(2);
  });

  it.each<[string, Partial<Told> | undefined]>([
    ['headquarters does not know it either', {}],
    ['no answer comes in time', undefined],
  ])('OR5: is refused with one fact when %s', async (_what, known) => {
    const b = await open();
    b.swipe(cards.unknown);
    b.answer(known);
    expect(b.expect('check-in-refused').reason).toBe('unknown-card');
    expect(b.facts()).toMatchObject([{ kind: 'card-refused', body: { reason: 'unknown-card' } }]);
  });

  it('OR5: is refused at once when headquarters cannot be asked', async () => {
    const b = await open();
    b.isOnline = false;
    b.swipe(cards.unknown);
    expect(b.expect('check-in-refused').reason).toBe('unknown-card');
    expect(b.events).not.toContain('shown checking-card');
  });

  it('OR5: a known card is never asked about', async () => {
    const b = await open();
    b.swipe(cards.listed);
    b.expect('checked-in');
    expect(b.asked).toEqual([]);
  });

  it('OR5: another card ends the wait, each swipe is one fact, and the late answer is dropped', async () => {
    const b = await open();
    b.swipe(cards.unknown);
    b.swipe(cards.listed);
    b.expect('checked-in');
    b.answer(newMember(b));
    b.expect('checked-in');
    expect(b.facts().map(({ kind }) => kind)).toEqual(['card-refused', 'check-in-recorded']);
  });

  it('OR5: touches do not end the wait, a terminal that closes does, with its fact', async () => {
    const b = await open();
    b.swipe(cards.unknown);
    b.touch({ kind: 'go-home' });
    b.touch({ kind: 'end' });
    expect(b.screen.kind).toBe('checking-card');
    b.kiosk.close();
    expect(b.facts().map(({ kind }) => kind)).toEqual(['card-refused']);
  });

  it('OR5: swiped for a personal page it goes on to the PIN, and nobody sees it after the session', async () => {
    const b = await open();
    b.touch({ kind: 'open', purpose: 'points' });
    b.swipe(cards.unknown);
    b.answer(newMember(b));
    expect(b.expect('enter-pin').member.name).toBe('孙*');
    b.touch({ kind: 'end' });
    b.isOnline = false;
    b.clock = new Date(b.clock.getTime() + 5_000);
    b.swipe(cards.unknown);
    expect(b.expect('check-in-refused')).toMatchObject({ reason: 'unknown-card', member: null });
  });
});

describe('the balance', () => {
  it('OR5: is shown at once as this terminal knows it, and mended by the answer', async () => {
    const b = await open();
    await enterPin(b);
    expect(b.expect('points')).toMatchObject({ balance: 1_000, isLive: false, asOf: null });
    expect(b.asked).toEqual([{ kind: 'balance', member }]);
    const { revision } = b.show;
    b.answer({ member: rowOf(b, member, 1_300) });
    expect(b.expect('points')).toMatchObject({ balance: 1_300, isLive: true, asOf: at });
    // a finger that was on its way still means this screen
    expect(b.show.revision).toBe(revision);
  });

  it('OR5: what this terminal booked counts once, told or not told', async () => {
    const b = await open();
    b.swipe(cards.listed);
    b.clock = new Date(b.clock.getTime() + 5_000);
    await enterPin(b);
    expect(b.expect('points').balance).toBe(1_020);
    b.answer({ member: rowOf(b, member, 1_100), place: 0 });
    expect(b.expect('points')).toMatchObject({ balance: 1_120, pending: [{ points: 20 }] });
    const b2 = await open();
    b2.swipe(cards.listed);
    b2.clock = new Date(b2.clock.getTime() + 5_000);
    await enterPin(b2);
    b2.answer({ member: rowOf(b2, member, 1_120), place: 1 });
    expect(b2.expect('points')).toMatchObject({ balance: 1_120, pending: [] });
  });

  it('OR5: an answer that the dataset has overtaken changes nothing but the time', async () => {
    const b = await open();
    await enterPin(b);
    b.answer({ member: rowOf(b, member, 700), members: 1 });
    expect(b.expect('points')).toMatchObject({ balance: 1_000, isLive: true, asOf: at });
  });

  it('OR5: an answer after the page was left, or none at all, changes nothing', async () => {
    const b = await open();
    await enterPin(b);
    b.answer(undefined);
    expect(b.expect('points')).toMatchObject({ balance: 1_000, isLive: false });
    b.touch({ kind: 'end' });
    const shown = b.events.length;
    b.answer({ member: rowOf(b, member, 1_300) });
    expect([b.screen.kind, b.events.length]).toEqual(['attract', shown]);
  });
});
