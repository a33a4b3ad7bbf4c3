// Builds and compiles a query once, so that each further time only brings other values.
import { type Compilable, CompiledQuery, type Kysely } from 'kysely';
import type { Tables } from './tables.ts';

/** Stands for a value while the query is built. */
class Hole {
  readonly name: string;
  readonly isJson: boolean;

  constructor(name: string, isJson = false) {
    this.name = name;
    this.isJson = isJson;
  }
}

/** Asks with these values. */
export type PreparedQuery<Given extends object, Row> = (
  db: Kysely<Tables>,
  given: Given,
) => Promise<readonly Row[]>;

/** @param build uses what `given` has as values of the query and looks at none of them */
export function prepareQuery<Given extends object, Row>(
  db: Kysely<Tables>,
  build: (db: Kysely<Tables>, given: Given) => Compilable<Row>,
): PreparedQuery<Given, Row> {
  const holes = new Proxy({}, { get: (_, name) => new Hole(String(name)) });
  const { sql, parameters } = build(db, holes as Given).compile();
  return async (at, given) => {
    const values = given as Readonly<Record<string, unknown>>;
    const filled = parameters.map((parameter) => {
      if (!(parameter instanceof Hole)) return parameter;
      const value = values[parameter.name];
      return parameter.isJson ? JSON.stringify(value) : value;
    });
    const { rows } = await at.executeQuery<Row>(CompiledQuery.raw(sql, filled));
    return rows;
  };
}

/** @returns the values as JSON, now or when they are given */
export function jsonOf(values: unknown): unknown {
  return values instanceof Hole ? new Hole(values.name, true) : JSON.stringify(values);
}
