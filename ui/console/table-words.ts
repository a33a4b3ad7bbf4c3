// The words of the console's tables, in Chinese and English.
import type { Language } from './text.ts';

const zh = {
  find: '在表中查找',
  count: (shown: number, all: number) => (shown === all ? `${all} 行` : `${shown} / ${all} 行`),
  export: '导出 CSV',
  none: '这里还没有内容。',
  noneFound: '没有找到，请换个词试试。',
  more: (n: number) => `还有 ${n} 行，继续显示`,
};

const en: typeof zh = {
  find: 'Find in table',
  count: (shown, all) => (shown === all ? `${all} ${all === 1 ? 'row' : 'rows'}` : `${shown} of ${all} rows`),
  export: 'Export CSV',
  none: 'There is nothing here yet.',
  noneFound: 'Nothing found; try another word.',
  more: (n) => `Show more, ${n} left`,
};

export const tableTexts: Record<Language, typeof zh> = { zh, en };
