// What light and sound around the screen say about the terminal: the same as the screen, for who does not look at it.
import {
  type ControlPanel,
  type PanelLight,
  type PanelSound,
  panelLights,
  panelSounds,
} from '../device/control-panel.ts';
import type { Decision } from './decision.ts';
import type { Show } from './screen.ts';

type Outputs = Pick<ControlPanel, 'showLight' | 'play'>;
/** long enough to be told apart */
const tryStepMs = 700;

/** Keeps the panel's light in step with the last Show and with who stands in front. */
export class PanelSignals {
  readonly #panel: () => Outputs | null;
  #show: Show | undefined;
  #isPresent = false;
  #light: PanelLight | undefined;
  #tryTimer: NodeJS.Timeout | undefined;

  /** @param panel null while there is none */
  constructor(panel: () => Outputs | null) {
    this.#panel = panel;
  }

  noteShow(show: Show): void {
    this.#show = show;
    this.#tell();
  }

  notePresence(isPresent: boolean): void {
    this.#isPresent = isPresent;
    this.#tell();
  }

  /** Nothing sounds while the panel is away: a late sound says the wrong thing. */
  play(sound: PanelSound): void {
    this.#panel()?.play(sound);
  }

  /** Shows every light or plays every sound once, so that staff see and hear whether the panel works. */
  tryAll(what: 'lights' | 'sounds'): void {
    const panel = this.#panel();
    if (!panel) return;
    clearTimeout(this.#tryTimer);
    const steps =
      what === 'lights'
        ? panelLights.map((light) => () => panel.showLight(light))
        : panelSounds.map((sound) => () => panel.play(sound));
    const next = (): void => {
      const step = steps.shift();
      this.#tryTimer = step && setTimeout(next, tryStepMs);
      if (step) step();
      else {
        this.#light = undefined;
        this.#tell();
      }
    };
    next();
  }

  close(): void {
    clearTimeout(this.#tryTimer);
  }

  #tell(): void {
    const panel = this.#panel();
    if (!panel || !this.#show || this.#tryTimer) return;
    const light = lightFor(this.#show, this.#isPresent);
    if (light === this.#light) return;
    this.#light = light;
    panel.showLight(light);
  }
}

/** Whoever waits for help comes first, then what the person in front just did, then what is broken. */
export function lightFor({ isHelpCalled, screen, status }: Show, isPresent: boolean): PanelLight {
  if (isHelpCalled) return 'attention';
  if (screen.kind === 'out-of-service') return 'fault';
  if ('slip' in screen && screen.slip === 'printing') return 'working';
  if (screen.kind === 'enter-pin' && screen.isChecking) return 'working';
  if (screen.kind === 'checked-in' || screen.kind === 'request-filed') return 'success';
  if (status.troubles.some(({ isOut }) => isOut)) return 'fault';
  return isPresent || screen.kind !== 'attract' ? 'welcome' : 'idle';
}

/** @returns what this decision sounds like, or undefined when it makes no sound */
export function soundOf({ view, recording }: Decision): PanelSound | undefined {
  switch (recording?.fact.kind) {
    case 'card-issued':
    case 'check-in-recorded':
    case 'member-joined':
    case 'visit-recorded':
    case 'request-filed':
    case 'person-proven':
      return 'success';
    case 'card-refused':
    case 'join-refused':
    case 'pin-refused':
    case 'maintenance-refused':
      return 'refused';
    case 'help-requested':
      return 'help';
    default:
      // no-pin, or a card that is no key: nothing happened that anybody must know
      return recording === undefined && view.kind === 'card-problem' ? 'refused' : undefined;
  }
}
