// The control panel as a Firmata board on TCP: 20 pins like an Uno, with a sensor, a button and a housing contact.
import { createServer, type Server, type Socket } from 'node:net';

const startSysex = 0xf0;
const endSysex = 0xf7;
const pinCount = 20;

export interface SimulatedPanelPins {
  readonly presence: number;
  readonly help: number;
  readonly tamper: number;
}

export class SimulatedPanel {
  readonly #server: Server;
  readonly #pins: SimulatedPanelPins;
  readonly #levels: boolean[] = Array<boolean>(pinCount).fill(false);
  /** ports of 8 pins whose changes somebody wants to hear */
  readonly #reported = new Set<number>();
  #client: Socket | undefined;
  #received: number[] = [];
  #isMute = false;

  private constructor(server: Server, pins: SimulatedPanelPins) {
    this.#server = server;
    this.#pins = pins;
    // Nobody there, button up against its pull-up, housing closed to ground.
    this.#levels[pins.help] = true;
    server.on('connection', (socket) => {
      this.#client?.destroy();
      this.#client = socket;
      this.#received = [];
      this.#reported.clear();
      socket.setNoDelay(true);
      socket.on('error', () => undefined);
      socket.on('data', (chunk: Buffer) => {
        for (const byte of chunk) this.#take(byte);
      });
      socket.on('close', () => {
        if (this.#client === socket) this.#client = undefined;
      });
    });
  }

  /** @param port 0 = any */
  static async start(
    port = 0,
    pins: SimulatedPanelPins = { presence: 2, help: 3, tamper: 4 },
  ): Promise<SimulatedPanel> {
    const server = createServer();
    await new Promise<void>((resolve, reject) => {
      server.once('error', reject);
      server.listen(port, '127.0.0.1', resolve);
    });
    return new SimulatedPanel(server, pins);
  }

  get port(): number {
    const address = this.#server.address();
    return typeof address === 'object' && address !== null ? address.port : 0;
  }

  get address(): string {
    return `tcp://127.0.0.1:${this.port}`;
  }

  get isConnected(): boolean {
    return this.#client !== undefined;
  }

  setPresence(isPresent: boolean): void {
    this.#set(this.#pins.presence, isPresent);
  }

  pressHelp(): void {
    this.#set(this.#pins.help, false);
  }

  releaseHelp(): void {
    this.#set(this.#pins.help, true);
  }

  setTamper(isOpen: boolean): void {
    this.#set(this.#pins.tamper, isOpen);
  }

  /** The help contact chatters while it goes down. */
  bounceHelp(): void {
    for (let n = 0; n < 9; n += 1) this.#set(this.#pins.help, n % 2 === 1);
  }

  /** Stays connected but answers nothing. */
  setMute(isMute: boolean): void {
    this.#isMute = isMute;
  }

  say(bytes: Uint8Array): void {
    this.#client?.write(bytes);
  }

  /** Pulls the cable; a new connection is welcome. */
  unplug(): void {
    this.#client?.resetAndDestroy();
  }

  async close(): Promise<void> {
    this.#client?.destroy();
    await new Promise((resolve) => this.#server.close(resolve));
  }

  #take(byte: number): void {
    this.#received.push(byte);
    const [first = 0] = this.#received;
    if (first === startSysex) {
      if (byte === endSysex) this.#obeySysex(this.#received[1] ?? 0);
      if (byte === endSysex) this.#received = [];
      return;
    }
    if (this.#received.length < lengthOf(first)) return;
    const [, second = 0] = this.#received;
    this.#received = [];
    if (first === 0xf9) this.#answer([0xf9, 2, 5]);
    if ((first & 0xf0) === 0xd0) this.#report(first & 0x0f, second === 1);
  }

  #obeySysex(command: number): void {
    if (command === 0x79) {
      const name = [...Buffer.from('Panel')].flatMap((byte) => [byte & 0x7f, byte >> 7]);
      this.#answer([startSysex, 0x79, 2, 5, ...name, endSysex]);
    }
    if (command === 0x6b) {
      // digital input, output and pull-up with one bit each
      const pins = Array.from({ length: pinCount }, () => [0, 1, 1, 1, 0x0b, 1, 0x7f]).flat();
      this.#answer([startSysex, 0x6c, ...pins, endSysex]);
    }
    if (command === 0x69) {
      this.#answer([startSysex, 0x6a, ...Array<number>(pinCount).fill(0x7f), endSysex]);
    }
  }

  #report(port: number, isWanted: boolean): void {
    if (!isWanted) {
      this.#reported.delete(port);
      return;
    }
    this.#reported.add(port);
    this.#tellPort(port);
  }

  #set(pin: number, isHigh: boolean): void {
    if (this.#levels[pin] === isHigh) return;
    this.#levels[pin] = isHigh;
    if (this.#reported.has(pin >> 3)) this.#tellPort(pin >> 3);
  }

  #tellPort(port: number): void {
    const levels = this.#levels.slice(8 * port, 8 * port + 8);
    const bits = levels.reduce((sum, isHigh, n) => sum | (isHigh ? 1 << n : 0), 0);
    this.#answer([0x90 | port, bits & 0x7f, bits >> 7]);
  }

  #answer(bytes: readonly number[]): void {
    if (!this.#isMute) this.#client?.write(Uint8Array.from(bytes));
  }
}

function lengthOf(first: number): number {
  if (first === 0xf9 || first === 0xff) return 1;
  return first >= 0xc0 && first < 0xe0 ? 2 : 3;
}
