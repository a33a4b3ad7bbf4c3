// D22: a project opens before its network does: one file of headquarters' brings its terminal up.
import { mkdirSync, readFileSync, rmSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { fileLeak, openConsole } from './owner-hands.ts';
import { eventually, openProduct, type Product } from './product.ts';

let product: Product;
let bundles: string;
beforeAll(async () => {
  product = await openProduct();
  bundles = join(product.terminalData, 'bundles');
}, 120_000);
afterAll(() => product?.close());

/** The terminal as it was delivered: its config and keys, and nothing else. */
async function startBlank(): Promise<void> {
  const { lab, page, terminalData, see } = product;
  await lab('network/cut');
  await lab('terminal/kill');
  rmSync(join(terminalData, 'data'), { recursive: true });
  mkdirSync(bundles);
  await lab('terminal/start');
  await page.goto(readFileSync(join(terminalData, 'data', 'run', 'screen-address'), 'utf8').trim());
  await see('轻触屏幕，开始使用');
  await product.tap('轻触屏幕，开始使用');
  expect(await page.getByText('四季花城').count()).toBe(0);
}

it('D22 a bundle from the console brings a blank terminal up without a network; with it nothing is doubled', async () => {
  const { tap, see, lab } = product;
  await startBlank();
  const desk = await openConsole(product, '终端');
  await desk.getByLabel('项目').selectOption({ label: '四季花城' });
  const coming = desk.waitForEvent('download');
  await desk.getByRole('button', { name: '生成并下载' }).click();
  await (await coming).saveAs(join(bundles, 'stick.yingbin-site'));
  await desk.getByText(/^已生成/).waitFor();
  await desk.close();

  await tap(/^看房/);
  await see('四季花城');
  await fileLeak(product);
  expect((await product.headquarters<{ requests: unknown[] }>('requests')).requests).toEqual([]);

  await lab('network/restore');
  await eventually(async () => {
    expect(await product.facts('request-filed')).toHaveLength(1);
    const { requests } = await product.headquarters<{ requests: unknown[] }>('requests');
    expect(requests).toHaveLength(1);
  });
  await product.swipe('li-xiaoming');
  await see('已签到');
  await eventually(async () => expect(await product.facts('check-in-recorded')).toHaveLength(1));
  const said = readFileSync(join(dirname(product.terminalData), 'terminal.log'), 'utf8');
  expect(said.match(/site bundle taken in/g)).toHaveLength(1);
  expect(said).not.toMatch(/sync-(bundle|dataset|frame)-/);
  // while the terminal was gone, the page looked for it; the one that came knew nothing of the page's token
  const expected = /net::ERR_CONNECTION|'ws:.*response code: 403/;
  expect(product.errors.filter((error) => !expected.test(error))).toEqual([]);
}, 90_000);
