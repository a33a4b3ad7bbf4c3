// A terminal of the fleet story that is the shipped program: keeper, kiosk and releases in a folder of its own, enrolled with a claim file.
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { writePrivate } from '../../../provisioning/write-terminal.ts';
import { freePort } from '../../simulators/mosquitto.ts';
import { ChildProgram } from '../child-program.ts';

export interface ShippedPlace {
  readonly programs: string;
  /** of this terminal alone */
  readonly folder: string;
  /** of its screen; 0 = any */
  readonly port: number;
  readonly signal: AbortSignal;
}

export interface ShippedTerminal {
  /** with the token of this boot: opens the screen */
  readonly screen: string;
  close(): Promise<void>;
}

export function configOf({ folder }: Pick<ShippedPlace, 'folder'>): string {
  return join(folder, 'config.json');
}

/** @param claimFile left out = it is somebody already */
export async function startShippedTerminal(
  place: ShippedPlace,
  claimFile?: string,
): Promise<ShippedTerminal> {
  const { programs, folder, signal } = place;
  const port = place.port === 0 ? await freePort() : place.port;
  const config = configOf(place);
  if (claimFile === undefined) setPort(config, port);
  const program = await ChildProgram.start({
    args: [
      join(programs, 'provisioning/yingbin.js'),
      'terminal',
      ...['--config', config, '--releases', join(folder, 'root'), '--port', `${port}`],
      ...(claimFile === undefined ? [] : ['--claim', claimFile]),
    ],
    logFile: join(folder, 'terminal.log'),
    readyTimeoutMs: 180_000,
    signal,
  });
  return {
    screen: readFileSync(join(folder, 'data', 'run', 'screen-address'), 'utf8').trim(),
    close: () => program.stop(10_000),
  };
}

/** Several stand on one machine: each needs a port of its own. */
function setPort(file: string, port: number): void {
  const config = JSON.parse(readFileSync(file, 'utf8')) as object;
  writePrivate(file, `${JSON.stringify({ ...config, screen: { port } }, null, 2)}\n`);
}
