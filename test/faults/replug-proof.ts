// A reader on a pseudo terminal, a printer on the network and a control panel, each unplugged a thousand times.
import { isOutOfOrder } from '../../device/device-state.ts';
import { openCardReader } from '../../device/open-card-reader.ts';
import { openEscPosPrinter } from '../../device/printers/esc-pos-printer.ts';
import { printerModels } from '../../device/printers/printer-models.ts';
import { PtyBridge } from '../simulators/pty-bridge.ts';
import { SimulatedReader } from '../simulators/rdm6300-reader.ts';
import { SimulatedPrinter } from '../simulators/receipt-printer.ts';
import { type ReplugBench, type ReplugReport, replugCycles } from './replug-cycles.ts';
import { replugPanel } from './replug-panel.ts';

export interface ReplugFigures {
  readonly device: string;
  readonly cycles: number;
  readonly descriptors: number;
  readonly handles: number;
  readonly heapBytes: number;
  /** with the product's own limits; null where it was not measured */
  readonly slowestReadyMs: number | null;
}
export interface ReplugProof {
  readonly ok: boolean;
  readonly devices: readonly ReplugFigures[];
  readonly control: { readonly handles: number; readonly mustLose: true };
}

/** What the kiosk's config says when it says nothing. */
const productRetry = { retryMinMs: 250, retryMaxMs: 5_000 };
/** The same work in less time: what grows does not depend on the pause. */
const hurry = { retryMinMs: 2, retryMaxMs: 20 };
const timedCycles = 12;
const mostHeapBytes = 2_000_000;
/** what happens to be opening or closing at the moment of counting; a leak is one a cycle */
const inPassing = 4;
const patienceMs = 30_000;

type Open = (retry: typeof productRetry) => Promise<ReplugBench & { close(): Promise<void> }>;

export async function proveReplugs(cycles: number, onProgress = (_: string) => {}): Promise<ReplugProof> {
  const devices: ReplugFigures[] = [];
  for (const [device, open] of Object.entries({
    'reader on a serial line': openReader,
    'printer on TCP': openPrinter,
  })) {
    onProgress(`${device}: ${cycles} replugs`);
    const timed = await replug(open, productRetry, timedCycles);
    const many = await replug(open, hurry, cycles);
    devices.push({ ...grown(device, many), slowestReadyMs: Math.round(Math.max(...timed.readyMs)) });
  }
  onProgress(`control panel: ${cycles} replugs`);
  const { handles, listeners, boards, heapBytes } = await replugPanel(cycles);
  devices.push({
    device: 'control panel',
    cycles,
    descriptors: 0,
    handles: handles + listeners + boards,
    heapBytes,
    slowestReadyMs: null,
  });
  const control = await replug(leaky, hurry, 20);
  const leaked = control.after.handles - control.before.handles;
  return {
    ok: leaked > inPassing && devices.every(isFlat),
    devices,
    control: { handles: leaked, mustLose: true },
  };
}

function isFlat({ descriptors, handles, heapBytes }: ReplugFigures): boolean {
  return descriptors <= inPassing && handles <= inPassing && heapBytes <= mostHeapBytes;
}

function grown(
  device: string,
  { cycles, before, after }: ReplugReport,
): Omit<ReplugFigures, 'slowestReadyMs'> {
  return {
    device,
    cycles,
    descriptors: after.descriptors - before.descriptors,
    handles: after.handles - before.handles,
    heapBytes: after.heapBytes - before.heapBytes,
  };
}

async function replug(open: Open, retry: typeof productRetry, cycles: number): Promise<ReplugReport> {
  const bench = await open(retry);
  try {
    await bench.untilReady();
    return await replugCycles(bench, cycles);
  } finally {
    await bench.close();
  }
}

async function openReader(retry: typeof productRetry) {
  const simulator = await SimulatedReader.start();
  const line = await PtyBridge.open(simulator.port);
  const watch = watchState();
  const reader = openCardReader(
    { kind: 'rdm6300', at: line.address },
    { cardAbsenceMs: 400, ...retry },
    { onRead: () => {}, onUnusable: () => {}, onNoise: () => {}, onState: watch.news },
  );
  return {
    unplug: () => line.unplug(),
    plug: () => line.plug(),
    ...watch.on(reader),
    close: async () => {
      await reader.close();
      await line.close();
      await simulator.close();
    },
  };
}

async function openPrinter(retry: typeof productRetry) {
  let simulator = await SimulatedPrinter.start();
  const { port } = simulator;
  const watch = watchState();
  const profile = printerModels['generic-80mm'];
  if (!profile) throw new Error('no generic-80mm in the table');
  const printer = openEscPosPrinter(
    { at: simulator.address, profile, answerMs: 5_000, pollMs: 50, ...retry },
    { onState: watch.news },
  );
  return {
    unplug: () => simulator.close(),
    plug: async () => {
      simulator = await SimulatedPrinter.start({ port });
    },
    ...watch.on(printer),
    close: async () => {
      await printer.close();
      await simulator.close();
    },
  };
}

/** The control: what forgets its timer is found out. */
async function leaky(retry: typeof productRetry) {
  const bench = await openReader(retry);
  const forgotten: NodeJS.Timeout[] = [];
  return {
    ...bench,
    plug: () => {
      forgotten.push(setInterval(() => {}, 60_000));
      return bench.plug();
    },
    close: () => {
      for (const timer of forgotten) clearInterval(timer);
      return bench.close();
    },
  };
}

function watchState() {
  let tell = () => {};
  const until = async (isSo: () => boolean, what: string): Promise<void> => {
    const endsAt = performance.now() + patienceMs;
    while (!isSo()) {
      if (performance.now() > endsAt) throw new Error(`not ${what} within ${patienceMs} ms`);
      await new Promise<void>((resolve) => {
        const impatience = setTimeout(resolve, 1_000);
        tell = () => {
          clearTimeout(impatience);
          resolve();
        };
      });
    }
  };
  return {
    news: () => tell(),
    on: (device: { readonly state: { readonly kind: string } }) => ({
      untilOut: () => until(() => isOutOfOrder(device.state), 'out'),
      untilReady: () => until(() => device.state.kind === 'ready', 'ready'),
    }),
  };
}
