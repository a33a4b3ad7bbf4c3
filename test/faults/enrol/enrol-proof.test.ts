// Kills of a terminal that enrols, in small: `npm run proof -- --only enrol` does it some hundred times.
import { spawn } from 'node:child_process';
import { fileURLToPath } from 'node:url';
import { expect, it } from 'vitest';

const main = fileURLToPath(new URL('../../../dist/test/faults/main.js', import.meta.url));

it('S5 no kill burns a claim or loses an identity, and a key in memory does', {
  timeout: 240_000,
}, async () => {
  const args = [main, '--only', 'enrol', '--rounds', '1', '--seed', '20261122'];
  const child = spawn(process.execPath, args, { stdio: ['ignore', 'pipe', 'pipe'] });
  let out = '';
  for (const stream of [child.stdout, child.stderr]) stream.on('data', (bytes) => (out += String(bytes)));
  const code = await new Promise((resolve) => child.once('close', resolve));
  expect(code, out).toBe(0);
  expect(out).toContain('claims burnt 0  identities lost 0  torn 0  surplus certificates 0');
});
