// What the machine's own services do for the terminal: Wi-Fi, brightness, a stick. The real programs; the radio alone is a stand-in.
import { execFileSync, spawnSync } from 'node:child_process';
import {
  chmodSync,
  existsSync,
  mkdirSync,
  readFileSync,
  statSync,
  symlinkSync,
  writeFileSync,
} from 'node:fs';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { describe, expect, it } from 'vitest';
import { canMount } from '../kiosk/can-mount.ts';
import { scratchFolder } from '../sync/scratch.ts';

const scripts = fileURLToPath(new URL('../../provisioning/systemd', import.meta.url));

function machine() {
  const root = scratchFolder();
  const folder = (name: string): string => {
    mkdirSync(join(root, name), { recursive: true });
    return join(root, name);
  };
  const [run, answers, kept, profiles, bin] = ['run', 'answers', 'kept', 'profiles', 'bin'].map(folder);
  if (!run || !answers || !kept || !profiles || !bin) throw new Error('no folders');
  const program = (name: string, text: string): void => {
    writeFileSync(join(bin, name), `#!/bin/sh\n${text}\n`);
    chmodSync(join(bin, name), 0o755);
  };
  program('logger', ':');
  program('ip', ':');
  return {
    ...{ root, run, answers, kept, profiles, program, folder },
    file: (path: string) => readFileSync(join(root, path), 'utf8'),
    give: (name: string, text: string) => writeFileSync(join(run, name), text),
    work: (script: string, env: Record<string, string> = {}) =>
      spawnSync('sh', [join(scripts, script)], {
        encoding: 'utf8',
        env: {
          PATH: `${bin}:${process.env['PATH'] ?? ''}`,
          YINGBIN_RUN: run,
          YINGBIN_WIFI_ANSWERS: answers,
          YINGBIN_WIFI_KEPT: kept,
          YINGBIN_WIFI_PROFILES: profiles,
          YINGBIN_WIFI_ROOT: root,
          YINGBIN_WIFI_PATIENCE: '2',
          YINGBIN_STICK_ANSWERS: answers,
          ...env,
        },
      }),
    state: () => readFileSync(join(answers, 'state'), 'utf8').trim(),
  };
}

const hall = Buffer.from('锦上花城 "5G"\\').toString('hex');
const psk = 'a'.repeat(64);
const scan = `BSS 02:00:00:00:00:01(on wlan0)\n\tsignal: -40.00 dBm\n\tSSID: \\xe9\\x94\\xa6\\xe4\\xb8\\x8a\\xe8\\x8a\\xb1\\xe5\\x9f\\x8e "5G"\\x5c\n`;

/** @param isJoined does the network take it? */
function withRadio(m: ReturnType<typeof machine>, isJoined: boolean, hasManager = false): void {
  writeFileSync(join(m.root, 'scan'), scan);
  m.program(
    'iw',
    `case "$*" in
      dev) printf 'phy#0\\n\\tInterface wlan0\\n' ;;
      *scan) cat ${m.root}/scan ;;
      *link) ${isJoined ? 'echo "Connected to 02:00:00:00:00:01 (on wlan0)"' : 'echo "Not connected."'} ;;
    esac`,
  );
  m.program(
    'systemctl',
    `case "$*" in *is-active*) exit ${hasManager ? 0 : 3} ;; *) echo "$*" >>${m.root}/asked ;; esac`,
  );
  m.program('nmcli', `echo "$*" >>${m.root}/asked; case "$*" in *up*) exit ${isJoined ? 0 : 4} ;; esac`);
}

