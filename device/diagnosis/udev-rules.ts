// The udev rules that let the kiosk's user open its devices, and keep the desktop's hands off its readers.

import { type KnownDevice, knownDevices } from '../known-devices.ts';
import type { AttachedDevice } from './attached-devices.ts';

export const kioskGroup = 'kiosk';

/** `hid`: reports · `keyboard`: reports, and the desktop must not see what it types · `serial` · `printer` */
export const ruledAccesses = ['hid', 'keyboard', 'serial', 'printer'] as const;

/** What rules are made for. */
export interface RuledDevice {
  readonly vendor: string;
  readonly product: string;
  readonly access: (typeof ruledAccesses)[number];
}

/**
 * @param group of the user that the terminal runs as
 * @returns rule lines without line ends
 */
export function udevRules(device: RuledDevice, group = kioskGroup): string[] {
  const { vendor, product, access } = device;
  const ids = `ATTRS{idVendor}=="${vendor}", ATTRS{idProduct}=="${product}"`;
  const rights = `GROUP="${group}", MODE="0660"`;
  switch (access) {
    case 'hid':
      return [`SUBSYSTEM=="hidraw", ${ids}, ${rights}`];
    case 'keyboard':
      return [
        `SUBSYSTEM=="hidraw", ${ids}, ${rights}`,
        // no grab is needed where the desktop never listens
        `ACTION!="remove", KERNEL=="event[0-9]*", ENV{ID_VENDOR_ID}=="${vendor}", ENV{ID_MODEL_ID}=="${product}", ENV{LIBINPUT_IGNORE_DEVICE}="1"`,
      ];
    case 'serial':
      // ModemManager would talk to whatever it takes for a modem
      return [`SUBSYSTEM=="tty", ${ids}, ${rights}, ENV{ID_MM_DEVICE_IGNORE}="1"`];
    case 'printer':
      return [`SUBSYSTEM=="usbmisc", KERNEL=="lp[0-9]*", ${ids}, ${rights}`];
  }
}

/** Every device of the table that may have a rule without anybody's word: what shares its id with other things may not. */
export function shippedUdevRules(group = kioskGroup): string {
  const sections = knownDevices
    .filter(({ isShared }) => !isShared)
    .flatMap((device) => {
      const access = accessOf(device);
      return access === null ? [] : [`# ${device.name}`, ...udevRules({ ...device, access }, group)];
    });
  return [
    '# Lets the terminal open its devices. Made by "yingbin udev"; copy to /etc/udev/rules.d/ and run',
    '#   sudo udevadm control --reload && sudo udevadm trigger',
    '# A keyboard-type reader whose id other things share gets its rules by "yingbin udev --for vvvv:pppp:keyboard".',
    ...sections,
    '',
  ].join('\n');
}

/** How a known device is opened; null for one that this product does not open. */
export function accessOf({ use }: KnownDevice): RuledDevice['access'] | null {
  switch (use.kind) {
    case 'reader':
      return use.reader === 'keyboard' || use.reader === 'keyboard-stripe' ? 'keyboard' : 'hid';
    case 'printer':
      return 'printer';
    case 'panel':
    case 'serial-adapter':
      return 'serial';
    case 'unsupported':
      return null;
  }
}

/** The rules for a device as it is plugged in; by its name among HID devices where no USB device stands behind it. */
export function udevRulesFor(
  device: Pick<AttachedDevice, 'vendor' | 'product' | 'place'>,
  access: RuledDevice['access'],
  group = kioskGroup,
): string[] {
  const { vendor, product, place } = device;
  const rights = `GROUP="${group}", MODE="0660"`;
  if (vendor === null || product === null) {
    return [`SUBSYSTEM=="tty", KERNEL=="${place.slice(place.lastIndexOf('/') + 1)}", ${rights}`];
  }
  if (place.startsWith('/')) {
    const body = `KERNELS=="*:${`${vendor}:${product}`.toUpperCase()}.*"`;
    return [
      `SUBSYSTEM=="hidraw", ${body}, ${rights}`,
      ...(access === 'keyboard'
        ? [`ACTION!="remove", KERNEL=="event[0-9]*", ${body}, ENV{LIBINPUT_IGNORE_DEVICE}="1"`]
        : []),
    ];
  }
  return udevRules({ vendor, product, access }, group);
}
