// The ring of light: what each wish looks like over time, and that nothing moves without a board.
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { panelLights } from '../../../device/control-panel.ts';
import { isMoving, type LightLevels, lightLevelsAt } from '../../../device/panel/light-pattern.ts';
import { LightRing } from '../../../device/panel/light-ring.ts';

const moments = Array.from({ length: 600 }, (_, n) => n * 20);
const brightness = ({ red, green, blue }: LightLevels) => Math.max(red, green, blue);

describe('light patterns', () => {
  it.each(panelLights)(
    '%s stays between dark and full, and is dark only when it is off or blinks',
    (light) => {
      const seen = moments.map((ms) => lightLevelsAt(light, ms));
      for (const { red, green, blue } of seen) {
        for (const level of [red, green, blue]) {
          expect(level).toBeGreaterThanOrEqual(0);
          expect(level).toBeLessThanOrEqual(1);
        }
      }
      const darkest = Math.min(...seen.map(brightness));
      expect(darkest === 0).toBe(light === 'off' || light === 'attention');
      expect(new Set(seen.map((levels) => JSON.stringify(levels))).size > 1).toBe(isMoving(light));
    },
  );

  it('no two wishes look the same', () => {
    const films = panelLights.map((light) => JSON.stringify(moments.map((ms) => lightLevelsAt(light, ms))));
    expect(new Set(films).size).toBe(panelLights.length);
  });

  it('nothing flashes more than three times a second (WCAG 2.3.1)', () => {
    for (const light of panelLights) {
      const lit = moments.filter((ms) => ms < 1_000).map((ms) => brightness(lightLevelsAt(light, ms)) > 0.5);
      expect(lit.filter((isLit, n) => isLit && lit[n - 1] === false).length).toBeLessThanOrEqual(3);
    }
  });
});

describe('LightRing', () => {
  beforeEach(() => void vi.useFakeTimers());
  afterEach(() => void vi.useRealTimers());

  it('keeps the latest wish without a board, and has no timer', () => {
    const ring = new LightRing();
    ring.show('attention');
    ring.show('success');
    ring.show('idle');
    expect(vi.getTimerCount()).toBe(0);
    const shown: LightLevels[] = [];
    ring.attach((levels) => shown.push(levels));
    expect(shown).toEqual([lightLevelsAt('idle', 0)]);
    vi.advanceTimersByTime(3_000);
    expect(shown.at(-1)).toEqual(lightLevelsAt('idle', 3_000));
  });

  it('one timer at most, and none once the board is gone or the light stands still', () => {
    const ring = new LightRing();
    let writes = 0;
    ring.attach(() => {
      writes += 1;
    });
    for (const light of ['attention', 'working', 'idle'] as const) {
      ring.show(light);
      expect(vi.getTimerCount()).toBe(1);
    }
    ring.show('fault');
    expect(vi.getTimerCount()).toBe(0);
    ring.show('working');
    ring.detach();
    expect(vi.getTimerCount()).toBe(0);
    const before = writes;
    vi.advanceTimersByTime(10_000);
    ring.show('success');
    expect(writes).toBe(before);
  });

  it('the same wish again does not jerk', () => {
    const ring = new LightRing();
    const shown: LightLevels[] = [];
    ring.attach((levels) => shown.push(levels));
    ring.show('idle');
    vi.advanceTimersByTime(1_000);
    ring.show('idle');
    vi.advanceTimersByTime(1_000);
    expect(shown.at(-1)).toEqual(lightLevelsAt('idle', 2_000));
  });
});
