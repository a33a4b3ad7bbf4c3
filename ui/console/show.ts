// How instants, money and elapsed time read in the console.
import type { Answers, UnitItem } from '../../sync/headquarters/api.ts';
import type { Language, Texts } from './text.ts';

const locales = { zh: 'zh-CN', en: 'en-GB' } as const;

/** Day and minute; today's day is left out, seconds come when asked for. */
export function showTime(instant: string, language: Language, hasSeconds = false): string {
  const date = new Date(instant);
  const isToday = date.toDateString() === new Date().toDateString();
  const format: Intl.DateTimeFormatOptions = isToday
    ? { hour: '2-digit', minute: '2-digit' }
    : { month: 'short', day: 'numeric', hour: '2-digit', minute: '2-digit' };
  return new Intl.DateTimeFormat(locales[language], {
    ...format,
    ...(hasSeconds ? { second: '2-digit' } : {}),
    hourCycle: 'h23',
  }).format(date);
}

export function showAgo(instant: string, text: Texts): string {
  const seconds = Math.max(0, Math.round((Date.now() - Date.parse(instant)) / 1000));
  if (seconds < 60) return text.ago(seconds, 'second');
  if (seconds < 3_600) return text.ago(Math.floor(seconds / 60), 'minute');
  if (seconds < 86_400) return text.ago(Math.floor(seconds / 3_600), 'hour');
  return text.ago(Math.floor(seconds / 86_400), 'day');
}

/** Fen as whole yuan. */
export function showYuan(fen: number): string {
  return new Intl.NumberFormat('zh-CN').format(Math.round(fen / 100));
}

/** Fen in ten thousands of yuan, as the board writes prices: 267 万 / 2.67 M. */
export function showShortPrice(fen: number, language: Language): string {
  return language === 'zh' ? `${(fen / 1_000_000).toFixed(0)}万` : `${(fen / 100_000_000).toFixed(2)}M`;
}

/** A unit by project, building and door: 四季花城米兰苑301. */
export function showUnit(
  board: Answers['board'],
  { project, building, number }: UnitItem['approved'],
  language: Language,
): string {
  const at = board.projects.find(({ id }) => id === project);
  const house = at?.buildings.find(({ id }) => id === building);
  const names = [at?.name[language] ?? project, house?.name[language] ?? building, number];
  return names.join(language === 'zh' ? '' : ' ');
}

/** From when to when; a day is said once when both are on it. */
export function showSpan(from: string, to: string, language: Language): string {
  return new Intl.DateTimeFormat(locales[language], {
    month: 'short',
    day: 'numeric',
    hour: '2-digit',
    minute: '2-digit',
    hourCycle: 'h23',
  }).formatRange(new Date(from), new Date(to));
}
