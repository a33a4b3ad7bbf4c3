// Believable screens of the owner who reports and follows.
import type { Language, Screen, ScreenOf } from '../../kiosk/screen.ts';
import { shippedPlaces } from '../../sync/headquarters/service/library/shipped-library.ts';
import { at, memberIn, type Say, sayIn } from './show-frame.ts';

type Summary = ScreenOf<'requests'>['requests'][number];
type Choice = ScreenOf<'report-choice'>;

const homeIn = (say: Say): string => say('四季花城米兰苑 301', 'Four Seasons, Milan Court 301');
const labelIn = (say: Say): string =>
  say(
    '四季花城米兰苑301-卫生间-天花-渗漏-下水管周围渗漏',
    'Milan Court 301 - Bathroom - Ceiling - Leak - Around the drain pipe',
  );

export function serviceScreens(language: Language): Record<string, Screen> {
  return { ...reportScreens(language), ...followScreens(language) };
}

const list = (words: string): string[] => words.split(' ').map((word) => word.replaceAll('-', ' '));

/** As the shipped library has them: the longest pages that there are. */
function placesIn(language: Language): Choice['choices'] {
  return shippedPlaces('flowers').flatMap((row) =>
    row.kind === 'place' ? [{ id: row.id, name: row.name[language], group: row.scope, isUrgent: false }] : [],
  );
}

function choiceOf(names: readonly string[], group: Choice['choices'][number]['group'] = null, urgent = -1) {
  return names.map((name, i) => ({ id: `${group ?? 'c'}-${i}`, name, group, isUrgent: i === urgent }));
}

function reportScreens(language: Language): Record<string, Screen> {
  const say = sayIn(language);
  const homes = [
    { id: 'u1', name: homeIn(say), isChosen: true },
    { id: 'u2', name: say('四季花城米兰苑 地下车位 B2-118', 'Parking space B2-118'), isChosen: false },
  ];
  const step = (changes: Partial<Choice> & Pick<Choice, 'step' | 'choices'>): Choice => ({
    kind: 'report-choice',
    path: [homeIn(say)],
    stepNumber: 1,
    stepCount: 5,
    homes: [],
    canDescribe: false,
    isUrgent: false,
    ...changes,
  });
  const path = [homeIn(say), say('卫生间', 'Bathroom'), say('天花', 'Ceiling')];
  return {
    'report-place': step({
      step: 'place',
      stepNumber: 1,
      choices: placesIn(language),
    }),
    'report-place-homes': step({ step: 'place', homes, choices: placesIn(language) }),
    'report-element': step({
      step: 'element',
      path: path.slice(0, 2),
      stepNumber: 2,
      choices: choiceOf(
        list(
          say(
            '天花 墙面 地面 门 窗 给排水 防水层 强电 洗手盆 龙头 橱柜 台面 配套设备 燃气',
            'Ceiling Walls Floor Doors Windows Water-and-drains Waterproofing Electricity Basin Tap Kitchen-cabinets Worktop Fitted-equipment Gas',
          ),
        ),
      ),
    }),
    'report-problem': step({
      step: 'problem',
      path,
      stepNumber: 3,
      canDescribe: true,
      choices: choiceOf(
        list(say('渗漏 开裂 空鼓 脱落 变色 霉斑', 'Leak Crack Hollow Falling-off Discoloured Mould')),
        null,
        0,
      ),
    }),
    'report-phrase': step({
      step: 'phrase',
      path: [...path, say('渗漏', 'Leak')],
      stepNumber: 4,
      canDescribe: true,
      choices: choiceOf(
        [
          say('下水管周围渗漏', 'Around the drain pipe'),
          say('楼上住户用水后天花滴水', 'Drips after the neighbours above use water'),
          say('天花大面积潮湿', 'Large damp area on the ceiling'),
          say('灯具处滴水，已断电', 'Drips at the lamp, power is off'),
        ],
        null,
        3,
      ),
    }),
    'report-review': reviewOf(say, true),
    'report-review-paid': reviewOf(say, false),
  };
}

function reviewOf(say: Say, isCovered: boolean): ScreenOf<'report-review'> {
  return {
    kind: 'report-review',
    home: homeIn(say),
    label: labelIn(say),
    text: isCovered
      ? null
      : say('每天晚上九点以后滴水，已用水桶接住', 'Drips after nine every night; a bucket stands below'),
    port: say('工程', 'Engineering'),
    replyMin: 10,
    onSiteMin: 60,
    isUrgent: isCovered,
    warranty: { isCovered, until: isCovered ? '2028-06-30' : '2024-06-30' },
  };
}

function followScreens(language: Language): Record<string, Screen> {
  const say = sayIn(language);
  const member = memberIn(say);
  const summary = summaryIn(say);
  const { label } = summary;
  const filed: ScreenOf<'request-filed'> = {
    kind: 'request-filed',
    number: summary.number,
    label,
    port: say('工程', 'Engineering'),
    replyBy: at('14:42'),
    onSiteBy: at('15:32'),
    isWaiting: false,
    qr: 'H01-261121-007',
    qrFor: 'number',
    canTrack: true,
    slip: 'printed',
  };
  return {
    'request-filed': filed,
    'request-filed-waiting': { ...filed, isWaiting: true, slip: 'unconfirmed' },
    requests: { kind: 'requests', member, requests: requestsIn(say) },
    'requests-none': { kind: 'requests', member, requests: [] },
    ...requestScreens(say),
  };
}

