// The headquarters program: `node main.js --config FILE [--import FILE.json] [--store URL]`.
import { readFileSync } from 'node:fs';
import { dirname, resolve } from 'node:path';
import { fileURLToPath } from 'node:url';
import { parseArgs } from 'node:util';
import { SyncError } from '../sync-error.ts';
import { parseHeadquartersConfig } from './config.ts';
import { parseDeveloperText } from './developer-file.ts';
import { type Headquarters, startHeadquarters } from './headquarters.ts';
import { HeadquartersError } from './headquarters-error.ts';
import { makeLog } from './log.ts';

const log = makeLog();
let isServing = false;
const stopping = new Promise<string>((done) => {
  for (const signal of ['SIGTERM', 'SIGINT'] as const) {
    // not `once`: npm passes on a Ctrl-C that the whole group has got already
    process.on(signal, () => {
      // an import is one transaction: it was made or it was not
      if (!isServing) process.exit(0);
      done(signal);
    });
  }
});
// nobody foresaw it, so nothing in memory can be trusted: say so without quoting anybody, and let the supervisor start afresh
process.once('uncaughtException', (error) => {
  log.error(
    { event: 'unforeseen', code: 'hq-fault', error: error?.name, at: placeOf(error) },
    'start it again',
  );
  process.exit(70);
});

try {
  const { values } = parseArgs({
    options: { config: { type: 'string' }, import: { type: 'string' }, store: { type: 'string' } },
    strict: true,
  });
  // a password is better kept out of the list of processes: the variable is for that
  await run(values.config, values.import, values.store ?? process.env['YINGBIN_STORE']);
} catch (error) {
  const { code, message } = explain(error);
  log.error({ event: 'not-started', code }, message);
  process.exitCode = 2;
}

async function run(
  configFile: string | undefined,
  importFile: string | undefined,
  storeUrl: string | undefined,
): Promise<void> {
  if (configFile === undefined) {
    throw new HeadquartersError('hq-config-unreadable', 'Say which config to use: --config FILE.');
  }
  const config = parseHeadquartersConfig(readText(configFile, 'hq-config-unreadable'), configFile);
  const developer =
    importFile === undefined
      ? undefined
      : parseDeveloperText(readText(importFile, 'hq-import-unreadable'), importFile);
  const headquarters = await startHeadquarters(config, {
    log,
    baseDir: dirname(resolve(configFile)),
    consoleDir: fileURLToPath(new URL('../../ui/console', import.meta.url)),
    developer,
    storeUrl,
  });
  isServing = true;
  const { httpUrl: http, mqttUrl: mqtt, publicKeys } = headquarters;
  process.stdout.write(`${JSON.stringify({ ready: true, http, mqtt })}\n`);
  log.info({ event: 'ready', http, mqtt, headquarters: publicKeys }, 'headquarters is ready');
  const signal = await stopping;
  log.info({ event: 'stopping', signal }, 'stopping');
  await stopInTime(headquarters, config.limits.stopTimeoutMs);
}

/** A peer that does not let go must not keep us: what matters is on disk already. */
async function stopInTime(headquarters: Headquarters, timeoutMs: number): Promise<void> {
  const timer = setTimeout(() => process.exit(0), timeoutMs);
  await headquarters.close();
  clearTimeout(timer);
}

function placeOf(error: Error | undefined): string {
  return (
    error?.stack
      ?.split('\n')
      .find((line) => /^\s+at /.test(line))
      ?.trim() ?? 'an unknown place'
  );
}

function readText(file: string, code: 'hq-config-unreadable' | 'hq-import-unreadable'): string {
  try {
    return readFileSync(file, 'utf8');
  } catch (cause) {
    throw new HeadquartersError(code, `${file} cannot be read; check the path and the rights.`, { cause });
  }
}

function explain(error: unknown): { code: string; message: string } {
  if (error instanceof HeadquartersError || error instanceof SyncError) return error;
  // parseArgs says in its message which argument it does not know
  const { code, message } = error as NodeJS.ErrnoException;
  return { code: code ?? 'hq-fault', message };
}
