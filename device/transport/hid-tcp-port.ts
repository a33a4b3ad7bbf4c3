// A HID device that another machine, or a simulator, passes on over TCP.
import { type BytePortEvents, type HidPort, PortClosedError } from './byte-port.ts';
import type { HidAddress } from './device-address.ts';
import type { SuitsHid } from './hid-port.ts';
import { openTcpPort } from './tcp-port.ts';

/**
 * HID over TCP, version 1. Every frame is
 *
 *     u16  length of what follows, type included; big-endian, 1 … 4097
 *     u8   type
 *     …    payload
 *
 * To the terminal: type 0, the report descriptor, first and once; type 1, an input report, whole, its number first when
 * the descriptor numbers reports. To the device: type 2, an output report; type 3, a feature report; numbered in the same
 * way. Either side closes the connection on any other frame. A lost device is a closed connection.
 */
export const hidFrame = { descriptor: 0, input: 1, output: 2, feature: 3 } as const;
export const maxHidPayload = 4_096;

/** The descriptor comes at once or never. */
const descriptorMs = 3_000;
const headBytes = 3;

/** @throws RangeError when the payload is longer than a frame may be */
export function encodeHidFrame(type: number, payload: Uint8Array): Buffer {
  if (payload.length > maxHidPayload) throw new RangeError(`a frame holds at most ${maxHidPayload} bytes`);
  const frame = Buffer.alloc(headBytes + payload.length);
  frame.writeUInt16BE(payload.length + 1);
  frame[2] = type;
  frame.set(payload, headBytes);
  return frame;
}

/** Takes frames out of a stream; overwrites what it has given out, and the chunks that it was given. */
export class HidFrames {
  #held: Buffer = Buffer.alloc(0);

  add(chunk: Buffer): void {
    this.#hold(Buffer.concat([this.#held, chunk]));
    chunk.fill(0);
  }

  /** @returns the next whole frame with a payload of its own; null when there is none yet; `malformed` for ever after one */
  take(): { readonly type: number; readonly payload: Buffer } | 'malformed' | null {
    if (this.#held.length < 2) return null;
    const length = this.#held.readUInt16BE();
    if (length < 1 || length > maxHidPayload + 1) return 'malformed';
    if (this.#held.length < 2 + length) return null;
    const type = this.#held[2] ?? 0;
    const payload = Buffer.from(this.#held.subarray(headBytes, 2 + length));
    this.#hold(Buffer.from(this.#held.subarray(2 + length)));
    return { type, payload };
  }

  wipe(): void {
    this.#hold(Buffer.alloc(0));
  }

  #hold(next: Buffer): void {
    this.#held.fill(0);
    this.#held = next;
  }
}

/** Rejects with PortClosedError; aborting while opening is a rejection too. */
export async function openHidTcpPort(
  address: Extract<HidAddress, { kind: 'hid-tcp' }>,
  suits: SuitsHid,
  events: BytePortEvents,
  signal: AbortSignal,
): Promise<HidPort> {
  const peer = new HidPeer(events);
  const line = await openTcpPort({ ...address, kind: 'tcp' }, peer, signal);
  peer.hangUp = () => void line.close();
  const descriptor = await peer.describe(signal);
  if (signal.aborted || !descriptor || !suits(descriptor)) {
    await line.close();
    throw new PortClosedError(descriptor ? 'wrong-device' : 'unreachable');
  }
  peer.isOpen = true;
  // Reports flow as soon as the opener has the port: not before.
  setImmediate(() => peer.flow());
  return {
    descriptor,
    write: (report) => line.write(encodeHidFrame(hidFrame.output, report)),
    writeFeature: (report) => line.write(encodeHidFrame(hidFrame.feature, report)),
    close: () => line.close(),
  };
}

/** The other end of one connection: first its descriptor, then its reports. */
class HidPeer implements BytePortEvents {
  readonly #events: BytePortEvents;
  readonly #frames = new HidFrames();
  #stage: 'describing' | 'held' | 'flowing' | 'over' = 'describing';
  #endDescribing: (descriptor: Buffer | null) => void = () => undefined;
  hangUp = () => {};
  isOpen = false;

  constructor(events: BytePortEvents) {
    this.#events = events;
  }

  /** @returns null when none will come */
  describe(signal: AbortSignal): Promise<Buffer | null> {
    return new Promise((resolve) => {
      const giveUp = () => this.#endDescribing(null);
      const patience = setTimeout(giveUp, descriptorMs);
      signal.addEventListener('abort', giveUp, { once: true });
      this.#endDescribing = (descriptor) => {
        clearTimeout(patience);
        signal.removeEventListener('abort', giveUp);
        if (this.#stage === 'describing') this.#stage = descriptor ? 'held' : 'over';
        resolve(descriptor);
      };
      if (signal.aborted || this.#stage === 'over') giveUp();
      else this.#take();
    });
  }

  flow(): void {
    if (this.#stage === 'held') this.#stage = 'flowing';
    this.#take();
  }

  readonly onBytes = (chunk: Buffer): void => {
    // what comes until the line is closed is for nobody
    if (this.#stage === 'over') chunk.fill(0);
    else this.#frames.add(chunk);
    this.#take();
  };

  readonly onClose = (): void => {
    this.#over();
    if (this.isOpen) this.#events.onClose();
  };

  #take(): void {
    while (this.#stage === 'describing' || this.#stage === 'flowing') {
      const frame = this.#frames.take();
      if (!frame) return;
      const expected = this.#stage === 'describing' ? hidFrame.descriptor : hidFrame.input;
      if (frame === 'malformed' || frame.type !== expected) {
        this.#over();
        this.hangUp();
      } else if (expected === hidFrame.input) this.#events.onBytes(frame.payload);
      else this.#endDescribing(frame.payload);
    }
  }

  #over(): void {
    this.#stage = 'over';
    this.#frames.wipe();
    this.#endDescribing(null);
  }
}
