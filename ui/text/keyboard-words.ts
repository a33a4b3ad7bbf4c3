// What stands on the keys of the screen keyboard, in both languages.

import type { KeyboardLayout } from '../keyboard/layouts.ts';
import { inTongues } from './in-tongues.ts';

const zh = {
  label: '屏幕键盘',
  space: '空格',
  erase: '删除',
  shift: '大写',
  part: '分词',
  keepLetters: '英文',
  candidates: '候选字词',
  more: '更多',
  less: '收起',
  hint: '输入拼音，点选汉字',
  layouts: {
    pinyin26: '拼音',
    pinyin9: '九键',
    latin: 'ABC',
    digits: '123',
    symbols: '符号',
    signs: '$^~',
  } satisfies Record<KeyboardLayout, string>,
};

const en: typeof zh = {
  label: 'On-screen keyboard',
  space: 'Space',
  erase: 'Delete',
  shift: 'Caps',
  part: 'Part',
  keepLetters: 'Letters',
  candidates: 'Characters to choose from',
  more: 'More',
  less: 'Less',
  hint: 'Type pinyin, tap the characters',
  layouts: { pinyin26: '拼音', pinyin9: '九键', latin: 'ABC', digits: '123', symbols: '，。', signs: '$^~' },
};

export const keyboardWords = inTongues<typeof zh>(zh, en);
