// No ordinary way of printing shows what a Secret or a CardNumber holds.
import { Console } from 'node:console';
import { Writable } from 'node:stream';
import { format, inspect } from 'node:util';
import pino from 'pino';
import { describe, expect, it } from 'vitest';
import { CardNumber } from '../../device/card-number.ts';
import { DeviceError } from '../../device/device-error.ts';
import { Secret } from '../../device/secret.ts';

const canary = '6222020200112233';
/** All that a person or a log could recognise it by, but for the tail that a card shows on its back. */
const traces = [
  canary,
  canary.slice(0, 12),
  Buffer.from(canary).toString('hex'),
  Buffer.from(canary).toString('base64').slice(0, 15),
  [...Buffer.from(canary)].slice(0, 6).join(','),
  [...Buffer.from(canary)]
    .slice(0, 6)
    .map((b) => b.toString(16))
    .join(' '),
];

class Gathered extends Writable {
  text = '';
  override _write(chunk: Buffer, _encoding: string, done: () => void): void {
    this.text += chunk.toString();
    done();
  }
}

const ways: readonly (readonly [string, (value: object) => string])[] = [
  ['String()', (value) => String(value)],
  ['a template', (value) => `${value}`],
  ['concatenation', (value) => `${['', value].join('')}`],
  ['JSON', (value) => JSON.stringify({ value, list: [value] })],
  ['inspect', (value) => inspect(value)],
  [
    'inspect with all it can',
    (value) =>
      inspect(
        { value },
        { showHidden: true, depth: null, customInspect: false, getters: true, showProxy: true },
      ),
  ],
  ['format', (value) => format('%s %o %O %j %d', value, value, value, value, value)],
  ['its keys', (value) => inspect([Object.entries(value), Reflect.ownKeys(value), { ...value }])],
  [
    'console',
    (value) => {
      const out = new Gathered();
      const printer = new Console({ stdout: out, stderr: out });
      printer.log(value, [value]);
      printer.dir(value, { showHidden: true, depth: null });
      printer.table([{ value }]);
      return out.text;
    },
  ],
  [
    'pino',
    (value) => {
      const out = new Gathered();
      const log = pino({ level: 'trace' }, out);
      log.info({ value, nested: { deep: [value] } }, 'seen %s %j', value, value);
      log.error(new DeviceError('reader-noise', `about ${value}`, { cause: value }));
      return out.text;
    },
  ],
  [
    'an error’s message',
    (value) => {
      const error = new DeviceError('reader-noise', `cannot read ${value}`, { cause: value });
      return `${error.message} ${error.stack} ${inspect(error, { showHidden: true, depth: null })}`;
    },
  ],
  ['a clone', (value) => inspect(structuredClone(value), { showHidden: true, depth: null })],
];

describe.each([
  ['Secret', () => new Secret(Buffer.from(canary))],
  ['CardNumber', () => new CardNumber(canary)],
])('%s', (_name, make) => {
  it.each(ways)('C36 is not printed by %s', (_way, print) => {
    const printed = print(make());
    expect(printed.length).toBeGreaterThan(0);
    for (const trace of traces) expect(printed).not.toContain(trace);
  });

  it('C36 opens only by use(), and is zeros after wipe()', () => {
    const held = make();
    let seen: Uint8Array = new Uint8Array();
    held.use((bytes) => {
      seen = bytes;
    });
    expect(Buffer.from(seen).toString()).toBe(canary);
    held.wipe();
    held.wipe();
    expect([...seen].every((byte) => byte === 0)).toBe(true);
  });
});

describe('the ways of printing', () => {
  it('would show a number that is not kept so', () => {
    const open = { number: canary, toString: () => canary };
    const shown = ways.filter(
      ([way, print]) => way !== 'a clone' && traces.some((trace) => print(open).includes(trace)),
    );
    expect(shown.length).toBe(ways.length - 1);
    expect(ways.at(-1)?.[1]({ number: canary })).toContain(canary);
  });
});

describe('CardNumber', () => {
  it('shows the last four digits, which a card has on its back', () => {
    expect(String(new CardNumber(canary))).toBe('card ••••2233');
    expect(new CardNumber(canary).tail).toBe('2233');
  });

  it('shows no more than half of a short number', () => {
    const tails = ['026F6C3A', '6F6C3A', '123', '1', ''].map((digits) => new CardNumber(digits).tail);
    expect(tails).toEqual(['6C3A', 'C3A', '3', '', '']);
  });

  it('copies what it is made of, and compares whole numbers', () => {
    const bytes = Buffer.from(canary);
    const number = new CardNumber(bytes);
    bytes.fill(0);
    expect(number.equals(new CardNumber(canary))).toBe(true);
    expect(number.equals(new CardNumber(`${canary}0`))).toBe(false);
    expect(number.equals(new CardNumber('6222020200112234'))).toBe(false);
  });
});
