// The guides' pictures of the fleet, taken at the end of its story: terminals by site, the set-up of all, a release that stopped itself.
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Browser } from 'playwright-core';
import { startFleetDemo } from '../demo/fleet/fleet-demo.ts';
import { tellFleetStory } from '../demo/fleet/fleet-story.ts';
import { makeTeller } from '../demo/fleet/teller.ts';
import type { Darkroom } from '../ui/darkroom.ts';
import { consolePage, keep } from './take-demo-pictures.ts';

/** by the name of its picture: the place, and what is there when the page has its data */
const pages = {
  fleet: ['terminals', 'table'],
  'set-ups': ['set-ups', 'form, .layer, table, main section'],
  releases: ['releases', 'table, main section'],
} as const;

export async function takeFleet(browser: Browser, darkroom: Darkroom): Promise<void> {
  const data = mkdtempSync(join(tmpdir(), 'yingbin-fleet-pictures-'));
  const { signal } = new AbortController();
  const teller = makeTeller({ write: (text) => console.log(text.trimEnd()), reader: undefined, signal });
  try {
    const ports = { kiosk: 0, headquarters: 0 };
    const demo = await startFleetDemo({ data: join(data, 'demo'), count: 12, ports, teller, signal });
    try {
      await tellFleetStory(demo, { kioskPort: 0, teller, signal });
      const at = { headquarters: demo.headquarters.http, accounts: demo.accounts };
      for (const [name, [tab, awaited]] of Object.entries(pages))
        for (const language of ['zh', 'en'] as const) {
          const taken = await consolePage(browser, at, { role: 'it', tab, language, awaited });
          await keep(language === 'zh' ? name : `${name}-en`, await darkroom.webp(taken, 1.4, 0.7));
        }
    } finally {
      await demo.close();
    }
  } finally {
    rmSync(data, { recursive: true, force: true });
  }
}
