#!/usr/bin/env bash
# Builds the image that is flashed on a card: Debian, our units and lockdown, one release, and no secret.
set -euo pipefail
usage() {
  cat <<'USAGE'
Usage: build-image.sh --arch amd64|arm64 --release FOLDER|FILE.tar.gz --out FOLDER [--suite trixie] [--mirror URL] [--data-mib N]

Writes FOLDER/yingbin-ARCH.img (flash it as it is), .sha256 and .sbom.json (CycloneDX: every Debian package in it).
FOLDER must hold a release: dist/, node_modules/, package.json. Nothing in the image differs from card to card: the claim file,
yingbin-claim.json, goes on its first partition, which every computer can read.
Needs Debian packages: mmdebstrap e2fsprogs dosfstools mtools fdisk fakeroot. For another architecture than this machine's also
qemu-user-static and arch-test, root, and binfmt_misc mounted with qemu's handler (which the package does where systemd runs).
Exit codes: 0 built, 1 failed, 2 wrong arguments.
USAGE
}
here=$(cd "$(dirname "${BASH_SOURCE[0]}")" && pwd)
arch='' release='' out='' suite=trixie mirror=http://deb.debian.org/debian data_mib=256
while [ $# -gt 0 ]; do
  case $1 in
    --arch) arch=${2-}; shift ;;
    --release) release=${2-}; shift ;;
    --out) out=${2-}; shift ;;
    --suite) suite=${2-}; shift ;;
    --mirror) mirror=${2-}; shift ;;
    --data-mib) data_mib=${2-}; shift ;;
    -h | --help) usage; exit 0 ;;
    *) echo "build-image.sh: unknown option $1" >&2; usage >&2; exit 2 ;;
  esac
  shift
done
wrong() { echo "build-image.sh: $1" >&2; exit 2; }
case $arch in amd64 | arm64) ;; *) wrong '--arch must be amd64 or arm64' ;; esac
[ -e "$release" ] || wrong '--release must name a folder or a .tar.gz'
[ -n "$out" ] || wrong '--out must name a folder'
case $data_mib in '' | *[!0-9]*) wrong '--data-mib must be a number' ;; esac
PATH=$PATH:/usr/sbin:/sbin
for program in mmdebstrap mke2fs mkfs.vfat mcopy sfdisk fakeroot; do
  command -v "$program" >/dev/null || wrong "$program is missing: apt-get install -y mmdebstrap e2fsprogs dosfstools mtools fdisk fakeroot"
done
if [ "$arch" != "$(dpkg --print-architecture)" ]; then
  command -v arch-test >/dev/null || wrong 'arch-test is missing: apt-get install -y qemu-user-static arch-test'
  arch-test "$arch" >/dev/null || wrong "this machine cannot run programs of $arch: apt-get install -y qemu-user-static, and mount binfmt_misc"
fi

mkdir -p "$out"
out=$(cd "$out" && pwd)
work=$(mktemp -d "$out/.build.XXXXXX")
trap 'rm -rf "$work"' EXIT
export SOURCE_DATE_EPOCH=${SOURCE_DATE_EPOCH:-$(date +%s)}
step() { echo "$(date +%T) $1" >&2; }

if [ -f "$release" ]; then
  mkdir "$work/release"
  tar -xzf "$release" -C "$work/release"
  release=$work/release
fi
release=$(cd "$release" && pwd)
for part in dist/provisioning/yingbin.js dist/kiosk/main.js dist/ui/kiosk node_modules package.json; do
  [ -e "$release/$part" ] || wrong "$release holds no $part"
done

step "installing Debian $suite for $arch"
include=$(awk -v arch="$arch" '!/^#/ && NF && ($2 == "" || $2 == arch) { printf "%s%s", sep, $1; sep = "," }' "$here/packages.txt")
components=main
[ "$arch" = amd64 ] || components=main,non-free-firmware
mmdebstrap --variant=apt --architectures="$arch" --components="$components" --include="$include" \
  --aptopt='APT::Install-Recommends "false"' --aptopt='Acquire::Retries "3"' \
  --dpkgopt='path-exclude=/usr/share/man/*' --dpkgopt='path-exclude=/usr/share/info/*' --dpkgopt='path-exclude=/usr/share/locale/*' \
  --dpkgopt='path-exclude=/usr/share/doc/*' --dpkgopt='path-include=/usr/share/doc/*/copyright' \
  --customize-hook="'$here/customise-root.sh' \"\$1\" '$release'" \
  --quiet "$suite" "$work/root.tar" "deb $mirror $suite ${components//,/ }" "deb $mirror $suite-updates ${components//,/ }" \
  "deb ${mirror%/debian}/debian-security $suite-security ${components//,/ }"

