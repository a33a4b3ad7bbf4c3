// What a month's tasks were about: causes, the problems that come most, and the suppliers behind them.
import { sql } from 'kysely';
import type { Words } from '../../contract/ids.ts';
import { libraryKeys } from '../../contract/library.ts';
import type { Reader, Store } from '../store/store.ts';
import { type Cause, causeOfPort, causes } from './metric-definitions.ts';
import type { Span } from './site-month.ts';

/** So many tasks that were created in the span are alike. */
export interface TaskCount {
  /** `''` = no project, and likewise no element, no problem */
  readonly project: string;
  readonly element: string;
  readonly problem: string;
  readonly supplier: string | null;
  readonly cause: Cause;
  readonly count: number;
}

/** Of valid requests. */
export async function countTasks(db: Reader, { from, to }: Span): Promise<TaskCount[]> {
  const { rows } = await sql<
    Record<'project' | 'element' | 'problem' | 'port' | 'count', string> & {
      readonly supplier: string | null;
      readonly cause: string | null;
    }
  >`
    select project, element, problem, port, supplier, cause, count(*) as count from (
      select coalesce(r.project, (select u.project from unit as u where u.id = r.unit), '') as project,
        coalesce(t.element, '') as element, coalesce(t.problem, '') as problem,
        t.port as port, t.supplier as supplier, t.cause as cause
      from task as t join request as r on r.id = t.request
      where t.created_at >= ${from} and t.created_at < ${to} and (r.valid is null or r.valid = 1)
    ) as told
    group by project, element, problem, port, supplier, cause`.execute(db);
  return rows.map(({ port, cause, count, ...row }) => ({
    ...row,
    cause: causeOf(cause, port),
    count: Number(count),
  }));
}

export function causeOf(cause: string | null, port: string): Cause {
  return causes.find((known) => known === cause) ?? causeOfPort[port] ?? 'unknown';
}

/** Names of elements and problems as the library has them now; a code of an older edition stands for itself. */
export async function problemNames(
  store: Store,
  db: Reader,
  pairs: readonly { readonly element: string; readonly problem: string }[],
): Promise<(element: string, problem: string) => Words> {
  const keys = pairs.flatMap(({ element, problem }) => [
    libraryKeys.element(element),
    libraryKeys.problem(element, problem),
  ]);
  const rows = await db
    .selectFrom('dataset_row')
    .select(['key', 'body'])
    .where('dataset', '=', 'library')
    .where(store.among('key', [...new Set(keys)]))
    .execute();
  const names = new Map(
    rows.flatMap(({ key, body }) =>
      body === null ? [] : [[key, (JSON.parse(body) as { name: Words }).name] as const],
    ),
  );
  const same = (text: string): Words => ({ zh: text, en: text });
  return (element, problem) => {
    if (element === '') return { zh: '未按标准分类', en: 'Not classified' };
    const at = names.get(libraryKeys.element(element)) ?? same(element);
    const what = names.get(libraryKeys.problem(element, problem)) ?? same(problem);
    return { zh: `${at.zh}-${what.zh}`, en: `${at.en} - ${what.en}` };
  };
}
