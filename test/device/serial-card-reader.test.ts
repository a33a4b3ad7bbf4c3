// The serial card reader on TCP and on a real pseudo terminal.
import { describe, expect, it, vi } from 'vitest';
import { DeviceError } from '../../device/device-error.ts';
import { openSerialCardReader } from '../../device/serial-card-reader.ts';
import { describeCardReader } from '../contracts/card-reader.ts';
import { PtyBridge } from '../simulators/pty-bridge.ts';
import { SimulatedReader } from '../simulators/rdm6300-reader.ts';

const limits = { cardAbsenceMs: 400, retryMinMs: 20, retryMaxMs: 100 };

describeCardReader('RDM6300 over TCP', async () => {
  let simulator = await SimulatedReader.start();
  const { address, port } = simulator;
  return {
    open: (events) => openSerialCardReader({ at: address, ...limits }, events),
    place: (tag) => simulator.place(tag),
    lift: () => simulator.lift(),
    sendWrongChecksum: (tag) => simulator.sendWrongChecksum(tag),
    send: (bytes) => simulator.send(bytes),
    unplug: () => simulator.close(),
    plug: async () => {
      simulator = await SimulatedReader.start(port);
    },
    isListening: () => vi.waitFor(() => expect(simulator.clients).toBe(1)),
    close: () => simulator.close(),
  };
});

describeCardReader('RDM6300 on a pseudo terminal', async () => {
  const simulator = await SimulatedReader.start();
  const line = await PtyBridge.open(simulator.port);
  return {
    open: (events) => openSerialCardReader({ at: line.address, ...limits }, events),
    place: (tag) => simulator.place(tag),
    lift: () => simulator.lift(),
    sendWrongChecksum: (tag) => simulator.sendWrongChecksum(tag),
    send: (bytes) => simulator.send(bytes),
    unplug: () => line.unplug(),
    plug: () => line.plug(),
    isListening: () => vi.waitFor(() => expect(simulator.clients).toBe(1)),
    close: async () => {
      await line.close();
      await simulator.close();
    },
  };
});

describe('openSerialCardReader', () => {
  const silent = {
    onRead: () => undefined,
    onUnusable: () => undefined,
    onState: () => undefined,
    onNoise: () => undefined,
  };

  it('says at once that an address is none', () => {
    expect(() => openSerialCardReader({ at: 'tcp://host', ...limits }, silent)).toThrow(DeviceError);
  });

  it('a port where nobody listens is a state, not an exception', async () => {
    const gone = await SimulatedReader.start();
    const at = gone.address;
    await gone.close();
    const state = await new Promise((resolve) => {
      const reader = openSerialCardReader({ at, ...limits }, { ...silent, onState: resolveAndClose });
      function resolveAndClose(next: unknown) {
        resolve(next);
        void reader.close();
      }
    });
    expect(state).toEqual({ kind: 'back-off', code: 'reader-refused' });
  });
});
