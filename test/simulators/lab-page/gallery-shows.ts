// What the gallery may show: every Show of the screen tests, and the moments when there is none.
import type { Language, Show } from '../../../kiosk/screen.ts';
import { showsIn } from '../../ui/shows.ts';

/** The line is gone: before the first Show, after one, or because the terminal starts again. */
export const lineless = ['starting', 'lost-contact', 'restarting'] as const;
export type Lineless = (typeof lineless)[number];

export function galleryNames(language: Language): readonly string[] {
  return [...lineless, ...Object.keys(showsIn(language))];
}

/** @returns what the kiosk says, in order; after the last word of a `Lineless` the line ends */
export function galleryShows(name: string, language: Language): readonly Show[] {
  const shows = showsIn(language);
  const attract = shows['attract'];
  if (name === 'starting' || !attract) return [];
  if (name === 'lost-contact') return [attract];
  if (name === 'restarting') {
    return [attract, { ...attract, status: { ...attract.status, isLeaving: true } }];
  }
  return [shows[name] ?? attract];
}

export function isLineless(name: string): boolean {
  return lineless.some((each) => each === name);
}
