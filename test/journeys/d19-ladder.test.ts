// D19: the owner sees level, holder and next deadline at the terminal; nobody answers, and it climbs by itself.
import { afterAll, beforeAll, expect, it } from 'vitest';
import { startMailServer } from '../simulators/mail-server.ts';
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

it('D19 at the very second of a clock of its own: broker, ladder, letters to substitute and holder, and the owner’s row', async () => {
  const mail = await startMailServer();
  let clock = Date.parse('2026-11-20T02:00:00.000Z');
  const hq = await runHeadquarters({
    now: () => new Date(clock),
    notices: {
      smtp: { host: '127.0.0.1', port: mail.port, from: 'hq@developer.example' },
      roles: { 'service-desk': { email: 'desk@developer.example' } },
    },
  });
  const end = await openTerminalEnd(hq.mqttUrl);
  try {
    const chen = { account: 'chen', name: '陈经理', roles: ['manager'], email: 'chen@developer.example' };
    await hq.call('/api/accounts', { ...chen, password: 'quite-long-enough' });
    await hq.call('/api/accounts/chen', { awayUntil: '2026-11-25T00:00:00.000Z' });
    const at = new Date(clock).toISOString();
    const replyBy = new Date(clock + 600_000).toISOString();
    const { kind, body } = filing();
    await end.say('facts', batchOf([{ ...fact(1), at, kind, body: { ...body, replyBy, onSiteBy: null } }]));
    const level = async () => {
      const { json } = await hq.call('/api/requests');
      return (json['requests'] as { level: unknown }[])[0]?.level;
    };
    await eventually(async () => expect(await level()).toMatchObject({ level: 'ordinary', nextAt: replyBy }));
    clock = Date.parse(replyBy) - 1;
    // a whole look of the ladder later, as the letter about the filing shows
    await eventually(() => expect(mail.letters.map(({ to }) => to)).toContain('desk@developer.example'));
    expect(await level()).toMatchObject({ level: 'ordinary' });
    clock += 1;
    await eventually(async () =>
      expect(await level()).toEqual({
        level: 'key',
        holder: { zh: '部门副负责人', en: 'Deputy head of department' },
        nextAt: new Date(clock + 24 * hour).toISOString(),
      }),
    );
    const { json } = await hq.call('/api/ladder');
    expect(json['items']).toMatchObject([{ levelSince: replyBy, isWithSubstitute: true }]);
    clock += 5_000;
    await eventually(() => {
      const climbed = mail.letters.filter(({ data }) => data.includes('climbed'));
      expect(new Set(climbed.map(({ to }) => to))).toEqual(
        new Set(['chen@developer.example', 'desk@developer.example']),
      );
    });
  } finally {
    await end.close();
    await hq.remove();
    await mail.close();
  }
}, 150_000);
