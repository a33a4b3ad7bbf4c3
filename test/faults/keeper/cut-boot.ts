// A terminal's machine with a plug: started as its service is, settled before each start, and cut off with all that runs on it.
import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import { parseSaid, type Said } from './cut-words.ts';
import { built } from './keeper-world.ts';

/** What `yingbin.service` does, without systemd: settle, start, and again whatever the end was; after five ends in a row it gives up on the release. */
const service = `ends=0
while :; do
  YINGBIN_ROOT="$1" sh "$2" >&2
  "$3" "$1/current/dist/provisioning/yingbin.js" terminal
  [ $? -eq 75 ] && ends=0 || ends=$((ends + 1))
  [ $ends -lt 5 ] || { ends=0; YINGBIN_ROOT="$1" sh "$2" --failed >&2; }
  sleep 0.05
done`;
const settle = join(built, '../provisioning/systemd/settle-release');

export class CutMachine {
  /** the highest number of a fact that the terminal said was on disk */
  recorded = 0;
  readonly reports: Extract<Said, { kind: 'reported' }>[] = [];
  /** the terminal that came up last, in this run of the machine */
  up: Extract<Said, { kind: 'up' }> | undefined;
  readonly #root: string;
  #child: ChildProcess | undefined;

  /** @param root with `releases/` and `current` */
  constructor(root: string) {
    this.#root = root;
    process.once('exit', () => this.#killAll());
    // it is of another group, and hears of neither
    for (const signal of ['SIGINT', 'SIGTERM'] as const) process.once(signal, () => process.exit(1));
  }

  start(): void {
    const args = ['-c', service, 'service', this.#root, settle, process.execPath];
    // a group of its own, so that nothing of it is left
    const child = spawn('sh', args, { stdio: ['ignore', 'pipe', 'ignore'], detached: true });
    this.#child = child;
    this.up = undefined;
    createInterface(child.stdout).on('line', (line) => this.#hear(parseSaid(line)));
  }

  /** The power goes. Resolves when nothing runs any more and all that was said is heard. */
  async cut(): Promise<void> {
    const child = this.#child;
    if (!child) return;
    const gone = once(child, 'close');
    this.#killAll();
    await gone;
    this.#child = undefined;
  }

  killTerminal(): void {
    try {
      if (this.up) process.kill(this.up.pid, 'SIGKILL');
    } catch {
      // it has ended by itself
    }
  }

  #hear(said: Said | undefined): void {
    switch (said?.kind) {
      case 'up':
        this.up = said;
        return;
      case 'recorded':
        this.recorded = Math.max(this.recorded, said.seq);
        return;
      case 'reported':
        this.reports.push(said);
        return;
      case undefined:
        return;
    }
  }

  #killAll(): void {
    try {
      if (this.#child?.pid !== undefined) process.kill(-this.#child.pid, 'SIGKILL');
    } catch {
      // all gone already
    }
  }
}
