// The headquarters program: `node main.js [backup --to FILE | restore --from FILE] --config FILE [--import FILE.json] [--store URL]`.
import { readFileSync } from 'node:fs';
import { dirname, resolve } from 'node:path';
import { fileURLToPath } from 'node:url';
import { parseArgs } from 'node:util';
import { SyncError } from '../sync-error.ts';
import { backupCommands, runBackupCommand } from './backup/backup-command.ts';
import { type HeadquartersConfig, parseHeadquartersConfig } from './config.ts';
import { parseDeveloperText } from './developer-file.ts';
import { type Headquarters, startHeadquarters } from './headquarters.ts';
import { HeadquartersError } from './headquarters-error.ts';
import { makeLog } from './log.ts';
import { storeAddress } from './store/store-address.ts';

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
  const { values, positionals } = parseArgs({
    options: {
      config: { type: 'string' },
      import: { type: 'string' },
      store: { type: 'string' },
      to: { type: 'string' },
      from: { type: 'string' },
    },
    allowPositionals: true,
    strict: true,
  });
  // a password is better kept out of the list of processes: the variable is for that
  const storeUrl = values.store ?? process.env['YINGBIN_STORE'];
  const [word] = positionals;
  if (word === undefined) await run(values.config, values.import, storeUrl);
  else await runCommand(word, values.config, values.to ?? values.from, storeUrl);
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
  const { config, baseDir } = readConfig(configFile);
  const developer =
    importFile === undefined
      ? undefined
      : parseDeveloperText(readText(importFile, 'hq-import-unreadable'), importFile);
  const headquarters = await startHeadquarters(config, {
    log,
    baseDir,
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

async function runCommand(
  word: string,
  configFile: string | undefined,
  file: string | undefined,
  storeUrl: string | undefined,
): Promise<void> {
  const command = backupCommands.find((one) => one === word);
  if (command === undefined || file === undefined) {
    throw new HeadquartersError(
      'hq-command-unknown',
      'Say nothing to serve, "backup --to FILE" or "restore --from FILE".',
    );
  }
  const { config, baseDir } = readConfig(configFile);
  const url = storeAddress(config, (path) => resolve(baseDir, path), storeUrl);
  const result = await runBackupCommand(command, url, resolve(file), () => new Date());
  process.stdout.write(`${JSON.stringify(result)}\n`);
  if ('restored' in result) {
    log.warn(
      { event: 'restored' },
      'the store is that of the backup; terminals send what came later once more and take all datasets afresh',
    );
  }
}

function readConfig(file: string | undefined): { config: HeadquartersConfig; baseDir: string } {
  if (file === undefined) {
    throw new HeadquartersError('hq-config-unreadable', 'Say which config to use: --config FILE.');
  }
  const config = parseHeadquartersConfig(readText(file, 'hq-config-unreadable'), file);
  return { config, baseDir: dirname(resolve(file)) };
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
