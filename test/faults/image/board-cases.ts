// What is tried on a board that serves: listening sockets, keys, plugs, consoles, rights, the door for support.
import { execFileSync } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import type { PNG } from 'pngjs';
import type { Machine } from '../../simulators/image/machine.ts';
import { chords } from './chords.ts';

export interface BoardCase {
  readonly name: string;
  readonly run: (machine: Machine) => Promise<void>;
}

/** The terminal serves, and there is a screen to show it. */
export const serves = 'systemctl -q is-active yingbin-screen && ss -lntH | grep -q 127.0.0.1:4700';

export const boardCases: readonly BoardCase[] = [
  { name: 'no unit has failed, the system is read-only, nothing swaps', run: trySystem },
  { name: 'S8 a board without a clock starts no earlier than its image was built', run: tryClock },
  { name: 'S27 it listens where it should and nowhere else', run: trySockets },
  { name: 'S28 terminal and screen run as users of their own, without a shell', run: tryUsers },
  { name: 'S3 the screen can read nothing of the terminal', run: tryRights },
  { name: 'S13 the browser reaches nothing but this machine, the terminal only its ports', run: tryFirewall },
  { name: `S31 ${chords.length} chords leave the screen as it was`, run: tryChords },
  { name: 'S50 a keyboard, a disk, a network card and a keyboard with a disk are refused', run: tryPlugs },
  {
    name: 'S30 SSH is shut; an order opens it for its minute and its key; then it is shut again',
    run: trySsh,
  },
  { name: 'the keeper’s wish starts the screen afresh', run: tryFreshScreen },
  // the last: it ends in another start
  {
    name: 'S55 the hardware watchdog is fed by the system, and bites when that hangs',
    run: tryWatchdog,
  },
];

async function trySystem(machine: Machine): Promise<void> {
  const failed = await machine.run('systemctl --failed --no-legend --plain');
  if (failed !== '') throw new Error(failed);
  await machine.run('! touch /usr/here /etc/here /boot/here 2>/dev/null');
  await machine.run(
    '[ "$(wc -l < /proc/swaps)" = 1 ] && [ "$(cat /proc/sys/kernel/core_pattern)" = "|/bin/false" ]',
  );
  await machine.run('[ "$(cat /proc/sys/kernel/sysrq)" = 0 ]');
}

async function tryClock(machine: Machine): Promise<void> {
  // the control: it was given no time to start with
  await machine.run('journalctl -k -o cat | grep -q "setting system clock to 1970-"');
  await machine.run('[ "$(date +%s)" -ge "$(stat -c %Y /usr/lib/clock-epoch)" ]');
}

async function trySockets(machine: Machine): Promise<void> {
  const file = new URL('../../simulators/image/expected-sockets.txt', import.meta.url);
  const expected = readFileSync(fileURLToPath(file).replace('/dist/', '/'), 'utf8')
    .split('\n')
    .filter((line) => line !== '' && !line.startsWith('#'))
    .sort();
  const listed = (await machine.run('ss -lntuH'))
    .split('\n')
    .filter(Boolean)
    .map((line) => {
      const [protocol = '', , , , local = ''] = line.split(/\s+/);
      // the DHCP client's address is the network's
      return `${protocol} ${local.replace(/%[^:]*/, '').replace(/^10\.0\.2\.15:68$/, '0.0.0.0:68')}`;
    })
    .sort();
  if (listed.join() !== expected.join()) throw new Error(`listens on ${listed.join(', ')}`);
}

async function tryUsers(machine: Machine): Promise<void> {
  const processes = (await machine.run('ps -eo user:32=,comm='))
    .split('\n')
    .map((line) => line.trim().split(/\s+/));
  const usersOf = (program: string): string =>
    [...new Set(processes.filter(([, name]) => name === program).map(([user]) => user))].join();
  if (usersOf('cage') !== 'yingbin-screen' || usersOf('chromium') !== 'yingbin-screen')
    throw new Error(`cage ${usersOf('cage')}, chromium ${usersOf('chromium')}`);
  if (!/^(yingbin)$/.test(usersOf('node') || usersOf('MainThread')))
    throw new Error(`node ${usersOf('node')}`);
  await machine.run('! grep -E "^yingbin" /etc/passwd | grep -v nologin$');
  await machine.run('! pgrep -x -u yingbin,yingbin-screen "bash|dash|agetty|login"');
  for (const unit of ['yingbin', 'yingbin-screen', 'yingbin-firewall'])
    await machine.run(`systemd-analyze security --no-pager --threshold=40 ${unit}.service`);
  // the browser's own sandbox is on
  await machine.run(
    '! tr "\\0" " " < /proc/$(pgrep -o -x chromium)/cmdline | grep -E "no-sandbox|remote-debugging"',
  );
}

