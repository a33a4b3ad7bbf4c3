// The few settings that IT may edit by hand on the terminal: settings.json in the data folder. Nothing else lives in it.
import { closeSync, fsyncSync, openSync, readFileSync, renameSync, writeSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { LowSync } from 'lowdb';
import * as v from 'valibot';
import { faultText } from './fault-text.ts';
import type { KioskLog } from './log.ts';
import { mannerChoice } from './manner.ts';
import { languages } from './screen.ts';

const seconds = (least: number, most: number) =>
  v.pipe(v.number(), v.integer(), v.minValue(least), v.maxValue(most));
const timeOfDay = v.pipe(v.string(), v.regex(/^([01]\d|2[0-3]):[0-5]\d$/, 'must be HH:MM'));
const hours = v.nullable(v.strictObject({ from: timeOfDay, to: timeOfDay }));
const settingsSchema = v.strictObject({
  /** the language a session starts in */
  language: v.picklist(languages),
  /** idle time before "are you still there?" */
  idleSeconds: seconds(10, 3600),
  /** how long that question stands; WCAG 2.2.1 asks for 20 at least */
  idleWarningSeconds: seconds(20, 600),
  /** when the site is open, by its own wall clock; null = always. The terminal serves at any hour, but says so */
  openHours: v.optional(hours, null),
  /** when the waiting screen is dark; null = never */
  nightHours: v.optional(hours, { from: '22:00', to: '06:30' }),
  /** how a session starts; what is left out is as anywhere */
  manner: v.optional(mannerChoice, {}),
  /** at the site's clock, may go over midnight: nothing sounds that nobody asked for; null = none */
  silentHours: v.optional(hours, null),
  /** last lines of every slip */
  slipFooter: v.strictObject({
    zh: v.pipe(v.string(), v.maxLength(120)),
    en: v.pipe(v.string(), v.maxLength(120)),
  }),
});
export type Settings = v.InferOutput<typeof settingsSchema>;

const defaults: Settings = {
  language: 'zh',
  idleSeconds: 40,
  idleWarningSeconds: 20,
  openHours: null,
  nightHours: { from: '22:00', to: '06:30' },
  manner: {},
  silentHours: null,
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
    low.data = defaults;
    try {
      low.write();
    } catch {
      onFault('cannot be written');
    }
    return defaults;
  }
  const result = v.safeParse(settingsSchema, low.data);
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
