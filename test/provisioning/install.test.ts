// install.sh on a fresh Debian in a chroot: says every step, may be repeated, takes itself away, refuses what cannot be a terminal.
import { spawnSync } from 'node:child_process';
import { chmodSync, mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { expect, it, onTestFinished } from 'vitest';

const provisioning = fileURLToPath(new URL('../../provisioning', import.meta.url));

/** Runs as root inside; a line that begins with @ is ours. */
const script = `
install=/src/install.sh
state() { (cd / && find etc opt usr/lib/yingbin var/lib/yingbin -xdev \\( -type f -o -type l \\) -printf '%m %u %p %l\\n' 2>/dev/null | sort | sha256sum); }
run() { "$@" >/tmp/out 2>&1; echo "@$1 $?"; tail -n 3 /tmp/out; }
before=$(state)
$install --release /release --skip-packages --dry-run >/tmp/out 2>&1; echo "@dry-run $? $([ "$(state)" = "$before" ] && echo unchanged)"
$install --release /nowhere --skip-packages >/tmp/out 2>&1; echo "@no release $?"
$install --release /etc --skip-packages >/tmp/out 2>&1; echo "@no release of ours $?"; rm -rf /opt/yingbin
SSH_CONNECTION=x $install --release /release --skip-packages >/tmp/out 2>&1; echo "@by ssh $?"; tail -n 1 /tmp/out
cp /etc/os-release /tmp/os; sed -i 's/^VERSION_ID=.*/VERSION_ID="11"/' /usr/lib/os-release
$install --release /release --skip-packages >/tmp/out 2>&1; echo "@old system $?"; tail -n 1 /tmp/out; cat /tmp/os >/usr/lib/os-release
mv /usr/bin/node /usr/bin/node-of-debian; printf '#!/bin/sh\\necho v18.20.4\\n' >/usr/bin/node; chmod 755 /usr/bin/node
$install --release /release --skip-packages >/tmp/out 2>&1; echo "@old node $?"; tail -n 1 /tmp/out; mv /usr/bin/node-of-debian /usr/bin/node
echo '{"claim":"x"}' >/claim.json
$install --release /release --skip-packages --claim /claim.json >/tmp/out 2>&1; echo "@install $?"; cat /tmp/out
stat -c '@claim %a %U' /var/lib/yingbin/yingbin-claim.json
echo "@enabled $(systemctl is-enabled yingbin.service yingbin-screen.path yingbin-firewall.service getty@tty1.service ssh.service 2>&1 | tr '\\n' ' ')"
echo "@current $(readlink /opt/yingbin/current) $([ -e /opt/yingbin/current/dist/provisioning/yingbin.js ] && echo whole)"
systemd-analyze verify --man=no yingbin.service yingbin-screen.service yingbin-settle.service yingbin-firewall.service 2>&1 | grep yingbin | grep -v 'settle-release\\|cage\\|nft' | sed 's/^/@verify /'
after=$(state)
$install --release /release --skip-packages --claim /claim.json >/tmp/out 2>&1; echo "@again $? $([ "$(state)" = "$after" ] && echo unchanged)"
$install --uninstall >/tmp/out 2>&1; echo "@uninstall $?"
echo "@left $(find / -xdev -path /proc -prune -o -path /sys -prune -o -name '*yingbin*' -print | grep -vE '^/(src|release|tmp|proc|sys)|^/var/lib/yingbin(-open-ssh)?(/|$)' | tr '\\n' ' ')"
$install --uninstall --purge >/tmp/out 2>&1; echo "@purge $? $(ls -d /var/lib/yingbin 2>/dev/null) $(grep -c yingbin /etc/passwd)"
`;

it('S28 a machine becomes a terminal, and is itself again', { timeout: 600_000 }, () => {
  const folder = mkdtempSync(join(tmpdir(), 'yingbin-install-'));
  onTestFinished(() => rmSync(folder, { recursive: true, force: true }));
  // others build the root: a user namespace's root has another id
  chmodSync(folder, 0o755);
  for (const part of ['dist/provisioning', 'dist/kiosk', 'node_modules'])
    mkdirSync(join(folder, 'release', part), { recursive: true });
  for (const file of ['dist/provisioning/yingbin.js', 'dist/kiosk/main.js', 'package.json'])
    writeFileSync(join(folder, 'release', file), '');
  writeFileSync(join(folder, 'script'), script);
  const built = spawnSync(
    'mmdebstrap',
    [
      ...[
        '--quiet',
        '--variant=apt',
        '--include=nodejs,systemd-sysv,udev,passwd',
        '--aptopt=APT::Install-Recommends "false"',
      ],
      `--customize-hook=mkdir "$1/src" && cp -r '${provisioning}/.' "$1/src" && cp -r '${folder}/release' "$1/release"`,
      `--customize-hook=cp '${folder}/script' "$1/script" && chroot "$1" bash /script`,
      ...['trixie', '/dev/null', 'http://deb.debian.org/debian'],
    ],
    { encoding: 'utf8', env: { ...process.env, PATH: `${process.env['PATH'] ?? ''}:/usr/sbin:/sbin` } },
  );
  const all = built.stdout + built.stderr;
  const said = all.split('\n').filter((line) => line.startsWith('@'));
  expect(said, all).toEqual([
    '@dry-run 0 unchanged',
    '@no release 2',
    '@no release of ours 3',
    '@by ssh 3',
    '@old system 3',
    '@old node 3',
    '@install 0',
    '@claim 600 yingbin',
    '@enabled enabled enabled enabled masked not-found ',
    '@current releases/1 whole',
    '@again 0 unchanged',
    '@uninstall 0',
    '@left ',
    '@purge 0  0',
  ]);
  // each refusal says what to do, in both languages
  for (const remedy of ['--keep-open', 'Debian 12', '20.19, 22.12']) expect(all).toContain(remedy);
});
