// Asks a reader that says nothing by itself, and notices when it no longer answers.
import type { CardReading, PolledCardFraming } from './readers/card-framing.ts';

export interface PollReaderOptions {
  readonly framing: PolledCardFraming;
  readonly write: (bytes: Uint8Array) => void;
  /** from an answer to the next question */
  readonly askEveryMs: number;
  readonly answerMs: number;
  readonly onAnswer: () => void;
  /** an answer did not come in time; the reader is set up anew */
  readonly onSilence: () => void;
  /** it did not come several times in a row; the polling has stopped */
  readonly onGone: () => void;
}

export interface ReaderPoll {
  /** what the framing read of the chunk that just came */
  note(reading: CardReading): void;
  stop(): void;
}

const mostSilences = 3;

/** Writes at once. */
export function pollReader(options: PollReaderOptions): ReaderPoll {
  const { framing, write } = options;
  let silences = 0;
  let isWaiting = false;
  let timer: NodeJS.Timeout | undefined;
  const send = (bytes: Uint8Array) => {
    isWaiting = true;
    timer = setTimeout(onTooLate, options.answerMs);
    write(bytes);
  };
  const onTooLate = () => {
    silences += 1;
    if (silences >= mostSilences) {
      isWaiting = false;
      options.onGone();
      return;
    }
    send(framing.start());
    options.onSilence();
  };
  send(framing.start());
  return {
    note: (reading) => {
      for (const reply of reading.replies ?? []) write(reply);
      if (!isWaiting || !framing.isIdle) return;
      isWaiting = false;
      silences = 0;
      clearTimeout(timer);
      timer = setTimeout(() => send(framing.ask()), options.askEveryMs);
      options.onAnswer();
    },
    stop: () => {
      isWaiting = false;
      clearTimeout(timer);
    },
  };
}
