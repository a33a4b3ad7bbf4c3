// Notices when one identity is used by two machines: another board, or two starts of a machine that take turns. Both are put aside.
import type { Presence } from '../../contract/facts.ts';
import type { TerminalId } from '../../contract/ids.ts';
import type { Store } from '../store/store.ts';
import type { Devices, QuarantineReason } from './devices.ts';
import { noteProven } from './enrolment.ts';

export interface CloneWatchOptions {
  readonly store: Store;
  readonly devices: Devices;
  readonly now: () => Date;
}
export type Birth = Pick<Presence, 'serial' | 'boot' | 'certificate' | 'takenOver'>;

/** Starts of a machine that are remembered of each terminal. */
const keptBirths = 20;

export class CloneWatch {
  readonly #options: CloneWatchOptions;
  /** what each last came with: it says so again with every connection */
  readonly #last = new Map<TerminalId, string>();

  constructor(options: CloneWatchOptions) {
    this.#options = options;
  }

  /** A terminal has just come; what a broker kept for us from earlier is no birth. */
  async noteBirth(terminal: TerminalId, { serial, boot, certificate, takenOver = 0 }: Birth): Promise<void> {
    const { store, devices, now } = this.#options;
    const said = JSON.stringify([serial, boot, certificate, takenOver]);
    if (this.#last.get(terminal) === said) return;
    if (certificate !== undefined) await noteProven(store, now(), terminal, certificate);
    // twice within a minute somebody else was let in under its name, and it was thrown out
    const isTakenOver = takenOver > 0 && certificate !== undefined;
    const why = (await this.#suspicion(terminal, serial, boot)) ?? (isTakenOver ? 'taken-over' : undefined);
    if (why === undefined) {
      this.#last.set(terminal, said);
      return;
    }
    this.#last.delete(terminal);
    await devices.quarantine(terminal, why);
  }

  async #suspicion(
    terminal: TerminalId,
    serial: string | undefined,
    boot: string | undefined,
  ): Promise<QuarantineReason | undefined> {
    const { store, now } = this.#options;
    return await store.transaction(async (tx) => {
      const device = await store
        .locked(tx.selectFrom('device').select(['serial', 'state']).where('id', '=', terminal))
        .executeTakeFirst();
      if (device?.state !== 'enrolled') return undefined;
      // a board that does not say its serial betrays nothing by that
      if (serial && device.serial && serial !== device.serial) return 'other-board';
      if (!boot) return undefined;
      const births = await tx
        .selectFrom('device_birth')
        .select(['boot', 'n'])
        .where('device', '=', terminal)
        .orderBy('n', 'desc')
        .execute();
      const [latest] = births;
      if (latest?.boot === boot) return undefined;
      // a machine that starts again never comes back to the start before
      if (births.some((birth) => birth.boot === boot)) return 'two-boots';
      const n = (latest?.n ?? 0) + 1;
      await tx
        .insertInto('device_birth')
        .values({ device: terminal, boot, n, at: now().toISOString() })
        .execute();
      await tx
        .deleteFrom('device_birth')
        .where('device', '=', terminal)
        .where('n', '<=', n - keptBirths)
        .execute();
      return undefined;
    });
  }
}
