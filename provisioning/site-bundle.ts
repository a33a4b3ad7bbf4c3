// `yingbin site bundle`: headquarters builds one, a terminal takes one in. Both programs ship beside this command.
import { fileURLToPath } from 'node:url';
import { terminalArguments } from '../kiosk/terminal-process.ts';
import { runHeadquarters } from './headquarters-program.ts';
import { runShipped } from './shipped-program.ts';

const terminal = fileURLToPath(new URL('../kiosk/main.js', import.meta.url));

export interface BundleBuild {
  /** of headquarters */
  readonly config: string;
  /** the project that the terminals stand for */
  readonly site: string;
  /** replaced whole or not at all */
  readonly out: string;
  readonly store: string | undefined;
}

/** @returns the exit code: 0 it is there, 2 it cannot be built */
export function buildSiteBundle(
  { config, site, out, store }: BundleBuild,
  signal: AbortSignal,
): Promise<number> {
  const at = store === undefined ? [] : ['--store', store];
  return runHeadquarters(['site-bundle', '--config', config, '--site', site, '--to', out, ...at], signal);
}

/**
 * @param config of a terminal that does not run at the moment
 * @returns the exit code: 0 it is in, or something newer was; 1 refused, nothing was written; 2 cannot be tried
 */
export async function applySiteBundle(config: string, file: string, signal: AbortSignal): Promise<number> {
  return (await runShipped([...terminalArguments(terminal, config), '--bundle', file], signal)) ?? 70;
}
