// The reader's place on the bench: which one lies there, the cards laid on it, and what was done to it.
import type { ReaderConfig } from '../../../sync/contract/device-setup.ts';
import type { BenchReader } from './bench-reader.ts';
import { DeviceCable } from './device-cable.ts';
import type { LabCard, LabReaderState, ReaderAccident } from './lab-view.ts';
import { type ReaderOnShelf, readerShelf, usualReader } from './reader-shelf.ts';

export class ReaderSlot {
  readonly #cable: DeviceCable;
  readonly #listeners = new Set<() => void>();
  #kind: ReaderOnShelf;
  #device: BenchReader;
  #swipes = 0;
  #lastCard: string | null = null;

  private constructor(cable: DeviceCable, kind: ReaderOnShelf, device: BenchReader) {
    this.#cable = cable;
    this.#kind = kind;
    this.#device = device;
    cable.leadTo(device.port);
    cable.onChange(() => this.#changed());
  }

  static async open(): Promise<ReaderSlot> {
    const kind = onShelf(usualReader);
    if (!kind) throw new Error('the usual reader is not on the shelf');
    return new ReaderSlot(await DeviceCable.lay(), kind, await kind.start());
  }

  /** What IT would write for it. */
  get settings(): ReaderConfig {
    return this.#kind.settings(this.#cable.host);
  }

  get state(): LabReaderState {
    return {
      model: this.#kind.id,
      isConnected: this.#cable.isUsed,
      isPlugged: this.#cable.isPlugged,
      isSilent: this.#cable.isSilent,
      swipes: this.#swipes,
      lastCard: this.#lastCard,
    };
  }

  onChange(listener: () => void): void {
    this.#listeners.add(listener);
  }

  /** Another reader in this place, new and sound. @returns false when there is none of this name */
  async fit(id: string): Promise<boolean> {
    const kind = onShelf(id);
    if (!kind) return false;
    const before = this.#device;
    this.#device = await kind.start();
    this.#kind = kind;
    this.#cable.isSilent = false;
    this.#cable.leadTo(this.#device.port);
    await this.#cable.plug();
    await before.close();
    this.#changed();
    return true;
  }

  present(card: LabCard): void {
    // nobody can read a card on a reader without a cable, not even later
    if (this.#cable.isUsed) this.#device.present(card);
    this.#swipes += 1;
    this.#lastCard = card.name;
    this.#changed();
  }

  /** @returns false when this kind of reader knows no such accident */
  happen(accident: ReaderAccident): boolean {
    const act = this.#device.accidents[accident];
    act?.();
    return act !== undefined;
  }

  pull = () => this.#cable.pull();
  plug = () => this.#cable.plug();

  setSilent(isSilent: boolean): void {
    this.#cable.isSilent = isSilent;
    this.#changed();
  }

  async close(): Promise<void> {
    await this.#cable.close();
    await this.#device.close();
  }

  #changed(): void {
    for (const listener of this.#listeners) listener();
  }
}

function onShelf(id: string): ReaderOnShelf | undefined {
  return readerShelf.find((each) => each.id === id);
}
