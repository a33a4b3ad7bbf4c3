// The buzzer: plays one short pattern at a time, and never outlives the board that it sounds on.
import type { PanelSound } from '../control-panel.ts';

/** On and off in turn, ms, on first. Each rhythm is its own, since a buzzer has one pitch. */
const rhythms: Readonly<Record<PanelSound, readonly number[]>> = {
  success: [90],
  refused: [120, 90, 120],
  help: [70, 70, 70, 70, 250],
  alarm: [350, 150, 350, 150, 350, 150, 350],
};

export class Buzzer {
  #write: ((isOn: boolean) => void) | undefined;
  #timer: NodeJS.Timeout | undefined;

  /** Cuts off the sound before; without a board the sound is lost. */
  play(sound: PanelSound): void {
    clearTimeout(this.#timer);
    this.#step(rhythms[sound], 0);
  }

  silence(): void {
    clearTimeout(this.#timer);
    this.#write?.(false);
  }

  attach(write: (isOn: boolean) => void): void {
    this.#write = write;
  }

  /** The board is gone, and with it the rest of the sound. */
  detach(): void {
    this.#write = undefined;
    clearTimeout(this.#timer);
  }

  #step(rhythm: readonly number[], at: number): void {
    const write = this.#write;
    if (!write) return;
    const ms = rhythm[at];
    write(ms !== undefined && at % 2 === 0);
    if (ms !== undefined) this.#timer = setTimeout(() => this.#step(rhythm, at + 1), ms);
  }
}