step 'making the partitions'
# fakeroot keeps owners and set-id bits where nobody is root
fakeroot -- bash -euo pipefail -s "$work" <<'PACK'
cd "$1"
mkdir root data
tar -xf root.tar -C root --exclude='./dev/*'
rm root.tar
# each board has its own, made at its first start; both names say the same one
: >root/etc/machine-id
mkdir -p root/var/lib/dbus
ln -sfn /etc/machine-id root/var/lib/dbus/machine-id
mkdir boot
if [ -e root/usr/lib/systemd/boot/efi/systemd-bootx64.efi ]; then
  mkdir -p boot/EFI/BOOT boot/loader/entries
  cp root/usr/lib/systemd/boot/efi/systemd-bootx64.efi boot/EFI/BOOT/BOOTX64.EFI
  cp -L root/vmlinuz boot/vmlinuz
  cp -L root/initrd.img boot/initrd.img
fi
if [ -n "$(ls root/boot/firmware)" ]; then cp -r root/boot/firmware/. boot/; fi
rm -rf root/boot/firmware/* root/boot/initrd.img* root/boot/vmlinuz*
mib=$(($(du -sm --apparent-size root | cut -f1) * 115 / 100 + 200))
mke2fs -q -t ext4 -L yingbin-root -m 1 -E lazy_itable_init=0,lazy_journal_init=0 -d root root.ext4 "${mib}M"
cp root/usr/lib/yingbin/packages.jsonl .
rm -rf root
PACK

cmdline='root=LABEL=yingbin-root ro rootwait quiet loglevel=3 vt.global_cursor_default=0 panic=30 usbcore.authorized_default=0 systemd.import_credentials=no systemd.show_status=no'
if [ "$arch" = amd64 ]; then
  printf 'timeout 0\neditor no\nauto-entries no\nauto-firmware no\ndefault yingbin.conf\n' >"$work/boot/loader/loader.conf"
  printf 'title Yingbin\nlinux /vmlinuz\ninitrd /initrd.img\noptions %s\n' "$cmdline" >"$work/boot/loader/entries/yingbin.conf"
else
  echo "$cmdline" >"$work/boot/cmdline.txt"
  # no key held at power-on changes what starts, and the watchdog is there before the system is
  printf '\n[all]\ndtparam=watchdog=on\ndisable_splash=1\nhdmi_force_hotplug=1\nenable_uart=0\n' >>"$work/boot/config.txt"
fi
boot_mib=256
truncate -s "${boot_mib}M" "$work/boot.fat"
mkfs.vfat -n YINGBIN "$work/boot.fat" >/dev/null
mcopy -i "$work/boot.fat" -s "$work"/boot/* ::
# the last MiB of the table belongs to its second copy
truncate -s "$((data_mib - 1))M" "$work/data.ext4"
mke2fs -q -t ext4 -L yingbin-data -m 1 "$work/data.ext4"

image=$work/image
root_mib=$(($(stat -c %s "$work/root.ext4") / 1048576))
truncate -s "$((boot_mib + root_mib + data_mib + 2))M" "$image"
if [ "$arch" = amd64 ]; then label=gpt efi=uefi; else label=dos efi=c; fi
# a Raspberry Pi before the 4 starts from an MBR only
sfdisk --quiet "$image" <<TABLE
label: $label
start=1MiB, size=${boot_mib}MiB, type=$efi
size=${root_mib}MiB, type=linux
size=$((data_mib - 1))MiB, type=linux
TABLE
place() { dd if="$1" of="$image" bs=1M seek="$2" conv=notrunc,sparse status=none; }
place "$work/boot.fat" 1
place "$work/root.ext4" $((1 + boot_mib))
place "$work/data.ext4" $((1 + boot_mib + root_mib))

step 'writing down what it holds'
printf '{"bomFormat":"CycloneDX","specVersion":"1.5","version":1,"components":[%s]}\n' "$(paste -sd, "$work/packages.jsonl")" >"$out/yingbin-$arch.sbom.json"
mv "$image" "$out/yingbin-$arch.img"
(cd "$out" && sha256sum "yingbin-$arch.img" >"yingbin-$arch.img.sha256")
step "built $out/yingbin-$arch.img ($((boot_mib + root_mib + data_mib)) MiB)"
