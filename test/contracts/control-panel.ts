// What every ControlPanel must do, whatever carries its bytes.
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import type { ControlPanel, ControlPanelEvents } from '../../device/control-panel.ts';

/** One panel, the hands on it and the eyes before it. */
export interface ControlPanelBench {
  /** presence, help, tamper, light and buzzer are all wired */
  open(events: ControlPanelEvents): ControlPanel;
  setPresence(isPresent: boolean): void;
  pressHelp(): void;
  releaseHelp(): void;
  bounceHelp(): void;
  setTamper(isOpen: boolean): void;
  /** 0 … 255 each */
  readonly light: { readonly red: number; readonly green: number; readonly blue: number };
  readonly isBuzzing: boolean;
  /** The board starts anew behind an open line. */
  reboot(): void;
  unplug(): Promise<void>;
  plug(): Promise<void>;
  close(): Promise<void>;
}

const dark = { red: 0, green: 0, blue: 0 };

export function describeControlPanel(name: string, makeBench: () => Promise<ControlPanelBench>): void {
  describe(`ControlPanel contract: ${name}`, () => {
    const heard: string[] = [];
    let bench: ControlPanelBench;
    let panel: ControlPanel;
    beforeEach(async () => {
      heard.length = 0;
      bench = await makeBench();
      panel = bench.open({
        onState: (state) => heard.push(state.kind),
        onPresence: (isPresent) => heard.push(isPresent ? 'somebody' : 'nobody'),
        onHelp: () => heard.push('help'),
        onTamper: (isOpen) => heard.push(isOpen ? 'housing open' : 'housing closed'),
      });
    });
    afterEach(async () => {
      await panel.close();
      await bench.close();
    });

    const until = (see: () => void) => vi.waitFor(see, { timeout: 10_000, interval: 10 });
    const hears = (...expected: string[]) => until(() => expect(heard).toEqual(expected));
    const atFirst = ['ready', 'nobody', 'housing closed'];
    const replug = async (meanwhile: () => void) => {
      await bench.unplug();
      await until(() => expect(panel.state.kind).not.toBe('ready'));
      meanwhile();
      heard.length = 0;
      await bench.plug();
    };

    it('reports the inputs once as they are, then each change', async () => {
      await hears(...atFirst);
      bench.setPresence(true);
      await hears(...atFirst, 'somebody');
      bench.pressHelp();
      await hears(...atFirst, 'somebody', 'help');
      bench.releaseHelp();
      bench.setTamper(true);
      await hears(...atFirst, 'somebody', 'help', 'housing open');
    });

    it('G03 a contact that bounces while it goes down is one call', async () => {
      await hears(...atFirst);
      bench.bounceHelp();
      await hears(...atFirst, 'help');
      bench.releaseHelp();
      bench.setPresence(true);
      await hears(...atFirst, 'help', 'somebody');
    });

    it('G03 a button held while the panel comes is no call; the next press is one', async () => {
      await hears(...atFirst);
      await replug(() => bench.pressHelp());
      await until(() => expect(heard.slice(-3)).toEqual(atFirst));
      bench.releaseHelp();
      bench.setPresence(true);
      await until(() => expect(heard.at(-1)).toBe('somebody'));
      expect(heard).not.toContain('help');
      bench.pressHelp();
      await until(() => expect(heard.at(-1)).toBe('help'));
    });

    it('G03 a housing opened while the board starts anew, or is away, is reported', async () => {
      await hears(...atFirst);
      bench.setTamper(true);
      bench.reboot();
      await until(() => expect(heard).toContain('housing open'));
      await replug(() => bench.setTamper(false));
      await until(() => expect(heard.at(-1)).toBe('housing closed'));
    });

    it('shows the light that was wished for before it was there, then each new one', async () => {
      panel.showLight('fault');
      await until(() => expect(bench.light).toEqual({ red: 255, green: 0, blue: 0 }));
      panel.showLight('success');
      await until(() => expect(bench.light).toMatchObject({ red: 0, green: 255 }));
      panel.showLight('off');
      await until(() => expect(bench.light).toEqual(dark));
    });

    it('breathes and blinks by itself until another light is wished for', async () => {
      panel.showLight('attention');
      await until(() => expect(bench.light.red).toBe(255));
      await until(() => expect(bench.light).toEqual(dark));
      await until(() => expect(bench.light.red).toBe(255));
      panel.showLight('working');
      const seen = new Set<number>();
      await until(() => expect(seen.add(bench.light.blue).size).toBeGreaterThan(8));
    });

    it('G02 wishes while the panel is away: the latest light is shown when it is back, a late sound never', async () => {
      panel.showLight('welcome');
      await until(() => expect(bench.light.red).toBe(255));
      await replug(() => {
        panel.showLight('success');
        panel.play('alarm');
        panel.showLight('fault');
      });
      await until(() => expect(bench.light).toEqual({ red: 255, green: 0, blue: 0 }));
      expect(bench.isBuzzing).toBe(false);
    });

    it('sounds, and falls silent by itself', async () => {
      await hears(...atFirst);
      panel.play('help');
      await until(() => expect(bench.isBuzzing).toBe(true));
      await until(() => expect(bench.isBuzzing).toBe(false));
      panel.play('refused');
      panel.play('success');
      await until(() => expect(bench.isBuzzing).toBe(true));
      await until(() => expect(bench.isBuzzing).toBe(false));
    });

    it('a board left in the middle of a sound is silent when it is back', async () => {
      await hears(...atFirst);
      panel.play('alarm');
      await until(() => expect(bench.isBuzzing).toBe(true));
      await replug(() => expect(bench.isBuzzing).toBe(true));
      await until(() => expect(panel.state.kind).toBe('ready'));
      await until(() => expect(bench.isBuzzing).toBe(false));
    });

    it('a board that starts anew behind an open line gets its light again and is heard again', async () => {
      panel.showLight('fault');
      await hears(...atFirst);
      bench.reboot();
      await hears(...atFirst, 'nobody', 'housing closed');
      expect(bench.light).toEqual({ red: 255, green: 0, blue: 0 });
      bench.pressHelp();
      await hears(...atFirst, 'nobody', 'housing closed', 'help');
    });

    it('close puts the light out and the buzzer off; nothing is reported after it, and it may be called twice', async () => {
      await hears(...atFirst);
      panel.showLight('attention');
      panel.play('alarm');
      await until(() => expect(bench.isBuzzing).toBe(true));
      const closed = panel.close();
      bench.pressHelp();
      panel.showLight('fault');
      panel.play('alarm');
      await Promise.all([closed, panel.close()]);
      await until(() => expect(bench.light).toEqual(dark));
      expect(bench.isBuzzing).toBe(false);
      expect(heard).toEqual(atFirst);
    });
  });
}
