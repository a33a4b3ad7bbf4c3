// What the `yingbin` command understands: it runs the shipped programs, carries site bundles, looks at devices and brokers, and prints udev rules.
import { readFileSync } from 'node:fs';
import { parseArgs } from 'node:util';
import { attachedDevices } from '../device/diagnosis/attached-devices.ts';
import { accessFor, isShipped } from '../device/diagnosis/diagnose.ts';
import {
  kioskGroup,
  type RuledDevice,
  ruledAccesses,
  shippedUdevRules,
  udevRules,
  udevRulesFor,
} from '../device/diagnosis/udev-rules.ts';
import { knownDevice } from '../device/known-devices.ts';
import { type Config, ConfigError, parseConfig } from '../kiosk/config.ts';
import { runBrokerCheck } from './broker-check.ts';
import { type CommandLanguage, languageOf } from './command-words.ts';
import { runDoctor, trials } from './doctor.ts';
import { runHeadquarters } from './headquarters-program.ts';
import { runLearnReader } from './learn.ts';
import { applySiteBundle, buildSiteBundle } from './site-bundle.ts';
import { runTerminal } from './terminal-program.ts';

const usage = `Usage: yingbin doctor [--config FILE] [--json] [--language zh|en] [--group NAME] [--no-network]
       yingbin doctor --config FILE [--test-page] [--test-swipe] [--test-panel] [--seconds N]
       yingbin doctor learn-reader [--printed NUMBER] [--seconds N]
       yingbin broker-check (--url URL… | --config FILE) [--tenant NAME] [--terminal NAME]
               [--username NAME --password-file FILE] [--ca FILE --cert FILE --key FILE]
               [--headquarters-username NAME --headquarters-password-file FILE] [--json]
       yingbin terminal --config FILE
       yingbin headquarters --config FILE [--import FILE.json] [--store URL] [--workers N]
       yingbin site-bundle build --config FILE --site ID --out FILE [--store URL]
       yingbin site-bundle apply --config FILE BUNDLE
       yingbin udev [--group NAME] [--attached] [--for vvvv:pppp:hid|keyboard|serial|printer]…

doctor  lists what is plugged in, what it is and what is amiss with it, with the lines to add or paste.
        --test-page prints a page, --test-swipe waits for a card, --test-panel shows each light and sound.
        learn-reader finds out by one swipe which device is the reader and how to set it up.
        Run it as the user that the terminal runs as: rights are that user's.
broker-check  connects to a broker as a terminal and as headquarters, tries what they need and what must be refused,
        and says what to change.
terminal  runs the terminal, and starts it again when it crashed or headquarters ordered a restart.
headquarters  runs headquarters; with --workers that many processes share the fleet, on PostgreSQL and a broker of yours.
site-bundle  build writes all that the terminals of a project need into one signed file, with the config of
        headquarters; apply takes it in at a terminal that has no network, with the terminal's config.
udev    prints udev rules for all known devices; --attached adds what is plugged in and not known,
        --for adds a device by its ids.

Exit codes: 0 all is well, 1 something needs care or a trial failed, 2 wrong arguments or config.
`;

/** Not for people who run it, but for who reads the exit code. */
class UsageError extends Error {
  override readonly name = 'UsageError';
}

/** Where a command speaks, and what the shell told it. */
export interface CommandSurroundings {
  readonly write: (text: string) => void;
  /** wrong arguments, wrong config */
  readonly complain: (text: string) => void;
  readonly env: Readonly<Record<string, string | undefined>>;
  /** ends the waiting for a person */
  readonly signal: AbortSignal;
}

/** @returns the exit code: 0 all is well, 1 something needs care, 2 wrong arguments or config */
export async function runCommand(args: readonly string[], around: CommandSurroundings): Promise<number> {
  try {
    if (args[0] === 'headquarters') return await runHeadquarters(args.slice(1), around.signal);
    const { values, positionals } = parseCommand(args);
    if (values.help) {
      around.write(usage);
      return 0;
    }
    if (positionals[0] === 'site-bundle') return await siteBundle(values, positionals.slice(1), around);
    const command = positionals.join(' ');
    if (command === 'udev') return printRules(values, around);
    if (command === 'terminal') return await terminal(values, around);
    if (command === 'doctor') return await doctor(values, around);
    if (command === 'broker-check') return await brokerCheck(values, around);
    if (command === 'doctor learn-reader') return await learnReader(values, around);
    throw new UsageError(
      command === ''
        ? 'say terminal, headquarters, doctor, broker-check, udev or site-bundle'
        : `${command} is no command`,
    );
  } catch (error) {
    // parseArgs has codes of its own for every wrong argument
    const isUsage =
      error instanceof UsageError || String((error as { code?: unknown }).code).startsWith('ERR_PARSE_ARGS');
    if (!isUsage && !(error instanceof ConfigError)) throw error;
    around.complain(`${(error as Error).message}\n${isUsage ? `\n${usage}` : ''}`);
    return 2;
  }
}

/** How long a broker may take for one answer. */
const brokerPatienceMs = 3_000;
/** Of `broker-check` alone, all optional. */
const brokerCheckOptions = {
  tenant: { type: 'string' },
  terminal: { type: 'string' },
  username: { type: 'string' },
  'password-file': { type: 'string' },
  'headquarters-username': { type: 'string' },
  'headquarters-password-file': { type: 'string' },
  ca: { type: 'string' },
  cert: { type: 'string' },
  key: { type: 'string' },
} as const;

