// PORT ControlPanel on a Firmata board (Uno, Nano, Pico class) at a serial line or network adapter.
import type { ControlPanel, ControlPanelEvents } from '../control-panel.ts';
import type { DeviceState } from '../device-state.ts';
import { keepOpen } from '../keep-open.ts';
import { parseDeviceAddress } from '../transport/device-address.ts';
import { openBytePort } from '../transport/open-byte-port.ts';
import { debounceContact } from './contact.ts';
import { FirmataBoard } from './firmata-board.ts';

export interface FirmataPanelOptions {
  /** `tcp://host:port` or `serial:/dev/…?baud=57600` */
  readonly at: string;
  /**
   * Board pins. Presence: a sensor that drives high while somebody is there. Help: a button to ground.
   * Tamper: a contact to ground that is closed while the housing is, so that a cut wire reads as open.
   */
  readonly pins: PanelPins;
  readonly retryMinMs: number;
  readonly retryMaxMs: number;
  /** a contact must stand still this long, 20 when not said */
  readonly debounceMs?: number;
}

/** What is wired to which pin; null = nothing. A low-active contact gets the board's pull-up. */
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

/**
 * Starts opening at once; events come later, never from inside this call. A help button that is already
 * down when the board appears is not a call for help.
 * @throws DeviceError device-address-bad
 */
export function openFirmataPanel(options: FirmataPanelOptions, events: ControlPanelEvents): ControlPanel {
  const address = parseDeviceAddress(options.at);
  let state: DeviceState = { kind: 'opening' };
  let board: FirmataBoard | undefined;
  let contacts: readonly { stop(): void }[] = [];
  const enter = (next: DeviceState) => {
    const isNews = JSON.stringify(next) !== JSON.stringify(state);
    state = next;
    if (isNews) events.onState(next);
  };
  const hangUp = () => {
    board?.end();
    board = undefined;
    for (const contact of contacts) contact.stop();
    contacts = [];
  };
  const port = keepOpen(
    {
      open: (portEvents, signal) => openBytePort(address, portEvents, signal),
      retryMinMs: options.retryMinMs,
      retryMaxMs: options.retryMaxMs,
      family: 'panel',
    },
    {
      onOpen: (open) => {
        const fresh = new FirmataBoard(open, {
          onReady: () => {
            enter({ kind: 'ready' });
            contacts = watchPins(fresh, options, events);
          },
          onNonsense: () => port.drop('panel-wrong-firmware'),
        });
        board = fresh;
      },
      onBytes: (chunk) => board?.receive(chunk),
      onOut: (next) => {
        hangUp();
        enter(next);
      },
    },
  );
  return {
    get state() {
      return state;
    },
    showLight: () => undefined,
    play: () => undefined,
    close: () => {
      hangUp();
      return port.stop();
    },
  };
}

function watchPins(
  board: FirmataBoard,
  { pins, debounceMs = 20 }: FirmataPanelOptions,
  events: ControlPanelEvents,
): readonly { stop(): void }[] {
  let isHelpKnown = false;
  const presence = debounceContact(debounceMs, events.onPresence);
  const help = debounceContact(debounceMs, (isUp) => {
    if (!isUp && isHelpKnown) events.onHelp();
    isHelpKnown = true;
  });
  const tamper = debounceContact(debounceMs, events.onTamper);
  board.watch([
    ...(pins.presence ? [{ pin: pins.presence.pin, hasPullUp: false, see: presence.see }] : []),
    ...(pins.help ? [{ pin: pins.help.pin, hasPullUp: true, see: help.see }] : []),
    ...(pins.tamper ? [{ pin: pins.tamper.pin, hasPullUp: true, see: tamper.see }] : []),
  ]);
  return [presence, help, tamper];
}
