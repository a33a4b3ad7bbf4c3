// One connection to a printer, answer by answer: which answer is taken for which question.
import { afterEach, describe, expect, it, vi } from 'vitest';
import { PrinterLink } from '../../../device/printers/printer-link.ts';
import type { PrinterProfile } from '../../../device/printers/printer-profile.ts';

/** A link whose other end is the test. */
function openLink(status: PrinterProfile['status'] = 'dle-eot') {
  const asked: Buffer[] = [];
  const conditions: unknown[] = [];
  const proofs: number[] = [];
  const link = new PrinterLink(
    { write: async (bytes) => void asked.push(Buffer.from(bytes)), close: async () => undefined },
    { status, answerMs: 1_000 },
    {
      onCondition: (condition) => conditions.push(condition),
      onProof: (proofId) => proofs.push(proofId),
    },
  );
  const say = (text: string): void => link.receive(Buffer.from(text, 'latin1'));
  /** @returns the n-th question, once it was asked */
  const question = async (n: number): Promise<Buffer> => {
    for (let turn = 0; turn < 20; turn += 1) await Promise.resolve();
    expect(asked.length).toBeGreaterThan(n);
    return asked[n] as Buffer;
  };
  const echo = async (n: number): Promise<void> => say(`7"${(await question(n)).toString('latin1', 7)}\0`);
  return { link, asked, conditions, proofs, say, question, echo };
}

const lineQuestion = Buffer.of(0x1d, 0x67, 0x32, 0, 20, 0);
const cutQuestion = Buffer.of(0x1d, 0x67, 0x32, 0, 50, 0);
const ready = Buffer.of(0x12, 0x12, 0x12, 0x12).toString('latin1');

