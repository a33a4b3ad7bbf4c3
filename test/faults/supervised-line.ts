// One serial line under supervision, as a bench for replugging.
import { getEventListeners } from 'node:events';
import { isOutOfOrder, type OutOfOrder } from '../../device/device-state.ts';
import { type KeptPort, keepOpen } from '../../device/keep-open.ts';
import { openSerialPort } from '../../device/transport/serial-port.ts';
import type { ReplugBench } from './replug-cycles.ts';

export interface SupervisedLine extends Pick<ReplugBench, 'untilOut' | 'untilReady'> {
  /** every state it went through, latest last */
  readonly states: readonly ({ readonly kind: 'ready' } | OutOfOrder)[];
  /** what came in, as text */
  readonly heard: () => string;
  /** who waits for its stop */
  readonly stopListeners: () => number;
  stop(): Promise<void>;
}

/** Keeps the line at `path` open with the product's own limits. */
export function superviseLine(path: string): SupervisedLine {
  const states: ({ readonly kind: 'ready' } | OutOfOrder)[] = [];
  let heard = '';
  let news = () => {};
  let stopping: AbortSignal | undefined;
  const enter = (state: { readonly kind: 'ready' } | OutOfOrder) => {
    states.push(state);
    // a thousand cycles are no reason to remember a thousand states
    if (states.length > 50) states.shift();
    news();
  };
  const until = async (isIt: (state: { readonly kind: string }) => boolean): Promise<void> => {
    for (;;) {
      const last = states.at(-1);
      if (last && isIt(last)) return;
      await new Promise<void>((resolve) => {
        news = resolve;
      });
    }
  };
  const kept: KeptPort = keepOpen(
    {
      open: (events, signal) => {
        stopping = signal;
        return openSerialPort({ kind: 'serial', path, baudRate: 9600, flow: 'none' }, events, signal);
      },
      family: 'reader',
      retryMinMs: 250,
      retryMaxMs: 5_000,
    },
    {
      onOpen: () => enter({ kind: 'ready' }),
      onBytes: (chunk) => {
        heard = (heard + chunk.toString('latin1')).slice(-1_000);
      },
      onOut: enter,
    },
  );
  return {
    states,
    heard: () => heard,
    stopListeners: () => (stopping ? getEventListeners(stopping, 'abort').length : 0),
    untilOut: () => until(isOutOfOrder),
    untilReady: () => until(({ kind }) => kind === 'ready'),
    stop: () => kept.stop(),
  };
}
