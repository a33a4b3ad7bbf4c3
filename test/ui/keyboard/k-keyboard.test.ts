// Writing Chinese with fingers alone, in a real Chromium under the strict policy: what is tapped and what the kiosk hears.
import { mkdirSync } from 'node:fs';
import type { Browser } from 'playwright-core';
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it, vi } from 'vitest';
import { plainManner } from '../../../kiosk/manner.ts';
import type { Show } from '../../../kiosk/screen.ts';
import { type Gallery, openGallery } from '../gallery-server.ts';
import { type KioskPage, openBrowser, openKioskPage, sizes } from '../kiosk-page.ts';
import { showsIn } from '../shows.ts';

const shows = showsIn('zh');
const named = (name: string) => {
  const show = shows[name];
  if (!show) throw new Error(`the gallery has no ${name}`);
  return show;
};

/** What is used of an element inside the page. */
interface Queried {
  querySelectorAll(selector: string): Iterable<{ textContent: string; dispatchEvent(event: unknown): void }>;
}

const large = (show: Show): Show => ({ ...show, manner: { ...plainManner, text: 'large' } });

let browser: Browser;
let gallery: Gallery;
let kiosk: KioskPage;
beforeAll(async () => {
  mkdirSync('test/shots', { recursive: true });
  browser = await openBrowser();
});
afterAll(() => browser?.close());
beforeEach(async () => {
  gallery = await openGallery();
});
afterEach(async () => {
  await kiosk?.page.close();
  await gallery.close();
});

const button = (name: string | RegExp) => kiosk.page.getByRole('button', { name, exact: true }).first();
const tapAll = async (keys: Iterable<string>) => {
  for (const key of keys) await button(key).tap();
};
const row = () => kiosk.page.locator('k-candidates [aria-busy="false"]');
const candidate = (text: string) => row().getByRole('button', { name: text, exact: true }).first();
const heard = () => gallery.touches.map(({ touch }) => touch).filter(({ kind }) => kind !== 'stay');
const field = () => kiosk.page.getByRole('textbox');

async function openOwnWords(viewport: (typeof sizes)[keyof typeof sizes] = sizes.portrait): Promise<void> {
  kiosk = await openKioskPage(browser, gallery, viewport);
  await kiosk.show(named('report-problem'));
  await button('用自己的话说').tap();
  await field().waitFor();
}

