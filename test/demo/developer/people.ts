// The demo developer's club: members with names, telephone numbers, cards, homes, PINs and what they earned.
import type { DeveloperFile } from '../../../sync/headquarters/developer-file.ts';
import type { Random } from './random.ts';

type Member = DeveloperFile['members'][number];
type Unit = Extract<DeveloperFile['board'][number], { kind: 'unit' }>;
type Home = Member['homes'][number];
type Entry = Member['ledger'][number];

const surnames: readonly (readonly [string, number])[] = [
  ['王', 72],
  ['李', 72],
  ['张', 68],
  ['刘', 54],
  ['陈', 52],
  ['杨', 31],
  ['黄', 28],
  ['赵', 27],
  ['吴', 25],
  ['周', 24],
  ['徐', 17],
  ['孙', 15],
  ['马', 13],
  ['朱', 13],
  ['胡', 12],
  ['林', 14],
  ['郭', 11],
  ['何', 12],
  ['高', 10],
  ['罗', 11],
  ['郑', 10],
  ['梁', 10],
  ['谢', 8],
  ['宋', 8],
  ['唐', 7],
  ['许', 7],
  ['邓', 8],
  ['冯', 6],
  ['韩', 6],
  ['曹', 6],
  ['曾', 6],
  ['彭', 6],
  ['萧', 4],
  ['蔡', 6],
  ['潘', 5],
  ['田', 5],
  ['董', 5],
  ['袁', 5],
  ['于', 5],
  ['余', 5],
  ['欧阳', 2],
  ['司徒', 1],
  ['上官', 1],
];
const givenNames = (
  '伟 芳 娜 敏 静 丽 强 磊 军 洋 勇 艳 杰 娟 涛 明 超 秀英 霞 平 刚 桂英 建华 志强 晓明 晓琳 文静 雨桐 子轩 浩然 梓涵 ' +
  '思远 嘉怡 俊杰 婷婷 雪梅 海燕 国强 建国 丽华 玉兰 凤英 春梅 红梅 志远 天宇 欣怡 诗涵 一鸣 宇航 博文 佳琪 晨曦 若曦 ' +
  '美玲 淑珍 桂兰 建平 立新 永强 家豪 永健 慧敏 晓东 小燕 志伟 文斌 振宇 少华 秋实 远航 景行 知夏 明轩 书瑶'
).split(' ');

/** The first of them is on every lab table, so they have names that one remembers. */
const stars = ['王芳', '李晓明', '陈雨桐'];

export const memberCount = 520;
const ownerCount = 150;
/** of them, the first have contracts of which headquarters knows: `makeSales` */
export const purchaseCount = 40;
/** The others have none yet: each costs headquarters tens of milliseconds at the first start. */
const pinCount = 40;
const dayMs = 86_400_000;

/** @param soldUnits candidates for homes; the first is the first member's */
export function makeMembers(
  random: Random,
  today: Date,
  soldUnits: readonly Unit[],
  labelOf: (unit: Unit) => Home['label'],
): Member[] {
  const numbers = new Set<string>();
  return Array.from({ length: memberCount }, (_, index): Member => {
    const id = `m${String(index + 1).padStart(4, '0')}`;
    // the lab's three members own a home, so that every journey can be tried with each of them
    const unit = index < ownerCount ? soldUnits[index] : undefined;
    return {
      id,
      name: stars[index] ?? `${random.weighted(surnames)}${random.pick(givenNames)}`,
      phone: `1${random.pick(['35', '36', '37', '38', '39', '50', '58', '59', '86', '88', '89'])}${digits(random, 8)}`,
      birthday: birthdayOf(index, today),
      pin: pinOf(index, unit ? (['2580', '1357', '8024'][index] ?? digits(random, 4)) : null),
      cards: plasticOf(cardNumber(random, numbers), index),
      homes: unit ? [homeIn(unit, random, today, labelOf)] : [],
      ledger: makeLedger(random, today, id, unit, {
        isStar: index < stars.length,
        isBooked: index < purchaseCount,
      }),
    };
  });
}

/** The lab's third member has it today, some others in the days to come; most have not told. */
function birthdayOf(index: number, today: Date): string | null {
  if (index !== 2 && index % 13 !== 12) return null;
  const days = index === 2 ? 0 : index % 9;
  // China has one zone and no summer time
  const local = new Date(today.getTime() + 8 * 3_600_000 + days * dayMs).toISOString();
  return `${1950 + (index % 50) - ((1950 + (index % 50)) % 4)}${local.slice(4, 10)}`;
}

