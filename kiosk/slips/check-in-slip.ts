// What the slip of a check-in says.
import type { Slip } from '../../device/receipt-printer.ts';
import type { EventRow, SessionRow } from '../../sync/contract/events.ts';
import type { FactId } from '../../sync/contract/ids.ts';
import type { MemberRow } from '../../sync/contract/members.ts';
import { localMinute } from '../local-time.ts';
import type { RuleContext } from '../rule-context.ts';
import { isBirthday, treatmentOf } from '../rules/member-care.ts';
import { standingHere } from '../rules/points.ts';
import { copyMark, slipFoot, slipWords } from './slip-words.ts';

export function checkInSlip(about: {
  readonly member: MemberRow;
  readonly session: SessionRow;
  readonly event: EventRow;
  /** with the points of this check-in */
  readonly balance: number;
  readonly job: FactId;
  /** 0 = the first print */
  readonly copy: number;
  readonly context: RuleContext;
}): Slip {
  const { member, session, event, balance, copy, context } = about;
  const { language } = context.session;
  const words = slipWords[language];
  const { level } = standingHere(member, context, copy === 0 ? session.points : 0);
  const treatment = treatmentOf(session, member, context);
  return [
    { kind: 'title', text: context.site.name[language] },
    { kind: 'text', text: words.checkedIn, align: 'centre', bold: true },
    ...copyMark(copy, language),
    ...(isBirthday(member, context)
      ? [{ kind: 'text', text: words.birthday, align: 'centre' } as const]
      : []),
    { kind: 'rule' },
    { kind: 'pair', label: words.member, value: member.name },
    { kind: 'pair', label: words.level, value: level?.name[language] ?? member.level },
    { kind: 'pair', label: words.event, value: event.name[language] },
    { kind: 'pair', label: words.session, value: session.name[language] },
    { kind: 'pair', label: words.place, value: event.place[language] },
    { kind: 'pair', label: words.time, value: localMinute(context.now, context.site.timeZone) },
    ...(treatment
      ? [{ kind: 'pair', label: words.treatment, value: treatment[language], bold: true } as const]
      : []),
    { kind: 'rule' },
    { kind: 'pair', label: words.pointsEarned, value: `+${session.points}` },
    { kind: 'pair', label: words.balance, value: String(balance), bold: true },
    { kind: 'rule' },
    ...slipFoot(context),
  ];
}
