// A shipped terminal program on the big store, with a reader and a printer, and no network.
import { join } from 'node:path';
import { terminalArguments } from '../../kiosk/terminal-process.ts';
import { writeTerminal } from '../../provisioning/write-terminal.ts';
import { publicKeysOf, readOrMakeKeys } from '../../sync/headquarters/keys.ts';
import { ChildProgram } from '../demo/child-program.ts';
import { freePort } from '../simulators/mosquitto.ts';
import { SimulatedReader } from '../simulators/rdm6300-reader.ts';
import { SimulatedPrinter } from '../simulators/receipt-printer.ts';
import { rootFolder } from '../ui/gallery-server.ts';
import { copyBigStore } from './big-store.ts';
import { bigStoreFleetKey, bigStoreTerminal } from './big-store-rows.ts';

export interface BigTerminal {
  readonly reader: SimulatedReader;
  readonly printer: SimulatedPrinter;
  /** where the program writes the address of its screen */
  readonly addressFile: string;
  /** Starts the program; ready when it serves its screen. */
  start(): Promise<ChildProgram>;
  close(): Promise<void>;
}

/** @param folder all of it is the terminal's */
export async function prepareBigTerminal(
  folder: string,
  progress: (line: string) => void,
): Promise<BigTerminal> {
  const [reader, printer] = [await SimulatedReader.start(), await SimulatedPrinter.start()];
  const nowhere = await freePort();
  const config = writeTerminal({
    folder,
    fleetKey: bigStoreFleetKey,
    config: {
      v: 1,
      tenant: 'bench',
      terminal: bigStoreTerminal,
      code: 'B01',
      site: { name: { zh: '兰亭', en: 'Lanting' }, project: null, helpPhone: '400' },
      dataDir: 'data',
      screen: { port: 0 },
      // offline is normal, and nothing of the network stands between swipe and screen
      broker: { url: `mqtt://127.0.0.1:${nowhere}` },
      headquarters: publicKeysOf(readOrMakeKeys(join(folder, 'headquarters.keys'))),
      reader: { kind: 'rdm6300', at: reader.address },
      printer: { kind: 'esc-pos', at: printer.address },
      panel: null,
      limits: { reconnectMinMs: 60_000 },
    },
  });
  await copyBigStore(join(folder, 'data', 'terminal.db'), progress);
  return {
    reader,
    printer,
    addressFile: join(folder, 'data', 'run', 'screen-address'),
    start: () =>
      ChildProgram.start({
        args: terminalArguments(join(rootFolder, 'dist/kiosk/main.js'), config),
        logFile: join(folder, 'terminal.log'),
      }),
    async close() {
      await Promise.all([reader.close(), printer.close()]);
    },
  };
}
