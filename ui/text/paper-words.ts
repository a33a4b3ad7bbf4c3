// What is said about a slip that is looked at on the screen.
import { inTongues } from './in-tongues.ts';

const zh = {
  title: '小票内容',
  code: '小票上的二维码',
  coming: '小票从下方出纸口打印',
  photograph: '现在打印不了，可以用手机拍下来',
  close: '看好了',
};
const en: typeof zh = {
  title: 'The slip',
  code: 'The code on the slip',
  coming: 'The slip comes out below',
  photograph: 'It cannot be printed now: take a photo of it',
  close: 'Close',
};

export const paperWords = inTongues<typeof zh>(zh, en);