describe('PrinterLink', () => {
  afterEach(() => {
    vi.useRealTimers();
  });

  it('C03 answers to questions of a terminal that died come before the echo and are not taken for ours', async () => {
    const { link, asked, say, question, echo } = openLink();
    const counters = link.readCounters(1_000);
    await question(0);
    say('7"0001\0');
    say('_4711\0_42\0');
    await question(0);
    expect(asked).toHaveLength(1);
    await echo(0);
    expect(await question(1)).toEqual(lineQuestion);
    say('_20\0');
    expect(await question(2)).toEqual(cutQuestion);
    say('_3\0');
    expect(await counters).toEqual({ lines: 20, cuts: 3 });
  });

  it('C07 nothing is sent between a question and its answer; who asks meanwhile waits for their turn', async () => {
    const { link, asked, say, question, echo } = openLink();
    const counters = link.readCounters(1_000);
    const condition = link.ask();
    await echo(0);
    await question(1);
    expect(asked).toHaveLength(2);
    say('_1\0');
    await question(2);
    say('_1\0');
    await question(3);
    say(ready);
    expect(await counters).toEqual({ lines: 1, cuts: 1 });
    expect(await condition).toEqual({ kind: 'ready', isPaperLow: false });
  });

  it('C08 an answer that does not come is given up, and the next question is asked', async () => {
    vi.useFakeTimers();
    const { link, say, question, echo } = openLink();
    const late = link.readCounters(1_000);
    await echo(0);
    await question(1);
    await vi.advanceTimersByTimeAsync(1_000);
    expect(await late).toBeUndefined();
    const again = link.readCounters(1_000);
    await question(2);
    // the late one
    say('_9\0');
    await echo(2);
    await question(3);
    say('_10\0');
    await question(4);
    say('_2\0');
    expect(await again).toEqual({ lines: 10, cuts: 2 });
  });

  it('the end of the connection ends every question, also those that wait', async () => {
    const { link, asked, conditions, question } = openLink();
    const asking = [link.ask(), link.readCounters(1_000), link.ask()];
    await question(0);
    link.end();
    expect(await Promise.all(asking)).toEqual([undefined, undefined, undefined]);
    expect(asked).toHaveLength(1);
    expect(conditions).toEqual([]);
  });

  const paper = Buffer.of(0x1d, 0x72, 1);
  const automatic = Buffer.of(0x1d, 0x61, 0x0e);

  it('P15 automatic: asked once, answered by four bytes, told of every change, in pieces too', async () => {
    const { link, asked, conditions, say, question } = openLink('automatic');
    const condition = link.ask();
    expect(await question(0)).toEqual(automatic);
    say('\x10\x00');
    say('\x00\x0f');
    expect(await condition).toEqual({ kind: 'ready', isPaperLow: false });
    say('\x18\x00\x0c\x0f');
    say('\x38\x00');
    say('\x0f\x0f');
    say('\x10\x00\x03\x0f');
    expect(conditions.slice(1)).toEqual([
      { kind: 'stopped', code: 'printer-paper-out' },
      { kind: 'stopped', code: 'printer-cover-open' },
      { kind: 'ready', isPaperLow: true },
    ]);
    expect(asked).toHaveLength(1);
  });

  it('P15 what is asked in the order of the buffer: silence is "off line", and is not asked again at once', async () => {
    vi.useFakeTimers();
    const { link, asked, say, question } = openLink('gs-r');
    const first = link.ask();
    expect(await question(0)).toEqual(paper);
    await vi.advanceTimersByTimeAsync(1_000);
    expect(await first).toEqual({ kind: 'stopped', code: 'printer-offline' });
    const second = link.ask();
    await vi.advanceTimersByTimeAsync(500);
    say('\x03');
    expect(await second).toEqual({ kind: 'ready', isPaperLow: true });
    expect(asked).toHaveLength(1);
    const third = link.ask();
    expect(await question(1)).toEqual(paper);
    say('\x0c');
    expect(await third).toEqual({ kind: 'stopped', code: 'printer-paper-out' });
  });

  it('P15 an unanswered question that a power cut swallowed is asked again after fifteen waits', async () => {
    vi.useFakeTimers();
    const { link, asked } = openLink('automatic');
    for (let second = 0; second < 32; second += 1) {
      void link.ask();
      await vi.advanceTimersByTimeAsync(1_000);
    }
    expect(asked).toEqual([automatic, automatic, automatic]);
  });

  it('P15 a printer without any status is ready as long as it is connected', async () => {
    const { link, asked } = openLink('none');
    expect(await link.ask()).toEqual({ kind: 'ready', isPaperLow: false });
    link.end();
    expect(await link.ask()).toBeUndefined();
    expect(asked).toEqual([]);
  });

  it('P15 an answer that comes when nobody waits for it any more does not keep the next question from being asked', async () => {
    const { link, say, question } = openLink('gs-r');
    vi.useFakeTimers();
    const unanswered = link.ask();
    await vi.advanceTimersByTimeAsync(1_000);
    expect(await unanswered).toEqual({ kind: 'stopped', code: 'printer-offline' });
    say('\x00');
    const condition = link.ask();
    await question(1);
    say('\x00');
    expect(await condition).toEqual({ kind: 'ready', isPaperLow: false });
  });

  it('Q05 answers to GS r are counted off: the job’s comes before the status asked behind it', async () => {
    const { link, proofs, say, question } = openLink('gs-r');
    await link.writeWithTransmission(Buffer.from('slip'), 17);
    expect(await question(0)).toEqual(Buffer.from('slip\x1dr\x01', 'latin1'));
    expect(link.owesTransmission).toBe(true);
    const condition = link.ask();
    await question(1);
    say('\x00');
    // after a power cut it would be the answer to the status
    expect(proofs).toEqual([]);
    expect(link.owesTransmission).toBe(true);
    say('\x0c');
    expect(proofs).toEqual([17]);
    expect(link.owesTransmission).toBe(false);
    expect(await condition).toEqual({ kind: 'stopped', code: 'printer-paper-out' });
    say('\x00');
    expect(proofs).toEqual([17]);
  });
});
