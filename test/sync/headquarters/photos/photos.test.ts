// Pictures from a telephone to a request, through the real door, in a real browser; and everything that is turned away.
import { randomBytes } from 'node:crypto';
import { mkdtempSync, readdirSync, readFileSync, rmSync, statSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Browser } from 'playwright-core';
import { PNG } from 'pngjs';
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it, vi } from 'vitest';
import { Photos } from '../../../../sync/headquarters/photos/photos.ts';
import { openBrowser } from '../../../ui/kiosk-page.ts';
import { openTerminalEnd, type Running, runHeadquarters, type TerminalEnd } from '../running.ts';
import { storeKinds } from '../store-kinds.ts';
import { batchOf, fact, filing, makeWorld, send } from '../world.ts';

const number = 'H01-000001';
const key = randomBytes(32).toString('base64url');
const photos = {
  listen: { host: '127.0.0.1', port: 0 },
  publicUrl: 'https://photo.example',
  perRequest: 3,
  maxBytes: 40_000,
};

function picture(): Buffer {
  const image = new PNG({ width: 40, height: 30 });
  image.data.fill(120);
  const plain = PNG.sync.write(image);
  return Buffer.concat([plain, Buffer.from('CANARY behind the end')]);
}

let browser: Browser;
let hq: Running;
let end: TerminalEnd;
beforeAll(async () => {
  browser = await openBrowser();
});
afterAll(() => browser?.close());
beforeEach(async () => {
  hq = await runHeadquarters({ photos });
  end = await openTerminalEnd(hq.mqttUrl);
});
afterEach(async () => {
  await end.close();
  await hq.remove();
});

interface Filed {
  readonly id: string;
  readonly number: string;
}

async function file(): Promise<Filed> {
  const one = filing('m1');
  const filed = { ...one, body: { ...one.body, number, photoKey: key } };
  await end.say('facts', batchOf([{ ...fact(1, filed), at: new Date().toISOString() }]));
  return await vi.waitFor(async () => {
    const { json } = await hq.call('/api/requests');
    const found = (json['requests'] as Filed[]).find((each) => each.number === number);
    if (!found) throw new Error('it has not arrived');
    return found;
  });
}

const knock = async (path: string, body?: Buffer, asked = key) => {
  const response = await fetch(`${hq.photosUrl}/p/${number}/${path}`, {
    headers: { 'x-photo-key': asked },
    ...(body ? { method: 'POST', body: new Uint8Array(body) } : {}),
  });
  return (await response.json()) as { readonly kind: string; readonly taken?: number };
};
const taken = async (request: string) =>
  (await hq.call(`/api/photos?request=${request}`)).json['photos'] as { id: string }[];

