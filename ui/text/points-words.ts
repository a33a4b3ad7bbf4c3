// What the points screen says beyond balance and ledger: discount, expiry, what the next level gives; in both languages.
import type { Language } from '../../kiosk/screen.ts';

const zh = {
  /** 99 折 is 1 % off, as prices are spoken of */
  discount: (hundredths: number) => `购房优惠 ${fold(hundredths)} 折`,
  noDiscount: '本级别暂无购房优惠',
  nextGives: (level: string, benefit: string) => `${level}可享：${benefit}`,
  expiring: '即将到期',
  expiringText: '到期前可到服务台兑换礼品',
  expiresOn: (day: string) => `${day} 到期`,
};

const en: typeof zh = {
  discount: (hundredths) => `${hundredths / 100} % off a home`,
  noDiscount: 'No discount on a home at this level yet',
  nextGives: (level, benefit) => `${level} gives: ${benefit}`,
  expiring: 'Expiring soon',
  expiringText: 'Exchange them for a gift at the desk before then',
  expiresOn: (day) => `expires on ${day}`,
};

/** 100 (1 %) is 99, 150 is 98.5 */
function fold(hundredths: number): string {
  return String((10_000 - hundredths) / 100);
}

export type PointsWords = typeof zh;
export const pointsWords: Readonly<Record<Language, PointsWords>> = { zh, en };
