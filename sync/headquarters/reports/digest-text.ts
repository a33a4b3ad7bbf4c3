// The executives' digest as plain text, for the inbox and for mail.
import type { Words } from '../../contract/ids.ts';
import type { DigestItem } from '../api/report-api.ts';

const kindNames: Readonly<Record<string, Words>> = {
  repair: { zh: '维修', en: 'repairs' },
  selfCheckRepair: { zh: '维修(自查)', en: 'self-check repairs' },
  complaint: { zh: '投诉', en: 'complaints' },
  enquiry: { zh: '咨询', en: 'enquiries' },
  praise: { zh: '表扬', en: 'praise' },
  handover: { zh: '集中交付', en: 'hand-over' },
  callCentreCallback: { zh: '呼叫中心回访', en: 'call-centre call-backs' },
  handoverCallback: { zh: '交付回访', en: 'hand-over call-backs' },
};
const levelNames: Readonly<Record<string, Words>> = {
  ordinary: { zh: '一般', en: 'ordinary' },
  key: { zh: '重点', en: 'key' },
  hot: { zh: '热点', en: 'hot' },
  major: { zh: '重大', en: 'major' },
};

/** Plain text for the inbox and for mail; no names of people in it: praise is read on the page. */
export function digestText(digest: DigestItem): { subject: Words; text: Words } {
  const write = (language: keyof Words): string => {
    const zh = language === 'zh';
    const name = (names: Readonly<Record<string, Words>>, code: string): string =>
      names[code]?.[language] ?? code;
    const comma = zh ? '，' : ', ';
    const filed = digest.filed.map(({ kind, count }) => `${name(kindNames, kind)} ${count}`).join(comma);
    const levels = digest.complaints
      .map(({ level, open, isNew }) => `${name(levelNames, level)} ${open}${isNew > 0 ? ` (+${isNew})` : ''}`)
      .join(comma);
    const oldest = digest.oldest.map(
      ({ number, kind, level, filedAt, label }) =>
        `- ${number} ${name(kindNames, kind)} ${name(levelNames, level)} ${filedAt.slice(0, 10)} ${label?.[language] ?? ''}`,
    );
    return [
      zh ? `受理：${filed || '无'}` : `Filed: ${filed || 'nothing'}`,
      zh
        ? `关闭 ${digest.closed}，回复超时 ${digest.lateReplies}，升级 ${digest.climbed}，问卷 ${digest.surveyAnswers} 份`
        : `Closed ${digest.closed}, late replies ${digest.lateReplies}, climbed ${digest.climbed}, surveys ${digest.surveyAnswers}`,
      zh ? `未结投诉：${levels}` : `Open complaints: ${levels}`,
      zh
        ? `最久未结：${oldest.length === 0 ? '无' : ''}`
        : `Open longest: ${oldest.length === 0 ? 'none' : ''}`,
      ...oldest,
      zh ? `表扬 ${digest.praise.length} 条` : `Praise: ${digest.praise.length}`,
    ].join('\n');
  };
  return {
    subject: { zh: `每日摘要 ${digest.day}`, en: `Daily digest ${digest.day}` },
    text: { zh: write('zh'), en: write('en') },
  };
}
