// Reads what is right by a schema much faster than valibot does; what is wrong, valibot says why.
import * as v from 'valibot';

/** `SafeParseResult` without the part that nobody asks for. */
export type Parsed<S extends v.GenericSchema> =
  | { readonly success: true; readonly output: v.InferOutput<S> }
  | { readonly success: false; readonly issues: readonly [v.BaseIssue<unknown>, ...v.BaseIssue<unknown>[]] };

const unsure = Symbol('unsure');
/** Gives what the schema makes of it, or `unsure`. */
type Reader = (value: unknown) => unknown;
type Check = (value: unknown) => boolean;

/** @returns the same as `v.safeParse(schema, value)`, for every value */
export function quickParser<const S extends v.GenericSchema>(schema: S): (value: unknown) => Parsed<S> {
  const read = readerOf(schema);
  return (value) => {
    const output = read(value);
    if (output !== unsure) return { success: true, output };
    const result = v.safeParse(schema, value);
    return result.success
      ? { success: true, output: result.output }
      : { success: false, issues: result.issues };
  };
}

/** Parts of valibot's schemas that are understood here; of all others we are unsure. */
interface Part {
  readonly kind: string;
  readonly type: string;
  readonly pipe?: readonly Part[];
  readonly entries?: Readonly<Record<string, Part>>;
  readonly wrapped?: Part;
  readonly default?: unknown;
  readonly options?: readonly unknown[];
  readonly literal?: unknown;
  readonly requirement?: unknown;
}

function readerOf(part: Part): Reader {
  if (part.pipe) {
    const [base, ...actions] = part.pipe;
    // who changes what they are given is not for us
    if (!base || base.type === 'object') return () => unsure;
    const read = readerOf(base);
    const checks = actions.flatMap((action) => (action.type === 'brand' ? [] : [checkOf(action)]));
    return (value) => {
      const output = read(value);
      if (output === unsure) return unsure;
      for (const check of checks) if (!check(output)) return unsure;
      return output;
    };
  }
  if (part.type === 'object') return objectReader(part.entries ?? {});
  if (part.type === 'nullable' && part.wrapped && part.default === undefined) {
    const read = readerOf(part.wrapped);
    return (value) => (value === null ? null : read(value));
  }
  const is = typeCheckOf(part);
  return (value) => (is(value) ? value : unsure);
}

function objectReader(entries: Readonly<Record<string, Part>>): Reader {
  const readers = Object.entries(entries).map(([key, part]) => {
    const mayMiss = part.type === 'optional' && part.wrapped !== undefined && part.default === undefined;
    return { key, mayMiss, read: readerOf(mayMiss && part.wrapped ? part.wrapped : part) };
  });
  return (value) => {
    if (typeof value !== 'object' || value === null) return unsure;
    const output: Record<string, unknown> = {};
    for (const { key, mayMiss, read } of readers) {
      if (mayMiss && !(key in value)) continue;
      const field = read((value as Record<string, unknown>)[key]);
      if (field === unsure) return unsure;
      output[key] = field;
    }
    return output;
  };
}

function typeCheckOf({ type, literal, options }: Part): Check {
  switch (type) {
    case 'string':
    case 'boolean':
      return (value) => typeof value === type;
    case 'number':
      return (value) => typeof value === 'number' && !Number.isNaN(value);
    case 'literal':
      return (value) => value === literal;
    case 'picklist':
      return (value) => options?.includes(value) ?? false;
    default:
      return () => false;
  }
}

function checkOf({ type, requirement }: Part): Check {
  if (requirement instanceof RegExp && !requirement.global && !requirement.sticky) {
    return (value) => requirement.test(value as string);
  }
  switch (type) {
    case 'safe_integer':
      return (value) => Number.isSafeInteger(value);
    case 'min_value':
      return (value) => typeof value === 'number' && typeof requirement === 'number' && value >= requirement;
    case 'max_length':
      return (value) => typeof value === 'string' && value.length <= Number(requirement);
    default:
      return () => false;
  }
}
