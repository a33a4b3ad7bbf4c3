// The terminal as a program: `node dist/kiosk/main.js --config FILE`. Says when it is ready, ends cleanly on a signal.
import { mkdirSync, readFileSync } from 'node:fs';
import { dirname, join, resolve } from 'node:path';
import { fileURLToPath } from 'node:url';
import { parseArgs } from 'node:util';
import { SyncError } from '../sync/sync-error.ts';
import { systemClock } from '../sync/terminal-clock.ts';
import { type Config, ConfigError, parseConfig } from './config.ts';
import { faultText } from './fault-text.ts';
import { channelOf } from './keeper-port.ts';
import { openLog } from './log.ts';
import { LogRing } from './log-ring.ts';
import { openTerminalStore } from './open-terminal-store.ts';
import { applySiteBundle } from './site-bundles.ts';
import { StartError } from './start-error.ts';
import { startTerminal, type Terminal } from './start-terminal.ts';
import { cannotStartCode, refusedCode, restartCode } from './terminal-process.ts';

const usage = `Usage: node kiosk/main.js --config FILE [--bundle FILE]

Runs the terminal that FILE describes; with --bundle takes a site bundle in instead, and ends. Prints one JSON line on stdout when it serves, logs JSON lines on stderr.
"yingbin terminal" runs it as it should be run.
Exit codes: 0 ended by a signal, 2 cannot start (the last line says why and what to do), 70 crashed (start it again),
1 the site bundle was refused, 75 headquarters ordered a restart (start it again).
`;
/** a close that hangs must not keep the supervisor waiting */
const closeMs = 3_000;

await main();

async function main(): Promise<void> {
  const { config: file, bundle } = readArguments();
  if (file === undefined) {
    process.stderr.write(usage);
    process.exit(cannotStartCode);
  }
  if (bundle !== undefined) return await takeBundle(file, bundle);
  let terminal: Terminal | undefined;
  let isStopping = false;
  const stop = (code: number): void => {
    // npm passes on a Ctrl-C that the whole group has got already
    if (isStopping) return;
    isStopping = true;
    setTimeout(() => process.exit(code), closeMs).unref();
    // while it is starting, what matters is on disk or was never said
    const closed = terminal?.close() ?? Promise.resolve();
    closed.then(
      () => process.exit(code),
      () => process.exit(code),
    );
  };
  process.on('SIGINT', () => stop(0));
  process.on('SIGTERM', () => stop(0));
  // who keeps it is gone, and another one starts another terminal
  process.on('disconnect', () => stop(0));
  // nobody foresaw it, so nothing in memory can be trusted: say so and let the supervisor start afresh
  process.once('uncaughtException', (error) => {
    process.stderr.write(
      error instanceof SyncError
        ? `${startSentence(error)}\n`
        : `unforeseen: ${error?.name} at ${error?.stack?.split('\n')[1]?.trim() ?? 'an unknown place'}\n`,
    );
    process.exit(70);
  });
  try {
    const config = readConfig(file);
    const ring = openRing(config);
    terminal = await startTerminal({
      config,
      version: productVersion(),
      uiDir: fileURLToPath(new URL('../ui/kiosk', import.meta.url)),
      log: openLog(config.terminal, {
        write(line) {
          process.stderr.write(line);
          ring?.write(line);
        },
      }),
      ring,
      onRestart: () => stop(restartCode),
      keeper: channelOf(process),
    });
  } catch (error) {
    process.stderr.write(`${startSentence(error)}\n`);
    process.exit(cannotStartCode);
  }
  process.stdout.write(`${JSON.stringify({ ready: true, port: terminal.screenPort })}\n`);
}

/** @returns undefined where nothing can be written: that is said when the terminal is built */
function openRing({ dataDir }: Config): LogRing | undefined {
  try {
    return LogRing.open(join(dataDir, 'log', 'terminal.log'));
  } catch {
    return undefined;
  }
}

function readArguments(): { readonly config?: string | undefined; readonly bundle?: string | undefined } {
  try {
    return parseArgs({ options: { config: { type: 'string' }, bundle: { type: 'string' } } }).values;
  } catch {
    return {};
  }
}

/** The terminal's own file is open meanwhile, so that none can run that has another idea of its datasets. */
async function takeBundle(file: string, bundle: string): Promise<void> {
  try {
    const config = readConfig(file);
    mkdirSync(config.dataDir, { recursive: true, mode: 0o700 });
    const log = openLog(config.terminal, { write: (line) => process.stderr.write(line) });
    const store = openTerminalStore(config, systemClock(), log);
    try {
      let said = -1;
      const onProgress = (share: number): void => {
        const percent = Math.floor(share * 100);
        if (percent !== said) process.stderr.write(`${percent} %\n`);
        said = percent;
      };
      const { kind, head } = await applySiteBundle(bundle, config, store.replica, onProgress);
      const datasets = Object.fromEntries(head.changes.map(({ dataset, to }) => [dataset, to]));
      const isNew = kind === 'offered';
      process.stdout.write(`${JSON.stringify({ isNew, site: head.site, at: head.at, datasets })}\n`);
    } finally {
      store.close();
    }
  } catch (error) {
    const isRefused = error instanceof SyncError && error.code.startsWith('sync-bundle-');
    const sentence = isRefused ? `${error.code}: ${faultText(error.code)}` : startSentence(error);
    process.stderr.write(`${sentence}\n`);
    process.exitCode = isRefused ? refusedCode : cannotStartCode;
  }
}

/** Paths in the file are relative to it. */
function readConfig(file: string): Config {
  let text: string;
  try {
    text = readFileSync(file, 'utf8');
  } catch (cause) {
    throw new ConfigError(
      'config-unreadable',
      `${file} cannot be read. Name an existing file with --config.`,
      { cause },
    );
  }
  const config = parseConfig(text, file);
  const absolute = (path: string): string => resolve(dirname(file), path);
  const { bundles } = config;
  const { passwordFile, tls } = config.broker;
  const { pinFile } = config.maintenance;
  return {
    ...config,
    dataDir: absolute(config.dataDir),
    fleetKeyFile: absolute(config.fleetKeyFile),
    ...(bundles === undefined ? {} : { bundles: absolute(bundles) }),
    maintenance: pinFile === undefined ? {} : { pinFile: absolute(pinFile) },
    broker: {
      ...config.broker,
      ...(passwordFile === undefined ? {} : { passwordFile: absolute(passwordFile) }),
      ...(tls === undefined
        ? {}
        : {
            tls: {
              rootFile: absolute(tls.rootFile),
              certificateFile: absolute(tls.certificateFile),
              keyFile: absolute(tls.keyFile),
            },
          }),
    },
  };
}

function startSentence(error: unknown): string {
  if (error instanceof ConfigError || error instanceof StartError || error instanceof SyncError)
    return `${error.code}: ${error.message}`;
  const code = (error as { code?: unknown }).code;
  return `${typeof code === 'string' ? code : 'start-failed'}: ${error instanceof Error ? error.message : 'unknown'}`;
}

function productVersion(): string {
  const manifest: unknown = JSON.parse(readFileSync(new URL('../../package.json', import.meta.url), 'utf8'));
  const version = (manifest as { version?: unknown }).version;
  return typeof version === 'string' ? version : '0.0.0';
}
