// A lab with the real simulators and a terminal that only pretends, for tests of the lab itself.
import { once } from 'node:events';
import { connect, type Socket } from 'node:net';
import { fileURLToPath } from 'node:url';
import type { SimulatedPanel } from './firmata-panel.ts';
import { type FittedDevices, LabServer } from './lab/lab-server.ts';
import type { LabCard } from './lab/lab-view.ts';
import { PanelSlot } from './lab/panel-slot.ts';
import { PrinterSlot } from './lab/printer-slot.ts';
import { ReaderSlot } from './lab/reader-slot.ts';
import { startNetworkProxy } from './network-proxy.ts';
import type { SimulatedPrinter } from './receipt-printer.ts';

const card = (name: string, state: string, number: string): LabCard => ({
  name,
  label: { zh: name, en: name },
  number,
  uid: `04${number.slice(-6)}`,
  stripe: `8888${number.slice(-8).replace(/\D/g, '0')}`,
  state,
  pin: state === 'unknown' ? null : '2580',
  member: state === 'unknown' ? null : `m-${name}`,
  maskedName: state === 'unknown' ? null : '王*',
  level: state === 'active' ? 'gold' : null,
});

export const benchCards: readonly LabCard[] = [
  card('wang-fang', 'active', '01A2B3C4D5'),
  card('li-xiaoming', 'active', '01A2B3C4D6'),
  card('blocked', 'blocked', '01A2B3C4D7'),
  card('unknown', 'unknown', '01DEADBEEF'),
  // more than fit on any screen
  ...Array.from({ length: 30 }, (_, n) => card(`m-${n}`, 'active', `02000000${10 + n}`)),
];

/** Runs, stops, and refuses to start when told to. */
export class PretendTerminal {
  isRunning = true;
  cannotStart = false;
  fitted: FittedDevices | undefined;

  async start(): Promise<void> {
    if (this.cannotStart) throw new Error('config-unreadable: the config file is not there.');
    this.isRunning = true;
  }

  async kill(): Promise<void> {
    this.isRunning = false;
  }

  async stop(): Promise<void> {
    this.isRunning = false;
  }

  configure(devices: FittedDevices): void {
    this.fitted = devices;
  }
}

export interface LabBench {
  readonly lab: LabServer;
  readonly reader: ReaderSlot;
  readonly printer: SimulatedPrinter;
  readonly panel: SimulatedPanel;
  readonly terminal: PretendTerminal;
  /** what the terminal's side of the reader heard so far */
  heard(): string;
  /** as a terminal does that starts again */
  listenAgain(): Promise<void>;
  /** ends the lab and starts it again at the same address */
  restartLab(between: () => Promise<void>): Promise<void>;
  close(): Promise<void>;
}

export async function openLabBench(): Promise<LabBench> {
  const network = await startNetworkProxy({ port: 9 });
  const reader = await ReaderSlot.open();
  const printer = await PrinterSlot.open();
  const panel = await PanelSlot.open();
  const terminal = new PretendTerminal();
  const startLab = (port: number): Promise<LabServer> =>
    LabServer.start({
      port,
      pageDir: fileURLToPath(new URL('../../dist/ui/lab', import.meta.url)),
      cards: benchCards,
      reader,
      printer,
      panel,
      network,
      terminal,
      links: { kiosk: 'http://127.0.0.1:1/?token=t', headquarters: 'http://127.0.0.1:2/#token=t' },
    });
  let lab = await startLab(0);
  let heard = '';
  const listen = async (): Promise<Socket> => {
    const socket = await connected(portOf(reader));
    socket.on('data', (bytes) => {
      heard += bytes.toString('latin1');
    });
    return socket;
  };
  let listener = await listen();
  return {
    get lab() {
      return lab;
    },
    reader,
    get printer() {
      return printer.device;
    },
    panel: panel.device,
    terminal,
    heard: () => heard,
    listenAgain: async () => {
      listener = await listen();
    },
    restartLab: async (between) => {
      const port = Number(new URL(lab.address).port);
      await lab.close();
      await between();
      lab = await startLab(port);
    },
    close: async () => {
      listener.destroy();
      await lab.close();
      for (const each of [network, reader, printer, panel]) await each.close();
    },
  };
}

/** Prints and cuts through the printer's own port. */
export async function printSlip(port: number, text: string): Promise<void> {
  const socket = await connected(port);
  const cut = [0x1d, 0x56, 0x00];
  socket.end(Buffer.from([0x1b, 0x40, ...Buffer.from(`${text}\n`, 'latin1'), ...cut]));
  await once(socket, 'close');
}

function portOf({ settings }: ReaderSlot): number {
  return settings.kind === 'wedge' ? 0 : Number(settings.at.split(':').at(-1));
}

async function connected(port: number): Promise<Socket> {
  const socket = connect(port, '127.0.0.1');
  socket.resume();
  await once(socket, 'connect');
  // a cable that is pulled is no surprise to whoever pulled it
  socket.on('error', () => undefined);
  return socket;
}
