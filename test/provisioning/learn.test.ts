// A reader is taught by one swipe at the command line.
import { describe, expect, it, onTestFinished, vi } from 'vitest';
import { type LearnReaderOptions, runLearnReader } from '../../provisioning/learn.ts';
import { startSimulatedReader } from '../simulators/readers/hid-reader.ts';

function learn(more: Partial<LearnReaderOptions> & { readonly addresses: readonly string[] }) {
  let said = '';
  const code = runLearnReader({
    patienceMs: 20_000,
    language: 'en',
    write: (text) => {
      said += text;
    },
    signal: new AbortController().signal,
    ...more,
  });
  return { code, said: () => said };
}

describe('yingbin doctor learn-reader', () => {
  it('says which device it is and what to write into the config, and never the number', async () => {
    const reader = await startSimulatedReader('keyboard');
    onTestFinished(() => reader.close());
    const { code, said } = learn({ addresses: [reader.address], printed: '0040856634 623,27706' });
    await vi.waitFor(() => expect(said()).toContain('Present a card'), { timeout: 5_000 });
    reader.type('0040856634\r');
    expect(await code).toBe(0);
    expect(said()).toContain('it ends with enter');
    expect(said()).toContain(`"reader": {"kind":"keyboard","at":"${reader.address}"`);
    expect(said()).not.toContain('40856634');
  });

  it('says at once that there is nothing to learn from', async () => {
    const { code, said } = learn({ addresses: [] });
    expect(await code).toBe(1);
    expect(said()).toContain('No reader that could be learnt');
  });

  it('asks for the printed number where several formats fit', async () => {
    const reader = await startSimulatedReader('keyboard');
    onTestFinished(() => reader.close());
    const { code, said } = learn({ addresses: [reader.address] });
    await vi.waitFor(() => expect(said()).toContain('Present a card'), { timeout: 5_000 });
    reader.type('0040856634\r');
    expect(await code).toBe(0);
    expect(said()).toContain('--printed');
  });

  it('ends with 1 where nothing can be heard', async () => {
    const { code, said } = learn({ addresses: ['hid+tcp://127.0.0.1:1'] });
    expect(await code).toBe(1);
    expect(said()).toContain('Cannot listen to hid+tcp://127.0.0.1:1');
  });
});
