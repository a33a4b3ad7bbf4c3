// Which keys stand where.

export const letterRows = ['qwertyuiop', 'asdfghjkl', 'zxcvbnm'] as const;
export const digitRows = ['1234567890', '-/:;()@&#%', '?!\'"+=*_'] as const;
export const symbolRows = ['，。、；：？！…—·', '（）《》“”‘’【】', '～￥°㎡＋－×÷'] as const;
/** What a key of a network may hold besides. */
export const signRows = ['$^~`|<>,.', '{}[]\\'] as const;
/** Key and the letters that it stands for; the first one parts syllables. */
export const nineKeys = [
  ['1', "'"],
  ['2', 'ABC'],
  ['3', 'DEF'],
  ['4', 'GHI'],
  ['5', 'JKL'],
  ['6', 'MNO'],
  ['7', 'PQRS'],
  ['8', 'TUV'],
  ['9', 'WXYZ'],
] as const;

export type KeyboardLayout = 'pinyin26' | 'pinyin9' | 'latin' | 'digits' | 'symbols' | 'signs';
