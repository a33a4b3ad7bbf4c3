// A setting as somebody writes it into a field, and back.
import { twinFaults, twinPaths } from '../../../sync/headquarters/api/twin-api.ts';

export type SettingKind = 'number' | 'text' | 'hours' | 'json';
export type ReadSetting =
  | { readonly kind: 'value'; readonly value: unknown }
  /** `sentence`: from the schema; undefined = it cannot be read at all */
  | { readonly kind: 'wrong'; readonly sentence: string | undefined };

/** A rollout alone sets the release. */
export const editablePaths: readonly string[] = twinPaths.filter((path) => path !== 'release');

const hours: ReadonlySet<string> = new Set([
  'settings.openHours',
  'settings.nightHours',
  'settings.silentHours',
  'update.window',
]);
const texts: ReadonlySet<string> = new Set([
  'site.timeZone',
  'site.helpPhone',
  'settings.language',
  'maintenance.pin',
]);

export function settingKind(path: string): SettingKind {
  if (hours.has(path)) return 'hours';
  if (texts.has(path)) return 'text';
  return path.startsWith('limits.') || /(Ms|Seconds)$/.test(path) ? 'number' : 'json';
}

export function settingText(path: string, value: unknown): string {
  const kind = settingKind(path);
  if (kind === 'hours') return isHours(value) ? `${value.from}-${value.to}` : '';
  if ((kind === 'text' && typeof value === 'string') || typeof value === 'number') return `${value}`;
  return JSON.stringify(value, null, typeof value === 'object' && value !== null ? 2 : 0);
}

export function readSetting(path: string, text: string): ReadSetting {
  const value = typedValue(settingKind(path), text.trim());
  if (value === undefined) return { kind: 'wrong', sentence: undefined };
  const [fault] = twinFaults({ [path]: value });
  return fault ? { kind: 'wrong', sentence: `${fault.path} ${fault.sentence}` } : { kind: 'value', value };
}

/** The same for the same value, however its keys are ordered. */
export function isSameValue(a: unknown, b: unknown): boolean {
  return JSON.stringify(ordered(a)) === JSON.stringify(ordered(b));
}

function typedValue(kind: SettingKind, text: string): unknown {
  switch (kind) {
    case 'text':
      return text;
    case 'number':
      return /^-?\d+$/.test(text) ? Number(text) : undefined;
    case 'hours': {
      if (text === '') return null;
      const [, from, to] = /^(\d{1,2}:\d{2})\s*[-–—~至]\s*(\d{1,2}:\d{2})$/.exec(text) ?? [];
      return from === undefined || to === undefined
        ? undefined
        : { from: from.padStart(5, '0'), to: to.padStart(5, '0') };
    }
    case 'json':
      return parsed(text);
  }
}

function parsed(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}

function isHours(value: unknown): value is { readonly from: string; readonly to: string } {
  return typeof value === 'object' && value !== null && 'from' in value && 'to' in value;
}

function ordered(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(ordered);
  if (typeof value !== 'object' || value === null) return value;
  return Object.entries(value)
    .sort(([a], [b]) => (a < b ? -1 : 1))
    .map(([key, inner]) => [key, ordered(inner)]);
}
