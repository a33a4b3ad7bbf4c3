// What the terminal asks of the machine's own services, which may do what it may not: small files that they watch for.
import { randomBytes } from 'node:crypto';
import { existsSync, readFileSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { replaceFile } from '../sync/durable-file.ts';

/** The file, and the program that answers to it. */
const programs = {
  wifi: 'set-wifi',
  brightness: 'set-brightness',
  stick: 'copy-to-stick',
  'open-ssh': 'open-ssh',
  'take-screenshot': 'take-screenshot',
  reboot: null,
} as const;
export type MachineOrder = keyof typeof programs;
/** `unheard`: nobody took the file: this machine has no such service. */
export type OrderOutcome = 'taken' | 'unheard';

const programFolder = '/usr/lib/yingbin';
const lookMs = 200;
const patienceMs = 20_000;

/** systemd's folder of this service, that its path units watch; undefined = no service manager gave us one */
export function runFolder(env: Readonly<Record<string, string | undefined>>): string | undefined {
  return env['RUNTIME_DIRECTORY']?.split(':')[0] || undefined;
}

export class MachineOrders {
  readonly #folder: string | undefined;
  readonly #programFolder: string;

  /**
   * @param folder as `runFolder`; undefined = nobody watches, and nothing can be asked
   * @param programs where those are installed who answer
   */
  constructor(folder: string | undefined, programs = programFolder) {
    this.#folder = folder;
    this.#programFolder = programs;
  }

  can(order: MachineOrder): boolean {
    const program = programs[order];
    if (this.#folder === undefined) return false;
    return program === null || existsSync(join(this.#programFolder, program));
  }

  /** @throws the file system's error */
  give(order: MachineOrder, text: string): void {
    if (this.#folder !== undefined) replaceFile(join(this.#folder, order), text);
  }

  /** Gives it, and waits until somebody took it. What nobody took must not be found by whoever comes later. */
  async ask(order: MachineOrder, text: string): Promise<OrderOutcome> {
    if (this.#folder === undefined) return 'unheard';
    const file = join(this.#folder, order);
    this.give(order, text);
    if (await until(() => !existsSync(file))) return 'taken';
    rmSync(file, { force: true });
    return 'unheard';
  }

  /** What was answered, beside our own folder, in one of its program's own. @returns '' when there is nothing */
  answer(order: MachineOrder, file: string): string {
    if (this.#folder === undefined) return '';
    try {
      return readFileSync(join(`${this.#folder}-${order}`, file), 'utf8').slice(0, 262_144);
    } catch {
      return '';
    }
  }

  /** @returns PNG of what the compositor shows now; undefined when there is none, or nobody to take it */
  async picture(): Promise<Buffer | undefined> {
    if (this.#folder === undefined) return undefined;
    const name = randomBytes(16).toString('hex');
    const file = join(`${this.#folder}-screenshot`, `${name}.png`);
    this.give('take-screenshot', `${name}\n`);
    if (await until(() => existsSync(file))) return readFileSync(file);
    rmSync(join(this.#folder, 'take-screenshot'), { force: true });
    return undefined;
  }
}

async function until(isSo: () => boolean): Promise<boolean> {
  for (let waitedMs = 0; waitedMs < patienceMs; waitedMs += lookMs) {
    if (isSo()) return true;
    await new Promise((resolve) => setTimeout(resolve, lookMs));
  }
  return isSo();
}
