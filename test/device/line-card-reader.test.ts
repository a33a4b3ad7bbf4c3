// Readers on a line, over TCP and on a real pseudo terminal, through the one contract.
import { describe, expect, it, vi } from 'vitest';
import { DeviceError } from '../../device/device-error.ts';
import { openLineCardReader } from '../../device/line-card-reader.ts';
import { openCardReader, type ReaderSettings } from '../../device/open-card-reader.ts';
import { type CardReaderBench, describeCardReader } from '../contracts/card-reader.ts';
import { PtyBridge } from '../simulators/pty-bridge.ts';
import { rdm6300Frame, SimulatedReader } from '../simulators/rdm6300-reader.ts';
import { pn532TargetAnswer, SimulatedPn532 } from '../simulators/readers/pn532-reader.ts';
import { SimulatedWiegandReader, wiegandLine } from '../simulators/readers/wiegand-reader.ts';

const limits = { cardAbsenceMs: 400, retryMinMs: 20, retryMaxMs: 100 };

/** What all simulated readers on a line can do. */
interface Simulator {
  readonly port: number;
  readonly address: string;
  readonly clients: number;
  send(bytes: Uint8Array): void;
  close(): Promise<void>;
}
/** One kind of reader and the hand at it. */
interface Kind<S extends Simulator> {
  readonly name: string;
  start(port?: number): Promise<S>;
  settings(at: string): ReaderSettings;
  bench(
    simulator: () => S,
  ): Pick<CardReaderBench, 'technology' | 'bits' | 'cards' | 'place' | 'lift' | 'damage'>;
  half(card: string): Uint8Array;
}

const rdm6300: Kind<SimulatedReader> = {
  name: 'RDM6300',
  start: (port) => SimulatedReader.start(port),
  settings: (at) => ({ kind: 'rdm6300', at }),
  bench: (simulator) => ({
    technology: 'em4100',
    bits: 40,
    cards: ['01026F6C3A', '0100000001', '0100000002', '0100000003'],
    place: (card) => simulator().place(card),
    lift: () => simulator().lift(),
    damage: (card) => simulator().sendWrongChecksum(card),
  }),
  half: (card) => rdm6300Frame(card).subarray(0, 7),
};
const pn532: Kind<SimulatedPn532> = {
  name: 'PN532',
  start: (port) => SimulatedPn532.start(port),
  settings: (at) => ({ kind: 'pn532', at }),
  bench: (simulator) => ({
    technology: 'iso14443',
    bits: 56,
    cards: ['04A1B2C3D4E5F6', '04000000000001', '04000000000002', '04000000000003'],
    place: (card) => simulator().place(card),
    lift: () => simulator().lift(),
    damage: () => simulator().spoilNext('checksum'),
  }),
  half: (card) => pn532TargetAnswer(Buffer.from(card, 'hex')).subarray(0, 10),
};
const wiegand = (bits: 24 | 32): Kind<SimulatedWiegandReader> => ({
  name: `Wiegand-${bits + 2}`,
  start: (port) => SimulatedWiegandReader.start('bits', port),
  settings: (at) => ({ kind: 'wiegand', at, technology: 'em4100' }),
  bench: (simulator) => ({
    technology: 'em4100',
    bits,
    cards:
      bits === 24
        ? ['6F6C3A', '000001', '000002', '000003']
        : ['026F6C3A', '00000001', '00000002', '00000003'],
    place: (card) => simulator().present(card),
    lift: () => undefined,
    damage: (card) => simulator().sendFlipped(card),
  }),
  half: (card) => wiegandLine(card).subarray(0, 9),
});

function describeKind<S extends Simulator>(kind: Kind<S>, wires: readonly ('tcp' | 'pty')[]): void {
  const onWire = (simulator: () => S) => ({
    ...kind.bench(simulator),
    damagedIs: 'reader-bad-checksum' as const,
    babble: () => simulator().send(Buffer.from('no card at all\r\n')),
    sendHalf: (card: string) => simulator().send(kind.half(card)),
    isListening: () => vi.waitFor(() => expect(simulator().clients).toBe(1)),
  });

  if (wires.includes('tcp'))
    describeCardReader(`${kind.name} over TCP`, async () => {
      let simulator = await kind.start();
      const { address, port } = simulator;
      return {
        ...onWire(() => simulator),
        open: (events) => openCardReader(kind.settings(address), limits, events),
        unplug: () => simulator.close(),
        plug: async () => {
          simulator = await kind.start(port);
        },
        close: () => simulator.close(),
      };
    });

  if (wires.includes('pty'))
    describeCardReader(`${kind.name} on a pseudo terminal`, async () => {
      const simulator = await kind.start();
      const line = await PtyBridge.open(simulator.port);
      return {
        ...onWire(() => simulator),
        open: (events) => openCardReader(kind.settings(line.address), limits, events),
        unplug: () => line.unplug(),
        plug: () => line.plug(),
        close: async () => {
          await line.close();
          await simulator.close();
        },
      };
    });
}

describeKind(rdm6300, ['tcp', 'pty']);
describeKind(pn532, ['tcp', 'pty']);
describeKind(wiegand(24), ['tcp', 'pty']);
describeKind(wiegand(32), ['tcp']);

describe('openCardReader', () => {
  const silent = {
    onRead: () => undefined,
    onUnusable: () => undefined,
    onState: () => undefined,
    onNoise: () => undefined,
  };

  it('says at once that an address is none', () => {
    expect(() => openCardReader({ kind: 'rdm6300', at: 'tcp://host' }, limits, silent)).toThrow(DeviceError);
  });

  it('a port where nobody listens is a state, not an exception', async () => {
    const gone = await SimulatedReader.start();
    const at = gone.address;
    await gone.close();
    const state = await new Promise((resolve) => {
      const reader = openCardReader({ kind: 'rdm6300', at }, limits, {
        ...silent,
        onState: (next) => {
          resolve(next);
          void reader.close();
        },
      });
    });
    expect(state).toEqual({ kind: 'back-off', code: 'reader-refused' });
  });
});

describe('openLineCardReader', () => {
  it('C36 overwrites what came over the line once it was read', async () => {
    const simulator = await SimulatedReader.start();
    const chunks: Uint8Array[] = [];
    const empty = { cards: [], unusable: [], noiseBytes: 0, badChecksumBytes: 0 };
    const push = (chunk: Uint8Array) => {
      expect(chunk.some((byte) => byte !== 0)).toBe(true);
      chunks.push(chunk);
      return empty;
    };
    const events = { onRead: vi.fn(), onUnusable: vi.fn(), onState: vi.fn(), onNoise: vi.fn() };
    const options = { ...limits, at: simulator.address, makeFraming: () => ({ push }) };
    const reader = openLineCardReader(options, events);
    await vi.waitFor(() => expect(simulator.clients).toBe(1));
    simulator.present('01026F6C3A');
    await vi.waitFor(() => expect(chunks.length).toBeGreaterThan(0));
    expect(chunks.every((chunk) => chunk.every((byte) => byte === 0))).toBe(true);
    await reader.close();
    await simulator.close();
  });
});
