// The cable between the terminal and whatever device lies on the bench: it can be pulled, swallow bytes, and say nonsense.
import { type AddressInfo, connect, createServer, type Server, type Socket } from 'node:net';

export class DeviceCable {
  readonly #server: Server;
  readonly #sockets = new Set<Socket>();
  readonly #listeners = new Set<() => void>();
  #port = 0;
  #devicePort = 0;
  #isPlugged = true;
  /** nothing that the device says arrives */
  isSilent = false;
  /** what the terminal says, before the device hears it */
  onToDevice: (chunk: Buffer) => void = () => undefined;

  private constructor(server: Server) {
    this.#server = server;
    server.on('connection', (near) => this.#join(near));
  }

  static async lay(): Promise<DeviceCable> {
    const cable = new DeviceCable(createServer());
    await cable.#listen(0);
    return cable;
  }

  /** `127.0.0.1:port`, the same as long as the cable lives */
  get host(): string {
    return `127.0.0.1:${this.#port}`;
  }

  get isPlugged(): boolean {
    return this.#isPlugged;
  }

  /** Does the terminal hold the other end? */
  get isUsed(): boolean {
    return this.#isPlugged && this.#sockets.size > 0;
  }

  onChange(listener: () => void): void {
    this.#listeners.add(listener);
  }

  /** Leads to another device from now on; who was connected is cut off. */
  leadTo(port: number): void {
    this.#devicePort = port;
    this.#cutOff();
  }

  /** Nobody answers at this address any more, as with a socket that is empty. */
  async pull(): Promise<void> {
    if (!this.#isPlugged) return;
    this.#isPlugged = false;
    const closed = new Promise((resolve) => this.#server.close(resolve));
    this.#cutOff();
    await closed;
  }

  async plug(): Promise<void> {
    if (this.#isPlugged) return;
    this.#isPlugged = true;
    await this.#listen(this.#port);
    this.#changed();
  }

  /** To the terminal, in the device's place. */
  say(bytes: Uint8Array): void {
    for (const near of this.#sockets) near.write(bytes);
  }

  async close(): Promise<void> {
    await this.pull();
  }

  #join(near: Socket): void {
    const far = connect(this.#devicePort, '127.0.0.1');
    this.#sockets.add(near);
    for (const [from, to] of [
      [near, far],
      [far, near],
    ] as const) {
      from.setNoDelay(true);
      from.on('error', () => to.destroy());
      // what was said before is still delivered
      from.on('close', () => to.end());
    }
    near.on('data', (chunk) => {
      this.onToDevice(chunk);
      far.write(chunk);
    });
    far.on('data', (chunk) => {
      if (!this.isSilent) near.write(chunk);
    });
    near.on('close', () => {
      this.#sockets.delete(near);
      this.#changed();
    });
    this.#changed();
  }

  #cutOff(): void {
    for (const near of this.#sockets) near.resetAndDestroy();
    this.#changed();
  }

  #listen(port: number): Promise<void> {
    return new Promise((resolve, reject) => {
      this.#server.once('error', reject);
      this.#server.listen(port, '127.0.0.1', () => {
        this.#server.off('error', reject);
        this.#port = (this.#server.address() as AddressInfo).port;
        resolve();
      });
    });
  }

  #changed(): void {
    for (const listener of this.#listeners) listener();
  }
}