function parseCommand(args: readonly string[]) {
  return parseArgs({
    args: [...args],
    allowPositionals: true,
    options: {
      help: { type: 'boolean', short: 'h', default: false },
      config: { type: 'string' },
      json: { type: 'boolean', default: false },
      language: { type: 'string' },
      group: { type: 'string', default: kioskGroup },
      'no-network': { type: 'boolean', default: false },
      'test-page': { type: 'boolean', default: false },
      'test-swipe': { type: 'boolean', default: false },
      'test-panel': { type: 'boolean', default: false },
      seconds: { type: 'string', default: '30' },
      printed: { type: 'string' },
      attached: { type: 'boolean', default: false },
      for: { type: 'string', multiple: true, default: [] },
      url: { type: 'string', multiple: true, default: [] },
      site: { type: 'string' },
      out: { type: 'string' },
      store: { type: 'string' },
      ...brokerCheckOptions,
    },
  });
}
type Values = ReturnType<typeof parseCommand>['values'];

function terminal({ config }: Values, { complain, signal }: CommandSurroundings): Promise<number> {
  if (config === undefined) throw new UsageError('terminal needs --config FILE');
  return runTerminal({ config, complain, signal });
}

function siteBundle(
  { config, site, out, store }: Values,
  [deed, file, ...more]: readonly string[],
  { signal }: CommandSurroundings,
): Promise<number> {
  if (config === undefined) throw new UsageError('site-bundle needs --config FILE');
  if (deed === 'build' && file === undefined && site !== undefined && out !== undefined)
    return buildSiteBundle({ config, site, out, store }, signal);
  if (deed === 'apply' && file !== undefined && more.length === 0)
    return applySiteBundle(config, file, signal);
  throw new UsageError('say site-bundle build --site ID --out FILE, or site-bundle apply BUNDLE');
}

async function doctor(values: Values, around: CommandSurroundings): Promise<number> {
  const wanted = trials.filter((trial) => values[trial]);
  if (wanted.length > 0 && values.config === undefined) throw new UsageError('a test needs --config FILE');
  if (wanted.length > 0 && values.json) throw new UsageError('a test has no --json');
  return runDoctor({
    config: values.config === undefined ? null : readConfig(values.config),
    trials: wanted,
    asJson: values.json,
    language: language(values.language, around),
    ...person(values, around),
    inspection: { triesNetwork: !values['no-network'], group: groupName(values.group) },
  });
}

function brokerCheck(values: Values, around: CommandSurroundings): Promise<number> {
  return runBrokerCheck({
    arguments: values,
    configFile: values.config,
    config: values.config === undefined ? null : readConfig(values.config),
    asJson: values.json,
    language: language(values.language, around),
    write: around.write,
    patienceMs: brokerPatienceMs,
  });
}

function learnReader(values: Values, around: CommandSurroundings): Promise<number> {
  const { printed } = values;
  return runLearnReader({
    ...(printed === undefined ? {} : { printed }),
    language: language(values.language, around),
    ...person(values, around),
  });
}

/** How long a person is waited for, where to speak to them, and how they stop it. */
function person(values: Values, { write, signal }: CommandSurroundings) {
  const seconds = Number(values.seconds);
  if (!(seconds >= 1 && seconds <= 600)) throw new UsageError('--seconds must be 1 to 600');
  return { patienceMs: seconds * 1_000, write, signal };
}

function printRules(values: Values, { write }: CommandSurroundings): number {
  const group = groupName(values.group);
  const asked = values.for.flatMap((text) => udevRules(ruledDevice(text), group));
  const plugged = values.attached
    ? attachedDevices()
        .filter((device) => !isShipped(knownDevice(device)))
        .flatMap((device) => {
          const node = device.nodes.find(({ kind }) => kind !== 'input');
          return node ? udevRulesFor(device, accessFor(device, node), group) : [];
        })
    : [];
  write(shippedUdevRules(group) + [...plugged, ...asked].map((line) => `${line}\n`).join(''));
  return 0;
}

function ruledDevice(text: string): RuledDevice {
  const [, vendor, product, kind] = /^([0-9a-f]{4}):([0-9a-f]{4}):([a-z]+)$/.exec(text.toLowerCase()) ?? [];
  const access = ruledAccesses.find((one) => one === kind);
  if (vendor === undefined || product === undefined || access === undefined)
    throw new UsageError(`--for ${text} must be vvvv:pppp:hid, …:keyboard, …:serial or …:printer`);
  return { vendor, product, access };
}

function groupName(name: string): string {
  if (!/^[a-z_][a-z0-9_-]{0,31}$/.test(name)) throw new UsageError(`--group ${name} is no group name`);
  return name;
}

function language(said: string | undefined, { env }: CommandSurroundings): CommandLanguage {
  if (said === undefined) return languageOf(env);
  if (said !== 'zh' && said !== 'en') throw new UsageError('--language must be zh or en');
  return said;
}

const unreadable: Readonly<Record<string, string>> = {
  ENOENT: 'is not there',
  EISDIR: 'is a folder',
  EACCES: 'may not be read by this user',
};

function readConfig(file: string): Config {
  let text: string;
  try {
    text = readFileSync(file, 'utf8');
  } catch (cause) {
    const why = unreadable[(cause as NodeJS.ErrnoException).code ?? ''] ?? 'cannot be read';
    throw new ConfigError('config-unreadable', `${file} ${why}: name the config.json of the terminal.`, {
      cause,
    });
  }
  return parseConfig(text, file);
}
