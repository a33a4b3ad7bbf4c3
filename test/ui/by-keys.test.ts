// Whole flows by keys alone: arrows, Tab, Enter, Escape and digits; where the focus is, is seen and never lost.
import type { Browser } from 'playwright-core';
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it, vi } from 'vitest';
import type { Touch } from '../../kiosk/touch.ts';
import { type Gallery, openGallery } from './gallery-server.ts';
import { type KioskPage, openBrowser, openKioskPage, sizes } from './kiosk-page.ts';
import { showsIn } from './shows.ts';

const shows = showsIn('en');
const named = (name: string) => {
  const show = shows[name];
  if (!show) throw new Error(`the gallery has no ${name}`);
  return show;
};

let browser: Browser;
let gallery: Gallery;
let kiosk: KioskPage;
beforeAll(async () => {
  browser = await openBrowser();
});
afterAll(() => browser?.close());
beforeEach(async () => {
  gallery = await openGallery();
  kiosk = await openKioskPage(browser, gallery, sizes.portrait);
});
afterEach(async () => {
  await kiosk.page.close();
  await gallery.close();
});

interface Focused {
  readonly tag: string;
  readonly name: string;
  /** CSS px of the line around it */
  readonly ring: number;
  readonly isSeen: boolean;
  /** of the bar at the bottom */
  readonly isInBar: boolean;
}
const focused = (): Promise<Focused> =>
  kiosk.page.evaluate(`(() => {
    let e = document.activeElement, isInBar = false;
    while (e.shadowRoot?.activeElement) {
      isInBar ||= e.localName === 'k-bar';
      e = e.shadowRoot.activeElement;
    }
    const { top, bottom, left, right } = e.getBoundingClientRect();
    const { outlineStyle, outlineWidth } = getComputedStyle(e);
    return {
      tag: e.localName,
      name: (e.getAttribute('aria-label') ?? e.textContent).trim().replace(/\\s+/g, ' '),
      ring: outlineStyle === 'none' ? 0 : parseFloat(outlineWidth),
      isSeen: bottom > 0 && top < innerHeight && right > 0 && left < innerWidth,
      isInBar,
    };
  })()`);
const press = async (...keys: string[]) => {
  for (const key of keys) await kiosk.page.keyboard.press(key);
};
/** Presses a key until what has the focus is called so. */
async function travel(key: string, name: string | RegExp, most = 40): Promise<void> {
  for (let at = 0; at < most; at += 1) {
    await press(key);
    const { name: now } = await focused();
    if (typeof name === 'string' ? now === name : name.test(now)) return;
  }
  throw new Error(`${key} does not lead to ${name}, but to ${(await focused()).name}`);
}
const touched = () => gallery.touches.map(({ touch }) => touch).filter(({ kind }) => kind !== 'stay');
const heard = (touch: Touch) => vi.waitFor(() => expect(touched().at(-1)).toEqual(touch));
/** The first key brings what the others need. */
async function begin(name: string): Promise<void> {
  await kiosk.show(named('attract'));
  await press('Tab');
  await kiosk.show(named(name));
}
async function isAtHeading(): Promise<void> {
  await vi.waitFor(async () => expect(await focused()).toMatchObject({ tag: 'h1', isSeen: true }));
  expect((await focused()).ring).toBeGreaterThanOrEqual(3);
}

