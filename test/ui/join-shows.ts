// Believable screens of joining, a lost card, own data and the staff view.
import type { Language, Screen, ScreenOf } from '../../kiosk/screen.ts';
import { at, memberIn, saturdayIn, sayIn } from './show-frame.ts';

export function joinScreens(language: Language): Record<string, Screen> {
  const say = sayIn(language);
  const join: ScreenOf<'join'> = {
    kind: 'join',
    purpose: 'join',
    step: 'consent',
    consent: {
      version: 1,
      text: say(
        '您的姓名、手机号和生日只用于会员服务：签到、积分、活动通知。\n您可以随时在终端或服务台更改，也可以要求删除。',
        'Name, phone and birthday serve the club alone: check-in, points, invitations.\nYou may change them here or at the desk at any time.',
      ),
    },
    phone: null,
    member: null,
    codeUntil: null,
    hasPin: false,
    isBusy: false,
    problem: null,
    hasCard: false,
    slip: 'none',
  };
  const known = { name: say('张**', 'Zh**'), phone: '138****1234' };
  return {
    'join-consent': join,
    'join-no-consent': { ...join, consent: null },
    'join-phone': { ...join, step: 'phone' },
    'join-already': { ...join, step: 'already', member: known, slip: 'printing' },
    'join-details': { ...join, step: 'details', phone: '138****1234' },
    'join-near': { ...join, step: 'near', member: known },
    'join-code': { ...join, step: 'code', phone: '138****1234', codeUntil: at('14:40') },
    'join-code-wrong': {
      ...join,
      step: 'code',
      phone: '138****1234',
      codeUntil: at('14:40'),
      problem: { code: 'wrong-code', triesLeft: 3, until: null },
    },
    'join-code-offline': {
      ...join,
      step: 'code',
      phone: '138****1234',
      problem: { code: 'no-answer', triesLeft: null, until: null },
    },
    'join-pin': { ...join, step: 'pin' },
    'join-card': { ...join, step: 'card' },
    'join-done': { ...join, step: 'done', member: known, hasCard: true, slip: 'printing' },
    'recover-phone': { ...join, purpose: 'recover', step: 'phone' },
    'recover-card': { ...join, purpose: 'recover', step: 'card', member: known },
    ...ownAndStaff(language),
  };
}

function ownAndStaff(language: Language): Record<string, Screen> {
  const say = sayIn(language);
  const member = memberIn(say);
  const person: NonNullable<ScreenOf<'staff'>['person']> = {
    member,
    phone: '138****1234',
    card: 'active',
    balance: 1_286,
    birthday: '05-17',
    homes: [say('锦上花城 3-1803', 'Jinshang Garden 3-1803')],
    interests: [],
    openRequests: 1,
    today: saturdayIn(say),
    isCheckedIn: false,
    mayContact: true,
    next: 'check-in',
  };
  const staff = say('刘*', 'Li**');
  return {
    profile: {
      kind: 'profile',
      member,
      phone: '138****1234',
      birthday: null,
      mayContact: true,
      hasPin: true,
      isSaved: true,
    },
    'staff-waiting': { kind: 'staff', staff, person: null, isUnknownCard: false },
    staff: { kind: 'staff', staff, person, isUnknownCard: false },
    'card-problem-lost-card': { kind: 'card-problem', purpose: 'points', reason: 'lost-card' },
  };
}
