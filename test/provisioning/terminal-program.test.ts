// `yingbin terminal` keeps a terminal running: a small program stands for it and ends as it is told to.
import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, it, vi } from 'vitest';
import { runTerminal } from '../../provisioning/terminal-program.ts';
import { scratchFolder } from '../sync/scratch.ts';

/** Notes each run with the flags it got, then ends with the next of `ends`; at the last it serves on. */
function terminalThat(...ends: readonly (number | 'SIGKILL')[]) {
  const folder = scratchFolder();
  const script = join(folder, 'main.mjs');
  const runs = join(folder, 'runs');
  writeFileSync(runs, '');
  writeFileSync(
    script,
    `import { appendFileSync, readFileSync } from 'node:fs';
     const past = readFileSync(${JSON.stringify(runs)}, 'utf8').split('\\n').length - 1;
     const end = ${JSON.stringify(ends)}[past];
     process.on('SIGTERM', () => process.exit(0));
     appendFileSync(${JSON.stringify(runs)}, JSON.stringify([...process.execArgv, ...process.argv.slice(2)]) + '\\n');
     if (end === 'SIGKILL') process.kill(process.pid, 'SIGKILL');
     else if (end === undefined) setInterval(() => {}, 1000);
     else process.exit(end);`,
  );
  const stopping = new AbortController();
  const said: string[] = [];
  return {
    said,
    stop: () => stopping.abort(),
    runs: () => readFileSync(runs, 'utf8').trim().split('\n').filter(Boolean),
    run: () =>
      runTerminal({
        script,
        config: 'terminal.json',
        complain: (text) => void said.push(text),
        signal: stopping.signal,
        pauses: { minMs: 1, maxMs: 2 },
      }),
  };
}

it('starts it again after an ordered restart, a crash, a kill and a start that failed, and ends when it is told to', async () => {
  const terminal = terminalThat(75, 70, 'SIGKILL', 2);
  const ended = terminal.run();
  await vi.waitFor(() => expect(terminal.runs()).toHaveLength(5), 20_000);
  terminal.stop();
  expect(await ended).toBe(0);
  expect(terminal.said.map((text) => /\((.*)\)/.exec(text)?.[1])).toEqual(['75', '70', 'killed', '2']);
  expect(JSON.parse(terminal.runs()[0] ?? '')).toEqual([
    expect.stringMatching(/^--max-old-space-size=/),
    expect.stringMatching(/^--max-semi-space-size=/),
    '--config',
    'terminal.json',
  ]);
});

it('leaves one that cannot start at all to who started it, and one that ended in peace', async () => {
  for (const code of [2, 0]) {
    const terminal = terminalThat(code);
    expect(await terminal.run()).toBe(code);
    expect(terminal.runs()).toHaveLength(1);
  }
});
