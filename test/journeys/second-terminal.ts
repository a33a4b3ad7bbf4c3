// A second terminal of the same site, with its own reader, screen and line: what two doors do, one cannot.
import { readFileSync } from 'node:fs';
import { type AddressInfo, createServer } from 'node:net';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { writeTerminal } from '../../provisioning/write-terminal.ts';
import { TerminalProgram } from '../demo/terminal-program.ts';
import type { LabCard } from '../simulators/lab/lab-view.ts';
import { PrinterSlot } from '../simulators/lab/printer-slot.ts';
import { ReaderSlot } from '../simulators/lab/reader-slot.ts';
import { startNetworkProxy } from '../simulators/network-proxy.ts';
import type { Product } from './product.ts';

export interface SecondTerminal {
  /** with the token of this boot: opens its screen */
  readonly kiosk: string;
  swipe(card: LabCard): void;
  cut(): void;
  restore(): void;
  /** facts that headquarters has not confirmed */
  waiting(): Promise<number>;
  close(): Promise<void>;
}

const script = fileURLToPath(new URL('../../dist/kiosk/main.js', import.meta.url));

/** @param terminal what headquarters shall call it */
export async function openSecondTerminal(
  { terminalData, demo }: Product,
  terminal = 'hall-02',
): Promise<SecondTerminal> {
  const first = JSON.parse(readFileSync(join(terminalData, 'config.json'), 'utf8')) as Record<
    string,
    unknown
  >;
  const { maintenance: _pin, ...shared } = first;
  const reader = await ReaderSlot.open();
  const printer = await PrinterSlot.open();
  const network = await startNetworkProxy({ port: Number(new URL(demo.mqtt).port) });
  const folder = `${terminalData}-${terminal}`;
  const program = new TerminalProgram({
    script,
    config: writeTerminal({
      folder,
      fleetKey: Buffer.from(readFileSync(join(terminalData, 'keys', 'fleet.key'), 'utf8').trim(), 'hex'),
      config: {
        ...shared,
        terminal,
        code: 'H02',
        screen: { port: await freePort() },
        broker: { url: `mqtt://127.0.0.1:${network.port}` },
        reader: reader.settings,
        printer: printer.settings,
        panel: null,
      },
    }),
    dataDir: join(folder, 'data'),
    logFile: join(folder, 'terminal.log'),
  });
  const close = async (): Promise<void> => {
    await program.stop();
    await reader.close();
    await printer.close();
    await network.close();
  };
  try {
    await program.start();
    await program.waitForData();
  } catch (error) {
    await close();
    throw error;
  }
  return {
    kiosk: program.screenAddress(),
    swipe: (card) => reader.present(card),
    cut: () => network.cut(),
    restore: () => network.restore(),
    waiting: async () => (await program.health()).waitingFacts,
    close,
  };
}

async function freePort(): Promise<number> {
  const server = createServer();
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const { port } = server.address() as AddressInfo;
  await new Promise((resolve) => server.close(resolve));
  return port;
}