describe('a telephone', () => {
  it('photo: is told to wait until the request is here, sends pictures, and sees them arrive', async () => {
    const page = await browser.newPage({ viewport: { width: 390, height: 844 }, locale: 'zh-CN' });
    const complaints: string[] = [];
    const asked: string[] = [];
    page.on('console', (message) => message.type() === 'error' && complaints.push(message.text()));
    page.on('pageerror', (error) => complaints.push(error.message));
    page.on('request', (request) => asked.push(request.url()));
    await page.goto(`${hq.photosUrl}/p/${number}#${key}`);
    await page.getByText('总部还没有收到这条诉求').waitFor();
    const { id } = await file();
    await page.getByRole('button', { name: '再试一次' }).click();
    await page.getByText('可以添加照片，最多 3 张').waitFor();
    const input = page.locator('input[type=file]');
    await input.setInputFiles([
      { name: 'wall.png', mimeType: 'image/png', buffer: picture() },
      { name: 'evil.png', mimeType: 'image/png', buffer: Buffer.from('<script>alert(1)</script>') },
    ]);
    await page.getByText('只收 JPEG 或 PNG 照片').waitFor();
    await page.getByText('✓ wall.png').waitFor();
    // as a camera makes it
    const data = await page.evaluate<string>(`(() => {
      const canvas = document.createElement('canvas');
      canvas.width = 64; canvas.height = 48;
      canvas.getContext('2d').fillRect(0, 0, 32, 48);
      return canvas.toDataURL('image/jpeg').split(',')[1];
    })()`);
    await input.setInputFiles([
      { name: 'pipe.jpg', mimeType: 'image/jpeg', buffer: Buffer.from(data, 'base64') },
    ]);
    await page.getByText('已收到 2 张，谢谢').waitFor();
    await page.screenshot({ path: new URL('../../../shots/photo-page.png', import.meta.url).pathname });
    expect(complaints).toEqual([]);
    expect(asked.some((url) => new URL(url).pathname.includes(key) || url.includes(`?${key}`))).toBe(false);

    const found = await taken(id);
    expect(found).toMatchObject([{ type: 'image/png' }, { type: 'image/jpeg' }]);
    const { json } = await hq.call(`/api/photos/${found[1]?.id}`);
    expect(Buffer.from(String(json['data']), 'base64').subarray(0, 3)).toEqual(
      Buffer.from([0xff, 0xd8, 0xff]),
    );
    const folder = join(hq.folder, 'data', 'photos', id);
    for (const name of readdirSync(folder)) {
      expect(statSync(join(folder, name)).mode & 0o777).toBe(0o600);
      expect(readFileSync(join(folder, name)).includes('CANARY')).toBe(false);
    }
    expect(JSON.stringify(hq.lines)).not.toContain(key);
    await page.close();
  });

  it('photo: gets nothing in with a wrong key, a picture too large, or more than are taken', async () => {
    const { id } = await file();
    expect(await knock('state', undefined, 'x'.repeat(43))).toEqual({ kind: 'not-here' });
    expect(await knock('state', undefined, 'short')).toEqual({ kind: 'not-here' });
    expect(await knock('photos', picture(), 'x'.repeat(43))).toEqual({ kind: 'not-here' });
    expect(await knock('state')).toEqual({ kind: 'open', taken: 0, most: 3 });
    expect(await knock('photos', Buffer.alloc(50_000))).toEqual({ kind: 'too-large' });
    expect(await knock('photos', picture().subarray(0, 40))).toEqual({ kind: 'damaged' });
    const outcomes = await Promise.all([1, 2, 3, 4].map(() => knock('photos', picture())));
    expect(outcomes.map(({ kind }) => kind).sort()).toEqual(['added', 'added', 'added', 'full']);
    expect(await taken(id)).toHaveLength(3);
    expect(readdirSync(join(hq.folder, 'data', 'photos', id))).toHaveLength(3);
    expect((await hq.call(`/api/photos/${id}`)).status).toBe(404);
  });

  it('photo: is looked at and deleted with a reason, by whoever is then on record', async () => {
    const { id } = await file();
    for (let n = 0; n < 3; n += 1) await knock('photos', picture());
    expect(await knock('state')).toEqual({ kind: 'full' });
    const [first, second] = await taken(id);
    expect((await hq.call(`/api/photos/${first?.id}`)).status).toBe(200);
    expect((await hq.call(`/api/photos/${first?.id}/delete`, { reason: 'I like it' })).status).toBe(400);
    const { json } = await hq.call(`/api/photos/${first?.id}/delete`, { reason: 'private' });
    expect(json['photos']).toHaveLength(2);
    expect((await hq.call(`/api/photos/${first?.id}/delete`, { reason: 'private' })).status).toBe(404);
    const folder = join(hq.folder, 'data', 'photos', id);
    expect(readdirSync(folder)).toHaveLength(2);
    // one more may come in its place
    expect(await knock('state')).toEqual({ kind: 'open', taken: 2, most: 3 });
    // a folder that was not restored is no fault of the server
    rmSync(folder, { recursive: true });
    expect((await hq.call(`/api/photos/${second?.id}`)).status).toBe(404);
    const lines = (await hq.call(`/api/audit?about=${id}`)).json['lines'] as {
      what: string;
      detail: object;
    }[];
    expect(lines.filter(({ what }) => what.startsWith('photo-'))).toMatchObject([
      { what: 'photo-deleted', detail: { photo: first?.id, reason: 'private' } },
      { what: 'photo-viewed', detail: { photo: first?.id } },
    ]);
  });

  it('photo: is seen by the ports that work on the request, and by no other', async () => {
    const { id } = await file();
    await knock('photos', picture());
    const [photo] = await taken(id);
    const seenBy = async (port: string) => {
      const one = { account: port, name: port, roles: ['port'], ports: [port], password: 'long-enough-1' };
      await hq.call('/api/accounts', one);
      const answer = await fetch(`${hq.httpUrl}/api/sign-in`, {
        method: 'POST',
        body: JSON.stringify({ account: port, password: one.password }),
      });
      const headers = { cookie: (answer.headers.get('set-cookie') ?? '').split(';')[0] ?? '' };
      const list = await fetch(`${hq.httpUrl}/api/photos?request=${id}`, { headers });
      const { photos: found } = (await list.json()) as { photos: unknown[] };
      const picture = await fetch(`${hq.httpUrl}/api/photos/${photo?.id}`, { headers });
      return [found.length, picture.status];
    };
    const { json } = await hq.call(`/api/service/requests/${id}`);
    const [task] = json['tasks'] as { port: string }[];
    expect(await seenBy(task?.port ?? '')).toEqual([1, 200]);
    expect(await seenBy('sales')).toEqual([0, 404]);
  });

  it('photo: reads its page on 360 px, many pictures at once, each with what became of it', async () => {
    await file();
    const page = await browser.newPage({ viewport: { width: 360, height: 740 }, locale: 'en-GB' });
    await page.goto(`${hq.photosUrl}/p/${number}#${key}`);
    await page.getByText('You may add up to 3 photos').waitFor();
    const wide = (): Promise<boolean> =>
      page.evaluate('document.documentElement.scrollWidth > document.documentElement.clientWidth');
    expect(await wide()).toBe(false);
    // larger than the door takes: made smaller on the telephone
    const noisy = new PNG({ width: 900, height: 700 });
    for (let at = 0; at < noisy.data.length; at += 1) noisy.data[at] = (at * 7_919 + (at >> 3)) % 251;
    const large = PNG.sync.write(noisy);
    const one = (name: string, buffer: Buffer, mimeType = 'image/png') => ({ name, mimeType, buffer });
    await page
      .locator('input[type=file]')
      .setInputFiles([
        one('wall.png', picture()),
        one('drawing.svg', Buffer.from('<svg xmlns="http://www.w3.org/2000/svg"/>'), 'image/svg+xml'),
        one(`${'a very long name '.repeat(6)}.png`, picture()),
        one('noise.png', large),
        one('late.png', picture()),
      ]);
    await page.getByText('✗ drawing.svg · 只收 JPEG').waitFor();
    await page.getByText('Received: ').or(page.getByText('We have all the photos')).first().waitFor();
    expect(await wide()).toBe(false);
    await page.screenshot({ path: new URL('../../../shots/photo-page-360.png', import.meta.url).pathname });
    await page.close();
  });

  it('photo: finds a door with a strict policy that tells nothing but what was asked, and slows down', async () => {
    const page = await fetch(`${hq.photosUrl}/p/${number}`);
    expect(page.headers.get('content-security-policy')).toMatch(/^default-src 'none'; script-src 'self'/);
    expect((await fetch(`${hq.photosUrl}/api/library`)).status).toBe(404);
    expect((await fetch(`${hq.photosUrl}/`)).status).toBe(404);
    const answers = await Promise.all(Array.from({ length: 130 }, () => knock('state')));
    expect(answers.filter(({ kind }) => kind === 'too-fast').length).toBeGreaterThan(0);
  });
});