describe('the keyboard', () => {
  it.each([
    ['portrait', sizes.portrait],
    ['landscape', sizes.landscape],
  ])('F5 writes 卫生间天花渗水 by 26 letters and one choice: %s', async (size, viewport) => {
    await openOwnWords(viewport);
    await tapAll('weishengjiantianhuashenshui');
    await candidate('卫生间天花渗水').waitFor();
    await kiosk.page.screenshot({ path: `test/shots/ime-sentence-zh-${size}.png` });
    expect((await kiosk.audit()).problems).toEqual([]);
    expect(await kiosk.axe()).toEqual([]);
    await candidate('卫生间天花渗水').tap();
    await button('填好了').tap();
    await vi.waitFor(() => expect(heard()).toEqual([{ kind: 'describe', text: '卫生间天花渗水' }]));
    expect(kiosk.errors).toEqual([]);
  });

  it('writes by nine keys, and what the site alone knows', async () => {
    await openOwnWords();
    await button('九键').tap();
    for (const key of ['3 DEF', '4 GHI', '2 ABC', '6 MNO', '8 TUV', '4 GHI']) await button(key).tap();
    await candidate('电梯').waitFor();
    await kiosk.page.screenshot({ path: 'test/shots/ime-nine-zh-portrait.png' });
    expect((await kiosk.audit()).problems).toEqual([]);
    await candidate('电梯').tap();
    await button('拼音').tap();
    await tapAll('xinqiaohuajing');
    await candidate('新桥花径').tap();
    expect(await field().inputValue()).toBe('电梯新桥花径');
  });

  it('U13 a trembling finger is one key; delete alone goes on while it is held', async () => {
    await openOwnWords();
    await button('ABC').tap();
    await button('w').evaluate((key: { dispatchEvent(event: unknown): void }) => {
      const Pointer = Reflect.get(globalThis, 'PointerEvent');
      for (let i = 0; i < 3; i += 1) key.dispatchEvent(new Pointer('pointerdown', { button: 0 }));
    });
    expect(await field().inputValue()).toBe('w');
    await tapAll('xyz');
    const place = await button('删除').boundingBox();
    if (!place) throw new Error('there is no key that deletes');
    await kiosk.page.mouse.move(place.x + 20, place.y + 20);
    await kiosk.page.mouse.down();
    await vi.waitFor(async () => expect(await field().inputValue()).toBe(''), 5_000);
    await kiosk.page.mouse.up();
  });

  it('deletes letters before characters, and settles what waits when another layout is opened', async () => {
    await openOwnWords();
    await tapAll('loushuix');
    await button('删除').tap();
    await candidate('漏水').waitFor();
    await button('123').tap();
    await tapAll('301');
    await button('符号').tap();
    await button('，').tap();
    expect(await field().inputValue()).toBe('漏水301，');
    await button('删除').tap();
    expect(await field().inputValue()).toBe('漏水301');
  });

  it('sends what was typed and not yet chosen as what stands first', async () => {
    await openOwnWords();
    await tapAll('loushui');
    await button('填好了').tap();
    await vi.waitFor(() => expect(heard()).toEqual([{ kind: 'describe', text: '漏水' }]));
  });

  it('takes what stands first for the letters when a digit comes faster than the engine', async () => {
    await openOwnWords();
    await tapAll('dianti');
    await kiosk.page.locator('k-keyboard').evaluate((keyboard: { renderRoot: Queried }) => {
      const press = (name: string) => {
        const keys = [...keyboard.renderRoot.querySelectorAll('button')];
        const Pointer = Reflect.get(globalThis, 'PointerEvent');
        keys
          .find(({ textContent }) => textContent.trim() === name)
          ?.dispatchEvent(new Pointer('pointerdown', { button: 0 }));
      };
      press('m');
      press('e');
      press('n');
      press('。');
    });
    await vi.waitFor(async () => expect(await field().inputValue()).toBe('电梯门。'));
  });

  it('U26 keeps what waits when the language changes', async () => {
    await openOwnWords();
    await tapAll('loushui');
    await candidate('漏水').waitFor();
    const inEnglish = showsIn('en')['report-problem'];
    if (!inEnglish) throw new Error('the gallery has no such show');
    await kiosk.show(inEnglish);
    await vi.waitFor(async () => expect(await field().inputValue()).toBe('漏水'));
  });

  it('U26 writes traditional script where the page does', async () => {
    kiosk = await openKioskPage(browser, gallery, sizes.portrait);
    const inHant = showsIn('zh-Hant')['report-problem'];
    if (!inHant) throw new Error('the gallery has no such show');
    await kiosk.show(inHant);
    await button('用自己的話說').tap();
    await field().waitFor();
    await tapAll('weishengjianloushui');
    await candidate('衛生間漏水').tap();
    await kiosk.page.screenshot({ path: 'test/shots/ime-sentence-zh-Hant-portrait.png' });
    expect((await kiosk.audit()).problems).toEqual([]);
    expect(await field().inputValue()).toBe('衛生間漏水');
  });

  it.each([
    ['portrait', sizes.portrait],
    ['landscape', sizes.landscape],
  ])(
    'U06 in large text the field, the candidates and every key are in sight at once: %s',
    async (size, viewport) => {
      kiosk = await openKioskPage(browser, gallery, viewport);
      await kiosk.show(large(named('report-problem')));
      await button('用自己的话说').tap();
      await tapAll('dianti');
      await candidate('电梯').waitFor();
      await kiosk.page.screenshot({ path: `test/shots/ime-large-zh-${size}.png` });
      expect((await kiosk.audit()).problems).toEqual([]);
      for (const part of [field(), candidate('电梯'), button('q'), button('，')]) {
        const box = await part.boundingBox();
        expect(box?.y).toBeGreaterThan(0);
        expect((box?.y ?? 0) + (box?.height ?? 0)).toBeLessThan(viewport.height);
        await part.tap({ trial: true });
      }
      expect(await kiosk.axe()).toEqual([]);
    },
  );

  it('U01 on a panel as small as a book the field, the way on, the candidates and every key are in sight at once', async () => {
    const viewport = sizes.landscape;
    kiosk = await openKioskPage(browser, gallery, viewport);
    const display = { widthMm: 217, bottomMm: 800 };
    await kiosk.show({ ...named('attract'), display });
    await kiosk.page.locator('page-scroller:defined').waitFor();
    await kiosk.show({ ...named('join-details'), display });
    await tapAll('zengwei');
    await candidate('曾伟').waitFor();
    for (const part of [button(/^姓名/), button('下一步'), candidate('曾伟'), button('q'), button('·')]) {
      await part.tap({ trial: true });
      const box = await part.boundingBox();
      expect(box?.y).toBeGreaterThan(0);
      expect((box?.y ?? 0) + (box?.height ?? 0)).toBeLessThan(viewport.height);
    }
    expect((await kiosk.audit()).problems).toEqual([]);
  });

  it('writes an English name with its signs and large letters', async () => {
    kiosk = await openKioskPage(browser, gallery, sizes.portrait);
    const details = showsIn('en')['join-details'];
    if (!details) throw new Error('the gallery has no such show');
    await kiosk.show(details);
    for (const key of ['m', 'a', 'r', 'y', 'Space', 'o', "'", 'b', '-', 's'])
      await button(new RegExp(`^${key}$`, 'i')).tap();
    await button('Next').tap();
    await vi.waitFor(() => expect(heard()).toMatchObject([{ kind: 'join-details', name: "Mary O'B-S" }]));
  });

  it('shows all candidates in place of the keys, with buttons to move', async () => {
    await openOwnWords();
    await tapAll('yi');
    await candidate('更多').tap();
    await kiosk.page.screenshot({ path: 'test/shots/ime-all-zh-portrait.png' });
    expect((await kiosk.audit()).problems).toEqual([]);
    expect(await kiosk.axe()).toEqual([]);
    await button('懿').tap();
    expect(await field().inputValue()).toBe('懿');
  });

  it('U20 nothing that waited is left when the session ends', async () => {
    await openOwnWords();
    await tapAll('zhangjiang');
    await kiosk.show(named('attract'));
    await kiosk.show(named('report-problem'));
    expect((await kiosk.audit()).text).not.toMatch(/zhangjiang|张江/);
    expect(heard()).toEqual([]);
  });

  it.each([
    ['portrait', sizes.portrait],
    ['landscape', sizes.landscape],
  ])('a name is told with its sound, birthday and number by digits: %s', async (size, viewport) => {
    kiosk = await openKioskPage(browser, gallery, viewport);
    await kiosk.show(named('join-details'));
    await tapAll('zengwei');
    await candidate('曾伟').waitFor();
    await kiosk.page.screenshot({ path: `test/shots/ime-name-zh-${size}.png` });
    expect((await kiosk.audit()).problems).toEqual([]);
    // another field is opened before the characters are chosen
    await kiosk.page.getByRole('button', { name: /生日/ }).first().tap();
    await tapAll('19560412');
    await button('下一步').tap();
    await vi.waitFor(() =>
      expect(heard()).toEqual([
        { kind: 'join-details', name: '曾伟', sound: 'zengwei', birthday: '1956-04-12', idNumber: null },
      ]),
    );
  });
});
