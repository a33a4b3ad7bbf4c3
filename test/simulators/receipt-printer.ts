// A receipt printer on TCP that behaves like one: real-time status, a buffer that goes on after a refill, faults.
import { createServer, type Server, type Socket } from 'node:net';
import { EscPosInterpreter, type InterpreterOptions, type PrinterAction } from './esc-pos-interpreter.ts';
import { type PaperItem, textOfPaper } from './paper.ts';
import { drawPaper } from './paper-image.ts';
import { RealTimeCommands } from './real-time-commands.ts';

/** One piece of paper that was cut off. */
export interface SimulatedSlip {
  readonly id: string;
  readonly text: string;
  readonly items: readonly PaperItem[];
  png(): Buffer;
}

export interface SimulatedPrinterOptions extends Partial<InterpreterOptions> {
  /** 0 = any */
  readonly port?: number;
  /** answers GS ( H, as when not said */
  readonly hasCompletionProof?: boolean;
  /** answers GS g 2, as when not said */
  readonly hasCounters?: boolean;
}

/** What a hand can do to a printer. */
export interface PrinterMechanics {
  readonly hasPaper: boolean;
  readonly isPaperLow: boolean;
  readonly isCoverOpen: boolean;
  readonly isOffline: boolean;
  readonly isCutterJammed: boolean;
}

