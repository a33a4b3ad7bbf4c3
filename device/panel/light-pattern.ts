// What each state of the terminal looks like on the ring of light: colour and movement, at any moment.
import type { PanelLight } from '../control-panel.ts';

/** 0 dark … 1 full, linear in the current */
export interface LightLevels {
  readonly red: number;
  readonly green: number;
  readonly blue: number;
}

/** `breathe` and `blink` repeat every `periodMs`; blinking stays far below the three flashes a second that harm people. */
interface LightPattern {
  readonly colour: LightLevels;
  readonly motion: 'steady' | 'breathe' | 'blink';
  readonly periodMs: number;
}

const dark: LightLevels = { red: 0, green: 0, blue: 0 };
/** a breath never goes out: a dark ring means that nothing works */
const faintest = 0.08;

/** Told apart without seeing colours too: three of them move, each at its own pace. */
const patterns: Readonly<Record<PanelLight, LightPattern>> = {
  off: { colour: dark, motion: 'steady', periodMs: 0 },
  idle: { colour: { red: 0.25, green: 0.4, blue: 0.5 }, motion: 'breathe', periodMs: 6_000 },
  welcome: { colour: { red: 1, green: 0.75, blue: 0.45 }, motion: 'steady', periodMs: 0 },
  working: { colour: { red: 0, green: 0.35, blue: 1 }, motion: 'breathe', periodMs: 1_500 },
  success: { colour: { red: 0, green: 1, blue: 0.1 }, motion: 'steady', periodMs: 0 },
  attention: { colour: { red: 1, green: 0.5, blue: 0 }, motion: 'blink', periodMs: 1_000 },
  fault: { colour: { red: 1, green: 0, blue: 0 }, motion: 'steady', periodMs: 0 },
};

export function isMoving(light: PanelLight): boolean {
  return patterns[light].motion !== 'steady';
}

/** @param elapsedMs since the light began to show */
export function lightLevelsAt(light: PanelLight, elapsedMs: number): LightLevels {
  const { colour, motion, periodMs } = patterns[light];
  switch (motion) {
    case 'steady':
      return colour;
    case 'blink':
      return elapsedMs % periodMs < periodMs / 2 ? colour : dark;
    case 'breathe':
      return scaled(colour, breathAt((elapsedMs % periodMs) / periodMs));
  }
}

/** The eye sees steps of current at the dark end best: squared, the breath looks even. */
function breathAt(phase: number): number {
  const wave = (1 - Math.cos(2 * Math.PI * phase)) / 2;
  return faintest + (1 - faintest) * wave ** 2;
}

function scaled({ red, green, blue }: LightLevels, by: number): LightLevels {
  return { red: red * by, green: green * by, blue: blue * by };
}