function requestScreens(say: Say): Record<string, Screen> {
  const request = requestIn(say);
  const screen = (changes: Partial<typeof request.request>, rest: object = {}): Screen => ({
    ...request,
    request: { ...request.request, ...changes },
    ...rest,
  });
  const question: ScreenOf<'judge-question'> = {
    kind: 'judge-question',
    number: 'H01-261121-007',
    question: 3,
    count: 6,
    level: 3,
    group: say('工程质量', 'Quality of the building'),
    item: say('防水与给排水', 'Waterproofing and plumbing'),
    chosen: null,
    answered: 2,
  };
  const end: ScreenOf<'judge-end'> = {
    kind: 'judge-end',
    number: 'H01-261121-007',
    verdict: 'solved',
    answered: 6,
    text: say('师傅很细心，谢谢', 'The workman was very careful, thank you'),
    isWriting: false,
  };
  return {
    request,
    'request-asked': screen({
      state: 'to-confirm',
      step: say('关闭确认', 'Closing'),
      asksVerdict: true,
      clocks: [],
      tasks: request.request.tasks.map((task) => ({ ...task, isDone: true, deadline: null })),
    }),
    'request-complaint': screen({
      level: {
        level: 'hot',
        holder: say('地区总经理', 'Regional general manager'),
        next: { what: 'level', by: at('14:30', '2026-11-22'), now: at('14:40'), asOf: at('14:32') },
      },
      answer: say('已安排专人周一上午与您见面。', 'Somebody will meet you on Monday morning.'),
      calls: [{ at: at('10:05', '2026-11-20'), verdict: 'partly' }],
    }),
    'request-invalid': screen({
      state: 'invalid',
      outcome: 'invalid',
      answer: say('此处为业主装修时自行改动的管道。', 'The pipe was changed when the home was fitted out.'),
      canReopen: true,
      canNote: false,
      clocks: [],
    }),
    'request-said': screen({ said: 'solved', clocks: [] }, { slip: 'printed' }),
    'request-note': screen({}, { isWriting: true }),
    'judge-question': question,
    'judge-end': end,
    'judge-end-not-solved': { ...end, verdict: 'not-solved', answered: 0, text: null },
    'judge-end-words': { ...end, isWriting: true },
  };
}

function requestIn(say: Say): ScreenOf<'request'> {
  const clock = (what: 'reply' | 'on-site' | 'task', time: string) => ({
    what,
    by: at(time),
    now: at('14:40'),
    asOf: at('14:38'),
  });
  const steps: readonly (readonly [string, string | null])[] = [
    [say('受理', 'Received'), '14:32'],
    [say('现场查看', 'Site visit'), '14:35'],
    [say('任务分派', 'Dispatch'), '14:36'],
    [say('任务处理', 'Repair'), '14:38'],
    [say('关闭确认', 'Closing'), null],
    [say('回访', 'Call-back'), null],
    [say('已关闭', 'Closed'), null],
  ];
  return {
    kind: 'request',
    member: memberIn(say),
    request: {
      ...summaryIn(say),
      text: say('每天晚上九点以后滴水', 'Drips after nine every night'),
      hasOwnWords: true,
      port: say('工程', 'Engineering'),
      clocks: [clock('on-site', '15:32')],
      steps: steps.map(([name, time]) => ({ name, at: time === null ? null : at(time) })),
      tasks: [
        {
          label: labelIn(say),
          port: say('工程', 'Engineering'),
          status: say('处理中', 'In progress'),
          isDone: false,
          deadline: clock('task', '18:00'),
        },
        {
          label: say('卫生间-墙面-空鼓', 'Bathroom - Wall - Hollow'),
          port: say('物业', 'Property'),
          status: say('已派工', 'Assigned'),
          isDone: false,
          deadline: clock('task', '14:39'),
        },
      ],
      level: null,
      answer: null,
      outcome: null,
      calls: [],
      photos: 2,
      history: [
        { at: at('14:32'), state: 'filed', note: null },
        {
          at: at('14:38'),
          state: 'in-progress',
          note: say('工程部已致电，15:10 上门', 'Engineering called; visit at 15:10'),
        },
      ],
      canReopen: false,
      canNote: true,
      said: null,
      isNoted: false,
    },
    isWriting: false,
    slip: 'none',
  };
}

function summaryIn(say: Say): Summary {
  return {
    id: 'r1',
    number: 'H01-261121-007',
    home: homeIn(say),
    label: labelIn(say),
    state: 'in-progress' as const,
    filedAt: at('14:32'),
    isWaiting: false,
    step: say('任务处理', 'Repair'),
    clock: { what: 'on-site', by: at('15:32'), now: at('14:40'), asOf: at('14:38') },
    asksVerdict: false,
  };
}

function requestsIn(say: Say): Summary[] {
  const summary = summaryIn(say);
  return [
    {
      ...summary,
      id: 'r0',
      number: 'H01-261121-009',
      state: 'filed' as const,
      isWaiting: true,
      label: say(
        '四季花城米兰苑301-阳台-窗-五金-把手松动',
        'Milan Court 301 - Balcony - Window - Handle loose',
      ),
    },
    summary,
    {
      ...summary,
      id: 'r2',
      number: 'H01-260913-002',
      state: 'to-confirm' as const,
      step: say('关闭确认', 'Closing'),
      clock: null,
      asksVerdict: true,
      filedAt: at('09:10', '2026-09-13'),
      label: say(
        '四季花城米兰苑301-厨房-墙面-开裂-瓷砖开裂',
        'Milan Court 301 - Kitchen - Wall - Cracked tile',
      ),
    },
  ];
}
