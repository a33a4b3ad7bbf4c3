// What is said while the terminal itself is not ready: first start, starting again, no contact. Both languages at hand, for nobody may have chosen one.
import { inTongues } from './in-tongues.ts';

export interface StateWords {
  readonly tag: string;
  readonly lost: Readonly<Record<LostStage, { readonly title: string; readonly text: string }>>;
  /** brings the screen back to this page */
  readonly here: string;
  readonly phone: string;
  readonly code: string;
  readonly steps: {
    readonly title: string;
    readonly text: string;
    readonly started: string;
    readonly connected: string;
    readonly received: string;
    readonly devices: string;
    readonly done: string;
    readonly now: string;
    readonly later: string;
  };
}

/** `starting`: nothing was shown yet; `leaving`: the terminal said that it ends; `elsewhere`: a newer page is the screen; `long`: help is needed */
export type LostStage = 'starting' | 'leaving' | 'lost' | 'elsewhere' | 'long';

const zh: StateWords = {
  tag: 'zh-CN',
  lost: {
    starting: { title: '正在启动', text: '马上就好，请稍候片刻。' },
    leaving: { title: '正在重新启动', text: '可能正在更新，一般不超过一分钟。您的记录都已保存。' },
    lost: { title: '请稍候', text: '正在恢复服务，通常只需几秒钟。已确认的记录不会丢失。' },
    elsewhere: {
      title: '已在另一个窗口打开',
      text: '同一时间只有一个窗口显示本机的画面，这里不再显示任何内容。',
    },
    long: { title: '本机暂时不能服务', text: '请到服务台，工作人员会马上接待您。已确认的记录不会丢失。' },
  },
  here: '在这里显示',
  phone: '服务电话',
  code: '故障编号',
  steps: {
    title: '首次启动',
    text: '本机正在准备，完成后会自动开始服务。',
    started: '本机已启动',
    connected: '连接总部',
    received: '接收楼盘、活动与会员资料',
    devices: '检查读卡器与打印机',
    done: '完成',
    now: '进行中',
    later: '等待',
  },
};

const en: StateWords = {
  tag: 'en',
  lost: {
    starting: { title: 'Starting', text: 'Ready in a moment.' },
    leaving: {
      title: 'Starting again',
      text: 'Perhaps with an update; a minute at most. All that was yours is kept.',
    },
    lost: {
      title: 'One moment please',
      text: 'Service is coming back. Nothing that was confirmed is lost.',
    },
    elsewhere: {
      title: 'Open in another window',
      text: 'One window at a time shows this terminal. Nothing is shown here any more.',
    },
    long: {
      title: 'No service here now',
      text: 'Please go to the desk: the staff will see to you. Nothing that was confirmed is lost.',
    },
  },
  here: 'Show it here',
  phone: 'Service phone',
  code: 'Fault code',
  steps: {
    title: 'First start',
    text: 'This terminal is getting ready, and begins by itself.',
    started: 'Terminal started',
    connected: 'Connect to headquarters',
    received: 'Receive homes, events and members',
    devices: 'Check card reader and printer',
    done: 'Done',
    now: 'Under way',
    later: 'Waiting',
  },
};

export const stateWords = inTongues<StateWords>(zh, en);
