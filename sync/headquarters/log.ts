// The only logger of headquarters: JSON lines on stderr, no personal data.
import { destination, type Logger, pino } from 'pino';

export type Log = Pick<Logger, 'info' | 'warn' | 'error'>;

export function makeLog(): Log {
  return pino({ name: 'headquarters', base: { name: 'headquarters' } }, destination({ dest: 2, sync: true }));
}
