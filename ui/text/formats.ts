// How numbers, money, areas and instants read in a language and at a site's zone.
import type { Tongue } from '../../kiosk/screen.ts';

export interface Formats {
  number(value: number): string;
  /** +20, −300 */
  signed(value: number): string;
  /** @param fen total price: 268.50 万元, ¥2,685,000; 0 = not set */
  price(fen: number): string;
  /** @param fen price of a square metre; 0 = not set */
  pricePerM2(fen: number): string;
  /** @param area in 0.01 m² */
  area(area: number): string;
  /** @param instant ISO 8601; 14:32 */
  time(instant: string): string;
  /** @param instant ISO 8601; 11月21日 周五 */
  day(instant: string): string;
  /** 2027年1月21日: of what may be years away */
  date(instant: string): string;
  /** 11月21日 14:32; the time alone when it is today */
  moment(instant: string): string;
  /** 14:00–17:00, or 全天 when it fills the day */
  hours(from: string, to: string): string;
  /** 11月21日 周五 14:00–17:00 */
  span(from: string, to: string): string;
  /** minutes: 10 分钟, 1 小时 */
  duration(minutes: number): string;
}

/** opens at midnight and closes a minute before the next */
const wholeDayMs = (24 * 60 - 1) * 60_000;

/** a figure and its unit stand on one line */
const gap = '\u00a0';

interface Units {
  readonly locale: string;
  /** between weekday or day and what follows */
  readonly comma: string;
  readonly wholeDay: string;
  readonly squareMetre: string;
  readonly hour: readonly [one: string, many: string];
  readonly minute: readonly [one: string, many: string];
}
const units: Readonly<Record<Tongue, Units>> = {
  zh: {
    locale: 'zh-CN',
    comma: ' ',
    wholeDay: '全天',
    squareMetre: '㎡',
    hour: ['小时', '小时'],
    minute: ['分钟', '分钟'],
  },
  'zh-Hant': {
    locale: 'zh-TW',
    comma: ' ',
    wholeDay: '全天',
    squareMetre: '㎡',
    hour: ['小時', '小時'],
    minute: ['分鐘', '分鐘'],
  },
  en: {
    locale: 'en-GB',
    comma: ', ',
    wholeDay: 'All day',
    squareMetre: 'm²',
    hour: ['hour', 'hours'],
    minute: ['minute', 'minutes'],
  },
};
/** of a price that headquarters has not set */
const notSet: Readonly<Record<Tongue, string>> = {
  zh: '价格待定',
  'zh-Hant': '價格待定',
  en: 'Price not set',
};
/** yuan by the ten thousand, as prices of homes are spoken of in Chinese */
const tenThousand: Readonly<Record<Exclude<Tongue, 'en'>, string>> = { zh: '万元', 'zh-Hant': '萬元' };

/** @param timeZone IANA zone; an unknown one falls back to the browser's */
export function formatsOf(language: Tongue, timeZone: string): Formats {
  const { locale, comma, wholeDay, squareMetre } = units[language];
  const zone = once(() => (isZone(timeZone) ? { timeZone } : {}));
  const dates = (options: Intl.DateTimeFormatOptions, tag = locale) =>
    once(() => new Intl.DateTimeFormat(tag, { ...zone(), ...options }));
  const whole = once(() => new Intl.NumberFormat(locale, { maximumFractionDigits: 0 }));
  const fine = once(() => new Intl.NumberFormat(locale, { maximumFractionDigits: 2 }));
  const clock = dates({ hour: '2-digit', minute: '2-digit', hour12: false });
  const date = dates({ month: 'long', day: 'numeric' });
  const fullDate = dates({ dateStyle: 'long' });
  const weekday = dates({ weekday: 'short' });
  const dayKey = dates({ dateStyle: 'short' }, 'en-CA');

  const time = (instant: string): string => clock().format(new Date(instant));
  const day = (instant: string): string => {
    const at = new Date(instant);
    return language !== 'en'
      ? `${date().format(at)} ${weekday().format(at)}`
      : `${weekday().format(at)} ${date().format(at)}`;
  };
  const hours = (from: string, to: string): string => {
    const isWholeDay = Date.parse(to) - Date.parse(from) >= wholeDayMs;
    if (isWholeDay) return wholeDay;
    return `${time(from)}–${time(to)}`;
  };
  return {
    number: (value) => whole().format(value),
    signed: (value) => (value < 0 ? `−${whole().format(-value)}` : `+${whole().format(value)}`),
    price: (fen) =>
      fen <= 0
        ? notSet[language]
        : language !== 'en'
          ? `${fine().format(fen / 1_000_000)}${gap}${tenThousand[language]}`
          : `¥${whole().format(fen / 100)}`,
    pricePerM2: (fen) =>
      fen <= 0
        ? notSet[language]
        : language !== 'en'
          ? `${whole().format(fen / 100)}${gap}元/㎡`
          : `¥${whole().format(fen / 100)} per m²`,
    area: (area) => `${fine().format(area / 100)}${gap}${squareMetre}`,
    time,
    day,
    date: (instant) => fullDate().format(new Date(instant)),
    moment: (instant) => {
      const at = new Date(instant);
      const isToday = dayKey().format(at) === dayKey().format(new Date());
      return isToday ? time(instant) : `${date().format(at)} ${time(instant)}`;
    },
    span: (from, to) => `${day(from)}${comma}${hours(from, to)}`,
    hours,
    duration: (minutes) => durationOf(language, minutes),
  };
}

/** Formatters are slow to make, and the first screen needs one of six. */
function once<T>(make: () => T): () => T {
  let made: T | undefined;
  return () => {
    made ??= make();
    return made;
  };
}

function durationOf(language: Tongue, minutes: number): string {
  const { hour, minute } = units[language];
  const parts = [
    [Math.floor(minutes / 60), hour],
    [minutes % 60, minute],
  ] as const;
  const said = parts.filter(([count], index) => count > 0 || (index === 1 && minutes < 60));
  return said.map(([count, [one, many]]) => `${count}${gap}${count === 1 ? one : many}`).join(' ');
}

function isZone(timeZone: string): boolean {
  try {
    return new Intl.DateTimeFormat('en', { timeZone }) !== undefined;
  } catch {
    return false;
  }
}
