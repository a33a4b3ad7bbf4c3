// PORT ControlPanel on a Firmata board (Uno, Nano, Pico class) at a serial line or network adapter.
import type { DeviceState } from '../card-reader.ts';
import type { ControlPanel, ControlPanelEvents } from '../control-panel.ts';
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
  readonly pins: { readonly presence: number; readonly help: number; readonly tamper: number };
  readonly retryMinMs: number;
  readonly retryMaxMs: number;
  /** a contact must stand still this long, 20 when not said */
  readonly debounceMs?: number;
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
    const isNews =
      next.kind !== state.kind || (next.kind === 'lost' && JSON.stringify(next) !== JSON.stringify(state));
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
      codes: { unreachable: 'panel-unreachable', refused: 'panel-unreachable', cutOff: 'panel-unreachable' },
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
      onLost: (code) => {
        hangUp();
        enter({ kind: 'lost', code });
      },
    },
  );
  return {
    get state() {
      return state;
    },
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
    { pin: pins.presence, hasPullUp: false, see: presence.see },
    { pin: pins.help, hasPullUp: true, see: help.see },
    { pin: pins.tamper, hasPullUp: true, see: tamper.see },
  ]);
  return [presence, help, tamper];
}
