// The few settings that IT may edit by hand on the terminal: settings.json in the data folder. Nothing else lives in it.
import { closeSync, fsyncSync, openSync, readFileSync, renameSync, writeSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { LowSync } from 'lowdb';
import * as v from 'valibot';
import { settingsSetup } from '../sync/contract/terminal-setup.ts';
import { faultText } from './fault-text.ts';
import type { KioskLog } from './log.ts';

export type Settings = v.InferOutput<typeof settingsSetup>;

const defaults: Settings = {
  language: 'zh',
  idleSeconds: 40,
  idleWarningSeconds: 20,
  openHours: null,
  nightHours: { from: '22:00', to: '06:30' },
  manner: {},
  silentHours: null,
  loudest: 3,
  brightness: { least: 20, most: 100 },
  slipFooter: { zh: '感谢您的光临', en: 'Thank you for coming' },
};

/** Those of a terminal; what is wrong with them is logged. */
export function settingsIn(dataDir: string, log: KioskLog): Settings {
  return openSettings(join(dataDir, 'settings.json'), (reason) =>
    log.fault('settings-unreadable', `settings.json ${reason}. ${faultText('settings-unreadable')}`),
  );
}

/**
 * Reads the settings; writes the defaults when there is no file yet. A file that cannot be used stays as it is.
 * @param onFault called with what is wrong when the defaults had to step in
 */
export function openSettings(file: string, onFault: (reason: string) => void): Settings {
  const low = new LowSync<unknown>(durableJsonFile(file), null);
  try {
    low.read();
  } catch (error) {
    onFault(error instanceof SyntaxError ? 'is not JSON' : 'cannot be read');
    return defaults;
  }
  if (low.data === null) {
    // a release before may come back, and knows only these
    const { loudest: _, brightness: __, ...written } = defaults;
    low.data = written;
    try {
      low.write();
    } catch {
      onFault('cannot be written');
    }
    return defaults;
  }
  const result = v.safeParse(settingsSetup, low.data);
  if (result.success) return result.output;
  onFault(`${v.getDotPath(result.issues[0]) ?? 'the file'} is wrong`);
  return defaults;
}

/** lowdb's own adapter renames without fsync: after a power cut the file could be empty. This one is on disk when it returns. */
function durableJsonFile(file: string) {
  return {
    read(): unknown {
      let text: string;
      try {
        text = readFileSync(file, 'utf8');
      } catch (error) {
        if ((error as NodeJS.ErrnoException).code === 'ENOENT') return null;
        throw error;
      }
      return JSON.parse(text);
    },
    write(data: unknown): void {
      const temporary = join(dirname(file), `.${process.pid}.settings.tmp`);
      const handle = openSync(temporary, 'w', 0o600);
      try {
        writeSync(handle, `${JSON.stringify(data, null, 2)}\n`);
        fsyncSync(handle);
      } finally {
        closeSync(handle);
      }
      renameSync(temporary, file);
      const folder = openSync(dirname(file), 'r');
      try {
        fsyncSync(folder);
      } finally {
        closeSync(folder);
      }
    },
  };
}