function pinOf(index: number, pin: string | null): string | null {
  return index < pinCount ? pin : null;
}

/** One piece of plastic that suits every reader: an EM chip, a 13.56 MHz chip and a stripe. */
function plasticOf(number: string, index: number): Member['cards'] {
  const state = cardState(index);
  return [
    { technology: 'em4100', number, state },
    // 08 in front would be a telephone's
    { technology: 'iso14443', number: `04${number.slice(-6)}`, state },
    { technology: 'magstripe', number: `8888${String(index + 1).padStart(8, '0')}`, state },
  ];
}

/** Some cards are not what they should be; the first twenty are, for the lab. */
function cardState(index: number): Member['cards'][number]['state'] {
  if (index < 20) return 'active';
  if (index % 61 === 0) return 'lost';
  if (index % 67 === 0) return 'blocked';
  if (index % 71 === 0) return 'expired';
  return 'active';
}

/** EM4100: version byte and 32 bits as 10 hex digits; no two agree in the 24 bits that every reader tells. */
function cardNumber(random: Random, taken: Set<string>): string {
  for (;;) {
    const bits = random.int(0x0100_0000, 0xffff_ffff).toString(16).toUpperCase().padStart(8, '0');
    const number = `01${bits}`;
    const narrow = number.slice(-6);
    if (taken.has(narrow)) continue;
    taken.add(narrow);
    return number;
  }
}

function homeIn(unit: Unit, random: Random, today: Date, labelOf: (unit: Unit) => Home['label']): Home {
  const until = new Date(today.getTime() + random.int(-500, 1_400) * dayMs);
  const handedOver = new Date(until.getTime() - 5 * 365 * dayMs);
  return {
    unit: unit.id,
    project: unit.project,
    label: labelOf(unit),
    warrantyUntil: until.toISOString().slice(0, 10),
    handedOverOn: handedOver.toISOString().slice(0, 10),
  };
}

function makeLedger(
  random: Random,
  today: Date,
  member: string,
  unit: Unit | undefined,
  /** `isBooked`: headquarters books the purchase by itself, as it has the contract */
  { isStar, isBooked }: { readonly isStar: boolean; readonly isBooked: boolean },
): Entry[] {
  const daysAgo = (least: number, most: number): string =>
    new Date(today.getTime() - random.int(least, most) * dayMs - random.int(0, 30_000_000)).toISOString();
  const entries: Omit<Entry, 'id'>[] = [
    { at: daysAgo(400, 1_000), points: 50, reason: { zh: '入会礼遇', en: 'Welcome to the club' } },
  ];
  for (let visit = random.int(0, 4); visit > 0; visit -= 1) {
    entries.push({ at: daysAgo(5, 700), points: 10, reason: { zh: '看房积分', en: 'Site visit' } });
  }
  for (let event = random.int(0, 6); event > 0; event -= 1) {
    entries.push({ at: daysAgo(8, 720), points: 20, reason: { zh: '活动签到', en: 'Event check-in' } });
  }
  if (random.next() < 0.12) {
    entries.push({
      at: daysAgo(20, 600),
      points: 500,
      reason: { zh: '推荐成交', en: 'Referral that subscribed' },
    });
  }
  if (unit) {
    // one point for 1,000 yuan; some bought so long ago that it counts for no level any more
    const points = Math.floor(unit.price / 100_000);
    const at = daysAgo(60, isStar ? 500 : 1_000);
    if (!isBooked) entries.push({ at, points, reason: { zh: '购房积分', en: 'Purchase' } });
  }
  const bought = unit && isBooked ? Math.floor(unit.price / 100_000) : 0;
  const earned = entries.reduce((sum, { points }) => sum + points, bought);
  if (earned > 400 && random.next() < 0.5) {
    const at = daysAgo(1, 50);
    // what is older than 24 months has expired, and nobody could spend it
    const oldest = new Date(today.getTime() - 670 * dayMs).toISOString();
    const there = entries.filter((entry) => entry.at > oldest).reduce((sum, { points }) => sum + points, 0);
    const spent = Math.min(Math.floor(there / 200) * 100, 2_000);
    const reason = { zh: '积分兑换', en: 'Points exchanged' };
    if (spent > 0) entries.push({ at, points: -spent, reason });
  }
  return entries
    .sort((a, b) => a.at.localeCompare(b.at))
    .map((entry, index) => ({ id: `open-${member}-${index + 1}`, ...entry }));
}

function digits(random: Random, count: number): string {
  return Array.from({ length: count }, () => random.int(0, 9)).join('');
}
