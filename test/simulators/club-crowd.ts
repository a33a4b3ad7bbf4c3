// The club of 蓝光 as a crowd from a seed: 27,000 buyers of whom 10,000 are members, and who comes to join once more.
import type { DeveloperFile } from '../../sync/headquarters/developer-file.ts';
import { makeRandom, type Random } from '../demo/developer/random.ts';

export interface CrowdPerson {
  readonly name: string;
  /** as they would type it */
  readonly sound: string;
  readonly phone: string;
  readonly birthday: string;
  readonly idNumber: string;
}
/** What of themselves somebody tells who joins. */
export interface Application extends Omit<CrowdPerson, 'birthday' | 'idNumber'> {
  readonly birthday: string | null;
  readonly idNumber: string | null;
}
/** How somebody comes back who is a member already. */
export const disguises = [
  'same-phone',
  'same-paper',
  'second-phone',
  'other-writing',
  'homophone',
  'family-phone',
  'paper-typo',
] as const;
export type Disguise = (typeof disguises)[number];
export interface NearDuplicate {
  readonly of: number;
  readonly disguise: Disguise;
  readonly told: Application;
}
export interface ClubCrowd {
  readonly buyers: readonly CrowdPerson[];
  /** how many of the first buyers are members */
  readonly memberCount: number;
  /** buyers who are no members and want to be */
  readonly strangers: readonly Application[];
  readonly duplicates: readonly NearDuplicate[];
}

/** Character, sound, another with the same sound, another writing of it. */
const given = (
  '晓xiao小曉 明ming铭明 伟wei玮偉 芳fang方芳 娜na纳娜 静jing婧靜 丽li莉麗 国guo帼國 华hua桦華 红hong虹紅 强qiang墙強 军jun君軍 ' +
  '建jian健建 平ping萍平 海hai亥海 燕yan艳燕 玉yu钰玉 兰lan岚蘭 志zhi智志 远yuan媛遠 文wen雯文 斌bin彬斌 春chun椿春 梅mei玫梅 ' +
  '子zi紫子 轩xuan萱軒 浩hao昊浩 然ran燃然 思si斯思 嘉jia佳嘉 怡yi宜怡 俊jun峻俊 杰jie洁傑 婷ting庭婷 雪xue学雪 凤feng峰鳳'
)
  .split(' ')
  .map((spec) => {
    const [, own = '', sound = '', like = '', written = ''] = /^(.)([a-z]+)(.)(.)$/u.exec(spec) ?? [];
    return { own, sound, like, written };
  });
const surnames = (
  '王wang 李li 张zhang 刘liu 陈chen 杨yang 黄huang 赵zhao 吴wu 周zhou 徐xu 孙sun 马ma 朱zhu 胡hu 林lin 郭guo 何he 高gao 罗luo ' +
  '郑zheng 梁liang 谢xie 宋song 唐tang 许xu 邓deng 冯feng 韩han 曹cao 彭peng 蔡cai 潘pan 田tian 董dong 袁yuan 于yu 余yu'
)
  .split(' ')
  .map((spec) => ({ own: spec.slice(0, 1), sound: spec.slice(1) }));

type Given = (typeof given)[number];
interface Named {
  readonly surname: (typeof surnames)[number];
  readonly parts: readonly Given[];
}

export function makeClubCrowd(seed: number, buyerCount = 27_000, memberCount = 10_000): ClubCrowd {
  const random = makeRandom(seed);
  const phones = new Set<string>();
  const names: Named[] = [];
  const buyers = Array.from({ length: buyerCount }, (): CrowdPerson => {
    const named = {
      surname: random.pick(surnames),
      parts: Array.from(
        {
          length: random.weighted([
            [1, 2],
            [2, 8],
          ]),
        },
        () => random.pick(given),
      ),
    };
    names.push(named);
    const birthday = dayBetween(random, 1945, 2003);
    return {
      ...spelled(named, 'own'),
      phone: freshPhone(random, phones),
      birthday,
      idNumber: paper(random, birthday),
    };
  });
  // three in four tell their birthday at a terminal, one in three a paper
  const strangers = buyers.slice(memberCount).map((person): Application => tell(random, person));
  const duplicates = Array.from({ length: memberCount }, (_, of): NearDuplicate => {
    const person = buyers[of];
    const named = names[of];
    if (!person || !named) throw new Error('nobody to come back');
    const disguise = disguises[of % disguises.length] ?? 'same-phone';
    return { of, disguise, told: disguised(random, disguise, person, named, phones) };
  });
  return { buyers, memberCount, strangers, duplicates };
}

