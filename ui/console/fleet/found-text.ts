// Codes and values of a diagnosis as a person reads them.
import { foundWords } from '../../../sync/headquarters/api/diagnosis-code-words.ts';
import type { Check } from '../../../sync/headquarters/api.ts';
import { deviceWord } from '../fact-sentence.ts';
import type { Language } from '../text.ts';

/** What a newer terminal says is shown as it says it. */
export function codeText(code: string, language: Language): string {
  return foundWords[language].codes[code]?.said ?? deviceWord(code, language) ?? code;
}

/** `剩余 1.2 GB · 摄氏度 61`: units stand in the names. */
export function foundText(values: Check['values'], language: Language): string {
  const words = foundWords[language];
  const named = (name: string): string => words.values[name] ?? name;
  return (
    Object.entries(values)
      .filter(([, value]) => value !== null)
      .map(([name, value]) => {
        if (typeof value === 'boolean') return `${named(name)} ${value ? words.yes : words.no}`;
        if (name === 'state') return deviceWord(String(value), language);
        if (typeof value !== 'number') return `${named(name)} ${value}`;
        if (name.endsWith('Bytes')) return `${named(name.slice(0, -5))} ${sizeText(value)}`;
        if (name.endsWith('Ms')) return `${named(name.slice(0, -2))} ${spanText(value)}`;
        return `${named(name)} ${value}`;
      })
      .join(' · ') || '–'
  );
}

export function sizeText(bytes: number): string {
  const [unit, size] = (
    [
      ['GB', 1e9],
      ['MB', 1e6],
      ['kB', 1e3],
    ] as const
  ).find(([, least]) => bytes >= least) ?? ['B', 1];
  return `${Number((bytes / size).toFixed(1))} ${unit}`;
}

function spanText(ms: number): string {
  const [unit, size] = (
    [
      ['d', 86_400_000],
      ['h', 3_600_000],
      ['min', 60_000],
      ['s', 1_000],
    ] as const
  ).find(([, least]) => ms >= least) ?? ['ms', 1];
  return `${Number((ms / size).toFixed(1))} ${unit}`;
}
