// Journeys c and d on the bench: second proof, points, a report by taps, and its progress.
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import type { MemberId } from '../../sync/contract/ids.ts';
import { memberKeys } from '../../sync/contract/members.ts';
import { ackOf } from '../sync/scratch.ts';
import { enterPin, kioskBench } from './kiosk-bench.ts';
import { cards, give, openSmallWorld, pin, token } from './small-world.ts';

const bench = async () => kioskBench(await openSmallWorld());

describe('the second proof', () => {
  it('stands between a swipe and the points', async () => {
    const b = await bench();
    b.touch({ kind: 'start' });
    b.touch({ kind: 'open', purpose: 'points' });
    expect(b.screen).toEqual({ kind: 'ask-card', purpose: 'points' });
    b.swipe(cards.listed);
    expect(b.expect('enter-pin')).toMatchObject({
      member: { name: '张**' },
      problem: null,
      isChecking: false,
    });
    await enterPin(b, pin);
    expect(b.expect('points').balance).toBe(1_000);
    // proven once, other pages of the same person open at once
    b.touch({ kind: 'open', purpose: 'requests' });
    expect(b.screen.kind).toBe('requests');
  });

  it('counts wrong PINs, locks, and lets nobody in while locked', async () => {
    const b = await bench();
    b.touch({ kind: 'open', purpose: 'points' });
    b.swipe(cards.listed);
    await enterPin(b, '000000');
    expect(b.expect('enter-pin').problem).toEqual({ kind: 'wrong', triesLeft: 2 });
    await enterPin(b, '000001');
    await enterPin(b, '000002');
    expect(b.expect('enter-pin').problem).toEqual({ kind: 'locked', until: '2026-11-21T06:15:00.000Z' });
    await enterPin(b, pin);
    expect(b.screen.kind).toBe('enter-pin');
    expect(b.facts().filter(({ kind }) => kind === 'pin-refused')).toHaveLength(3);

    b.clock = new Date('2026-11-21T06:15:01.000Z');
    await enterPin(b, pin);
    expect(b.screen.kind).toBe('points');
  });

  it('is not given to whoever swipes while a PIN is being checked', async () => {
    const b = await bench();
    b.touch({ kind: 'open', purpose: 'points' });
    b.swipe(cards.listed);
    b.touch({ kind: 'enter-pin', pin });
    b.swipe(cards.gold);
    expect(b.expect('enter-pin').member.name).toBe('欧阳*');
    await new Promise((resolve) => setImmediate(resolve));
    await vi.waitFor(() => expect(b.expect('enter-pin').isChecking).toBe(false));
    expect(b.facts().some(({ kind }) => kind === 'person-proven')).toBe(false);
  });

  it.each([
    ['unknown', 'unknown-card'],
    ['blocked', 'blocked-card'],
    ['lost', 'lost-card'],
    ['noPin', 'no-pin'],
  ] as const)('cannot be given with a card that is %s', async (name, reason) => {
    const b = await bench();
    b.touch({ kind: 'open', purpose: 'points' });
    b.swipe(cards[name]);
    expect(b.screen).toEqual({ kind: 'card-problem', purpose: 'points', reason });
  });
});

describe('points', () => {
  it('show balance, what is pending, the ledger, and what is missing to the next level', async () => {
    const b = await bench();
    b.swipe(cards.listed);
    b.touch({ kind: 'open', purpose: 'points' });
    await enterPin(b, pin);
    expect(b.expect('points')).toMatchObject({
      balance: 1_020,
      earned: 1_020,
      pending: [{ points: 20, reason: '签到 业主开放日' }],
      ledger: [{ points: 1_000, reason: '期初' }],
      next: null,
    });
  });

  it('are pending until headquarters applied them AND its dataset has arrived, in either order', async () => {
    const b = await bench();
    const member = 'm-listed' as MemberId;
    b.swipe(cards.listed);
    const { epoch } = b.store.outbox;
    const ack = { ...ackOf(epoch, 1), visible: { members: 2, events: 0, requests: 0 } };
    b.store.outbox.settle(ack);
    b.store.noteAck(ack);
    expect(b.store.overlay.pendingPoints(member)).toHaveLength(1);
    const before = b.store.replica.get('members', memberKeys.member(member));
    give(b.store, 'members', [[memberKeys.member(member), { ...before, balance: 1_020 }]], 1, 2);
    b.store.noteMembersVersion();
    expect(b.store.overlay.pendingPoints(member)).toHaveLength(0);
    expect(b.store.replica.get('members', memberKeys.member(member))).toMatchObject({ balance: 1_020 });
  });
});

