// Headquarters as it runs: over a real broker, across restarts, with neighbours that misbehave.
import { afterEach, describe, expect, it, vi } from 'vitest';
import { datasetChangeSchema, manifestSchema } from '../../../sync/contract/datasets.ts';
import { ackSchema } from '../../../sync/contract/facts.ts';
import type { TerminalId } from '../../../sync/contract/ids.ts';
import { topics } from '../../../sync/contract/topics.ts';
import { rowsOf } from '../dataset-changes.ts';
import { openTerminalEnd, type Running, runHeadquarters, type TerminalEnd, tenant } from './running.ts';
import { batchOf, checkIn, epoch, fact, filing } from './world.ts';

let running: Running | undefined;
const ends: TerminalEnd[] = [];
afterEach(async () => {
  for (const end of ends.splice(0)) await end.close();
  await running?.remove();
  running = undefined;
});

const start = async (options = {}) => {
  running = await runHeadquarters(options);
  return running;
};
const connect = async (url: string, name?: string, will?: object) => {
  const end = await openTerminalEnd(url, name, will);
  ends.push(end);
  return end;
};
const nothing = { board: 0, members: 0, events: 0, library: 0, requests: 0, owners: 0, forms: 0 };

describe('headquarters', () => {
  it('answers facts with an ack and makes the member row visible at the version that the ack names', async () => {
    const hq = await start();
    const end = await connect(hq.mqttUrl);
    await end.say('facts', batchOf([fact(1, checkIn('m1'))]));
    const ack = await vi.waitFor(() => {
      const [first] = end.heard('ack', ackSchema);
      expect(first).toMatchObject({ epoch, applied: 1 });
      return first;
    });
    await end.say('ask', { v: 1, kind: 'changes', have: nothing });
    await vi.waitFor(() => {
      const changes = end.heard('dataset', datasetChangeSchema);
      expect(new Set(changes.map(({ dataset }) => dataset))).toEqual(
        new Set(['board', 'members', 'events', 'library', 'forms']),
      );
      const members = changes.find(({ dataset }) => dataset === 'members');
      expect(members?.to).toBeGreaterThanOrEqual(ack?.visible.members ?? Number.NaN);
      expect(rowsOf(members).find((row) => row['id'] === 'm1')).toMatchObject({ balance: 210 });
    });
    const { json } = await hq.call('/api/members/m1');
    expect(json).toMatchObject({ name: '张晓明', points: 210, checkIns: [{ session: 'open-1' }] });
  });

  it('tells of changes by a retained manifest', async () => {
    const hq = await start();
    const end = await connect(hq.mqttUrl);
    const versionsOf = () => end.heard('manifest', manifestSchema).map(({ versions }) => versions.requests);
    await vi.waitFor(() => expect(versionsOf()).toContain(0));
    await end.say('facts', batchOf([fact(1, filing())]));
    await vi.waitFor(() => expect(versionsOf().at(-1)).toBeGreaterThan(0));
  });

  it('IN8: after a restart a repeated batch is acked and has no second effect', async () => {
    let hq = await start();
    const facts = [fact(1, checkIn('m1')), fact(2, filing())];
    const before = await connect(hq.mqttUrl);
    await before.say('facts', batchOf(facts));
    await vi.waitFor(() => expect(before.heard('ack', ackSchema)).toHaveLength(1));
    hq = await hq.restart();
    running = hq;
    const after = await connect(hq.mqttUrl);
    await after.say('facts', batchOf(facts));
    await vi.waitFor(() => expect(after.heard('ack', ackSchema)).toMatchObject([{ applied: 2 }]));
    expect((await hq.call('/api/facts?after=0')).json['facts']).toHaveLength(2);
    expect((await hq.call('/api/members/m1')).json).toMatchObject({ points: 210 });
  });

  it('knows who is there, and learns from the last will who is not', async () => {
    const hq = await start();
    const will = { v: 1, online: false, version: '1.2.3', at: null, waiting: 0 };
    const end = await connect(hq.mqttUrl, 'hall-1', will);
    await end.say('presence', { ...will, online: true, waiting: 7 }, true);
    const terminals = async () => (await hq.call('/api/terminals')).json['terminals'];
    await vi.waitFor(async () =>
      expect(await terminals()).toMatchObject([
        { terminal: 'hall-1', online: true, version: '1.2.3', waiting: 7 },
      ]),
    );
    end.client.stream.destroy();
    await vi.waitFor(async () => expect(await terminals()).toMatchObject([{ online: false }]));
  });

  it('outlives garbage, and logs nothing personal', async () => {
    const hq = await start();
    const end = await connect(hq.mqttUrl);
    const up = (channel: 'facts' | 'ask' | 'presence') => topics[channel](tenant, 'hall-1' as TerminalId);
    for (const channel of ['facts', 'ask', 'presence'] as const) {
      await end.client.publishAsync(up(channel), Buffer.from([1, 2, 3]), { qos: 1 });
      await end.client.publishAsync(up(channel), '{"name":"张晓明"}', { qos: 1 });
    }
    await end.say(
      'facts',
      batchOf([fact(1, { kind: 'future', body: { name: '张晓明' } }), fact(2, checkIn('m1'))]),
    );
    await vi.waitFor(() => expect(end.heard('ack', ackSchema)).toMatchObject([{ applied: 2 }]));
    const { json } = await hq.call('/api/dead-letters');
    expect(json['deadLetters']).toMatchObject([
      { reason: 'unknown-kind', seq: 1 },
      { reason: 'frame-shape' },
      { reason: 'frame-unreadable' },
    ]);
    expect(JSON.stringify(json)).not.toContain('张');
    const log = JSON.stringify(hq.lines);
    expect(log).toContain('message-failed');
    for (const secret of ['张', 'm1', '1381234']) expect(log).not.toContain(secret);
  });

  it('a terminal with a name may neither speak for another nor read what is for another', async () => {
    const hq = await start();
    const thief = await connect(hq.mqttUrl, 'hall-2');
    const thrownOut = new Promise((resolve) => thief.client.once('close', () => resolve('thrown out')));
    thief.client.publish(topics.facts(tenant, 'hall-1' as TerminalId), 'x', { qos: 1 });
    expect(await thrownOut).toBe('thrown out');
    const reader = await connect(hq.mqttUrl, 'hall-2');
    const grants = await reader.client
      .subscribeAsync(topics.allUp(tenant), { qos: 1 })
      .catch(() => 'refused');
    expect(grants).toBe('refused');
    expect((await hq.call('/api/terminals')).json['terminals']).toEqual([]);
  });

  it('a port in use, a folder without rights and a wrong key are coded sentences', async () => {
    const hq = await start();
    const port = Number(new URL(hq.mqttUrl).port);
    await expect(runHeadquarters({ broker: { kind: 'embedded', port } })).rejects.toMatchObject({
      code: 'hq-port-in-use',
      message: expect.stringContaining(String(port)),
    });
    await expect(runHeadquarters({ folder: '/proc' })).rejects.toMatchObject({
      code: 'hq-secret-unreadable',
    });
    await expect(runHeadquarters({ limits: { patience: 3 } })).rejects.toMatchObject({
      code: 'hq-config-wrong',
      message: expect.stringContaining('limits.patience is not a key'),
    });
  });
});
