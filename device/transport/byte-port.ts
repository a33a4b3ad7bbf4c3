// What an open connection to a device can do, whatever carries the bytes.

export interface BytePort {
  /** as `appearsAs` of PortClosedError, where it has a node: when the line is cut, whoever reopens it watches for that */
  readonly node?: string;
  /** Resolves when the operating system took all bytes; rejects with PortClosedError when the port closed before. */
  write(bytes: Uint8Array): Promise<void>;
  /** Sends what was written, then closes; may be called again. */
  close(): Promise<void>;
}

/** A HID device: every chunk that comes is one whole input report, its number first when it has one; `write` takes output reports. */
export interface HidPort extends BytePort {
  /** how its reports are laid out (HID 1.11, 6.2.2) */
  readonly descriptor: Uint8Array;
  writeFeature(report: Uint8Array): Promise<void>;
}

export interface BytePortEvents {
  readonly onBytes: (chunk: Buffer) => void;
  /** Exactly once after a successful open, whoever closed it. */
  readonly onClose: () => void;
}

/**
 * Why a port is not open. `unplugged`: no such device on this machine · `unreachable`: nobody answers (any more) ·
 * `refused`: somebody said no · `in-use`: another program holds it · `no-rights`: this user may not ·
 * `ambiguous`: more than one device fits the address · `wrong-device`: what is there is another kind ·
 * `no-driver`: the library that opens it cannot be loaded.
 */
export type PortClosedReason =
  | 'unplugged'
  | 'unreachable'
  | 'refused'
  | 'in-use'
  | 'no-rights'
  | 'ambiguous'
  | 'wrong-device'
  | 'no-driver';

export interface PortClosedOptions extends ErrorOptions {
  /** of an unplugged device: the path of its node, or how that path begins (`/dev/hidraw`); whoever waits watches for it */
  readonly appearsAs?: string;
}

export class PortClosedError extends Error {
  override readonly name = 'PortClosedError';
  readonly reason: PortClosedReason;
  readonly appearsAs: string | null;
  constructor(reason: PortClosedReason, options: PortClosedOptions = {}) {
    super(`the port is ${reason}`, options);
    this.reason = reason;
    this.appearsAs = options.appearsAs ?? null;
  }
}
