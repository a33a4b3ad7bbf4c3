// What people did at a terminal beside swiping: each kind of fact as a sentence, in Chinese and English.
import type { FactItem } from '../../sync/headquarters/api.ts';

interface Said {
  readonly zh: string;
  readonly en: string;
  readonly isGood?: boolean;
}
interface Told {
  /** masked, or that it is a guest */
  readonly who: { readonly zh: string; readonly en: string };
  readonly unit: string;
  readonly session: { readonly zh: string; readonly en: string };
  /** what the body says under this name, when it is a word or a number there */
  readonly at: (name: string) => string;
}

const verdicts: Readonly<Record<string, readonly [zh: string, en: string]>> = {
  solved: ['已解决', 'solved'],
  partly: ['部分解决', 'partly solved'],
  'not-solved': ['没有解决', 'not solved'],
};
const outcomes: Readonly<Record<string, readonly [zh: string, en: string]>> = {
  accepted: ['接收', 'accepted it'],
  'accepted-with-defects': ['带问题接收', 'accepted it with defects'],
  refused: ['拒收', 'refused it'],
};
const refusals: Readonly<Record<string, readonly [zh: string, en: string]>> = {
  'already-member': ['已经是会员', 'a member already'],
  'near-member': ['可能已是会员，请人工核对', 'perhaps a member already: please compare'],
  'wrong-code': ['验证码不对', 'wrong code'],
  'code-expired': ['验证码过期', 'the code was too old'],
  'card-in-use': ['卡已有人用', 'the card is somebody’s'],
  'no-consent': ['没有同意入会须知', 'the terms were not agreed to'],
  'not-staff': ['不是员工卡', 'not a staff card'],
};

const sentences: Readonly<Record<string, (told: Told) => Said>> = {
  'member-joined': ({ who }) => ({ zh: `${who.zh} 入会`, en: `${who.en} joined the club`, isGood: true }),
  'join-refused': ({ at }) => {
    const [zh, en] = refusals[at('reason')] ?? [at('reason'), at('reason')];
    return { zh: `入会未成：${zh}`, en: `Nobody joined: ${en}` };
  },
  'card-issued': ({ who }) => ({ zh: `${who.zh} 领到会员卡`, en: `${who.en} was given a card` }),
  'card-reported-lost': ({ who }) => ({ zh: `${who.zh} 挂失会员卡`, en: `${who.en} reported a card lost` }),
  'session-wished': ({ who, session, at }) =>
    at('wish') === 'leave'
      ? { zh: `${who.zh} 取消报名「${session.zh}」`, en: `${who.en} gave up a place in “${session.en}”` }
      : { zh: `${who.zh} 报名「${session.zh}」`, en: `${who.en} asked for a place in “${session.en}”` },
  'profile-changed': ({ who }) => ({ zh: `${who.zh} 修改自己的资料`, en: `${who.en} changed own data` }),
  'request-judged': ({ who, at }) => {
    const [zh, en] = verdicts[at('verdict')] ?? [at('verdict'), at('verdict')];
    return { zh: `${who.zh} 评价诉求：${zh}`, en: `${who.en} judged a request: ${en}` };
  },
  'request-noted': ({ who }) => ({ zh: `${who.zh} 补充了诉求`, en: `${who.en} added to a request` }),
  'survey-answered': ({ who }) => ({ zh: `${who.zh} 答了问卷`, en: `${who.en} answered a survey` }),
  'hand-over-queued': ({ who, unit, at }) => ({
    zh: `${who.zh} 来收房 ${unit}，号码 ${at('number')}`,
    en: `${who.en} came to take over ${unit}, number ${at('number')}`,
  }),
  'hand-over-signed': ({ who, unit, at }) => {
    const [zh, en] = outcomes[at('outcome')] ?? [at('outcome'), at('outcome')];
    return { zh: `${who.zh} 收房 ${unit}：${zh}`, en: `${who.en}, ${unit}: ${en}`, isGood: true };
  },
  'interest-noted': ({ unit, at }) => ({
    zh: `有人看了${unit === '' ? '项目' : `房源 ${unit}`} ${at('seconds')} 秒`,
    en: `Somebody looked at ${unit === '' ? 'a project' : `unit ${unit}`} for ${at('seconds')} s`,
  }),
  'shortlist-kept': ({ who }) => ({ zh: `${who.zh} 存下选房清单`, en: `${who.en} kept a shortlist` }),
};

/** undefined: of another kind */
export function journeySentence({ kind, body, about }: FactItem): Said | undefined {
  const at = (name: string): string => {
    const held = typeof body === 'object' && body !== null ? Reflect.get(body, name) : undefined;
    return typeof held === 'string' || typeof held === 'number' ? String(held) : '';
  };
  const guest = { zh: '一位客人', en: 'A guest' };
  const { member, session, unit } = about;
  return sentences[kind]?.({
    who: member ? { zh: member, en: member } : guest,
    unit: unit ?? '',
    session: session ?? { zh: '', en: '' },
    at,
  });
}