/** The members of the crowd as a developer's file has them. */
export function crowdMembers({ buyers, memberCount }: ClubCrowd): DeveloperFile['members'] {
  return buyers.slice(0, memberCount).map(({ name, phone, birthday, idNumber }, index) => ({
    ...{ id: `b${index}`, name, phone, birthday, idNumber, pin: null, homes: [], ledger: [] },
    cards: [
      {
        technology: 'em4100',
        number: (0x01_0000_0000 + index).toString(16).toUpperCase().padStart(10, '0'),
        state: 'active' as const,
      },
    ],
  }));
}

function disguised(
  random: Random,
  disguise: Disguise,
  person: CrowdPerson,
  named: Named,
  phones: Set<string>,
): Application {
  const { name, sound, phone, birthday, idNumber } = person;
  const elsewhere = { name, sound, phone: freshPhone(random, phones), birthday, idNumber: null };
  switch (disguise) {
    case 'same-phone':
      return { ...elsewhere, phone, birthday: random.next() < 0.5 ? birthday : null };
    case 'same-paper':
      return { ...elsewhere, ...spelled(named, 'like'), idNumber, birthday: null };
    case 'second-phone':
      return elsewhere;
    case 'other-writing':
      return {
        ...elsewhere,
        ...spelled(named, 'written'),
        name: ` ${[...spelled(named, 'written').name].join(' ')} `,
      };
    case 'homophone':
      return { ...elsewhere, ...spelled(named, 'like') };
    case 'family-phone': {
      const other = { surname: random.pick(surnames), parts: [random.pick(given), random.pick(given)] };
      return { ...elsewhere, ...spelled(other, 'own'), phone, birthday: dayBetween(random, 1945, 2003) };
    }
    case 'paper-typo': {
      const at = random.int(6, 17);
      const digit = String((Number(idNumber[at]) + 1) % 10);
      return { ...elsewhere, idNumber: `${idNumber.slice(0, at)}${digit}${idNumber.slice(at + 1)}` };
    }
  }
}

function tell(random: Random, { name, sound, phone, birthday, idNumber }: CrowdPerson): Application {
  return {
    ...{ name, sound, phone },
    birthday: random.next() < 0.75 ? birthday : null,
    idNumber: random.next() < 0.33 ? idNumber : null,
  };
}

function spelled({ surname, parts }: Named, as: 'own' | 'like' | 'written'): { name: string; sound: string } {
  return {
    name: surname.own + parts.map((part) => part[as]).join(''),
    sound: surname.sound + parts.map(({ sound }) => sound).join(''),
  };
}

function freshPhone(random: Random, taken: Set<string>): string {
  for (;;) {
    const phone = `1${random.pick(['35', '36', '37', '38', '39', '50', '58', '59', '86', '88'])}${String(random.int(0, 99_999_999)).padStart(8, '0')}`;
    if (taken.has(phone)) continue;
    taken.add(phone);
    return phone;
  }
}

function dayBetween(random: Random, from: number, to: number): string {
  const day = new Date(Date.UTC(random.int(from, to), 0, random.int(1, 365)));
  return day.toISOString().slice(0, 10);
}

/** 18 digits: a district, the birthday, three more and a check digit, which nobody looks at here. */
function paper(random: Random, birthday: string): string {
  return `4403${String(random.int(1, 12)).padStart(2, '0')}${birthday.replaceAll('-', '')}${String(random.int(0, 9_999)).padStart(4, '0')}`;
}
