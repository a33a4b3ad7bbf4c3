// Follows the terminal's log for headquarters: first what it said before, then each line as it comes, until the time is over.
import { setTimeout as delay } from 'node:timers/promises';
import type { OrderId } from '../../sync/contract/ids.ts';
import type { OrderEnd } from '../../sync/order-book.ts';
import type { LogRing } from '../log-ring.ts';
import type { Upload } from './door-uploads.ts';

const linesBefore = 500;
const everyMs = 1_000;
/** While the door is away no more than this waits. */
const mostWaiting = 1_000_000;

export interface LogSending {
  readonly log: LogRing;
  readonly upload: Upload;
  readonly wait?: (ms: number) => Promise<unknown>;
}

/** @param forMs at most so long after the first line */
export async function sendLog(
  { log, upload, wait = delay }: LogSending,
  order: OrderId,
  forMs: number,
): Promise<OrderEnd> {
  let text = log
    .newest(linesBefore)
    .map((line) => `${line}\n`)
    .join('');
  let lost = 0;
  let sent = 0;
  const stop = log.follow((line) => {
    if (text.length > mostWaiting) lost += 1;
    else text += line;
  });
  let end: OrderEnd | undefined;
  try {
    for (let goneMs = 0; goneMs <= forMs && !end; goneMs += everyMs) {
      const piece = Buffer.from(text);
      if (piece.length > 0) {
        const outcome = await upload(order, 'text/plain', piece, sent);
        if (outcome.kind === 'taken') {
          // what came meanwhile stands behind it; a piece that had come before is told by where the next begins
          const gone = Math.max(0, outcome.bytes - sent);
          text = Buffer.concat([piece.subarray(gone), Buffer.from(text).subarray(piece.length)]).toString();
          sent = outcome.bytes;
        }
        if (outcome.kind === 'refused') end = { state: 'failed', code: 'door-refused' };
      }
      if (!end) await wait(everyMs);
    }
  } finally {
    stop();
  }
  return end ?? { state: 'done', detail: { bytes: sent, lostLines: lost } };
}
