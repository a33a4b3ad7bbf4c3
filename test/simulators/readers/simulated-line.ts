// The wire of a simulated reader: what a serial-to-network adapter is to whoever connects to it.
import { createServer, type Server, type Socket } from 'node:net';

export class SimulatedLine {
  readonly #server: Server;
  readonly #clients = new Set<Socket>();
  #connections = 0;

  private constructor(server: Server) {
    this.#server = server;
  }

  /**
   * @param port 0 = any
   * @param greeting what everybody who connects is told first
   */
  static async open(
    onBytes: (chunk: Buffer) => void,
    port = 0,
    greeting: Uint8Array = new Uint8Array(),
  ): Promise<SimulatedLine> {
    const server = createServer();
    const line = new SimulatedLine(server);
    server.on('connection', (socket) => {
      line.#clients.add(socket);
      line.#connections += 1;
      socket.setNoDelay(true);
      socket.on('error', () => undefined);
      socket.on('close', () => line.#clients.delete(socket));
      socket.on('data', onBytes);
      if (greeting.length > 0) socket.write(greeting);
    });
    await new Promise<void>((resolve, reject) => {
      server.once('error', reject);
      server.listen(port, '127.0.0.1', resolve);
    });
    return line;
  }

  get port(): number {
    const address = this.#server.address();
    return typeof address === 'object' && address !== null ? address.port : 0;
  }

  get address(): string {
    return `tcp://127.0.0.1:${this.port}`;
  }

  get clients(): number {
    return this.#clients.size;
  }

  /** how often somebody connected, ever */
  get connections(): number {
    return this.#connections;
  }

  /** Any bytes, as a broken cable would too. */
  send(bytes: Uint8Array): void {
    for (const client of this.#clients) client.write(bytes);
  }

  /** Pulls the cable: every client loses its connection; new ones are welcome. */
  unplug(): void {
    for (const client of this.#clients) client.resetAndDestroy();
  }

  async close(): Promise<void> {
    for (const client of this.#clients) client.destroy();
    await new Promise((resolve) => this.#server.close(resolve));
  }
}
