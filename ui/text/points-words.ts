// What the points screen says beyond balance and ledger: discount, expiry, what the next level gives; in both languages.
import { inTongues } from './in-tongues.ts';

const zh = {
  /** 99 折 is 1 % off, as prices are spoken of */
  discount: (hundredths: number) => `购房优惠 ${fold(hundredths)} 折`,
  noDiscount: '本级别暂无购房优惠',
  nextGives: (level: string, benefit: string) => `${level}可享：${benefit}`,
  expiring: '即将到期',
  expiringText: '到期前可到服务台兑换礼品',
  expiresOn: (day: string) => `${day} 到期`,
  owesTitle: '余额为什么是负数',
  owes: (points: string) =>
    `已经用掉的积分中有 ${points} 分后来被冲销，原因见下面的流水。之后获得的积分先补上，您不需要付款。`,
  filled: (points: string) => `其中 ${points} 分先补上之前被冲销的积分`,
};

const en: typeof zh = {
  discount: (hundredths) => `${hundredths / 100} % off a home`,
  noDiscount: 'No discount on a home at this level yet',
  nextGives: (level, benefit) => `${level} gives: ${benefit}`,
  expiring: 'Expiring soon',
  expiringText: 'Exchange them for a gift at the desk before then',
  expiresOn: (day) => `expires on ${day}`,
  owesTitle: 'Why the balance is below zero',
  owes: (points) =>
    `${points} of the points that you have used were taken back later; the ledger below says why. What you earn next fills this first. There is nothing to pay.`,
  filled: (points) => `${points} of these fill what was taken back before`,
};

/** 100 (1 %) is 99, 150 is 98.5 */
function fold(hundredths: number): string {
  return String((10_000 - hundredths) / 100);
}

export type PointsWords = typeof zh;
export const pointsWords = inTongues<PointsWords>(zh, en);
