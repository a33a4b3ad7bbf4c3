// The words of the complaint ladder in the console, in Chinese and English.
import type { Language } from '../text.ts';

type Level = 'ordinary' | 'key' | 'hot' | 'major';

const zh = {
  levels: { ordinary: '一般', key: '重点', hot: '热点', major: '重大' } satisfies Record<Level, string>,
  kinds: {
    repair: '维修',
    selfCheckRepair: '维修(自查)',
    complaint: '投诉',
    enquiry: '咨询',
    praise: '表扬',
    handover: '集中交付',
    callCentreCallback: '呼叫中心回访',
    handoverCallback: '交付(维修)回访',
  } as Record<string, string>,
  number: '编号',
  kind: '类型',
  level: '级别',
  what: '内容',
  ports: '端口',
  holder: '责任人',
  substitute: '代理人',
  holderAway: '责任人不在，由代理人处理',
  reply: '回复时钟',
  onSite: '上门时钟',
  climbs: '下次升级',
  clocks: '时钟',
  pause: '暂停时钟',
  resume: '恢复时钟',
  why: '原因',
  paused: '已暂停',
  kept: '已回复',
  arrived: '已上门',
  missed: '已超时',
  left: (text: string) => `还剩 ${text}`,
  over: (text: string) => `超时 ${text}`,
  top: '最高级',
  none: '没有在走时钟的诉求。',
  choose: '选一行，可以暂停或恢复它的时钟。',
  steps: '升级规则',
  stepsHint: '错过回复时钟升一级；之后多久没有进展再升一级。',
  afterHours: '多少小时没有进展就升级',
  save: '保存',
  cancel: '取消',
  saved: '已保存，从下一次升级起生效',
  minutes: (n: number) =>
    n < 60
      ? `${n} 分`
      : n < 2_880
        ? `${Math.floor(n / 60)} 小时 ${n % 60} 分`
        : `${Math.floor(n / 1_440)} 天`,
};

const en: typeof zh = {
  levels: { ordinary: 'Ordinary', key: 'Key', hot: 'Hot', major: 'Major' },
  kinds: {
    repair: 'Repair',
    selfCheckRepair: 'Repair (self-check)',
    complaint: 'Complaint',
    enquiry: 'Enquiry',
    praise: 'Praise',
    handover: 'Hand-over',
    callCentreCallback: 'Call-back',
    handoverCallback: 'Hand-over call-back',
  },
  number: 'Number',
  kind: 'Kind',
  level: 'Level',
  what: 'What',
  ports: 'Ports',
  holder: 'Holder',
  substitute: 'Stands in',
  holderAway: 'the holder is away',
  reply: 'Reply clock',
  onSite: 'On-site clock',
  climbs: 'Climbs next',
  clocks: 'Clocks',
  pause: 'Stop the clocks',
  resume: 'Start the clocks',
  why: 'Why',
  paused: 'stopped',
  kept: 'answered',
  arrived: 'arrived',
  missed: 'missed',
  left: (text) => `${text} left`,
  over: (text) => `${text} over`,
  top: 'highest',
  none: 'No request has a clock that runs.',
  choose: 'Choose a row to stop or start its clocks.',
  steps: 'How it climbs',
  stepsHint: 'One step at the missed reply clock, and one after so long without progress.',
  afterHours: 'Hours without progress until it climbs',
  save: 'Save',
  cancel: 'Cancel',
  saved: 'Saved; holds from the next step on',
  minutes: (n) =>
    n < 60 ? `${n} min` : n < 2_880 ? `${Math.floor(n / 60)} h ${n % 60} min` : `${Math.floor(n / 1_440)} d`,
};

export type LadderTexts = typeof zh;
export const ladderTexts: Record<Language, LadderTexts> = { zh, en };
