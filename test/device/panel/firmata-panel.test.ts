// The control panel over TCP and a real pseudo terminal, with johnny-five in between.
import { afterEach, describe, expect, it, vi } from 'vitest';
import { openFirmataPanel } from '../../../device/panel/firmata-panel.ts';
import type { PanelPins } from '../../../device/panel/panel-wiring.ts';
import { type ControlPanelBench, describeControlPanel } from '../../contracts/control-panel.ts';
import { replugPanel } from '../../faults/replug-panel.ts';
import { SimulatedPanel } from '../../simulators/firmata-panel.ts';
import { PtyBridge } from '../../simulators/pty-bridge.ts';

const allPins: PanelPins = {
  presence: { pin: 2, active: 'high' },
  help: { pin: 3, active: 'low' },
  tamper: { pin: 4, active: 'high' },
  light: { red: 9, green: 10, blue: 11 },
  buzzer: 6,
};
const retry = { retryMinMs: 20, retryMaxMs: 100 };

describeControlPanel('Firmata over TCP', async () => {
  const board = await SimulatedPanel.start();
  return benchOf(board, board.address, {
    unplug: () => board.pull(),
    plug: () => board.plug(),
    close: () => board.close(),
  });
});

describeControlPanel('Firmata over a pty', async () => {
  const board = await SimulatedPanel.start();
  const line = await PtyBridge.open(board.port);
  return benchOf(board, line.address, {
    unplug: () => line.unplug(),
    plug: () => line.plug(),
    close: async () => {
      await line.close();
      await board.close();
    },
  });
});

describe('firmata panel', () => {
  const closing: (() => Promise<unknown>)[] = [];
  afterEach(async () => {
    for (const close of closing.splice(0).reverse()) await close();
  });

  const open = (at: string, pins = allPins, answerMs = 5_000) => {
    const heard: string[] = [];
    const panel = openFirmataPanel(
      { ...retry, at, pins, answerMs },
      {
        onState: (state) => heard.push(state.kind),
        onPresence: (isPresent) => heard.push(isPresent ? 'somebody' : 'nobody'),
        onHelp: () => heard.push('help'),
        onTamper: (isOpen) => heard.push(isOpen ? 'housing open' : 'housing closed'),
      },
    );
    closing.push(() => panel.close());
    const hears = (...expected: string[]) =>
      vi.waitFor(() => expect(heard).toEqual(expected), { timeout: 10_000 });
    const becomes = (state: object) =>
      vi.waitFor(() => expect(panel.state).toEqual(state), { timeout: 12_000 });
    return { panel, heard, hears, becomes };
  };
  const startBoard = async (model: 'uno' | 'nano' = 'uno') => {
    const board = await SimulatedPanel.start(0, undefined, model);
    closing.push(() => board.close());
    return board;
  };

  it('G01 50 replugs: ready each time, and no listener, timer, socket or board more than before', async () => {
    const growth = await replugPanel(50);
    expect(growth).toMatchObject({ handles: 0, listeners: 0, boards: 0 });
    expect(growth.heapBytes).toBeLessThan(2_000_000);
  });

  it('G04 a board that says nothing does not answer; it is ready when it speaks', async () => {
    const board = await startBoard();
    board.setFault('silence');
    const { becomes } = open(board.address, allPins, 600);
    await becomes({ kind: 'lost', code: 'panel-no-answer' });
    board.setFault('none');
    await becomes({ kind: 'ready' });
  });

  it.each(['garbage', 'wrong-firmware'] as const)('G04 %s is the wrong firmware', async (fault) => {
    const board = await startBoard();
    board.setFault(fault);
    const { becomes } = open(board.address, allPins, 600);
    await becomes({ kind: 'lost', code: 'panel-wrong-firmware' });
  });

  it('G04 a message that is too short, or without end, cuts the line off; it opens again', async () => {
    const board = await startBoard();
    const { hears, becomes } = open(board.address);
    const atFirst = ['ready', 'nobody', 'housing closed'];
    await hears(...atFirst);
    board.say(Uint8Array.of(0xf0, 0x79, 0xf7));
    await hears(...atFirst, 'lost', ...atFirst);
    board.setFault('silence');
    board.say(Uint8Array.from([0xf0, ...Array<number>(5_000).fill(1)]));
    await becomes({ kind: 'lost', code: 'panel-wrong-firmware' });
  });

  it('a boot loader that swallows the first questions is asked again', async () => {
    const board = await startBoard();
    board.setFault('silence');
    const { hears } = open(board.address);
    await vi.waitFor(() => expect(board.bytesHeard).toBeGreaterThan(0));
    board.setFault('none');
    await hears('ready', 'nobody', 'housing closed');
  });

  it('a panel that falls silent while it serves does not answer', async () => {
    const board = await startBoard();
    const { becomes } = open(board.address, allPins, 600);
    await becomes({ kind: 'ready' });
    board.setFault('silence');
    await becomes({ kind: 'lost', code: 'panel-no-answer' });
  });

  it('pins that are not there or analog only are a wrong setting; the others work', async () => {
    const board = await startBoard('nano');
    const { panel, heard, becomes } = open(board.address, {
      ...allPins,
      presence: { pin: 21, active: 'high' },
      tamper: { pin: 99, active: 'high' },
      buzzer: 0,
      // 2 cannot dim, 3 is used twice
      light: { red: 9, green: 2, blue: 3 },
    });
    await becomes({ kind: 'degraded', code: 'panel-setting-wrong' });
    panel.showLight('fault');
    await vi.waitFor(() => expect(board.outputs.light.red).toBe(255));
    expect(heard).toEqual(['degraded']);
    const whole = open((await startBoard('nano')).address);
    await whole.becomes({ kind: 'ready' });
  });

  it('contacts that are active the other way round are told the right way round', async () => {
    const board = await startBoard();
    const { hears } = open(board.address, {
      presence: { pin: 2, active: 'low' },
      help: { pin: 3, active: 'high' },
      tamper: { pin: 4, active: 'low' },
      light: null,
      buzzer: null,
    });
    await hears('ready', 'somebody', 'housing open');
    board.setPresence(true);
    await hears('ready', 'somebody', 'housing open', 'nobody');
  });

  it('a buzzer that only switches does not switch the pull-up of a sensor on', async () => {
    const board = await SimulatedPanel.start(0, {
      presence: 2,
      help: 3,
      tamper: 4,
      light: { red: 9, green: 10, blue: 11 },
      buzzer: 7,
    });
    closing.push(() => board.close());
    board.setPresence(true);
    const { panel, hears } = open(board.address, { ...allPins, buzzer: 7 });
    await hears('ready', 'somebody', 'housing closed');
    panel.play('alarm');
    await vi.waitFor(() => expect(board.outputs.isBuzzing).toBe(true));
    expect([2, 3, 4].map((pin) => board.hasPullUp(pin))).toEqual([false, true, true]);
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

function benchOf(
  board: SimulatedPanel,
  at: string,
  cable: Pick<ControlPanelBench, 'unplug' | 'plug' | 'close'>,
): ControlPanelBench {
  return {
    ...cable,
    open: (events) => openFirmataPanel({ ...retry, at, pins: allPins }, events),
    setPresence: (isPresent) => board.setPresence(isPresent),
    pressHelp: () => board.pressHelp(),
    releaseHelp: () => board.releaseHelp(),
    bounceHelp: () => board.bounceHelp(),
    setTamper: (isOpen) => board.setTamper(isOpen),
    reboot: () => board.reboot(),
    get light() {
      return board.outputs.light;
    },
    get isBuzzing() {
      return board.outputs.isBuzzing;
    },
  };
}
