// The printer's place on the bench: which model stands there, what was done to it, and the paper that all of them gave.
import type { PrinterConfig } from '../../../sync/contract/device-setup.ts';
import { isStopped } from '../printer-status-register.ts';
import { SimulatedPrinter, type SimulatedSlip } from '../receipt-printer.ts';
import { DeviceCable } from './device-cable.ts';
import type { LabPrinterState, ProofHabit, SlipAccident } from './lab-view.ts';
import { type PrinterOnShelf, printerShelf, usualPrinter } from './printer-shelf.ts';

/** More than any question to a printer, less than any slip. */
const leastSlipBytes = 100;
const middle = 0.4;
/** A hand takes the paper when nothing more comes for so long. */
const tearMs = 700;

export class PrinterSlot {
  readonly #cable: DeviceCable;
  readonly #listeners = new Set<() => void>();
  readonly #slips: SimulatedSlip[] = [];
  #device: SimulatedPrinter;
  #model: PrinterOnShelf;
  #isDeaf = false;
  #proofs: ProofHabit = 'sound';
  #nextSlip: SlipAccident = 'none';
  #tear: NodeJS.Timeout | undefined;

  private constructor(cable: DeviceCable, model: PrinterOnShelf, device: SimulatedPrinter) {
    this.#cable = cable;
    this.#model = model;
    this.#device = device;
    cable.leadTo(device.port);
    cable.onToDevice = (chunk) => this.#hear(chunk);
    cable.onChange(() => this.#changed());
    this.#watch(device);
  }

  static async open(): Promise<PrinterSlot> {
    const model = onShelf(usualPrinter);
    if (!model) throw new Error('the usual printer is not on the shelf');
    return new PrinterSlot(await DeviceCable.lay(), model, await SimulatedPrinter.start(model.dialect));
  }

  /** What IT would write for it. */
  get settings(): Pick<PrinterConfig, 'kind' | 'at' | 'model'> {
    return { kind: 'esc-pos', at: `tcp://${this.#cable.host}`, model: this.#model.id };
  }

  get hasCutter(): boolean {
    return this.#model.hasCutter;
  }

  get device(): SimulatedPrinter {
    return this.#device;
  }

  /** Oldest first, of every model that stood here. */
  get slips(): readonly SimulatedSlip[] {
    return this.#slips;
  }

  get state(): LabPrinterState {
    const { hasPaper, isPaperLow, isCoverOpen, isOffline, isHot, hasCutterError } = this.#device.state;
    return {
      model: this.#model.id,
      isPlugged: this.#cable.isPlugged,
      hasPaper,
      isPaperLow,
      isCoverOpen,
      isOffline,
      isHot,
      isCutterJammed: hasCutterError,
      isDeaf: this.#isDeaf,
      proofs: this.#proofs,
      nextSlip: this.#nextSlip,
    };
  }

  onChange(listener: () => void): void {
    this.#listeners.add(listener);
  }

  /** Another model in this place, new and sound. @returns false when there is none of this name */
  async fit(id: string): Promise<boolean> {
    const model = onShelf(id);
    if (!model) return false;
    const before = this.#device;
    clearTimeout(this.#tear);
    this.#device = await SimulatedPrinter.start(model.dialect);
    this.#model = model;
    this.#isDeaf = false;
    this.#proofs = 'sound';
    this.#nextSlip = 'none';
    this.#watch(this.#device);
    this.#cable.leadTo(this.#device.port);
    await this.#cable.plug();
    await before.close();
    this.#changed();
    return true;
  }

  pull = () => this.#cable.pull();
  plug = () => this.#cable.plug();

  putPaperIn = () => {
    // a full roll ends nowhere near
    if (this.#nextSlip === 'paper-out') this.#nextSlip = 'none';
    this.#device.putPaperIn();
  };

  setDeaf(isDeaf: boolean): void {
    this.#isDeaf = isDeaf;
    if (isDeaf) this.#device.goDeaf();
    else this.#device.hearAgain();
    this.#changed();
  }

  /** Back to `sound`, the proofs that were held back come now: late. */
  setProofs(habit: ProofHabit): void {
    this.#proofs = habit;
    this.#device.loseProofs(habit === 'lost' ? Number.MAX_SAFE_INTEGER : 0);
    if (habit === 'late') this.#device.holdProofs();
    else this.#device.letProofsGo();
    this.#changed();
  }

  /** What is to happen in the middle of the next slip. */
  setNextSlip(accident: SlipAccident): void {
    this.#nextSlip = accident;
    this.#changed();
  }

  async close(): Promise<void> {
    clearTimeout(this.#tear);
    await this.#cable.close();
    await this.#device.close();
  }

  #hear(chunk: Buffer): void {
    if (chunk.length < leastSlipBytes) return;
    this.#tearSoon();
    const accident = this.#nextSlip;
    if (accident === 'none') return;
    this.#nextSlip = 'none';
    const bytes = Math.floor(chunk.length * middle);
    if (accident === 'paper-out') this.#device.endPaperAfter(bytes);
    else this.#device.afterPrinted(bytes, () => this.#cutPower());
  }

  #cutPower(): void {
    this.#device.powerCycle();
    this.#isDeaf = false;
    this.#tearSoon();
    this.#changed();
  }

  /** What no blade cuts, a hand tears off, so that it can be seen. */
  #tearSoon(): void {
    clearTimeout(this.#tear);
    this.#tear = setTimeout(() => {
      if (this.#device.hangingText === '') return;
      if (isStopped(this.#device.state) || this.#isDeaf) this.#tearSoon();
      else this.#device.tearOff();
    }, tearMs);
  }

  #watch(device: SimulatedPrinter): void {
    let taken = 0;
    device.onChange(() => {
      for (const slip of device.slips.slice(taken)) {
        this.#slips.push({ ...slip, id: String(this.#slips.length + 1), png: () => slip.png() });
      }
      taken = device.slips.length;
      if (device === this.#device) this.#changed();
    });
  }

  #changed(): void {
    for (const listener of this.#listeners) listener();
  }
}

function onShelf(id: string): PrinterOnShelf | undefined {
  return printerShelf.find((each) => each.id === id);
}
