// Believable screens of the owner who reports and follows.
import type { Language, Screen, ScreenOf } from '../../kiosk/screen.ts';
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

function placesIn(say: Say) {
  const rooms = say(
    '客厅 餐厅 主卧 次卧 书房 厨房 主卫 次卫 阳台 玄关 储物间',
    'Living-room Dining-room Main-bedroom Second-bedroom Study Kitchen Main-bathroom Bathroom Balcony Hall Store',
  );
  const publics = say('电梯厅 楼梯间 大堂 地下车库 屋面', 'Lift-lobby Stairs Entrance-hall Garage Roof');
  return { rooms, publics };
}

function choiceOf(names: readonly string[], group: Choice['choices'][number]['group'] = null, urgent = -1) {
  return names.map((name, i) => ({ id: `${group ?? 'c'}-${i}`, name, group, isUrgent: i === urgent }));
}

function reportScreens(language: Language): Record<string, Screen> {
  const say = sayIn(language);
  const { rooms, publics } = placesIn(say);
  const step = (changes: Partial<Choice> & Pick<Choice, 'step' | 'choices'>): Choice => ({
    kind: 'report-choice',
    path: [homeIn(say)],
    stepNumber: 2,
    stepCount: 5,
    canDescribe: false,
    ...changes,
  });
  const path = [homeIn(say), say('卫生间', 'Bathroom'), say('天花', 'Ceiling')];
  return {
    'report-home': step({
      step: 'home',
      path: [],
      stepNumber: 1,
      choices: choiceOf([homeIn(say), say('四季花城米兰苑 地下车位 B2-118', 'Parking space B2-118')]),
    }),
    'report-place': step({
      step: 'place',
      choices: [...choiceOf(list(rooms), 'room'), ...choiceOf(list(publics), 'public')],
    }),
    'report-element': step({
      step: 'element',
      path: path.slice(0, 2),
      stepNumber: 3,
      choices: choiceOf(
        list(
          say(
            '天花 墙面 地面 门 窗 给水管 排水管 洁具 灯具 插座',
            'Ceiling Wall Floor Door Window Water-pipe Drain-pipe Sanitary-ware Lamp Socket',
          ),
        ),
      ),
    }),
    'report-problem': step({
      step: 'problem',
      path,
      stepNumber: 4,
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
      stepNumber: 5,
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
    qr: 'https://yingbin.example/r/H01-261121-007',
    slip: 'printed',
  };
  return {
    'request-filed': filed,
    'request-filed-waiting': { ...filed, isWaiting: true, slip: 'unconfirmed' },
    requests: { kind: 'requests', member, requests: requestsIn(say) },
    'requests-none': { kind: 'requests', member, requests: [] },
    request: {
      kind: 'request',
      member,
      request: {
        ...summary,
        text: say('每天晚上九点以后滴水', 'Drips after nine every night'),
        hasOwnWords: true,
        port: say('工程', 'Engineering'),
        onSiteBy: at('15:32'),
        history: [
          { at: at('14:32'), state: 'filed', note: null },
          {
            at: at('14:38'),
            state: 'in-progress',
            note: say('工程部已致电，15:10 上门', 'Engineering called; visit at 15:10'),
          },
        ],
      },
    },
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
    replyBy: at('14:42'),
    isWaiting: false,
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
      state: 'done' as const,
      filedAt: at('09:10', '2026-09-13'),
      label: say(
        '四季花城米兰苑301-厨房-墙面-开裂-瓷砖开裂',
        'Milan Court 301 - Kitchen - Wall - Cracked tile',
      ),
    },
  ];
}
