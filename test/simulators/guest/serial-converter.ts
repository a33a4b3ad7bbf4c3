// Readers behind a USB serial converter of the kernel: read, pulled out in the middle of a card, read again.
import { existsSync } from 'node:fs';
import { isOutOfOrder } from '../../../device/device-state.ts';
import { SimulatedReader } from '../rdm6300-reader.ts';
import { SimulatedPn532 } from '../readers/pn532-reader.ts';
import { openReader, told, until } from './guest-case.ts';
import { joinLine, plugConverter, pullConverter } from './guest-wiring.ts';

const node = '/dev/ttyUSB0';

/** @param at `serial:/dev/…`; the converter is at `node` under any name */
export async function tryRdm6300(at = `serial:${node}`): Promise<number> {
  const simulator = await SimulatedReader.start();
  const takeOff = joinLine(simulator.port, 9_600);
  const said: string[] = [];
  const reader = openReader({ kind: 'rdm6300', at }, said);
  let slowest = 0;
  try {
    for (const n of [0, 1, 2]) {
      const pluggedAt = performance.now();
      if (n > 0) plugConverter();
      await until(
        () => reader.state.kind === 'ready',
        () => `ready ${n}, not ${told(reader.state)}`,
      );
      if (n > 0) slowest = Math.max(slowest, performance.now() - pluggedAt);
      await until(() => simulator.clients === 1, 'the line');
      const card = `01026F6C${10 + n}`;
      simulator.place(card);
      await until(
        () => said.at(-1) === card && said.length === n + 1,
        () => `card ${n}: ${said}`,
      );
      pullConverter();
      await until(() => isOutOfOrder(reader.state), `out ${n}`);
      simulator.lift();
      await until(
        () => told(reader.state) === 'reader-unplugged',
        () => `gone, not ${told(reader.state)}`,
      );
      await until(() => !existsSync(node), 'no node');
    }
    plugConverter();
    await until(() => existsSync(node), 'a node for the next case');
  } finally {
    await reader.close();
    takeOff();
    await simulator.close();
  }
  return Math.round(slowest);
}

/** 115200 baud, asked and answered. */
export async function tryPn532(): Promise<undefined> {
  const simulator = await SimulatedPn532.start();
  const takeOff = joinLine(simulator.port, 115_200);
  const said: string[] = [];
  const reader = openReader({ kind: 'pn532', at: `serial:${node}` }, said);
  try {
    await until(
      () => reader.state.kind === 'ready',
      () => `ready, not ${told(reader.state)}`,
    );
    simulator.place('04A1B2C3');
    await until(() => said.length === 1, 'a card');
  } finally {
    await reader.close();
    takeOff();
    await simulator.close();
  }
  return undefined;
}
