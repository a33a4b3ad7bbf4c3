// Reads the lines that a terminal logs: one JSON object each, as `kiosk/log.ts` writes them, or whatever else stands there.

/** The least first. */
export const severities = ['info', 'warn', 'error'] as const;
export type Severity = (typeof severities)[number];

export interface LogLine {
  readonly severity: Severity;
  /** an instant; undefined where the line does not tell */
  readonly at: string | undefined;
  readonly text: string;
}

/** what the desk knows already */
const known: ReadonlySet<string> = new Set(['level', 'time', 'terminal', 'msg', 'pid', 'hostname', 'v']);

/** @param text whole lines */
export function readLogLines(text: string): readonly LogLine[] {
  return text
    .split('\n')
    .filter((line) => line.trim() !== '')
    .map(readLine);
}

function readLine(line: string): LogLine {
  let value: unknown;
  try {
    value = JSON.parse(line);
  } catch {
    return { severity: 'info', at: undefined, text: line };
  }
  if (typeof value !== 'object' || value === null) return { severity: 'info', at: undefined, text: line };
  const said = value as Readonly<Record<string, unknown>>;
  const details = Object.entries(said)
    .filter(([key]) => !known.has(key))
    .map(([key, held]) => `${key}=${typeof held === 'string' ? held : JSON.stringify(held)}`);
  const message = typeof said['msg'] === 'string' ? [said['msg']] : [];
  const time = said['time'];
  const isInstant = typeof time === 'string' && !Number.isNaN(Date.parse(time));
  return {
    severity: severityOf(said['level']),
    at: isInstant ? time : undefined,
    text: [...message, ...details].join('  '),
  };
}

/** pino's numbers */
function severityOf(level: unknown): Severity {
  if (typeof level !== 'number' || level < 40) return 'info';
  return level < 50 ? 'warn' : 'error';
}
