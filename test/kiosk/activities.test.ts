// Check-in rules of a session, and signing up for one, on the bench.
import { describe, expect, it } from 'vitest';
import { eventKeys, type SessionRow } from '../../sync/contract/events.ts';
import { memberKeys } from '../../sync/contract/members.ts';
import { enterPin, type KioskBench, kioskBench } from './kiosk-bench.ts';
import { cards, give, openSmallWorld, pin } from './small-world.ts';

const w = (text: string) => ({ zh: text, en: text });

/** The bench with today's session defined anew. @param roster rows of today's list: member → number that waits */
async function bench(
  session: Partial<SessionRow>,
  roster: Readonly<Record<string, number | null>> = {},
): Promise<KioskBench> {
  const store = await openSmallWorld();
  const row = store.replica.get('events', eventKeys.session('today'));
  give(
    store,
    'events',
    [
      [eventKeys.session('today'), { ...row, ...session }],
      [eventKeys.roster('today', 'm-listed'), null],
      [eventKeys.roster('today', 'm-gold'), null],
      ...Object.entries(roster).map(([name, waiting]): [string, object] => [
        eventKeys.roster('today', `m-${name}`),
        {
          kind: 'roster',
          session: 'today',
          member: `m-${name}`,
          checkedInAt: null,
          treatment: null,
          waiting,
        },
      ]),
    ],
    1,
    2,
  );
  return kioskBench(store);
}

const reasonOf = (b: KioskBench): string => {
  const { screen } = b;
  return screen.kind === 'check-in-refused' ? screen.reason : screen.kind;
};

describe('who may check in', () => {
  it.each<[string, Partial<SessionRow>, Record<string, number | null>, string]>([
    ['a walk-in where there are places', { walkIn: true, quota: 3, listed: 2 }, {}, 'checked-in'],
    ['a walk-in without a quota', { walkIn: true }, {}, 'checked-in'],
    ['a walk-in when all places are given', { walkIn: true, quota: 2, listed: 2 }, {}, 'session-full'],
    ['a walk-in of too low a level', { walkIn: true, minLevel: 'gold' }, {}, 'level-too-low'],
    ['a walk-in at another gate', { walkIn: true, gates: ['hall-9'] }, {}, 'wrong-gate'],
    ['somebody who is not listed', {}, {}, 'not-on-list'],
    ['somebody who waits', { quota: 2, listed: 2 }, { notListed: 3 }, 'waiting-list'],
    ['somebody listed, at another gate', { gates: ['hall-9'] }, { notListed: null }, 'wrong-gate'],
    ['somebody listed, at this gate', { gates: ['hall-1'] }, { notListed: null }, 'checked-in'],
    [
      'somebody listed, when it is called off',
      { cancelledAt: '2026-11-20T01:00:00.000Z' },
      { notListed: null },
      'session-cancelled',
    ],
    [
      'somebody else, when it is called off',
      { walkIn: true, cancelledAt: '2026-11-20T01:00:00.000Z' },
      {},
      'welcome',
    ],
    ['somebody listed, whose level fell', { minLevel: 'gold' }, { notListed: null }, 'checked-in'],
  ])('D4: %s', async (_name, session, roster, expected) => {
    const b = await bench(session, roster);
    b.swipe(cards.notListed);
    expect(reasonOf(b)).toBe(expected);
  });

  it('D4: a walk-in says so, and the places that were given here are counted at once', async () => {
    const b = await bench({ walkIn: true, signUp: true, quota: 1, listed: 0 });
    b.swipe(cards.notListed);
    expect(b.facts()).toMatchObject([{ kind: 'check-in-recorded', body: { isWalkIn: true } }]);
    b.clock = new Date(b.clock.getTime() + 10_000);
    b.swipe(cards.noPin);
    expect(b.expect('check-in-refused')).toMatchObject({ reason: 'session-full', canSignUp: true });
  });

  it('D4: who signed up here is expected, also before headquarters has answered', async () => {
    const later = { signUp: true, quota: 5, listed: 2 };
    const b = await bench(later);
    b.touch({ kind: 'open', purpose: 'sessions' });
    b.swipe(cards.notListed);
    await enterPin(b, pin);
    b.touch({ kind: 'choose', id: 'today' });
    b.touch({ kind: 'wish', wish: 'join' });
    b.touch({ kind: 'end' });
    b.clock = new Date(b.clock.getTime() + 60_000);
    b.swipe(cards.notListed);
    expect(reasonOf(b)).toBe('checked-in');
    expect(b.facts().at(-1)?.body).not.toHaveProperty('isWalkIn');
  });

  it('D4: who waits learns their number', async () => {
    const b = await bench({ quota: 2, listed: 2, signUp: true }, { notListed: 3 });
    b.swipe(cards.notListed);
    expect(b.expect('check-in-refused')).toMatchObject({ waiting: 3, canSignUp: true });
  });

  it('D4: the level gives a treatment, on screen and slip; one of their own goes before it', async () => {
    const treatments = { silver: w('茶歇券'), gold: w('贵宾席') };
    const b = await bench({ treatments }, { notListed: null });
    b.swipe(cards.notListed);
    expect(b.expect('checked-in').treatment).toBe('茶歇券');
    expect(JSON.stringify(b.store.printJobs.next()?.lines)).toContain('茶歇券');
  });
});

