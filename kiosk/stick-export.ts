// Puts a diagnosis on a USB stick: into the folder where sticks are mounted, or through the machine's own service.
import { accessSync, constants } from 'node:fs';
import { join } from 'node:path';
import { replaceFile } from '../sync/durable-file.ts';
import type { MachineOrders } from './machine-orders.ts';
import type { ScreenOf } from './screen.ts';

type StickReport = NonNullable<NonNullable<ScreenOf<'maintenance'>['system']>['stick']>;

/** nobody reads more */
export const maxDiagnosisBytes = 2 * 1024 * 1024;
const lookEveryMs = 500;
const patienceMs = 60_000;

export interface StickExportOptions {
  /** where a stick is mounted; undefined = nowhere */
  readonly folder: string | undefined;
  readonly orders: MachineOrders;
  /** of this file on the stick: letters, digits, `-` and `.` */
  readonly name: () => string;
  /** what is written: masked, of nobody */
  readonly write: () => Promise<string>;
  readonly onChange: () => void;
  readonly wait: (ms: number) => Promise<void>;
}

export class StickExport {
  readonly #options: StickExportOptions;
  #report: StickReport = { kind: 'possible' };

  constructor(options: StickExportOptions) {
    this.#options = options;
  }

  get isPossible(): boolean {
    return this.#options.folder !== undefined || this.#options.orders.can('stick');
  }

  get report(): StickReport | null {
    return this.isPossible ? this.#report : null;
  }

  async run(): Promise<void> {
    if (!this.isPossible || this.#report.kind === 'writing') return;
    this.#note({ kind: 'writing' });
    const { name, write } = this.#options;
    const file = name();
    const text = await write().catch(() => '');
    if (text === '' || Buffer.byteLength(text) > maxDiagnosisBytes) {
      this.#note({ kind: 'failed', why: 'not-written' });
      return;
    }
    this.#note(this.#isMounted() ? this.#lay(file, text) : await this.#hand(file, text));
  }

  #note(report: StickReport): void {
    this.#report = report;
    this.#options.onChange();
  }

  #isMounted(): boolean {
    const { folder } = this.#options;
    if (folder === undefined) return false;
    try {
      accessSync(folder, constants.W_OK | constants.X_OK);
      return true;
    } catch {
      return false;
    }
  }

  #lay(file: string, text: string): StickReport {
    const { folder = '' } = this.#options;
    try {
      // on the stick when it is said to be
      replaceFile(join(folder, file), text);
      return { kind: 'written', file };
    } catch {
      return { kind: 'failed', why: 'not-written' };
    }
  }

  /** First line the name, then what is to stand there. */
  async #hand(file: string, text: string): Promise<StickReport> {
    const { orders, wait } = this.#options;
    if (!orders.can('stick')) return { kind: 'failed', why: 'no-stick' };
    const before = orders.answer('stick', 'state');
    try {
      orders.give('stick', `${file}\n${text}`);
    } catch {
      return { kind: 'failed', why: 'not-written' };
    }
    for (let waited = 0; waited < patienceMs; waited += lookEveryMs) {
      await wait(lookEveryMs);
      const answer = orders.answer('stick', 'state');
      if (answer === before) continue;
      const word = answer.trim().split(' ')[1];
      if (word === 'written') return { kind: 'written', file };
      return { kind: 'failed', why: word === 'no-stick' ? 'no-stick' : 'not-written' };
    }
    return { kind: 'failed', why: 'no-answer' };
  }
}
