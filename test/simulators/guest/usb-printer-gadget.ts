// The other end of a USB printer cable: a simulated printer on the network, put behind the kernel's printer gadget.
import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { existsSync, mkdirSync, readFileSync, symlinkSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { setTimeout as pause } from 'node:timers/promises';

export interface UsbPrinterIdentity {
  readonly vendor: number;
  readonly product: number;
  readonly serial: string;
}

const gadget = '/sys/kernel/config/usb_gadget/printer';
const controller = 'dummy_udc.0';
const controllerState = `/sys/class/udc/${controller}/state`;
const retryMs = 50;
const node = '/dev/g_printer0';

/** One per guest; needs the modules libcomposite, usb_f_printer and dummy_hcd. */
export class UsbPrinterGadget {
  readonly #port: number;
  #cable: ChildProcess | undefined;
  #isPluggedIn = false;

  private constructor(port: number) {
    this.#port = port;
  }

  /** What was made before must be unplugged: it is made anew. @param port where the simulated printer listens on 127.0.0.1 */
  static create({ vendor, product, serial }: UsbPrinterIdentity, port: number): UsbPrinterGadget {
    const write = (file: string, text: string): void => writeFileSync(join(gadget, file), text);
    for (const folder of ['', 'strings/0x409', 'configs/c.1', 'functions/printer.0']) {
      mkdirSync(join(gadget, folder), { recursive: true });
    }
    write('idVendor', `0x${vendor.toString(16)}`);
    write('idProduct', `0x${product.toString(16)}`);
    write('strings/0x409/serialnumber', serial);
    write('strings/0x409/manufacturer', 'Test');
    write('strings/0x409/product', 'Receipt printer');
    write('functions/printer.0/pnp_string', 'MFG:Test;MDL:Receipt;CLS:PRINTER;CMD:ESC/POS;');
    const chosen = join(gadget, 'configs/c.1/printer.0');
    if (!existsSync(chosen)) symlinkSync(join(gadget, 'functions/printer.0'), chosen);
    return new UsbPrinterGadget(port);
  }

  async plugIn(): Promise<void> {
    writeFileSync(join(gadget, 'UDC'), controller);
    this.#isPluggedIn = true;
    // before the other side has chosen the configuration, the node says that there is no device
    while (readFileSync(controllerState, 'utf8').trim() !== 'configured') await pause(20);
    this.#connect();
  }

  async pullOut(): Promise<void> {
    this.#isPluggedIn = false;
    writeFileSync(join(gadget, 'UDC'), '\n');
    const cable = this.#cable;
    if (cable?.exitCode === null) {
      const ended = once(cable, 'exit');
      cable.kill('SIGKILL');
      await ended;
    }
  }

  #connect(): void {
    this.#cable = spawn('socat', [`TCP:127.0.0.1:${this.#port}`, `OPEN:${node}`], { stdio: 'ignore' });
    // after a replug the configuration of before is told for a moment
    this.#cable.once('exit', () => {
      if (this.#isPluggedIn) setTimeout(() => this.#connect(), retryMs);
    });
  }
}
