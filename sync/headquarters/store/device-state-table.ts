// The table of what stands around each terminal and how it is. As the SQL builder knows it, and as it is made.
import type { TableShape } from './table-shape.ts';

/** How each thing around a terminal is, as the terminal said last; also of one without a record. */
interface DeviceStateTable {
  readonly terminal: string;
  /** `reader`, `printer` … */
  readonly device: string;
  /** `ready`, or why it is not */
  readonly state: string;
  /** since when, by the terminal's clock */
  readonly at: string;
}

export interface DeviceStateTables {
  readonly device_state: DeviceStateTable;
}

export const deviceStateShapes: readonly TableShape[] = [
  {
    name: 'device_state',
    columns: { terminal: 'text', device: 'text', state: 'text', at: 'text' },
    key: ['terminal', 'device'],
  },
];
