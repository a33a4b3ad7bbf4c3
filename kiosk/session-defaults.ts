// How a session starts at this site: its language and manner, and how long it may be left alone.
import type { Config } from './config.ts';
import type { KioskOptions } from './kiosk-options.ts';
import { type Manner, plainManner } from './manner.ts';
import type { Settings } from './settings.ts';
import { isWithin } from './site-hours.ts';
import type { SiteLook } from './site-look.ts';

type Defaults = Pick<KioskOptions, 'idle' | 'language' | 'mannerAt' | 'display' | 'loudest'>;

export function sessionDefaults(
  settings: Settings,
  look: Pick<SiteLook, 'volume'>,
  { screen, site }: Pick<Config, 'screen' | 'site'>,
): Defaults {
  return {
    idle: { warnAfterMs: settings.idleSeconds * 1000, endAfterMs: settings.idleWarningSeconds * 1000 },
    language: settings.language,
    mannerAt: (now) =>
      mannerAt({ ...settings, manner: { ...settings.manner, volume: look.volume } }, now, site.timeZone),
    loudest: settings.loudest,
    display: screen.display,
  };
}

/** In the silent hours nothing sounds that nobody asked for. */
export function mannerAt(
  { manner, silentHours }: Pick<Settings, 'manner' | 'silentHours'>,
  now: Date,
  timeZone: string,
): Manner {
  const isSilent = isWithin(silentHours, now, timeZone);
  return { ...plainManner, ...manner, ...(isSilent && { volume: 0 as const, isSpoken: false }) };
}
