// Light and buzzer of the shipped terminal: out when it ends, put right when it comes back after a kill.

import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { afterEach, beforeEach, expect, it, vi } from 'vitest';
import { writeTerminal } from '../../provisioning/write-terminal.ts';
import { publicKeysOf } from '../../sync/headquarters/keys.ts';
import { TerminalProgram } from '../demo/terminal-program.ts';
import { SimulatedPanel } from '../simulators/firmata-panel.ts';
import { someKeys } from '../sync/some-keys.ts';

const script = fileURLToPath(new URL('../../dist/kiosk/main.js', import.meta.url));
const dark = { red: 0, green: 0, blue: 0 };

let folder: string;
let panel: SimulatedPanel;
let terminal: TerminalProgram;
beforeEach(async () => {
  folder = mkdtempSync(join(tmpdir(), 'yingbin-panel-'));
  panel = await SimulatedPanel.start();
  terminal = new TerminalProgram({
    script,
    config: writeTerminal({
      folder: join(folder, 'terminal'),
      fleetKey: Buffer.alloc(32, 9),
      config: {
        v: 1,
        tenant: 'panel',
        terminal: 'hall-01',
        code: 'H01',
        site: { name: { zh: '售楼处', en: 'Hall' }, project: null, helpPhone: '400' },
        dataDir: 'data',
        screen: { port: 0 },
        // nobody there: light and sound need no network
        broker: { url: 'mqtt://127.0.0.1:9' },
        headquarters: publicKeysOf(someKeys),
        reader: null,
        printer: null,
        panel: { kind: 'firmata', at: panel.address },
        limits: { deviceRetryMinMs: 20, deviceRetryMaxMs: 100 },
      },
    }),
    dataDir: join(folder, 'terminal', 'data'),
    logFile: join(folder, 'terminal.log'),
  });
  await terminal.start();
});
afterEach(async () => {
  await terminal.stop();
  await panel.close();
  rmSync(folder, { recursive: true, force: true });
});

const until = (see: () => void) => vi.waitFor(see, { timeout: 20_000, interval: 10 });
const isLit = () => until(() => expect(panel.outputs.light).not.toEqual(dark));
const soundsAlarm = () => {
  panel.setTamper(true);
  return until(() => expect(panel.outputs.isBuzzing).toBe(true));
};

it('a terminal that is told to end leaves the ring dark and the buzzer silent, in the middle of an alarm', async () => {
  await isLit();
  await soundsAlarm();
  await terminal.stop();
  await until(() => expect(panel.outputs).toEqual({ light: dark, isBuzzing: false }));
});

it('a terminal that was killed in the middle of an alarm silences the buzzer when it is back', async () => {
  await isLit();
  await soundsAlarm();
  await terminal.kill();
  panel.setTamper(false);
  await terminal.start();
  await until(() => expect(panel.outputs.isBuzzing).toBe(false));
  await isLit();
});
