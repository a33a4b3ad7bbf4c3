// What a protocol is whose messages come in bursts: packets of one report, keys of one swipe.
import type { CardFraming, CardReading } from './card-framing.ts';

/** Still without a clock: the driver says when the burst has not grown for so long. */
export interface BurstFraming extends CardFraming {
  /** within a burst the reader never pauses so long */
  readonly pauseMs: number;
  /** bytes or keys of the burst that have come so far; 0 between bursts */
  readonly burstLength: number;
  /** The burst is over: what is unfinished will never be whole and is overwritten. */
  pause(): CardReading;
}
