// The words of the console's tables, in Chinese and English.
import type { Language } from './text.ts';

const zh = {
  find: '在表中查找',
  findKey: '在表中查找　/',
  facet: (column: string) => `${column}：全部`,
  showAll: '清除筛选',
  count: (shown: number, all: number) => (shown === all ? `${all} 行` : `${shown} / ${all} 行`),
  export: '导出 CSV',
  none: '这里还没有内容。',
  noneFound: '没有符合的行。换个词，或清除筛选。',
  more: (n: number) => `还有 ${n} 行，继续显示`,
};

const en: typeof zh = {
  find: 'Find in table',
  findKey: 'Find in table   /',
  facet: (column) => `${column}: all`,
  showAll: 'Clear filters',
  count: (shown, all) => (shown === all ? `${all} ${all === 1 ? 'row' : 'rows'}` : `${shown} of ${all} rows`),
  export: 'Export CSV',
  none: 'There is nothing here yet.',
  noneFound: 'No row fits. Try another word, or clear the filters.',
  more: (n) => `Show more, ${n} left`,
};

export const tableTexts: Record<Language, typeof zh> = { zh, en };
