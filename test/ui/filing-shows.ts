// Believable screens of whoever complains, asks, praises or wants to be called.
import type { Language, Screen, ScreenOf } from '../../kiosk/screen.ts';
import { requestTopics } from '../../sync/contract/request-topics.ts';
import { at, type Say, sayIn } from './show-frame.ts';

type Message = ScreenOf<'message'>;
const nothingSaid: Message['said'] = { home: null, topic: null, when: null, phone: null, text: null };

export function filingScreens(language: Language): Record<string, Screen> {
  const say = sayIn(language);
  const message = (changes: Partial<Message> & Pick<Message, 'purpose' | 'step'>): Message => ({
    kind: 'message',
    choices: [],
    canSkip: false,
    said: nothingSaid,
    isVisitor: false,
    replyBy: null,
    canPublish: false,
    mayPublish: false,
    ...changes,
  });
  const topics = (purpose: keyof typeof requestTopics) =>
    requestTopics[purpose].map(({ code, name }) => ({ id: code, name: name[language] }));
  const times = [
    say('随时都可以', 'At any time'),
    say('上午 9–12 点', 'Morning, 9 to 12'),
    say('下午 12–18 点', 'Afternoon, 12 to 18'),
    say('晚上 18–21 点', 'Evening, 18 to 21'),
  ];
  return {
    'service-menu': { kind: 'service-menu' },
    'ask-card-complaint': { kind: 'ask-card', purpose: 'complaint' },
    'message-topic': message({ purpose: 'complaint', step: 'topic', choices: topics('complaint') }),
    'message-when': message({
      purpose: 'call-back',
      step: 'when',
      choices: times.map((name, i) => ({ id: `${i}`, name })),
    }),
    'message-phone': message({ purpose: 'call-back', step: 'phone', isVisitor: true }),
    'message-phone-skip': message({ purpose: 'praise', step: 'phone', isVisitor: true, canSkip: true }),
    'message-review': message({
      purpose: 'complaint',
      step: 'review',
      said: { ...nothingSaid, ...complaintIn(say) },
      replyBy: at('15:35'),
      canPublish: true,
    }),
    'message-review-visitor': message({
      purpose: 'call-back',
      step: 'review',
      isVisitor: true,
      said: { ...nothingSaid, when: times[2] ?? '', phone: '138****1234' },
      replyBy: at('18:00'),
    }),
    'message-review-praise': message({
      purpose: 'praise',
      step: 'review',
      said: { ...nothingSaid, topic: say('维修师傅', 'The people who repaired') },
    }),
    ...reportsIn(say),
  };
}

function complaintIn(say: Say) {
  return {
    home: say('四季花城米兰苑 301', 'Four Seasons, Milan Court 301'),
    topic: say('物业服务', 'Property management'),
    text: say(
      '楼道三天没有打扫，反映两次没有结果',
      'Stairs not cleaned for three days, told twice, nothing came of it',
    ),
  };
}

function reportsIn(say: Say): Record<string, Screen> {
  const label = say('四季花城米兰苑301-厨房-燃气-燃气泄漏', 'Milan Court 301 – Kitchen – Gas – Gas leak');
  return {
    'report-urgent': {
      kind: 'report-choice',
      step: 'phrase',
      path: [
        say('四季花城米兰苑301', 'Milan Court 301'),
        say('厨房', 'Kitchen'),
        say('燃气', 'Gas'),
        say('燃气泄漏', 'Gas leak'),
      ],
      stepNumber: 4,
      stepCount: 5,
      homes: [],
      choices: [
        say('闻到燃气味', 'It smells of gas'),
        say('燃气报警器鸣响', 'The gas alarm sounds'),
        say('燃气管漏气有声', 'Gas hisses from the pipe'),
      ].map((name, i) => ({ id: `${i}`, name, group: null, isUrgent: false })),
      canDescribe: true,
      isUrgent: true,
    },
    'report-review-shared': {
      kind: 'report-review',
      home: say('四季花城米兰苑 301', 'Four Seasons, Milan Court 301'),
      label: say('四季花城米兰苑301-地下车库-照明-不亮', 'Milan Court 301 – Garage – Lighting – Dark'),
      text: null,
      port: say('物业', 'Property management'),
      replyMin: 10,
      onSiteMin: 60,
      isUrgent: false,
      warranty: null,
    },
    'request-filed-photos': {
      kind: 'request-filed',
      number: 'H01-482917',
      label,
      port: say('物业', 'Property management'),
      replyBy: at('14:42'),
      onSiteBy: at('15:32'),
      isWaiting: false,
      qr: `https://photo.yingbin.example/p/H01-482917#${'Ab3_'.repeat(10)}xyz`,
      qrFor: 'photos',
      canTrack: true,
      slip: 'printed',
    },
    'request-filed-visitor': {
      kind: 'request-filed',
      number: 'H01-482918',
      label: say('请回电 · 下午 12–18 点', 'Call me back · Afternoon, 12 to 18'),
      port: say('客服', 'Customer service'),
      replyBy: at('18:00'),
      onSiteBy: null,
      isWaiting: true,
      qr: 'H01-482918',
      qrFor: 'number',
      canTrack: false,
      slip: 'printed',
    },
  };
}
