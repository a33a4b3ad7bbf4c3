#!/usr/bin/env bash
# place-files.sh ROOT image|machine: puts units, rules and policies under ROOT as placed-files.txt says.
# Safe to repeat. Prints each target that it wrote or changed; with YINGBIN_DRY_RUN=1 it only prints.
set -euo pipefail
here=$(cd "$(dirname "${BASH_SOURCE[0]}")" && pwd)
root=${1%/} use=$2

while read -r mode source target only; do
  case $mode in '#'* | '') continue ;; esac
  if [ -n "$only" ] && [ "$use" != image ]; then continue; fi
  if cmp -s "$here/$source" "$root$target"; then continue; fi
  echo "$target"
  if [ -z "${YINGBIN_DRY_RUN-}" ]; then install -D -m "$mode" "$here/$source" "$root$target"; fi
done <"$here/placed-files.txt"

list=/usr/lib/yingbin/usb-allow.list
# every device that the udev rules let the terminal open may be plugged in
wanted=$(sed -nE 's/.*ATTRS\{idVendor\}=="([0-9a-f]{4})", ATTRS\{idProduct\}=="([0-9a-f]{4})".*/\1:\2/p' "$here/udev/70-yingbin.rules" | sort -u
  # network chips of the boards themselves: Raspberry Pi 3, 3B+
  printf '%s\n' 0424:ec00 0424:7800)
if [ "$(cat "$root$list" 2>/dev/null)" != "$wanted" ]; then
  echo "$list"
  if [ -z "${YINGBIN_DRY_RUN-}" ]; then install -D -m 644 /dev/stdin "$root$list" <<<"$wanted"; fi
fi

# who is told of a weakness is the fleet's own address
contact=${YINGBIN_SECURITY_CONTACT-}
case $contact in
  '') ;;
  *[!A-Za-z0-9@._:/+-]*) echo "place-files.sh: YINGBIN_SECURITY_CONTACT is no address" >&2; exit 2 ;;
  *) if [ -z "${YINGBIN_DRY_RUN-}" ]; then sed -i "s|^Contact: .*|Contact: $contact|" "$root/usr/lib/yingbin/security.txt"; fi ;;
esac
