// What a printer says: every status bit, interleaved streams, garbage, and a fuzzer.
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { PrinterReplies } from '../../../device/printers/printer-replies.ts';
import { readAutomaticStatus, readPaperStatus, readStatus } from '../../../device/printers/printer-status.ts';

const proof = Buffer.from('7"0042\0', 'latin1');
const proofReply = { kind: 'proof', digits: '0042' };
const status = (byte: number) => ({ kind: 'status', byte });
const read = (...chunks: readonly Uint8Array[]) => {
  const replies = new PrinterReplies();
  return chunks.flatMap((chunk) => replies.push(chunk));
};

describe('readStatus', () => {
  it.each([
    [[0x12, 0x12, 0x12, 0x12], { kind: 'ready', isPaperLow: false }],
    [[0x12, 0x12, 0x12, 0x1e], { kind: 'ready', isPaperLow: true }],
    [[0x1a, 0x32, 0x12, 0x72], { kind: 'stopped', code: 'printer-paper-out' }],
    [[0x1a, 0x32, 0x12, 0x12], { kind: 'stopped', code: 'printer-paper-out' }],
    [[0x1a, 0x12, 0x12, 0x72], { kind: 'stopped', code: 'printer-paper-out' }],
    [[0x1a, 0x16, 0x12, 0x12], { kind: 'stopped', code: 'printer-cover-open' }],
    [[0x1a, 0x36, 0x12, 0x72], { kind: 'stopped', code: 'printer-cover-open' }],
    [[0x1a, 0x52, 0x1a, 0x12], { kind: 'stopped', code: 'printer-cutter' }],
    [[0x1a, 0x52, 0x32, 0x12], { kind: 'stopped', code: 'printer-fault' }],
    [[0x1a, 0x52, 0x52, 0x12], { kind: 'stopped', code: 'printer-hot' }],
    [[0x1a, 0x52, 0x12, 0x12], { kind: 'stopped', code: 'printer-fault' }],
    [[0x1a, 0x12, 0x12, 0x12], { kind: 'stopped', code: 'printer-offline' }],
  ])('P15 %j is %j', (answers, expected) => {
    expect(readStatus(answers)).toEqual(expected);
  });
});

describe('readAutomaticStatus', () => {
  it.each([
    [[0x10, 0x00, 0x00, 0x0f], { kind: 'ready', isPaperLow: false }],
    [[0x10, 0x00, 0x03, 0x0f], { kind: 'ready', isPaperLow: true }],
    [[0x18, 0x00, 0x0c, 0x0f], { kind: 'stopped', code: 'printer-paper-out' }],
    [[0x38, 0x00, 0x0c, 0x0f], { kind: 'stopped', code: 'printer-cover-open' }],
    [[0x18, 0x08, 0x00, 0x0f], { kind: 'stopped', code: 'printer-cutter' }],
    [[0x18, 0x20, 0x00, 0x0f], { kind: 'stopped', code: 'printer-fault' }],
    [[0x18, 0x40, 0x00, 0x0f], { kind: 'stopped', code: 'printer-hot' }],
    [[0x18, 0x00, 0x00, 0x0f], { kind: 'stopped', code: 'printer-offline' }],
  ])('P15 %j is %j', (bytes, expected) => {
    expect(readAutomaticStatus(bytes)).toEqual(expected);
  });

  it('P15 the answer to GS r tells of paper alone', () => {
    expect([0x00, 0x03, 0x0c, 0x0f].map(readPaperStatus)).toEqual([
      { kind: 'ready', isPaperLow: false },
      { kind: 'ready', isPaperLow: true },
      { kind: 'stopped', code: 'printer-paper-out' },
      { kind: 'stopped', code: 'printer-paper-out' },
    ]);
  });
});

