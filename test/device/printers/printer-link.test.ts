// One connection to a printer, answer by answer: which answer is taken for which question.
import { afterEach, describe, expect, it, vi } from 'vitest';
import { PrinterLink } from '../../../device/printers/printer-link.ts';

/** A link whose other end is the test. */
function openLink() {
  const asked: Buffer[] = [];
  const conditions: unknown[] = [];
  const link = new PrinterLink(
    { write: async (bytes) => void asked.push(Buffer.from(bytes)), close: async () => undefined },
    {
      onCondition: (condition) => conditions.push(condition),
      onProof: () => undefined,
      onTransmitted: () => undefined,
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
  return { link, asked, conditions, say, question, echo };
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
});
