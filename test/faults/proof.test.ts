// The proof as a sceptic runs it, short: real processes, a real mosquitto, real kills.
import { spawn } from 'node:child_process';
import { existsSync, mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { describe, expect, it, onTestFinished } from 'vitest';
import type { DebianPackage } from '../debian-packages.ts';
import { parseWish } from './wish.ts';

const main = fileURLToPath(new URL('../../dist/test/faults/main.js', import.meta.url));

function proof(...args: readonly string[]): Promise<{ code: number | null; out: string }> {
  if (!existsSync(main)) throw new Error(`${main} is missing: npm run build`);
  return new Promise((resolve, reject) => {
    const child = spawn(process.execPath, [main, ...args], { stdio: ['ignore', 'pipe', 'pipe'] });
    let out = '';
    for (const stream of [child.stdout, child.stderr]) {
      stream.on('data', (bytes: Buffer) => {
        out += bytes.toString();
      });
    }
    child.once('error', reject);
    child.once('close', (code) => resolve({ code, out }));
  });
}

describe('npm run proof', () => {
  it('F1 F2 CO3 OB5 IN1 kills and freezes lose and double nothing, and whoever trusts the broker loses', async () => {
    const folder = mkdtempSync(join(tmpdir(), 'yingbin-proof-test-'));
    onTestFinished(() => rmSync(folder, { recursive: true, force: true }));
    const file = join(folder, 'proof.json');
    const { code, out } = await proof(
      '--only',
      'kill,kill-courier',
      '--rounds',
      '9',
      '--seed',
      '20260301',
      '--json',
      file,
    );
    expect(out).toContain('seed 20260301');
    expect(code, out).toBe(0);
    const { seed, runs } = JSON.parse(readFileSync(file, 'utf8')) as {
      seed: number;
      runs: Record<string, unknown>[];
    };
    expect(seed).toBe(20_260_301);
    expect(runs).toMatchObject([
      {
        fault: 'kill',
        broker: 'mosquitto',
        store: 'sqlite',
        lost: 0,
        doubled: 0,
        ok: true,
        control: { mustLose: true },
      },
      { fault: 'kill-courier', lost: 0, doubled: 0, ok: true },
    ]);
  }, 180_000);

  it('F3 CO3 a broker that is killed and its disk emptied takes nothing with it', async () => {
    const { code, out } = await proof('--only', 'broker-wiped', '--rounds', '6', '--seed', '20260304');
    expect(code, out).toBe(0);
    expect(out).toMatch(/lost 0 {2}doubled 0/);
  }, 180_000);

  it('Q01–Q06 Q11 no plug of a printer loses or doubles a slip, and whoever prints again on any error doubles', async () => {
    const { code, out } = await proof('--only', 'printer', '--rounds', '2', '--seed', '20260302');
    expect(code, out).toBe(0);
    expect(out).toMatch(/ours: .*lost 0 {2}doubled 0 {2}.*stuck 0 {2}mistold 0/);
  }, 180_000);

  it('S23 keeper and kiosk killed while set-ups come: one of them, whole, with identity and facts; in-place writing tears', async () => {
    const { code, out } = await proof('--only', 'config', '--rounds', '1', '--seed', '20260305');
    expect(code, out).toBe(0);
    expect(out).toMatch(/set-ups torn 0 {2}identities lost 0 .* without a gap .* in order/);
  }, 300_000);

  it('says how it is used when it is not understood', async () => {
    for (const [why, ...args] of [
      ['no proof nothing-of-that-name', '--only', 'kill,nothing-of-that-name'],
      ['no broker none', '--broker', 'none'],
      ['no store none', '--store', 'none'],
      ['0 is no number of rounds', '--rounds', '0'],
      ['x is no seed', '--seed', 'x'],
      ['--frobnicate', '--frobnicate'],
    ] as const) {
      expect(parseWish(args)).toMatchObject({ kind: 'wrong', why: expect.stringContaining(why) });
    }
    const { code, out } = await proof('--only', 'nothing-of-that-name');
    expect(code, out).toBe(2);
    expect(out).toContain('usage: proof');
  });

  it('tells what there is and what a run without words does', async () => {
    const { code, out } = await proof('--help');
    expect(code).toBe(0);
    for (const name of ['kill', 'simulation', 'guest-cut', '--only NAME,NAME', 'all = every one']) {
      expect(out).toContain(name);
    }
    const [, seconds] = /, (\d+) s together on two cores/.exec(out) ?? [];
    expect(Number(seconds)).toBeLessThanOrEqual(150);
  });

  it('names what is missing with the command that installs it, and leaves out what it can do without', () => {
    const without = (...names: readonly DebianPackage[]) => ({
      missing: (wanted: readonly DebianPackage[]) => wanted.filter((name) => names.includes(name)),
      isRoot: true,
    });
    expect(parseWish([], without('strace', 'mosquitto'))).toMatchObject({
      kind: 'wrong',
      why: expect.stringContaining(
        'sudo apt-get update && sudo apt-get install -y --no-install-recommends mosquitto strace',
      ),
    });
    const short = parseWish([], { ...without('postgresql-15'), isRoot: false });
    expect(short).toMatchObject({
      kind: 'prove',
      leftOut: [
        'full-disk is left out: only root may do it',
        expect.stringMatching(/^workers is left out: .*postgresql-15$/),
      ],
    });
    expect(parseWish(['--only', 'workers'], without('postgresql-15'))).toMatchObject({ kind: 'wrong' });
    expect(parseWish(['--broker', 'aedes', '--only', 'kill'], without('mosquitto'))).toMatchObject({
      kind: 'prove',
      runs: [{ name: 'kill', rounds: 45 }],
    });
    // fewer where 45 would take half an hour
    expect(parseWish(['--only', 'config'], without())).toMatchObject({ runs: [{ rounds: 5 }] });
    expect(parseWish(['--only', 'config', '--rounds', '45'], without())).toMatchObject({
      runs: [{ rounds: 45 }],
    });
  });
});
