// A Prometheus reads the fleet's numbers with a token of its own; they name devices and sites, never a person.
import { readFileSync, statSync } from 'node:fs';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { FleetMetrics } from '../../../../sync/headquarters/fleet/fleet-metrics.ts';
import { metricsText } from '../../../../sync/headquarters/fleet/metrics-text.ts';
import { runHeadquarters } from '../running.ts';
import { smallDeveloper } from '../small-developer.ts';
import { storeKinds } from '../store-kinds.ts';
import { checkIn, fact, makeWorld, now, send, type World } from '../world.ts';
import { bringDevices, setOnline } from './fleet-devices.ts';
import { readMetrics } from './metrics-parser.ts';

const reported = (seq: number, state: 'ok' | 'rolled-back') =>
  fact(seq, {
    kind: 'twin-reported',
    body: { rev: seq, hash: null, state, code: null, path: null, schema: 1, release: 0 },
  });
const device = (seq: number, name: string, state: string) =>
  fact(seq, { kind: 'device-changed', body: { device: name, state } });
const slip = (seq: number, outcome: string) =>
  fact(seq, {
    kind: 'slip-settled',
    body: { job: '01999f6c-0000-7000-8000-000000000001', slip: 'check-in', copy: 0, outcome, reason: null },
  });

describe.each(storeKinds)('the numbers about the fleet, on %s', (kind) => {
  let world: World;
  beforeEach(async () => {
    world = await makeWorld(undefined, kind);
    await bringDevices(world, [
      { id: 'hall-1', site: '滨江 "A"\\1', ring: 'lab' },
      { id: 'hall-2', ring: 'canary' },
      { id: 'hall-3', state: 'expected' },
      { id: 'hall-4', state: 'retired' },
    ]);
    await setOnline(world, ['hall-1', 'hall-2'], true, '2025-11-21T07:59:00.000Z');
  });
  afterEach(() => world.remove());

  const read = async () => {
    const metrics = new FleetMetrics({ store: world.store, now });
    const families = readMetrics(metricsText(await metrics.families()));
    return (name: string, terminal: string): number | undefined =>
      families.get(`yingbin_terminal_${name}`)?.samples.find(({ labels }) => labels['device'] === terminal)
        ?.value;
  };

  it('say who is there, who serves, and how far each is, by device, site, ring and version alone', async () => {
    await send(world, [device(1, 'printer', 'printer-paper-out')], 'hall-2');
    const value = await read();
    expect([value('up', 'hall-1'), value('up', 'hall-2'), value('up', 'hall-3')]).toEqual([1, 1, 0]);
    expect([value('serving', 'hall-1'), value('serving', 'hall-2')]).toEqual([1, 0]);
    expect([value('up', 'hall-4'), value('last_seen_seconds', 'hall-3')]).toEqual([undefined, undefined]);
    expect(value('last_seen_seconds', 'hall-1')).toBe(Date.parse('2025-11-21T07:59:00.000Z') / 1000);
    expect([value('outbox', 'hall-1'), value('drift', 'hall-1')]).toEqual([0, 0]);
    const families = readMetrics(metricsText(await new FleetMetrics({ store: world.store, now }).families()));
    const samples = [...families.values()].flatMap((family) => family.samples);
    expect(samples.every(({ labels }) => Object.keys(labels).join() === 'device,site,ring,version')).toBe(
      true,
    );
    expect(samples.find(({ labels }) => labels['device'] === 'hall-1')?.labels).toMatchObject({
      site: '滨江 "A"\\1',
      ring: 'lab',
    });
  });

  it('count each thing that happened once, also when it is told again', async () => {
    const facts = [
      fact(1, checkIn('m1')),
      slip(2, 'failed'),
      slip(3, 'printed'),
      device(4, 'reader', 'reader-gone'),
      device(5, 'reader', 'ready'),
      reported(6, 'rolled-back'),
      reported(7, 'ok'),
    ];
    await send(world, facts);
    await send(world, facts);
    await send(world, [reported(8, 'rolled-back')]);
    const value = await read();
    const counted = ['sessions', 'print_errors', 'read_errors', 'rollbacks'];
    expect(counted.map((name) => value(`${name}_total`, 'hall-1'))).toEqual([1, 1, 1, 2]);
    expect(counted.map((name) => value(`${name}_total`, 'hall-2'))).toEqual([0, 0, 0, 0]);
  });

  it('S43 name no member, number, card or home', async () => {
    await send(world, [fact(1, checkIn('m1')), slip(2, 'failed')]);
    const text = metricsText(await new FleetMetrics({ store: world.store, now }).families());
    for (const { name, phone, id } of smallDeveloper().members) {
      for (const word of [name, phone, id]) expect(text.split(/[^\p{L}\p{N}]+/u)).not.toContain(word);
    }
  });
});

describe('/metrics', () => {
  it('opens with its own token alone, which is private and opens nothing else', async () => {
    const hq = await runHeadquarters({ metrics: { tokenFile: 'metrics.token' } });
    try {
      const file = join(hq.folder, 'metrics.token');
      const token = readFileSync(file, 'utf8').trim();
      expect(statSync(file).mode & 0o777).toBe(0o600);
      const ask = (given: string | undefined, path = '/metrics') =>
        fetch(
          `${hq.httpUrl}${path}`,
          given === undefined ? {} : { headers: { authorization: `Bearer ${given}` } },
        );
      const answer = await ask(token);
      expect([answer.status, answer.headers.get('content-type')]).toEqual([
        200,
        'text/plain; version=0.0.4; charset=utf-8',
      ]);
      expect([...readMetrics(await answer.text()).keys()]).toContain('yingbin_terminal_up');
      expect([
        (await ask(undefined)).status,
        (await ask(hq.token)).status,
        (await ask(token, '/api/terminals')).status,
      ]).toEqual([401, 401, 401]);
    } finally {
      await hq.remove();
    }
  });

  it('is not there unless the config says so', async () => {
    const hq = await runHeadquarters();
    try {
      expect((await fetch(`${hq.httpUrl}/metrics`)).status).toBe(404);
    } finally {
      await hq.remove();
    }
  });
});
