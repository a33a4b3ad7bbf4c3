// What the desk reads beside the pictures of a request, in both languages.
import type { PhotoDeleteReason } from '../../../sync/headquarters/api/photo-api.ts';
import type { Language } from '../text.ts';

const zh = {
  title: (n: number) => `照片 ${n} 张`,
  show: '查看照片',
  noted: '谁看过照片会记录在案。',
  photo: (n: number, all: number) => `第 ${n} 张，共 ${all} 张`,
  before: '上一张',
  next: '下一张',
  save: '下载',
  close: '关闭',
  reason: '删除原因',
  delete: '删除照片',
  deleted: '照片已删除，已记录在案。',
  gone: '这张照片已经不在了。',
  reasons: {
    unrelated: '与诉求无关',
    private: '有他人隐私',
    unreadable: '看不清',
    asked: '客户要求删除',
  } satisfies Record<PhotoDeleteReason, string>,
};

const en: typeof zh = {
  title: (n) => (n === 1 ? '1 photo' : `${n} photos`),
  show: 'Look at the photos',
  noted: 'Who looked is on record.',
  photo: (n, all) => `Photo ${n} of ${all}`,
  before: 'Previous',
  next: 'Next',
  save: 'Download',
  close: 'Close',
  reason: 'Why delete',
  delete: 'Delete the photo',
  deleted: 'The photo is deleted; that is on record.',
  gone: 'This photo is not there any more.',
  reasons: {
    unrelated: 'Not about this',
    private: 'Shows other people',
    unreadable: 'Nothing can be seen',
    asked: 'The owner asked for it',
  },
};

export type PhotoWords = typeof zh;
export const photoWords: Readonly<Record<Language, PhotoWords>> = { zh, en };
