// A USB device of several interfaces, made by the kernel's gadget functions: a reader that is a keyboard and a disk, too.
import {
  closeSync,
  mkdirSync,
  openSync,
  readFileSync,
  rmdirSync,
  rmSync,
  symlinkSync,
  truncateSync,
  writeFileSync,
  writeSync,
} from 'node:fs';
import { join } from 'node:path';
import { setTimeout as pause } from 'node:timers/promises';

export interface HidFunction {
  readonly descriptor: Uint8Array;
  readonly reportBytes: number;
  /** HID's own numbers: 1 keyboard, 2 mouse, 0 neither */
  readonly protocol: 0 | 1 | 2;
}

const gadget = '/sys/kernel/config/usb_gadget/composite';
const controller = 'dummy_udc.0';
const disk = '/tmp/reader-disk';

/** One per guest, and no printer gadget at the same time; needs libcomposite, usb_f_hid, usb_f_mass_storage, dummy_hcd. */
export class UsbCompositeGadget {
  /** names of the functions, in their order */
  readonly #chosen: readonly string[];

  private constructor(chosen: readonly string[]) {
    this.#chosen = chosen;
  }

  /** @param functions the HID interfaces in their order; a disk comes behind them */
  static create(ids: { vendor: number; product: number }, functions: readonly HidFunction[]) {
    for (const folder of ['strings/0x409', 'configs/c.1'])
      mkdirSync(join(gadget, folder), { recursive: true });
    write('idVendor', `0x${ids.vendor.toString(16)}`);
    write('idProduct', `0x${ids.product.toString(16)}`);
    write('strings/0x409/product', 'Reader with a disk');
    for (const [n, { descriptor, reportBytes, protocol }] of functions.entries()) {
      mkdirSync(join(gadget, `functions/hid.${n}`));
      write(`functions/hid.${n}/subclass`, protocol === 0 ? '0' : '1');
      write(`functions/hid.${n}/protocol`, String(protocol));
      write(`functions/hid.${n}/report_length`, String(reportBytes));
      write(`functions/hid.${n}/report_desc`, descriptor);
    }
    writeFileSync(disk, '');
    truncateSync(disk, 1 << 20);
    mkdirSync(join(gadget, 'functions/mass_storage.0'));
    write('functions/mass_storage.0/lun.0/file', disk);
    const chosen = [...functions.map((_, n) => `hid.${n}`), 'mass_storage.0'];
    for (const each of chosen)
      symlinkSync(join(gadget, 'functions', each), join(gadget, 'configs/c.1', each));
    return new UsbCompositeGadget(chosen);
  }

  async plugIn(): Promise<void> {
    write('UDC', controller);
    while (readFileSync(`/sys/class/udc/${controller}/state`, 'utf8').trim() !== 'configured')
      await pause(20);
  }

  pullOut(): void {
    if (readFileSync(join(gadget, 'UDC'), 'utf8').trim() === '') return;
    write('UDC', '\n');
  }

  /** @param n which of the HID functions says it */
  send(n: number, report: Uint8Array): void {
    const file = openSync(`/dev/hidg${n}`, 'r+');
    writeSync(file, report);
    closeSync(file);
  }

  /** Another one may be made then. */
  close(): void {
    this.pullOut();
    for (const each of this.#chosen) {
      rmSync(join(gadget, 'configs/c.1', each));
      rmdirSync(join(gadget, 'functions', each));
    }
    rmSync(disk, { force: true });
  }
}

function write(file: string, value: string | Uint8Array): void {
  writeFileSync(join(gadget, file), value);
}
