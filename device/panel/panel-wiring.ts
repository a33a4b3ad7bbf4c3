// Joins the pins of a board that is ready to what the panel has: outputs safe first, then light and inputs.
import type { Buzzer } from './buzzer.ts';
import type { FirmataBoard } from './firmata-board.ts';
import type { LightRing } from './light-ring.ts';

/** What is wired to which pin; null = nothing. A low-active contact gets the board's pull-up, and the tamper contact always. */
export interface PanelPins {
  readonly presence: PanelContact | null;
  readonly help: PanelContact | null;
  readonly tamper: PanelContact | null;
  /** three pins that can dim */
  readonly light: { readonly red: number; readonly green: number; readonly blue: number } | null;
  readonly buzzer: number | null;
}
export interface PanelContact {
  readonly pin: number;
  readonly active: 'high' | 'low';
}

export interface PanelParts {
  readonly ring: LightRing;
  readonly buzzer: Buzzer;
  /** Told bouncing levels, already turned the right way round: true = somebody there, pressed, open. */
  readonly inputs: { readonly [input in 'presence' | 'help' | 'tamper']: (isActive: boolean) => void };
}

/** The pitch is the board's; this is the loudest a passive buzzer gets, and an active one sounds too. */
const buzzerLevel = 0.5;

/** @returns false when the board lacks a pin, or one that can do what is wanted; everything else works */
export function wirePanel(
  board: FirmataBoard,
  pins: PanelPins,
  { ring, buzzer, inputs }: PanelParts,
): boolean {
  const hasBuzzer = wireBuzzer(board, pins.buzzer, buzzer);
  const hasLight = wireLight(board, pins.light, ring);
  const contacts = (['presence', 'help', 'tamper'] as const).flatMap((input) => {
    const contact = pins[input];
    // The tamper contact goes to ground whichever way it is active: without the pull-up a cut wire says anything.
    const hasPullUp = contact?.active === 'low' || input === 'tamper';
    return contact ? [{ ...contact, use: hasPullUp ? ('pull-up' as const) : ('input' as const), input }] : [];
  });
  const there = contacts.filter(({ pin, use }) => board.use(pin, use));
  for (const { pin, active, input } of there) {
    board.listen(pin, (isHigh) => inputs[input](isHigh === (active === 'high')));
  }
  return hasBuzzer && hasLight && there.length === contacts.length;
}

function wireBuzzer(board: FirmataBoard, pin: PanelPins['buzzer'], buzzer: Buzzer): boolean {
  if (pin === null) return true;
  const canDim = board.use(pin, 'pwm');
  if (!canDim && !board.use(pin, 'output')) return false;
  const write = (isOn: boolean) =>
    canDim ? board.dim(pin, isOn ? buzzerLevel : 0) : board.switch(pin, isOn);
  // The board may have been left in the middle of a sound.
  write(false);
  buzzer.attach(write);
  return true;
}

function wireLight(board: FirmataBoard, pins: PanelPins['light'], ring: LightRing): boolean {
  if (pins === null) return true;
  const colours = (['red', 'green', 'blue'] as const).filter((colour) => board.use(pins[colour], 'pwm'));
  for (const colour of colours) board.dim(pins[colour], 0);
  ring.attach((levels) => {
    for (const colour of colours) board.dim(pins[colour], levels[colour]);
  });
  return colours.length === 3;
}
