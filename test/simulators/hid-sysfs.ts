// A sysfs with HID devices in a temporary folder, and a node-hid that opens them; cables can be pulled.
import { EventEmitter } from 'node:events';
import { chmodSync, mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { HidHandle, HidSurroundings } from '../../device/transport/hid-port.ts';

export interface PluggedHid {
  readonly vendor: string;
  readonly product: string;
  readonly serial?: string;
  /** where it is plugged in; interfaces of one device have the same */
  readonly port: string;
  readonly interface?: number;
  readonly descriptor: Uint8Array;
}

/** What the library gives for one open device. */
export class FakeHandle extends EventEmitter implements HidHandle {
  readonly written: Buffer[] = [];
  isClosed = false;
  isGone = false;

  write(report: Buffer): Promise<number> {
    if (this.isGone) return Promise.reject(new Error('no such device'));
    this.written.push(report);
    return Promise.resolve(report.length);
  }

  sendFeatureReport(report: Buffer): Promise<number> {
    return this.write(report);
  }

  close(): Promise<void> {
    this.isClosed = true;
    return Promise.resolve();
  }
}

export class HidSysfs {
  readonly #root = mkdtempSync(join(tmpdir(), 'yingbin-hid-'));
  readonly #handles = new Map<string, FakeHandle>();
  #next = 0;

  constructor() {
    mkdirSync(join(this.#root, 'sys/class/hidraw'), { recursive: true });
    mkdirSync(join(this.#root, 'dev'));
  }

  get surroundings(): HidSurroundings {
    return {
      sysfs: join(this.#root, 'sys'),
      dev: join(this.#root, 'dev'),
      loadLibrary: () => ({
        getHidapiVersion: () => '0.15.0',
        HIDAsync: { open: (path) => Promise.resolve(this.#open(path)) },
      }),
    };
  }

  /** @returns the node's name: a device gets the next number each time, as after a replug */
  plug(hid: PluggedHid): string {
    const node = `hidraw${this.#next++}`;
    const folder = join(this.#root, 'sys/class/hidraw', node, 'device');
    mkdirSync(folder, { recursive: true });
    writeFileSync(
      join(folder, 'uevent'),
      [
        'DRIVER=hid-generic',
        `HID_ID=0003:0000${hid.vendor.toUpperCase()}:0000${hid.product.toUpperCase()}`,
        'HID_NAME=A Reader',
        `HID_PHYS=${hid.port && `usb-0000:00:14.0-${hid.port}/input${hid.interface ?? 0}`}`,
        `HID_UNIQ=${hid.serial ?? ''}`,
        '',
      ].join('\n'),
    );
    writeFileSync(join(folder, 'report_descriptor'), hid.descriptor);
    writeFileSync(join(this.#root, 'dev', node), '');
    return node;
  }

  unplug(node: string): void {
    rmSync(join(this.#root, 'sys/class/hidraw', node), { recursive: true });
    rmSync(join(this.#root, 'dev', node), { force: true });
    const handle = this.#handles.get(node);
    if (!handle) return;
    handle.isGone = true;
    handle.emit('error', new Error('could not read from HID device'));
  }

  /** The node is there and its rights, or the node itself, are not. */
  forbid(node: string): void {
    chmodSync(join(this.#root, 'dev', node), 0);
  }

  loseNode(node: string): void {
    rmSync(join(this.#root, 'dev', node));
  }

  /** Leaves only what the kernel has while a device is going. */
  tearInfo(node: string): void {
    rmSync(join(this.#root, 'sys/class/hidraw', node, 'device/report_descriptor'));
  }

  handle(node: string): FakeHandle {
    const handle = this.#handles.get(node);
    if (!handle) throw new Error(`nobody opened ${node}`);
    return handle;
  }

  remove(): void {
    rmSync(this.#root, { recursive: true, force: true });
  }

  #open(path: string): FakeHandle {
    const handle = new FakeHandle();
    this.#handles.set(path.split('/').at(-1) ?? '', handle);
    return handle;
  }
}
