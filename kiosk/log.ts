// The only logger. Structured lines for IT, nothing about a person; a fault that lasts is said once.
import { type DestinationStream, type Logger, pino } from 'pino';

export interface KioskLog {
  info(event: string, details?: Readonly<Record<string, string | number | boolean | null>>): void;
  /**
   * A coded fault with the sentence that says what to do. Said once; again after `cleared(code)`, or when it comes
   * again an hour later: of noise nobody knows when it is over.
   * @param code stable, for searching
   */
  fault(code: string, sentence: string, cause?: unknown): void;
  cleared(code: string): void;
}

const quietMs = 3_600_000;

export function openLog(terminal: string, destination?: DestinationStream): KioskLog {
  const logger: Logger = pino({ base: { terminal }, timestamp: pino.stdTimeFunctions.isoTime }, destination);
  const saidMs = new Map<string, number>();
  return {
    info: (event, details = {}) => logger.info(details, event),
    fault(code, sentence, cause) {
      const nowMs = performance.now();
      if (nowMs - (saidMs.get(code) ?? Number.NEGATIVE_INFINITY) < quietMs) return;
      saidMs.set(code, nowMs);
      logger.error({ code, ...(cause === undefined ? {} : { cause: causeOf(cause) }) }, sentence);
    },
    cleared(code) {
      if (saidMs.delete(code)) logger.info({ code }, 'fault cleared');
    },
  };
}

/** Name and code of an error; its message only when it is one of ours, because others quote what they were fed. */
function causeOf(cause: unknown): string {
  if (!(cause instanceof Error)) return 'unknown';
  const code = (cause as { code?: unknown }).code;
  const inner = cause.cause === undefined ? '' : ` ← ${causeOf(cause.cause)}`;
  return `${cause.name}${typeof code === 'string' ? ` ${code}` : ''}${inner}`;
}
