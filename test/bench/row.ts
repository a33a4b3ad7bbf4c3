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
}

export function ratioRow(row: Omit<Row, 'value' | 'ok'>): Row {
  const value = row.ours / row.against;
  return { ...row, value, ok: row.op === '>=' ? value >= row.goal : value <= row.goal };
}

/** @throws when there is nothing to take the middle of */
export function median(values: readonly number[]): number {
  const middle = values.toSorted((a, b) => a - b)[Math.floor(values.length / 2)];
  if (middle === undefined) throw new Error('a median of nothing');
  return middle;
}
