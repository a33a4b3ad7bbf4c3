// PORT ControlPanel on a Firmata board (Uno, Nano, Pico class) at a serial line or network adapter.
import type { ControlPanel, ControlPanelEvents } from '../control-panel.ts';
import type { DeviceErrorCode } from '../device-error.ts';
import type { DeviceState } from '../device-state.ts';
import { keepOpen } from '../keep-open.ts';
import type { BytePort } from '../transport/byte-port.ts';
import { parseDeviceAddress } from '../transport/device-address.ts';
import { openBytePort } from '../transport/open-byte-port.ts';
import { Buzzer } from './buzzer.ts';
import { debounceContact } from './contact.ts';
import { FirmataBoard } from './firmata-board.ts';
import { LightRing } from './light-ring.ts';
import { type PanelParts, type PanelPins, wirePanel } from './panel-wiring.ts';

export interface FirmataPanelOptions {
  /** `tcp://host:port` or `serial:/dev/…?baud=57600` */
  readonly at: string;
  readonly pins: PanelPins;
  readonly retryMinMs: number;
  readonly retryMaxMs: number;
  /** a contact must stand still this long, 20 when not said */
  readonly debounceMs?: number;
  /** a board that does not answer this long is given up, 5,000 when not said */
  readonly answerMs?: number;
}

/** A board that takes nothing any more does not keep the terminal from ending. */
const lastWordsMs = 300;

/**
 * Starts opening at once; events come later, never from inside this call. A help button that is already
 * down when the board appears is not a call for help. A board that lacks one of the pins is `degraded`.
 * @throws DeviceError device-address-bad
 */
export function openFirmataPanel(options: FirmataPanelOptions, events: ControlPanelEvents): ControlPanel {
  const address = parseDeviceAddress(options.at);
  let state: DeviceState = { kind: 'opening' };
  let closed: Promise<void> | undefined;
  const enter = (next: DeviceState) => {
    const isNews = JSON.stringify(next) !== JSON.stringify(state);
    state = next;
    if (isNews && closed === undefined) events.onState(next);
  };
  const panel = new WiredPanel(options, events, enter);
  const port = keepOpen(
    {
      open: (portEvents, signal) => openBytePort(address, portEvents, signal),
      retryMinMs: options.retryMinMs,
      retryMaxMs: options.retryMaxMs,
      family: 'panel',
    },
    {
      onOpen: (open) => panel.connect(open, (code) => port.drop(code)),
      onBytes: (chunk) => panel.receive(chunk),
      onOut: (next) => {
        panel.hangUp();
        enter(next);
      },
    },
  );
  return {
    get state() {
      return state;
    },
    showLight: (light) => {
      if (closed === undefined) panel.ring.show(light);
    },
    play: (sound) => {
      if (closed === undefined) panel.buzzer.play(sound);
    },
    close: () => {
      closed ??= panel.end().then(() => port.stop());
      return closed;
    },
  };
}

/** What is wired, and the board that it hangs on now. */
class WiredPanel {
  readonly ring = new LightRing();
  readonly buzzer = new Buzzer();
  readonly #options: FirmataPanelOptions;
  readonly #events: ControlPanelEvents;
  readonly #enter: (state: DeviceState) => void;
  #board: FirmataBoard | undefined;
  #contacts: Contacts | undefined;
  #hasEnded = false;

  constructor(options: FirmataPanelOptions, events: ControlPanelEvents, enter: (state: DeviceState) => void) {
    this.#options = options;
    this.#events = events;
    this.#enter = enter;
  }

  connect(port: BytePort, drop: (code: DeviceErrorCode) => void): void {
    if (this.#hasEnded) return;
    const board = new FirmataBoard(port, this.#options.answerMs ?? 5_000, {
      onReady: () => this.#setUp(board),
      onFault: drop,
    });
    this.#board = board;
  }

  receive(chunk: Buffer): void {
    if (!this.#hasEnded) this.#board?.receive(chunk);
  }

  hangUp(): void {
    this.ring.detach();
    this.buzzer.detach();
    this.#contacts?.stop();
    this.#board?.end();
    this.#board = undefined;
  }

  /** Dark and silent, then hung up for ever; nothing is reported from now on. */
  async end(): Promise<void> {
    this.#hasEnded = true;
    this.#contacts?.stop();
    this.ring.show('off');
    this.buzzer.silence();
    await Promise.race([this.#board?.hasWritten(), pause(lastWordsMs)]);
    this.hangUp();
  }

  #setUp(board: FirmataBoard): void {
    if (this.#hasEnded) return;
    this.#contacts?.stop();
    this.#contacts = watchContacts(this.#options.debounceMs ?? 20, this.#events);
    const { ring, buzzer } = this;
    const isWhole = wirePanel(board, this.#options.pins, { ring, buzzer, inputs: this.#contacts.inputs });
    this.#enter(isWhole ? { kind: 'ready' } : { kind: 'degraded', code: 'panel-setting-wrong' });
  }
}

interface Contacts {
  readonly inputs: PanelParts['inputs'];
  stop(): void;
}

function watchContacts(debounceMs: number, events: ControlPanelEvents): Contacts {
  let isHelpKnown = false;
  const presence = debounceContact(debounceMs, events.onPresence);
  const help = debounceContact(debounceMs, (isDown) => {
    if (isDown && isHelpKnown) events.onHelp();
    isHelpKnown = true;
  });
  const tamper = debounceContact(debounceMs, events.onTamper);
  return {
    inputs: { presence: presence.see, help: help.see, tamper: tamper.see },
    stop: () => {
      for (const contact of [presence, help, tamper]) contact.stop();
    },
  };
}

function pause(ms: number): Promise<void> {
  return new Promise((resolve) => setTimeout(resolve, ms).unref());
}
