// Runs `yingbin` in this process against a headquarters of the test, and keeps what it said.
import { join } from 'node:path';
import { runCommand } from '../../../provisioning/commands/yingbin-command.ts';
import type { Running } from '../../sync/headquarters/running.ts';

export interface Ran {
  readonly code: number;
  readonly out: string;
  readonly err: string;
}

/** @param env as the shell would give it */
export async function yingbin(
  args: readonly string[],
  env: Readonly<Record<string, string>> = {},
  isWatched = false,
): Promise<Ran> {
  let out = '';
  let err = '';
  const code = await runCommand(args, {
    write: (text) => {
      out += text;
    },
    complain: (text) => {
      err += text;
    },
    env,
    signal: new AbortController().signal,
    isWatched,
  });
  return { code, out, err };
}

/** The same with the token of a headquarters in the environment. */
export function askerOf({ httpUrl, folder }: Running): (...args: readonly string[]) => Promise<Ran> {
  const env = { YINGBIN_HEADQUARTERS: httpUrl, YINGBIN_TOKEN_FILE: join(folder, 'api.token') };
  return (...args) => yingbin(args, env);
}
