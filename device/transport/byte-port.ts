// What an open connection to a device can do, whatever carries the bytes.

export interface BytePort {
  /** Resolves when the operating system took all bytes; rejects with PortClosedError when the port closed before. */
  write(bytes: Uint8Array): Promise<void>;
  /** Sends what was written, then closes; may be called again. */
  close(): Promise<void>;
}

export interface BytePortEvents {
  readonly onBytes: (chunk: Buffer) => void;
  /** Exactly once after a successful open, whoever closed it. */
  readonly onClose: () => void;
}

/** `refused` = somebody or something said no, `unreachable` = nobody there (any more). */
export class PortClosedError extends Error {
  override readonly name = 'PortClosedError';
  readonly reason: 'refused' | 'unreachable';
  constructor(reason: PortClosedError['reason'], options?: ErrorOptions) {
    super(`the port is ${reason}`, options);
    this.reason = reason;
  }
}
