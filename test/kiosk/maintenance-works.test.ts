// What staff have done behind the PIN: on record before it begins, within its limits, and told how it ended.
import { pbkdf2Sync } from 'node:crypto';
import { existsSync, mkdirSync, readdirSync, readFileSync, statSync, writeFileSync } from 'node:fs';
import type { AddressInfo } from 'node:net';
import { createServer } from 'node:net';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { describe, expect, it, onTestFinished } from 'vitest';
import { checkCodeWords, checkNameWords } from '../../kiosk/check-words.ts';
import { checkRows } from '../../kiosk/checks.ts';
import { MachineOrders } from '../../kiosk/machine-orders.ts';
import { NetworkLook } from '../../kiosk/network-look.ts';
import { SiteLook } from '../../kiosk/site-look.ts';
import { maxDiagnosisBytes, StickExport } from '../../kiosk/stick-export.ts';
import { Wifi } from '../../kiosk/wifi.ts';
import { wifiScan } from '../../kiosk/wifi-scan.ts';
import { type Check, checkNames } from '../../sync/contract/diagnosis.ts';
import { scratchFolder } from '../sync/scratch.ts';

/** A machine whose services answer as a test says. */
function machine(answers: (order: string, text: string) => Record<string, string>) {
  const root = scratchFolder();
  const run = join(root, 'yingbin');
  const programs = join(root, 'programs');
  for (const folder of [run, programs, `${run}-wifi`, `${run}-stick`]) mkdirSync(folder);
  for (const program of ['set-wifi', 'set-brightness', 'copy-to-stick'])
    writeFileSync(join(programs, program), '');
  const given: string[] = [];
  let number = 0;
  return {
    run,
    orders: new MachineOrders(run, programs),
    given,
    /** the services get round to it */
    wait: async (): Promise<void> => {
      for (const order of ['wifi', 'stick']) {
        const file = join(run, order);
        if (!existsSync(file)) continue;
        const text = readFileSync(file, 'utf8');
        writeFileSync(file, '');
        if (text === '') continue;
        given.push(text);
        number += 1;
        for (const [name, said] of Object.entries(answers(order, text)))
          writeFileSync(join(`${run}-${order}`, name), name === 'state' ? `${number} ${said}\n` : said);
      }
    },
  };
}

const heard = `BSS 02:00:00:00:00:01(on wlan0)
\tcapability: ESS Privacy ShortSlotTime (0x0411)
\tsignal: -71.00 dBm
\tSSID: \\xe9\\x94\\xa6\\xe4\\xb8\\x8a
\tRSN:\t * Version: 1
\t\t * Authentication suites: PSK
BSS 02:00:00:00:00:02(on wlan0)
\tsignal: -48.00 dBm
\tSSID: \\xe9\\x94\\xa6\\xe4\\xb8\\x8a
\tRSN:\t * Authentication suites: PSK SAE
BSS 02:00:00:00:00:03(on wlan0)
\tcapability: ESS (0x0401)
\tsignal: -80.00 dBm
\tSSID: Guests
BSS 02:00:00:00:00:04(on wlan0)
\tcapability: ESS Privacy (0x0411)
\tsignal: -60.00 dBm
\tSSID: Office
\tRSN:\t * Authentication suites: IEEE 802.1X
BSS 02:00:00:00:00:05(on wlan0)
\tsignal: -50.00 dBm
\tSSID: \\x00\\x00\\x00
BSS 02:00:00:00:00:06(on wlan0)
\tsignal: -50.00 dBm
\tSSID: bad\\xff
BSS 02:00:00:00:00:07(on wlan0)
\tsignal: -50.00 dBm
\tSSID: two\\x0alines
`;

