// What the slip of a new membership or a new card says, and the one that tells how to get an old card back.
import type { Slip } from '../../device/receipt-printer.ts';
import type { MemberRow } from '../../sync/contract/members.ts';
import { localMinute } from '../local-time.ts';
import type { RuleContext } from '../rule-context.ts';
import type { Language } from '../screen.ts';
import { slipFoot, slipWords } from './slip-words.ts';

const zh = {
  title: '客户会会员',
  cardHere: '会员卡已启用，下次刷卡即可',
  cardLater: '凭手机号到服务台领取会员卡',
  phone: '手机号',
  already: '您已经是会员',
  how: '找回会员卡的方法',
  one: '1. 在终端首页点“卡丢了”，输入手机号和验证码',
  two: '2. 在读卡器上刷一张空白新卡，旧卡同时停用',
  three: '3. 没有手机：带证件到服务台，工作人员为您办理',
  kept: '积分、级别和记录都还在',
};
const en: typeof zh = {
  title: 'Club membership',
  cardHere: 'Your card is active from now on',
  cardLater: 'Get your card at the desk with your phone number',
  phone: 'Phone',
  already: 'You are a member already',
  how: 'How to get your card back',
  one: '1. Choose "Lost my card" on the home page; enter phone and code',
  two: '2. Hold a blank card to the reader: the old one stops',
  three: '3. No phone with you? Come to the desk with your papers',
  kept: 'Points, level and records are all there',
};
const words: Readonly<Record<Language, typeof zh>> = { zh, en };

export function membershipSlip(
  { member, hasCard }: { readonly member: MemberRow; readonly hasCard: boolean },
  context: RuleContext,
): Slip {
  const { language } = context.session;
  const own = words[language];
  const level = context.know.club.levels().find(({ code }) => code === member.level);
  return [
    { kind: 'title', text: context.site.name[language] },
    { kind: 'text', text: own.title, align: 'centre', bold: true },
    { kind: 'rule' },
    { kind: 'pair', label: slipWords[language].member, value: member.name },
    ...(member.phone ? [{ kind: 'pair', label: own.phone, value: member.phone } as const] : []),
    { kind: 'pair', label: slipWords[language].level, value: level?.name[language] ?? member.level },
    {
      kind: 'pair',
      label: slipWords[language].time,
      value: localMinute(context.now, context.site.timeZone),
    },
    { kind: 'rule' },
    { kind: 'text', text: hasCard ? own.cardHere : own.cardLater, bold: true },
    ...slipFoot(context),
  ];
}

export function oldCardSlip(member: MemberRow | undefined, context: RuleContext): Slip {
  const { language } = context.session;
  const own = words[language];
  return [
    { kind: 'title', text: context.site.name[language] },
    { kind: 'text', text: own.already, align: 'centre', bold: true },
    { kind: 'rule' },
    ...(member ? [{ kind: 'pair', label: slipWords[language].member, value: member.name } as const] : []),
    ...(member?.phone ? [{ kind: 'pair', label: own.phone, value: member.phone } as const] : []),
    { kind: 'text', text: own.how, bold: true },
    { kind: 'text', text: own.one },
    { kind: 'text', text: own.two },
    { kind: 'text', text: own.three },
    { kind: 'text', text: own.kept },
    { kind: 'rule' },
    ...slipFoot(context),
  ];
}
