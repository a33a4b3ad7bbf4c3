// What people are told: that they were heard, that something takes its time, and what comes next.
import type { Browser } from 'playwright-core';
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it, vi } from 'vitest';
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

const pressed = () => kiosk.page.locator('button[aria-busy="true"]');
const line = () => kiosk.page.locator('k-progress .line');

describe('a touch', () => {
  it('U14 is seen in the very next frame, and until its answer is there', async () => {
    await kiosk.show(named('home'));
    const names = await kiosk.page.getByRole('button', { name: /^Homes for sale/ }).evaluate(
      (button: { click(): void; getAttribute(name: string): string | null }) =>
        new Promise((resolve) => {
          button.click();
          Reflect.get(globalThis, 'requestAnimationFrame')(() => resolve(button.getAttribute('aria-busy')));
        }),
    );
    expect(names).toBe('true');
    await kiosk.show(named('help-called'));
    expect(await pressed().count()).toBe(0);
  });

  it('U14 that takes its time is announced in words, and no longer when it is answered', async () => {
    await kiosk.show(named('report-review'));
    await kiosk.page.getByRole('button', { name: 'Send report' }).tap();
    await kiosk.page.getByRole('status').getByText('One moment…').waitFor();
    expect(await kiosk.axe()).toEqual([]);
    await kiosk.show(named('request-filed'));
    await vi.waitFor(async () => expect(await kiosk.page.getByText('One moment…').count()).toBe(0));
  });

  it.each([
    ['checking-card', 'headquarters'],
    ['enter-pin-checking', 'headquarters'],
    ['unit-printing', 'slip'],
  ])('U14 what %s waits for goes on visibly', async (name, work) => {
    await kiosk.show(named(name));
    expect(await line().getAttribute('data-work')).toBe(work);
  });

  it('U14 nothing goes on where nothing is waited for', async () => {
    await kiosk.show(named('points'));
    expect(await line().count()).toBe(0);
  });
});

describe('the slip', () => {
  const paper = () => kiosk.page.locator('k-paper');

  it('U30 can be read on the screen while it is printed, and is put away again', async () => {
    await kiosk.show(named('checked-in'));
    await kiosk.page.getByRole('button', { name: /See what it says/ }).tap();
    await paper().getByText('Points balance').waitFor();
    await paper()
      .getByText(/comes out below/)
      .waitFor();
    expect(await kiosk.axe()).toEqual([]);
    await paper().getByRole('button', { name: 'Close' }).tap();
    await vi.waitFor(async () => expect(await paper().count()).toBe(0));
  });

  it('U28 can be photographed where it cannot be printed, with its code', async () => {
    const show = named('request-filed');
    if (show.screen.kind !== 'request-filed') throw new Error('another screen');
    await kiosk.show({ ...show, screen: { ...show.screen, slip: 'waiting' } });
    await kiosk.page.getByRole('button', { name: /Take a photo/ }).tap();
    await paper().getByRole('img', { name: 'The code on the slip' }).waitFor();
    await paper()
      .getByText(/take a photo of it/)
      .waitFor();
    expect(gallery.touches.filter(({ touch }) => touch.kind !== 'stay')).toEqual([]);
  });

  it('U20 goes with its screen', async () => {
    await kiosk.show(named('checked-in'));
    await kiosk.page.getByRole('button', { name: /See what it says/ }).tap();
    await paper().getByText('Points balance').waitFor();
    await kiosk.show(named('attract'));
    expect((await kiosk.audit()).text).not.toContain('Zh**');
    await kiosk.show(named('checked-in'));
    expect(await paper().count()).toBe(0);
  });
});

describe('what comes next', () => {
  const steps = () => kiosk.page.locator('.what-next li').allInnerTexts();

  it('U30 a filed request says who calls by when, who comes by when, and where to look', async () => {
    await kiosk.show(named('request-filed'));
    const [first, second, third] = await steps();
    expect(first).toContain('By 14:42: Engineering calls you');
    expect(second).toContain('By 15:32');
    expect(third).toContain('My requests');
    expect(third).toContain('400-820-0301');
    expect(third).toContain('H01-261121-007');
  });

  it('U30 promises no visit where none was promised, and names no page that a visitor cannot open', async () => {
    await kiosk.show(named('request-filed-visitor'));
    const said = (await steps()).join(' ');
    expect(said).toContain('By 18:00');
    expect(said).not.toContain('we come and look');
    expect(said).not.toContain('My requests');
    expect(said).toContain('H01-482918');
  });

  it('U30 joining says what the card does from now on', async () => {
    await kiosk.show(named('join-done'));
    expect((await steps()).join(' ')).toContain('Next time a swipe checks you in');
  });
});
