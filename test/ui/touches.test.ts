// What fingers do on the page and what the kiosk hears of it, in a real Chromium.
import type { Browser } from 'playwright-core';
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it, vi } from 'vitest';
import { emptySearch } from '../../kiosk/search-screen.ts';
import type { Touch } from '../../kiosk/touch.ts';
import { en } from '../../ui/text/en.ts';
import { filingWords } from '../../ui/text/filing-words.ts';
import { joinWords } from '../../ui/text/join-words.ts';
import { type Gallery, openGallery } from './gallery-server.ts';
import { type KioskPage, openBrowser, openKioskPage, sizes } from './kiosk-page.ts';
import { frame } from './show-frame.ts';
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

const button = (name: string | RegExp) => kiosk.page.getByRole('button', { name }).first();
/** All but signs of life. */
const heard = () => gallery.touches.filter(({ touch }) => touch.kind !== 'stay');

describe('a tap', () => {
  const taps: readonly (readonly [string, string | RegExp, Touch])[] = [
    ['attract', 'Touch the screen to begin', { kind: 'start' }],
    ['home', /^Homes for sale/, { kind: 'open-board' }],
    ['home', /^My points/, { kind: 'open', purpose: 'points' }],
    ['home', /^Report a defect/, { kind: 'open', purpose: 'report' }],
    ['home', /^My requests/, { kind: 'open', purpose: 'requests' }],
    ['home', 'Call for help', { kind: 'call-help' }],
    ['home', '简体中文', { kind: 'choose-language', language: 'zh' }],
    ['unit', '繁體中文', { kind: 'choose-language', language: 'zh-Hant' }],
    ['projects', /^Orchid Waterside/, { kind: 'choose-project', id: 'lanting' }],
    ['projects', 'Search', { kind: 'search', query: emptySearch }],
    [
      'search',
      /^Jinshang Garden Tower 1/,
      { kind: 'choose-found', project: 'jinshang', building: 'b3', unit: 'u0-3' },
    ],
    ['buildings', /^Tower 3/, { kind: 'choose-building', id: 'b3' }],
    ['buildings', 'Read them', { kind: 'open-adverse-facts' }],
    ['board', /^3205 /, { kind: 'choose-unit', id: 'u32-5' }],
    ['board', 'Back', { kind: 'back' }],
    ['unit', 'Print a slip', { kind: 'take-slip' }],
    ['unit', 'All adverse facts', { kind: 'open-adverse-facts' }],
    ['unit', 'Home', { kind: 'go-home' }],
    ['checked-in', 'Done', { kind: 'end' }],
    ['checked-in', 'My services', { kind: 'open-own-home' }],
    ['checked-in', 'End and clear', { kind: 'end' }],
    ['refused-already-checked-in', 'Print it again', { kind: 'take-slip' }],
    ['refused-not-on-list', 'Call our staff', { kind: 'call-help' }],
    ['welcome', /^My points/, { kind: 'open', purpose: 'points' }],
    ['welcome-visitor', /^Homes for sale/, { kind: 'open-board' }],
    ['points', 'My data', { kind: 'open', purpose: 'profile' }],
    ['card-problem-no-pin', 'All right', { kind: 'end' }],
    ['report-problem', /^Leak/, { kind: 'choose', id: 'c-0' }],
    ['report-review', 'Send report', { kind: 'submit' }],
    ['request-filed', 'Done', { kind: 'end' }],
    ['requests', /Cracked tile/, { kind: 'choose', id: 'r2' }],
    ['requests-none', 'Report a defect', { kind: 'open', purpose: 'report' }],
  ];

  it.each(taps)('on %s: %s', async (name, control, touch) => {
    const show = named(name);
    await kiosk.show(show);
    await button(control).tap();
    await vi.waitFor(() => expect(heard()).toEqual([{ v: 1, revision: show.revision, touch }]));
  });

  it('U13 three times in haste is one', async () => {
    const show = named('report-review');
    await kiosk.show(show);
    await button('Send report').evaluate((b: { click(): void }) => {
      for (let i = 0; i < 3; i += 1) b.click();
    });
    await kiosk.show(named('request-filed'));
    await button('Done').tap();
    await vi.waitFor(() => expect(heard()).toHaveLength(2));
    expect(heard().map(({ touch }) => touch.kind)).toEqual(['submit', 'end']);
  });

  it('that the kiosk did not answer can be repeated', async () => {
    await kiosk.show(named('home'));
    await button('Call for help').tap();
    await vi.waitFor(async () => expect(await kiosk.page.locator('kiosk-app[busy]').count()).toBe(0));
    await button('Call for help').tap();
    await vi.waitFor(() => expect(heard()).toHaveLength(2));
  });
});

