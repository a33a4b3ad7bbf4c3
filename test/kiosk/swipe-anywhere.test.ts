// Check-in never needs a tap: a card on any screen is heard, and the one before is gone.
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it, vi } from 'vitest';
import type { ScreenKind } from '../../kiosk/screen.ts';
import type { TerminalStore } from '../../kiosk/store/terminal-store.ts';
import { answerCodes, openFlowWorld } from '../ui/flow-world.ts';
import { type Errand, errands } from '../ui/monkey-errands.ts';
import { type KioskBench, kioskBench } from './kiosk-bench.ts';
import { cards, openSmallWorld } from './small-world.ts';

/** Where the card that comes next means something else, which is said there. */
const ownMeaning: Readonly<Partial<Record<ScreenKind, ScreenKind>>> = {
  'ask-card': 'enter-pin',
  'enter-pin': 'enter-pin',
  'card-problem': 'enter-pin',
  join: 'join',
  staff: 'staff',
  maintenance: 'maintenance',
};

const folder = mkdtempSync(join(tmpdir(), 'yingbin-swipe-'));
let store: TerminalStore;
beforeAll(async () => {
  store = await openFlowWorld(folder);
});
afterAll(() => {
  store?.close();
  rmSync(folder, { recursive: true, force: true });
});

async function goTo({ reaches, steps }: Errand): Promise<KioskBench> {
  const bench = kioskBench(store, { askCode: answerCodes });
  bench.touch({ kind: 'start' });
  for (const step of steps) {
    if (step.kind === 'swipe') swipe(bench, step.card);
    else bench.touch(step);
    await vi.waitFor(() => expect(isWaiting(bench)).toBe(false), 10_000);
  }
  expect(bench.screen.kind).toBe(reaches);
  return bench;
}

const isWaiting = ({ screen }: KioskBench): boolean =>
  ('isChecking' in screen && screen.isChecking) || ('isBusy' in screen && screen.isBusy);

function swipe(bench: KioskBench, card: string): void {
  bench.clock = new Date(bench.clock.getTime() + 4_000);
  bench.swipe(card);
}

describe('U33 a card', () => {
  it.each(errands.map((errand, n) => ({ ...errand, n })))(
    'on $reaches ($n) is heard without a tap',
    async (errand) => {
      const bench = await goTo(errand);
      const isProvenBefore = 'member' in bench.screen;
      swipe(bench, cards.gold);
      const own = ownMeaning[errand.reaches];
      if (own) expect(bench.screen.kind).toBe(own);
      else expect(bench.screen.kind).toMatch(/^check(ed-in|-in-refused)$/);
      if (own === undefined && isProvenBefore) expect(JSON.stringify(bench.screen)).not.toContain('张**');
    },
  );

  it('sounds different when it is welcome and when something is to be read', async () => {
    // where nobody has checked in yet
    const fresh = await openSmallWorld();
    const heard = [cards.gold, cards.tomorrow, cards.unknown].map((card) => {
      const bench = kioskBench(fresh);
      swipe(bench, card);
      return [bench.screen.kind, bench.signals.join()];
    });
    fresh.close();
    expect(heard).toEqual([
      ['checked-in', 'success'],
      ['check-in-refused', 'refused'],
      ['check-in-refused', 'refused'],
    ]);
  });
});
