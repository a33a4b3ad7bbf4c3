#!/usr/bin/env bash
# Makes a terminal of a Debian 12+ or Raspberry Pi OS that is there already. Safe to repeat; says every step; takes itself away again.
set -euo pipefail
usage() {
  cat <<'USAGE'
Usage: sudo provisioning/install.sh --release FOLDER|FILE.tar.gz [--claim FILE] [--node FILE.tar.xz] [--keep-open] [--skip-packages] [--dry-run]
       sudo provisioning/install.sh --uninstall [--purge] [--dry-run]

Installs the packages that are missing, the release, its users, its units and the lockdown, and starts the terminal.
  --claim FILE     the claim of this terminal, as "yingbin claim" wrote it: it enrols by itself
  --node FILE      a Node.js of your own (node-v20…-linux-ARCH.tar.xz from nodejs.org) where the system's is too old
  --keep-open      leaves SSH, the firewall, USB and the consoles as they are: for a desk, not for a hall
  --skip-packages  installs no packages: they are there
  --dry-run        says what would be done, and does nothing
  --uninstall      takes away what was installed; the terminal's data stay, unless --purge
Exit codes: 0 done, 1 failed, 2 wrong arguments, 3 this machine cannot be a terminal (the last line says why and what to do).
USAGE
}
here=$(cd "$(dirname "${BASH_SOURCE[0]}")" && pwd)
release='' claim='' node_file='' keep_open='' skip_packages='' dry_run='' uninstall='' purge=''
while [ $# -gt 0 ]; do
  case $1 in
    --release) release=${2-}; shift ;;
    --claim) claim=${2-}; shift ;;
    --node) node_file=${2-}; shift ;;
    --keep-open) keep_open=1 ;;
    --skip-packages) skip_packages=1 ;;
    --dry-run) dry_run=1 ;;
    --uninstall) uninstall=1 ;;
    --purge) purge=1 ;;
    -h | --help) usage; exit 0 ;;
    *) echo "install.sh: unknown option $1" >&2; usage >&2; exit 2 ;;
  esac
  shift
done
PATH=$PATH:/usr/sbin:/sbin
record=/usr/lib/yingbin/installed.txt
units='yingbin.service yingbin-screen.path yingbin-firewall.service yingbin-firewall-ports.path yingbin-open-ssh.path yingbin-reboot.path yingbin-screenshot.path yingbin-renew-screen.path yingbin-set-wifi.path yingbin-wifi.service yingbin-brightness.path yingbin-stick.path'
closing='/lockdown/60-yingbin-usb.rules /lockdown/logind.conf'

say() { echo "· $1 | $2"; }
run() { if [ -n "$dry_run" ]; then echo "    $*"; else "$@"; fi; }
refuse() { echo "install.sh: $1" >&2; exit 3; }
is_running() { [ -d /run/systemd/system ]; }

[ "$(id -u)" = 0 ] || [ -n "$dry_run" ] || refuse '须以 root 运行：在前面加 sudo。 Run it as root: put sudo before it.'

uninstall() {
  say '停止并移除服务' 'stopping and removing the units'
  # shellcheck disable=SC2086 # a list
  if is_running; then run systemctl disable --now --quiet $units yingbin-screen.service yingbin-open-ssh.service || true; else run systemctl disable --quiet $units || true; fi
  if [ -f "$record" ]; then
    while read -r target; do run rm -f "$target"; done <"$record"
    run rm -f "$record"
  fi
  run rm -rf /usr/lib/yingbin /opt/yingbin /etc/systemd/system/yingbin.service.d
  run systemctl unmask --quiet getty@tty1.service ctrl-alt-del.target || true
  if is_running; then
    run systemctl daemon-reload
    if command -v nft >/dev/null; then run nft 'table inet yingbin; delete table inet yingbin' || true; fi
  fi
  if [ -n "$purge" ]; then
    say '删除本机数据与用户' 'deleting the data and the users of this terminal'
    run rm -rf /var/lib/yingbin /var/lib/yingbin-open-ssh /var/lib/yingbin-wifi
    for user in yingbin yingbin-screen; do if id "$user" >/dev/null 2>&1; then run userdel "$user" || true; fi; done
  else
    say '数据保留在 /var/lib/yingbin' 'the data stay in /var/lib/yingbin'
  fi
}
if [ -n "$uninstall" ]; then uninstall; exit 0; fi

