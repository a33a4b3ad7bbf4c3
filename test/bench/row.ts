// One line of `npm run bench`: ours against a peer or a floor that was measured in the same run.

export interface Row {
  readonly row: string;
  /** `facts/s ÷ lowdb queue of 1,000` */
  readonly metric: string;
  /** `ours / against` */
  readonly value: number;
  readonly op: '>=' | '<=';
  readonly goal: number;
  readonly ok: boolean;
  readonly ours: number;
  readonly against: number;
  /** name and version of what is compared with */
  readonly peer: string;
  /** how many interleaved runs the medians are of */
  readonly runs: number;
  /** what a reader of the table should know */
  readonly note?: string;
}

/** How a row is to be measured. */
export interface RowOptions {
  /** fewer runs: to see that it works, not to be quoted */
  readonly isQuick: boolean;
  /** told what is going on; no part of the result */
  readonly progress: (line: string) => void;
}

/** Measures one row: one or several metrics, none of which throws for being slow. */
export type MeasureRow = (options: RowOptions) => Promise<readonly Row[]>;

export function ratioRow(row: Omit<Row, 'value' | 'ok'>): Row {
  const value = row.ours / row.against;
  return { ...row, value, ok: row.op === '>=' ? value >= row.goal : value <= row.goal };
}

/** @throws when there is nothing to take the middle of */
export function median(values: readonly number[]): number {
  return percentile(values, 50);
}

/**
 * The smallest value that at least `percent` of all are not above (nearest rank).
 * @throws when there is nothing to choose from
 */
export function percentile(values: readonly number[], percent: number): number {
  const rank = Math.ceil((values.length * percent) / 100);
  const value = values.toSorted((a, b) => a - b)[Math.max(0, rank - 1)];
  if (value === undefined) throw new Error('a percentile of nothing');
  return value;
}
