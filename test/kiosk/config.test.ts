// The terminal's files: config, settings, keys. Each mistake is named with its key and what to do.

import { chmodSync, existsSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { ConfigError, parseConfig } from '../../kiosk/config.ts';
import { readFleetKey, readMaintenancePin } from '../../kiosk/secret-file.ts';
import { openSettings } from '../../kiosk/settings.ts';
import { StartError } from '../../kiosk/start-error.ts';
import { writeTerminal } from '../../provisioning/write-terminal.ts';
import { publicKeysOf } from '../../sync/headquarters/keys.ts';
import { fitsSealedPin } from '../../sync/maintenance-pin.ts';
import { scratchFolder } from '../sync/scratch.ts';
import { someKeys } from '../sync/some-keys.ts';

const good = {
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
  reader: { kind: 'rdm6300', at: 'serial:/dev/serial/by-id/usb-1?baud=9600' },
  printer: { kind: 'esc-pos', at: 'tcp://192.0.2.7:9100' },
  panel: null,
};

describe('the config', () => {
  it('fills in every limit', () => {
    const { limits, printer, site } = parseConfig(JSON.stringify(good), 'c.json');
    expect(limits).toMatchObject({
      repeatedSwipeMs: 3_000,
      cardAbsenceMs: 400,
      factsPerBatch: 500,
      wrongPins: 5,
    });
    expect(printer).toMatchObject({ model: 'generic-80mm', encoder: 'yingbin' });
    expect(site.timeZone).toBe('Asia/Shanghai');
  });

  it('takes one broker or the nodes of a cluster', () => {
    const nodes = ['mqtts://a:8883', 'mqtts://b:8883'];
    const urlOf = (url: unknown) =>
      parseConfig(JSON.stringify({ ...good, broker: { url } }), 'c.json').broker.url;
    expect(urlOf(nodes)).toEqual(nodes);
    expect(urlOf('mqtt://a:1883')).toBe('mqtt://a:1883');
    expect(() => urlOf([])).toThrow('c.json: broker.url');
    expect(() => urlOf(['mqtt://a:1883', 'http://b'])).toThrow(
      'c.json: broker.url.1 must be mqtt://host:port or mqtts://host:port.',
    );
  });

  it.each([
    ['an unknown key', { ...good, colour: 'red' }, 'c.json: colour is not a key that this version knows.'],
    ['a missing key', { ...good, terminal: undefined }, 'c.json: terminal is missing.'],
    ['a wrong type', { ...good, screen: { port: '80' } }, 'c.json: screen.port must be number, not "80".'],
    [
      'a wrong address',
      { ...good, reader: { kind: 'rdm6300', at: 'COM3' } },
      'c.json: reader.at must be tcp://host:port or serial:/dev/…?baud=9600.',
    ],
    [
      'a dot in a name',
      { ...good, terminal: 'hall.01' },
      'c.json: terminal must be 1–40 letters, digits, - or _.',
    ],
    [
      'a zone that does not exist',
      { ...good, site: { ...good.site, timeZone: 'Asia/Nowhere' } },
      'c.json: site.timeZone must be an IANA time zone such as Asia/Shanghai.',
    ],
    [
      'a key of another length',
      { ...good, headquarters: { ...good.headquarters, sealKey: 'AAAA' } },
      'c.json: headquarters.sealKey must be 32 bytes in base64.',
    ],
  ])('names %s', (_, config, sentence) => {
    const parse = () => parseConfig(JSON.stringify(config), 'c.json');
    expect(parse).toThrow(ConfigError);
    expect(parse).toThrow(`${sentence} Change it and start again.`);
  });

  it('that is no JSON says where', () => {
    expect(() => parseConfig('{"v":1,', 'c.json')).toThrow(/c\.json is not JSON/);
  });

  it('is written with its key, private, and never when it would not start', async () => {
    const folder = join(scratchFolder(), 'terminal');
    expect(() => writeTerminal({ folder, config: { ...good, v: 2 }, fleetKey: Buffer.alloc(32) })).toThrow(
      ConfigError,
    );
    expect(existsSync(folder)).toBe(false);
    const fleetKey = Buffer.alloc(32, 5);
    const file = writeTerminal({ folder, config: good, fleetKey, maintenancePin: '864209' });
    const { fleetKeyFile, maintenance } = parseConfig(readFileSync(file, 'utf8'), file);
    expect(readFleetKey(join(folder, fleetKeyFile))).toEqual(fleetKey);
    const pinFile = join(folder, maintenance.pinFile ?? '');
    expect(readFileSync(pinFile, 'utf8')).not.toContain('864209');
    expect(await fitsSealedPin(readMaintenancePin(pinFile), '864209')).toBe(true);
    expect(readFileSync(file, 'utf8')).not.toContain('864209');
  });
});

describe('the fleet key', () => {
  it.each([
    ['missing', undefined, 0o600],
    ['too short', 'abcd', 0o600],
    ['readable by others', 'ab'.repeat(32), 0o644],
  ])('that is %s stops the start', (_, content, mode) => {
    const file = join(scratchFolder(), 'fleet.key');
    if (content !== undefined) {
      writeFileSync(file, content);
      chmodSync(file, mode);
    }
    expect(() => readFleetKey(file)).toThrow(StartError);
    expect(() => readFleetKey(file)).toThrow(/64 hex digits/);
  });
});

describe('the settings', () => {
  it('are written with defaults, and read again', () => {
    const file = join(scratchFolder(), 'settings.json');
    const faults: string[] = [];
    const first = openSettings(file, (reason) => void faults.push(reason));
    expect(first).toMatchObject({ language: 'zh', idleSeconds: 40, idleWarningSeconds: 20 });
    writeFileSync(file, JSON.stringify({ ...first, language: 'en' }));
    expect(openSettings(file, (reason) => void faults.push(reason)).language).toBe('en');
    expect(faults).toEqual([]);
  });

  it.each([
    ['is not JSON', '{'],
    [
      'idleSeconds is wrong',
      JSON.stringify({
        language: 'zh',
        idleSeconds: 1,
        idleWarningSeconds: 20,
        slipFooter: { zh: '', en: '' },
      }),
    ],
    [
      'volume is wrong',
      JSON.stringify({
        language: 'zh',
        idleSeconds: 40,
        idleWarningSeconds: 20,
        slipFooter: { zh: '', en: '' },
        volume: 3,
      }),
    ],
  ])('that cannot be used (%s) leave the file alone and the defaults in force', (reason, text) => {
    const file = join(scratchFolder(), 'settings.json');
    writeFileSync(file, text);
    const faults: string[] = [];
    expect(openSettings(file, (said) => void faults.push(said)).idleSeconds).toBe(40);
    expect(faults).toEqual([reason]);
    expect(readFileSync(file, 'utf8')).toBe(text);
  });
});
