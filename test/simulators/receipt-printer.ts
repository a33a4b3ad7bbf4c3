// A receipt printer on TCP that behaves like one: a buffer that goes on after a refill, status, proofs, and every fault.
import { createServer, type Server, type Socket } from 'node:net';
import { ByteTrigger } from './byte-trigger.ts';
import { EscPosInterpreter, type PrinterAction } from './esc-pos-interpreter.ts';
import { type PaperItem, textOfPaper } from './paper.ts';
import { drawPaper } from './paper-image.ts';
import { type SimulatedPrinterModel, simulatedModels } from './printer-models.ts';
import {
  automaticStatus,
  isStopped,
  type PrinterMechanics,
  paperByte,
  soundMechanics,
  statusByte,
} from './printer-status-register.ts';
import { PrinterVoice } from './printer-voice.ts';
import { type RealTimeCommand, RealTimeCommands } from './real-time-commands.ts';

/** One piece of paper that was cut off. */
export interface SimulatedSlip {
  readonly id: string;
  readonly text: string;
  readonly items: readonly PaperItem[];
  png(): Buffer;
}

export interface SimulatedPrinterOptions extends Partial<SimulatedPrinterModel> {
  /** 0 = any */
  readonly port?: number;
}

/** A print head works off its buffer in steps of this length. */
const stepMs = 10;
/** With flow control: stop above, go on below. */
const fullBytes = 256;
const roomyBytes = 64;

export class SimulatedPrinter {
  readonly #server: Server;
  readonly #model: SimulatedPrinterModel;
  readonly #listeners = new Set<() => void>();
  readonly #slips: SimulatedSlip[] = [];
  readonly #realTime = new RealTimeCommands();
  readonly #voice = new PrinterVoice((bytes) => this.#client?.write(bytes));
  readonly #received = new ByteTrigger();
  readonly #printed = new ByteTrigger();
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
  #state: PrinterMechanics = soundMechanics;
  #isDeaf = false;
  #isOccupied = false;
  #isAutomatic = false;
  #bytesPerStep = Number.POSITIVE_INFINITY;
  #step: NodeJS.Timeout | undefined;
  #hasFlowControl = false;
  #isHostStopped = false;

