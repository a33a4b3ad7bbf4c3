// The demo as a program: what it refuses, and that a signal ends all of it in time, whenever it comes.
import {
  existsSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  rmSync,
  writeFileSync,
} from 'node:fs';
import { type AddressInfo, createServer } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { type Ended, type ProgramRun, programs, runProgram } from './program-run.ts';

let folder: string;
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'yingbin-demo-'));
});
afterEach(() => {
  rmSync(folder, { recursive: true, force: true });
});

const anyPorts = ['--kiosk-port', '0', '--lab-port', '0', '--hq-port', '0', '--mqtt-port', '0'];
const start = (...args: string[]) =>
  runProgram(programs.demo, '--json', ...anyPorts, '--data', join(folder, 'demo'), ...args);
function refusal({ code, out, lines }: Ended): string {
  expect({ code, out }).toEqual({ code: 2, out: '' });
  return lines.filter((line) => !line.endsWith('…')).join('\n');
}

/** Everything that works in our folder or was started from there. */
function processesHere(): string[] {
  return readdirSync('/proc').filter((pid) => {
    try {
      return /^\d+$/.test(pid) && readFileSync(`/proc/${pid}/cmdline`, 'utf8').includes(folder);
    } catch {
      return false;
    }
  });
}

async function endsInTime(program: ProgramRun, ...signals: NodeJS.Signals[]): Promise<void> {
  const asked = performance.now();
  for (const signal of signals) {
    program.kill(signal);
    // two of a kind at once are one
    await new Promise((resolve) => setTimeout(resolve, 30));
  }
  const { code, signal } = await program.ended;
  expect({ code, signal }).toEqual({ code: 0, signal: null });
  // the promise is part of the program: 3 s from the signal to the end
  expect(performance.now() - asked).toBeLessThan(3_000);
  expect(processesHere()).toEqual([]);
}

describe('the demo refuses in one sentence', () => {
  it.each([
    ['an unknown flag', ['--colour'], /^demo-flags-wrong: .*--colour/],
    ['a port that is none', ['--kiosk-port', '70000'], /^demo-flags-wrong: --kiosk-port must be a port/],
    ['an empty port', ['--lab-port', ''], /^demo-flags-wrong: --lab-port must be a port/],
  ])('%s', async (_what, args, words) => {
    expect(refusal(await start(...args).ended)).toMatch(words);
    expect(existsSync(join(folder, 'demo'))).toBe(false);
  });

  it.each(['--kiosk-port', '--lab-port', '--hq-port', '--mqtt-port'])(
    'a taken %s',
    async (flag) => {
      const other = createServer();
      await new Promise<void>((resolve) => other.listen(0, '127.0.0.1', resolve));
      const { port } = other.address() as AddressInfo;
      const said = refusal(await start(flag, String(port)).ended);
      expect(said).toMatch(/^[a-z-]+-port-in-use: .*(choose|Choose) another/);
      expect(said).toContain(String(port));
      expect(processesHere()).toEqual([]);
      await new Promise((resolve) => other.close(resolve));
    },
    90_000,
  );

  it("somebody else's folder, also with --fresh, and leaves it alone", async () => {
    mkdirSync(join(folder, 'demo'));
    writeFileSync(join(folder, 'demo', 'thesis.txt'), 'years of work');
    expect(refusal(await start('--fresh').ended)).toMatch(/^demo-folder-foreign: .*--data/);
    expect(readdirSync(join(folder, 'demo'))).toEqual(['thesis.txt']);
  });

  it('a folder that another version of the demo made', async () => {
    mkdirSync(join(folder, 'demo'));
    writeFileSync(join(folder, 'demo', 'yingbin-demo'), 'made by npm run demo');
    expect(refusal(await start().ended)).toMatch(/^demo-folder-old: .*--fresh/);
  });

  it('a folder that is a file', async () => {
    writeFileSync(join(folder, 'demo'), '');
    expect(refusal(await start().ended)).toMatch(/^demo-folder-unusable: .*--data/);
  });
});

describe('the demo ends within 3 s with everything it started', () => {
  it('on SIGTERM, on a SIGINT that npm repeats, and finds its facts again in the same folder', async () => {
    const first = start();
    const { lab, headquarters, token } = (await first.ready) as Record<
      'lab' | 'headquarters' | 'token',
      string
    >;
    await fetch(`${lab}/api/cards/wang-fang/swipe`, { method: 'POST' });
    const checkIns = async (at: string) => {
      const answer = await fetch(`${at}/api/facts`, { headers: { authorization: `Bearer ${token}` } });
      const { facts } = (await answer.json()) as { facts: { kind: string; id: string }[] };
      return facts.filter(({ kind }) => kind === 'check-in-recorded').map(({ id }) => id);
    };
    const ids = await vi.waitFor(async () => {
      const found = await checkIns(headquarters);
      expect(found).toHaveLength(1);
      return found;
    }, 10_000);
    await endsInTime(first, 'SIGINT', 'SIGINT');

    const again = start();
    const second = (await again.ready) as Record<'headquarters', string>;
    expect(await checkIns(second.headquarters)).toEqual(ids);
    await endsInTime(again, 'SIGTERM');
  }, 120_000);

  it.each([/Preparing/, /Starting headquarters/, /Plugging in/, /Starting the terminal/])(
    'also while it says %s, and can be started there again',
    async (step) => {
      const first = start();
      await vi.waitFor(() => expect(first.log).toMatch(step), { timeout: 30_000, interval: 5 });
      await endsInTime(first, 'SIGINT', 'SIGTERM');
      const again = start();
      const { lab } = (await again.ready) as { lab: string };
      expect((await fetch(`${lab}/api/cards`)).status).toBe(200);
      await endsInTime(again, 'SIGTERM');
    },
    90_000,
  );
});
