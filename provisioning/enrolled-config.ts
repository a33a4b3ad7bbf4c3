// The config that a terminal starts with once it is somebody: what headquarters told, over what it had.
import { existsSync, mkdirSync, readdirSync, readFileSync, renameSync } from 'node:fs';
import { dirname, join, relative, resolve } from 'node:path';
import { type Config, parseConfig } from '../kiosk/config.ts';
import type { Enrolled } from '../sync/contract/enrolment.ts';
import type { Identity } from './identity.ts';
import { writeTerminal } from './write-terminal.ts';

/** Where the screen is from the first moment on, so that the browser stays at one address. */
export const usualScreenPort = 8080;
export const usualDataDir = 'data';

/** The site, the devices and everything else come with the twin. */
const blank = {
  dataDir: usualDataDir,
  reader: null,
  printer: null,
  panel: null,
} as const;

/**
 * @param file `config.json` of the terminal's folder; written whole or not at all, as are its keys
 * @param port of the screen, when no config says it
 * @throws ConfigError when it would not start
 */
export function writeEnrolledConfig(
  file: string,
  answer: Enrolled,
  identity: Identity,
  port: number = usualScreenPort,
): void {
  const folder = dirname(file);
  const had = readConfig(file);
  const pairFile = relative(folder, identity.pairFile);
  if (had && had.terminal !== answer.terminal) setDataAside(resolve(folder, had.dataDir), had.terminal);
  const name = { zh: answer.terminal, en: answer.terminal };
  writeTerminal({
    folder,
    fleetKey: Buffer.from(answer.fleetKey, 'hex'),
    config: {
      ...blank,
      screen: { port },
      site: { name, project: null, helpPhone: '' },
      ...had,
      v: 1,
      tenant: answer.tenant,
      terminal: answer.terminal,
      code: answer.code,
      broker: {
        url: [...answer.broker],
        tls: {
          rootFile: relative(folder, identity.rootFile),
          certificateFile: pairFile,
          keyFile: pairFile,
        },
      },
      headquarters: {
        sealKey: answer.sealKey,
        signKey: answer.signKey,
        releaseKeys: answer.releaseKeys,
        door: identity.door()?.headquarters,
      },
    },
  });
}

/**
 * What waits there is another terminal's: out of the way, for whoever asks for it. The run folder stays, for the browser
 * has its address from there. A power cut in between goes on with the rest.
 */
function setDataAside(dataDir: string, terminal: string): void {
  if (!existsSync(dataDir)) return;
  const aside = `${dataDir}-of-${terminal}`;
  mkdirSync(aside, { recursive: true, mode: 0o700 });
  for (const entry of readdirSync(dataDir)) {
    if (entry !== 'run') renameSync(join(dataDir, entry), join(aside, entry));
  }
}

/** One that cannot be used is written anew. */
function readConfig(file: string): Config | undefined {
  if (!existsSync(file)) return undefined;
  try {
    return parseConfig(readFileSync(file, 'utf8'), file);
  } catch {
    return undefined;
  }
}
