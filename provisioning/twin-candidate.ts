// What a wanted set-up would make of a terminal's files: worked out and parsed whole, nothing is written here.
import * as v from 'valibot';
import { ConfigError, parseConfig } from '../kiosk/config.ts';
import { settingsSetup } from '../sync/contract/terminal-setup.ts';
import { type TwinValues, twinFaults, twinPaths } from '../sync/contract/twin.ts';

/** A JSON file as it was read. */
export type Json = Readonly<Record<string, unknown>>;

/** What a terminal starts with; `settings` null = it has written none yet. */
export interface SetupFiles {
  readonly config: Json;
  readonly settings: Json | null;
}

export type Candidate =
  | { readonly kind: 'candidate'; readonly files: SetupFiles }
  | { readonly kind: 'rejected'; readonly code: string; readonly path: string | null };

/** Not of the files: the keeper's own, and a secret that lies in a file of its own. */
const keepersOwn: ReadonlySet<string> = new Set(['release', 'update.window', 'maintenance.pin']);

/**
 * @param base what holds where nothing is wanted: how the terminal was set up before it had a twin
 * @param pinFile where the PIN that is wanted lies, relative to the config
 */
export function candidateOf(
  values: TwinValues,
  { base, pinFile }: { readonly base: SetupFiles; readonly pinFile: string | undefined },
): Candidate {
  const [fault] = twinFaults(values);
  if (fault) {
    const isKnown = twinPaths.includes(fault.path);
    const code = isKnown || isInside(fault.path) ? 'twin-value-wrong' : 'twin-path-unknown';
    return { kind: 'rejected', code, path: fault.path.slice(0, 120) };
  }
  const config = structuredClone(base.config) as Record<string, unknown>;
  let settings = base.settings;
  for (const [path, value] of Object.entries(values)) {
    if (keepersOwn.has(path)) continue;
    const [group = '', key] = path.split('.');
    if (key === undefined) config[group] = value;
    else if (group === 'settings') settings = { ...settings, [key]: value };
    else config[group] = { ...(config[group] as Json | undefined), [key]: value };
  }
  if (pinFile !== undefined) config['maintenance'] = { ...(config['maintenance'] as Json), pinFile };
  return checked({ config, settings });
}

/**
 * A set-up with the identity of now: name, keys, folders, the broker's login. A renewed certificate or a new key is not
 * taken back with a set-up that is.
 */
export function withIdentityOf(setup: Json, now: Json): Json {
  const kept: Record<string, unknown> = { ...now };
  for (const key of setUpKeys) {
    if (key in setup) kept[key] = setup[key];
    else delete kept[key];
  }
  const { username, passwordFile, tls } = (now['broker'] ?? {}) as Json;
  const login = Object.entries({ username, passwordFile, tls }).filter(([, value]) => value !== undefined);
  kept['broker'] = { ...withoutLogin(setup['broker'] as Json), ...Object.fromEntries(login) };
  const { display, ...ofScreen } = (now['screen'] ?? {}) as Json;
  const wanted = (setup['screen'] as Json | undefined)?.['display'];
  kept['screen'] = wanted === undefined ? ofScreen : { ...ofScreen, display: wanted };
  return kept;
}

/** Keys of the config that a twin may set, whole. */
const setUpKeys = [
  ...new Set(
    twinPaths
      .filter((path) => !keepersOwn.has(path))
      .map((path) => path.split('.')[0] ?? '')
      .filter((key) => !['settings', 'broker', 'screen'].includes(key)),
  ),
  'maintenance',
];

function withoutLogin({ username: _, passwordFile: __, tls: ___, ...broker }: Json): Json {
  return broker;
}

function isInside(path: string): boolean {
  return twinPaths.some((known) => path.startsWith(`${known}.`));
}

function checked(files: SetupFiles): Candidate {
  try {
    parseConfig(JSON.stringify(files.config), 'config.json');
  } catch (error) {
    if (!(error instanceof ConfigError)) throw error;
    return { kind: 'rejected', code: 'twin-config-wrong', path: null };
  }
  if (files.settings === null) return { kind: 'candidate', files };
  const result = v.safeParse(settingsSetup, files.settings);
  if (result.success) return { kind: 'candidate', files };
  const path = v.getDotPath(result.issues[0]);
  return { kind: 'rejected', code: 'twin-value-wrong', path: path === null ? null : `settings.${path}` };
}