describe('a report', () => {
  it('says the 四季花城 example letter for letter, by taps alone', async () => {
    const b = await bench();
    b.touch({ kind: 'open', purpose: 'report' });
    b.swipe(cards.listed);
    await enterPin(b, pin);
    expect(b.expect('report-choice')).toMatchObject({ step: 'place', path: ['四季花城米兰苑301'] });
    for (const id of ['bath', 'ceiling', 'leak', 'pipe']) b.touch({ kind: 'choose', id });
    const label = '四季花城米兰苑301-卫生间-天花-渗漏-下水管周围渗漏';
    expect(b.expect('report-review')).toMatchObject({
      label,
      port: '工程',
      replyMin: 10,
      onSiteMin: 60,
      isUrgent: true,
      warranty: { isCovered: true },
    });
    b.touch({ kind: 'submit' });
    expect(b.expect('request-filed')).toMatchObject({
      number: 'H01-500000',
      label,
      replyBy: '2026-11-21T06:10:00.000Z',
      onSiteBy: '2026-11-21T07:00:00.000Z',
      isWaiting: true,
      slip: 'printing',
    });
    expect(b.facts().at(-1)).toMatchObject({
      kind: 'request-filed',
      body: { tasks: [{ label: { zh: label }, phrase: 'pipe', text: null }] },
    });
    expect(JSON.stringify(b.store.printJobs.next()?.lines)).toContain('H01-500000');

    b.touch({ kind: 'open', purpose: 'requests' });
    const [first] = b.expect('requests').requests;
    expect(first).toMatchObject({ number: 'H01-500000', state: 'filed', isWaiting: true });
    b.touch({ kind: 'choose', id: first?.id ?? '' });
    expect(b.expect('request').request.history).toHaveLength(1);
  });

  it('goes down the tree of elements, steps back one at a time, and takes own words', async () => {
    const b = await bench();
    b.touch({ kind: 'open', purpose: 'report' });
    b.swipe(cards.gold);
    await enterPin(b, pin);
    expect(b.expect('report-choice')).toMatchObject({ step: 'place', homes: [{}, {}] });
    for (const id of ['u302', 'bath', 'doors', 'door', 'stuck']) b.touch({ kind: 'choose', id });
    expect(b.expect('report-choice')).toMatchObject({ step: 'phrase', canDescribe: true, choices: [] });
    // what had one answer was not asked, and is not asked on the way back
    const steps = [1, 2].map(() => {
      b.touch({ kind: 'back' });
      return b.expect('report-choice').step;
    });
    expect(steps).toEqual(['element', 'place']);
    for (const id of ['bath', 'doors', 'door', 'stuck']) b.touch({ kind: 'choose', id });
    b.touch({ kind: 'describe', text: '推不动' });
    expect(b.expect('report-review')).toMatchObject({
      text: '推不动',
      label: '米兰苑302-卫生间-门-卡滞',
      warranty: { isCovered: false },
    });
  });

  it('ignores a choice that is not on the screen, and needs a home', async () => {
    const b = await bench();
    b.touch({ kind: 'open', purpose: 'report' });
    b.swipe(cards.listed);
    await enterPin(b, pin);
    b.touch({ kind: 'choose', id: 'leak' });
    expect(b.expect('report-choice').step).toBe('place');
    b.touch({ kind: 'end' });
    b.touch({ kind: 'open', purpose: 'report' });
    b.swipe(cards.notListed);
    await enterPin(b, pin);
    expect(b.screen).toEqual({ kind: 'card-problem', purpose: 'report', reason: 'no-home' });
  });
});

describe('a session', () => {
  beforeEach(() => void vi.useFakeTimers({ toFake: ['setTimeout', 'clearTimeout', 'performance'] }));
  afterEach(() => void vi.useRealTimers());

  it('warns after 40 s with 20 s to answer, and ends with everything of the person gone', async () => {
    const b = await bench();
    b.swipe(cards.listed);
    b.touch({ kind: 'choose-language', language: 'en' });
    vi.advanceTimersByTime(39_999);
    expect(b.show.idle).toBeNull();
    vi.advanceTimersByTime(1);
    expect(b.show.idle).toEqual({ secondsLeft: 20 });
    vi.advanceTimersByTime(20_000);
    expect(b.show).toMatchObject({ screen: { kind: 'attract' }, idle: null, language: 'zh' });
    expect(JSON.stringify(b.show)).not.toContain('张**');
    // nobody is signed in any more
    b.touch({ kind: 'open', purpose: 'points' });
    expect(b.screen.kind).toBe('ask-card');
  });

  it('is extended by one touch, more than ten times', async () => {
    const b = await bench();
    b.touch({ kind: 'start' });
    for (let round = 0; round < 12; round += 1) {
      vi.advanceTimersByTime(55_000);
      expect(b.show.idle).toEqual({ secondsLeft: 5 });
      b.touch({ kind: 'stay' });
      expect(b.show.idle).toBeNull();
    }
    expect(b.screen.kind).toBe('home');
  });

  it('ignores touches on a screen that is gone, so a double tap is one tap', async () => {
    const b = await bench();
    b.touch({ kind: 'start' });
    const { revision } = b.show;
    b.kiosk.touch({ revision, touch: { kind: 'open-board' } });
    b.kiosk.touch({ revision, touch: { kind: 'open', purpose: 'points' } });
    expect(b.screen.kind).toBe('board');
  });

  it('belongs to the card in front: another card ends the one before', async () => {
    const b = await bench();
    b.swipe(cards.listed);
    b.swipe(cards.unknown);
    expect(b.expect('check-in-refused').member).toBeNull();
    b.touch({ kind: 'open', purpose: 'points' });
    expect(b.screen).toEqual({ kind: 'ask-card', purpose: 'points' });
  });

  it('calls help once, as a fact, and says so for a while', async () => {
    const b = await bench();
    b.touch({ kind: 'call-help' });
    b.kiosk.callHelp();
    expect(b.show.isHelpCalled).toBe(true);
    expect(b.facts()).toEqual([{ kind: 'help-requested', body: { screen: 'attract' } }]);
    vi.advanceTimersByTime(15_000);
    expect(b.show.isHelpCalled).toBe(false);
  });

  it('speaks of cards in tokens only', async () => {
    const b = await bench();
    for (const number of Object.values(cards)) b.swipe(number);
    const everything = JSON.stringify([b.facts(), b.show, b.logged]);
    for (const number of Object.values(cards)) expect(everything).not.toContain(number);
    expect(everything).toContain(token(cards.listed));
  });
});
