// How the session wants it, as attributes and lengths of the page's root: the style sheets do the rest.
import type { Display, Manner } from '../../kiosk/manner.ts';

/** Between these heights above the floor somebody seated reaches what they touch (ADA 308, EN 301 549 8.3.2). */
const reach = { lowestMm: 380, highestMm: 1_220 } as const;
/** of the picture, where nobody told how high it hangs */
const usualShare = 0.62;
/** lower than this no screen is laid out; whoever hangs a panel that high needs another one */
const leastShare = 0.45;

/** A panel whose shorter side is shorter has no room for the usual plan and for fingers. */
const leastSideMm = 190;

/** @returns whether one column is all that fits: the panel is small, or the text is large */
export function isNarrow(text: Manner['text'], display: Display | null): boolean {
  if (text === 'large') return true;
  return display !== null && display.widthMm * Math.min(1, innerHeight / innerWidth) < leastSideMm;
}

/** @returns whether screens flow: they are as long as they must be, and are scrolled */
export function applyManner(manner: Manner, display: Display | null): boolean {
  const { documentElement: root } = document;
  root.dataset['text'] = manner.text;
  root.dataset['contrast'] = manner.contrast;
  root.dataset['reach'] = manner.reach;
  root.dataset['size'] = isNarrow('normal', display) ? 'small' : 'usual';
  if (display) root.style.setProperty('--mm', `${innerWidth / display.widthMm}px`);
  else root.style.removeProperty('--mm');
  const { below, share } = reachOf(display, innerHeight / innerWidth);
  root.style.setProperty('--reach-below', `${below * 100}dvh`);
  root.style.setProperty('--reach-height', `${share * 100}dvh`);
  return isNarrow(manner.text, display) || manner.reach === 'low';
}

/**
 * @param aspect height by width of the picture
 * @returns the part of the picture's height that is within reach, and what of it lies too low
 */
export function reachOf(
  display: Display | null,
  aspect: number,
): { readonly below: number; readonly share: number } {
  if (!display) return { below: 0, share: usualShare };
  const heightMm = display.widthMm * aspect;
  const below = Math.max(0, reach.lowestMm - display.bottomMm) / heightMm;
  const top = (reach.highestMm - display.bottomMm) / heightMm;
  const highest = 1 - below;
  return { below, share: Math.min(highest, Math.max(leastShare, top - below)) };
}
