// PORT CardReader for modules on a serial line or behind a network adapter, whatever protocol they speak.
import type { CardReader, CardReaderEvents } from './card-reader.ts';
import { CardReporter } from './card-reporter.ts';
import type { DeviceState } from './device-state.ts';
import { type KeptPort, keepOpen } from './keep-open.ts';
import { pollReader, type ReaderPoll } from './poll-reader.ts';
import type { CardFraming, PolledCardFraming } from './readers/card-framing.ts';
import type { BytePort } from './transport/byte-port.ts';
import { parseDeviceAddress } from './transport/device-address.ts';
import { openBytePort } from './transport/open-byte-port.ts';

export interface LineCardReaderOptions {
  /** `tcp://host:port` or `serial:/dev/…?baud=9600` */
  readonly at: string;
  /** a new one for each connection */
  readonly makeFraming: () => CardFraming | PolledCardFraming;
  /** a card must be away this long before it counts again */
  readonly cardAbsenceMs: number;
  readonly retryMinMs: number;
  readonly retryMaxMs: number;
  /** how long a reader that is asked may take for an answer */
  readonly answerMs?: number;
}

const usualAnswerMs = 1_000;
/** How often a reader is asked, while it answers; always often enough not to take a lying card for a lifted one. */
const askEveryMs = 100;

/**
 * Starts opening at once; events come later, never from inside this call. A reader that is asked is ready only
 * when it answered; one that no longer answers is degraded, then lost, with `reader-no-answer`.
 * @throws DeviceError device-address-bad
 */
export function openLineCardReader(options: LineCardReaderOptions, events: CardReaderEvents): CardReader {
  const address = parseDeviceAddress(options.at);
  const reporter = new CardReporter(events, options.cardAbsenceMs);
  let framing = options.makeFraming();
  let poll: ReaderPoll | undefined;
  let state: DeviceState = { kind: 'opening' };
  const enter = (next: DeviceState) => {
    if (next.kind === state.kind && codeOf(next) === codeOf(state)) return;
    state = next;
    events.onState(next);
  };
  const startPolling = (polled: PolledCardFraming, line: BytePort, kept: () => KeptPort) =>
    pollReader({
      framing: polled,
      // a line that closed meanwhile says so itself
      write: (bytes) => void line.write(bytes).catch(() => undefined),
      askEveryMs: Math.min(askEveryMs, options.cardAbsenceMs / 4),
      answerMs: options.answerMs ?? usualAnswerMs,
      onAnswer: () => {
        reporter.heardAnswer();
        enter({ kind: 'ready' });
      },
      onSilence: () => {
        if (state.kind === 'ready') enter({ kind: 'degraded', code: 'reader-no-answer' });
      },
      onGone: () => kept().drop('reader-no-answer'),
    });
  const port: KeptPort = keepOpen(
    {
      open: (portEvents, signal) => openBytePort(address, portEvents, signal),
      retryMinMs: options.retryMinMs,
      retryMaxMs: options.retryMaxMs,
      family: 'reader',
    },
    {
      onOpen: (line) => {
        framing = options.makeFraming();
        if (isPolled(framing)) poll = startPolling(framing, line, () => port);
        else {
          reporter.listen(true);
          enter({ kind: 'ready' });
        }
      },
      onBytes: (chunk) => {
        const reading = framing.push(chunk);
        // it may hold a card's number
        chunk.fill(0);
        poll?.note(reading);
        reporter.report(reading);
      },
      onOut: (out) => {
        reporter.listen(false);
        poll?.stop();
        poll = undefined;
        enter(out);
      },
    },
  );
  return {
    get state() {
      return state;
    },
    close: async () => {
      poll?.stop();
      reporter.stop();
      await port.stop();
    },
  };
}

function isPolled(framing: CardFraming | PolledCardFraming): framing is PolledCardFraming {
  return 'ask' in framing;
}

function codeOf(state: DeviceState): string | undefined {
  return 'code' in state ? state.code : undefined;
}
