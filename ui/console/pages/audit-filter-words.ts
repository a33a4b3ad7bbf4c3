// The words by which the audit is chosen, checked and taken along, in Chinese and English.
import type { Language } from '../text.ts';

const zh = {
  anyone: '谁：全部',
  anything: '做了什么：全部',
  about: '对象',
  aboutHint: '终端、账号或编号，须完整',
  from: '从',
  to: '到',
  clear: '清除筛选',
  none: '没有符合的记录。换个条件，或清除筛选。',
  older: '更早的记录',
  all: '没有更早的了',
  shown: (n: number) => `已显示 ${n} 行`,
  export: '导出 CSV（含校验码）',
  exportHint: '导出的是符合筛选的全部记录，不止屏幕上这些。导出本身也会记下。',
  checking: '正在校验…',
  head: '最后一行的校验码',
  headHint: '抄下或打印它：以后再校验，前面的行只要有一个字被改动，这个码就再也对不上。',
  copy: '复制',
  copied: '已复制',
  actors: {
    'api-token': '访问令牌（脚本或本机）',
    clock: '总部（定时）',
    door: '接入口（自动）',
    'clone-watch': '克隆监视（自动）',
    'access-keeper': '接入守卫（自动）',
    'command-line': '总部命令行',
  } as Record<string, string>,
};
const en: typeof zh = {
  anyone: 'Who: anybody',
  anything: 'What: anything',
  about: 'About',
  aboutHint: 'terminal, account or id, as a whole',
  from: 'From',
  to: 'To',
  clear: 'Clear filters',
  none: 'No line fits. Ask for something else, or clear the filters.',
  older: 'Earlier lines',
  all: 'There are none before these',
  shown: (n) => `${n} ${n === 1 ? 'line' : 'lines'} shown`,
  export: 'Export CSV with hashes',
  exportHint:
    'All that fits the filters, not only what is shown here. That it was exported is on record too.',
  checking: 'Checking…',
  head: 'Hash of the last line',
  headHint:
    'Write it down or print it: should one letter of an earlier line ever change, the chain never comes to this hash again.',
  copy: 'Copy',
  copied: 'Copied',
  actors: {
    'api-token': 'access token (scripts, this machine)',
    clock: 'headquarters (by the clock)',
    door: 'the door (by itself)',
    'clone-watch': 'clone watch (by itself)',
    'access-keeper': 'access keeper (by itself)',
    'command-line': 'headquarters’ command line',
  },
};

export const auditFilterWords: Readonly<Record<Language, typeof zh>> = { zh, en };
