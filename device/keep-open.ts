// Reopens a device's port until it is stopped; "could not open" is a state, not an exception.
import type { DeviceErrorCode } from './device-error.ts';
import type { OutOfOrder } from './device-state.ts';
import {
  type BytePort,
  type BytePortEvents,
  PortClosedError,
  type PortClosedReason,
} from './transport/byte-port.ts';
import { waitForNode } from './transport/wait-for-node.ts';

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

/** What is not there is looked for at least this often, however slowly other failures are tried again. */
const absentPollMs = 1_000;

/**
 * The first attempt starts at once, but no event comes before this returned. What is not there is watched for and
 * tried within a second of its coming; what is there and does not open is tried ever more slowly.
 */
export function keepOpen<P extends BytePort>(
  options: KeepOpenOptions<P>,
  events: KeepOpenEvents<P>,
): KeptPort {
  const { family, random = Math.random } = options;
  const stopping = new AbortController();
  let port: P | undefined;
  let dropCode: DeviceErrorCode | undefined;
  let failures = 0;
  let last: OutOfOrder | undefined;

  /** One connection from open to close; says why it ended. */
  const connectOnce = async (): Promise<Ending> => {
    const { promise: closed, settle: noteClosed } = pending();
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
      return notOpened(error, family);
    }
    dropCode = undefined;
    const openedAt = performance.now();
    const appearsAs = port.node ?? null;
    if (stopping.signal.aborted) await port.close();
    else events.onOpen(port);
    await closed;
    port = undefined;
    if (performance.now() - openedAt >= options.retryMaxMs) failures = 0;
    return { state: { kind: 'lost', code: dropCode ?? codes[family].lost }, appearsAs };
  };

  const run = async () => {
    while (!stopping.signal.aborted) {
      const { state: next, appearsAs } = await connectOnce();
      if (stopping.signal.aborted) return;
      if (next.kind === 'lost' || next.kind !== last?.kind || next.code !== last.code) events.onOut(next);
      // it has come: what hinders it now is tried anew from the shortest pause
      if (last?.kind === 'absent' && next.kind !== 'absent') failures = 0;
      last = next;
      const longestMs = longestPauseMs(next, failures, options);
      failures += 1;
      await waitForNode(appearsAs, longestMs * (0.5 + random() / 2), stopping.signal);
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

function pending(): { readonly promise: Promise<void>; readonly settle: () => void } {
  let settle = () => {};
  const promise = new Promise<void>((resolve) => {
    settle = resolve;
  });
  return { promise, settle };
}

type Family = KeepOpenOptions<BytePort>['family'];

interface Ending {
  readonly state: OutOfOrder;
  readonly appearsAs: string | null;
}

function longestPauseMs(
  state: OutOfOrder,
  failures: number,
  limits: { readonly retryMinMs: number; readonly retryMaxMs: number },
): number {
  const cap = state.kind === 'absent' ? Math.min(absentPollMs, limits.retryMaxMs) : limits.retryMaxMs;
  return Math.min(cap, limits.retryMinMs * 2 ** Math.min(failures, 20));
}

function notOpened(error: unknown, family: Family): Ending {
  const { reason, appearsAs } =
    error instanceof PortClosedError ? error : { reason: 'unreachable' as const, appearsAs: null };
  return {
    state: { kind: absences.has(reason) ? 'absent' : 'back-off', code: codes[family][reason] },
    appearsAs,
  };
}

/** Nobody is there to be patient with. */
const absences: ReadonlySet<PortClosedReason> = new Set(['unplugged', 'unreachable']);

/** `lost`: it was open, and its other end went away. */
type Codes = Readonly<Record<PortClosedReason | 'lost', DeviceErrorCode>>;

const codes: Readonly<Record<Family, Codes>> = {
  reader: {
    unplugged: 'reader-unplugged',
    unreachable: 'reader-unreachable',
    refused: 'reader-refused',
    'in-use': 'reader-in-use',
    'no-rights': 'reader-no-rights',
    ambiguous: 'reader-ambiguous',
    'wrong-device': 'reader-wrong-device',
    'no-driver': 'device-driver-missing',
    lost: 'reader-unreachable',
  },
  printer: {
    unplugged: 'printer-unplugged',
    unreachable: 'printer-unreachable',
    refused: 'printer-refused',
    'in-use': 'printer-in-use',
    'no-rights': 'printer-no-rights',
    ambiguous: 'printer-ambiguous',
    'wrong-device': 'printer-wrong-device',
    'no-driver': 'device-driver-missing',
    lost: 'printer-cut-off',
  },
  panel: {
    unplugged: 'panel-unplugged',
    unreachable: 'panel-unreachable',
    refused: 'panel-refused',
    'in-use': 'panel-in-use',
    'no-rights': 'panel-no-rights',
    ambiguous: 'panel-ambiguous',
    'wrong-device': 'panel-wrong-firmware',
    'no-driver': 'device-driver-missing',
    lost: 'panel-unreachable',
  },
};
