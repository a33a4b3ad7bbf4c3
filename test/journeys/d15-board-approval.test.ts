// D15: the self-service board shows approved states only; nothing internal reaches a terminal.
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { connectAsync, type MqttClient } from 'mqtt';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { datasetChangeSchema } from '../../sync/contract/datasets.ts';
import { decodeFrame } from '../../sync/contract/frame.ts';
import type { TenantId, TerminalId } from '../../sync/contract/ids.ts';
import { signatureOverhead } from '../../sync/contract/signed-frame.ts';
import { topics } from '../../sync/contract/topics.ts';
import { tenant } from '../demo/demo-folder.ts';
import { rowsOf } from '../sync/dataset-changes.ts';
import { openPersonal } from './open-personal.ts';
import { eventually, openProduct, type Product } from './product.ts';

const canaries = ['canary-buyer-zhang', '88776655', '买受人金丝雀', '77665544'];

let product: Product;
let ear: MqttClient;
/** what headquarters sends to the terminal, unpacked */
const overheard: string[] = [];
beforeAll(async () => {
  product = await openProduct();
  // as the terminal itself: the broker gives its topics to nobody else
  ear = await connectAsync(product.demo.mqtt, { username: 'hall-01', reconnectPeriod: 0 });
  ear.on('message', (_topic, payload) => {
    const change = decodeFrame(datasetChangeSchema, payload.subarray(signatureOverhead));
    overheard.push(JSON.stringify(change.kind === 'inline' ? rowsOf(change) : change));
  });
  await ear.subscribeAsync(topics.dataset(tenant as TenantId, 'hall-01' as TerminalId), { qos: 1 });
}, 120_000);
afterAll(async () => {
  await ear?.endAsync(true);
  await product?.close();
});

interface Unit {
  readonly approved: { readonly id: string; readonly price: number; readonly number: string };
  readonly pending: { readonly state: string | null; readonly hands: readonly string[] } | null;
}
const units = async (query: string): Promise<readonly Unit[]> =>
  (await product.headquarters<{ units: Unit[] }>(`board/units?${query}`)).units;

it('D15 nothing internal and nothing unapproved reaches a terminal, on disk or on the way', async () => {
  const [unit] = (await units('building=milan')).filter(({ pending }) => pending === null);
  if (!unit) throw new Error('no unit');
  const { id, price } = unit.approved;
  await product.headquarters(`board/units/${id}`, {
    kind: 'rename',
    buyer: canaries[0],
    floorPrice: Number(canaries[1]),
    note: canaries[2],
    price: price - Number(canaries[3]),
  });
  await expect(product.headquarters('board/publish', { units: [id] })).rejects.toThrow('409');
  const waiting = (await units('pending=true')).filter(
    ({ pending }) => !pending?.hands.includes('api-token'),
  );
  expect(waiting.length).toBeGreaterThan(0);
  await product.headquarters('board/publish', {
    units: waiting.map(({ approved }) => approved.id),
    reason: canaries[2],
  });
  await product.tap('轻触屏幕，开始使用');
  await product.tap(/看房/);
  await product.tap(/四季花城/);
  await product.tap(/米兰苑/);
  const sold = waiting.find(({ pending }) => pending?.state === 'sold')?.approved.number;
  await eventually(async () => {
    const tile = product.page.getByRole('button', { name: new RegExp(`^${sold} `) });
    expect(await tile.getAttribute('aria-label')).toContain('已售');
  });
  const files = readdirSync(product.terminalData, { recursive: true, withFileTypes: true }).filter((file) =>
    file.isFile(),
  );
  expect(files.length).toBeGreaterThan(2);
  for (const file of files) {
    const text = readFileSync(join(file.parentPath, file.name));
    for (const canary of canaries) expect([file.name, text.includes(canary)]).toEqual([file.name, false]);
  }
  // the approved row did pass by
  expect(overheard.some((text) => text.includes('sold'))).toBe(true);
  for (const text of overheard) {
    for (const canary of canaries) expect(text.includes(canary)).toBe(false);
  }
});

it('SA5 D14 what was looked at and kept is known, anonymous until the member shows the card', async () => {
  const { tap, see, page } = product;
  await tap('首页');
  await tap(/看房/);
  await tap(/四季花城/);
  await tap(/米兰苑/);
  for (const nth of [0, 1]) {
    await page
      .getByRole('button', { name: / 可售，/ })
      .nth(nth)
      .click();
    await tap('收藏');
    await see('已收藏');
    if (nth === 0) await tap('返回');
  }
  await tap(/我的收藏 2/);
  await tap('并排比较');
  await see('比较房源');
  await tap('返回');
  await tap('首页');
  await tap(/看房/);
  await tap(/四季花城/);
  await tap(/米兰苑/);
  await page
    .getByRole('button', { name: / 可售，/ })
    .first()
    .click();
  await tap(/我的收藏 2/);
  await openPersonal(product, '刷卡保存');
  await see(/已为 .* 保存/);
  const member = product.card('wang-fang').member;
  await eventually(async () => {
    const { units: kept } = await product.headquarters<{ units: object[] }>(`members/${member}/shortlist`);
    expect(kept).toHaveLength(2);
  });
  await tap('结束并清除');
  expect(product.errors).toEqual([]);
});
