// The fleet story tells itself to its end with a small fleet: shipped programs, a real door, a real release that does not serve.
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { fileURLToPath } from 'node:url';
import { expect, it, onTestFinished } from 'vitest';
import { scratchFolder } from '../sync/scratch.ts';

const program = fileURLToPath(new URL('../../dist/test/demo/main.js', import.meta.url));

function run(...args: readonly string[]) {
  const child = spawn(process.execPath, [program, ...args], { stdio: ['ignore', 'pipe', 'pipe'] });
  const said = { out: '', err: '' };
  child.stdout.on('data', (bytes: Buffer) => {
    said.out += bytes.toString();
  });
  child.stderr.on('data', (bytes: Buffer) => {
    said.err += bytes.toString();
  });
  const ended = once(child, 'close').then(([code]) => code as number | null);
  onTestFinished(async () => {
    child.kill('SIGTERM');
    await ended;
  });
  return { said, ended };
}

it('S2 S3 S22 a newcomer enrols, a setting reaches all, a bad release reaches 3 at most, heals and halts', {
  timeout: 900_000,
}, async () => {
  const data = `${scratchFolder()}/fleet`;
  const ports = ['--hq-port', '0', '--kiosk-port', '0'];
  const { said, ended } = run('--fleet', '4', '--yes', '--json', '--data', data, ...ports);
  expect(await ended, said.err).toBe(0);
  const end = JSON.parse(said.out);
  expect(end).toMatchObject({
    shipped: 2,
    converged: { terminals: 5 },
    rollout: { state: 'halted', code: 'too-many-failures', of: 5 },
  });
  expect(end.rollout.reached).toBeLessThanOrEqual(3);
  expect(new Set(end.rollout.codes)).toEqual(new Set(['kiosk-crashed']));
  // both languages, the steps of enrolling, and the commands that were typed
  for (const words of [
    '✓ hall-new',
    '… 1/9',
    '$ yingbin claim hall-new',
    '$ yingbin release promote 1',
    '新终端入网',
    'A newcomer enrols',
  ]) {
    expect(said.err).toContain(words);
  }
});

it('says what is wrong with the number of terminals', async () => {
  const { said, ended } = run('--fleet', '2');
  expect(await ended).toBe(2);
  expect(said.err).toContain('--fleet must be 3 to 200 terminals');
});
