// A HID device that the kernel takes for a real one: made through /dev/uhid, so that it gets a /dev/hidrawN of its own.
import { closeSync, constants, openSync, writeSync } from 'node:fs';

export interface UhidIdentity {
  readonly name: string;
  readonly vendor: number;
  readonly product: number;
  /** serial number; two alike devices without one cannot be told apart */
  readonly serial?: string;
  /** where it is plugged in */
  readonly port?: string;
  readonly descriptor: Uint8Array;
}

/** linux/uhid.h: event numbers and the offsets of its packed structures */
const destroyEvent = 1;
const createEvent = 11;
const inputEvent = 12;
const createBytes = 4 + 128 + 64 + 64 + 2 + 2 + 4 * 4 + 4096;
const usbBus = 3;

export class UhidDevice {
  readonly #file: number;

  private constructor(file: number) {
    this.#file = file;
  }

  /** Plugs it in. */
  static create({ name, vendor, product, serial = '', port = '', descriptor }: UhidIdentity): UhidDevice {
    // what the kernel says to the device is not read: nothing here waits for an answer
    const file = openSync('/dev/uhid', constants.O_RDWR | constants.O_NONBLOCK);
    const event = Buffer.alloc(createBytes);
    let at = event.writeUInt32LE(createEvent, 0);
    event.write(name, at, 127, 'latin1');
    event.write(port, at + 128, 63, 'latin1');
    event.write(serial, at + 192, 63, 'latin1');
    at = event.writeUInt16LE(descriptor.length, at + 256);
    at = event.writeUInt16LE(usbBus, at);
    for (const value of [vendor, product, 0, 0]) at = event.writeUInt32LE(value, at);
    event.set(descriptor, at);
    writeSync(file, event);
    return new UhidDevice(file);
  }

  /** @param report its number first, when the descriptor has numbers */
  send(report: Uint8Array): void {
    const event = Buffer.alloc(6 + report.length);
    event.writeUInt32LE(inputEvent, 0);
    event.writeUInt16LE(report.length, 4);
    event.set(report, 6);
    writeSync(this.#file, event);
  }

  /** Pulls it out. */
  unplug(): void {
    const event = Buffer.alloc(4);
    event.writeUInt32LE(destroyEvent, 0);
    writeSync(this.#file, event);
    closeSync(this.#file);
  }
}
