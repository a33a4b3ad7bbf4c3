// A reader that is asked: paced, forgiven a lost answer, given up after several.
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { pollReader, type ReaderPoll } from '../../device/poll-reader.ts';
import { Pn532Framing } from '../../device/readers/pn532.ts';
import { pn532Answer } from '../simulators/readers/pn532-reader.ts';

describe('pollReader', () => {
  const said: string[] = [];
  const events: string[] = [];
  let framing: Pn532Framing;
  let poll: ReaderPoll;
  const hear = (...body: readonly number[]) => poll.note(framing.push(pn532Answer(body)));
  /** command codes written since the last look */
  const asked = () => said.splice(0);

  beforeEach(() => {
    vi.useFakeTimers();
    said.length = 0;
    events.length = 0;
    framing = new Pn532Framing();
    poll = pollReader({
      framing,
      write: (bytes) => {
        const frame = Buffer.from(bytes);
        said.push(frame.subarray(frame.indexOf('00ff', 'hex')).subarray(5, 6).toString('hex'));
      },
      askEveryMs: 100,
      answerMs: 1_000,
      onAnswer: () => events.push('answer'),
      onSilence: () => events.push('silence'),
      onGone: () => events.push('gone'),
    });
  });
  afterEach(() => {
    poll.stop();
    vi.useRealTimers();
  });

  it('sets up, then asks a while after each answer', () => {
    expect(asked()).toEqual(['14']);
    hear(0x15);
    hear(0x33);
    expect(asked()).toEqual(['32', '4a']);
    expect(events).toEqual([]);
    for (let n = 0; n < 3; n += 1) {
      hear(0x4b, 0);
      vi.advanceTimersByTime(99);
      expect(asked()).toEqual([]);
      vi.advanceTimersByTime(1);
      expect(asked()).toEqual(['4a']);
    }
    expect(events).toEqual(['answer', 'answer', 'answer']);
  });

  it('one lost answer: set up anew, and all is well, as often as it happens', () => {
    for (let n = 0; n < 5; n += 1) {
      for (const body of [[0x15], [0x33], [0x4b, 0]]) hear(...body);
      vi.advanceTimersByTime(100);
      asked();
      vi.advanceTimersByTime(1_000);
      expect(asked()).toEqual(['14']);
    }
    expect(events.splice(0)).toEqual(Array.from({ length: 5 }, () => ['answer', 'silence']).flat());
  });

  it('three in a row: given up, once, and nothing is asked after', () => {
    vi.advanceTimersByTime(10_000);
    expect(events).toEqual(['silence', 'silence', 'gone']);
    expect(asked()).toEqual(['14', '14', '14']);
    hear(0x15);
    expect(vi.getTimerCount()).toBe(0);
  });

  it('stopped, it asks and says nothing', () => {
    poll.stop();
    asked();
    vi.advanceTimersByTime(10_000);
    expect([asked(), events]).toEqual([[], []]);
  });
});