  private constructor(server: Server, model: SimulatedPrinterModel) {
    this.#server = server;
    this.#model = model;
    this.#interpreter = new EscPosInterpreter(model);
    server.on('connection', (socket) => this.#accept(socket));
  }

  static async start({ port = 0, ...model }: SimulatedPrinterOptions = {}): Promise<SimulatedPrinter> {
    const server = createServer();
    await new Promise<void>((resolve, reject) => {
      server.once('error', reject);
      server.listen(port, '127.0.0.1', resolve);
    });
    return new SimulatedPrinter(server, { ...simulatedModels.full, ...model });
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
    this.#printed.clear();
    this.#change({ hasPaper: true, isPaperLow: false });
  };
  letPaperRunLow = () => this.#change({ isPaperLow: true });
  openCover = () => this.#change({ isCoverOpen: true });
  closeCover = () => this.#change({ isCoverOpen: false });
  goOffline = () => this.#change({ isOffline: true });
  goOnline = () => this.#change({ isOffline: false });
  heatUp = () => this.#change({ isHot: true });
  coolDown = () => this.#change({ isHot: false });
  breakDown = () => this.#change({ isBroken: true });
  beMended = () => this.#change({ isBroken: false });
  jamCutter = () => this.#change({ isCutterJammed: true, hasCutterError: true });
  freeCutter = () => this.#change({ isCutterJammed: false, hasCutterError: this.#model.cutterNeedsHost });

  /** The roll ends when this many more bytes of jobs were printed. */
  endPaperAfter = (bytes: number) => this.afterPrinted(bytes, this.takePaperOut);
  /** The connection is reset when this many more bytes arrived; the printer keeps those, what came with them is lost. */
  resetAfter = (bytes: number) => this.afterReceived(bytes, this.cutLine);
  /** Happens when this many more bytes arrived. */
  afterReceived = (bytes: number, act: () => void) => this.#received.set(bytes, act);
  /** Nothing of the sort happens any more. */
  forgetTriggers = () => {
    this.#received.clear();
    this.#printed.clear();
  };
  /** Happens when this many more bytes were printed. */
  afterPrinted = (bytes: number, act: () => void) => this.#printed.set(bytes, act);

  loseProofs = (count: number) => this.#voice.loseProofs(count);
  holdProofs = () => this.#voice.holdProofs();
  letProofsGo = () => this.#voice.letProofsGo();
  sayProofsTwice = () => this.#voice.sayProofsTwice();

  /** Takes bytes but neither obeys nor answers, until it hears again. */
  goDeaf = () => {
    this.#isDeaf = true;
    this.#voice.isMute = true;
  };
  hearAgain = () => {
    this.#isDeaf = false;
    this.#voice.isMute = false;
    this.#client?.resume();
    this.#change({});
  };
  /** The connection stands and nobody is behind it: nothing is taken any more, nothing said. */
  hang = () => {
    this.goDeaf();
    this.#client?.pause();
  };

  cutLine = () => {
    this.#client?.resetAndDestroy();
  };

  /** Somebody else holds it: whoever comes is shown the door. */
  serveSomebodyElse = () => {
    this.#isOccupied = true;
    this.#client?.destroy();
  };
  serveAgain = () => {
    this.#isOccupied = false;
  };

  /** Prints as fast as the line is. */
  slowDownTo = (baud: number) => {
    this.#bytesPerStep = Math.max(1, Math.round((baud / 10 / 1000) * stepMs));
  };
  /** Says XOFF when its buffer fills, and XON when there is room. */
  controlFlow = () => {
    this.#hasFlowControl = true;
  };

  /** Says bytes that nobody asked for. */
  say(bytes: Uint8Array): void {
    this.#client?.write(bytes);
  }

  /** What hangs out is one slip now. */
  tearOff = () => this.#cut();

  /** Power off and on: what was not printed is gone, the counters are not. */
  powerCycle = () => {
    this.#client?.resetAndDestroy();
    this.losePower();
  };
  /** The same behind an adapter that has power of its own: its line stays. */
  losePower = () => {
    this.#forget();
    this.#voice.forget();
    this.#isAutomatic = false;
  };

  async close(): Promise<void> {
    clearTimeout(this.#step);
    this.#client?.destroy();
    await new Promise((resolve) => this.#server.close(resolve));
  }

  #accept(socket: Socket): void {
    // A print server takes one client; the next one is shown the door.
    if (this.#client || this.#isOccupied) {
      socket.destroy();
      return;
    }
    this.#client = socket;
    socket.setNoDelay(true);
    socket.on('error', () => undefined);
    socket.on('data', (chunk: Buffer) => this.#receive(socket, chunk));
    socket.on('close', () => {
      if (this.#client === socket) this.#client = undefined;
      this.#changed();
    });
    this.#changed();
  }

  #receive(socket: Socket, chunk: Buffer): void {
    const taken = this.#received.cut(chunk);
    this.#buffer = Buffer.concat([this.#buffer, taken]);
    if (!this.#isDeaf) for (const command of this.#realTime.push(taken)) this.#obeyAtOnce(command);
    this.#print();
    const hasHappened = this.#received.pass(taken.length);
    if (hasHappened && !socket.destroyed) this.#receive(socket, chunk.subarray(taken.length));
    if (this.#hasFlowControl && !this.#isHostStopped && this.#buffer.length > fullBytes) {
      this.#isHostStopped = true;
      this.say(Buffer.of(0x13));
    }
  }

  #obeyAtOnce(command: RealTimeCommand): void {
    switch (command.kind) {
      case 'status':
        if (this.#model.hasRealTimeStatus) this.#voice.say(Buffer.of(statusByte(this.#state, command.n)));
        return;
      case 'resume':
        this.#endCutterError();
        return;
      case 'clear':
        this.#forget();
        this.#endCutterError();
        return;
      case 'pulse':
        return;
    }
  }

  #endCutterError(): void {
    if (!this.#state.isCutterJammed && this.#state.hasCutterError) this.#change({ hasCutterError: false });
  }

  #forget(): void {
    this.#buffer = Buffer.alloc(0);
    this.#interpreter = new EscPosInterpreter(this.#model);
  }

  #print(): void {
    while (this.#canPrint() && this.#buffer.length > 0 && this.#step === undefined) {
      const bytes = this.#printed.cut(this.#buffer.subarray(0, this.#bytesPerStep));
      this.#buffer = this.#buffer.subarray(bytes.length);
      for (const action of this.#interpreter.push(bytes)) this.#act(action);
      this.#printed.pass(bytes.length);
      this.#noteRoom();
      if (Number.isFinite(this.#bytesPerStep)) this.#pauseBetweenSteps();
    }
  }

  #pauseBetweenSteps(): void {
    this.#step = setTimeout(() => {
      this.#step = undefined;
      this.#print();
    }, stepMs);
  }

  #noteRoom(): void {
    if (!this.#isHostStopped || this.#buffer.length > roomyBytes) return;
    this.#isHostStopped = false;
    this.say(Buffer.of(0x11));
  }

  #canPrint(): boolean {
    return !isStopped(this.#state) && !this.#isDeaf;
  }

  #act(action: PrinterAction): void {
    switch (action.kind) {
      case 'paper':
        if (action.item.kind === 'qr' && !this.#model.hasNativeQr) return;
        this.#paper.push(action.item);
        this.#count(20);
        return;
      case 'cut':
        if (!this.#model.hasCutter) return;
        this.#count(50);
        this.#cut();
        return;
      case 'proof':
        if (this.#model.hasCompletionProof) {
          this.#voice.sayProof(Buffer.from(`7"${action.digits}\0`, 'latin1'));
        }
        return;
      case 'counter':
        this.#voice.say(Buffer.from(`_${this.#counters.get(action.number) ?? 0}\0`, 'latin1'));
        return;
      case 'transmit':
        if (this.#model.hasTransmission) this.#voice.sayProof(Buffer.of(paperByte(this.#state)));
        return;
      case 'automatic-status':
        if (!this.#model.hasAutomaticStatus) return;
        this.#isAutomatic = action.n !== 0;
        if (this.#isAutomatic) this.#voice.say(automaticStatus(this.#state));
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
    const { columns } = this.#model;
    const id = String(this.#slips.length + 1);
    this.#slips.push({ id, text: textOfPaper(items), items, png: () => drawPaper(items, columns) });
    this.#changed();
  }

  #change(change: Partial<PrinterMechanics>): void {
    const before = automaticStatus(this.#state);
    this.#state = { ...this.#state, ...change };
    const after = automaticStatus(this.#state);
    if (this.#isAutomatic && !after.equals(before)) this.#voice.say(after);
    this.#print();
    this.#changed();
  }

  #changed(): void {
    for (const listener of this.#listeners) listener();
  }
}
