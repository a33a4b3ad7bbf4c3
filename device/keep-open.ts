// Reopens a device's port with back-off until it is stopped; "could not open" is a state, not an exception.
import type { DeviceErrorCode } from './device-error.ts';
import type { OutOfOrder } from './device-state.ts';
import {
  type BytePort,
  type BytePortEvents,
  PortClosedError,
  type PortClosedReason,
} from './transport/byte-port.ts';

export interface KeepOpenOptions<P extends BytePort> {
  /** opens one port; rejects with PortClosedError */
  readonly open: (events: BytePortEvents, signal: AbortSignal) => Promise<P>;
  readonly retryMinMs: number;
  readonly retryMaxMs: number;
  /** whose codes name what is wrong */
  readonly family: 'reader' | 'printer' | 'panel';
  /** 0 … 1, spreads the retries of a fleet */
  readonly random?: () => number;
}

export interface KeepOpenEvents<P extends BytePort> {
  /** A new connection: everything known about the one before is void. */
  readonly onOpen: (port: P) => void;
  readonly onBytes: (chunk: Buffer) => void;
  /** The port closed or did not open; tried again by itself. Repeated only when it is news. */
  readonly onOut: (state: OutOfOrder) => void;
}

export interface KeptPort {
  /** Closes the connection that is open now, because its other end talks nonsense; `onOut` gets this code. */
  drop(code: DeviceErrorCode): void;
  /** Closes and never opens again; no event comes after this was called. */
  stop(): Promise<void>;
}

/** The first attempt starts at once, but no event comes before this returned. */
export function keepOpen<P extends BytePort>(
  options: KeepOpenOptions<P>,
  events: KeepOpenEvents<P>,
): KeptPort {
  const stopping = new AbortController();
  const random = options.random ?? Math.random;
  let port: P | undefined;
  let dropCode: DeviceErrorCode | undefined;
  let failures = 0;
  let last: OutOfOrder | undefined;

  /** One connection from open to close; says why it ended. */
  const connectOnce = async (): Promise<OutOfOrder> => {
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
      const reason = error instanceof PortClosedError ? error.reason : 'unreachable';
      return { kind: absences.has(reason) ? 'absent' : 'back-off', code: codeOf(options.family, reason) };
    }
    dropCode = undefined;
    const openedAt = performance.now();
    if (stopping.signal.aborted) await port.close();
    else events.onOpen(port);
    await closed;
    port = undefined;
    if (performance.now() - openedAt >= options.retryMaxMs) failures = 0;
    return { kind: 'lost', code: dropCode ?? cutOffCodes[options.family] };
  };

  const run = async () => {
    while (!stopping.signal.aborted) {
      const next = await connectOnce();
      if (stopping.signal.aborted) return;
      if (next.kind === 'lost' || next.kind !== last?.kind || next.code !== last.code) events.onOut(next);
      last = next;
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

/** Nobody to wait for with patience: it is not there. */
const absences: ReadonlySet<PortClosedReason> = new Set(['unplugged', 'unreachable']);

const cutOffCodes = {
  reader: 'reader-unreachable',
  printer: 'printer-cut-off',
  panel: 'panel-unreachable',
} as const;

function codeOf(family: 'reader' | 'printer' | 'panel', reason: PortClosedReason): DeviceErrorCode {
  if (reason === 'no-driver') return 'device-driver-missing';
  if (family === 'panel' && reason === 'wrong-device') return 'panel-wrong-firmware';
  return `${family}-${reason}` as DeviceErrorCode;
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
