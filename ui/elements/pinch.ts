// Two fingers on one element, told in steps; the page itself never zooms.
import type { ReactiveController, ReactiveControllerHost } from 'lit';

/** How much further apart, or closer, two fingers are for one step. */
const stepRatio = 1.35;

export class Pinch implements ReactiveController {
  readonly #element: HTMLElement;
  readonly #step: (direction: 1 | -1) => void;
  /** between the fingers when the last step was told, in px; null = no two fingers */
  #distance: number | null = null;

  /** @param step called with 1 for apart and −1 for together, once for each step */
  constructor(element: HTMLElement & ReactiveControllerHost, step: (direction: 1 | -1) => void) {
    this.#element = element;
    this.#step = step;
    element.addController(this);
  }

  hostConnected(): void {
    // not passive: a second finger ends the scrolling of the first
    this.#element.addEventListener('touchstart', this.#start, { passive: false });
    this.#element.addEventListener('touchmove', this.#move, { passive: true });
    this.#element.addEventListener('touchend', this.#end);
    this.#element.addEventListener('touchcancel', this.#end);
  }

  hostDisconnected(): void {
    this.#element.removeEventListener('touchstart', this.#start);
    this.#element.removeEventListener('touchmove', this.#move);
    this.#element.removeEventListener('touchend', this.#end);
    this.#element.removeEventListener('touchcancel', this.#end);
    this.#distance = null;
  }

  readonly #start = (event: TouchEvent): void => {
    this.#distance = distanceOf(event);
    if (this.#distance !== null) event.preventDefault();
  };

  readonly #move = (event: TouchEvent): void => {
    const distance = distanceOf(event);
    if (distance === null || this.#distance === null) return;
    const ratio = distance / this.#distance;
    if (ratio < stepRatio && ratio > 1 / stepRatio) return;
    this.#distance = distance;
    this.#step(ratio > 1 ? 1 : -1);
  };

  readonly #end = (event: TouchEvent): void => {
    this.#distance = distanceOf(event);
  };
}

/** @returns null unless there are exactly two fingers */
function distanceOf({ touches: [first, second, third] }: TouchEvent): number | null {
  if (!first || !second || third) return null;
  return Math.max(1, Math.hypot(first.clientX - second.clientX, first.clientY - second.clientY));
}
