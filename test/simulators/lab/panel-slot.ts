// The panel's place on the bench: what hands and faults did to it, and what its ring and buzzer do now.
import { SimulatedPanel } from '../firmata-panel.ts';
import type { LabPanelState } from './lab-view.ts';

/** how long a finger stays on the help button */
const buttonDownMs = 200;
/** A ring that breathes need not be told more often. */
const tellMs = 100;
const dark = { light: { red: 0, green: 0, blue: 0 }, isBuzzing: false };

export class PanelSlot {
  readonly device: SimulatedPanel;
  readonly #listeners = new Set<() => void>();
  #isPresent = false;
  #isOpen = false;
  #isPlugged = true;
  #wasBuzzing = false;
  #soon: NodeJS.Timeout | undefined;

  private constructor(device: SimulatedPanel) {
    this.device = device;
    device.watch(({ isBuzzing }) => this.#tellSoon(isBuzzing));
  }

  static async open(): Promise<PanelSlot> {
    return new PanelSlot(await SimulatedPanel.start());
  }

  get address(): string {
    return this.device.address;
  }

  get state(): LabPanelState {
    const { fault } = this.device;
    // its power comes through the cable
    const outputs = this.#isPlugged ? this.device.outputs : dark;
    return {
      isPresent: this.#isPresent,
      isOpen: this.#isOpen,
      isPlugged: this.#isPlugged,
      fault,
      ...outputs,
    };
  }

  onChange(listener: () => void): void {
    this.#listeners.add(listener);
  }

  setPresence(isPresent: boolean): void {
    this.#isPresent = isPresent;
    this.device.setPresence(isPresent);
  }

  setTamper(isOpen: boolean): void {
    this.#isOpen = isOpen;
    this.device.setTamper(isOpen);
  }

  pressHelp(): void {
    this.device.pressHelp();
    setTimeout(() => this.device.releaseHelp(), buttonDownMs);
  }

  async pull(): Promise<void> {
    if (!this.#isPlugged) return;
    this.#isPlugged = false;
    await this.device.pull();
    this.#changed();
  }

  async plug(): Promise<void> {
    if (this.#isPlugged) return;
    this.#isPlugged = true;
    this.device.reboot();
    await this.device.plug();
    this.#changed();
  }

  /** Another program is flashed; the board starts again with it. */
  flash(fault: LabPanelState['fault']): void {
    this.device.setFault(fault);
    this.device.reboot();
    this.device.unplug();
    this.#changed();
  }

  async close(): Promise<void> {
    clearTimeout(this.#soon);
    await this.device.close();
  }

  /** A beep is short: it is told at once. */
  #tellSoon(isBuzzing: boolean): void {
    if (isBuzzing !== this.#wasBuzzing) {
      this.#wasBuzzing = isBuzzing;
      this.#changed();
      return;
    }
    this.#soon ??= setTimeout(() => {
      this.#soon = undefined;
      this.#changed();
    }, tellMs);
  }

  #changed(): void {
    for (const listener of this.#listeners) listener();
  }
}
