// The set-ups of a terminal on its disk: each that was tried, as files in `revisions/<rev>`, and the one that is in force.
import { existsSync, mkdirSync, readdirSync, readFileSync, rmSync } from 'node:fs';
import { dirname, join, resolve } from 'node:path';
import { type Config, parseConfig } from '../kiosk/config.ts';
import type { DeviceRole } from '../sync/contract/facts.ts';
import { replaceFile, syncFolderOf } from '../sync/durable-file.ts';
import { type Json, type SetupFiles, withIdentityOf } from './twin-candidate.ts';

/** Beside the one that serves and the one that is tried. */
const keptRevisions = 3;

export class SetupStore {
  readonly configFile: string;
  readonly #folder: string;

  constructor(configFile: string) {
    this.configFile = configFile;
    this.#folder = dirname(resolve(configFile));
  }

  get stateFile(): string {
    return join(this.#folder, 'keeper.json');
  }

  get holdFile(): string {
    return join(this.#folder, 'update-hold.json');
  }

  /** @throws ConfigError when it cannot be used */
  config(): Config {
    return parseConfig(readFileSync(this.configFile, 'utf8'), this.configFile);
  }

  get dataDir(): string {
    return resolve(this.#folder, this.config().dataDir);
  }

  /** That its config names. */
  devices(): ReadonlySet<DeviceRole> {
    const { reader, secondReader, printer, fallbackPrinter, panel } = this.config();
    const named = {
      reader,
      'second-reader': secondReader,
      printer,
      'fallback-printer': fallbackPrinter,
      panel,
    };
    const roles = Object.keys(named) as (keyof typeof named)[];
    return new Set(roles.filter((role) => named[role] !== null));
  }

  /** As it is in force now. */
  current(): SetupFiles {
    return { config: readJson(this.configFile) ?? {}, settings: readJson(this.#settingsFile()) };
  }

  /** Keeps what is in force as what holds where nothing is wanted. @param rev of what is in force */
  base(rev: number): SetupFiles {
    // until it has a twin, whoever set it up may have changed it
    if (rev === 0) this.#write(0, this.current());
    const files = this.#read(0);
    return files ?? this.current();
  }

  /** On disk when this returns; nothing is in force by it. @param pin sealed */
  keep(rev: number, files: SetupFiles, pin?: string): void {
    if (pin !== undefined) replaceFile(join(this.#made(rev), 'maintenance.pin'), `${pin}\n`);
    this.#write(rev, files);
  }

  /** Where the config finds the PIN of a revision. */
  pinFileOf(rev: number): string {
    return join('revisions', `${rev}`, 'maintenance.pin');
  }

  /**
   * Puts a revision in force, with the identity of now. Each file is the old or the new one after a power cut; the keeper
   * does it again when it was cut between them.
   */
  lay(rev: number): void {
    const files = this.#read(rev);
    if (!files) return;
    const now = readJson(this.configFile);
    const config = now ? withIdentityOf(files.config, now) : files.config;
    replaceIfOther(this.configFile, textOf(config));
    if (files.settings) {
      mkdirSync(dirname(this.#settingsFile()), { recursive: true, mode: 0o700 });
      replaceIfOther(this.#settingsFile(), textOf(files.settings));
    }
  }

  /** Would laying it change anything? */
  isInForce(rev: number): boolean {
    const files = this.#read(rev);
    const now = this.current();
    if (!files) return false;
    const config = textOf(withIdentityOf(files.config, now.config)) === textOf(now.config);
    return config && (files.settings === null || textOf(files.settings) === textOf(now.settings ?? {}));
  }

  /** Old ones go; never what is named. */
  prune(named: readonly number[]): void {
    const revs = readdirSync(join(this.#folder, 'revisions'))
      .map(Number)
      .filter((rev) => Number.isInteger(rev) && rev > 0 && !named.includes(rev))
      .sort((a, b) => b - a);
    for (const rev of revs.slice(keptRevisions)) rmSync(this.#at(rev), { recursive: true, force: true });
  }

  #settingsFile(): string {
    return join(this.dataDir, 'settings.json');
  }

  #at(rev: number): string {
    return join(this.#folder, 'revisions', `${rev}`);
  }

  #made(rev: number): string {
    const folder = this.#at(rev);
    if (!existsSync(folder)) {
      mkdirSync(folder, { recursive: true, mode: 0o700 });
      syncFolderOf(folder);
      syncFolderOf(dirname(folder));
    }
    return folder;
  }

  #write(rev: number, { config, settings }: SetupFiles): void {
    const folder = this.#made(rev);
    if (settings) replaceFile(join(folder, 'settings.json'), textOf(settings));
    // last: a revision without it is none
    replaceFile(join(folder, 'config.json'), textOf(config));
  }

  #read(rev: number): SetupFiles | null {
    const config = readJson(join(this.#at(rev), 'config.json'));
    return config && { config, settings: readJson(join(this.#at(rev), 'settings.json')) };
  }
}

function readJson(file: string): Json | null {
  try {
    const value: unknown = JSON.parse(readFileSync(file, 'utf8'));
    return typeof value === 'object' && value !== null && !Array.isArray(value) ? (value as Json) : null;
  } catch {
    return null;
  }
}

function textOf(value: Json): string {
  return `${JSON.stringify(value, null, 2)}\n`;
}

/** Cards wear: what is so already is not written. */
function replaceIfOther(file: string, text: string): void {
  if (existsSync(file) && readFileSync(file, 'utf8') === text) return;
  replaceFile(file, text);
}
