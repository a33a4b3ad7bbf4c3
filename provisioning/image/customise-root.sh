#!/usr/bin/env bash
# customise-root.sh ROOT RELEASE: makes our terminal of a fresh Debian root: users, units, lockdown, the release, and nothing secret.
set -euo pipefail
here=$(cd "$(dirname "${BASH_SOURCE[0]}")" && pwd)
root=$1 release=$2
within() { chroot "$root" "$@"; }

within groupadd --system kiosk
within useradd --system --user-group --home-dir /var/lib/yingbin --shell /usr/sbin/nologin --groups kiosk,dialout,input yingbin
within useradd --system --user-group --home-dir /nonexistent --shell /usr/sbin/nologin --groups video,render,input,audio yingbin-screen
# nobody has a password: "*" never matches one, and leaves support's key a way in
within usermod --password '*' root
"$here/../place-files.sh" "$root" image >/dev/null

mkdir -p "$root"/{data,boot/firmware,var/lib/yingbin,var/lib/yingbin-open-ssh,var/lib/yingbin-wifi,opt/yingbin/releases}
# what lies there is the terminal’s own, mounted or not
chmod 0700 "$root/boot/firmware"
cp -a "$release" "$root/opt/yingbin/releases/1"
chown -R 0:0 "$root/opt/yingbin/releases/1"
chmod -R go-w,a+rX "$root/opt/yingbin/releases/1"
ln -sfn releases/1 "$root/opt/yingbin/current"
# the keeper moves the links and puts newer releases beside this one
owner=$(within id -u yingbin):$(within id -g yingbin)
chown "$owner" "$root/opt/yingbin" "$root/opt/yingbin/releases"
chown "$owner" "$root/var/lib/yingbin"
version=$(within node --version)
printf '%s\nv20.19.0\n' "$version" | sort -VC -r || { echo "Node $version is older than v20.19.0" >&2; exit 1; }

within systemctl enable --quiet yingbin.service yingbin-screen.path yingbin-firewall.service yingbin-firewall-ports.path \
  yingbin-open-ssh.path yingbin-reboot.path yingbin-screenshot.path yingbin-renew-screen.path yingbin-set-wifi.path yingbin-wifi.service yingbin-brightness.path yingbin-stick.path yingbin-grow-data.service systemd-networkd.service systemd-resolved.service systemd-timesyncd.service
within systemctl disable --quiet ssh.service ssh.socket 2>/dev/null || true
within systemctl mask --quiet ssh.service ssh.socket sshd-unix-local.socket sshd-vsock.socket ctrl-alt-del.target debug-shell.service \
  getty@.service autovt@.service serial-getty@.service console-getty.service container-getty@.service getty.target \
  rescue.service swap.target systemd-firstboot.service systemd-machine-id-commit.service apt-daily.timer apt-daily-upgrade.timer \
  dpkg-db-backup.timer e2scrub_all.timer fstrim.timer systemd-networkd-wait-online.service
within systemctl set-default --quiet multi-user.target
# an emergency is a restart, not a shell
mkdir -p "$root/etc/systemd/system/emergency.service.d"
printf '[Service]\nExecStartPre=\nExecStart=\nExecStart=/usr/bin/systemctl --force reboot\n' >"$root/etc/systemd/system/emergency.service.d/90-yingbin.conf"

# no way in by SSH comes up by itself, over virtual wires neither
mkdir -p "$root/etc/systemd/system-generators"
ln -sf /dev/null "$root/etc/systemd/system-generators/systemd-ssh-generator"

# no board is like another: each makes its own of these
rm -f "$root"/etc/ssh/ssh_host_* "$root/var/lib/systemd/random-seed" "$root/var/lib/systemd/credential.secret"
echo yingbin >"$root/etc/hostname"
printf '127.0.0.1 localhost yingbin\n::1 localhost\n' >"$root/etc/hosts"
ln -sf /run/systemd/resolve/resolv.conf "$root/etc/resolv.conf"
# no clock is earlier than this: the system takes it as its floor, and goes on from where it was last
touch --date="@${SOURCE_DATE_EPOCH:-$(date +%s)}" "$root/usr/lib/clock-epoch"
sed -i 's/^MODULES=.*/MODULES=most/' "$root/etc/initramfs-tools/initramfs.conf"
within update-initramfs -u -k all >/dev/null

# what is installed, for who asks which fault concerns it: packages of Debian, and those of the release
# shellcheck disable=SC2016 # dpkg-query fills these in
within dpkg-query -W -f '{"type":"library","bom-ref":"pkg:deb/debian/${Package}@${Version}?arch=${Architecture}","name":"${Package}","version":"${Version}","purl":"pkg:deb/debian/${Package}@${Version}?arch=${Architecture}"}\n' >"$root/usr/lib/yingbin/packages.jsonl"
within node --input-type=module -e '
  const { componentsBelow } = await import("/opt/yingbin/releases/1/dist/provisioning/release-sbom.js");
  for (const component of componentsBelow("/opt/yingbin/releases/1")) console.log(JSON.stringify(component));
' >>"$root/usr/lib/yingbin/packages.jsonl"
rm -rf "$root"/var/cache/apt/* "$root"/var/lib/apt/lists/* "$root"/var/log/* "$root"/tmp/* "$root"/root/.[a-z]*
