// What the page remembers of its visitor: language and sound.
import type { Language } from './lab-text.ts';

export interface Preferences {
  readonly language: Language;
  readonly isMuted: boolean;
}

const key = 'yingbin-lab';

export function readPreferences(): Preferences {
  const preferred: Preferences = {
    language: navigator.language.toLowerCase().startsWith('zh') ? 'zh' : 'en',
    isMuted: false,
  };
  try {
    const kept = JSON.parse(localStorage.getItem(key) ?? '{}') as Partial<Record<keyof Preferences, unknown>>;
    return {
      language: kept.language === 'zh' || kept.language === 'en' ? kept.language : preferred.language,
      isMuted: kept.isMuted === true,
    };
  } catch {
    return preferred;
  }
}

export function keepPreferences(preferences: Preferences): void {
  localStorage.setItem(key, JSON.stringify(preferences));
}
