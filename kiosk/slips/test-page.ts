// What the test page says: everything that a slip can be made of, so that one look tells whether the printer is right.
import type { Slip } from '../../device/receipt-printer.ts';
import { localMinute } from '../local-time.ts';
import type { RuleContext } from '../rule-context.ts';
import type { Language } from '../screen.ts';

const words = {
  zh: {
    title: '打印测试',
    time: '时间',
    ruler: '1234567890',
    wide: '汉字宽度对齐',
    scan: '二维码可扫描即正常',
  },
  en: {
    title: 'Test page',
    time: 'Time',
    ruler: '1234567890',
    wide: 'Width of Hanzi',
    scan: 'The code scans',
  },
} as const;

/** Hanzi of each level, signs that cheap printers get wrong, and the two languages side by side. */
const probe = '迎宾 堃喆囧 ￥128.50 ℃ — ① Yingbin';

export function testPage({ site, now }: Pick<RuleContext, 'site' | 'now'>, language: Language): Slip {
  const say = words[language];
  return [
    { kind: 'title', text: say.title },
    { kind: 'text', text: site.name[language], align: 'centre' },
    { kind: 'rule' },
    { kind: 'text', text: probe },
    { kind: 'text', text: say.ruler.repeat(6) },
    { kind: 'pair', label: say.wide, value: '一二三四' },
    { kind: 'pair', label: say.time, value: localMinute(now, site.timeZone), bold: true },
    { kind: 'rule' },
    { kind: 'qr', content: `yingbin test ${site.code}` },
    { kind: 'text', text: say.scan, align: 'centre' },
  ];
}
