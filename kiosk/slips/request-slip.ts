// What the slip of a filed request says.
import type { Slip } from '../../device/receipt-printer.ts';
import { localMinute } from '../local-time.ts';
import type { RuleContext } from '../rule-context.ts';
import { slipFoot, slipWords } from './slip-words.ts';

/** In place of what only headquarters may read. */
export const ownWordsSealed = { zh: '（已加密送总部）', en: '(sealed for headquarters)' } as const;

export function requestSlip(
  about: {
    readonly number: string;
    readonly label: string;
    readonly text: string | null;
    readonly port: string;
    readonly replyBy: string | null;
    readonly onSiteBy: string | null;
    /** masked; null = none was given */
    readonly phone: string | null;
    /** where a telephone adds pictures; null = nowhere, then the code says the number */
    readonly photoLink: string | null;
  },
  context: RuleContext,
): Slip {
  const { language } = context.session;
  const { timeZone } = context.site;
  const words = slipWords[language];
  return [
    { kind: 'title', text: context.site.name[language] },
    { kind: 'text', text: words.requestTitle, align: 'centre', bold: true },
    { kind: 'rule' },
    { kind: 'pair', label: words.number, value: about.number, bold: true },
    { kind: 'pair', label: words.time, value: localMinute(context.now, timeZone) },
    { kind: 'pair', label: words.problem, value: about.label },
    ...(about.text === null ? [] : [{ kind: 'pair', label: words.ownWords, value: about.text } as const]),
    { kind: 'pair', label: words.port, value: about.port },
    ...pair(words.callBack, about.phone),
    ...pair(words.replyBy, about.replyBy && localMinute(about.replyBy, timeZone)),
    ...pair(words.onSiteBy, about.onSiteBy && localMinute(about.onSiteBy, timeZone)),
    { kind: 'rule' },
    { kind: 'qr', content: about.photoLink ?? about.number },
    ...(about.photoLink === null ? [] : [{ kind: 'text', text: words.addPhotos, align: 'centre' } as const]),
    { kind: 'text', text: words.keep, align: 'centre' },
    ...slipFoot(context),
  ];
}

function pair(label: string, value: string | null): Slip {
  return value === null ? [] : [{ kind: 'pair', label, value, bold: true }];
}
