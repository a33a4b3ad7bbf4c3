// CONTRACT kiosk↔ui: where words are in a Show. Its schema tells: a string without any rule of its own is words; ids,
// instants and what a person wrote or is called have a rule, and are never touched.
import { type Show, showSchema } from './screen.ts';

/** @returns the same Show with every sentence changed */
export function mapWords(show: Show, change: (words: string) => string): Show {
  // words alone are changed, so what fitted the schema fits it still
  return mapped(show, showSchema, change) as Show;
}

/** As much of a valibot schema as it takes to walk along a value. */
interface Shape {
  readonly type: string;
  readonly pipe?: unknown;
  readonly entries?: Readonly<Record<string, Shape>>;
  readonly item?: Shape;
  readonly wrapped?: Shape;
  readonly options?: readonly unknown[];
  readonly literal?: unknown;
}

function mapped(value: unknown, shape: Shape, change: (words: string) => string): unknown {
  if (typeof value === 'string') return shape.type === 'string' && !shape.pipe ? change(value) : value;
  if (typeof value !== 'object' || value === null) return value;
  if (shape.wrapped) return mapped(value, shape.wrapped, change);
  if (Array.isArray(value)) {
    const { item } = shape;
    return item ? value.map((each) => mapped(each, item, change)) : value;
  }
  const { entries } = shape.options ? variantOf(value, shape.options as readonly Shape[]) : shape;
  if (!entries) return value;
  return Object.fromEntries(
    Object.entries(value).map(([key, each]) => {
      const entry = entries[key];
      return [key, entry ? mapped(each, entry, change) : each];
    }),
  );
}

function variantOf(value: object, options: readonly Shape[]): Shape {
  const kind: unknown = Reflect.get(value, 'kind');
  const found = options.find(({ entries }) => entries?.['kind']?.literal === kind);
  return found ?? { type: 'unknown' };
}
