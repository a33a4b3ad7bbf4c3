// Orders and questions on the wire: what is right passes unchanged, everything else is refused with a code.
import * as v from 'valibot';
import { describe, expect, it } from 'vitest';
import { decodeFrame, encodeFrame } from '../../../sync/contract/frame.ts';
import { maxOrderMs, orderContentSchema, orderSchema } from '../../../sync/contract/orders.ts';
import { answerSchema, questionSchema } from '../../../sync/contract/questions.ts';
import { SyncError } from '../../../sync/sync-error.ts';
import { seed, seeded } from '../../fuzz/seeded.ts';

const id = '01890000-0000-7000-8000-000000000001';
const at = '2026-03-01T00:00:00.000Z';
const words = { zh: '今天 18:00 闭馆', en: 'We close at 18:00 today' };
const order = {
  v: 1,
  id,
  batch: id,
  terminal: 'hall-1',
  no: 7,
  at,
  expiresAt: '2026-03-02T00:00:00.000Z',
  kind: 'show-notice',
  body: { words, until: '2026-03-01T10:00:00.000Z' },
};
const question = { v: 1, id, epoch: 'a'.repeat(32), kind: 'card', card: 'b'.repeat(22) };
const answer = { v: 1, id, kind: 'known', at, applied: 1, members: 2, card: null, member: null, roster: [] };

const contents = [
  { kind: 'take-datasets', body: { datasets: ['board', 'members'] } },
  { kind: 'print-test-page', body: {} },
  { kind: 'restart-terminal', body: {} },
  { kind: 'show-notice', body: order.body },
  { kind: 'forget-notice', body: { notice: null } },
  { kind: 'forget-notice', body: { notice: id } },
  { kind: 're-send-facts', body: {} },
  { kind: 'begin-epoch', body: {} },
  { kind: 'identify', body: {} },
  { kind: 'take-screenshot', body: { duringSession: true } },
  { kind: 'test-reader', body: { reader: 'second-reader' } },
  { kind: 'send-log', body: { minutes: 10 } },
  { kind: 'open-ssh', body: { minutes: 60, key: `ssh-ed25519 ${'A'.repeat(68)} it@office` } },
  { kind: 'retire', body: {} },
];

describe('orders and questions on the wire', () => {
  it.each(contents)('OR1: an order to $kind is understood', (content) => {
    expect(v.parse(orderContentSchema, content)).toEqual(content);
  });

  it.each([
    { kind: 'take-datasets', body: { datasets: [] } },
    { kind: 'take-datasets', body: { datasets: ['everything'] } },
    { kind: 'print-test-page', body: { copies: 9 } },
    { kind: 'show-notice', body: { words, until: 'tomorrow' } },
    { kind: 'show-notice', body: { ...order.body, words: { ...words, zh: '长'.repeat(61) } } },
    { kind: 'show-notice', body: { ...order.body, words: { zh: words.zh } } },
    { kind: 'forget-notice', body: { notice: 'the last' } },
    { kind: 'run-command', body: { command: 'rm' } },
    { kind: 'send-log', body: { minutes: 11 } },
    { kind: 'open-ssh', body: { minutes: 61, key: `ssh-ed25519 ${'A'.repeat(68)}` } },
    { kind: 'open-ssh', body: { minutes: 5, key: `ssh-ed25519 ${'A'.repeat(68)}\ncommand="sh"` } },
    { kind: 'open-ssh', body: { minutes: 5, key: `command="sh" ssh-ed25519 ${'A'.repeat(68)}` } },
  ])('OR1: $kind with $body is not', (content) => {
    expect(v.safeParse(orderContentSchema, content).success).toBe(false);
  });

  it('OR1: an order passes whatever its kind, so that the terminal can say that it does not know it', () => {
    const strange = { ...order, kind: 'fly-away', body: [1] };
    expect(decodeFrame(orderSchema, encodeFrame(strange))).toEqual(strange);
  });

  it.each<[string, object]>([
    ['has no expiry', { expiresAt: undefined }],
    ['expires before it was given', { expiresAt: at }],
    [
      'is good for longer than 30 days',
      { expiresAt: new Date(Date.parse(at) + maxOrderMs + 1).toISOString() },
    ],
    ['names no terminal', { terminal: undefined }],
    ['has an id that is none', { id: 'one' }],
    ['has a kind that is no code', { kind: 'Fly away!' }],
    ['is of another version', { v: 2 }],
  ])('OR1: one that %s is refused with a code', (_what, change) => {
    expect(() => decodeFrame(orderSchema, encodeFrame({ ...order, ...change }))).toThrowError(SyncError);
  });

  it(`OR1, OR5: hostile frames are refused with a code or are right (seed ${seed})`, () => {
    const random = seeded();
    const right = [order, question, answer].map((frame) => encodeFrame(frame));
    for (let n = 0; n < 6_000; n += 1) {
      const bytes = random.int(8) ? random.spoil(random.pick(right)) : random.bytes(100);
      for (const schema of [orderSchema, questionSchema, answerSchema]) {
        try {
          const value = decodeFrame(schema, bytes);
          expect(decodeFrame(schema, encodeFrame(value))).toEqual(value);
        } catch (error) {
          expect(error).toBeInstanceOf(SyncError);
        }
      }
    }
  });
});