describe('Wi-Fi', () => {
  it('looks around, and what was heard can be read by the terminal', () => {
    const m = machine();
    withRadio(m, true);
    m.give('wifi', 'scan\n');
    expect(m.work('set-wifi').status).toBe(0);
    expect(m.state()).toBe('1 looked');
    expect(m.file('answers/networks')).toBe(scan);
    expect(existsSync(join(m.run, 'wifi'))).toBe(false);
  });

  it('joins: a name of any bytes stands in hex in a private file', () => {
    const m = machine();
    withRadio(m, true);
    m.give('wifi', `join\n${hall}\n${psk}\nCN\n`);
    m.work('set-wifi');
    expect(m.state()).toBe('1 joined');
    expect(m.file('kept/wifi.conf')).toContain(`ssid=${hall}\n`);
    expect(m.file('kept/wifi.conf')).toContain(`psk=${psk}\n`);
    expect(statSync(join(m.kept, 'wifi.conf')).mode & 0o777).toBe(0o600);
    expect(m.file('asked')).toBe('restart yingbin-wifi.service\n');
  });

  it('joins through NetworkManager where that looks after it', () => {
    const m = machine();
    withRadio(m, true, true);
    m.give('wifi', `join\n${Buffer.from('Hall').toString('hex')}\nopen\nCN\n`);
    m.work('set-wifi');
    expect(m.state()).toBe('1 joined');
    const profile = m.file('profiles/yingbin-wifi.nmconnection');
    expect(profile).toContain('ssid=72;97;108;108;\n');
    expect(profile).not.toContain('wifi-security');
    expect(existsSync(join(m.kept, 'wifi.conf'))).toBe(false);
  });

  it('joins WPA3 with the words themselves, whatever they are, by the rules of the country', () => {
    const words = 'a b\\c"#;=\'d$(x)';
    const order = `join\n${hall}\nsae:${Buffer.from(words).toString('hex')}\nDE\n`;
    const alone = machine();
    withRadio(alone, true);
    alone.give('wifi', order);
    alone.work('set-wifi');
    expect(alone.state()).toBe('1 joined');
    const conf = alone.file('kept/wifi.conf');
    expect(conf).toContain('country=DE\n');
    expect(conf).toContain('key_mgmt=SAE\n  ieee80211w=2\n');
    expect(conf).toContain(`sae_password=${Buffer.from(words).toString('hex')}\n`);
    const managed = machine();
    withRadio(managed, true, true);
    managed.give('wifi', order);
    managed.work('set-wifi');
    const profile = managed.file('profiles/yingbin-wifi.nmconnection');
    expect(profile).toContain('key-mgmt=sae\n');
    // as GKeyFile writes it
    expect(profile).toContain(`psk=${words.replaceAll('\\', '\\\\').replaceAll(' ', '\\s')}\n`);
    expect(statSync(join(managed.profiles, 'yingbin-wifi.nmconnection')).mode & 0o777).toBe(0o600);
  });

  it('a wrong key puts back what served before, and tells it from a network that is not there', () => {
    const m = machine();
    withRadio(m, true);
    m.give('wifi', `join\n${Buffer.from('Before').toString('hex')}\nopen\nCN\n`);
    m.work('set-wifi');
    const before = m.file('kept/wifi.conf');
    withRadio(m, false);
    m.give('wifi', `join\n${hall}\n${psk}\nCN\n`);
    m.work('set-wifi');
    expect(m.state()).toBe('2 wrong-key');
    expect(m.file('kept/wifi.conf')).toBe(before);
    m.give('wifi', `join\n${Buffer.from('Elsewhere').toString('hex')}\n${psk}\nCN\n`);
    m.work('set-wifi');
    expect(m.state()).toBe('3 not-there');
    expect(m.file('kept/wifi.conf')).toBe(before);
  });

  it.each([
    ['a name that is no hex', `join\n$(reboot)\n${psk}\nCN\n`],
    ['a name that is too long', `join\n${'61'.repeat(33)}\n${psk}\nCN\n`],
    ['a key that is none', `join\n${hall}\npassword"\nCN\n`],
    ['a key of WPA3 that has no printed letter', `join\n${hall}\nsae:${'0a'.repeat(9)}\nCN\n`],
    ['a key of WPA3 that is too short', `join\n${hall}\nsae:${'61'.repeat(7)}\nCN\n`],
    ['a country that is none', `join\n${hall}\n${psk}\nCN }\n`],
    ['another word', `leave\n${hall}\n${psk}\nCN\n`],
    ['nothing', ''],
  ])('%s is refused, and nothing is written', (_what, text) => {
    const m = machine();
    withRadio(m, true);
    m.give('wifi', text);
    m.work('set-wifi');
    expect(m.state()).toBe('1 refused');
    expect(existsSync(join(m.kept, 'wifi.conf'))).toBe(false);
    expect(existsSync(join(m.root, 'asked'))).toBe(false);
  });

  it('an order that is a link is not followed', () => {
    const m = machine();
    withRadio(m, true);
    writeFileSync(join(m.root, 'else'), 'scan\n');
    symlinkSync(join(m.root, 'else'), join(m.run, 'wifi'));
    m.work('set-wifi');
    expect(m.state()).toBe('1 refused');
  });

  it('S60 forgets every network of this machine, whoever joined it', () => {
    const m = machine();
    withRadio(m, true);
    const others = [
      'profiles/office.nmconnection',
      'var/lib/iwd/office.psk',
      'etc/wpa_supplicant/wpa_supplicant-wlan0.conf',
      'boot/firmware/network-config',
    ];
    for (const other of others) {
      m.folder(dirname(other));
      writeFileSync(join(m.root, other), 'psk');
    }
    m.give('wifi', `join\n${hall}\n${psk}\nCN\n`);
    m.work('set-wifi');
    m.give('wifi', 'forget\n');
    m.work('set-wifi');
    expect(m.state()).toBe('2 forgotten');
    expect(['kept/wifi.conf', ...others].filter((file) => existsSync(join(m.root, file)))).toEqual([]);
  });
});

