// Makes a table from its description, the same on both databases.
import { type ColumnDataType, type CreateTableBuilder, type Expression, sql } from 'kysely';
import type { StoreKind, Tx } from './store.ts';
import type { ColumnKind, TableShape } from './table-shape.ts';

export async function createTable(tx: Tx, kind: StoreKind, shape: TableShape): Promise<void> {
  const { name, columns, key, unique = [], refers = {}, indexes = [] } = shape;
  let table: CreateTableBuilder<string, string> = tx.schema.createTable(name);
  for (const [column, type] of Object.entries(columns)) {
    table = table.addColumn(column, dataType(kind, type), (it) => {
      if (type === 'number') return kind === 'sqlite' ? it.primaryKey().autoIncrement() : it.primaryKey();
      return type.endsWith('?') ? it : it.notNull();
    });
  }
  if (key) table = table.addPrimaryKeyConstraint(`${name}_key`, [...key]);
  for (const some of unique) table = table.addUniqueConstraint(`${name}_${some.join('_')}_once`, [...some]);
  for (const [column, target] of Object.entries(refers)) {
    table = table.addForeignKeyConstraint(`${name}_${column}_refers`, [column], target, ['id'], (it) =>
      name === 'pending_change' ? it.onDelete('cascade') : it,
    );
  }
  if (kind === 'sqlite' && key) table = table.modifyEnd(sql`without rowid`);
  await table.execute();
  for (const some of indexes) {
    await tx.schema
      .createIndex(`${name}_by_${some.join('_')}`)
      .on(name)
      .columns([...some])
      .execute();
  }
}

/** Text sorts by its bytes on both: the hash over a dataset depends on the order of keys. */
function dataType(kind: StoreKind, type: ColumnKind): ColumnDataType | Expression<unknown> {
  if (kind === 'sqlite') return type.startsWith('text') ? 'text' : 'integer';
  if (type === 'number') return 'bigserial';
  return type.startsWith('text') ? sql`text collate "C"` : 'bigint';
}