describe('Wi-Fi', () => {
  it('reads what is heard: one a name, the strongest first, what a screen cannot show left out', () => {
    expect(wifiScan(heard)).toEqual([
      { ssid: '锦上', bars: 4, lock: 'key' },
      { ssid: 'Office', bars: 3, lock: 'other' },
      { ssid: 'Guests', bars: 1, lock: 'none' },
    ]);
    expect(wifiScan('')).toEqual([]);
  });

  it('joins with what WPA makes of the key: the key itself leaves nothing behind', async () => {
    const m = machine((_, text) =>
      text === 'scan\n' ? { networks: heard, state: 'looked' } : { state: 'joined' },
    );
    const changes: unknown[] = [];
    const wifi = new Wifi({
      orders: m.orders,
      country: 'CN',
      wait: m.wait,
      onChange: () => changes.push(wifi.report?.joining?.state),
    });
    await wifi.look();
    expect(wifi.report?.found).toHaveLength(3);
    await wifi.join('锦上', 'kestrel-harbour-41');
    expect(wifi.report?.joining).toEqual({ ssid: '锦上', state: 'joined' });
    const made = pbkdf2Sync('kestrel-harbour-41', '锦上', 4096, 32, 'sha1').toString('hex');
    expect(m.given.at(-1)).toBe(`join\n${Buffer.from('锦上').toString('hex')}\n${made}\nCN\n`);
    expect(JSON.stringify([m.given, changes, wifi.report])).not.toContain('kestrel');
    expect(changes).toContain('now');
  });

  it('hands WPA3 the words, which it needs as they are, and offers it like any other key', async () => {
    const safe = heard.replace('PSK SAE', 'SAE').replace('-71.00', '-90.00');
    const m = machine((_, text) =>
      text === 'scan\n' ? { networks: safe, state: 'looked' } : { state: 'joined' },
    );
    const wifi = new Wifi({ orders: m.orders, country: 'DE', wait: m.wait, onChange: () => undefined });
    await wifi.look();
    expect(wifi.report?.found[0]).toEqual({ ssid: '锦上', bars: 4, lock: 'key' });
    await wifi.join('锦上', 'kestrel-harbour-41');
    const words = Buffer.from('kestrel-harbour-41').toString('hex');
    expect(m.given.at(-1)).toBe(`join\n${Buffer.from('锦上').toString('hex')}\nsae:${words}\nDE\n`);
  });

  it('says a wrong key, and that nobody answered', async () => {
    const m = machine(() => ({ state: 'wrong-key' }));
    const wifi = new Wifi({ orders: m.orders, country: 'CN', wait: m.wait, onChange: () => undefined });
    await wifi.join('Hall', 'wrong-wrong');
    expect(wifi.report?.joining?.state).toBe('wrong-key');
    const deaf = new Wifi({
      orders: m.orders,
      country: 'CN',
      wait: () => Promise.resolve(),
      onChange: () => undefined,
    });
    await deaf.join('Hall', null);
    expect(deaf.report?.joining?.state).toBe('failed');
  });

  it('is not offered where nobody may set it', () => {
    const nobody = new Wifi({
      country: 'CN',
      orders: new MachineOrders(undefined),
      wait: () => Promise.resolve(),
      onChange: () => undefined,
    });
    expect(nobody.report).toBeNull();
  });
});

describe('the way to headquarters', () => {
  it('says which step fails, with whom', async () => {
    const door = createServer((socket) => socket.destroy());
    await new Promise<void>((resolve) => door.listen(0, '127.0.0.1', resolve));
    onTestFinished(() => void door.close());
    const { port } = door.address() as AddressInfo;
    const look = new NetworkLook(
      {
        headquarters: { sealKey: '', signKey: '', releaseKeys: [], door: `https://localhost:${port}` },
        broker: { url: 'mqtts://nobody.invalid:8883', keepAliveMs: 1, connectTimeoutMs: 1 },
      },
      () => false,
      () => undefined,
    );
    await look.look();
    const steps = look.report.steps.map(({ step, state, target }) =>
      `${step} ${state} ${target ?? ''}`.trim(),
    );
    expect(steps.slice(1)).toEqual([
      'name fine localhost',
      'name bad nobody.invalid',
      `door fine localhost:${port}`,
      'broker bad nobody.invalid:8883',
      'line bad',
    ]);
  });
});

describe('sound and light', () => {
  const settings = { manner: {}, loudest: 2, brightness: { least: 30, most: 90 } } as const;
  const lights = (folder: string): string => {
    mkdirSync(join(folder, 'lights', 'panel'), { recursive: true });
    return join(folder, 'lights');
  };

  it('are kept over restarts, within what the set-up allows', () => {
    const folder = scratchFolder();
    const m = machine(() => ({}));
    const look = new SiteLook(folder, settings, m.orders, lights(folder));
    expect(look.report).toEqual({ volume: 2, loudest: 2, brightness: { now: 90, least: 30, most: 90 } });
    look.setVolume(1);
    look.setBrightness(100);
    expect(readFileSync(join(m.run, 'brightness'), 'utf8')).toBe('90\n');
    look.setBrightness(5);
    expect(statSync(join(folder, 'look.json')).mode & 0o777).toBe(0o600);
    const again = new SiteLook(folder, settings, m.orders, lights(folder));
    expect(again.report).toMatchObject({ volume: 1, brightness: { now: 30 } });
    // the set-up was made narrower meanwhile
    const quiet = new SiteLook(folder, { ...settings, loudest: 0 }, m.orders, lights(folder));
    expect(quiet.volume).toBe(0);
    writeFileSync(join(folder, 'look.json'), '{"volume":9}');
    expect(new SiteLook(folder, settings, m.orders).report).toEqual({
      volume: 2,
      loudest: 2,
      brightness: null,
    });
  });
});

