// Writes what a terminal needs before its first start: its config and its secrets, durable and private.
import { closeSync, fsyncSync, mkdirSync, openSync, renameSync, writeSync } from 'node:fs';
import { dirname, join, resolve } from 'node:path';
import { parseConfig } from '../kiosk/config.ts';
import { syncFolderOf } from '../sync/durable-file.ts';
import { sealPin } from '../sync/maintenance-pin.ts';

export interface TerminalFiles {
  /** folder of this terminal; made when missing, mode 0700 */
  readonly folder: string;
  /** what `kiosk/config.ts` parses; `fleetKeyFile` may be anything, it is set here */
  readonly config: Readonly<Record<string, unknown>>;
  /** 32 bytes, the same on every terminal and at headquarters */
  readonly fleetKey: Uint8Array;
  /** 6–8 digits that open the maintenance screen; without them it stays shut */
  readonly maintenancePin?: string;
}

/**
 * @returns the path of the config to start the terminal with
 * @throws ConfigError when the config would not start; then nothing is written
 */
export function writeTerminal({ folder, config, fleetKey, maintenancePin }: TerminalFiles): string {
  const file = join(resolve(folder), 'config.json');
  const maintenance =
    maintenancePin === undefined ? {} : { maintenance: { pinFile: 'keys/maintenance.pin' } };
  const text = `${JSON.stringify({ ...config, ...maintenance, fleetKeyFile: 'keys/fleet.key' }, null, 2)}\n`;
  parseConfig(text, file);
  writePrivate(join(folder, 'keys', 'fleet.key'), `${Buffer.from(fleetKey).toString('hex')}\n`);
  if (maintenancePin !== undefined)
    writePrivate(join(folder, 'keys', 'maintenance.pin'), `${sealPin(maintenancePin)}\n`);
  writePrivate(file, text);
  return file;
}

/** Replaces `file` so that after a power cut it is the old or the new one, readable by its owner only. */
export function writePrivate(file: string, text: string): void {
  mkdirSync(dirname(file), { recursive: true, mode: 0o700 });
  const temporary = `${file}.${process.pid}.tmp`;
  const handle = openSync(temporary, 'w', 0o600);
  try {
    writeSync(handle, text);
    fsyncSync(handle);
  } finally {
    closeSync(handle);
  }
  renameSync(temporary, file);
  syncFolderOf(file);
}
