// `npm run bench` without its process: reads the arguments, runs the rows, prints a table, writes a file.
export interface RowOptions {
  /** fewer runs: to see that it works, not to be quoted */
  readonly isQuick: boolean;
  /** told what is going on; never part of the result */
  readonly progress: (line: string) => void;
}