describe('the diagnosis on a stick', () => {
  const exporting = (
    folder: string | undefined,
    orders: MachineOrders,
    wait: () => Promise<void>,
    text = '{}\n',
  ) => {
    const stick = new StickExport({
      folder,
      orders,
      wait,
      name: () => 'yingbin-hall-1-20261121T063200.json',
      write: () => Promise.resolve(text),
      onChange: () => undefined,
    });
    return stick;
  };

  it('goes into the folder where sticks are mounted', async () => {
    const folder = scratchFolder();
    const stick = exporting(folder, new MachineOrders(undefined), () => Promise.resolve());
    await stick.run();
    expect(stick.report).toEqual({ kind: 'written', file: 'yingbin-hall-1-20261121T063200.json' });
    expect(readFileSync(join(folder, 'yingbin-hall-1-20261121T063200.json'), 'utf8')).toBe('{}\n');
    const gone = exporting(join(folder, 'gone'), new MachineOrders(undefined), () => Promise.resolve());
    await gone.run();
    expect(gone.report).toEqual({ kind: 'failed', why: 'no-stick' });
  });

  it('or through the machine’s own service', async () => {
    const m = machine(() => ({ state: 'written' }));
    const stick = exporting(undefined, m.orders, m.wait);
    await stick.run();
    expect(m.given).toEqual(['yingbin-hall-1-20261121T063200.json\n{}\n']);
    expect(stick.report?.kind).toBe('written');
    const none = machine(() => ({ state: 'no-stick' }));
    const missing = exporting(undefined, none.orders, none.wait);
    await missing.run();
    expect(missing.report).toEqual({ kind: 'failed', why: 'no-stick' });
  });

  it('is never larger than 2 MB', async () => {
    const folder = scratchFolder();
    const large = exporting(
      folder,
      new MachineOrders(undefined),
      () => Promise.resolve(),
      'x'.repeat(maxDiagnosisBytes + 1),
    );
    await large.run();
    expect(large.report).toEqual({ kind: 'failed', why: 'not-written' });
  });
});

describe('the checks', () => {
  const well: Check = { check: 'reader', state: 'ok', code: null, values: {} };

  it('say that all is well, or what is amiss first and what to do', () => {
    const rows = checkRows(
      [
        well,
        { check: 'panel', state: 'none', code: null, values: {} },
        { check: 'under-voltage', state: 'unknown', code: null, values: {} },
        { check: 'disk-space', state: 'care', code: 'disk-full', values: { freeBytes: 312 * 1_048_576 } },
        { check: 'printer', state: 'bad', code: 'printer-paper-out', values: {} },
        { check: 'services', state: 'bad', code: 'nobody-knows', values: {} },
      ],
      null,
      'zh',
    );
    expect(rows.map(({ code, state, what }) => `${state} ${code} ${what}`)).toEqual([
      'bad printer-paper-out 打印机',
      'bad nobody-knows 程序稳定',
      'care disk-full 磁盘空间 · 剩余 312 MB',
      'unsure under-voltage 供电',
      'fine reader 读卡器',
    ]);
    expect(rows[0]?.doThis).toBe('请换一卷打印纸。');
    expect(rows[1]?.doThis).toContain('代码');
  });

  it('have a name in both languages, and a remedy for every code that a check may end with', () => {
    expect(Object.keys(checkNameWords)).toEqual([...checkNames]);
    const folder = fileURLToPath(new URL('../../kiosk/diagnosis', import.meta.url));
    const text = readdirSync(folder)
      .map((file) => readFileSync(join(folder, file), 'utf8'))
      .join('\n');
    const codes = [...text.matchAll(/(?:code: |bad\()'([a-z-]+)'/g)].map(([, code]) => code ?? '');
    expect(codes.length).toBeGreaterThan(15);
    expect(codes.filter((code) => !(code in checkCodeWords))).toEqual([]);
  });
});
