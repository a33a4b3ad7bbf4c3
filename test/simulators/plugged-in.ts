// A /sys, /dev and udev database in a folder, as the kernel would show plugged-in devices.
import { chmodSync, mkdirSync, mkdtempSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import type { SystemRoots } from '../../device/diagnosis/attached-devices.ts';

export interface PluggedInterface {
  /** two hex digits: 03 HID, 07 printer, 08 storage, 02 communications, 09 hub, ff the maker's own */
  readonly usbClass: string;
  /** of HID: 01 keyboard, 02 mouse */
  readonly protocol?: string;
  /** none = no driver bound */
  readonly driver?: string;
  /** folders below the interface → device node, as `hidraw/hidraw0` → `hidraw0` */
  readonly nodes?: Readonly<Record<string, string>>;
}

export interface PluggedDevice {
  readonly place: string;
  readonly vendor: string;
  readonly product: string;
  readonly serial?: string;
  readonly maker?: string;
  readonly name?: string;
  readonly interfaces: readonly PluggedInterface[];
}

/** A keyboard-type reader; `numbers` makes its nodes. */
export const keyboardInterface = (number: number): PluggedInterface => ({
  usbClass: '03',
  protocol: '01',
  driver: 'usbhid',
  nodes: {
    [`0003:X/hidraw/hidraw${number}`]: `hidraw${number}`,
    [`0003:X/input/input${number}/event${number}`]: `input/event${number}`,
  },
});

export class PluggedIn {
  readonly root = mkdtempSync(join(tmpdir(), 'yingbin-sys-'));
  readonly roots: SystemRoots = {
    sys: join(this.root, 'sys'),
    dev: join(this.root, 'dev'),
    udev: join(this.root, 'udev'),
  };
  #minor = 0;

  plug(device: PluggedDevice): void {
    const folder = join(this.roots.sys, 'devices', 'usb1', device.place);
    this.#write(folder, {
      idVendor: device.vendor,
      idProduct: device.product,
      bDeviceClass: device.interfaces.some(({ usbClass }) => usbClass === '09') ? '09' : '00',
      ...(device.serial === undefined ? {} : { serial: device.serial }),
      ...(device.maker === undefined ? {} : { manufacturer: device.maker }),
      ...(device.name === undefined ? {} : { product: device.name }),
    });
    for (const [n, one] of device.interfaces.entries()) {
      const below = join(folder, `${device.place}:1.${n}`);
      this.#write(below, {
        bInterfaceNumber: `0${n}`,
        bInterfaceClass: one.usbClass,
        bInterfaceProtocol: one.protocol ?? '00',
      });
      if (one.driver !== undefined) symlinkSync(`/sys/bus/usb/drivers/${one.driver}`, join(below, 'driver'));
      for (const [path, node] of Object.entries(one.nodes ?? {})) this.#makeNode(join(below, path), node);
      // the kernel's trees are full of links that lead back
      symlinkSync('..', join(below, 'subsystem'));
    }
    const bus = join(this.roots.sys, 'bus', 'usb', 'devices');
    mkdirSync(bus, { recursive: true });
    symlinkSync(folder, join(bus, device.place));
  }

  /** A report device without USB behind it, as `uhid` or Bluetooth makes one. */
  plugHid(
    node: string,
    id: string,
    name: string,
    more: { port?: string; descriptor?: Uint8Array } = {},
  ): void {
    const { port = '', descriptor } = more;
    const device = join(this.roots.sys, 'class', 'hidraw', node, 'device');
    this.#write(device, {
      uevent: `DRIVER=hid-generic\nHID_ID=${id}\nHID_NAME=${name}\nHID_PHYS=${port}\nHID_UNIQ=\n`,
    });
    if (descriptor) writeFileSync(join(device, 'report_descriptor'), descriptor);
    symlinkSync('/sys/bus/hid/drivers/hid-generic', join(device, 'driver'));
    this.#touch(node);
  }

  /** A serial line of the board. @param type 0 = nothing is there */
  plugLine(node: string, driver: string, type: number): void {
    const folder = join(this.roots.sys, 'class', 'tty', node);
    this.#write(join(folder, 'device'), {});
    this.#write(folder, { type: String(type) });
    symlinkSync(`/sys/bus/amba/drivers/${driver}`, join(folder, 'device', 'driver'));
    this.#touch(node);
  }

  link(byId: string, node: string): void {
    const link = join(this.roots.dev, 'serial', 'by-id', byId);
    mkdirSync(dirname(link), { recursive: true });
    symlinkSync(join(this.roots.dev, node), link);
  }

  /** What udev notes of the node that was made as the n-th, counted from 1. */
  note(minor: number, properties: readonly string[]): void {
    this.#write(this.roots.udev, { [`c100:${minor}`]: properties.map((line) => `E:${line}\n`).join('') });
  }

  node(name: string): string {
    return join(this.roots.dev, name);
  }

  unplugAll(): void {
    rmSync(this.root, { recursive: true, force: true });
  }

  #makeNode(folder: string, node: string): void {
    this.#minor += 1;
    this.#write(folder, { uevent: `MAJOR=100\nMINOR=${this.#minor}\nDEVNAME=${node}\n` });
    this.#touch(node);
  }

  #touch(node: string): void {
    const path = join(this.roots.dev, node);
    mkdirSync(dirname(path), { recursive: true });
    writeFileSync(path, '');
    chmodSync(path, 0o660);
  }

  #write(folder: string, files: Readonly<Record<string, string>>): void {
    mkdirSync(folder, { recursive: true });
    for (const [name, text] of Object.entries(files)) writeFileSync(join(folder, name), text);
  }
}
