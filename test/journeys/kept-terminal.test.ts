// The shipped keeper between headquarters and the shipped terminal, with a browser in front: what is wanted comes, what does not serve goes back.
import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { type KeeperWorld, openKeeperWorld } from '../faults/keeper/keeper-world.ts';
import { eventually } from './product.ts';

const patienceMs = 120_000;
let folder: string;
let world: KeeperWorld;
beforeAll(async () => {
  folder = mkdtempSync(join(tmpdir(), 'yingbin-kept-'));
  world = await openKeeperWorld(folder, []);
  await world.start();
  await world.openScreen();
}, patienceMs);
afterAll(async () => {
  await world?.close();
  rmSync(folder, { recursive: true, force: true });
}, patienceMs);

const states = async () =>
  (await world.reports()).map(({ rev, state, code }) => `${rev} ${state}${code === null ? '' : ` ${code}`}`);
const config = () => JSON.parse(readFileSync(world.configFile, 'utf8')) as { site: { helpPhone: string } };

it('a wanted set-up is in force after the terminal started again with it, and the page comes back by itself', async () => {
  await eventually(async () => expect(await world.isSeen()).toBe(true), patienceMs);
  await world.want(1, { 'site.helpPhone': '95588', 'settings.idleSeconds': 55 });
  await eventually(async () => expect(await states()).toEqual(['1 applying', '1 ok']), patienceMs);
  expect(config().site.helpPhone).toBe('95588');
  await eventually(async () => expect(await world.isSeen()).toBe(true), patienceMs);
}, 300_000);

it('S22 a set-up that loses the reader goes back by itself, and says which device it was', async () => {
  await world.want(2, {
    'site.helpPhone': '12345',
    reader: { kind: 'rdm6300', at: 'tcp://127.0.0.1:1' },
  });
  await eventually(
    async () => expect((await states()).slice(2)).toEqual(['2 applying', '2 rolled-back device-lost']),
    patienceMs,
  );
  expect((await world.reports()).at(-1)).toMatchObject({ path: 'reader', release: 0 });
  expect(config().site.helpPhone).toBe('95588');
}, 300_000);

it('S16 an older set-up, a forged one and one that no version knows change nothing', async () => {
  const before = readFileSync(world.configFile, 'utf8');
  await world.want(1, { 'site.helpPhone': '666' });
  await world.want(3, { 'site.colour': 'red' });
  await eventually(
    async () => expect((await states()).slice(4)).toEqual(['3 rejected twin-path-unknown']),
    patienceMs,
  );
  expect(readFileSync(world.configFile, 'utf8')).toBe(before);
}, 300_000);
