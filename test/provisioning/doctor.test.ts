// The doctor on simulated devices that speak real bytes: its trials, its report, its exit codes.

import { readFileSync } from 'node:fs';
import { describe, expect, it, onTestFinished, vi } from 'vitest';
import { shippedUdevRules } from '../../device/diagnosis/udev-rules.ts';
import { knownDevices } from '../../device/known-devices.ts';
import { configuredProfile } from '../../device/printers/configured-profile.ts';
import { openEscPosPrinter } from '../../device/printers/esc-pos-printer.ts';
import { printerModels } from '../../device/printers/printer-models.ts';
import { type Config, parseConfig } from '../../kiosk/config.ts';
import { languageOf } from '../../provisioning/command-words.ts';
import { type DoctorOptions, runDoctor, type Trial } from '../../provisioning/doctor.ts';
import { publicKeysOf } from '../../sync/headquarters/keys.ts';
import { SimulatedPanel } from '../simulators/firmata-panel.ts';
import { keyboardInterface, PluggedIn } from '../simulators/plugged-in.ts';
import { SimulatedReader } from '../simulators/rdm6300-reader.ts';
import { SimulatedPrinter } from '../simulators/receipt-printer.ts';
import { someKeys } from '../sync/some-keys.ts';

function configOf(devices: Readonly<Record<string, unknown>>): Config {
  return parseConfig(
    JSON.stringify({
      v: 1,
      tenant: 'lanting',
      terminal: 'hall-01',
      code: 'H01',
      site: { name: { zh: '兰亭', en: 'Lanting' }, project: null, helpPhone: '400' },
      dataDir: 'data',
      screen: { port: 0 },
      broker: { url: 'mqtt://127.0.0.1:1883' },
      headquarters: publicKeysOf(someKeys),
      fleetKeyFile: 'fleet.key',
      reader: null,
      printer: null,
      panel: null,
      ...devices,
    }),
    'c.json',
  );
}

function machine(): PluggedIn {
  const plugged = new PluggedIn();
  onTestFinished(() => plugged.unplugAll());
  return plugged;
}

/** Runs it in English on a machine where nothing is plugged in, and collects what it says. */
function doctor(config: Config | null, trials: readonly Trial[], more: Partial<DoctorOptions> = {}) {
  let said = '';
  const code = runDoctor({
    config,
    trials,
    asJson: false,
    language: 'en',
    patienceMs: 20_000,
    paceMs: 1,
    inspection: { roots: machine().roots },
    write: (text) => {
      said += text;
    },
    signal: new AbortController().signal,
    ...more,
  });
  return { code, said: () => said };
}

describe('doctor trials', () => {
  it('prints a test page with Chinese, a QR code and a ruler, and says that it is confirmed', async () => {
    const printer = await SimulatedPrinter.start();
    onTestFinished(() => printer.close());
    const { code, said } = doctor(configOf({ printer: { kind: 'esc-pos', at: printer.address } }), [
      'test-page',
    ]);
    expect(await code).toBe(0);
    expect(said()).toContain('Printed: the printer confirmed it.');
    const text = printer.slips[0]?.text ?? '';
    expect(text).toContain('四季花城米兰苑301-卫生间-天花-渗漏');
    expect(text).toContain('123456789012345678901234567890123456789012345678');
    expect(printer.slips[0]?.items.some(({ kind }) => kind === 'qr')).toBe(true);
  });

  it('says why there is no page, and ends with 1', async () => {
    const printer = await SimulatedPrinter.start();
    onTestFinished(() => printer.close());
    printer.takePaperOut();
    const { code, said } = doctor(configOf({ printer: { kind: 'esc-pos', at: printer.address } }), [
      'test-page',
    ]);
    expect(await code).toBe(1);
    expect(said()).toContain('Not printed: printer-paper-out.');
    expect(printer.slips).toEqual([]);
  });

  it('a printer that this machine holds already is left alone', async () => {
    const printer = await SimulatedPrinter.start();
    onTestFinished(() => printer.close());
    const held = openEscPosPrinter(
      {
        at: printer.address,
        profile: configuredProfile({ model: 'generic-80mm' }),
        answerMs: 2_000,
        retryMinMs: 250,
        retryMaxMs: 5_000,
      },
      { onState: () => undefined },
    );
    onTestFinished(() => held.close());
    await vi.waitFor(() => expect(held.state.kind).toBe('ready'), { timeout: 5_000 });
    const { code, said } = doctor(configOf({ printer: { kind: 'esc-pos', at: printer.address } }), [
      'test-page',
    ]);
    expect(await code).toBe(1);
    expect(said()).toContain('printer-in-use');
    expect(held.state.kind).toBe('ready');
    expect(printer.slips).toEqual([]);
  });

  it('C36 shows a swiped card by technology, bits and tail, never its number', async () => {
    const reader = await SimulatedReader.start();
    onTestFinished(() => reader.close());
    const { code, said } = doctor(configOf({ reader: { kind: 'rdm6300', at: reader.address } }), [
      'test-swipe',
    ]);
    await vi.waitFor(() => expect(reader.clients).toBe(1), { timeout: 5_000 });
    reader.place('01026F6C3A');
    expect(await code).toBe(0);
    expect(said()).toContain('Read em4100, 40 bits, ••••6C3A');
    expect(said()).not.toContain('026F6C');
  });

  it('gives up on a card that does not come, and when told to stop', async () => {
    const reader = await SimulatedReader.start();
    onTestFinished(() => reader.close());
    const config = configOf({ reader: { kind: 'rdm6300', at: reader.address } });
    const late = doctor(config, ['test-swipe'], { patienceMs: 50 });
    expect([await late.code, late.said()]).toEqual([1, expect.stringContaining('No card was read.')]);
    const stopping = new AbortController();
    const stopped = doctor(config, ['test-swipe'], { signal: stopping.signal });
    stopping.abort();
    expect(await stopped.code).toBe(1);
  });

  it('goes through the lights and sounds of the panel and hears the help button', async () => {
    const panel = await SimulatedPanel.start();
    onTestFinished(() => panel.close());
    const { code, said } = doctor(configOf({ panel: { kind: 'firmata', at: panel.address } }), [
      'test-panel',
    ]);
    await vi.waitFor(() => expect(said()).toContain('Press the help button'), { timeout: 10_000 });
    panel.pressHelp();
    expect(await code).toBe(0);
    for (const part of ['Light: welcome', 'Sound: alarm', 'The help button works.'])
      expect(said()).toContain(part);
  });

  it('a device that the config does not have fails its trial', async () => {
    const { code, said } = doctor(configOf({}), ['test-page', 'test-swipe', 'test-panel']);
    expect(await code).toBe(1);
    expect(said().split('\n')).toEqual([
      'The config has no printer.',
      'The config has no card reader.',
      'The config has no control panel.',
      '',
    ]);
  });
});