describe('U36 by keys alone', () => {
  it('a home is found, looked at and remembered, and Escape leads back', async () => {
    await begin('home');
    await isAtHeading();
    await travel('ArrowDown', /^Homes for sale/);
    gallery.answer(named('board'));
    await press('Enter');
    await heard({ kind: 'open-board' });
    await isAtHeading();
    await travel('Tab', /^3205 /, 80);
    await travel('ArrowRight', /^3206 /, 1);
    await travel('ArrowDown', /^3106 /, 1);
    await travel('ArrowLeft', /^3105 /, 1);
    await travel('ArrowUp', /^3205 /, 1);
    gallery.answer(named('unit'));
    await press('Enter');
    await heard({ kind: 'choose-unit', id: 'u32-5' });
    await isAtHeading();
    await travel('Tab', 'Remember', 20);
    await press('Space');
    await heard({ kind: 'keep-unit' });
    await kiosk.page.locator('kiosk-app:not([busy])').waitFor();
    await press('Escape');
    await heard({ kind: 'back' });
  });

  it('a defect is reported, and each step begins at its heading', async () => {
    await begin('report-place');
    for (const [next, name] of [
      ['report-element', 'Bathroom'],
      ['report-problem', /^Wall/],
      ['report-review', /^Leak/],
    ] as const) {
      await isAtHeading();
      await travel('Tab', name);
      gallery.answer(named(next));
      await press('Enter');
      await vi.waitFor(() => expect(touched().at(-1)?.kind).toBe('choose'));
      const { revision } = named(next);
      await kiosk.page.locator(`kiosk-app[revision="${revision}"]`).waitFor();
    }
    await isAtHeading();
    await travel('Tab', 'Send report');
    await press('Enter');
    await heard({ kind: 'submit' });
  });

  it('U20 S40 a PIN is typed on a pad of digits and confirmed by Enter; nothing of it is drawn', async () => {
    await begin('enter-pin');
    await isAtHeading();
    await press('7', '3', '9', '1', '5', 'Backspace');
    expect(await kiosk.page.getByLabel('4 digits entered').count()).toBe(1);
    expect(await kiosk.page.content()).not.toContain('7391');
    await press('Enter');
    await heard({ kind: 'enter-pin', pin: '7391' });
  });

  it.each([
    ['Checks', 'checks'],
    ['Network', 'network'],
    ['Enrolment', 'enrolment'],
    [/^Sound/, 'look'],
    ['System', 'system'],
  ] as const)(
    'S39 the page %s of maintenance is opened, and each of its controls is reached and seen',
    async (name, tab) => {
      await begin('maintenance');
      await isAtHeading();
      await travel('Tab', name);
      const show = { ...named(`maintenance-${tab}`), revision: 9_100 };
      gallery.answer(show);
      await press('Enter');
      await heard({ kind: 'open-maintenance-tab', tab });
      await kiosk.page.locator('kiosk-app[revision="9100"]').waitFor();
      expect((await focused()).name).toMatch(name);
      for (let at = 0; at < 40 && !(await focused()).isInBar; at += 1) {
        await press('Tab');
        const { name: now, isSeen, ring } = await focused();
        expect([now, isSeen, ring >= 3]).toEqual([now, true, true]);
      }
      expect((await focused()).isInBar).toBe(true);
    },
  );

  it('S40 the key of a Wi-Fi is typed, covered, and sent by Enter; Escape takes it away, and the keys go on', async () => {
    await begin('maintenance-wifi');
    await isAtHeading();
    const key = 'Horse9-Staple';
    const field = kiosk.page.getByRole('textbox', { name: /Jinshang-Gallery/ });
    for (const end of ['Escape', 'Enter'] as const) {
      await travel('Tab', 'Join Jinshang-Gallery');
      await press('Enter');
      await field.waitFor();
      await kiosk.page.keyboard.type(key);
      expect(await field.inputValue()).toBe(key);
      expect(await field.getAttribute('class')).toBe('covered');
      expect(await kiosk.page.content()).not.toContain(key);
      await press(end);
      await field.waitFor({ state: 'detached' });
      await vi.waitFor(async () => expect((await focused()).name).toBe('Network'));
    }
    await heard({ kind: 'choose-wifi', ssid: 'Jinshang-Gallery', key });
    expect(touched().filter(({ kind }) => kind === 'choose-wifi')).toHaveLength(1);
  });

  it('a restart is asked for once more, and the keys stand at what changes nothing', async () => {
    await begin('maintenance-system');
    await isAtHeading();
    await travel('Tab', 'Restart the program');
    await press('Enter');
    await vi.waitFor(async () => expect((await focused()).name).toBe('No'));
    await press('Enter');
    await vi.waitFor(async () => expect((await focused()).name).toBe('Restart the program'));
    await press('Enter');
    await travel('Tab', 'Restart', 3);
    await press('Enter');
    await heard({ kind: 'restart', what: 'program' });
    await vi.waitFor(async () => expect((await focused()).name).toBe('Restart the program'));
  });

  it('U30 a check-in is read and ended', async () => {
    await begin('checked-in');
    await isAtHeading();
    await travel('Tab', 'Done');
    await press('Enter');
    await heard({ kind: 'end' });
  });

  it('U16 U18 the warning takes the focus, keeps arrows to itself, and gives it back', async () => {
    await begin('points');
    await travel('Tab', 'My data');
    await kiosk.show({ ...named('points'), revision: 9_001, idle: { secondsLeft: 17 } });
    await vi.waitFor(async () => expect((await focused()).name).toBe('I am here, go on'));
    await travel('ArrowDown', 'End and clear', 1);
    await press('ArrowDown');
    expect((await focused()).name).toBe('End and clear');
    await kiosk.show({ ...named('points'), revision: 9_002 });
    await vi.waitFor(async () => expect((await focused()).name).toBe('My data'));
  });
});

it.each(['home', 'unit', 'report-place', 'points', 'request', 'join-details'])(
  'U36 on %s Tab goes down the screen and then the bar, and is always seen',
  async (name) => {
    await begin(name);
    const order: Focused[] = [];
    for (let at = 0; at < 60; at += 1) {
      await press('Tab');
      const now = await focused();
      expect(now).toMatchObject({ isSeen: true });
      expect([now.name, now.ring >= 3]).toEqual([now.name, true]);
      order.push(now);
      if (now.name === '繁體中文') break;
    }
    const bar = order.findIndex(({ isInBar }) => isInBar);
    expect(bar).toBeGreaterThan(0);
    expect(order.slice(bar).every(({ isInBar }) => isInBar)).toBe(true);
    expect(order.at(-1)?.name).toBe('繁體中文');
  },
);
