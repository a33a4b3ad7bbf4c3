// The headquarters program: `node main.js [backup --to FILE | restore --from FILE | account add --name NAME --roles R,… | site-bundle --site ID --to FILE] --config FILE [--import FILE.json] [--store URL] [--workers N]`.
import { readFileSync } from 'node:fs';
import { dirname, resolve } from 'node:path';
import { fileURLToPath } from 'node:url';
import { parseArgs } from 'node:util';
import { SyncError } from '../sync-error.ts';
import { runAccountCommand } from './accounts/account-command.ts';
import { backupCommands, runBackupCommand } from './backup/backup-command.ts';
import { type HeadquartersConfig, parseHeadquartersConfig } from './config.ts';
import { parseDeveloperText } from './developer-file.ts';
import {
  type Headquarters,
  type HeadquartersOptions,
  randomName,
  startFrontDesk,
  startHeadquarters,
  startWorker,
} from './headquarters.ts';
import { HeadquartersError } from './headquarters-error.ts';
import { readOrMakeKeys } from './keys.ts';
import { makeLog } from './log.ts';
import { photosFolder } from './photos/open-photos.ts';
import { readOrMakeToken } from './secrets.ts';
import { runSiteBundleCommand } from './site-bundle/site-bundle-command.ts';
import { storeAddress } from './store/store-address.ts';
import { processPlans } from './workers/process-plans.ts';
import { Supervisor } from './workers/supervisor.ts';

const restartLimits = { minMs: 200, maxMs: 30_000 };
/** beyond the time that a process has for its end */
const killAfterMs = 1_000;

const { values, positionals } = readArguments();
/** of a process among several, which `--workers` starts */
const name = values.part === 'worker' ? randomName() : undefined;
const log = makeLog(name);
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
  // the process that started us is gone: another one will start others
  process.once('disconnect', () => {
    if (!isServing) process.exit(0);
    done('disconnect');
  });
  process.channel?.unref();
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
  const { config, baseDir } = readConfig(values.config);
  // a password is better kept out of the list of processes: the variable is for that
  const storeUrl = values.store ?? process.env['YINGBIN_STORE'];
  const [word] = positionals;
  if (![undefined, 'worker', 'desk'].includes(values.part)) {
    throw new HeadquartersError('hq-workers-wrong', '--part must be worker or desk.');
  }
  if (word !== undefined) await runCommand(word, config, baseDir, storeUrl);
  else if (values.workers !== undefined) await supervise(config, baseDir, storeUrl, values.workers);
  else await serve(config, baseDir, storeUrl);
} catch (error) {
  const { code, message } = explain(error);
  log.error({ event: 'not-started', code }, message);
  process.exitCode = 2;
}

function readArguments() {
  try {
    return parseArgs({
      options: {
        config: { type: 'string' },
        import: { type: 'string' },
        store: { type: 'string' },
        workers: { type: 'string' },
        /** `worker` or `desk`: one process of several */
        part: { type: 'string' },
        to: { type: 'string' },
        from: { type: 'string' },
        name: { type: 'string' },
        roles: { type: 'string' },
        ports: { type: 'string' },
        person: { type: 'string' },
        site: { type: 'string' },
      },
      allowPositionals: true,
      strict: true,
    });
  } catch (error) {
    const { code, message } = explain(error);
    makeLog().error({ event: 'not-started', code }, message);
    process.exit(2);
  }
}

async function serve(
  config: HeadquartersConfig,
  baseDir: string,
  storeUrl: string | undefined,
): Promise<void> {
  const developer =
    values.import === undefined
      ? undefined
      : parseDeveloperText(readText(values.import, 'hq-import-unreadable'), values.import);
  const options: HeadquartersOptions = {
    log,
    baseDir,
    consoleDir: fileURLToPath(new URL('../../ui/console', import.meta.url)),
    developer,
    storeUrl,
    name,
  };
  const headquarters: Partial<Headquarters> & Pick<Headquarters, 'close'> =
    values.part === 'worker'
      ? await startWorker(config, options)
      : values.part === 'desk'
        ? await startFrontDesk(config, options)
        : await startHeadquarters(config, options);
  isServing = true;
  const { httpUrl: http, mqttUrl: mqtt, doorUrl: door, publicKeys } = headquarters;
  process.stdout.write(`${JSON.stringify({ ready: true, http, mqtt, door })}\n`);
  log.info({ event: 'ready', http, mqtt, door, headquarters: publicKeys }, 'headquarters is ready');
  const signal = await stopping;
  log.info({ event: 'stopping', signal }, 'stopping');
  await stopInTime(headquarters, config.limits.stopTimeoutMs);
}

/** One process for the API and so many that take what terminals tell. */
async function supervise(
  config: HeadquartersConfig,
  baseDir: string,
  storeUrl: string | undefined,
  workers: string,
): Promise<void> {
  const configFile = values.config ?? '';
  const plans = processPlans(config, { configFile, storeUrl, workers, importFile: values.import });
  const at = (path: string): string => resolve(baseDir, path);
  // made here, so that no two processes make them
  readOrMakeKeys(at(config.keysFile));
  readOrMakeToken(at(config.apiTokenFile));
  const supervisor = new Supervisor({
    script: fileURLToPath(import.meta.url),
    env: storeUrl === undefined ? process.env : { ...process.env, YINGBIN_STORE: storeUrl },
    restart: restartLimits,
    stopTimeoutMs: config.limits.stopTimeoutMs + killAfterMs,
    log,
  });
  isServing = true;
  const words: Record<string, unknown> = {};
  for (const plan of plans) {
    const start = await Promise.race([supervisor.start(plan), stopping]);
    if (typeof start !== 'string' && start.kind === 'ready') {
      Object.assign(words, start.words);
      continue;
    }
    // told to stop, or a process has said why it cannot start
    await supervisor.stop();
    process.exitCode = typeof start === 'string' ? 0 : start.exitCode;
    return;
  }
  process.stdout.write(`${JSON.stringify({ ...words, workers: Number(workers) })}\n`);
  const signal = await stopping;
  log.info({ event: 'stopping', signal }, 'stopping');
  await supervisor.stop();
}

async function runCommand(
  word: string,
  config: HeadquartersConfig,
  baseDir: string,
  storeUrl: string | undefined,
): Promise<void> {
  const at = (path: string): string => resolve(baseDir, path);
  const url = storeAddress(config, at, storeUrl);
  if (word === 'account') {
    const [password = ''] = readFileSync(0, 'utf8').split(/\r?\n/);
    const { name, roles, ports, person } = values;
    const made = await runAccountCommand(
      url,
      { deed: positionals[1], name, roles, ports, person },
      password,
      () => new Date(),
    );
    process.stdout.write(`${JSON.stringify(made)}\n`);
    return;
  }
  const command = backupCommands.find((one) => one === word);
  const file = values.to ?? values.from;
  if (word === 'site-bundle' && values.to !== undefined) {
    const { site } = values;
    const made = { config, at, url, site, file: resolve(values.to), now: () => new Date() };
    process.stdout.write(`${JSON.stringify(await runSiteBundleCommand(made))}\n`);
    return;
  }
  if (command === undefined || file === undefined) {
    throw new HeadquartersError(
      'hq-command-unknown',
      'Say nothing to serve, "backup --to FILE", "restore --from FILE", "site-bundle --site ID --to FILE" or "account add".',
    );
  }
  const result = await runBackupCommand(
    command,
    url,
    resolve(file),
    photosFolder(at(config.dataDir)),
    () => new Date(),
  );
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
async function stopInTime(headquarters: Pick<Headquarters, 'close'>, timeoutMs: number): Promise<void> {
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
