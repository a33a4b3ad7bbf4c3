// Joining at the terminal: asked first whether they are a member, proven, counted in taps, and valid without a network.
import { describe, expect, it, vi } from 'vitest';
import { askedKeys, identityKey } from '../../sync/contract/identity-key.ts';
import type { MemberId, ProjectId } from '../../sync/contract/ids.ts';
import { memberKeys } from '../../sync/contract/members.ts';
import type { CodeAnswer } from '../../sync/contract/questions.ts';
import type { CodeAsked } from '../../sync/questions.ts';
import { type KioskBench, kioskBench } from './kiosk-bench.ts';
import { cards, fleetKey, give, openSmallWorld, pin, token } from './small-world.ts';

const blankCard = '0A000000B1';
const staffCard = '0A000000C1';
const colleague = '0A000000C2';
const otherStaff = '0A000000C3';
const details = {
  kind: 'join-details',
  name: '周立新',
  sound: null,
  birthday: null,
  idNumber: null,
} as const;

interface Talk extends KioskBench {
  readonly asked: CodeAsked[];
  answer(outcome: CodeAnswer['outcome'], more?: Partial<CodeAnswer>): void;
  isOnline: boolean;
}

async function open(): Promise<Talk> {
  const asked: CodeAsked[] = [];
  const state = { isOnline: true };
  let answered: (answer: CodeAnswer | undefined) => void = () => undefined;
  const store = await openSmallWorld();
  give(store, 'forms', [
    [
      'consent/000003',
      {
        kind: 'consent',
        version: 3,
        text: { zh: '须知', en: 'Terms' },
        publishedAt: '2026-11-01T00:00:00.000Z',
      },
    ],
  ]);
  const person = {
    phone: '13800000001',
    idKey: identityKey(fleetKey, 'id', 'ID7'),
    name: '张晓明',
    sound: 'zhangxiaoming',
    birthday: '1980-05-17',
  };
  const member = 'm-listed' as MemberId;
  give(
    store,
    'members',
    [
      ...askedKeys(fleetKey, person).map(
        ({ key }) => [memberKeys.identity(key), { kind: 'identity', key, member }] as const,
      ),
      ...[staffCard, colleague, otherStaff].map(
        (number) =>
          [
            memberKeys.staff(token(number)),
            {
              kind: 'staff',
              token: token(number),
              name: '刘*',
              project: number === otherStaff ? ('elsewhere' as ProjectId) : null,
            },
          ] as const,
      ),
    ],
    1,
  );
  const bench = kioskBench(store, {
    askCode: (what, then) => {
      if (!state.isOnline) return false;
      asked.push(what);
      answered = then;
      return true;
    },
  });
  const rest = {
    asked,
    answer: (outcome: CodeAnswer['outcome'], more: Partial<CodeAnswer> = {}) =>
      answered({
        v: 1,
        id: '01890000-0000-7000-8000-000000000001' as CodeAnswer['id'],
        kind: 'code',
        outcome,
        until: null,
        triesLeft: null,
        ...more,
      }),
    get isOnline() {
      return state.isOnline;
    },
    set isOnline(to: boolean) {
      state.isOnline = to;
    },
  };
  return Object.defineProperties(bench, Object.getOwnPropertyDescriptors(rest)) as Talk;
}

const factsOf = (b: KioskBench, kind: string) => b.facts().filter((fact) => fact.kind === kind);

async function settled(b: KioskBench): Promise<void> {
  await vi.waitFor(() => expect(b.expect('join').isBusy).toBe(false));
}

/** To the question for a code. */
function tell(b: Talk, phone = '13900000009'): void {
  b.touch({ kind: 'open-join', purpose: 'join' });
  b.touch({ kind: 'join-agree' });
  b.touch({ kind: 'join-phone', phone });
}

async function prove(b: Talk): Promise<void> {
  b.touch(details);
  b.answer('sent', { until: '2026-11-21T06:05:00.000Z' });
  b.touch({ kind: 'join-code', code: '123456' });
  b.answer('right');
  b.touch({ kind: 'join-pin', pin: '2580' });
  await settled(b);
}