describe.each(storeKinds)('a link on %s', (kind) => {
  it('photo: dies after its days and when the request is closed, and lives again when it is reopened', async () => {
    const world = await makeWorld(undefined, kind);
    const one = filing('m1');
    await send(world, [fact(1, { ...one, body: { ...one.body, number, photoKey: key } })]);
    let now = new Date('2025-11-22T07:00:00.000Z');
    const folder = mkdtempSync(join(tmpdir(), 'yingbin-photos-'));
    const link = new Photos({ ...world, now: () => now, folder, limits: { days: 30, perRequest: 2 } });
    expect(await link.add(number, key, picture())).toEqual({ kind: 'added', taken: 1, most: 2 });
    const rows = await world.store.db
      .selectFrom('dataset_row')
      .select('body')
      .where('dataset', '=', 'requests')
      .execute();
    expect(JSON.parse(rows[0]?.body ?? '{}')).toMatchObject({ photos: 1 });
    const setState = (state: string) => world.store.db.updateTable('request').set({ state }).execute();
    await setState('done');
    expect(await link.look(number, key)).toEqual({ kind: 'closed' });
    expect(await link.add(number, key, picture())).toEqual({ kind: 'closed' });
    await setState('in-progress');
    expect(await link.look(number, key)).toMatchObject({ kind: 'open', taken: 1 });
    now = new Date('2025-12-22T07:00:00.000Z');
    expect(await link.look(number, key)).toEqual({ kind: 'expired' });
    rmSync(folder, { recursive: true });
    await world.remove();
  });
});
