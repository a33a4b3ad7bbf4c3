// What the panel says where people choose how the screen is shown and heard.
import { inTongues } from './in-tongues.ts';

const zh = {
  title: '辅助功能',
  text: ['文字大小', '标准', '长辈版'],
  contrast: ['对比度', '标准', '高对比'],
  reach: ['操作位置', '标准', '移到下方'],
  volume: ['声音', '静音', '小', '中', '大'],
  spoken: ['语音播报', '关', '开'],
  close: '完成',
} as const;

type Words = { readonly [K in keyof typeof zh]: K extends 'title' | 'close' ? string : readonly string[] };

const en: Words = {
  title: 'Easier use',
  text: ['Text', 'Standard', 'Large'],
  contrast: ['Contrast', 'Standard', 'High'],
  reach: ['Controls', 'Standard', 'Lower'],
  volume: ['Sound', 'Mute', 'Low', 'Mid', 'High'],
  spoken: ['Spoken', 'Off', 'On'],
  close: 'Done',
};

export const mannerWords = inTongues<Words>(zh, en);
