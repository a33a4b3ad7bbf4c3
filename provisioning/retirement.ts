// Leaves nothing of a terminal that is retired: key, data, claim, set-ups and networks. The mark comes first and goes last, so a power cut only delays it.
import { existsSync, readdirSync, readFileSync, rmSync } from 'node:fs';
import { dirname, join, resolve } from 'node:path';
import * as v from 'valibot';
import type { DeedWord, KeeperWord } from '../kiosk/keeper-line.ts';
import { replaceFile, syncFolderOf } from '../sync/durable-file.ts';
import { usualClaimFiles, wipeClaim } from './claim-file.ts';

/** How long what was told last has to arrive; then it is wiped all the same. */
const graceMs = 90_000;

export interface RetirementOptions {
  /** the terminal's `config.json` */
  readonly config: string;
  readonly claimFiles?: readonly string[];
  readonly monoMs: () => number;
  readonly complain: (text: string) => void;
  readonly env?: Readonly<Record<string, string | undefined>>;
}

export class Retirement {
  readonly #options: RetirementOptions;
  readonly #folder: string;
  readonly #mark: string;
  readonly #wiping: string;
  #dueMs: number | null;

  private constructor(options: RetirementOptions) {
    this.#options = options;
    this.#folder = dirname(resolve(options.config));
    this.#mark = join(this.#folder, 'retiring');
    this.#wiping = join(this.#folder, 'wiping');
    // the power went: what was not told yet gets its time once more
    this.#dueMs = existsSync(this.#mark) ? options.monoMs() + graceMs : null;
  }

  /** A wipe that the power cut short is ended first: half a terminal must not become somebody again. */
  static open(options: RetirementOptions): Retirement {
    const retirement = new Retirement(options);
    if (existsSync(retirement.#wiping)) retirement.wipe();
    return retirement;
  }

  /** @param answer tells the terminal */
  hear({ kind }: DeedWord, answer: (word: KeeperWord) => void): void {
    const { monoMs, complain } = this.#options;
    if (kind === 'retire') {
      if (this.#dueMs === null) {
        replaceFile(this.#mark, '');
        complain('this terminal is retired and will be wiped\n');
        this.#dueMs = monoMs() + graceMs;
      }
      answer({ kind: 'retiring' });
    }
    if (kind === 'wipe' && this.#dueMs !== null) this.#dueMs = monoMs();
  }

  /** Is nothing to be waited for any more? Then end the terminal and wipe. */
  get isDue(): boolean {
    return this.#dueMs !== null && this.#options.monoMs() >= this.#dueMs;
  }

  /** The terminal has ended. Safe to repeat. */
  wipe(): void {
    const { config, claimFiles = usualClaimFiles, complain } = this.#options;
    replaceFile(this.#wiping, '');
    for (const path of this.#ownPlaces()) remove(path);
    for (const file of claimFiles) if (existsSync(file)) wipeClaim(file);
    remove(resolve(config));
    this.#forgetNetworks();
    for (const mark of [this.#mark, this.#wiping]) rmSync(mark, { force: true });
    syncFolderOf(this.#mark);
    this.#dueMs = null;
    complain('this terminal was retired: nothing of it is left\n');
  }

  /** What its config names, and what lies beside it; nothing outside that folder but what the config says. */
  #ownPlaces(): readonly string[] {
    const beside = readdirSync(this.#folder)
      .filter((name) => ours.has(name) || name.startsWith('identity-'))
      .map((name) => join(this.#folder, name));
    return [...new Set([...this.#namedPlaces(), ...beside])];
  }

  /** Also of a config that this version would not start with: what it names goes all the same. */
  #namedPlaces(): string[] {
    const read = v.safeParse(namedSchema, parsed(this.#options.config));
    if (!read.success) return [];
    const { dataDir, fleetKeyFile, broker, maintenance } = read.output;
    return [dataDir, fleetKeyFile, broker?.passwordFile, maintenance?.pinFile]
      .flatMap((file) => (file === undefined ? [] : [resolve(this.#folder, file)]))
      .filter((path) => !`${this.#folder}/`.startsWith(`${path}/`.replace('//', '/')));
  }

  /** Only the system may touch them: it watches for this file. */
  #forgetNetworks(): void {
    const folder = (this.#options.env ?? process.env)['RUNTIME_DIRECTORY']?.split(':')[0];
    if (!folder) return;
    try {
      replaceFile(join(folder, 'wifi'), 'forget\n');
    } catch {
      // the folder is systemd's: without it there is nobody to ask
    }
  }
}

/** As `Identity`, `SetupStore`, `ClockFloor` and the enrolment write them. */
const ours: ReadonlySet<string> = new Set(['identity', 'revisions', 'keys', 'keeper.json']);

const file = v.optional(v.pipe(v.string(), v.minLength(1)));
const namedSchema = v.object({
  dataDir: file,
  fleetKeyFile: file,
  broker: v.optional(v.object({ passwordFile: file })),
  maintenance: v.optional(v.object({ pinFile: file })),
});

function parsed(path: string): unknown {
  try {
    return JSON.parse(readFileSync(path, 'utf8'));
  } catch {
    // gone already, by a wipe that was cut off
    return undefined;
  }
}

function remove(path: string): void {
  if (!existsSync(path)) return;
  rmSync(path, { recursive: true, force: true });
  syncFolderOf(path);
}
