// A terminal that is killed within milliseconds of its screen, again and again: every slip comes, each exactly once.
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as pause } from 'node:timers/promises';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { type Demo, startDemo } from '../demo/demo.ts';
import { openScreen, type ScreenWatch } from '../faults/screen-watch.ts';
import type { LabCard } from '../simulators/lab/lab-view.ts';
import { eventually } from './product.ts';

const kills = 18;

let data: string;
let demo: Demo;
let screen: ScreenWatch;
beforeAll(async () => {
  data = mkdtempSync(join(tmpdir(), 'yingbin-killed-'));
  demo = await startDemo({
    data: join(data, 'demo'),
    isFresh: true,
    ports: { kiosk: 0, lab: 0, headquarters: 0, mqtt: 0 },
    onProgress: () => undefined,
  });
  screen = openScreen(join(data, 'demo/terminal/data/run/screen-address'));
}, 120_000);
afterAll(async () => {
  screen?.close();
  await demo?.close();
  rmSync(data, { recursive: true, force: true });
});

async function lab<T>(path: string, method: 'GET' | 'POST' = 'GET'): Promise<T> {
  const answer = await fetch(`${demo.lab}/api/${path}`, { method });
  expect(answer.ok, path).toBe(true);
  return (await answer.json()) as T;
}

async function headquarters<T>(path: string): Promise<T> {
  const answer = await fetch(`${demo.headquarters}/api/${path}`, {
    headers: { authorization: `Bearer ${demo.token}` },
  });
  return (await answer.json()) as T;
}

const slips = () => lab<{ readonly text: string }[]>('slips');

/** @returns what the slip of this member must say */
async function swipeAndKill({ name, member }: LabCard, afterMs: number): Promise<string> {
  const { points } = await headquarters<{ points: number }>(`members/${member}`);
  const confirmed = await screen.confirmationAfter(
    () => void lab(`cards/${name}/swipe`, 'POST'),
    () => undefined,
  );
  expect(confirmed, name).toBeDefined();
  if (afterMs > 0) await pause(afterMs);
  await lab('terminal/kill', 'POST');
  await lab('terminal/start', 'POST');
  return String(points + 20);
}

it(`is killed 0 … 5 ms after the screen, ${kills} times, and every slip is there exactly once`, async () => {
  const cards = (await lab<LabCard[]>('cards')).filter(({ state }) => state === 'active').slice(0, kills);
  expect(cards).toHaveLength(kills);
  for (const [n, card] of cards.entries()) {
    const balance = await swipeAndKill(card, n % 6);
    await eventually(async () => {
      const printed = await slips();
      expect(printed).toHaveLength(n + 1);
      expect(printed[n]?.text).toContain(card.maskedName);
      expect(printed[n]?.text).toContain(balance);
      expect(printed[n]?.text).not.toContain('补打');
    });
  }
  await eventually(async () => {
    const { facts } = await headquarters<{
      facts: { kind: string; body: { job: string; outcome: string } }[];
    }>('facts?after=0&limit=1000');
    const settled = facts.filter(({ kind }) => kind === 'slip-settled').map(({ body }) => body);
    expect(settled.map(({ outcome }) => outcome)).toEqual(Array(kills).fill('printed'));
    expect(new Set(settled.map(({ job }) => job)).size).toBe(kills);
  });
  expect(await slips()).toHaveLength(kills);
}, 300_000);
