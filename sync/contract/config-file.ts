// How the files are written that set a terminal or a headquarters up: the values that both hold, and what is said of wrong ones.
import * as v from 'valibot';

/** 0 = any free one, where that makes sense */
export const port = v.pipe(v.number(), v.integer(), v.minValue(0), v.maxValue(65_535));
export const path = v.pipe(v.string(), v.minLength(1));
export const ms = (preset: number, least = 1) =>
  v.optional(v.pipe(v.number(), v.integer(), v.minValue(least), v.maxValue(86_400_000)), preset);
/** of an address that may end in one */
export const realPort = v.check(hasRealPort, 'must have a port from 1 to 65535');
/** one address, or those of a cluster's nodes, which are tried in random order */
export const brokerUrls = oneOrMore(
  v.pipe(
    v.string(),
    v.regex(/^mqtts?:\/\/[^\s/:]+:\d{1,5}$/, 'must be mqtt://host:port or mqtts://host:port'),
    realPort,
  ),
);
export const timeZone = v.optional(
  v.pipe(v.string(), v.check(isTimeZone, 'must be an IANA time zone such as Asia/Shanghai')),
  'Asia/Shanghai',
);

/** `msg` names the file and the key, and says what to do. */
export type ConfigRead<T> =
  | { readonly kind: 'read'; readonly config: T }
  | { readonly kind: 'not-json'; readonly msg: string; readonly cause: unknown }
  | { readonly kind: 'wrong'; readonly msg: string };

/**
 * @param text the file's content
 * @param file its name, for the sentence
 */
export function readConfigText<const S extends v.GenericSchema>(
  schema: S,
  text: string,
  file: string,
): ConfigRead<v.InferOutput<S>> {
  let value: unknown;
  try {
    value = JSON.parse(text);
  } catch (cause) {
    const msg = `${file} is not JSON: ${(cause as Error).message}. Mend it and start again.`;
    return { kind: 'not-json', msg, cause };
  }
  const result = v.safeParse(schema, value);
  if (result.success) return { kind: 'read', config: result.output };
  const issue = result.issues[0];
  const key = v.getDotPath(issue) ?? 'the whole file';
  return { kind: 'wrong', msg: `${file}: ${key} ${issueSentence(issue)}. Change it and start again.` };
}

/** What is wrong, to follow the name of a key: `is missing`. */
export function issueSentence(issue: v.BaseIssue<unknown>): string {
  if (issue.expected === 'never') return 'is not a key that this version knows';
  if (issue.received === 'undefined') return 'is missing';
  if (issue.type === 'regex' || issue.type === 'check') return issue.message;
  return `must be ${issue.expected ?? 'different'}, not ${issue.received}`;
}

/** Also true of an address without a port, such as a serial line. */
function hasRealPort(address: string): boolean {
  const found = /^[a-z]+:\/\/.*:(\d+)$/.exec(address)?.[1];
  return found === undefined || (Number(found) > 0 && Number(found) < 65_536);
}

/** Lazy, so that a wrong address is told as such and not as "neither this nor that". */
function oneOrMore<const S extends v.GenericSchema<string>>(schema: S) {
  const list = v.pipe(v.array(schema), v.minLength(1), v.maxLength(20));
  return v.lazy((input: unknown) => (Array.isArray(input) ? list : schema));
}

function isTimeZone(zone: string): boolean {
  try {
    new Intl.DateTimeFormat('en', { timeZone: zone });
    return true;
  } catch {
    return false;
  }
}
