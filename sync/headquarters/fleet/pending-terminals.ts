// Terminals that nobody prepared: each shows a code, and a person says which device it is, or that it is none.
import type { Board } from '../../contract/enrolment.ts';
import type { TerminalId } from '../../contract/ids.ts';
import type { Audit } from '../accounts/audit.ts';
import type { DeviceError, DeviceRow, PendingItem } from '../api/device-api.ts';
import type { Store, Tx } from '../store/store.ts';
import { newDevice, rowFaults } from './device-import.ts';

export interface PendingOptions {
  readonly store: Store;
  readonly audit: Audit;
  readonly now: () => Date;
}
/** `board-wrong`: the device is for another board; `row-wrong`: the new device's row is in the way of others. */
export type ApproveOutcome =
  | { readonly kind: 'done' | 'unknown-code' | 'unknown-terminal' | 'wrong-state' | 'board-wrong' }
  | { readonly kind: 'row-wrong'; readonly fault: Omit<DeviceError, 'line'> };

export class PendingTerminals {
  readonly #options: PendingOptions;

  constructor(options: PendingOptions) {
    this.#options = options;
  }

  /** @returns who came last first */
  async list(): Promise<PendingItem[]> {
    const rows = await this.#options.store.db
      .selectFrom('pending_terminal')
      .selectAll()
      .orderBy('seen_at', 'desc')
      .execute();
    return rows.map((row) => ({
      code: row.code,
      board: JSON.parse(row.board) as Board,
      askedAt: row.asked_at,
      seenAt: row.seen_at,
      terminal: row.device,
      isDenied: row.denied_at !== null,
    }));
  }

  /**
   * The terminal with this code is let in when it asks again.
   * @param as a device that is expected, or a new one
   */
  async approve(
    actor: { readonly account: string },
    code: string,
    as: { readonly terminal: TerminalId } | DeviceRow,
  ): Promise<ApproveOutcome> {
    const { store, audit, now } = this.#options;
    return await store.transaction(async (tx): Promise<ApproveOutcome> => {
      const waiting = await this.#find(tx, code);
      if (!waiting) return { kind: 'unknown-code' };
      if (waiting.device !== null) return { kind: 'wrong-state' };
      if ('code' in as) {
        const fault = await newFault(store, tx, as);
        if (fault) return { kind: 'row-wrong', fault };
        await tx.insertInto('device').values(newDevice(as, now().toISOString())).execute();
      }
      const device = await store
        .locked(tx.selectFrom('device').selectAll().where('id', '=', as.terminal))
        .executeTakeFirst();
      if (!device) return { kind: 'unknown-terminal' };
      if (device.state !== 'expected' || (await this.#isPromised(tx, as.terminal)))
        return { kind: 'wrong-state' };
      const board = JSON.parse(waiting.board) as Board;
      if (device.expected_serial !== null && device.expected_serial !== board.serial)
        return { kind: 'board-wrong' };
      await tx
        .updateTable('pending_terminal')
        .set({ device: as.terminal, denied_at: null })
        .where('code', '=', code)
        .execute();
      await audit.note(tx, actor, 'terminal-approved', as.terminal, { code });
      return { kind: 'done' };
    });
  }

  /** It is told so when it asks again; after a day it may come as somebody new. */
  async deny(
    actor: { readonly account: string },
    code: string,
  ): Promise<'done' | 'unknown-code' | 'wrong-state'> {
    const { store, audit, now } = this.#options;
    return await store.transaction(async (tx) => {
      const waiting = await this.#find(tx, code);
      if (!waiting) return 'unknown-code';
      // once it has its certificate it is a terminal like any other: retire it
      if (waiting.device !== null && !(await this.#isExpected(tx, waiting.device))) return 'wrong-state';
      await tx
        .updateTable('pending_terminal')
        .set({ device: null, denied_at: now().toISOString() })
        .where('code', '=', code)
        .execute();
      await audit.note(tx, actor, 'terminal-denied', null, { code });
      return 'done';
    });
  }

  async #find(tx: Tx, code: string) {
    return await this.#options.store
      .locked(tx.selectFrom('pending_terminal').selectAll().where('code', '=', code))
      .executeTakeFirst();
  }

  async #isExpected(tx: Tx, terminal: string): Promise<boolean> {
    const device = await tx
      .selectFrom('device')
      .select('state')
      .where('id', '=', terminal)
      .executeTakeFirst();
    return device?.state === 'expected';
  }

  /** Somebody else who waits was let in as it already. */
  async #isPromised(tx: Tx, terminal: TerminalId): Promise<boolean> {
    const other = await tx
      .selectFrom('pending_terminal')
      .select('code')
      .where('device', '=', terminal)
      .executeTakeFirst();
    return other !== undefined;
  }
}

async function newFault(
  store: Store,
  tx: Tx,
  row: DeviceRow,
): Promise<Omit<DeviceError, 'line'> | undefined> {
  const known = await tx.selectFrom('device').select('id').where('id', '=', row.terminal).executeTakeFirst();
  if (known) return { column: 'terminal', code: 'repeated' };
  return (await rowFaults(store, tx, row))[0];
}
