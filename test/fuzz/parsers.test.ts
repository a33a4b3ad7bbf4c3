// Hostile bytes straight into everything that parses: never an exception without a code, never nonsense accepted.
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { PrinterReplies } from '../../device/printers/printer-replies.ts';
import { Rdm6300Framing } from '../../device/readers/rdm6300.ts';
import { ConfigError, parseConfig } from '../../kiosk/config.ts';
import { parseTouched } from '../../kiosk/touch.ts';
import { datasetChangeSchema, manifestSchema } from '../../sync/contract/datasets.ts';
import { ackSchema, factBatchSchema } from '../../sync/contract/facts.ts';
import { decodeFrame, encodeFrame } from '../../sync/contract/frame.ts';
import type { TenantId } from '../../sync/contract/ids.ts';
import { parseUpTopic } from '../../sync/contract/topics.ts';
import { parseHeadquartersConfig } from '../../sync/headquarters/config.ts';
import { parseDeveloperText } from '../../sync/headquarters/developer-file.ts';
import { HeadquartersError } from '../../sync/headquarters/headquarters-error.ts';
import { SyncError } from '../../sync/sync-error.ts';
import { cardDigits } from '../device/readers/card-digits.ts';
import { rdm6300Frame } from '../simulators/rdm6300-reader.ts';
import { smallDeveloper } from '../sync/headquarters/small-developer.ts';
import { seed, seeded } from './seeded.ts';

/** What a cable does: the same bytes in other pieces. */
function inPieces(bytes: Buffer, cuts: readonly number[]): Buffer[] {
  const edges = [0, ...cuts.map((cut) => cut % (bytes.length + 1)).sort((a, b) => a - b), bytes.length];
  return edges.slice(1).map((end, n) => bytes.subarray(edges[n], end));
}
const stream = fc.array(
  fc.oneof(
    fc.uint8Array({ maxLength: 30 }),
    fc
      .bigInt({ min: 0n, max: 2n ** 40n - 1n })
      .map((tag) => rdm6300Frame(tag.toString(16).padStart(10, '0'))),
    fc
      .constantFrom('7"0042\0', '\x12\x12\x12\x12', '7"00', '\x02')
      .map((text) => Buffer.from(text, 'latin1')),
  ),
  { maxLength: 12 },
);
const cuts = fc.array(fc.nat(500), { maxLength: 6 });

describe('bytes of devices', () => {
  it('a reader’s stream says the same however it is cut, and every card in it stood there whole', () => {
    fc.assert(
      fc.property(stream, cuts, (chunks, at) => {
        const bytes = Buffer.concat(chunks);
        const read = (pieces: readonly Buffer[]) => {
          const framing = new Rdm6300Framing();
          return pieces.flatMap((piece) => framing.push(piece).cards.map(({ number }) => cardDigits(number)));
        };
        const numbers = read([bytes]);
        expect(read(inPieces(bytes, at))).toEqual(numbers);
        for (const number of numbers) expect(bytes.includes(rdm6300Frame(number))).toBe(true);
      }),
      { numRuns: 3_000 },
    );
  });

  it('a printer’s stream says the same however it is cut, and every proof in it stood there whole', () => {
    fc.assert(
      fc.property(stream, cuts, (chunks, at) => {
        const bytes = Buffer.concat(chunks);
        const read = (pieces: readonly Buffer[]) => {
          const replies = new PrinterReplies();
          return pieces.flatMap((piece) => replies.push(piece));
        };
        const replies = read([bytes]);
        expect(read(inPieces(bytes, at))).toEqual(replies);
        for (const reply of replies) {
          if (reply.kind === 'proof') expect(bytes.includes(`7"${reply.digits}\0`, 0, 'latin1')).toBe(true);
        }
      }),
      { numRuns: 3_000 },
    );
  });
});

const epoch = 'a'.repeat(32);
const frames = [
  {
    v: 1,
    epoch,
    applied: 3,
    safe: 3,
    last: null,
    renew: false,
    visible: { members: 1, events: 1, requests: 1 },
  },
  {
    v: 1,
    at: '2026-11-21T00:00:00.000Z',
    versions: { board: 1, members: 1, events: 1, library: 1, requests: 1, owners: 1, forms: 1 },
  },
].map((frame) => encodeFrame(frame));

/** Calls `parse` often with bytes that are nearly right. @returns what it threw that has no code of ours */
function unforeseen(
  right: readonly Uint8Array[],
  runs: number,
  parse: (bytes: Buffer) => unknown,
): unknown[] {
  const random = seeded();
  const wrong: unknown[] = [];
  for (let n = 0; n < runs; n += 1) {
    const bytes = random.int(8) ? random.spoil(random.pick(right)) : random.bytes(100);
    try {
      parse(bytes);
    } catch (error) {
      const isOurs =
        error instanceof SyncError || error instanceof ConfigError || error instanceof HeadquartersError;
      if (!isOurs) wrong.push(error);
    }
  }
  return wrong;
}

describe(`what comes over the network or out of a file (seed ${seed})`, () => {
  it.each([
    ['an ack', ackSchema],
    ['a manifest', manifestSchema],
    ['a change of a dataset', datasetChangeSchema],
    ['a batch of facts', factBatchSchema],
  ])('a frame in place of %s is refused with a code', (_what, schema) => {
    const packed = encodeFrame({ v: 1, text: 'x'.repeat(4_000) });
    expect(unforeseen([...frames, packed], 5_000, (bytes) => decodeFrame(schema, bytes))).toEqual([]);
  });

  it('a touch is one of ours or nothing', () => {
    const touch = Buffer.from('{"v":1,"revision":3,"touch":{"kind":"choose","id":"a"}}');
    expect(unforeseen([touch], 20_000, (bytes) => parseTouched(bytes.toString()))).toEqual([]);
    for (const text of ['null', '[]', '{"__proto__":{"v":1}}', '['.repeat(2_000)])
      expect(parseTouched(text)).toBeUndefined();
  });

  it('a topic is one of ours or nothing', () => {
    const topic = Buffer.from('yingbin/v1/t/up/05/hall-1/facts');
    expect(unforeseen([topic], 20_000, (bytes) => parseUpTopic('t' as TenantId, bytes.toString()))).toEqual(
      [],
    );
  });

  it('a config or import file is taken or refused with a code, and is not quoted', () => {
    const config = Buffer.from('{"v":1,"tenant":"t","http":{"port":1},"screen":{"port":2}}');
    expect(unforeseen([config], 3_000, (bytes) => parseConfig(bytes.toString(), 'f'))).toEqual([]);
    expect(unforeseen([config], 3_000, (bytes) => parseHeadquartersConfig(bytes.toString(), 'f'))).toEqual(
      [],
    );
    const developer = JSON.stringify(smallDeveloper());
    const said: string[] = [];
    const wrong = unforeseen([Buffer.from(developer)], 1_500, (bytes) => {
      try {
        parseDeveloperText(bytes.toString(), 'f');
      } catch (error) {
        said.push((error as Error).message);
        throw error;
      }
    });
    expect(wrong).toEqual([]);
    expect(said.filter((message) => /张晓明|欧阳修|李芳|13812341234|01000000/.test(message))).toEqual([]);
  });
});
