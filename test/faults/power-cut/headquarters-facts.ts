// The facts of headquarters' embedded store, numbered as they were applied.
import { createHash } from 'node:crypto';
import type { Database } from '../../../sync/database.ts';

/** Number by number, a hash of what stands there. */
export function factsOf(database: Database): Map<number, string> {
  const rows = database.all('SELECT row_number() OVER (ORDER BY n) AS number, fact.* FROM fact ORDER BY n');
  return new Map(
    rows.map(({ number, ...row }) => [
      Number(number),
      createHash('sha256')
        .update(JSON.stringify(Object.values(row)))
        .digest('hex')
        .slice(0, 16),
    ]),
  );
}
