// The words of a terminal's log, in Chinese and English.
import type { Language } from '../text.ts';
import type { Severity } from './log-lines.ts';

const zh = {
  log: '运行日志',
  severity: '最低级别',
  from: { info: '全部', warn: '警告和错误', error: '只看错误' } satisfies Record<Severity, string>,
  severities: { info: '', warn: '警告', error: '错误' } satisfies Record<Severity, string>,
  find: '在日志中查找',
  count: (shown: number, all: number) => (shown === all ? `${all} 行` : `${shown} / ${all} 行`),
  live: '实时',
  over: '已结束',
  hold: '暂停滚动',
  follow: (n: number) => (n === 0 ? '继续滚动' : `继续滚动（新到 ${n} 行）`),
  download: '下载',
  none: '还没有收到日志，几秒内会自动出现。',
  noneFound: '没有符合的行。',
};
const en: typeof zh = {
  log: 'Log',
  severity: 'Least severity',
  from: { info: 'All', warn: 'Warnings and errors', error: 'Errors only' },
  severities: { info: '', warn: 'warning', error: 'error' },
  find: 'Find in the log',
  count: (shown, all) =>
    shown === all ? `${all} ${all === 1 ? 'line' : 'lines'}` : `${shown} of ${all} lines`,
  live: 'live',
  over: 'ended',
  hold: 'Hold',
  follow: (n) => (n === 0 ? 'Follow' : `Follow (${n} new)`),
  download: 'Download',
  none: 'Nothing has come yet; it appears by itself within seconds.',
  noneFound: 'No line fits.',
};

export const logWords: Readonly<Record<Language, typeof zh>> = { zh, en };
