// What a twin may hold, path by path, and what is wrong with a value. For a browser too: nothing of Node.
import * as v from 'valibot';
import { issueSentence } from './config-file.ts';
import { releaseOrderSchema } from './release-order.ts';
import {
  brokerSetup,
  devicesSetup,
  displaySetup,
  hoursSetup,
  limitsSetup,
  settingsSetup,
  siteSetup,
} from './terminal-setup.ts';

/** Which paths there are. A terminal says which it knows; headquarters sends none beyond. */
export const twinSchema = 2;

/** A secret is named, never told: it lies at headquarters and goes to the terminal over its own TLS line. */
const secretReference = v.pipe(v.string(), v.regex(/^secret:[a-z0-9-]{1,40}$/, 'must be secret:NAME'));

const groups = {
  site: siteSetup.entries,
  broker: brokerSetup.entries,
  limits: limitsSetup.entries,
  settings: settingsSetup.entries,
} as const;

/** Every path that may be set, with what may stand there: `settings.idleSeconds`, `reader`. */
const values: ReadonlyMap<string, v.GenericSchema> = new Map<string, v.GenericSchema>([
  ...Object.entries(groups).flatMap(([group, entries]) =>
    Object.entries(entries).map(([key, schema]): [string, v.GenericSchema] => [`${group}.${key}`, schema]),
  ),
  ...Object.entries(devicesSetup.entries),
  ['screen.display', displaySetup],
  /** the PIN of the maintenance screen */
  ['maintenance.pin', secretReference],
  /** when a terminal may switch to another release or start the machine again; null = whenever nobody is served */
  ['update.window', v.nullable(hoursSetup)],
  /** set by a rollout alone */
  ['release', v.nullable(releaseOrderSchema)],
]);

export const twinPaths: readonly string[] = [...values.keys()];

/** Paths that came later than `twinSchema` 1, with the one that brought them. */
const since: Readonly<Record<string, number>> = { 'settings.loudest': 2, 'settings.brightness': 2 };

/** Does a program of this `twinSchema` know the path? */
export function isTwinPathOf(schema: number, path: string): boolean {
  return values.has(path) && (since[path] ?? 1) <= schema;
}

/** From the most general to the most special; the last one that sets a path wins. */
export const twinLayers = ['default', 'model', 'project', 'site', 'ring', 'device'] as const;
export type TwinLayer = (typeof twinLayers)[number];

/** Values by their path, all of them checked. */
export type TwinValues = Readonly<Record<string, unknown>>;

/** `path` as it was given; `sentence` follows it: `is not a key that this version knows`. */
export interface TwinFault {
  readonly path: string;
  readonly sentence: string;
}

/** @returns everything that is wrong, or nothing */
export function twinFaults(given: Readonly<Record<string, unknown>>): TwinFault[] {
  return Object.entries(given).flatMap(([path, value]) => {
    const schema = values.get(path);
    if (!schema) return [{ path, sentence: 'is not a key that this version knows' }];
    const result = v.safeParse(schema, value);
    if (result.success) return [];
    const [issue] = result.issues;
    const inner = v.getDotPath(issue);
    return [{ path: inner === null ? path : `${path}.${inner}`, sentence: issueSentence(issue) }];
  });
}