describe('doctor report', () => {
  it('lists devices, the config and findings with the lines to paste, in both languages', async () => {
    const plugged = machine();
    plugged.plug({ place: '1-1.2', vendor: '08ff', product: '0009', interfaces: [keyboardInterface(0)] });
    const printer = await SimulatedPrinter.start();
    onTestFinished(() => printer.close());
    const config = configOf({
      reader: { kind: 'keyboard', at: 'hid:08ff:0009' },
      printer: { kind: 'esc-pos', at: printer.address },
    });
    const inspection = { roots: plugged.roots };
    const english = doctor(config, [], { inspection });
    expect(await english.code).toBe(1);
    for (const part of [
      'Sycreader 125 kHz / 13.56 MHz  [1-1.2]',
      '08ff:0009 · usbhid · used as card reader',
      '"at": "hid:08ff:0009"',
      `printer: esc-pos ${printer.address} → answers`,
      '! types-into-screen',
      'ENV{LIBINPUT_IGNORE_DEVICE}="1"',
      '1 finding needs care.',
    ])
      expect(english.said()).toContain(part);
    const chinese = doctor(config, [], { inspection, language: 'zh' });
    expect(await chinese.code).toBe(1);
    expect(chinese.said()).toContain('有 1 项需要处理。');
  });

  it('ends with 0 where all is well, and tells programs the same as people', async () => {
    const plugged = machine();
    plugged.plug({ place: '1-1', vendor: '08ff', product: '0009', interfaces: [keyboardInterface(0)] });
    plugged.note(2, ['LIBINPUT_IGNORE_DEVICE=1']);
    const { code, said } = doctor(configOf({ reader: { kind: 'keyboard', at: 'hid:08ff:0009' } }), [], {
      asJson: true,
      inspection: { roots: plugged.roots },
    });
    expect(await code).toBe(0);
    expect(JSON.parse(said())).toMatchObject({
      devices: [{ known: { name: 'Sycreader 125 kHz / 13.56 MHz' }, usedBy: ['reader'] }],
      findings: [],
    });
  });

  it('a network printer that refuses needs care', async () => {
    const printer = await SimulatedPrinter.start();
    const at = printer.address;
    await printer.close();
    const { code, said } = doctor(configOf({ printer: { kind: 'esc-pos', at } }), []);
    expect(await code).toBe(1);
    expect(said()).toContain('! network-refused');
  });

  it('speaks the language of the shell', () => {
    expect(languageOf({ LANG: 'zh_CN.UTF-8' })).toBe('zh');
    expect(languageOf({ LANG: 'zh_CN.UTF-8', LC_ALL: 'en_GB.UTF-8' })).toBe('en');
    expect(languageOf({})).toBe('en');
  });
});

describe('the table and the rules', () => {
  it('the shipped rules are what "yingbin udev" prints', () => {
    const file = new URL('../../provisioning/udev/70-yingbin.rules', import.meta.url);
    expect(readFileSync(file, 'utf8')).toBe(shippedUdevRules());
  });

  it('every id stands once, and every suggested printer model exists', () => {
    const ids = knownDevices.map(({ vendor, product }) => `${vendor}:${product}`);
    expect(new Set(ids).size).toBe(ids.length);
    for (const id of ids) expect(id).toMatch(/^[0-9a-f]{4}:[0-9a-f]{4}$/);
    const models = knownDevices.flatMap(({ use }) =>
      use.kind === 'printer' && use.model ? [use.model] : [],
    );
    expect(models.filter((model) => !(model in printerModels))).toEqual([]);
  });

  it('no rule takes a device away that shares its id with ordinary keyboards', () => {
    const rules = shippedUdevRules();
    for (const { vendor, product } of knownDevices.filter(({ isShared }) => isShared))
      expect(rules).not.toContain(`"${vendor}", ATTRS{idProduct}=="${product}"`);
    expect(rules).toContain('ENV{LIBINPUT_IGNORE_DEVICE}="1"');
  });
});
