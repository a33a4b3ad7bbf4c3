// D23: one classification from the console's editor to the owner's taps and back, with edition, project and full code; pictures by telephone.
import { afterAll, beforeAll, expect, it } from 'vitest';
import { eventually, openProduct, type Product } from './product.ts';

let product: Product;
beforeAll(async () => {
  product = await openProduct();
}, 120_000);
afterAll(() => product?.close());

const example = '四季花城米兰苑301-卫生间-天花-渗漏-下水管周围渗漏';

it('D23 a phrase is added on the console, published as the next edition, tapped by the owner, and filed with full code', async () => {
  const { demo, page, tap, see, card, enterPin } = product;
  const desk = await page
    .context()
    .browser()
    ?.newPage({ viewport: { width: 1280, height: 800 }, locale: 'zh-CN' });
  if (!desk) throw new Error('there is no browser');
  await desk.goto(`${demo.headquarters}/#token=${demo.token}`);
  await desk.getByText('问题分类库').first().click();
  await desk.getByText('第 1 版').waitFor();
  await desk.getByRole('button', { name: '天花', exact: true }).click();
  const form = desk.locator('form[data-problem="ceiling-leak"]');
  await form.getByLabel('中文').fill('浴霸旁渗漏');
  await form.getByLabel('英文').fill('Leak beside the heater lamp');
  await form.getByRole('button', { name: '添加描述' }).click();
  await desk.getByText('1 处修改尚未发布').waitFor();
  await desk.screenshot({ path: new URL('../shots/console-library.png', import.meta.url).pathname });
  await desk.getByLabel('这一版改了什么').fill('增加一条描述');
  await desk.getByRole('button', { name: '发布新版本' }).click();
  await desk.getByText('第 2 版', { exact: true }).waitFor();

  const { name, pin } = card('wang-fang');
  await tap('轻触屏幕，开始使用');
  await tap(/^报修/);
  await product.swipeForPin(name);
  await enterPin(pin ?? '');
  for (const choice of ['四季花城米兰苑301', '卫生间', '天花', '渗漏']) {
    const button = page.getByRole('button', { name: choice, exact: true });
    await button.click({ timeout: 3_000 }).catch((error: unknown) => {
      // a member with one home is not asked which
      if (choice !== '四季花城米兰苑301') throw error;
    });
  }
  await see('浴霸旁渗漏');
  await tap('下水管周围渗漏');
  await see(example);
  await see(/保修/);
  await tap('提交报修');
  await see('已受理，请记住编号');
  await see('扫码加照片');
  await eventually(async () => {
    const [filed] = await product.facts('request-filed');
    expect(filed?.body).toMatchObject({
      request: 'repair',
      libraryVersion: 2,
      project: 'siji',
      tasks: [
        {
          place: 'bathroom',
          element: 'ceiling',
          problem: 'ceiling-leak',
          phrase: 'ceiling-leak-1',
          port: 'engineering',
          label: { zh: example },
        },
      ],
    });
  });
  await desk.close();
});

it('photo: the code on the screen lets a telephone add a picture, which the desk and the owner know of', async () => {
  const { page, demo } = product;
  const link = String(
    await page.evaluate(`(() => {
      const find = (root) => [...root.querySelectorAll('*')].reduce(
        (found, el) => found ?? (el.localName === 'k-qr' ? el.text : el.shadowRoot ? find(el.shadowRoot) : undefined), undefined);
      return find(document);
    })()`),
  );
  expect(link).toMatch(/^http:\/\/127\.0\.0\.1:\d+\/p\/H01-\d{6}#[A-Za-z0-9_-]{43}$/);
  const phone = await page
    .context()
    .browser()
    ?.newPage({ viewport: { width: 390, height: 844 } });
  if (!phone) throw new Error('there is no browser');
  await phone.goto(link);
  await phone.getByText('可以添加照片').waitFor();
  const shot = await phone.screenshot({ type: 'jpeg' });
  await phone
    .locator('input[type=file]')
    .setInputFiles([{ name: 'a.jpg', mimeType: 'image/jpeg', buffer: shot }]);
  await phone.getByText('已收到 1 张').waitFor();
  await phone.close();
  const [filed] = await product.facts('request-filed');
  const { photos } = await product.headquarters<{ photos: unknown[] }>(`photos?request=${filed?.id}`);
  expect(photos).toMatchObject([{ type: 'image/jpeg' }]);
  const desk = await page
    .context()
    .browser()
    ?.newPage({ viewport: { width: 1280, height: 900 }, locale: 'zh-CN' });
  if (!desk) throw new Error('there is no browser');
  await desk.goto(`${demo.headquarters}/#token=${demo.token}`);
  await desk.goto(`${demo.headquarters}/#/requests/${filed?.id}`);
  await desk.getByRole('button', { name: '查看照片' }).click();
  await desk.getByRole('button', { name: /第 1 张，共 1 张/ }).click();
  await desk.getByRole('img', { name: '第 1 张，共 1 张' }).waitFor();
  await desk.screenshot({ path: new URL('../shots/console-photo.png', import.meta.url).pathname });
  await desk.getByLabel('删除原因').selectOption('看不清');
  await desk.getByRole('button', { name: '删除照片' }).click();
  await desk.getByText('照片已删除，已记录在案。').waitFor();
  await desk.getByRole('button', { name: '查看照片' }).waitFor({ state: 'detached' });
  const { lines } = await product.headquarters<{ lines: { what: string }[] }>(`audit?about=${filed?.id}`);
  expect(lines.map(({ what }) => what).filter((what) => what.startsWith('photo-'))).toEqual([
    'photo-deleted',
    'photo-viewed',
  ]);
  await desk.close();
  expect(demo.token.length).toBeGreaterThan(10);
  await product.tap('结束并清除');
});

it('D12 D6 a visitor without a card complains privately, and another is called back in the evening', async () => {
  const { tap, see, page } = product;
  await tap('轻触屏幕，开始使用');
  await tap(/投诉咨询/);
  await tap(/^投诉/);
  await tap('没有卡，直接办理');
  await tap('物业服务');
  await tap('不留号码');
  await see('不公开');
  await tap('提交');
  await see('投诉 · 物业服务');
  await tap('首页');
  await tap(/投诉咨询/);
  await tap(/请给我回电/);
  await tap('没有卡，直接办理');
  await tap(/^晚上/);
  for (const digit of '13812345678') await page.getByRole('button', { name: digit, exact: true }).click();
  await tap('同意并继续');
  await see('138****5678');
  await tap('提交');
  await see('已受理，请记住编号');
  await eventually(async () => {
    const filed = (await product.facts('request-filed')).slice(1).map(({ body }) => body);
    expect(filed).toMatchObject([
      { request: 'complaint', member: null, topic: 'c-property', mayPublish: false, text: '物业服务' },
      { request: 'enquiry', member: null, callBack: { phone: '13812345678', when: 'evening' } },
    ]);
  });
  expect(product.errors).toEqual([]);
});
