// The ring of light: keeps the latest wish, and moves it on the board that is there.
import type { PanelLight } from '../control-panel.ts';
import { isMoving, type LightLevels, lightLevelsAt } from './light-pattern.ts';

/** Smooth to the eye, and 180 bytes a second on the line. */
const stepMs = 50;

export class LightRing {
  #wish: PanelLight = 'off';
  #write: ((levels: LightLevels) => void) | undefined;
  #timer: NodeJS.Timeout | undefined;
  #elapsedMs = 0;

  /** The same wish again does not start its movement anew. */
  show(light: PanelLight): void {
    if (light === this.#wish) return;
    this.#wish = light;
    this.#begin();
  }

  /** A board is there: shows the wish on it. */
  attach(write: (levels: LightLevels) => void): void {
    this.#write = write;
    this.#begin();
  }

  /** The board is gone; the wish stays. */
  detach(): void {
    this.#write = undefined;
    clearInterval(this.#timer);
  }

  #begin(): void {
    clearInterval(this.#timer);
    this.#elapsedMs = 0;
    if (!this.#write) return;
    this.#write(lightLevelsAt(this.#wish, 0));
    if (isMoving(this.#wish)) this.#timer = setInterval(() => this.#step(), stepMs);
  }

  #step(): void {
    this.#elapsedMs += stepMs;
    this.#write?.(lightLevelsAt(this.#wish, this.#elapsedMs));
  }
}
