// What is called out over the screen when somebody at headquarters looks for this terminal, or tries its reader.
import { inTongues } from './in-tongues.ts';

const zh = {
  identifyTitle: '我在这里',
  code: (code: string) => `编号 ${code}`,
  identifyText: '技术人员正在查找这台终端，片刻后恢复。轻触屏幕立即关闭。',
  cardTitle: '请刷一张卡',
  cardText: '正在测试读卡器：只看能否读到，不签到、不积分、不记录卡号。',
  close: '关闭',
};

const en: typeof zh = {
  identifyTitle: 'Here I am',
  code: (code) => `Code ${code}`,
  identifyText:
    'Somebody looks for this terminal; it will be back in a moment. Touch the screen to close this.',
  cardTitle: 'Please hold a card to the reader',
  cardText: 'The reader is being tried: no check-in, no points, and the number is not kept.',
  close: 'Close',
};

export type SummonsWords = typeof zh;
export const summonsWords = inTongues<SummonsWords>(zh, en);
