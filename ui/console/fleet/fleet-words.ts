// The words of the pages about terminals, in Chinese and English.
import type { Language } from '../text.ts';

const zh = {
  back: '全部终端',
  states: { alarm: '警报', lost: '失联', offline: '离线', online: '在线' },
  /** what it means and what to do */
  advice: {
    alarm: '两台设备用了同一个身份。请停用其中一台，重新发给它自己的身份，再查这里。',
    lost: '一天以上没有消息。请现场查看电源和网络；它攒下的记录不会丢，连上后会补传。',
    offline: '刚断开。停电、断网或重启时会这样；记录留在终端上，连上后会补传。',
    online: '',
  },
  terminal: '终端',
  state: '状态',
  firstSeen: '首次接入',
  toUpload: '待上传的记录',
  setAside: '搁置的消息',
  setAsideNone: '没有搁置的消息，它说的都入账了。',
  at: '时间',
  number: '序号',
  reason: '原因',
  detail: '细节',
  recent: '最近的事件',
  recentNone: '最近没有事件。有人刷卡、看房或报修时，这里会自动出现。',
  allFacts: '看它的全部实时事件',
  orders: '给它下指令',
  unknown: (terminal: string) => `没有名为 ${terminal} 的终端。`,
};
export type FleetWords = typeof zh;

const en: FleetWords = {
  back: 'All terminals',
  states: { alarm: 'alarm', lost: 'lost', offline: 'offline', online: 'online' },
  advice: {
    alarm:
      'Two devices use one identity. Stop one of them, give it an identity of its own, and look here again.',
    lost: 'Silent for a day or more. Check power and network at the site; what it recorded is kept and follows.',
    offline: 'It has just gone: a power cut, no network, a restart. What it records is kept and follows.',
    online: '',
  },
  terminal: 'Terminal',
  state: 'State',
  firstSeen: 'First seen',
  toUpload: 'Facts to upload',
  setAside: 'Messages set aside',
  setAsideNone: 'None: all that it said was applied.',
  at: 'When',
  number: 'Number',
  reason: 'Why',
  detail: 'Details',
  recent: 'Just now',
  recentNone: 'Nothing of late. Swipes, viewings and reports appear here by themselves.',
  allFacts: 'All its live facts',
  orders: 'Give it an order',
  unknown: (terminal) => `There is no terminal named ${terminal}.`,
};

export const fleetWords: Readonly<Record<Language, FleetWords>> = { zh, en };
