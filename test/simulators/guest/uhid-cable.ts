// The cable between a simulated HID reader and the kernel: its reports arrive at a real /dev/hidrawN.
import { once } from 'node:events';
import { connect, type Socket } from 'node:net';
import { HidFrames, hidFrame } from '../../../device/transport/hid-tcp-port.ts';
import { UhidDevice, type UhidIdentity } from './uhid-device.ts';

export class UhidCable {
  readonly #identity: Omit<UhidIdentity, 'descriptor'>;
  readonly #reader: Socket;
  readonly #frames = new HidFrames();
  #descriptor: Buffer | undefined;
  #device: UhidDevice | undefined;

  private constructor(identity: Omit<UhidIdentity, 'descriptor'>, reader: Socket) {
    this.#identity = identity;
    this.#reader = reader;
    reader.on('data', (chunk) => this.#receive(chunk));
  }

  /** @param port where the simulated reader speaks HID over TCP on 127.0.0.1; plugged in when this resolves */
  static async plugIn(identity: Omit<UhidIdentity, 'descriptor'>, port: number): Promise<UhidCable> {
    const reader = connect(port, '127.0.0.1');
    await once(reader, 'connect');
    const cable = new UhidCable(identity, reader);
    while (!cable.#descriptor) await once(reader, 'data');
    return cable;
  }

  pullOut(): void {
    this.#device?.unplug();
    this.#device = undefined;
  }

  /** @param port another place on the bus */
  plugInAgain(port = this.#identity.port): void {
    if (!this.#descriptor || this.#device) return;
    const place = port === undefined ? {} : { port };
    this.#device = UhidDevice.create({ ...this.#identity, ...place, descriptor: this.#descriptor });
  }

  close(): void {
    this.pullOut();
    this.#reader.destroy();
  }

  #receive(chunk: Buffer): void {
    this.#frames.add(chunk);
    for (;;) {
      const frame = this.#frames.take();
      if (frame === null || frame === 'malformed') return;
      if (frame.type === hidFrame.descriptor) {
        this.#descriptor = frame.payload;
        this.plugInAgain();
      }
      // what is drawn through while it is unplugged is lost, as with a real one
      if (frame.type === hidFrame.input) this.#device?.send(frame.payload);
    }
  }
}
