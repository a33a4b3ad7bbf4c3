// The browser of a kiosk in portrait, with a profile that can be searched afterwards.
import { type BrowserContext, chromium } from 'playwright-core';

/** @param profile folder that outlives the browser */
export function openKioskBrowser(profile: string): Promise<BrowserContext> {
  return chromium.launchPersistentContext(profile, {
    executablePath: '/usr/bin/chromium',
    args: ['--no-sandbox', '--disable-background-networking', '--disable-component-update', '--disable-gpu'],
    viewport: { width: 1080, height: 1920 },
    hasTouch: true,
    reducedMotion: 'reduce',
  });
}