describe('brightness', () => {
  const lit = (text: string) => {
    const m = machine();
    const light = m.folder('lights/panel');
    writeFileSync(join(light, 'max_brightness'), '255\n');
    writeFileSync(join(light, 'brightness'), '99\n');
    m.give('brightness', text);
    const { status } = m.work('set-brightness', { YINGBIN_BACKLIGHTS: join(m.root, 'lights') });
    return { status, level: m.file('lights/panel/brightness').trim() };
  };
  it('is a share of what the display can, and never dark', () => {
    expect(lit('80\n')).toEqual({ status: 0, level: '204' });
    expect(lit('100\n')).toEqual({ status: 0, level: '255' });
    expect(lit('1\n')).toEqual({ status: 0, level: '2' });
  });
  it.each(['0\n', '101\n', '-5\n', '5 5\n', '9999\n', '$(x)\n'])('%j is refused', (text) => {
    expect(lit(text)).toEqual({ status: 1, level: '99' });
  });
});

describe.skipIf(!canMount)('a stick', () => {
  const name = 'yingbin-hall-1-20261121T063200.json';
  const stick = (m: ReturnType<typeof machine>): string => {
    const image = join(m.root, 'stick.img');
    execFileSync('truncate', ['-s', '16M', image]);
    execFileSync('mkfs.ext4', ['-q', image]);
    return image;
  };
  const readBack = (m: ReturnType<typeof machine>, image: string): string => {
    const at = m.folder('look');
    execFileSync('mount', ['-o', 'loop,ro', image, at]);
    try {
      return existsSync(join(at, name)) ? readFileSync(join(at, name), 'utf8') : '';
    } finally {
      execFileSync('umount', [at]);
    }
  };

  it('gets the one file, and is let go of', () => {
    const m = machine();
    const image = stick(m);
    m.give('stick', `${name}\n{"v":1}\n`);
    m.work('copy-to-stick', { YINGBIN_STICK: image });
    expect(m.state()).toBe('1 written');
    expect(readBack(m, image)).toBe('{"v":1}\n');
    expect(existsSync(join(m.answers, 'file'))).toBe(false);
    expect(spawnSync('mountpoint', ['-q', join(m.answers, 'stick')]).status).not.toBe(0);
  });

  it('that is none, or not there, is said', () => {
    const m = machine();
    writeFileSync(join(m.root, 'rubbish'), 'no file system');
    m.give('stick', `${name}\n{}\n`);
    m.work('copy-to-stick', { YINGBIN_STICK: join(m.root, 'rubbish') });
    expect(m.state()).toBe('1 not-written');
    m.give('stick', `${name}\n{}\n`);
    m.work('copy-to-stick', { YINGBIN_STICK: '' });
    expect(m.state()).toBe('2 no-stick');
  });

  it.each(['../../etc/passwd', 'yingbin-x.sh', 'yingbin-hall/1-20261121T063200.json'])(
    'S21 the name %s is refused',
    (bad) => {
      const m = machine();
      const image = stick(m);
      m.give('stick', `${bad}\n{}\n`);
      m.work('copy-to-stick', { YINGBIN_STICK: image });
      expect(m.state()).toBe('1 refused');
    },
  );
});