describe('PrinterReplies', () => {
  const transmitted = (byte: number) => ({ kind: 'transmitted', byte });
  const automatically = (...bytes: number[]) => ({ kind: 'automatic', bytes });

  it('P15 tells status, automatic status and proof apart, whole or byte by byte', () => {
    const automatic = Buffer.of(0x10, 0x00, 0x0c, 0x0f);
    const stream = Buffer.concat([Buffer.of(0x12), automatic, proof, Buffer.of(0x1e), automatic]);
    const said = automatically(0x10, 0x00, 0x0c, 0x0f);
    const expected = [status(0x12), said, proofReply, status(0x1e), said];
    expect(read(stream)).toEqual(expected);
    expect(read(...[...stream].map((byte) => Buffer.of(byte)))).toEqual(expected);
  });

  it('P15 an automatic status that a status or proof interrupts still takes its own bytes', () => {
    expect(read(Buffer.of(0x18, 0x00, 0x12, 0x00, ...proof, 0x0f, 0x1a))).toEqual([
      status(0x12),
      proofReply,
      automatically(0x18, 0x00, 0x00, 0x0f),
      status(0x1a),
    ]);
  });

  it('P15 an automatic status in two chunks with XOFF and XON in it, and one that is torn by garbage', () => {
    expect(read(Buffer.of(0x10, 0x13, 0x00), Buffer.of(0x11, 0x03, 0x0f))).toEqual([
      automatically(0x10, 0x00, 0x03, 0x0f),
    ]);
    const replies = new PrinterReplies();
    expect(replies.push(Buffer.of(0x10, 0x00, 0xff, 0x10, 0x00, 0x00, 0x0f))).toEqual([
      automatically(0x10, 0x00, 0x00, 0x0f),
    ]);
    expect(replies.noiseBytes).toBe(3);
  });

  it('P15 an automatic status that begins anew is read from there', () => {
    expect(read(Buffer.of(0x10, 0x00, 0x18, 0x00, 0x0c, 0x0f))).toEqual([
      automatically(0x18, 0x00, 0x0c, 0x0f),
    ]);
  });

  it('P15 flow control is no reply, GS r is one', () => {
    expect(read(Buffer.of(0x11, 0x13, 0x12, 0x03))).toEqual([status(0x12), transmitted(0x03)]);
  });

  it('C01 a counter is told apart, whole, byte by byte, and with status between its digits', () => {
    const counter = Buffer.from('_20471\0', 'latin1');
    const reply = { kind: 'counter', value: 20_471 };
    expect(read(counter, counter)).toEqual([reply, reply]);
    expect(read(...[...counter].map((byte) => Buffer.of(byte)))).toEqual([reply]);
    for (let at = 1; at < counter.length; at += 1) {
      const [head, tail] = [counter.subarray(0, at), counter.subarray(at)];
      expect(read(head, Buffer.of(0x12), tail)).toEqual([status(0x12), reply]);
      expect(read(head, Buffer.of(0x10, 0x00, 0x0c, 0x0f), tail)).toEqual([
        automatically(0x10, 0x00, 0x0c, 0x0f),
        reply,
      ]);
      expect(read(head, Buffer.of(0x13, 0x11), tail)).toEqual([reply]);
    }
  });

  it('C01 a counter without digits, with too many or torn by a proof is noise, and what tore it counts', () => {
    expect(read(Buffer.from('_\0', 'latin1'))).toEqual([transmitted(0)]);
    expect(read(Buffer.from('_12345678901\0', 'latin1')).some(({ kind }) => kind === 'counter')).toBe(false);
    expect(read(Buffer.from('_12\xff_34\0', 'latin1'), proof)).toEqual([
      { kind: 'counter', value: 34 },
      proofReply,
    ]);
  });

  it('P15 digits of a proof are not taken for status; a torn proof is noise and the next one counts', () => {
    const replies = new PrinterReplies();
    expect(replies.push(Buffer.from('7"22', 'latin1'))).toEqual([]);
    expect(replies.push(proof)).toEqual([proofReply]);
    expect(replies.noiseBytes).toBe(4);
  });

  it('fuzz: never throws, and a status after any garbage and a pause byte is still read', () => {
    fc.assert(
      fc.property(fc.array(fc.uint8Array({ maxLength: 30 }), { maxLength: 6 }), (garbage) => {
        const replies = new PrinterReplies();
        for (const chunk of garbage) replies.push(chunk);
        // No reply holds 0xff, so it ends whatever was unfinished.
        expect(replies.push(Buffer.of(0xff, 0x12, ...proof))).toEqual([status(0x12), proofReply]);
        expect(replies.push(Buffer.from('_7\0', 'latin1'))).toEqual([{ kind: 'counter', value: 7 }]);
      }),
      { numRuns: 3_000 },
    );
  });
});