describe('joining', () => {
  it('D2 D4 S46: takes five taps, a telephone number and a card; the card is known here at once', async () => {
    const b = await open();
    tell(b);
    expect(b.expect('join')).toMatchObject({ step: 'details', phone: '139****0009' });
    await prove(b);
    expect(b.asked.map(({ kind }) => kind)).toEqual(['send-code', 'check-code']);
    expect(b.expect('join').step).toBe('card');
    b.swipe(blankCard);
    expect(b.expect('join')).toMatchObject({ step: 'done', hasCard: true, member: { name: '周**' } });
    const [joined] = factsOf(b, 'member-joined');
    expect(joined?.body).toMatchObject({
      name: '周立新',
      phone: '13900000009',
      proof: 'phone-code',
      card: token(blankCard),
      consent: { version: 3, language: 'zh' },
      channel: 'event',
    });
    expect(b.events.slice(-3)).toEqual(['recorded', 'shown join', 'slip queued']);
    b.touch({ kind: 'end' });
    b.clock = new Date(b.clock.getTime() + 10_000);
    b.swipe(blankCard);
    expect(b.screen.kind).not.toBe('card-problem');
    expect(b.screen).toMatchObject({
      kind: 'check-in-refused',
      reason: 'not-on-list',
      member: { name: '周**' },
    });
  });

  it('S46 asks for nothing and records nothing before the notice was agreed to', async () => {
    const b = await open();
    b.touch({ kind: 'open-join', purpose: 'join' });
    b.touch({ kind: 'join-phone', phone: '13900000009' });
    b.touch(details);
    b.touch({ kind: 'join-code', code: '123456' });
    b.touch({ kind: 'join-pin', pin: '2580' });
    b.touch({ kind: 'join-card-later' });
    b.swipe(blankCard);
    expect(b.expect('join')).toMatchObject({ step: 'consent', phone: null });
    expect([b.asked, factsOf(b, 'member-joined')]).toEqual([[], []]);
    b.touch({ kind: 'join-agree' });
    expect(b.expect('join').step).toBe('phone');
  });

  it('D2: a telephone of a member is refused, with the way to the old card on paper; the old card stops', async () => {
    const b = await open();
    tell(b, '13800000001');
    expect(b.expect('join')).toMatchObject({ step: 'already', member: { name: '张**' } });
    expect(factsOf(b, 'join-refused')[0]?.body).toEqual({
      reason: 'already-member',
      member: 'm-listed',
      matched: 'phone',
    });
    expect(b.events).toContain('slip queued');
    b.touch({ kind: 'join-its-me' });
    expect(b.asked[0]).toEqual({ kind: 'send-code', words: { phone: null, member: 'm-listed' } });
    b.answer('sent');
    b.touch({ kind: 'join-code', code: '123456' });
    b.answer('right');
    expect(factsOf(b, 'card-reported-lost')[0]?.body).toEqual({ member: 'm-listed', card: null });
    b.swipe(cards.gold);
    expect(b.expect('join').problem?.code).toBe('card-in-use');
    b.swipe(blankCard);
    expect(factsOf(b, 'card-issued')[0]?.body).toMatchObject({
      member: 'm-listed',
      card: token(blankCard),
      reason: 'lost',
    });
    b.touch({ kind: 'end' });
    b.clock = new Date(b.clock.getTime() + 10_000);
    b.swipe(cards.listed);
    expect(b.screen).toMatchObject({ kind: 'check-in-refused', reason: 'lost-card' });
    b.swipe(blankCard);
    expect(b.screen.kind).toBe('checked-in');
  });

  it('D2: of an identity card too; and a name with a birthday asks whether it is them', async () => {
    const b = await open();
    tell(b);
    b.touch({ ...details, idNumber: 'id7' });
    expect(b.expect('join').step).toBe('already');
    b.touch({ kind: 'back' });
    b.touch({ kind: 'join-phone', phone: '13900000009' });
    b.touch({ ...details, name: '张曉明', sound: 'zhang xiaoming', birthday: '1980-05-17' });
    expect(b.expect('join')).toMatchObject({ step: 'near', member: { name: '张**' } });
    b.touch({ kind: 'join-not-me' });
    expect(b.expect('join').step).toBe('code');
  });

  it('D2: works without a network when staff vouch; the same person is refused here a minute later', async () => {
    const b = await open();
    b.isOnline = false;
    tell(b);
    b.touch(details);
    expect(b.expect('join').problem?.code).toBe('no-answer');
    b.swipe(cards.gold);
    expect(b.expect('join').problem?.code).toBe('not-staff');
    b.swipe(staffCard);
    expect(b.expect('join').step).toBe('pin');
    b.touch({ kind: 'join-pin', pin: '2580' });
    await settled(b);
    b.touch({ kind: 'join-card-later' });
    expect(factsOf(b, 'member-joined')[0]?.body).toMatchObject({
      proof: 'staff-card',
      staff: token(staffCard),
      card: null,
    });
    b.touch({ kind: 'end' });
    tell(b);
    expect(b.expect('join').step).toBe('already');
  });

  it('says how many tries are left, that a code is too old, and that it is locked', async () => {
    const b = await open();
    tell(b);
    b.touch(details);
    b.answer('sent');
    b.touch({ kind: 'join-code', code: '000000' });
    b.answer('wrong', { triesLeft: 4 });
    expect(b.expect('join').problem).toEqual({ code: 'wrong-code', triesLeft: 4, until: null });
    b.touch({ kind: 'join-code', code: '000000' });
    b.answer('locked', { until: '2026-11-21T06:20:00.000Z' });
    expect(b.expect('join').problem?.code).toBe('code-locked');
    expect(factsOf(b, 'member-joined')).toEqual([]);
  });

  it('D2: staff need not wait for a code that does not come; a stray card meanwhile changes nothing', async () => {
    const b = await open();
    tell(b);
    b.touch(details);
    expect(b.expect('join')).toMatchObject({ step: 'code', isBusy: true });
    b.swipe(cards.gold);
    expect(b.expect('join')).toMatchObject({ step: 'code', isBusy: true, problem: null });
    b.answer('sent', { until: '2026-11-21T06:05:00.000Z' });
    expect(b.expect('join')).toMatchObject({ isBusy: false, codeUntil: '2026-11-21T06:05:00.000Z' });
    b.touch({ kind: 'join-another-code' });
    b.swipe(staffCard);
    expect(b.expect('join')).toMatchObject({ step: 'pin', isBusy: false });
    b.answer('too-soon');
    expect(b.expect('join').step).toBe('pin');
  });

  it('D2: staff of another site vouch for nobody here', async () => {
    const b = await open();
    b.isOnline = false;
    tell(b);
    b.touch(details);
    b.swipe(otherStaff);
    expect(b.expect('join')).toMatchObject({ step: 'code', problem: { code: 'not-staff' } });
  });

  it('forgets everything at the end, and a late answer changes nothing', async () => {
    const b = await open();
    tell(b);
    b.touch(details);
    b.touch({ kind: 'end' });
    b.answer('right');
    expect(b.screen.kind).toBe('attract');
  });
});

