// What `npm run proof` gives a proof, and what it wants back.
import type { BrokerName, StoreName } from './world.ts';

export interface RunOptions {
  readonly seed: number;
  readonly rounds: number;
  readonly broker: BrokerName;
  readonly store: StoreName;
}

/** What became of everything that was confirmed. */
export interface Counts {
  readonly accepted: number;
  readonly applied: number;
  readonly lost: number;
  readonly doubled: number;
  /** set aside where operators see it */
  readonly refused: number;
}

/** One line of the answer: ours, or a design that is bad in one way. */
export interface Outcome {
  /** `ours`, or what the control does */
  readonly who: string;
  /** none where nothing is counted this way */
  readonly counts?: Counts;
  /** what else there is to say */
  readonly note?: string;
  /** a control that got away with it */
  readonly provesNothing?: boolean;
}

/** What a proof found: figures for the file, and lines for a person. */
export interface RunResult {
  readonly fault: string;
  readonly ok: boolean;
  readonly headline: string;
  readonly outcomes: readonly Outcome[];
  readonly details?: readonly string[];
  readonly figures: Readonly<Record<string, unknown>>;
}

export function countsOf({ accepted, applied, lost, doubled, refused }: Counts): Counts {
  return { accepted, applied, lost, doubled, refused };
}

/** As a person reads it, the first line without a mark. */
export function linesOf({ headline, outcomes, details = [] }: RunResult): string[] {
  return [headline, ...outcomes.map(outcomeLine), ...details];
}

function outcomeLine({ who, counts, note, provesNothing = false }: Outcome): string {
  const said = [...(counts ? [told(counts)] : []), ...(note === undefined ? [] : [note])].join('  ');
  return `${who}: ${said}${provesNothing ? ' — it must fail, so this run proves nothing' : ''}`;
}

function told({ accepted, applied, lost, doubled, refused }: Counts): string {
  return `accepted ${accepted}  applied ${applied}  lost ${lost}  doubled ${doubled}  refused-and-visible ${refused}`;
}

/** All of them below each other, ours above its control. */
export function tableOf(results: readonly RunResult[]): string[] {
  const rows = results.flatMap(({ fault, ok, outcomes }) =>
    outcomes.map(({ who, counts, note }, n) => [
      n === 0 ? `${ok ? '✓' : '✗'} ${fault}` : '',
      who,
      ...(counts ? countCells(counts) : ['', '', '', '', '']),
      counts ? '' : (note ?? ''),
    ]),
  );
  const head = ['', '', 'accepted', 'applied', 'lost', 'doubled', 'refused-and-visible', ''];
  const table = [head, ...rows];
  const widths = head.map((_, n) => Math.max(...(n === 7 ? [0] : table.map((row) => row[n]?.length ?? 0))));
  return table.map((row) =>
    row
      .map((cell, n) => (n >= 2 && n < 7 ? cell.padStart(widths[n] ?? 0) : cell.padEnd(widths[n] ?? 0)))
      .join('  ')
      .trimEnd(),
  );
}

function countCells({ accepted, applied, lost, doubled, refused }: Counts): string[] {
  return [accepted, applied, lost, doubled, refused].map(String);
}
