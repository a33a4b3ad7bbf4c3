// Takes a file of devices in: all of it or nothing, and the same file again changes nothing.
import type { TerminalId } from '../../contract/ids.ts';
import type { Audit } from '../accounts/audit.ts';
import type { DeviceAnswers, DeviceError, DeviceErrorCode, DeviceRow } from '../api/device-api.ts';
import type { Store, Tx } from '../store/store.ts';
import type { Tables } from '../store/tables.ts';
import { type ReadDevice, readDeviceCsv } from './device-csv.ts';

type Device = Tables['device'];
export type Imported = DeviceAnswers['imported'];

export interface DeviceImportParts {
  readonly store: Store;
  readonly audit: Audit;
  readonly now: () => Date;
}

export async function importDevices(
  { store, audit, now }: DeviceImportParts,
  actor: { readonly account: string },
  { csv, isDryRun }: { readonly csv: string; readonly isDryRun: boolean },
): Promise<Imported> {
  const { devices, errors } = readDeviceCsv(csv);
  if (errors.length > 0) return nothing(errors);
  return await store.transaction(async (tx) => {
    const known = await knownDevices(store, tx, devices);
    const wrong = devices.flatMap(({ line, row }) =>
      faultsOf(row, known).map((fault) => ({ line, ...fault })),
    );
    if (wrong.length > 0) return nothing(wrong);
    const fresh = devices.filter(({ row }) => !known.byId.has(row.terminal));
    const changed = devices.filter(({ row }) => {
      const before = known.byId.get(row.terminal);
      return before !== undefined && !isSame(before, row);
    });
    const counts = {
      added: fresh.length,
      changed: changed.length,
      same: devices.length - fresh.length - changed.length,
    };
    if (isDryRun) return { isDone: false, ...counts, errors: [] };
    const at = now().toISOString();
    await store.insert(
      tx,
      'device',
      fresh.map(({ row }) => newDevice(row, at)),
    );
    for (const { row } of changed)
      await tx
        .updateTable('device')
        .set({ ...columnsOf(row), imported_at: at })
        .where('id', '=', row.terminal)
        .execute();
    if (fresh.length + changed.length > 0)
      await audit.note(tx, actor, 'devices-imported', null, { added: fresh.length, changed: changed.length });
    return { isDone: true, ...counts, errors: [] };
  });
}

/** Its record before any terminal came for it. */
export function newDevice(row: DeviceRow, at: string): Device {
  return {
    id: row.terminal,
    ...columnsOf(row),
    state: 'expected',
    serial: null,
    board: null,
    public_key: null,
    enrolled_at: null,
    imported_at: at,
  };
}

/** What stands in the way of a row, besides other rows of its file. */
export async function rowFaults(store: Store, tx: Tx, row: DeviceRow): Promise<Omit<DeviceError, 'line'>[]> {
  return faultsOf(row, await knownDevices(store, tx, [{ line: 0, row }]));
}

interface Known {
  readonly byId: ReadonlyMap<string, Device>;
  readonly codes: ReadonlyMap<string, string>;
  /** of boards that are expected or in use → which device */
  readonly serials: ReadonlyMap<string, string>;
}

/** All that the file names by id, code or serial: what it may clash with. */
async function knownDevices(store: Store, tx: Tx, devices: readonly ReadDevice[]): Promise<Known> {
  const rows = devices.map(({ row }) => row);
  const serials = rows.map(({ serial }) => serial).filter(Boolean);
  const found = await tx
    .selectFrom('device')
    .selectAll()
    .where((is) =>
      is.or([
        store.among(
          'id',
          rows.map(({ terminal }) => terminal),
        ),
        store.among(
          'code',
          rows.map(({ code }) => code),
        ),
        store.among('serial', serials),
        store.among('expected_serial', serials),
      ]),
    )
    .execute();
  return {
    byId: new Map(found.map((device) => [device.id, device])),
    codes: new Map(found.map(({ id, code }) => [code, id])),
    serials: new Map(
      found
        .filter(({ state }) => state !== 'retired')
        .flatMap(({ id, serial, expected_serial }) =>
          [serial, expected_serial].flatMap((one): [string, string][] => (one === null ? [] : [[one, id]])),
        ),
    ),
  };
}

function faultsOf(row: DeviceRow, { byId, codes, serials }: Known): Omit<DeviceError, 'line'>[] {
  const before = byId.get(row.terminal);
  if (before && isSame(before, row)) return [];
  if (before?.state === 'retired') return [{ column: 'terminal', code: 'retired' }];
  const faults: Omit<DeviceError, 'line'>[] = [];
  const fault = (column: keyof DeviceRow, code: DeviceErrorCode): void => void faults.push({ column, code });
  // a terminal keeps for its life what its request numbers start with
  if (before && before.state !== 'expected' && before.code !== row.code) fault('code', 'fixed');
  else if ((codes.get(row.code) ?? row.terminal) !== row.terminal) fault('code', 'code-taken');
  if (row.serial === '') return faults;
  if ((serials.get(row.serial) ?? row.terminal) !== row.terminal) fault('serial', 'serial-taken');
  else if (before && before.serial !== null && before.serial !== row.serial) fault('serial', 'fixed');
  return faults;
}

function columnsOf(
  row: DeviceRow,
): Pick<Device, 'code' | 'site' | 'project' | 'model' | 'ring' | 'expected_serial' | 'note'> {
  const { code, site, project, model, ring, serial } = row;
  const expected_serial = serial || null;
  return { code, site, project: project || null, model, ring, expected_serial, note: noteOf(row) };
}

/** Taken already, or just what it is by now. */
function isSame(device: Device, row: DeviceRow): boolean {
  return device.note === noteOf(row) || noteOf(rowOf(device)) === noteOf(row);
}

/** The row as it was last taken; what was changed by hand since then stays when it comes again. */
function noteOf({ terminal, code, site, model, project, ring, serial }: DeviceRow): string {
  return JSON.stringify([terminal, code, site, model, project, ring, serial]);
}

/** A row of the file that would make this device. */
export function rowOf(device: Device): DeviceRow {
  return {
    terminal: device.id as TerminalId,
    code: device.code,
    site: device.site,
    model: device.model,
    project: device.project ?? '',
    ring: device.ring as DeviceRow['ring'],
    serial: device.expected_serial ?? '',
  };
}

function nothing(errors: readonly DeviceError[]): Imported {
  return { isDone: false, added: 0, changed: 0, same: 0, errors: [...errors] };
}
