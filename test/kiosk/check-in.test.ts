// Journey b on the bench: every way that a swipe can end.
import { describe, expect, it } from 'vitest';
import { eventKeys } from '../../sync/contract/events.ts';
import { kioskBench } from './kiosk-bench.ts';
import { cards, give, openSmallWorld, token } from './small-world.ts';

const bench = async () => kioskBench(await openSmallWorld());

describe('a swipe', () => {
  it('checks a listed member in, books the points on top and queues the slip', async () => {
    const b = await bench();
    b.swipe(cards.listed);
    expect(b.expect('checked-in')).toMatchObject({
      // with these points it is another level, at once
      member: { name: '张**', level: '金卡' },
      event: '业主开放日',
      session: 'today',
      points: 20,
      balance: 1_020,
      slip: 'printing',
    });
    expect(b.facts()).toEqual([
      {
        kind: 'check-in-recorded',
        body: { member: 'm-listed', card: token(cards.listed), event: 'e1', session: 'today', points: 20 },
      },
    ]);
    const job = b.store.printJobs.next();
    expect(JSON.stringify(job?.lines)).toContain('张**');
    expect(job?.lines).toContainEqual({ kind: 'pair', label: '积分余额', value: '1020', bold: true });
  });

  it('records before it shows, and shows before it prints', async () => {
    const b = await bench();
    b.swipe(cards.listed);
    expect(b.events).toEqual(['recorded', 'shown checked-in', 'slip queued']);
  });

  it('shows what the level gives', async () => {
    const b = await bench();
    b.swipe(cards.gold);
    expect(b.expect('checked-in').treatment).toBe('贵宾席A1');
    expect(JSON.stringify(b.store.printJobs.next()?.lines)).toContain('贵宾席A1');
  });

  it.each([
    ['unknown', 'unknown-card'],
    ['blocked', 'blocked-card'],
    ['lost', 'lost-card'],
    ['notListed', 'not-on-list'],
    ['tomorrow', 'wrong-day'],
  ] as const)('of a card that is %s is refused as %s, recorded, and prints nothing', async (name, reason) => {
    const b = await bench();
    b.swipe(cards[name]);
    const screen = b.expect('check-in-refused');
    expect(screen.reason).toBe(reason);
    expect(screen.next?.session).toBe(reason === 'wrong-day' ? 'tomorrow' : undefined);
    expect(b.facts()).toMatchObject([{ kind: 'card-refused', body: { reason, card: token(cards[name]) } }]);
    expect(b.store.printJobs.waiting()).toBe(0);
    // a card that is not good for anything shows nobody's name
    expect(screen.member === null).toBe(reason.endsWith('-card'));
  });

  it('checks in once: the second time says since when, and a copy is marked', async () => {
    const b = await bench();
    b.swipe(cards.listed);
    const first = b.store.printJobs.next();
    if (!first) throw new Error('no slip');
    b.store.printJobs.mark(first.id, 'printed');
    b.clock = new Date(b.clock.getTime() + 60_000);
    b.swipe(cards.listed);
    const screen = b.expect('check-in-refused');
    expect(screen).toMatchObject({
      reason: 'already-checked-in',
      since: '2026-11-21T06:00:00.000Z',
      canReprint: true,
      slip: 'none',
    });
    expect(b.store.overlay.pendingPoints('m-listed' as never)).toHaveLength(1);

    b.touch({ kind: 'take-slip' });
    const copy = b.store.printJobs.next();
    expect(copy).toMatchObject({ copy: 1, slip: 'check-in' });
    expect(JSON.stringify(copy?.lines)).toContain('补打 1');
    expect(b.facts().map(({ kind }) => kind)).toEqual(['check-in-recorded', 'card-refused', 'slip-copied']);
    expect(b.expect('check-in-refused')).toMatchObject({ slip: 'printing', canReprint: false });
  });

  it('knows a check-in at another terminal from the roster', async () => {
    const b = await bench();
    give(
      b.store,
      'events',
      [
        [
          eventKeys.roster('today', 'm-listed'),
          {
            kind: 'roster',
            session: 'today',
            member: 'm-listed',
            checkedInAt: '2026-11-21T02:00:00.000Z',
            treatment: null,
          },
        ],
      ],
      1,
    );
    b.swipe(cards.listed);
    expect(b.expect('check-in-refused')).toMatchObject({
      reason: 'already-checked-in',
      since: '2026-11-21T02:00:00.000Z',
      canReprint: false,
    });
  });

  it('of the same card within three seconds is one swipe', async () => {
    const b = await bench();
    b.swipe(cards.listed);
    b.clock = new Date(b.clock.getTime() + 2_900);
    b.swipe(cards.listed);
    expect(b.screen.kind).toBe('checked-in');
    expect(b.facts()).toHaveLength(1);
  });

  it('on a day without an event greets, names the next one, and is recorded', async () => {
    const b = await bench();
    b.clock = new Date('2026-11-21T13:00:00.000Z');
    b.swipe(cards.tomorrow);
    expect(b.expect('welcome')).toMatchObject({ member: { name: '陈*' }, next: { session: 'tomorrow' } });
    expect(b.facts()).toMatchObject([{ kind: 'visit-recorded', body: { member: 'm-tomorrow' } }]);
  });

  it('that cannot be written is not confirmed: nothing is shown as done and nothing is printed', async () => {
    const b = await bench();
    b.store.database.run(
      `CREATE TRIGGER full BEFORE INSERT ON print_job BEGIN SELECT RAISE(ABORT, 'disk full'); END`,
    );
    b.swipe(cards.listed);
    expect(b.expect('out-of-service').code).toBe('store-write-failed');
    expect(b.events).toEqual(['shown out-of-service']);
    expect(b.store.outbox.waiting()).toBe(0);
    expect(b.logged.join('')).toContain('store-write-failed');
    expect(b.logged.join('')).not.toContain(cards.listed);
  });
});
