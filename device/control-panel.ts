// PORT: the board of buttons, sensors, light and sound around the screen.
import type { DeviceState } from './device-state.ts';

export interface ControlPanelEvents {
  readonly onState: (state: DeviceState) => void;
  /** somebody stands in front of the terminal, or left */
  readonly onPresence: (isPresent: boolean) => void;
  /** the help button went down */
  readonly onHelp: () => void;
  /** the housing was opened (true) or closed */
  readonly onTamper: (isOpen: boolean) => void;
}

/** What the ring of light says about the terminal. */
export const panelLights = ['off', 'idle', 'welcome', 'working', 'success', 'attention', 'fault'] as const;
export type PanelLight = (typeof panelLights)[number];

export const panelSounds = ['success', 'refused', 'help', 'alarm'] as const;
export type PanelSound = (typeof panelSounds)[number];

/** Opens itself, reopens itself. After every reopening the inputs are reported once as they are, and the light is set anew. */
export interface ControlPanel {
  readonly state: DeviceState;
  /** The latest wish wins and is kept while the panel is away; without a light nothing happens. */
  showLight(light: PanelLight): void;
  /** Nothing happens without a buzzer, or while the panel is away: a late sound says the wrong thing. */
  play(sound: PanelSound): void;
  /** Light off, buzzer silent, then closed. */
  close(): Promise<void>;
}
