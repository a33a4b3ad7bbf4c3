// What the slips of hand-over day say: the number that is called out, and what was signed.
import type { Slip } from '../../device/receipt-printer.ts';
import type { KnownRequest } from '../knowledge.ts';
import { localMinute } from '../local-time.ts';
import type { KnownHandOver, SignedOutcome } from '../owners-knowledge.ts';
import type { RuleContext } from '../rule-context.ts';
import { slipFoot } from './slip-words.ts';

const zh = {
  numberTitle: '集中交付 · 排队号',
  home: '房屋',
  place: '地点',
  time: '时间',
  wait: '请留意叫号，不必一直站着等',
  signedTitle: '交付签收单',
  outcome: '签收结果',
  outcomes: { accepted: '验收通过', 'accepted-with-defects': '带问题接收', refused: '拒绝接收' },
  defects: '登记问题',
  none: '无',
  score: '满意度',
  keep: '请保留本单；登记的问题会逐项回访',
};
const en: typeof zh = {
  numberTitle: 'Hand-over - your number',
  home: 'Home',
  place: 'Place',
  time: 'Time',
  wait: 'You will be called; please take a seat',
  signedTitle: 'Hand-over signed',
  outcome: 'Outcome',
  outcomes: { accepted: 'Accepted', 'accepted-with-defects': 'Accepted with defects', refused: 'Refused' },
  defects: 'Defects noted',
  none: 'None',
  score: 'Satisfaction',
  keep: 'Keep this slip; we call you about each defect',
};
const words = { zh, en } as const;

export function numberSlip(about: KnownHandOver, number: string, context: RuleContext): Slip {
  const { language } = context.session;
  const say = words[language];
  return [
    { kind: 'title', text: context.site.name[language] },
    { kind: 'text', text: say.numberTitle, align: 'centre', bold: true },
    { kind: 'rule' },
    { kind: 'title', text: number },
    { kind: 'rule' },
    { kind: 'pair', label: say.home, value: about.label[language] },
    { kind: 'pair', label: say.place, value: about.place[language] },
    { kind: 'pair', label: say.time, value: localMinute(context.now, context.site.timeZone) },
    { kind: 'text', text: say.wait, align: 'centre' },
    ...slipFoot(context),
  ];
}

export function signedSlip(
  about: KnownHandOver,
  signed: {
    readonly outcome: SignedOutcome;
    readonly defects: readonly KnownRequest[];
    readonly score: number | null;
  },
  context: RuleContext,
): Slip {
  const { language } = context.session;
  const say = words[language];
  return [
    { kind: 'title', text: context.site.name[language] },
    { kind: 'text', text: say.signedTitle, align: 'centre', bold: true },
    { kind: 'rule' },
    { kind: 'pair', label: say.home, value: about.label[language], bold: true },
    { kind: 'pair', label: say.time, value: localMinute(context.now, context.site.timeZone) },
    { kind: 'pair', label: say.outcome, value: say.outcomes[signed.outcome], bold: true },
    ...(signed.score === null
      ? []
      : [{ kind: 'pair', label: say.score, value: `${signed.score} / 5` } as const]),
    { kind: 'text', text: `${say.defects} ${signed.defects.length || say.none}`, bold: true },
    ...signed.defects.map(
      ({ number, tasks }) =>
        ({ kind: 'pair', label: number, value: tasks[0]?.label[language] ?? '' }) as const,
    ),
    { kind: 'rule' },
    { kind: 'text', text: say.keep, align: 'centre' },
    ...slipFoot(context),
  ];
}
