// What is written on the card before anybody starts it: how it starts, who may get in, what is masked, as the building scripts say it.
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { describe, expect, it } from 'vitest';

const folder = fileURLToPath(new URL('../../../provisioning/image', import.meta.url));
const read = (name: string): string => readFileSync(join(folder, name), 'utf8');
const build = read('build-image.sh');
const customise = read('customise-root.sh');
const board = read('board-level.md');

describe('how it starts', () => {
  const line = /^cmdline='(.*)'$/m.exec(build)?.[1]?.split(' ') ?? [];

  it.each([
    ['the system is read-only', 'ro'],
    ['a first file system that fails starts again, without a shell', 'panic=30'],
    ['no USB device is let in unjudged', 'usbcore.authorized_default=0'],
    ['what firmware hands over is not taken', 'systemd.import_credentials=no'],
  ])('S52 %s', (_, word) => {
    expect(line).toContain(word);
  });

  it('S52 no console on a serial line, no shell, no debugging', () => {
    expect(line.join(' ')).not.toMatch(/console=|init=|single|rescue|emergency|debug|rd\.break|break=/);
    expect(build).toContain('enable_uart=0');
  });

  it('S52 the boot loader takes nothing from a keyboard', () => {
    for (const word of ['timeout 0', 'editor no', 'auto-entries no', 'auto-firmware no'])
      expect(build).toContain(`${word}\\n`);
  });

  it('S52 what only a board can close is listed for each model, with what a person does', () => {
    const rows = board.split('\n').filter((row) => row.startsWith('|'));
    const [head = '', , ...body] = rows;
    expect(head.split('|').slice(2, -1)).toHaveLength(3);
    for (const what of [
      'boot from another medium',
      'boot loader edited',
      'serial console',
      'network boot',
      'JTAG',
    ])
      expect(
        body.some((row) => row.includes(what)),
        what,
      ).toBe(true);
    for (const row of body)
      expect(
        row
          .split('|')
          .slice(1, -1)
          .filter((cell) => cell.trim() === ''),
      ).toEqual([]);
  });
});

describe('who may get in', () => {
  it('S1 no account is given a password, and no user of ours a shell', () => {
    expect(customise).not.toMatch(/chpasswd|passwd -[du]|--password '[^*]/);
    const users = [...customise.matchAll(/useradd .*/g)].map(([text]) => text);
    expect(users).toHaveLength(2);
    for (const user of users) expect(user).toContain('--shell /usr/sbin/nologin');
    expect(customise).toContain("usermod --password '*' root");
  });

  it('S2 what makes one board like another is taken out', () => {
    for (const path of ['ssh_host_*', 'random-seed', 'credential.secret']) expect(customise).toContain(path);
    expect(build).toContain(': >root/etc/machine-id');
    expect(build).toContain('ln -sfn /etc/machine-id root/var/lib/dbus/machine-id');
  });

  it('S30 S31 no door for SSH and no console comes up by itself', () => {
    const masked = /systemctl mask --quiet ((?:.*\\\n)*.*)/.exec(customise)?.[1] ?? '';
    for (const unit of [
      ...['ssh.service', 'ssh.socket', 'sshd-unix-local.socket', 'sshd-vsock.socket'],
      ...['getty@.service', 'autovt@.service', 'serial-getty@.service', 'getty.target'],
      ...['ctrl-alt-del.target', 'debug-shell.service', 'rescue.service'],
    ])
      expect(masked.split(/[\s\\]+/)).toContain(unit);
    const keys = readFileSync(join(folder, '../lockdown/sysctl.conf'), 'utf8');
    expect(keys).toContain('kernel.sysrq = 0');
  });

  it('S29 of all that is mounted, only data and the claim are written, and nothing there makes anybody root', () => {
    const mounts = read('fstab')
      .split('\n')
      .filter((row) => row !== '' && !row.startsWith('#'))
      .map((row) => row.split(' '));
    const written = mounts.filter(([device = '', , , options = '']) => {
      return device.startsWith('LABEL=') && !options.split(',').includes('ro');
    });
    expect(written.map(([device]) => device)).toEqual(['LABEL=YINGBIN', 'LABEL=yingbin-data']);
    for (const [, , , options = ''] of written)
      expect(options.split(',')).toEqual(expect.arrayContaining(['nosuid', 'nodev']));
  });
});

it('S55 a board that hangs is started again, and so is a terminal that says nothing', () => {
  const seconds = (text: string, key: string): number =>
    Number(new RegExp(`^${key}=(\\d+)s?$`, 'm').exec(text)?.[1] ?? 0);
  const system = readFileSync(join(folder, '../lockdown/system.conf'), 'utf8');
  const unit = readFileSync(join(folder, '../systemd/yingbin.service'), 'utf8');
  expect(seconds(system, 'RuntimeWatchdogSec')).toBeGreaterThan(0);
  // a Raspberry Pi's own takes no more
  expect(seconds(system, 'RuntimeWatchdogSec')).toBeLessThan(16);
  expect(seconds(unit, 'WatchdogSec')).toBeGreaterThan(0);
  expect(seconds(unit, 'WatchdogSec') + seconds(system, 'RuntimeWatchdogSec')).toBeLessThanOrEqual(120);
  expect(unit).toContain('\nRestart=always\n');
  expect(build).toContain('dtparam=watchdog=on');
});
