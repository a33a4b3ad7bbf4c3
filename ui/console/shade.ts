// Light or dark desk: as the machine says, until somebody chooses; the choice stays in this browser.

export const shades = ['auto', 'light', 'dark'] as const;
export type Shade = (typeof shades)[number];
const shadeKey = 'yingbin-shade';

/** Takes effect at once. */
export function recallShade(): Shade {
  const kept = localStorage.getItem(shadeKey);
  return applied(shades.find((shade) => shade === kept) ?? 'auto');
}

/** @returns the one after it, which is in force now */
export function nextShade(shade: Shade): Shade {
  const next = shades[(shades.indexOf(shade) + 1) % shades.length] ?? 'auto';
  localStorage.setItem(shadeKey, next);
  return applied(next);
}

function applied(shade: Shade): Shade {
  const { dataset } = document.documentElement;
  if (shade === 'auto') delete dataset['shade'];
  else dataset['shade'] = shade;
  return shade;
}