async function tryRights(machine: Machine): Promise<void> {
  const asScreen = 'setpriv --reuid=yingbin-screen --regid=yingbin-screen --init-groups';
  await machine.run('[ -s /var/lib/yingbin/keys/fleet.key ]');
  await machine.until('findmnt -t vfat /boot/firmware');
  await machine.run(`! ${asScreen} ls /var/lib/yingbin && ! ${asScreen} cat /data/terminal/config.json`);
  await machine.run(`! ${asScreen} ls /boot/firmware`);
}

async function tryFirewall(machine: Machine): Promise<void> {
  // the emulated network's own host
  const reach = (user: string, port: number): string =>
    `setpriv --reuid=${user} --regid=${user} --clear-groups timeout 5 bash -c 'exec 3<>/dev/tcp/10.0.2.2/${port}' 2>&1 | grep -c "timed out\\|Terminated\\|not permitted" || true`;
  const counters = 'nft list table inet yingbin | grep -c "policy drop"';
  if ((await machine.run(counters)).trim() !== '3') throw new Error('a chain does not drop');
  await machine.run(
    `! setpriv --reuid=yingbin-screen --regid=yingbin-screen --clear-groups timeout 5 bash -c 'exec 3<>/dev/tcp/10.0.2.2/8883' 2>/dev/null`,
  );
  await machine.run(`${reach('yingbin', 80)}`);
  // a refused connection is an answer, a dropped one is none: the terminal's own port gets an answer
  await machine.run(
    `out=$(setpriv --reuid=yingbin --regid=yingbin --clear-groups timeout 20 bash -c 'exec 3<>/dev/tcp/10.0.2.2/8883' 2>&1); [ $? != 124 ]`,
  );
  await machine.run(
    `setpriv --reuid=yingbin --regid=yingbin --clear-groups timeout 5 bash -c 'exec 3<>/dev/tcp/10.0.2.2/80' 2>/dev/null; [ $? = 124 ]`,
  );
}

async function tryChords(machine: Machine): Promise<void> {
  const before = await machine.screen();
  const shells = 'ps -eo comm= | grep -cE "^(bash|login|agetty|sulogin)$" || true';
  const shellsBefore = await machine.run(shells);
  const boot = await machine.run(
    'cat /proc/sys/kernel/random/boot_id; cat /sys/class/tty/tty0/active; pgrep -x cage',
  );
  for (const chord of chords) await machine.press(chord);
  await machine.run('sleep 5');
  const share = difference(before, await machine.screen());
  if (share > 0.01) throw new Error(`${(share * 100).toFixed(1)} % of the screen changed`);
  if ((await machine.run(shells)) !== shellsBefore) throw new Error('a shell is open');
  const after = await machine.run(
    'cat /proc/sys/kernel/random/boot_id; cat /sys/class/tty/tty0/active; pgrep -x cage',
  );
  if (after !== boot) throw new Error(`console or compositor changed: ${boot} → ${after}`);
}

const tilePx = 24;

/**
 * In tiles and not in pixels, for the attract page wanders: a pixel or two of it change an edge, and hardly a tile.
 * @returns the share of tiles whose colour differs to the eye; 1 when the sizes do
 */
export function difference(one: PNG, other: PNG): number {
  if (one.width !== other.width || one.height !== other.height) return 1;
  let tiles = 0;
  let differing = 0;
  for (let top = 0; top + tilePx <= one.height; top += tilePx)
    for (let left = 0; left + tilePx <= one.width; left += tilePx) {
      const there = meanColour(other, left, top);
      tiles += 1;
      if (meanColour(one, left, top).some((mean, n) => Math.abs(mean - (there[n] ?? 0)) > 24)) differing += 1;
    }
  return differing / tiles;
}

/** Red, green and blue of a tile, 0–255. */
function meanColour({ data, width }: PNG, left: number, top: number): readonly number[] {
  const sums = [0, 0, 0];
  for (let y = top; y < top + tilePx; y += 1)
    for (let x = left; x < left + tilePx; x += 1)
      for (let n = 0; n < 3; n += 1) sums[n] = (sums[n] ?? 0) + (data[(y * width + x) * 4 + n] ?? 0);
  return sums.map((sum) => sum / tilePx ** 2);
}

const plugs = [
  { device: 'usb-kbd,id=plug', refused: 'refused-unknown' },
  { device: 'usb-net,id=plug', refused: 'refused-network' },
  {
    device: 'usb-storage,id=plug,drive=stick',
    refused: 'refused-storage',
    before: 'drive_add 0 if=none,id=stick,file=null-co://,format=raw',
  },
];

