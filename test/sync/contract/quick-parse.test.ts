// The quick way to read a fact must come to the same as the schemas.
import fc from 'fast-check';
import * as v from 'valibot';
import { describe, expect, it } from 'vitest';
import { factContentSchema, wireFactSchema } from '../../../sync/contract/facts.ts';
import { quickParser } from '../../../sync/contract/quick-parse.ts';

type Fields = Readonly<Record<string, unknown>>;

/** What stands in facts, right and nearly right. */
const value = fc.oneof(
  fc.constantFrom<unknown>(
    undefined,
    null,
    '',
    'm-1',
    'a b',
    -1,
    0,
    1,
    1.5,
    2 ** 53,
    Number.NaN,
    true,
    [],
    {},
  ),
  fc.constantFrom(
    '2026-02-03T04:05:06.000Z',
    '2026-02-30',
    '01890000-0000-7000-8000-000000000000',
    '0'.repeat(32),
  ),
  fc.constantFrom(
    'AAAAAAAAAAAAAAAAAAAAAA',
    'synced',
    'guess',
    'printed',
    'printer',
    'points',
    'check-in',
    'received',
  ),
  fc.jsonValue(),
);
const right: Fields = {
  id: '01890000-0000-7000-8000-000000000000',
  seq: 1,
  at: '2026-02-03T04:05:06.000Z',
  boot: 'boot-1',
  monoMs: 0,
  clock: 'synced',
  schema: 1,
  kind: 'visit-recorded',
  body: 'sealed',
};

function isTheSame(schema: v.GenericSchema, given: unknown): void {
  const quick = quickParser(schema)(given);
  const { success, output, issues } = v.safeParse(schema, given);
  const slow = success ? { success, output } : { success, issues };
  expect(quick).toEqual(slow);
  if (quick.success) expect(Object.keys(quick.output as object)).toEqual(Object.keys(output as object));
}

describe('IN5 reading quickly', () => {
  it('says of an envelope what its schema says', () => {
    const some = fc.dictionary(fc.constantFrom(...Object.keys(right), 'more', '__proto__'), value, {
      maxKeys: 2,
    });
    fc.assert(fc.property(some, (wrong) => isTheSame(wireFactSchema, { ...right, ...wrong })));
    isTheSame(wireFactSchema, right);
    for (const key of Object.keys(right)) {
      isTheSame(wireFactSchema, Object.fromEntries(Object.entries(right).filter(([name]) => name !== key)));
    }
    for (const odd of [null, undefined, 'x', 1, [], [right]]) isTheSame(wireFactSchema, odd);
  });

  it.each(factContentSchema.options)(
    'says of a body what its schema says ($entries.kind.literal)',
    (schema) => {
      const kind = schema.entries.kind.literal;
      const names = Object.keys(schema.entries.body.entries);
      const body =
        names.length === 0
          ? fc.jsonValue()
          : fc.oneof(
              fc.dictionary(fc.constantFrom(...names, 'more'), value),
              fc.record(Object.fromEntries(names.map((name) => [name, value]))),
            );
      fc.assert(fc.property(body, (some) => isTheSame(schema, { kind, body: some })));
      isTheSame(schema, { kind: 'other', body: {} });
    },
  );

  it('does not take a shortcut that it does not know', () => {
    const trimmed = v.object({ a: v.pipe(v.string(), v.trim()), b: v.optional(v.number(), 3) });
    isTheSame(trimmed, { a: ' x ' });
    isTheSame(trimmed, { a: ' x ', b: 1 });
    isTheSame(v.pipe(v.string(), v.minValue('b')), 'a');
    isTheSame(
      v.pipe(
        v.object({ a: v.string() }),
        v.check(() => false),
      ),
      { a: '' },
    );
    isTheSame(v.array(v.string()), ['a']);
  });
});
