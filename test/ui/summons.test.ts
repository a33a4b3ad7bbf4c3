// What headquarters lays over the screen: the terminal's name, the wish for a card, and the cover before a picture (S43).
import type { Browser } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { Show } from '../../kiosk/screen.ts';
import { type Gallery, openGallery } from './gallery-server.ts';
import { type KioskPage, openBrowser, openKioskPage, sizes } from './kiosk-page.ts';
import { showsIn } from './shows.ts';

let browser: Browser;
let gallery: Gallery;
let kiosk: KioskPage;
beforeAll(async () => {
  browser = await openBrowser();
  gallery = await openGallery();
  kiosk = await openKioskPage(browser, gallery, sizes.portrait);
}, 120_000);
afterAll(async () => {
  await browser?.close();
  await gallery?.close();
});

/** A picture of the screen once nothing moves. */
async function look(): Promise<Buffer> {
  let taken = await kiosk.page.screenshot();
  for (let turn = 0; turn < 20; turn += 1) {
    const again = await kiosk.page.screenshot();
    if (again.equals(taken)) break;
    taken = again;
  }
  return taken;
}
const named = (name: string): Show => {
  const show = showsIn('zh')[name];
  if (!show) throw new Error(`the gallery has no show ${name}`);
  return show;
};
const identify = { kind: 'identify', terminal: 'jinshang-hall-01', code: 'H01', site: '锦上花园' } as const;

describe('over the screen', () => {
  it('the name stands in large letters over whatever is shown, without a fault of accessibility', async () => {
    await kiosk.show({ ...named('attract'), revision: 900_001, summons: identify });
    await kiosk.page.getByText('jinshang-hall-01').waitFor();
    expect(await kiosk.axe()).toEqual([]);
    await kiosk.show({ ...named('attract'), revision: 900_002, summons: { kind: 'try-card' } });
    await kiosk.page.getByText('请刷一张卡').waitFor();
    expect(await kiosk.axe()).toEqual([]);
    await kiosk.show({ ...named('attract'), revision: 900_003 });
    expect(await kiosk.page.getByText('请刷一张卡').count()).toBe(0);
    expect(kiosk.errors).toEqual([]);
  });

  it('S43 under the cover two persons look the same, to the pixel; without it they do not', async () => {
    const points = named('points');
    const of = (person: string, no: number | null, revision: number): Show => {
      const text = JSON.stringify(points.screen).replaceAll(/"name":"[^"]*"/g, `"name":"${person}"`);
      const screen = JSON.parse(text) as Show['screen'];
      return { ...points, revision, screen, cover: no === null ? null : { no, isPersonal: true } };
    };
    const pictures: Buffer[] = [];
    for (const [at, person] of ['张**', '李**'].entries()) {
      await kiosk.show(of(person, at + 1, 900_010 + at));
      pictures.push(await look());
    }
    expect(pictures[0]?.equals(pictures[1] ?? Buffer.alloc(0))).toBe(true);
    const plain: Buffer[] = [];
    for (const [at, person] of ['张**', '李**'].entries()) {
      await kiosk.show(of(person, null, 900_020 + at));
      plain.push(await look());
    }
    expect(plain[0]?.equals(plain[1] ?? Buffer.alloc(0))).toBe(false);
  });
});
