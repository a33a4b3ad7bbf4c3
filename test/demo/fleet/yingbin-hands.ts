// The hands of the newcomer: they type `yingbin …` as IT would, and show what was typed and what it said.
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { join } from 'node:path';
import type { Teller } from './teller.ts';

export interface YingbinHands {
  /** @throws Error when it ends with anything but 0 */
  type(...args: readonly string[]): Promise<string>;
}

export function yingbinHands(options: {
  readonly programs: string;
  readonly env: Readonly<Record<string, string>>;
  readonly teller: Teller;
  readonly signal: AbortSignal;
}): YingbinHands {
  const { programs, env, teller, signal } = options;
  return {
    type: async (...args) => {
      teller.shown(`$ yingbin ${args.map(quoted).join(' ')}`);
      const child = spawn(process.execPath, [join(programs, 'provisioning/yingbin.js'), ...args], {
        env: { ...process.env, ...env },
        stdio: ['ignore', 'pipe', 'pipe'],
        signal,
      });
      let said = '';
      for (const stream of [child.stdout, child.stderr])
        stream.on('data', (bytes: Buffer) => {
          said += bytes.toString();
        });
      const [code] = (await once(child, 'close')) as [number | null];
      if (said.trim() !== '') teller.shown(said);
      if (code !== 0) throw new Error(`yingbin ${args.join(' ')} ended with ${code}: ${said}`);
      return said;
    },
  };
}

function quoted(word: string): string {
  return /^[\w./:=,@%+-]+$/.test(word) ? word : `'${word}'`;
}
