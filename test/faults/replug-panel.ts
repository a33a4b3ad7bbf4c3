// Pulls and plugs a control panel many times, and says what grew meanwhile.
import { setFlagsFromString } from 'node:v8';
import { runInNewContext } from 'node:vm';
import { openFirmataPanel } from '../../device/panel/firmata-panel.ts';
import { johnnyFive } from '../../device/panel/johnny-five.ts';
import { SimulatedPanel } from '../simulators/firmata-panel.ts';

/** What there is more of after the last replug than after the first ones. */
export interface ReplugGrowth {
  /** timers, sockets and other handles of the event loop */
  readonly handles: number;
  /** listeners on the process */
  readonly listeners: number;
  /** boards that johnny-five keeps */
  readonly boards: number;
  readonly heapBytes: number;
}

const warmUp = 5;

/**
 * @param cycles how often after a few that only warm up
 * @throws when the panel does not come back
 */
export async function replugPanel(cycles: number, onProgress = (_: string) => {}): Promise<ReplugGrowth> {
  const board = await SimulatedPanel.start();
  let noteReady = () => {};
  const panel = openFirmataPanel(
    {
      at: board.address,
      pins: {
        presence: { pin: 2, active: 'high' },
        help: { pin: 3, active: 'low' },
        tamper: { pin: 4, active: 'high' },
        light: { red: 9, green: 10, blue: 11 },
        buzzer: 6,
      },
      retryMinMs: 1,
      retryMaxMs: 5,
    },
    {
      onState: ({ kind }) => {
        if (kind === 'ready') noteReady();
      },
      onPresence: () => {},
      onHelp: () => {},
      onTamper: () => {},
    },
  );
  const isReady = () =>
    new Promise<void>((resolve, reject) => {
      const impatience = setTimeout(() => reject(new Error('the panel did not come back')), 10_000);
      noteReady = () => {
        clearTimeout(impatience);
        resolve();
      };
    });
  try {
    await isReady();
    panel.showLight('idle');
    let before = amounts();
    for (let cycle = 1 - warmUp; cycle <= cycles; cycle += 1) {
      const back = isReady();
      panel.play('success');
      board.unplug();
      await back;
      if (cycle === 0) before = amounts();
      if (cycle > 0 && cycle % 100 === 0) onProgress(`${cycle} of ${cycles} replugs`);
    }
    const after = amounts();
    return {
      handles: after.handles - before.handles,
      listeners: after.listeners - before.listeners,
      boards: after.boards - before.boards,
      heapBytes: after.heapBytes - before.heapBytes,
    };
  } finally {
    await panel.close();
    await board.close();
  }
}

function amounts(): ReplugGrowth {
  setFlagsFromString('--expose-gc');
  (runInNewContext('gc') as () => void)();
  return {
    handles: process.getActiveResourcesInfo().length,
    listeners: process.eventNames().reduce((sum, name) => sum + process.listenerCount(name), 0),
    boards: johnnyFive().Board.cache.length,
    heapBytes: process.memoryUsage().heapUsed,
  };
}
