// The control panel on TCP: a Firmata board with a sensor, a button, a housing contact, a ring of light and a buzzer.
import { createServer, type Server, type Socket } from 'node:net';
import { FirmataBoardState } from './firmata-board-state.ts';

export interface SimulatedPanelPins {
  readonly presence: number;
  readonly help: number;
  readonly tamper: number;
  readonly light: { readonly red: number; readonly green: number; readonly blue: number };
  readonly buzzer: number;
}

/**
 * What is wrong with the board. `silence`: connected, and says nothing · `garbage`: something else talks on this line ·
 * `wrong-firmware`: says a version, and cannot say what its pins do.
 */
export const panelFaults = ['none', 'silence', 'garbage', 'wrong-firmware'] as const;
export type PanelFault = (typeof panelFaults)[number];

/** What a person in front of it sees and hears. */
export interface PanelOutputs {
  /** 0 … 255 each */
  readonly light: { readonly red: number; readonly green: number; readonly blue: number };
  readonly isBuzzing: boolean;
}

const usualPins: SimulatedPanelPins = {
  presence: 2,
  help: 3,
  tamper: 4,
  light: { red: 9, green: 10, blue: 11 },
  buzzer: 6,
};

export class SimulatedPanel {
  readonly #server: Server;
  readonly #pins: SimulatedPanelPins;
  readonly #board: FirmataBoardState;
  readonly #watchers = new Set<(outputs: PanelOutputs) => void>();
  #client: Socket | undefined;
  #port = 0;
  #fault: PanelFault = 'none';
  #shown = '';
  #bytesHeard = 0;

  private constructor(server: Server, pins: SimulatedPanelPins, model: 'uno' | 'nano') {
    this.#server = server;
    this.#pins = pins;
    this.#board = new FirmataBoardState(model, (bytes) => this.#answer(bytes));
    this.#board.boot();
    // Nobody there, button up, housing closed to ground.
    this.#board.drive(pins.presence, false);
    this.#board.drive(pins.tamper, false);
    server.on('connection', (socket) => this.#serve(socket));
  }

  /** @param port 0 = any */
  static async start(
    port = 0,
    pins: SimulatedPanelPins = usualPins,
    model: 'uno' | 'nano' = 'uno',
  ): Promise<SimulatedPanel> {
    const panel = new SimulatedPanel(createServer(), pins, model);
    await panel.#listen(port);
    return panel;
  }

  get port(): number {
    return this.#port;
  }

  get address(): string {
    return `tcp://127.0.0.1:${this.port}`;
  }

  get isConnected(): boolean {
    return this.#client !== undefined;
  }

  /** how much the board was told or asked, whether it answered or not */
  get bytesHeard(): number {
    return this.#bytesHeard;
  }

  get fault(): PanelFault {
    return this.#fault;
  }

  get outputs(): PanelOutputs {
    const { light, buzzer } = this.#pins;
    return {
      light: {
        red: this.#board.outputOf(light.red),
        green: this.#board.outputOf(light.green),
        blue: this.#board.outputOf(light.blue),
      },
      isBuzzing: this.#board.outputOf(buzzer) > 0,
    };
  }

  /**
   * Told each change of light or sound.
   * @returns ends it
   */
  watch(onOutputs: (outputs: PanelOutputs) => void): () => void {
    this.#watchers.add(onOutputs);
    return () => void this.#watchers.delete(onOutputs);
  }

  hasPullUp(pin: number): boolean {
    return this.#board.hasPullUp(pin);
  }

  setPresence(isPresent: boolean): void {
    this.#board.drive(this.#pins.presence, isPresent);
  }

  pressHelp(): void {
    this.#board.drive(this.#pins.help, false);
  }

  releaseHelp(): void {
    this.#board.drive(this.#pins.help, undefined);
  }

  setTamper(isOpen: boolean): void {
    this.#board.drive(this.#pins.tamper, isOpen ? undefined : false);
  }

  /** The help contact chatters while it goes down. */
  bounceHelp(): void {
    for (let n = 0; n < 9; n += 1) this.#board.drive(this.#pins.help, n % 2 === 1 ? undefined : false);
  }

  setFault(fault: PanelFault): void {
    this.#fault = fault;
  }

  say(bytes: Uint8Array): void {
    this.#client?.write(bytes);
  }

  /** The reset button, or a dip of its supply: the line stays open. */
  reboot(): void {
    this.#board.boot();
    this.#tellWatchers();
  }

  /** Pulls the cable for a moment; the board keeps its power. */
  unplug(): void {
    this.#client?.resetAndDestroy();
  }

  /** Pulls the cable and keeps it. */
  async pull(): Promise<void> {
    this.unplug();
    await new Promise((resolve) => this.#server.close(resolve));
  }

  async plug(): Promise<void> {
    await this.#listen(this.#port);
  }

  async close(): Promise<void> {
    this.#client?.destroy();
    await new Promise((resolve) => this.#server.close(resolve));
  }

  async #listen(port: number): Promise<void> {
    const server = this.#server;
    await new Promise<void>((resolve, reject) => {
      server.once('error', reject);
      server.listen(port, '127.0.0.1', () => {
        server.off('error', reject);
        resolve();
      });
    });
    const address = server.address();
    if (typeof address === 'object' && address !== null) this.#port = address.port;
  }

  #serve(socket: Socket): void {
    this.#client?.destroy();
    this.#client = socket;
    this.#board.forgetHalfMessage();
    socket.setNoDelay(true);
    socket.on('error', () => undefined);
    socket.on('data', (chunk: Buffer) => {
      this.#bytesHeard += chunk.length;
      for (const byte of chunk) this.#board.take(byte);
      this.#tellWatchers();
    });
    socket.on('close', () => {
      if (this.#client === socket) this.#client = undefined;
    });
  }

  #tellWatchers(): void {
    const { outputs } = this;
    const shown = JSON.stringify(outputs);
    if (shown === this.#shown) return;
    this.#shown = shown;
    for (const watcher of this.#watchers) watcher(outputs);
  }

  #answer(bytes: readonly number[]): void {
    const said = spoilt(bytes, this.#fault);
    if (said.length > 0) this.#client?.write(Uint8Array.from(said));
  }
}

function spoilt(bytes: readonly number[], fault: PanelFault): readonly number[] {
  switch (fault) {
    case 'none':
      return bytes;
    case 'silence':
      return [];
    case 'garbage':
      // a sketch that prints text, at another speed
      return bytes.map((byte) => (byte * 7 + 13) & 0x7f);
    case 'wrong-firmware':
      return bytes[0] === 0xf9 ? bytes : [];
  }
}