describe('a birthday', () => {
  it.each([
    ['11-21', true],
    ['11-22', false],
    [null, false],
  ])('D4: %s is greeted by the site’s calendar: %s', async (birthday, isBirthday) => {
    const store = await openSmallWorld();
    const row = store.replica.get('members', memberKeys.member('m-listed'));
    give(store, 'members', [[memberKeys.member('m-listed'), { ...row, birthday }]], 1, 2);
    const b = kioskBench(store);
    b.swipe(cards.listed);
    expect(b.expect('checked-in').isBirthday).toBe(isBirthday);
    expect(JSON.stringify(b.store.printJobs.next()?.lines).includes('生日快乐')).toBe(isBirthday);
  });
});

describe('signing up', () => {
  const open = async (b: KioskBench, card: string): Promise<void> => {
    b.touch({ kind: 'open', purpose: 'sessions' });
    b.swipe(card);
    await enterPin(b, pin);
  };
  const ahead = {
    signUp: true,
    quota: 5,
    listed: 2,
    opensAt: '2026-11-23T01:00:00.000Z',
    endsAt: '2026-11-23T04:00:00.000Z',
  };

  it('D17: takes the second proof, records the wish, and says that headquarters has not answered', async () => {
    const b = await bench(ahead);
    await open(b, cards.notListed);
    const { activities } = b.expect('activities');
    expect(activities.map(({ id, left, mine }) => ({ id, left, mine }))).toEqual([
      { id: 'today', left: 3, mine: 'none' },
    ]);
    b.touch({ kind: 'choose', id: 'today' });
    expect(b.expect('activity').activity).toMatchObject({ may: 'join', pending: null });
    b.touch({ kind: 'wish', wish: 'join' });
    expect(b.expect('activity').activity).toMatchObject({ may: 'leave', pending: 'join' });
    expect(b.facts().at(-1)).toEqual({
      kind: 'session-wished',
      body: { member: 'm-notListed', session: 'today', wish: 'join' },
    });
    b.touch({ kind: 'wish', wish: 'leave' });
    expect(b.expect('activity').activity).toMatchObject({ may: 'join', pending: 'leave' });
    b.touch({ kind: 'back' });
    expect(b.expect('activities').activities[0]?.pending).toBe('leave');
  });

  it('D17: what is called off is shown to who counts on it, with nothing to do, and not offered to others', async () => {
    const off = { ...ahead, cancelledAt: '2026-11-20T01:00:00.000Z' };
    const b = await bench(off, { notListed: null });
    await open(b, cards.notListed);
    b.touch({ kind: 'choose', id: 'today' });
    expect(b.expect('activity').activity).toMatchObject({ mine: 'place', may: null, isCancelled: true });
    const other = await bench(off);
    await open(other, cards.notListed);
    expect(other.expect('activities').activities).toEqual([]);
  });

  it('D17: offers the waiting list when it is full, and nothing to who has too low a level', async () => {
    const b = await bench({ ...ahead, quota: 2, waiting: 4 });
    await open(b, cards.notListed);
    b.touch({ kind: 'choose', id: 'today' });
    expect(b.expect('activity').activity).toMatchObject({ may: 'wait', left: 0, waiting: 4 });
    const other = await bench({ ...ahead, minLevel: 'gold' });
    await open(other, cards.notListed);
    other.touch({ kind: 'choose', id: 'today' });
    expect(other.expect('activity').activity).toMatchObject({ may: null, minLevel: '金卡' });
    const before = other.facts().length;
    other.touch({ kind: 'wish', wish: 'join' });
    expect(other.facts()).toHaveLength(before);
  });

  it('D17: what headquarters’ list answers is no longer pending', async () => {
    const b = await bench(ahead);
    await open(b, cards.notListed);
    b.touch({ kind: 'choose', id: 'today' });
    b.touch({ kind: 'wish', wish: 'join' });
    const { outbox, replica } = b.store;
    b.store.overlay.noteApplied(outbox.placeOf(outbox.lastSeq), { members: 1, events: 3, requests: 1 });
    expect(b.expect('activity').activity.pending).toBe('join');
    const row = {
      kind: 'roster',
      session: 'today',
      member: 'm-notListed',
      checkedInAt: null,
      treatment: null,
    };
    give(b.store, 'events', [[eventKeys.roster('today', 'm-notListed'), { ...row, waiting: 2 }]], 2, 3);
    expect(replica.versions().events).toBe(3);
    expect(b.expect('activity').activity).toMatchObject({
      pending: null,
      mine: 'waiting',
      number: 2,
      may: 'leave',
    });
  });

  it('D17: a card alone is no proof: from a refusal the PIN is asked first', async () => {
    const b = await bench({ walkIn: true, signUp: true, quota: 2, listed: 2 });
    b.swipe(cards.notListed);
    b.touch({ kind: 'open', purpose: 'sessions' });
    expect(b.expect('enter-pin').purpose).toBe('sessions');
    expect(b.facts().map(({ kind }) => kind)).not.toContain('session-wished');
  });
});
