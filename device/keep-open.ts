// Reopens a device's port with back-off until it is stopped; "could not open" is a state, not an exception.
import type { DeviceErrorCode } from './device-error.ts';
import { type BytePort, type BytePortEvents, PortClosedError } from './transport/byte-port.ts';

export interface KeepOpenOptions {
  /** opens one port; rejects with PortClosedError */
  readonly open: (events: BytePortEvents, signal: AbortSignal) => Promise<BytePort>;
  readonly retryMinMs: number;
  readonly retryMaxMs: number;
  /** how this device calls the reasons of a port that is not open */
  readonly codes: {
    readonly unreachable: DeviceErrorCode;
    readonly refused: DeviceErrorCode;
    readonly cutOff: DeviceErrorCode;
  };
  /** 0 … 1, spreads the retries of a fleet */
  readonly random?: () => number;
}

export interface KeepOpenEvents {
  /** A new connection: everything known about the one before is void. */
  readonly onOpen: (port: BytePort) => void;
  readonly onBytes: (chunk: Buffer) => void;
  /** The port closed or did not open; tried again by itself. */
  readonly onLost: (code: DeviceErrorCode) => void;
}

export interface KeptPort {
  /** Closes the connection that is open now, because its other end talks nonsense; `onLost` gets this code. */
  drop(code: DeviceErrorCode): void;
  /** Closes and never opens again; no event comes after this was called. */
  stop(): Promise<void>;
}

/** The first attempt starts at once, but no event comes before this returned. */
export function keepOpen(options: KeepOpenOptions, events: KeepOpenEvents): KeptPort {
  const stopping = new AbortController();
  const random = options.random ?? Math.random;
  let port: BytePort | undefined;
  let dropCode: DeviceErrorCode | undefined;
  let failures = 0;

  /** One connection from open to close; says why it ended. */
  const connectOnce = async (): Promise<DeviceErrorCode> => {
    let noteClosed = () => {};
    const closed = new Promise<void>((resolve) => {
      noteClosed = resolve;
    });
    try {
      port = await options.open(
        {
          onBytes: (chunk) => {
            if (stopping.signal.aborted) return;
            // Only a port that says something has recovered: a busy printer accepts and hangs up at once.
            failures = 0;
            events.onBytes(chunk);
          },
          onClose: noteClosed,
        },
        stopping.signal,
      );
    } catch (error) {
      return options.codes[error instanceof PortClosedError ? error.reason : 'unreachable'];
    }
    dropCode = undefined;
    const openedAt = performance.now();
    if (stopping.signal.aborted) await port.close();
    else events.onOpen(port);
    await closed;
    port = undefined;
    if (performance.now() - openedAt >= options.retryMaxMs) failures = 0;
    return dropCode ?? options.codes.cutOff;
  };

  const run = async () => {
    while (!stopping.signal.aborted) {
      const code = await connectOnce();
      if (stopping.signal.aborted) return;
      events.onLost(code);
      const longest = Math.min(options.retryMaxMs, options.retryMinMs * 2 ** Math.min(failures, 20));
      failures += 1;
      await pause(longest * (0.5 + random() / 2), stopping.signal);
    }
  };
  const ran = Promise.resolve().then(run);

  return {
    drop: (code) => {
      dropCode = code;
      void port?.close();
    },
    stop: async () => {
      stopping.abort();
      await port?.close();
      await ran;
    },
  };
}

function pause(ms: number, signal: AbortSignal): Promise<void> {
  return new Promise((resolve) => {
    const end = () => {
      clearTimeout(timer);
      signal.removeEventListener('abort', end);
      resolve();
    };
    const timer = setTimeout(end, ms);
    signal.addEventListener('abort', end);
    if (signal.aborted) end();
  });
}