export class SimulatedPrinter {
  readonly #server: Server;
  readonly #options: InterpreterOptions;
  readonly #hasCompletionProof: boolean;
  readonly #listeners = new Set<() => void>();
  readonly #slips: SimulatedSlip[] = [];
  readonly #realTime = new RealTimeCommands();
  #interpreter: EscPosInterpreter;
  #client: Socket | undefined;
  /** received, not yet printed */
  #buffer: Buffer = Buffer.alloc(0);
  /** printed, not yet cut */
  #paper: PaperItem[] = [];
  /** lines fed and cuts by the number under which they are asked for; kept without power */
  readonly #counters = new Map([
    [20, 0],
    [50, 0],
  ]);
  #state: PrinterMechanics = {
    hasPaper: true,
    isPaperLow: false,
    isCoverOpen: false,
    isOffline: false,
    isCutterJammed: false,
  };
  #isDeaf = false;
  #paperLeft = Number.POSITIVE_INFINITY;
  #bytesToReset = Number.POSITIVE_INFINITY;

  private constructor(server: Server, options: SimulatedPrinterOptions) {
    this.#server = server;
    this.#options = {
      columns: options.columns ?? 48,
      hanzi: options.hanzi ?? 'gb18030',
      hasCounters: options.hasCounters ?? true,
    };
    this.#hasCompletionProof = options.hasCompletionProof ?? true;
    this.#interpreter = new EscPosInterpreter(this.#options);
    server.on('connection', (socket) => this.#accept(socket));
  }

  static async start(options: SimulatedPrinterOptions = {}): Promise<SimulatedPrinter> {
    const server = createServer();
    await new Promise<void>((resolve, reject) => {
      server.once('error', reject);
      server.listen(options.port ?? 0, '127.0.0.1', resolve);
    });
    return new SimulatedPrinter(server, options);
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

  /** Oldest first. */
  get slips(): readonly SimulatedSlip[] {
    return this.#slips;
  }

  /** What hangs out of the printer, not cut off yet. */
  get hangingText(): string {
    return textOfPaper(this.#paper);
  }

  get state(): PrinterMechanics {
    return this.#state;
  }

  /** @returns how to stop listening */
  onChange(listener: () => void): () => void {
    this.#listeners.add(listener);
    return () => this.#listeners.delete(listener);
  }

  takePaperOut = () => this.#change({ hasPaper: false });
  putPaperIn = () => {
    this.#paperLeft = Number.POSITIVE_INFINITY;
    this.#change({ hasPaper: true, isPaperLow: false });
  };
  letPaperRunLow = () => this.#change({ isPaperLow: true });
  openCover = () => this.#change({ isCoverOpen: true });
  closeCover = () => this.#change({ isCoverOpen: false });
  goOffline = () => this.#change({ isOffline: true });
  goOnline = () => this.#change({ isOffline: false });
  jamCutter = () => this.#change({ isCutterJammed: true });
  freeCutter = () => this.#change({ isCutterJammed: false });

  /** The roll ends when this many more bytes of jobs were printed. */
  endPaperAfter(bytes: number): void {
    this.#paperLeft = bytes;
  }

  /** The connection is reset when this many more bytes arrived; the printer keeps those, what came with them is lost. */
  resetAfter(bytes: number): void {
    this.#bytesToReset = bytes;
  }

  /** Takes bytes but neither obeys nor answers, until it hears again. */
  goDeaf(): void {
    this.#isDeaf = true;
  }

  hearAgain(): void {
    this.#isDeaf = false;
    this.#change({});
  }

  /** Says bytes that nobody asked for. */
  say(bytes: Uint8Array): void {
    this.#client?.write(bytes);
  }

  /** Power off and on: what was not printed is gone, the counters are not. */
  powerCycle(): void {
    this.#client?.resetAndDestroy();
    this.#buffer = Buffer.alloc(0);
    this.#interpreter = new EscPosInterpreter(this.#options);
  }

  async close(): Promise<void> {
    this.#client?.destroy();
    await new Promise((resolve) => this.#server.close(resolve));
  }

  #accept(socket: Socket): void {
    // A print server takes one client; the next one is shown the door.
    if (this.#client) {
      socket.destroy();
      return;
    }
    this.#client = socket;
    socket.setNoDelay(true);
    socket.on('error', () => undefined);
    socket.on('data', (chunk: Buffer) => this.#receive(socket, chunk));
    socket.on('close', () => {
      this.#client = undefined;
      this.#changed();
    });
    this.#changed();
  }

  #receive(socket: Socket, chunk: Buffer): void {
    const taken = chunk.subarray(0, this.#bytesToReset);
    this.#bytesToReset -= taken.length;
    this.#buffer = Buffer.concat([this.#buffer, taken]);
    if (!this.#isDeaf) {
      for (const command of this.#realTime.push(taken)) {
        if (command.kind === 'status') this.#answer(Buffer.of(this.#statusByte(command.n)));
        else if (command.kind === 'clear') this.#buffer = Buffer.alloc(0);
      }
    }
    this.#print();
    if (this.#bytesToReset <= 0) {
      this.#bytesToReset = Number.POSITIVE_INFINITY;
      socket.resetAndDestroy();
    }
  }

  #print(): void {
    if (!this.#canPrint() || this.#buffer.length === 0) return;
    const bytes = this.#buffer.subarray(0, this.#paperLeft);
    this.#buffer = this.#buffer.subarray(bytes.length);
    this.#paperLeft -= bytes.length;
    for (const action of this.#interpreter.push(bytes)) this.#act(action);
    if (this.#paperLeft <= 0) this.#change({ hasPaper: false });
  }

  #canPrint(): boolean {
    const { hasPaper, isCoverOpen, isOffline, isCutterJammed } = this.#state;
    return hasPaper && !isCoverOpen && !isOffline && !isCutterJammed && !this.#isDeaf;
  }

  #act(action: PrinterAction): void {
    switch (action.kind) {
      case 'paper':
        this.#paper.push(action.item);
        this.#count(20);
        return;
      case 'cut':
        this.#count(50);
        this.#cut();
        return;
      case 'proof':
        if (this.#hasCompletionProof) this.#answer(Buffer.from(`7"${action.digits}\0`, 'latin1'));
        return;
      case 'counter':
        this.#answer(Buffer.from(`_${this.#counters.get(action.number) ?? 0}\0`, 'latin1'));
        return;
      case 'transmit':
        this.#answer(Buffer.of(this.#state.isPaperLow ? 0x03 : 0));
        return;
      case 'unknown':
        return;
    }
  }

  #count(counter: number): void {
    this.#counters.set(counter, (this.#counters.get(counter) ?? 0) + 1);
  }

  #cut(): void {
    const items = this.#paper;
    this.#paper = [];
    const { columns } = this.#options;
    const id = String(this.#slips.length + 1);
    this.#slips.push({ id, text: textOfPaper(items), items, png: () => drawPaper(items, columns) });
    this.#changed();
  }

  #answer(bytes: Buffer): void {
    if (!this.#isDeaf) this.#client?.write(bytes);
  }

  /** Answer to DLE EOT n (Epson, ESC/POS command reference). */
  #statusByte(n: number): number {
    const { hasPaper, isPaperLow, isCoverOpen, isOffline, isCutterJammed } = this.#state;
    const isStopped = !hasPaper || isCoverOpen || isOffline || isCutterJammed;
    const bits: Readonly<Record<number, number>> = {
      1: isStopped ? 0x08 : 0,
      2: (isCoverOpen ? 0x04 : 0) | (hasPaper ? 0 : 0x20) | (isCutterJammed ? 0x40 : 0),
      3: isCutterJammed ? 0x08 : 0,
      4: (hasPaper ? 0 : 0x60) | (isPaperLow || !hasPaper ? 0x0c : 0),
    };
    return 0x12 | (bits[n] ?? 0);
  }

  #change(change: Partial<PrinterMechanics>): void {
    this.#state = { ...this.#state, ...change };
    this.#print();
    this.#changed();
  }

  #changed(): void {
    for (const listener of this.#listeners) listener();
  }
}
