// D19: the owner sees level, holder and next deadline at the terminal; nobody answers, and it climbs by itself.
import { afterAll, beforeAll, expect, it } from 'vitest';
import { openTerminalEnd, runHeadquarters } from '../sync/headquarters/running.ts';
import { batchOf, fact, filing } from '../sync/headquarters/world.ts';
import { openRequest, reportLeak } from './owner-hands.ts';
import { eventually, openProduct, type Product } from './product.ts';

let product: Product;
beforeAll(async () => {
  product = await openProduct();
}, 120_000);
afterAll(() => product?.close());

const hour = 3_600_000;

it('D19 the terminal shows level, holder’s role and the next deadline', async () => {
  const filed = await reportLeak(product);
  await openRequest(product, filed.number);
  await product.see('一般');
  await product.see('客服专员');
  const { items } = await product.headquarters<{
    items: { id: string; replyBy: string; climbsAt: string }[];
  }>('ladder');
  const item = items.find(({ id }) => id === filed.id);
  expect(item?.climbsAt).toBe(item?.replyBy);
}, 150_000);

it('D19 told thirty hours late by a terminal that was offline, each step stands at its own second', async () => {
  const hq = await runHeadquarters();
  const end = await openTerminalEnd(hq.mqttUrl);
  try {
    const at = new Date(Date.now() - 30 * hour).toISOString();
    const replyBy = new Date(Date.parse(at) + 600_000).toISOString();
    const { kind, body } = filing();
    await end.say('facts', batchOf([{ ...fact(1), at, kind, body: { ...body, replyBy, onSiteBy: null } }]));
    await eventually(async () => {
      const { json } = await hq.call('/api/requests');
      expect(json['requests']).toMatchObject([
        {
          level: {
            level: 'hot',
            holder: { zh: '地区公司总经理' },
            nextAt: new Date(Date.parse(replyBy) + 48 * hour).toISOString(),
          },
        },
      ]);
    });
    const { json } = await hq.call('/api/notices');
    const subjects = (json['notices'] as { subject: { zh: string } }[]).map(({ subject }) => subject.zh);
    expect(subjects).toContain('H01-0001 升级为「热点」');
  } finally {
    await end.close();
    await hq.remove();
  }
}, 150_000);
