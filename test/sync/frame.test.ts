// Frames and topics against hostile bytes.
import { brotliCompressSync } from 'node:zlib';
import fc from 'fast-check';
import * as v from 'valibot';
import { describe, expect, it } from 'vitest';
import { datasetChangeSchema, manifestSchema } from '../../sync/contract/datasets.ts';
import { ackSchema, factBatchSchema, presenceSchema } from '../../sync/contract/facts.ts';
import { decodeFrame, encodeFrame, maxFrameBytes } from '../../sync/contract/frame.ts';
import { tenantIdSchema, terminalIdSchema } from '../../sync/contract/ids.ts';
import { parseUpTopic, topics } from '../../sync/contract/topics.ts';
import { SyncError } from '../../sync/sync-error.ts';

const schemas = [ackSchema, manifestSchema, datasetChangeSchema, factBatchSchema, presenceSchema] as const;
const id = fc.stringMatching(/^[A-Za-z0-9_-]{1,40}$/);

/** Every schema must refuse with a code, or take. */
function tryAll(frame: Uint8Array): string[] {
  return schemas.map((schema) => {
    try {
      decodeFrame(schema, frame);
      return 'taken';
    } catch (error) {
      if (error instanceof SyncError) return error.code;
      throw error;
    }
  });
}

describe('frames', () => {
  it('CO10 what was encoded is decoded, packed or not', () => {
    const any = v.unknown();
    fc.assert(
      fc.property(fc.dictionary(fc.string(), fc.jsonValue(), { maxKeys: 30 }), (value) => {
        const sent = JSON.parse(JSON.stringify({ value })) as object;
        expect(decodeFrame(any, encodeFrame(sent))).toEqual(sent);
      }),
    );
    const long = { text: '迎宾'.repeat(9_000) };
    const frame = encodeFrame(long);
    expect(frame.length).toBeLessThan(1_000);
    expect(decodeFrame(any, frame)).toEqual(long);
  });

  it('CO8 CO10 any bytes are refused with a code, never with a crash', () => {
    fc.assert(
      fc.property(fc.uint8Array({ maxLength: 400 }), fc.constantFrom(null, 0x01, 0x7b), (bytes, first) => {
        const frame = first === null ? bytes : Uint8Array.from([first, ...bytes]);
        for (const result of tryAll(frame)) expect(result).toMatch(/^sync-frame-/);
      }),
      { numRuns: 5_000 },
    );
  });

  it('CO8 a true frame with one byte changed is taken whole or refused with a code', () => {
    const ack = {
      v: 1,
      epoch: 'a'.repeat(32),
      applied: 7,
      safe: 7,
      last: null,
      renew: false,
      visible: { members: 1, events: 0, requests: 0 },
    };
    fc.assert(
      fc.property(fc.nat(200), fc.nat(255), (at, byte) => {
        const frame = Uint8Array.from(encodeFrame(ack));
        frame[at % frame.length] = byte;
        expect(tryAll(frame)[0]).toMatch(/^(taken|sync-frame-)/);
      }),
      { numRuns: 3_000 },
    );
  });

  it('F17 CO10 a frame whose words are no UTF-8 is refused before anybody looks at them', () => {
    const frame = (words: Uint8Array) => Buffer.concat([Buffer.of(1), brotliCompressSync(words)]);
    expect(tryAll(frame(Buffer.of(0x22, 0xc3, 0xbc, 0x22)))[0]).toBe('sync-frame-shape');
    expect(tryAll(frame(Buffer.of(0x22, 0xff, 0x22)))[0]).toBe('sync-frame-unreadable');
  });

  it('F17 CO10 a frame that is too long, or that unpacks into too much, is refused', () => {
    expect(tryAll(new Uint8Array(maxFrameBytes + 1))[0]).toBe('sync-frame-too-large');
    const bomb = Buffer.concat([Buffer.of(1), brotliCompressSync(Buffer.alloc(50_000_000, ' '))]);
    expect(bomb.length).toBeLessThan(maxFrameBytes);
    expect(tryAll(bomb)[0]).toBe('sync-frame-unreadable');
    expect(() =>
      encodeFrame({ noise: fc.sample(fc.uint8Array({ minLength: 60_000, maxLength: 60_000 }), 1) }),
    ).toThrow(expect.objectContaining({ code: 'sync-frame-too-large' }));
  });
});

describe('topics', () => {
  it('CO12 IN7 a terminal’s own topics parse back to it, for its tenant only', () => {
    const other = v.parse(tenantIdSchema, 'other');
    fc.assert(
      fc.property(id, id, (tenantName, terminalName) => {
        const tenant = v.parse(tenantIdSchema, tenantName);
        const terminal = v.parse(terminalIdSchema, terminalName);
        for (const channel of ['facts', 'ask', 'presence'] as const) {
          const topic = topics[channel](tenant, terminal);
          expect(parseUpTopic(tenant, topic)).toEqual({ terminal, channel });
          if (tenantName !== 'other') expect(parseUpTopic(other, topic)).toBeUndefined();
        }
      }),
    );
  });

  it('CO12 a wrong shard, a deeper topic and any other text are none of ours', () => {
    const tenant = v.parse(tenantIdSchema, 'demo');
    const terminal = v.parse(terminalIdSchema, 'hall-1');
    const good = topics.facts(tenant, terminal);
    for (let shard = 0; shard < 64; shard += 1) {
      const topic = good.replace(/\/up\/\d\d\//, `/up/${String(shard).padStart(2, '0')}/`);
      expect(parseUpTopic(tenant, topic) === undefined).toBe(topic !== good);
    }
    fc.assert(fc.property(fc.string(), (text) => parseUpTopic(tenant, text) === undefined));
    fc.assert(
      fc.property(
        fc.string({ minLength: 1 }),
        (text) => parseUpTopic(tenant, `${good}${text}`) === undefined,
      ),
    );
  });
});
