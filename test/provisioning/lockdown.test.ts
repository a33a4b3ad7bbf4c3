// The files that make a machine a terminal: every one is there, the units are confined, the firewall reads, USB is judged by what it says.
import { execFileSync, spawnSync } from 'node:child_process';
import { mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { describe, expect, it, onTestFinished } from 'vitest';

const provisioning = fileURLToPath(new URL('../../provisioning', import.meta.url));
const systemd = join(provisioning, 'systemd');

function temporary(): string {
  const folder = mkdtempSync(join(tmpdir(), 'yingbin-lockdown-'));
  onTestFinished(() => rmSync(folder, { recursive: true, force: true }));
  return folder;
}

const placed = readFileSync(join(provisioning, 'placed-files.txt'), 'utf8')
  .split('\n')
  .filter((line) => line !== '' && !line.startsWith('#'))
  .map((line) => {
    const [mode = '', source = '', target = '', only = ''] = line.split(' ');
    return { mode, source, target, only };
  });

describe('placed files', () => {
  it('each unit, rule and policy has its place, and each place its file', () => {
    const shipped = ['systemd', 'lockdown', 'udev'].flatMap((folder) =>
      readdirSync(join(provisioning, folder)).map((name) => `${folder}/${name}`),
    );
    const sources = placed.map(({ source }) => source);
    expect(shipped.filter((source) => !sources.includes(source))).toEqual([]);
    expect(sources.filter((source) => !statSync(join(provisioning, source)).isFile())).toEqual([]);
    expect(new Set(placed.map(({ target }) => target)).size).toBe(placed.length);
  });

  it('are put under a root, and a second time nothing changes', () => {
    const root = temporary();
    const place = (use: string): string[] =>
      execFileSync(join(provisioning, 'place-files.sh'), [root, use], { encoding: 'utf8' })
        .split('\n')
        .filter(Boolean);
    const onMachine = place('machine');
    expect(onMachine).toHaveLength(placed.filter(({ only }) => only === '').length + 1);
    expect(place('machine')).toEqual([]);
    expect(place('image')).toHaveLength(placed.filter(({ only }) => only === '@image').length);
    for (const { mode, target } of placed)
      expect((statSync(join(root, target)).mode & 0o777).toString(8)).toBe(mode);
    const allowed = readFileSync(join(root, 'usr/lib/yingbin/usb-allow.list'), 'utf8');
    // a card reader, a slip printer
    for (const id of ['0801:0002', '04b8:0e15']) expect(allowed).toContain(`${id}\n`);
  });

  it('no script has a fault that shellcheck finds', () => {
    const scripts = execFileSync('grep', ['-rlE', '^#!(/bin/sh|/usr/bin/env bash)$', provisioning], {
      encoding: 'utf8',
    });
    const files = scripts.trim().split('\n');
    expect(files.length).toBeGreaterThan(8);
    // the initramfs brings its own words
    const told = spawnSync('shellcheck', ['--exclude=SC1091,SC2154', ...files], { encoding: 'utf8' });
    expect(told.stdout).toBe('');
  });
});

describe('units', () => {
  it.each([
    ['yingbin.service', 4],
    ['yingbin-screen.service', 4],
    ['yingbin-settle.service', 4],
    ['yingbin-set-wifi.service', 4],
    ['yingbin-brightness.service', 4],
    ['yingbin-stick.service', 4],
    ['yingbin-wifi.service', 4],
    ['yingbin-firewall.service', 4],
  ])('S28 %s is exposed by at most %d of 10', (unit, most) => {
    const args = [
      'security',
      '--offline=true',
      '--no-pager',
      `--threshold=${most * 10}`,
      join(systemd, unit),
    ];
    const told = spawnSync('systemd-analyze', args, { encoding: 'utf8' });
    expect(told.stdout).toContain('Overall exposure level');
    expect(told.status, told.stdout).toBe(0);
  });

  it('S28 the control, without its confinement, is not', () => {
    const folder = temporary();
    const text = readFileSync(join(systemd, 'yingbin.service'), 'utf8');
    const bare = text.replace(
      /^(Protect|Restrict|SystemCall|Capability|Private|NoNew|Device|User|Lock|Ambient|Remove).*\n/gm,
      '',
    );
    writeFileSync(join(folder, 'bare.service'), bare);
    const args = ['security', '--offline=true', '--no-pager', '--threshold=40', join(folder, 'bare.service')];
    expect(spawnSync('systemd-analyze', args).status).not.toBe(0);
  });

  it('the terminal still reaches readers and printers, and its compiler its memory', () => {
    const unit = readFileSync(join(systemd, 'yingbin.service'), 'utf8');
    for (const node of ['hidraw', 'usb', 'ttyUSB', 'ttyACM', 'ttyS', 'ttyAMA', 'input'])
      expect(unit).toContain(`\nDeviceAllow=char-${node} rw\n`);
    expect(unit).not.toMatch(/^(PrivateDevices|MemoryDenyWriteExecute|PrivateNetwork)=/m);
    expect(unit).toMatch(/^Type=notify$/m);
    expect(unit).toMatch(/^WatchdogSec=/m);
    expect(unit).toMatch(/^OnFailure=yingbin-settle.service$/m);
  });

  it('the browser keeps its sandbox, opens no port, and the compositor no console', () => {
    const start = readFileSync(join(systemd, 'start-screen'), 'utf8').replace(/^\s*#.*$/gm, '');
    expect(start).not.toMatch(/--no-sandbox|--remote-debugging|cage[^\n]* -s/);
    expect(start).toContain('--kiosk');
    expect(readFileSync(join(systemd, 'yingbin-screen.service'), 'utf8')).toContain('\nIPAddressDeny=any\n');
  });
});

describe('wishes of the terminal', () => {
  const wishes = readdirSync(systemd).filter(
    (name) => name.endsWith('.path') && /^PathExists=\/run\/yingbin\//m.test(read(name)),
  );

  function read(name: string): string {
    return readFileSync(join(systemd, name), 'utf8');
  }

  it('are these seven, and nothing else can be wished', () => {
    expect(wishes).toEqual([
      'yingbin-brightness.path',
      'yingbin-open-ssh.path',
      'yingbin-reboot.path',
      'yingbin-renew-screen.path',
      'yingbin-screenshot.path',
      'yingbin-set-wifi.path',
      'yingbin-stick.path',
    ]);
  });

  it.each(wishes)('S28 %s is taken once, and watched for wherever a terminal is made', (name) => {
    const file = /^PathExists=(.*)$/m.exec(read(name))?.[1] ?? '';
    const service = read(name.replace('.path', '.service'));
    const [firstStart = ''] = /^ExecStart=.*$/m.exec(service) ?? [];
    const [lastStop = ''] = /^ExecStopPost=.*$/m.exec(service) ?? [];
    const script = /^ExecStart=\/usr\/lib\/yingbin\/(.*)$/.exec(firstStart)?.[1];
    // scripts can be pointed elsewhere by whoever tests them
    const steps = (script === undefined ? '' : read(script)).replaceAll(/\$\{YINGBIN_RUN:-(.*?)\}/g, '$1');
    const taken = [firstStart, lastStop, steps].filter((text) => text.includes(file));
    // else the unit would start again for ever
    expect(taken.some((text) => /rm -f/.test(text))).toBe(true);
    for (const maker of ['install.sh', 'image/customise-root.sh'])
      expect(readFileSync(join(provisioning, maker), 'utf8')).toContain(name);
  });
});

describe('firewall', () => {
  it('S13 reads, drops by default, and takes nothing but ports from the config', () => {
    const folder = temporary();
    const rules = readFileSync(join(provisioning, 'lockdown/firewall.nft'), 'utf8');
    expect(rules.match(/policy drop/g)).toHaveLength(3);
    // users of the image are not this machine's
    const here = rules.replaceAll(/skuid "[^"]+"/g, 'skuid 0');
    writeFileSync(join(folder, 'rules.nft'), here);
    const script = readFileSync(join(systemd, 'apply-firewall'), 'utf8')
      .replace('/usr/lib/yingbin/firewall.nft', join(folder, 'rules.nft'))
      .replace('/var/lib/yingbin/config.json', join(folder, 'config.json'))
      .replace('/boot/firmware/yingbin-claim.json', join(folder, 'claim.json'));
    const config =
      '{"broker":{"url":"mqtts://hq.example:9883"},"printer":{"at":"tcp://10.0.0.9:9100"},"x":"https://a:99999"}';
    writeFileSync(join(folder, 'config.json'), config);
    writeFileSync(join(folder, 'claim.json'), '{"headquarters":"https://door.example:8443/; flush ruleset"}');
    const told = spawnSync(
      'unshare',
      [
        '--map-root-user',
        '--net',
        'sh',
        '-c',
        `${script}\nnft list ruleset; sh -c "$1"; nft list ruleset | grep -c "table inet"`,
        'sh',
        script,
      ],
      { encoding: 'utf8' },
    );
    expect(told.stderr).toBe('');
    expect(told.stdout).toMatch(/elements = \{ 8443, 8883, 8884, 9100,\s+9883 \}/);
    // applied twice it is there once
    expect(told.stdout.trim().endsWith('\n1')).toBe(true);
  });
});

/** A configuration descriptor with these interfaces: class, subclass, protocol. */
function descriptors(interfaces: readonly (readonly [number, number, number])[]): Buffer {
  const device = [18, 1, 0, 2, 0, 0, 0, 64, 1, 8, 2, 0, 0, 1, 0, 0, 0, 1];
  const head = [9, 2, 0, 0, interfaces.length, 1, 0, 128, 50];
  const parts = interfaces.flatMap(([kind, sub, protocol], n) => [
    ...[9, 4, n, 0, 1, kind, sub, protocol, 0],
    // an endpoint, and a class descriptor in between
    ...[5, 36, 4, 9, 8],
    ...[7, 5, 129, 3, 8, 0, 10],
  ]);
  return Buffer.from([...device, ...head, ...parts]);
}

const reader = '0801:0002';
const judged: readonly [string, string, string, readonly (readonly [number, number, number])[], string][] = [
  ['a listed reader', reader, '00', [[3, 0, 0]], 'in'],
  ['a listed reader that types', reader, '00', [[3, 1, 1]], 'in'],
  [
    'a listed reader that is a disk as well',
    reader,
    '00',
    [
      [3, 0, 0],
      [8, 6, 80],
    ],
    'refused-storage',
  ],
  [
    'a listed reader that is a network card as well',
    reader,
    '00',
    [
      [3, 0, 0],
      [2, 6, 0],
    ],
    'refused-network',
  ],
  ['a keyboard', '1234:0001', '00', [[3, 1, 1]], 'refused-unknown'],
  ['a mouse', '1234:0001', '00', [[3, 1, 2]], 'refused-unknown'],
  ['a disk', '1234:0001', '00', [[8, 6, 80]], 'refused-storage'],
  ['a disk that the site listed', '5678:0001', '00', [[8, 6, 80]], 'in'],
  [
    'a network gadget',
    '1234:0001',
    'ef',
    [
      [224, 1, 3],
      [10, 0, 0],
    ],
    'refused-network',
  ],
  [
    'an Ethernet gadget',
    '1234:0001',
    '02',
    [
      [2, 6, 0],
      [10, 0, 0],
    ],
    'refused-network',
  ],
  ['a panel for fingers', '1234:0001', '00', [[3, 0, 0]], 'in'],
  [
    'a panel that types as well',
    '1234:0001',
    '00',
    [
      [3, 0, 0],
      [3, 1, 1],
    ],
    'refused-unknown',
  ],
  ['a hub', '1234:0001', '09', [[9, 0, 0]], 'in'],
  ['a serial converter that nobody listed', '1234:0001', '00', [[255, 0, 0]], 'refused-unknown'],
  [
    'a camera',
    '1234:0001',
    'ef',
    [
      [14, 1, 0],
      [14, 2, 0],
    ],
    'refused-unknown',
  ],
  ['what says nothing of itself', '1234:0001', '00', [], 'refused-says-nothing'],
];

describe('usb-allow', () => {
  it.each(judged)('S50 %s (%s)', (_, id, deviceClass, interfaces, verdict) => {
    const root = temporary();
    const device = join(root, '1-1');
    mkdirSync(device);
    const [vendor = '', product = ''] = id.split(':');
    writeFileSync(join(device, 'idVendor'), `${vendor}\n`);
    writeFileSync(join(device, 'idProduct'), `${product}\n`);
    writeFileSync(join(device, 'bDeviceClass'), `${deviceClass}\n`);
    writeFileSync(join(device, 'authorized'), '0\n');
    writeFileSync(join(device, 'descriptors'), descriptors(interfaces));
    writeFileSync(join(root, 'list'), `${reader}\n5678:0001\n`);
    const refused = join(root, 'refused');
    execFileSync(join(provisioning, 'lockdown/usb-allow'), [device], {
      env: { ...process.env, USB_LISTS: join(root, 'list'), USB_REFUSED: refused },
      stdio: 'pipe',
    });
    const isIn = readFileSync(join(device, 'authorized'), 'utf8').trim() === '1';
    expect(isIn ? 'in' : readFileSync(join(refused, '1-1'), 'utf8').split(' ')[0]).toBe(verdict);
  });
});