describe('the board', () => {
  it('U10 is filtered by state and bedrooms, and hidden homes cannot be touched', async () => {
    await kiosk.show(named('board'));
    const tiles = kiosk.page.locator('k-unit-grid button');
    await vi.waitFor(async () => expect(await tiles.count()).toBe(264));
    await button(/^Available \d/).tap();
    await button('Bedrooms').tap();
    await button(/^4 bed/).tap();
    const shown = await tiles
      .filter({ visible: true })
      .evaluateAll((all) =>
        all.map((tile: { getAttribute(name: string): string | null }) => tile.getAttribute('aria-label')),
      );
    expect(shown.length).toBeGreaterThan(0);
    expect(shown.filter((label) => !/ Available, 4 bed,/.test(label ?? ''))).toEqual([]);
    // where a home was that is hidden now there is nothing to touch, and no key leads there
    const hidden = tiles.first();
    expect(await hidden.isVisible()).toBe(false);
    const box = await hidden.boundingBox();
    if (!box) throw new Error('a hidden home keeps its place');
    await kiosk.page.touchscreen.tap(box.x + box.width / 2, box.y + box.height / 2);
    await hidden.evaluate((tile: { focus(): void }) => tile.focus());
    expect(await kiosk.page.locator('k-unit-grid button:focus').count()).toBe(0);
    await button('Clear').tap();
    expect(await tiles.filter({ visible: true }).count()).toBe(264);
    expect(heard()).toEqual([]);
  });
});

describe('the second proof', () => {
  it('U20 sends the digits and never draws them', async () => {
    const show = named('enter-pin');
    await kiosk.show(show);
    for (const digit of ['7', '3', '9', '1', '5']) {
      await kiosk.page.getByRole('button', { name: digit, exact: true }).tap();
    }
    await button('Delete').tap();
    // a status that changes meanwhile takes nothing away
    await kiosk.show({ ...show, status: { ...show.status, link: 'offline' }, isHelpCalled: true });
    await kiosk.page.getByText(en.help.called).first().waitFor();
    expect(await kiosk.page.getByLabel('4 digits entered').count()).toBe(1);
    expect(await kiosk.page.content()).not.toContain('7391');
    await button('Confirm').tap();
    await vi.waitFor(() =>
      expect(heard()).toEqual([{ v: 1, revision: show.revision, touch: { kind: 'enter-pin', pin: '7391' } }]),
    );
    await kiosk.show(named('enter-pin-wrong'));
    expect(await kiosk.page.getByRole('status').getAttribute('aria-label')).toBe('0 digits entered');
    expect(await kiosk.page.getByRole('alert').textContent()).toContain('2');
  });
});

describe('a telephone number', () => {
  it.each([
    ['join-phone', joinWords.en.next, 'join-phone'],
    ['message-phone', filingWords.en.phone.confirm, 'give-phone'],
  ])('U13 of %s that is cleared while its button is tapped is not sent', async (screen, confirm, kind) => {
    await kiosk.show(named(screen));
    const type = async () => {
      for (const digit of '13900000009')
        await kiosk.page.getByRole('button', { name: digit, exact: true }).tap();
    };
    await type();
    const clear = await button('Clear').elementHandle();
    // before either has been drawn; the door would not take what is empty, so the page is listened to
    const said = await button(confirm).evaluate((last, first) => {
      let times = 0;
      Reflect.get(globalThis, 'addEventListener')('touched', () => {
        times += 1;
      });
      Reflect.get(Object(first), 'click').call(first);
      Reflect.get(Object(last), 'click').call(last);
      return times;
    }, clear);
    expect(said).toBe(0);
    await type();
    await button(confirm).tap();
    await vi.waitFor(() =>
      expect(heard().map(({ touch }) => touch)).toEqual([{ kind, phone: '13900000009' }]),
    );
  });
});

