// A PN532 on a line that has accidents: what its owner hears, and how it comes back.
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import type { CardReader } from '../../device/card-reader.ts';
import type { DeviceState } from '../../device/device-state.ts';
import { openLineCardReader } from '../../device/line-card-reader.ts';
import { Pn532Framing } from '../../device/readers/pn532.ts';
import { SimulatedPn532 } from '../simulators/readers/pn532-reader.ts';
import { cardDigits } from './readers/card-digits.ts';

const patience = { timeout: 10_000 };

describe('a PN532 on a line', () => {
  const heard: string[] = [];
  const states: string[] = [];
  let module: SimulatedPn532;
  let reader: CardReader;
  const nameOf = (state: DeviceState) => ('code' in state ? `${state.kind} ${state.code}` : state.kind);
  const hears = (...expected: readonly string[]) =>
    vi.waitFor(() => expect(heard).toEqual(expected), patience);
  const becomes = (...expected: readonly string[]) =>
    vi.waitFor(() => expect(states).toEqual(expected), patience);

  beforeEach(async () => {
    heard.length = 0;
    states.length = 0;
    module = await SimulatedPn532.start();
    module.fallSilent();
    reader = openLineCardReader(
      {
        at: module.address,
        makeFraming: () => new Pn532Framing(),
        // longer than a busy machine may pause between two answers
        cardAbsenceMs: 3_000,
        retryMinMs: 20,
        retryMaxMs: 100,
        answerMs: 300,
      },
      {
        onRead: ({ number }) => heard.push(cardDigits(number)),
        onUnusable: (why) => heard.push(why),
        onState: (state) => states.push(nameOf(state)),
        onNoise: () => undefined,
      },
    );
  });
  afterEach(async () => {
    await reader.close();
    await module.close();
  });

  it('is not ready because its line opened, only because it answered', async () => {
    await becomes('lost reader-no-answer');
    // tried again and again, told once
    await vi.waitFor(() => expect(module.connections).toBeGreaterThan(2), patience);
    module.fallSilent(false);
    await becomes('lost reader-no-answer', 'ready');
    expect(module.commands.slice(0, 3)).toEqual([0x14, 0x32, 0x4a]);
    module.place('04A1B2C3');
    await hears('04A1B2C3');
  });

  it('that falls silent is degraded, then lost, then ready again', async () => {
    module.fallSilent(false);
    await becomes('ready');
    module.fallSilent();
    await vi.waitFor(() => expect(states.at(-1)).toBe('lost reader-no-answer'), patience);
    expect(states.at(-2)).toBe('degraded reader-no-answer');
    module.fallSilent(false);
    await vi.waitFor(() => expect(reader.state.kind).toBe('ready'), patience);
  });

  it('that lost its power for a moment is set up anew on the same line', async () => {
    module.fallSilent(false);
    await becomes('ready');
    module.reset();
    module.place('04A1B2C3');
    await hears('04A1B2C3');
    expect(states).toContain('degraded reader-no-answer');
    expect(states.join()).not.toContain('lost');
    expect(states.at(-1)).toBe('ready');
  });

  it.each(['checksum', 'length', 'pieces', 'noise', 'nack'] as const)(
    'C33 reads a card whose answer has an accident: %s',
    async (accident) => {
      module.fallSilent(false);
      await becomes('ready');
      module.spoilNext(accident);
      module.place('04A1B2C3D4E5F6');
      await hears('04A1B2C3D4E5F6');
    },
  );

  it('C31 a telephone that lies there is told once, however often its identity changes', async () => {
    module.fallSilent(false);
    module.place('08000001');
    await hears('card-random-id');
    const asked = module.commands.length;
    module.place('08000002');
    await vi.waitFor(() => expect(module.commands.length).toBeGreaterThan(asked + 2), patience);
    module.place('04A1B2C3');
    await hears('card-random-id', '04A1B2C3');
  });
});
