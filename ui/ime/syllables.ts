// The syllables of spoken Chinese, as they are typed: on 26 letters, on 9 keys, half, by their initial, or a little wrong.

/** ü is typed v. */
const table =
  'a ai an ang ao ba bai ban bang bao bei ben beng bi bian biao bie bin bing bo bu ca cai can cang cao ce cen ceng cha chai chan chang chao che chen ' +
  'cheng chi chong chou chu chua chuai chuan chuang chui chun chuo ci cong cou cu cuan cui cun cuo da dai dan dang dao de dei den deng di dia dian diao die ' +
  'ding diu dong dou du duan dui dun duo e en eng er fa fan fang fei fen feng fo fou fu ga gai gan gang gao ge gei gen geng gong gou gu gua guai guan guang ' +
  'gui gun guo ha hai han hang hao he hei hen heng hong hou hu hua huai huan huang hui hun huo ji jia jian jiang jiao jie jin jing jiong jiu ju juan jue jun ' +
  'ka kai kan kang kao ke kei ken keng kong kou ku kua kuai kuan kuang kui kun kuo la lai lan lang lao le lei leng li lia lian liang liao lie lin ling liu ' +
  'long lou lu luan lun luo lv lve ma mai man mang mao me mei men meng mi mian miao mie min ming miu mo mou mu na nai nan nang nao ne nei nen neng ni nian ' +
  'niang niao nie nin ning niu nong nou nu nuan nuo nv nve ou pa pai pan pang pao pei pen peng pi pian piao pie pin ping po pou pu qi qia qian qiang qiao qie ' +
  'qin qing qiong qiu qu quan que qun ran rang rao re ren reng ri rong rou ru ruan rui run ruo sa sai san sang sao se sen seng sha shai shan shang shao she ' +
  'shei shen sheng shi shou shu shua shuai shuan shuang shui shun shuo si song sou su suan sui sun suo ta tai tan tang tao te teng ti tian tiao tie ting tong ' +
  'tou tu tuan tui tun tuo wa wai wan wang wei wen weng wo wu xi xia xian xiang xiao xie xin xing xiong xiu xu xuan xue xun ya yan yang yao ye yi yin ying ' +
  'yong you yu yuan yue yun za zai zan zang zao ze zei zen zeng zha zhai zhan zhang zhao zhe zhen zheng zhi zhong zhou zhu zhua zhuai zhuan zhuang zhui zhun ' +
  'zhuo zi zong zou zu zuan zui zun zuo';

/** Place of a syllable in this list = its number. */
export const syllables: readonly string[] = table.split(' ');
export const syllableNumber: ReadonlyMap<string, number> = new Map(
  syllables.map((each, number) => [each, number]),
);

export type Layout = 'pinyin26' | 'pinyin9';

const keyOf: Readonly<Record<string, string>> = Object.fromEntries(
  ['abc', 'def', 'ghi', 'jkl', 'mno', 'pqrs', 'tuv', 'wxyz'].flatMap((letters, i) =>
    [...letters].map((letter) => [letter, `${i + 2}`]),
  ),
);

/** @returns the keys that write these letters on a telephone's nine */
export const onNineKeys = (letters: string): string =>
  letters.replace(/[a-z]/g, (letter) => keyOf[letter] ?? letter);

/** Whom the south does not tell apart, and typing does not either; each costs as a slip, not as a choice. */
const alike: readonly (readonly [RegExp, string])[] = [
  [/^zh/, 'z'],
  [/^ch/, 'c'],
  [/^sh/, 's'],
  [/^z(?!h)/, 'zh'],
  [/^c(?!h)/, 'ch'],
  [/^s(?!h)/, 'sh'],
  [/^n/, 'l'],
  [/^l/, 'n'],
  [/([aei])ng$/, '$1n'],
  [/([aei])n$/, '$1ng'],
];

/** How a syllable was written; the cost is in natural logarithms of likelihood. */
export interface Spelling {
  readonly syllable: number;
  readonly cost: number;
}

const costs = { unfinished: 1, initial: 4.5, alike: 5 } as const;

/** What may stand at one place of what was typed. */
export interface Spellings {
  /** whole syllables and likenesses, by what was typed; longest 6 keys */
  readonly whole: ReadonlyMap<string, readonly Spelling[]>;
  /** one consonant (or zh, ch, sh) for each syllable that begins with it */
  readonly initials: ReadonlyMap<string, readonly Spelling[]>;
  /** the beginning of a syllable, for the end of what was typed */
  readonly unfinished: ReadonlyMap<string, readonly Spelling[]>;
}

function add(map: Map<string, Spelling[]>, typed: string, syllable: number, cost: number): void {
  const known = map.get(typed);
  if (!known) map.set(typed, [{ syllable, cost }]);
  else if (!known.some((each) => each.syllable === syllable)) known.push({ syllable, cost });
}

/** @returns every way to write a syllable on this layout */
export function spellingsOf(layout: Layout): Spellings {
  const typedAs = (letters: string): string => (layout === 'pinyin9' ? onNineKeys(letters) : letters);
  const whole = new Map<string, Spelling[]>();
  const initials = new Map<string, Spelling[]>();
  const unfinished = new Map<string, Spelling[]>();
  syllables.forEach((syllable, number) => {
    add(whole, typedAs(syllable), number, 0);
    const initial = /^(?:[zcs]h|[b-df-hj-np-tw-z])/.exec(syllable)?.[0];
    if (initial) {
      add(initials, typedAs(initial), number, costs.initial);
      if (initial.length === 2) add(initials, typedAs(initial.slice(0, 1)), number, costs.initial);
    }
    for (let end = 1; end < syllable.length; end++)
      add(unfinished, typedAs(syllable.slice(0, end)), number, costs.unfinished);
  });
  // nine keys are ambiguous enough without likenesses
  if (layout === 'pinyin26') addAlike(whole);
  return { whole, initials, unfinished };
}

function addAlike(whole: Map<string, Spelling[]>): void {
  syllables.forEach((syllable, number) => {
    const ways = new Set(alike.map(([from, to]) => syllable.replace(from, to)));
    for (const once of [...ways]) for (const [from, to] of alike) ways.add(once.replace(from, to));
    ways.delete(syllable);
    for (const way of ways) add(whole, way, number, costs.alike);
  });
  for (const [typed, meant] of [
    ['lue', 'lve'],
    ['nue', 'nve'],
    ['jv', 'ju'],
    ['qv', 'qu'],
    ['xv', 'xu'],
    ['yv', 'yu'],
  ] as const)
    add(whole, typed, syllableNumber.get(meant) ?? 0, 0);
}