[ -e "$release" ] || { echo 'install.sh: --release must name a folder or a .tar.gz' >&2; usage >&2; exit 2; }
[ -z "$claim" ] || [ -f "$claim" ] || { echo "install.sh: $claim is not there" >&2; exit 2; }
[ -z "$node_file" ] || [ -f "$node_file" ] || { echo "install.sh: $node_file is not there" >&2; exit 2; }

# what this machine is
# shellcheck source=/dev/null
id=$(. /etc/os-release && echo "${ID-} ${ID_LIKE-}")
# shellcheck source=/dev/null
major=$(. /etc/os-release && echo "${VERSION_ID-0}" | cut -d. -f1)
case " $id " in *' debian '* | *' raspbian '*) ;; *) refuse '需要 Debian 12 或树莓派系统（或更新）。 This needs Debian 12, Raspberry Pi OS, or newer.' ;; esac
case $major in '' | *[!0-9]*) major=0 ;; esac
[ "$major" -ge 12 ] || refuse '系统太旧：需要 Debian 12 或更新。 This system is too old: install Debian 12 or newer.'
case $(uname -m) in x86_64 | aarch64) ;; *) refuse '需要 64 位系统（x86_64 或 aarch64）。 This needs a 64-bit system: flash the 64-bit Raspberry Pi OS.' ;; esac
if [ -n "${SSH_CONNECTION-}" ] && [ -z "$keep_open" ] && [ -z "$dry_run" ]; then
  refuse '您正通过 SSH 连接，安装会关闭它：在本机屏幕前运行，或加 --keep-open。 You are here by SSH, and this closes it: run it at the machine, or add --keep-open.'
fi

# Node ^20.19, ^22.12 or 24 and later
fits() {
  local major minor
  IFS=. read -r major minor _ <<<"${1#v}"
  case $major$minor in '' | *[!0-9]*) return 1 ;; esac
  if [ "$major" -eq 20 ]; then [ "$minor" -ge 19 ]; elif [ "$major" -eq 22 ]; then [ "$minor" -ge 12 ]; else [ "$major" -ge 24 ]; fi
}
node=/usr/bin/node packages='cage xwayland grim chromium nftables openssh-server fonts-noto-cjk libpam-systemd ca-certificates iw'
if [ -n "$node_file" ]; then
  node=/opt/yingbin/node/bin/node
elif ! { [ -x $node ] && fits "$($node --version)"; }; then
  if [ -x $node ]; then there=$($node --version); else there=$(apt-cache policy nodejs 2>/dev/null | awk '/Candidate:/ { print $2 }'); fi
  fits "${there%%[-+~]*}" || refuse "Node.js ${there:-} 不合适，需要 20.19、22.12 或 24：加 --node FILE。 Node.js ${there:-is missing and} does not fit; 20.19, 22.12 or 24 does: give one with --node FILE."
  if [ -n "$skip_packages" ]; then refuse '没有 Node.js。 There is no Node.js: leave out --skip-packages.'; fi
  packages="nodejs $packages"
fi

missing=''
for package in $packages; do
  dpkg-query -W -f '${Status}' "$package" 2>/dev/null | grep -q 'ok installed' || missing="$missing $package"
done
if [ -n "$missing" ] && [ -z "$skip_packages" ]; then
  say "安装软件包$missing" "installing packages:$missing"
  run apt-get update -qq
  # shellcheck disable=SC2086 # a list
  DEBIAN_FRONTEND=noninteractive run apt-get install -y -qq --no-install-recommends $missing
fi

say '用户与文件夹' 'users and folders'
getent group kiosk >/dev/null || run groupadd --system kiosk
id yingbin >/dev/null 2>&1 || run useradd --system --user-group --home-dir /var/lib/yingbin --shell /usr/sbin/nologin --groups kiosk,dialout,input yingbin
id yingbin-screen >/dev/null 2>&1 || run useradd --system --user-group --home-dir /nonexistent --shell /usr/sbin/nologin --groups video,render,input,audio yingbin-screen
run install -d -o yingbin -g yingbin -m 0700 /var/lib/yingbin
run install -d -m 0700 /var/lib/yingbin-open-ssh
run install -d -o yingbin -g yingbin -m 0755 /opt/yingbin /opt/yingbin/releases

