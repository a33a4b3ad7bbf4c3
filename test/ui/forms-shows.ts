// Believable screens of surveys and of questions answered in public.
import type { Language, Screen, ScreenOf } from '../../kiosk/screen.ts';
import { at, memberIn, type Say, sayIn } from './show-frame.ts';

export function formsScreens(language: Language): Record<string, Screen> {
  const say = sayIn(language);
  const name = say('2026 年度业主满意度调查', 'Owners’ survey 2026');
  const member = memberIn(say);
  const question: ScreenOf<'survey-question'> = {
    kind: 'survey-question',
    name,
    number: 4,
    count: 12,
    group: say('工程质量', 'Quality of the building'),
    item: say('门窗', 'Doors and windows'),
    chosen: null,
  };
  const end: ScreenOf<'survey-end'> = {
    kind: 'survey-end',
    name,
    answered: 11,
    count: 12,
    text: say('希望小区多一些座椅，老人走累了可以歇一歇。', 'More benches in the garden, please.'),
    isWriting: false,
  };
  return {
    'survey-intro': {
      kind: 'survey-intro',
      member,
      name,
      project: say('四季花城', 'Four Seasons Town'),
      questions: 12,
      endsAt: at('18:00', '2026-12-31'),
    },
    'survey-question': question,
    'survey-question-chosen': {
      ...question,
      group: null,
      item: say('愿意再次购买或推荐', 'Would buy again or recommend us'),
      chosen: 4,
    },
    'survey-end': end,
    'survey-end-none': { ...end, answered: 0, text: null },
    'survey-end-writing': { ...end, isWriting: true },
    'survey-done': { kind: 'survey-done', what: 'thanks', member, name },
    'survey-done-answered': { kind: 'survey-done', what: 'answered', member, name },
    'survey-done-none': { kind: 'survey-done', what: 'none', member, name: null },
    ...answerShows(say),
  };
}

function answerShows(say: Say): Record<string, Screen> {
  const siji = say('四季花城', 'Four Seasons Town');
  const questions = [
    say(
      '地下车库雨季返潮，什么时候处理？',
      'The garage is damp in the rainy season: when will it be mended?',
    ),
    say('儿童游乐区晚上能不能加一盏灯？', 'Could the playground have one more lamp at night?'),
    say('办产权证要准备哪些材料？', 'Which papers do we need for the title deed?'),
  ];
  const answers = questions.map((question, index) => ({
    id: `a${index}`,
    project: index === 2 ? null : siji,
    question,
    at: at('10:00', `2026-11-${18 - index}`),
  }));
  return {
    answers: {
      kind: 'answers',
      projects: [
        { id: 'siji', name: siji, count: 2 },
        { id: 'jinshang', name: say('锦上花城', 'Jinshang Garden'), count: 5 },
      ],
      project: null,
      answers,
    },
    'answers-none': { kind: 'answers', projects: [], project: null, answers: [] },
    answer: {
      kind: 'answer',
      project: siji,
      question: questions[0] ?? '',
      answer: say(
        '感谢提醒。物业已在低洼处加装两台除湿机，工程部将于 12 月 10 日前完成排水沟清淤和局部防水修补，完工后会在大堂公示。',
        'Thank you. Two dryers stand at the low points now. Engineering clears the drains and mends the sealing by 10 December, and will say so in the lobby.',
      ),
      at: at('10:00', '2026-11-18'),
    },
  };
}
