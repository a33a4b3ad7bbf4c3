// One run of the terminal as a child of its keeper: its words, its silence, its end.
import { spawn } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { request } from 'node:http';
import { join } from 'node:path';
import {
  type DeedWord,
  type KeeperWord,
  parseDeedWord,
  parseTerminalWord,
  type TerminalWord,
} from '../kiosk/keeper-line.ts';
import { terminalArguments } from '../kiosk/terminal-process.ts';

export interface KioskRun {
  /** @param word what it was told may be lost with it */
  tell(word: KeeperWord): void;
  /** Asks it to end, and makes it when it does not. Resolves when it is gone. */
  stop(): Promise<void>;
  /** At once, when it hangs. */
  kill(): void;
}

export interface KioskRunEvents {
  readonly onWord: (word: TerminalWord) => void;
  /** what headquarters ordered of the keeper itself; left out = nothing can be */
  readonly onDeed?: (word: DeedWord, answer: (word: KeeperWord) => void) => void;
  /** @param code null = a signal ended it */
  readonly onExit: (code: number | null) => void;
}

export type StartKiosk = (script: string, config: string, events: KioskRunEvents) => KioskRun;

/** The terminal itself ends within 3 s. */
const stopMs = 5_000;

export const startKiosk: StartKiosk = (script, config, { onWord, onDeed, onExit }) => {
  const child = spawn(process.execPath, terminalArguments(script, config), {
    stdio: ['inherit', 'inherit', 'inherit', 'ipc'],
  });
  let hasEnded = false;
  const tell = (word: KeeperWord): void => {
    if (child.connected) child.send(word, () => undefined);
  };
  const gone = new Promise<void>((resolve) => {
    const end = (code: number | null): void => {
      if (hasEnded) return;
      hasEnded = true;
      onExit(code);
      resolve();
    };
    child.once('exit', end);
    child.once('error', () => end(null));
  });
  child.on('message', (message) => {
    if (hasEnded) return;
    const word = parseTerminalWord(message);
    if (word) onWord(word);
    const deed = parseDeedWord(message);
    if (deed) onDeed?.(deed, tell);
  });
  return {
    tell,
    kill: () => void child.kill('SIGKILL'),
    async stop() {
      if (hasEnded) return;
      child.kill('SIGTERM');
      const force = setTimeout(() => child.kill('SIGKILL'), stopMs);
      await gone;
      clearTimeout(force);
    },
  };
};

const answerMs = 3_000;

/** Asks for the page as its browser does. @returns whether it came whole, with 200 */
export async function doesKioskAnswer(dataDir: string): Promise<boolean> {
  try {
    const address = new URL(readFileSync(join(dataDir, 'run', 'screen-address'), 'utf8').trim());
    const cookie = `yingbin-screen-${address.port}=${address.searchParams.get('token') ?? ''}`;
    const page = await statusOf(new URL('/', address), cookie);
    return page === 200 && (await statusOf(new URL('/health', address), cookie)) === 200;
  } catch {
    return false;
  }
}

/** Rejects when nothing answers. */
function statusOf(url: URL, cookie: string): Promise<number> {
  return new Promise((resolve, reject) => {
    const asking = request(url, { headers: { cookie }, agent: false, timeout: answerMs }, (response) => {
      response.resume().once('end', () => resolve(response.statusCode ?? 0));
      response.once('error', reject);
    });
    asking.once('timeout', () => asking.destroy(new Error('the page does not answer')));
    asking.once('error', reject);
    asking.end();
  });
}