# never over the release that runs: beside it, then the link
newest=$(find /opt/yingbin/releases -mindepth 1 -maxdepth 1 -name '[0-9]*' -printf '%f\n' 2>/dev/null | sort -n | tail -n 1) || true
if [ -z "$newest" ]; then
  say '放置程序' 'placing the release'
  if [ -n "$dry_run" ]; then
    echo "    $release -> /opt/yingbin/releases/1"
  else
    rm -rf /opt/yingbin/releases/.incoming
    if [ -d "$release" ]; then cp -a "$release" /opt/yingbin/releases/.incoming; else
      mkdir /opt/yingbin/releases/.incoming
      tar -xzf "$release" -C /opt/yingbin/releases/.incoming
    fi
    [ -e /opt/yingbin/releases/.incoming/dist/provisioning/yingbin.js ] || refuse "$release 不是迎宾的程序包。 $release is no release of Yingbin."
    chown -R yingbin:yingbin /opt/yingbin/releases/.incoming
    sync -f /opt/yingbin
    mv /opt/yingbin/releases/.incoming /opt/yingbin/releases/1
    ln -sfn releases/1 /opt/yingbin/current
  fi
else
  say "程序已有（$newest），更新由总部下达" "a release ($newest) is there; headquarters updates it"
fi
if [ -n "$node_file" ]; then
  say '放置 Node.js' 'placing Node.js'
  run install -d /opt/yingbin/node
  run tar -xJf "$node_file" -C /opt/yingbin/node --strip-components=1
  if [ -z "$dry_run" ]; then
    fits "$($node --version)" || refuse "$node_file: Node.js $($node --version) 不合适。 Node.js $($node --version) does not fit: 20.19, 22.12 or 24 does."
    install -d /etc/systemd/system/yingbin.service.d
    { echo '[Service]'; echo 'ExecStart='; sed -n "s|^ExecStart=/usr/bin/node|ExecStart=$node|p" "$here/systemd/yingbin.service"; } >/etc/systemd/system/yingbin.service.d/node.conf
  fi
fi

say '单元、规则与策略' 'units, rules and policies'
placed=$(YINGBIN_DRY_RUN=$dry_run "$here/place-files.sh" / machine)
echo "    ${placed:-–}" | sed 's|^/|    /|'
if [ -z "$dry_run" ]; then
  { awk '!/^#/ && NF && $4 == "" { print $3 }' "$here/placed-files.txt"; echo /usr/lib/yingbin/usb-allow.list; } >"$record"
  if [ -n "$keep_open" ]; then
    for source in $closing; do rm -f "$(awk -v source="${source#/}" '$2 == source { print $3 }' "$here/placed-files.txt")"; done
    units=${units/yingbin-firewall.service yingbin-firewall-ports.path /}
  fi
fi

if [ -n "$claim" ]; then
  say '放入认领文件' 'placing the claim'
  run install -o yingbin -g yingbin -m 0600 "$claim" /var/lib/yingbin/yingbin-claim.json
fi

say '启用服务' 'enabling the units'
# shellcheck disable=SC2086 # a list
run systemctl enable --quiet $units
if [ -z "$keep_open" ]; then
  say '关闭 SSH 与控制台' 'closing SSH and the consoles'
  run systemctl disable --quiet ssh.service ssh.socket || true
  run systemctl mask --quiet getty@tty1.service ctrl-alt-del.target
fi
if is_running; then
  run systemctl daemon-reload
  run udevadm control --reload
  run sysctl --quiet --system
  if [ -z "$keep_open" ]; then run systemctl stop --quiet ssh.service ssh.socket || true; fi
  # shellcheck disable=SC2086 # a list
  run systemctl restart $units
fi
say '完成；USB 与控制台的锁定在重启后生效' 'done; what closes USB and the consoles holds from the next start on'
