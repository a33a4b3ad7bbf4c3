// What the slip says on which an owner takes along how far a request is.
import type { Slip } from '../../device/receipt-printer.ts';
import type { KnownRequest } from '../knowledge.ts';
import { localMinute } from '../local-time.ts';
import type { RuleContext } from '../rule-context.ts';
import { slipFoot } from './slip-words.ts';

const words = {
  zh: {
    title: '诉求进度',
    number: '诉求编号',
    time: '打印时间',
    asOf: '数据截至',
    about: '内容',
    step: '当前环节',
    task: '任务',
    done: '完成',
    deadline: '时限',
    answer: '总部答复',
    keep: '凭编号可在任一终端或热线查询',
  },
  en: {
    title: 'Your request',
    number: 'Number',
    time: 'Printed',
    asOf: 'Known at',
    about: 'About',
    step: 'Now',
    task: 'Task',
    done: 'done',
    deadline: 'by',
    answer: 'Answer',
    keep: 'Ask with this number at any terminal',
  },
} as const;

/** Nothing of the owner's own words: the slip may lie about. */
export function requestStatusSlip(request: KnownRequest, context: RuleContext): Slip {
  const { language } = context.session;
  const { timeZone } = context.site;
  const say = words[language];
  const { at: asOf } = context.know.club.asOf(request.member);
  const step = (request.steps ?? []).findLast(({ at }) => at !== null);
  return [
    { kind: 'title', text: context.site.name[language] },
    { kind: 'text', text: say.title, align: 'centre', bold: true },
    { kind: 'rule' },
    { kind: 'pair', label: say.number, value: request.number, bold: true },
    { kind: 'pair', label: say.time, value: localMinute(context.now, timeZone) },
    ...(asOf === null
      ? []
      : [{ kind: 'pair', label: say.asOf, value: localMinute(asOf, timeZone) } as const]),
    ...(step ? [{ kind: 'pair', label: say.step, value: step.name[language], bold: true } as const] : []),
    { kind: 'rule' },
    ...request.tasks.map(({ label, status, isDone, deadline }, index) => {
      const end = deadline ? `${say.deadline} ${localMinute(deadline, timeZone)}` : '';
      const how = isDone ? say.done : (status?.[language] ?? '');
      return {
        kind: 'pair' as const,
        label: `${say.task} ${index + 1}`,
        value: [label[language], how, end].filter(Boolean).join(' · '),
      };
    }),
    ...(request.answer
      ? [{ kind: 'pair', label: say.answer, value: request.answer[language] } as const]
      : []),
    { kind: 'rule' },
    { kind: 'qr', content: request.number },
    { kind: 'text', text: say.keep, align: 'centre' },
    ...slipFoot(context),
  ];
}
