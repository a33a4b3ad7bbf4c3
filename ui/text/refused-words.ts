// Why a card did not check in and what to do now, in both languages.
import { inTongues } from './in-tongues.ts';

const zh = {
  'unknown-card': {
    title: '这张卡还没有登记',
    text: '系统里没有找到这张卡。可能是新卡尚未开通，或不是会员卡。',
    next: '请到服务台登记；若您已是会员，工作人员会帮您找回原卡。',
  },
  'blocked-card': {
    title: '这张卡已停用',
    text: '这张卡曾挂失或已换新卡，因此不能签到。您的积分仍然安全。',
    next: '请使用新卡，或到服务台补办。',
  },
  'already-checked-in': {
    title: '您已经签过到了',
    text: '本场活动只需签到一次，积分已经计入，请放心入场。',
    next: '若小票遗失，可以补打一张。',
  },
  'not-on-list': {
    title: '本场名单上没有您',
    text: '您的会员卡有效，只是没有登记在这一场。',
    next: '请到服务台，工作人员可以现场为您登记。',
  },
  'wrong-day': {
    title: '您的场次不是今天',
    text: '您登记的是另一场活动，到时刷卡即可签到。',
    next: '若想改到今天，请到服务台。',
  },
  'lost-card': {
    title: '这张卡已挂失',
    text: '您报失过这张卡，所以它不能再用。积分没有变化。',
    next: '请用新卡；还没有新卡，可以在首页点“卡丢了”，或到服务台办理。',
  },
  'expired-card': {
    title: '这张卡已过有效期',
    text: '卡片到期了，会员身份和积分都还在。',
    next: '请到服务台换一张新卡。',
  },
  'replaced-card': {
    title: '这张卡已换成新卡',
    text: '您另有一张有效的会员卡，这张不再使用。积分都在一起，没有少。',
    next: '请刷您的另一张卡。不在手边，可以在首页点“卡丢了”。',
  },
  'wrong-gate': {
    title: '请到另一个入口签到',
    text: '本场活动不在这台终端签到。',
    next: '请看活动指示牌，或请工作人员带您过去。',
  },
  'level-too-low': {
    title: '本场只限指定级别的会员',
    text: '您的会员卡有效，只是级别还没有达到本场的要求。',
    next: '在积分页可以看到离下一级别还差多少。',
  },
  'waiting-list': {
    title: '您还在候补名单上',
    text: '本场名额已满，有人取消时会按先后顺序补上。',
    next: '有名额会短信通知您；也可以到服务台看看其他场次。',
  },
  'session-full': {
    title: '本场名额已满',
    text: '名单之外的名额已经用完。',
    next: '可以在这里排队候补，也可以到服务台看看其他场次。',
  },
  'session-cancelled': {
    title: '本场活动取消了',
    text: '很抱歉，您报名的这一场不举行。您的积分不受影响。',
    next: '可以在首页“活动报名”看看其他场次，或到服务台问一问。',
  },
};

const en: typeof zh = {
  'unknown-card': {
    title: 'We do not know this card yet',
    text: 'It may be new and not active, or not a member card.',
    next: 'Please register at the desk. Already a member? Our staff will find your old card.',
  },
  'blocked-card': {
    title: 'This card is no longer active',
    text: 'It was reported lost or replaced by a new one. Your points are safe.',
    next: 'Use your new card, or get one at the desk.',
  },
  'already-checked-in': {
    title: 'You are already checked in',
    text: 'Once is enough. Your points are booked: please go in.',
    next: 'Lost the slip? You can print it again.',
  },
  'not-on-list': {
    title: 'You are not on this list',
    text: 'Your card is fine, but it is not listed for this session.',
    next: 'Please come to the desk: our staff can add you now.',
  },
  'wrong-day': {
    title: 'Your session is another day',
    text: 'You are listed for another session. Swipe your card then.',
    next: 'Would you rather come today? Ask at the desk.',
  },
  'lost-card': {
    title: 'This card was reported lost',
    text: 'You reported it, so it cannot be used any more. Your points are unchanged.',
    next: 'Use your new card. None yet? Choose “Lost my card” on the home page, or come to the desk.',
  },
  'expired-card': {
    title: 'This card has expired',
    text: 'The card is out of date; your membership and points are not.',
    next: 'Please get a new card at the desk.',
  },
  'replaced-card': {
    title: 'This card was replaced',
    text: 'Another card of yours is active; this one is no longer used. Your points are together.',
    next: 'Please swipe the other one. Not with you? Choose “Lost my card” on the home page.',
  },
  'wrong-gate': {
    title: 'Please check in at another entrance',
    text: 'This terminal does not check in for this session.',
    next: 'Follow the signs, or ask our staff to show you.',
  },
  'level-too-low': {
    title: 'This session is for some levels only',
    text: 'Your card is fine, but this session asks for a higher level.',
    next: 'The points page shows what is missing for the next level.',
  },
  'waiting-list': {
    title: 'You are on the waiting list',
    text: 'The session is full. Places that become free go out in order.',
    next: 'We text you when there is a place. Or ask at the desk for other sessions.',
  },
  'session-full': {
    title: 'This session is full',
    text: 'The places for members who are not listed are taken.',
    next: 'You can queue for a place here, or ask at the desk for other sessions.',
  },
  'session-cancelled': {
    title: 'This session is cancelled',
    text: 'We are sorry: the session you signed up for does not take place. Your points stay as they are.',
    next: 'See other sessions under “Events” on the home page, or ask at the desk.',
  },
};

export const refusedWords = inTongues<typeof zh>(zh, en);
