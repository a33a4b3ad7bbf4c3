// Every kind of HID reader through the contract of all readers, and what is special about HID.
import { describe, expect, it, vi } from 'vitest';
import type { CardRead, UnusableCard } from '../../device/card-reader.ts';
import type { DeviceState } from '../../device/device-state.ts';
import { openCardReader, type ReaderSettings } from '../../device/open-card-reader.ts';
import { describeCardReader } from '../contracts/card-reader.ts';
import { type SimulatedReaderKind, startSimulatedReader } from '../simulators/readers/hid-reader.ts';
import { cardDigits } from './readers/card-digits.ts';

const limits = { cardAbsenceMs: 400, retryMinMs: 20, retryMaxMs: 100 };
const stripeCards = ['88880001234', '88880005678', '88880009012', '88880003456'] as const;
const tags = ['01026F6C3A', '0100000001', '0100000002', '0100000003'] as const;

const kinds: readonly SimulatedReaderKind[] = [
  'magtek',
  'magtek-insertion',
  'id-tech',
  'id-tech-native',
  'hid-pos',
  'keyboard',
  'keyboard-stripe',
];
for (const kind of kinds) {
  describeCardReader(`${kind} over hid+tcp`, async () => {
    let simulator = await startSimulatedReader(kind);
    const { port, settings } = simulator;
    const isProximity = kind === 'keyboard';
    return {
      technology: isProximity ? 'em4100' : 'magstripe',
      bits: isProximity ? 40 : null,
      cards: isProximity ? tags : stripeCards,
      open: (events) => openCardReader(settings, limits, events),
      place: (card) => simulator.present(card),
      lift: () => undefined,
      damage: (card) => simulator.presentDamaged(card),
      damagedIs: isProximity ? 'card-unreadable' : 'reader-bad-checksum',
      // keys around a stripe's tracks belong to the reader's settings
      babble: kind === 'keyboard-stripe' ? null : () => babble(),
      sendHalf: (card) => simulator.sendHalf(card),
      unplug: () => simulator.close(),
      plug: async () => {
        simulator = await startSimulatedReader(kind, port);
      },
      isListening: () => vi.waitFor(() => expect(simulator.clients).toBe(1)),
      close: () => simulator.close(),
    };

    function babble() {
      if (isProximity) simulator.type('abc');
      else simulator.send(Buffer.alloc(1_000, 0x37));
    }
  });
}

async function open(settings: ReaderSettings) {
  const reads: CardRead[] = [];
  const unusable: UnusableCard[] = [];
  const states: DeviceState[] = [];
  const reader = openCardReader(settings, limits, {
    onRead: (read) => reads.push(read),
    onUnusable: (why) => unusable.push(why),
    onState: (state) => states.push(state),
    onNoise: () => undefined,
  });
  await vi.waitFor(() => expect(states).not.toEqual([]), { timeout: 5_000 });
  return { reader, reads, unusable, states, numbers: () => reads.map(({ number }) => cardDigits(number)) };
}

describe('openHidCardReader', () => {
  it('refuses a bank card, and takes it where the config says so', async () => {
    const simulator = await startSimulatedReader('magtek');
    const refusing = await open(simulator.settings);
    const taking = await open({ kind: 'magtek', at: simulator.address, paymentCards: 'token' });
    await vi.waitFor(() => expect(simulator.clients).toBe(2));
    simulator.present('4111111111111111');
    await vi.waitFor(() => expect(refusing.unusable).toEqual(['card-payment']));
    await vi.waitFor(() => expect(taking.numbers()).toEqual(['4111111111111111']));
    expect(taking.reads[0]?.number.tail).toBe('1111');
    expect(refusing.reads).toEqual([]);
    await refusing.reader.close();
    await taking.reader.close();
    await simulator.close();
  });

  it('says that a card was encrypted', async () => {
    const simulator = await startSimulatedReader('magtek-encrypting');
    const opened = await open(simulator.settings);
    simulator.present('88880001234');
    await vi.waitFor(() => expect(opened.unusable).toEqual(['card-encrypted']));
    await opened.reader.close();
    await simulator.close();
  });

  it('C22 joins a report that comes in packets of 64 bytes', async () => {
    const simulator = await startSimulatedReader('id-tech-native');
    simulator.packetBytes = 64;
    const opened = await open(simulator.settings);
    simulator.present('88880001234');
    await vi.waitFor(() => expect(opened.numbers()).toEqual(['88880001234']));
    await opened.reader.close();
    await simulator.close();
  });

  it('C22 a report that loses its end is a card to swipe again, and the next one is read', async () => {
    const simulator = await startSimulatedReader('magtek');
    const opened = await open(simulator.settings);
    simulator.sendHalf('88880001234');
    await vi.waitFor(() => expect(opened.unusable).toEqual(['card-unreadable']), { timeout: 5_000 });
    simulator.present('88880005678');
    await vi.waitFor(() => expect(opened.numbers()).toEqual(['88880005678']));
    await opened.reader.close();
    await simulator.close();
  });

  it('a device that cannot be such a reader is the wrong device', async () => {
    const simulator = await startSimulatedReader('keyboard');
    const opened = await open({ kind: 'magtek', at: simulator.address, paymentCards: 'refuse' });
    expect(opened.states[0]).toEqual({ kind: 'back-off', code: 'reader-wrong-device' });
    await opened.reader.close();
    await simulator.close();
  });
});
