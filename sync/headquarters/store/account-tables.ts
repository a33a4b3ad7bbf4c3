// Tables of who works at headquarters and what they are told. As the SQL builder knows them, and as they are made.
import type { TableShape } from './table-shape.ts';

interface NoticeTable {
  readonly id: string;
  /** the same notice is queued once */
  readonly key: string;
  readonly at: string;
  /** `role`, `account` or `phone` */
  readonly to_kind: string;
  readonly to_whom: string;
  readonly to_port: string | null;
  /** `Words` */
  readonly subject: string;
  readonly text: string;
  readonly about: string | null;
  readonly read_at: string | null;
  readonly read_by: string | null;
}

export interface AccountTables {
  readonly notice: NoticeTable;
}

export const accountShapes: readonly TableShape[] = [
  {
    name: 'notice',
    columns: {
      id: 'text',
      key: 'text',
      at: 'text',
      to_kind: 'text',
      to_whom: 'text',
      to_port: 'text?',
      subject: 'text',
      text: 'text',
      about: 'text?',
      read_at: 'text?',
      read_by: 'text?',
    },
    key: ['id'],
    unique: [['key']],
    indexes: [['to_kind', 'to_whom', 'at'], ['at']],
  },
];
