// Nobody leaves the page by what a browser offers: menus, selections, drops, zoom, print, new windows, its own keys.
import type { Browser } from 'playwright-core';
import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest';
import { type Gallery, openGallery } from './gallery-server.ts';
import { type KioskPage, openBrowser, openKioskPage, sizes } from './kiosk-page.ts';
import { showsIn } from './shows.ts';

interface Taken {
  readonly isPrevented: boolean;
}

let browser: Browser;
let gallery: Gallery;
let kiosk: KioskPage;
beforeAll(async () => {
  browser = await openBrowser();
  gallery = await openGallery();
  kiosk = await openKioskPage(browser, gallery, sizes.portrait);
  const attract = showsIn('zh')['attract'];
  if (attract) await kiosk.show(attract);
});
afterEach(() => {
  expect(kiosk.errors).toEqual([]);
  expect(kiosk.page.context().pages()).toEqual([kiosk.page]);
  expect(kiosk.page.url()).toBe(gallery.url);
});
afterAll(async () => {
  await browser?.close();
  await gallery?.close();
});

/** Whether the page took this event away from the browser. */
function offer(make: string): Promise<Taken> {
  return kiosk.page.evaluate(`(() => {
    const event = ${make};
    document.querySelector('kiosk-app').dispatchEvent(event);
    return { isPrevented: event.defaultPrevented };
  })()`);
}
const init = 'bubbles: true, composed: true, cancelable: true';

describe('U39', () => {
  it.each(['contextmenu', 'dragstart', 'dragover', 'drop', 'selectstart'])(
    '%s is taken away',
    async (kind) => {
      expect(await offer(`new Event('${kind}', { ${init} })`)).toEqual({ isPrevented: true });
    },
  );

  it.each([
    ['print', 'p', 'ctrlKey: true'],
    ['save', 's', 'ctrlKey: true'],
    ['find', 'f', 'ctrlKey: true'],
    ['a new window', 'n', 'ctrlKey: true'],
    ['back', 'ArrowLeft', 'altKey: true'],
    ['reload', 'F5', ''],
    ['the tools of developers', 'F12', ''],
    ['zoom', '+', 'ctrlKey: true'],
  ])('S31 the key for %s does nothing', async (_, key, modifier) => {
    const made = `new KeyboardEvent('keydown', { key: '${key}', ${modifier || 'shiftKey: false'}, ${init} })`;
    expect(await offer(made)).toEqual({ isPrevented: true });
  });

  it('letters, Tab and Enter stay a person’s', async () => {
    for (const key of ['a', '7', 'Tab', 'Enter', 'Backspace'])
      expect(await offer(`new KeyboardEvent('keydown', { key: '${key}', ${init} })`)).toEqual({
        isPrevented: false,
      });
  });

  it('S34 two fingers zoom nothing, and a long press selects nothing', async () => {
    const { page } = kiosk;
    const session = await page.context().newCDPSession(page);
    await session.send('Input.synthesizePinchGesture', { x: 540, y: 900, scaleFactor: 2 });
    expect(await page.evaluate('visualViewport.scale')).toBe(1);
    await page.mouse.move(300, 300);
    await page.mouse.down();
    await page.mouse.move(800, 900, { steps: 4 });
    await page.mouse.up();
    expect(await page.evaluate('getSelection().toString()')).toBe('');
  });

  it('a file that is dropped is not opened', async () => {
    const { page } = kiosk;
    const session = await page.context().newCDPSession(page);
    const data = {
      items: [{ mimeType: 'text/uri-list', data: 'file:///etc/hostname' }],
      dragOperationsMask: 1,
    };
    for (const type of ['dragEnter', 'dragOver', 'drop'] as const)
      await session.send('Input.dispatchDragEvent', { type, x: 540, y: 900, data });
    await page.locator('attract-screen').waitFor();
  });

  it('there is no link and no form that leads away', async () => {
    const { page } = kiosk;
    const ways = await page.evaluate(`(() => {
        const found = [];
        const walk = (root) => {
          for (const element of root.querySelectorAll('*')) {
            if (element.matches('a[href], form, iframe, object, embed')) found.push(element.localName);
            if (element.shadowRoot) walk(element.shadowRoot);
          }
        };
        walk(document);
        return found;
      })()`);
    expect(ways).toEqual([]);
  });
});
