// What a terminal may tell of anybody is a list that is read by people: a field more, and this fails until the list has it.
import { expect, it } from 'vitest';
import { factContentSchema } from '../../../sync/contract/facts.ts';

const file = new URL('../../../sync/contract/declared-fields.txt', import.meta.url).pathname;
const head = `# Every field of every fact: all that a terminal ever tells headquarters of what people did (PIPL art. 6, GB/T 35273 5.2).
# A field that is not here is not collected. Who adds one says in the commit what it is for, and asks whether it is needed.

`;

/** As valibot keeps a schema. */
interface Shape {
  readonly type: string;
  readonly entries?: Readonly<Record<string, Shape>>;
  readonly item?: Shape;
  readonly wrapped?: Shape;
  readonly options?: readonly unknown[];
  readonly pipe?: readonly Shape[];
  readonly literal?: unknown;
}

function fieldsOf(shape: Shape, path: string): string[] {
  const inner = shape.wrapped ?? shape.pipe?.[0];
  if (inner && inner !== shape) return fieldsOf(inner, path);
  if (shape.entries)
    return Object.entries(shape.entries).flatMap(([key, entry]) => fieldsOf(entry, `${path}.${key}`));
  if (shape.item) return fieldsOf(shape.item, `${path}[]`);
  if (shape.type === 'variant' || shape.type === 'union')
    return (shape.options ?? []).flatMap((option) => fieldsOf(option as Shape, path));
  return [path];
}

it('S47 the fields of all facts are those of the declared list', async () => {
  const kinds = factContentSchema.options.map((option) => {
    const { kind, body } = option.entries as unknown as { readonly kind: Shape; readonly body: Shape };
    return fieldsOf(body, String(kind.literal));
  });
  const fields = [...new Set(kinds.flat())].sort();
  expect(fields.length).toBeGreaterThan(60);
  await expect(`${head}${fields.join('\n')}\n`).toMatchFileSnapshot(file);
});