describe('own words', () => {
  it('are typed on the screen keyboard, bounded, and sent', async () => {
    await kiosk.show(named('report-problem'));
    await button('In my own words').tap();
    const key = (name: string) => kiosk.page.getByRole('button', { name, exact: true });
    // a sentence begins large by itself, unless that is turned
    for (const name of ['W', 'e', 't', 'x', 'Delete']) await key(name).tap();
    await kiosk.page.keyboard.type('ter');
    for (const name of ['.', 'Space', 'Caps', 'o', 'k']) await key(name).tap();
    const shot = new URL('../shots/own-words-en-portrait.png', import.meta.url);
    await kiosk.page.screenshot({ path: shot.pathname });
    expect((await kiosk.audit()).problems).toEqual([]);
    expect(await kiosk.axe()).toEqual([]);
    await button('Ready').tap();
    await vi.waitFor(() =>
      expect(heard().map((t) => t.touch)).toEqual([{ kind: 'describe', text: 'Wetter. ok' }]),
    );
  });
});

describe('idle', () => {
  it('U16 U18 warns in a dialog with focus and a count, and one tap goes on', async () => {
    await kiosk.show(named('idle-warning'));
    const dialog = kiosk.page.getByRole('alertdialog', { name: 'Are you still there?' });
    expect(await dialog.textContent()).toContain('17');
    await vi.waitFor(async () => expect(await dialog.textContent()).toContain('16'), 3_000);
    expect(
      await button('I am here, go on').evaluate((b: { matches(s: string): boolean }) => b.matches(':focus')),
    ).toBe(true);
    await kiosk.page.keyboard.press('Escape');
    expect(await dialog.isVisible()).toBe(true);
    await button('I am here, go on').tap();
    await vi.waitFor(() => expect(gallery.touches.some(({ touch }) => touch.kind === 'stay')).toBe(true));
    await kiosk.show({ ...named('idle-warning'), idle: null, revision: 9_001 });
    expect(await dialog.count()).toBe(0);
  });

  it('U17 activity is told, but not at every move', async () => {
    await kiosk.show(named('points'));
    for (let i = 0; i < 10; i += 1) await kiosk.page.mouse.move(100 + i, 400);
    await button('Down').tap();
    await vi.waitFor(() => expect(gallery.touches).toHaveLength(1));
    expect(gallery.touches[0]?.touch).toEqual({ kind: 'stay' });
  });
});

describe('after the person', () => {
  it('U20 U21 nothing personal is left in the page, its storage or its history', async () => {
    const canary = 'Canary**';
    const welcome = frame('en', { kind: 'welcome', member: { name: canary, level: 'Gold' }, next: null });
    await kiosk.show(welcome);
    expect((await kiosk.audit()).text).toContain(canary);
    await kiosk.show(frame('en', { kind: 'attract', today: [], notice: null }));
    expect((await kiosk.audit()).text).not.toContain(canary);
    expect(
      await kiosk.page.evaluate(
        '[history.length, localStorage.length, sessionStorage.length, document.cookie]',
      ),
    ).toEqual([2, 0, 0, '']);
    await kiosk.page.reload();
    await kiosk.page.getByRole('button', { name: 'Touch the screen to begin' }).waitFor();
    expect((await kiosk.audit()).text).not.toContain(canary);
  });

  it('U28 a lost kiosk is said in words, hides what was shown, and mends by itself', async () => {
    await kiosk.show(named('points'));
    gallery.cut();
    await kiosk.page.getByRole('heading', { name: 'One moment please' }).waitFor();
    expect((await kiosk.audit()).text).not.toContain('Zh**');
    gallery.show(named('home'));
    await kiosk.page.getByRole('heading', { name: 'Hello, how can we help?' }).waitFor();
  });

  it('a message that is no Show changes nothing', async () => {
    await kiosk.show(named('home'));
    gallery.show({ ...named('points'), v: 2 } as never);
    await kiosk.show({ ...named('home'), revision: 9_002 });
    expect(await kiosk.page.getByRole('heading', { name: 'My points' }).count()).toBe(0);
    expect(kiosk.errors).toEqual([]);
  });
});
