// The control panel over TCP and a real pseudo terminal, with johnny-five in between.
import { afterEach, describe, expect, it, vi } from 'vitest';
import { openFirmataPanel } from '../../../device/panel/firmata-panel.ts';
import { johnnyFive } from '../../../device/panel/johnny-five.ts';
import { SimulatedPanel } from '../../simulators/firmata-panel.ts';
import { PtyBridge } from '../../simulators/pty-bridge.ts';

const options = {
  pins: {
    presence: { pin: 2, active: 'high' as const },
    help: { pin: 3, active: 'low' as const },
    tamper: { pin: 4, active: 'high' as const },
    light: null,
    buzzer: null,
  },
  retryMinMs: 20,
  retryMaxMs: 100,
};

describe('firmata panel', () => {
  const closing: (() => Promise<unknown>)[] = [];
  afterEach(async () => {
    for (const close of closing.splice(0).reverse()) await close();
  });

  const open = (at: string, pins = options.pins) => {
    const heard: string[] = [];
    const panel = openFirmataPanel(
      { ...options, at, pins },
      {
        onState: (state) => heard.push(state.kind),
        onPresence: (isPresent) => heard.push(isPresent ? 'somebody' : 'nobody'),
        onHelp: () => heard.push('help'),
        onTamper: (isOpen) => heard.push(isOpen ? 'housing open' : 'housing closed'),
      },
    );
    closing.push(() => panel.close());
    const hears = (expected: readonly string[]) =>
      vi.waitFor(() => expect(heard).toEqual(expected), { timeout: 10_000 });
    const becomes = (state: object) =>
      vi.waitFor(() => expect(panel.state).toEqual(state), { timeout: 10_000 });
    return { panel, heard, hears, becomes };
  };
  const startBoard = async () => {
    const board = await SimulatedPanel.start();
    closing.push(() => board.close());
    return board;
  };
  const atFirst = ['ready', 'nobody', 'housing closed'];

  it.each(['TCP', 'pty'])('reports the inputs once as they are, then each change, over %s', async (way) => {
    const board = await startBoard();
    let at = board.address;
    if (way === 'pty') {
      const line = await PtyBridge.open(board.port);
      closing.push(() => line.close());
      at = line.address;
    }
    const { hears } = open(at);
    await hears(atFirst);
    board.setPresence(true);
    await hears([...atFirst, 'somebody']);
    board.pressHelp();
    await hears([...atFirst, 'somebody', 'help']);
    board.releaseHelp();
    board.setTamper(true);
    await hears([...atFirst, 'somebody', 'help', 'housing open']);
  });

  it('G03 a bouncing contact is one press; a button held while the board appears is none', async () => {
    const board = await startBoard();
    board.pressHelp();
    const { hears } = open(board.address);
    await hears(atFirst);
    board.releaseHelp();
    board.setPresence(true);
    await hears([...atFirst, 'somebody']);
    board.bounceHelp();
    await hears([...atFirst, 'somebody', 'help']);
  });

  it('G01 20 replugs: ready each time, nothing left behind', async () => {
    const board = await startBoard();
    const { heard, becomes } = open(board.address);
    const listeners = process.listenerCount('SIGINT') + process.listenerCount('exit');
    for (let round = 1; round <= 20; round += 1) {
      await vi.waitFor(() => expect(heard.filter((h) => h === 'housing closed')).toHaveLength(round));
      board.unplug();
    }
    await becomes({ kind: 'ready' });
    expect(process.listenerCount('SIGINT') + process.listenerCount('exit')).toBe(listeners);
    expect(johnnyFive().Board.cache.length).toBeLessThanOrEqual(1);
  });

  it('G04 garbage, a mute board and a pin that is not there are the wrong firmware', async () => {
    const board = await startBoard();
    const { becomes } = open(board.address);
    await becomes({ kind: 'ready' });
    // a firmware report that is too short, which firmata-io does not survive
    board.setMute(true);
    board.say(Uint8Array.of(0xf0, 0x79, 0xf7));
    await becomes({ kind: 'lost', code: 'panel-wrong-firmware' });
    board.setMute(false);
    const other = open((await startBoard()).address, {
      ...options.pins,
      tamper: { pin: 99, active: 'high' as const },
    });
    await other.becomes({ kind: 'lost', code: 'panel-wrong-firmware' });
  });

  it('G04 a message without end is cut off', async () => {
    const board = await startBoard();
    const { becomes } = open(board.address);
    await becomes({ kind: 'ready' });
    board.setMute(true);
    board.say(Uint8Array.from([0xf0, ...Array<number>(5_000).fill(1)]));
    await becomes({ kind: 'lost', code: 'panel-wrong-firmware' });
  });

  it('closes before, during and after the handshake, twice', async () => {
    const board = await startBoard();
    const first = open(board.address);
    await first.panel.close();
    await first.panel.close();
    const second = open(board.address);
    await vi.waitFor(() => expect(board.isConnected).toBe(true));
    await second.panel.close();
    expect(first.heard).toEqual([]);
    expect(second.heard).toEqual([]);
  });
});
