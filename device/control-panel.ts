// PORT: the board of buttons and sensors around the screen.
import type { DeviceState } from './card-reader.ts';

export interface ControlPanelEvents {
  readonly onState: (state: DeviceState) => void;
  /** somebody stands in front of the terminal, or left */
  readonly onPresence: (isPresent: boolean) => void;
  /** the help button went down */
  readonly onHelp: () => void;
  /** the housing was opened (true) or closed */
  readonly onTamper: (isOpen: boolean) => void;
}

/** Opens itself, reopens itself. After every reopening the inputs are reported once as they are. */
export interface ControlPanel {
  readonly state: DeviceState;
  close(): Promise<void>;
}