async function tryPlugs(machine: Machine): Promise<void> {
  for (const { device, refused, before } of plugs) {
    if (before !== undefined) await machine.monitor(before);
    await machine.monitor(`device_add ${device}`);
    await machine.until(`grep -q ${refused} /run/yingbin-usb/*`);
    await machine.run('! ls /dev/sd? /sys/class/net/usb* /sys/class/net/enx* 2>/dev/null');
    await machine.run('! grep -H 1 /sys/bus/usb/devices/[0-9]-[0-9]/authorized');
    await machine.monitor('device_del plug');
    await machine.until('! ls -d /sys/bus/usb/devices/[0-9]-[0-9] 2>/dev/null');
    await machine.run('rm -f /run/yingbin-usb/*');
  }
  // the control: a panel for fingers comes in
  await machine.monitor('device_add usb-tablet,id=plug');
  await machine.until('grep -H 1 /sys/bus/usb/devices/[0-9]-[0-9]/authorized');
  await machine.monitor('device_del plug');
}

async function tryFreshScreen(machine: Machine): Promise<void> {
  const before = await machine.run('pgrep -x cage');
  await machine.run('setpriv --reuid=yingbin --regid=yingbin --clear-groups touch /run/yingbin/renew-screen');
  await machine.until(
    `[ ! -e /run/yingbin/renew-screen ] && pgrep -x cage && [ "$(pgrep -x cage)" != ${before} ]`,
  );
  // once, not for ever
  await machine.run(
    'systemctl -q is-active yingbin-renew-screen.path && ! systemctl -q is-failed yingbin-screen',
  );
}

async function tryWatchdog(machine: Machine): Promise<void> {
  await machine.run('grep -qx RuntimeWatchdogSec=14s /etc/systemd/system.conf.d/90-yingbin.conf');
  await machine.run(
    `[ -e /dev/watchdog0 ] && [ "$(systemctl show -P RuntimeWatchdogUSec)" = ${machine.watchdog} ]`,
  );
  // the control: while the system lives it does not bite
  await machine.until('[ "$(cut -d. -f1 /proc/uptime)" -gt 180 ]');
  if (machine.events.includes('WATCHDOG')) throw new Error('it bit a board that serves');
  const bootId = 'cat /proc/sys/kernel/random/boot_id';
  const before = await machine.run(bootId);
  await machine.letRestart();
  const restarted = machine.restarted();
  // the system's own first process stops where it stands
  await Promise.all([restarted, machine.run('kill -SEGV 1')]);
  if (!machine.events.includes('WATCHDOG')) throw new Error('something else started it again');
  if ((await machine.run(bootId)) === before) throw new Error('it did not start again');
  await machine.until(serves);
}

async function trySsh(machine: Machine): Promise<void> {
  const folder = mkdtempSync(join(tmpdir(), 'yingbin-ssh-'));
  try {
    execFileSync('ssh-keygen', ['-q', '-t', 'ed25519', '-N', '', '-C', 'support', '-f', join(folder, 'key')]);
    const key = readFileSync(join(folder, 'key.pub'), 'utf8').trim();
    const listens = 'ss -lntH | grep -q ":22 "';
    await machine.run(`! ${listens} && ! nft list set inet yingbin support_ports | grep -q 22`);
    const order = (text: string): string =>
      `printf '%s\\n' ${text} > /run/yingbin/o && mv /run/yingbin/o /run/yingbin/open-ssh`;
    for (const wrong of [
      `61 '${key}'`,
      `0 '${key}'`,
      `x '${key}'`,
      `1 'ssh-rsa AAAA'`,
      `1 'command="sh" ${key}'`,
    ]) {
      await machine.run(order(wrong));
      await machine.until('[ ! -e /run/yingbin/open-ssh ] && ! systemctl -q is-active yingbin-open-ssh');
      await machine.run(`! ${listens}`);
      await machine.run(
        'systemctl reset-failed yingbin-open-ssh.service yingbin-open-ssh.path; systemctl start yingbin-open-ssh.path',
      );
    }
    await machine.run(order(`1 '${key}'`));
    await machine.until(`${listens} && nft list set inet yingbin support_ports | grep -q 22`);
    await machine.run('sshd -T -f /usr/lib/yingbin/sshd_config | grep -qx "passwordauthentication no"');
    await machine.until(`! ${listens} && ! nft list set inet yingbin support_ports | grep -q 22`);
    await machine.run('[ ! -e /run/yingbin-open-ssh/authorized_keys ]');
    await machine.run(
      'journalctl -t yingbin-open-ssh | grep -q "open for 1 minutes to SHA256:" && journalctl -t yingbin-open-ssh | grep -q closed',
    );
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}
