// `yingbin terminal` keeps a terminal running: a small program stands for it and ends as it is told to.
import { mkdirSync, readFileSync, readlinkSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { setTimeout as delay } from 'node:timers/promises';
import { expect, it, onTestFinished, vi } from 'vitest';
import { placesOf } from '../../provisioning/become-terminal.ts';
import { readKeeperState, writeKeeperState } from '../../provisioning/keeper-state.ts';
import { runTerminal } from '../../provisioning/terminal-program.ts';
import { scratchFolder } from '../sync/scratch.ts';
import { usualConfig } from './keeper-hands.ts';

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

/** A release in its folder, whose terminal says that it serves, and `words` besides. */
function releaseIn(root: string, seq: number, words: readonly unknown[]): string {
  const folder = join(root, 'releases', `${seq}`, 'dist', 'kiosk');
  mkdirSync(folder, { recursive: true });
  const script = join(folder, 'main.js');
  writeFileSync(join(root, 'releases', `${seq}`, 'package.json'), '{"type":"module"}');
  writeFileSync(
    script,
    `import { createServer } from 'node:http';
     import { mkdirSync, writeFileSync } from 'node:fs';
     const server = createServer((_, response) => response.end()).listen(0, '127.0.0.1', () => {
       mkdirSync(${JSON.stringify(join(root, 'data', 'run'))}, { recursive: true });
       const address = 'http://127.0.0.1:' + server.address().port + '/?token=t';
       writeFileSync(${JSON.stringify(join(root, 'data', 'run', 'screen-address'))}, address);
     });
     const health = { isPainted: true, isBusy: false, waitingFacts: 0, isLinked: true, devices: {} };
     process.on('SIGTERM', () => process.exit(0));
     process.on('disconnect', () => process.exit(0));
     setInterval(() => process.send({ kind: 'serving', health }), 50);
     for (const word of ${JSON.stringify(words)}) process.send(word);`,
  );
  return script;
}

function terminalWith(root: string, release: number, more: readonly unknown[] = []) {
  const config = join(root, 'config.json');
  // what holds where nothing is wanted was kept when the first trial began
  for (const folder of ['data', 'revisions']) mkdirSync(join(root, folder), { recursive: true });
  writeFileSync(config, JSON.stringify(usualConfig));
  const said: string[] = [];
  const stopping = new AbortController();
  const run = runTerminal({
    script: releaseIn(root, release, more),
    config,
    complain: (text) => void said.push(text),
    signal: stopping.signal,
    pauses: { minMs: 1, maxMs: 2 },
    releases: root,
    env: {},
    limits: { gateMs: 30_000, probationMs: 200, lapseMs: 5_000, crashes: 3, starts: 3 },
  });
  onTestFinished(() => stopping.abort());
  return { run, said, stop: () => stopping.abort(), config };
}

it('hands over by exit 75 when another release serves than the keeper is of, as soon as nobody is served', async () => {
  const root = scratchFolder();
  releaseIn(root, 2, []);
  const keeperFile = join(root, 'keeper.json');
  // release 2 is being tried by the keeper of release 1
  const trial = { rev: 0, hash: null, release: 2, starts: 0, minSeq: 0, before: null };
  writeKeeperState(keeperFile, { ...readKeeperState(keeperFile, 1), trial });
  const { run } = terminalWith(root, 1);
  expect(await run).toBe(75);
  expect(readKeeperState(keeperFile, 1).good.release).toBe(2);
  expect(readlinkSync(join(root, 'current'))).toBe(join('releases', '2'));
}, 60_000);

it('a control: a keeper of the release that serves stays', async () => {
  const root = scratchFolder();
  const { run, stop } = terminalWith(root, 1);
  const first = await Promise.race([run, delay(3_000, 'serves')]);
  expect(first).toBe('serves');
  stop();
  expect(await run).toBe(0);
}, 60_000);

it('somebody at the screen has it enrolled anew: the identity is left, and the keeper starts again', async () => {
  const root = scratchFolder();
  const { run, config } = terminalWith(root, 1, [{ kind: 'ask', what: 'enrol-anew' }]);
  expect(await run).toBe(75);
  expect(placesOf(config).identity.kindOn({ model: '', serial: '', architecture: 'x64' })).toBe('left');
}, 60_000);