describe('own data', () => {
  it('D17: may be changed after the second proof, and show at once', async () => {
    const b = await open();
    b.touch({ kind: 'open', purpose: 'profile' });
    b.swipe(cards.listed);
    b.touch({ kind: 'enter-pin', pin });
    await vi.waitFor(() => expect(b.screen.kind).toBe('profile'));
    b.touch({ kind: 'profile-contact', mayContact: true });
    b.touch({ kind: 'profile-birthday', birthday: '1980-05-17' });
    expect(b.expect('profile')).toMatchObject({ mayContact: true, birthday: '05-17', isSaved: true });
    b.touch({ kind: 'open-join', purpose: 'phone' });
    b.touch({ kind: 'join-phone', phone: '13700000007' });
    b.answer('sent');
    b.touch({ kind: 'join-code', code: '123456' });
    b.answer('right');
    expect(b.expect('profile').phone).toBe('137****0007');
    expect(factsOf(b, 'profile-changed').map(({ body }) => body)).toEqual([
      { member: 'm-listed', mayContact: true },
      { member: 'm-listed', birthday: '1980-05-17' },
      { member: 'm-listed', phone: '13700000007' },
    ]);
  });
});

describe('the staff view', () => {
  it('D14: opens by a second card, says the next step, and ends with it', async () => {
    const b = await open();
    b.swipe(staffCard);
    expect(b.expect('staff').person).toBeNull();
    b.swipe(cards.listed);
    expect(b.expect('staff').person).toMatchObject({
      member: { name: '张**' },
      card: 'active',
      next: 'check-in',
    });
    b.swipe(cards.lost);
    expect(b.expect('staff').person).toMatchObject({ card: 'lost', next: 'new-card' });
    b.clock = new Date(b.clock.getTime() + 10_000);
    b.swipe(staffCard);
    expect(b.screen.kind).toBe('attract');
    expect(factsOf(b, 'check-in-recorded')).toEqual([]);
  });

  it('D14: a colleague’s card takes over and shows nobody; staff of another site open nothing', async () => {
    const b = await open();
    b.swipe(staffCard);
    b.swipe(cards.listed);
    b.swipe(colleague);
    expect(b.expect('staff')).toMatchObject({ person: null, isUnknownCard: false });
    b.touch({ kind: 'end' });
    b.swipe(otherStaff);
    expect(b.screen.kind).not.toBe('staff');
  });
});
