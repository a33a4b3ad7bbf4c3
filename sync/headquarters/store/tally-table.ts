// The table of how often what happened at each terminal, for whoever watches the fleet by numbers. As the SQL builder knows it, and as it is made.
import type { TableShape } from './table-shape.ts';

/** Only ever rises; a terminal and name without a row stand at 0. */
interface TerminalTallyTable {
  readonly terminal: string;
  /** a `TallyName` of `fleet/tallies.ts` */
  readonly name: string;
  readonly n: number;
}

export interface TallyTables {
  readonly terminal_tally: TerminalTallyTable;
}

export const tallyShape: TableShape = {
  name: 'terminal_tally',
  columns: { terminal: 'text', name: 'text', n: 'integer' },
  key: ['terminal', 'name'],
};
