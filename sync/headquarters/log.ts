// The only logger of headquarters: JSON lines on stderr, no personal data.
import { destination, type Logger, pino } from 'pino';

export type Log = Pick<Logger, 'info' | 'warn' | 'error'>;

/** @param worker which of several processes speaks */
export function makeLog(worker?: string): Log {
  const name = 'headquarters';
  const base = worker === undefined ? { name } : { name, worker };
  return pino({ name, base }, destination({ dest: 2, sync: true }));
}
