// What is reported how often, by the classification: places differ between projects, elements and problems add up over all.
import type { LibraryRow } from '../../../contract/library.ts';
import type { LibraryFigures, Proposal } from '../../api/library-api.ts';
import type { Store } from '../../store/store.ts';
import { publishedLibrary } from './import-library.ts';

export interface CountedTask {
  readonly project: string | null;
  readonly place: string | null;
  readonly element: string | null;
  readonly problem: string | null;
  readonly count: number;
}

/** @param from instant, included; @param to instant, excluded */
export async function countTasks(store: Store, from: string, to: string): Promise<CountedTask[]> {
  const rows = await store.db
    .selectFrom('task')
    .innerJoin('request', 'request.id', 'task.request')
    .select(({ fn }) => [
      'request.project as project',
      'task.place as place',
      'task.element as element',
      'task.problem as problem',
      fn.countAll<number>().as('count'),
    ])
    .where('task.created_at', '>=', from)
    .where('task.created_at', '<', to)
    .groupBy(['request.project', 'task.place', 'task.element', 'task.problem'])
    .execute();
  return rows.map((row) => ({ ...row, count: Number(row.count) }));
}

/** Every element counts what befell it and all below; what the library has no more counts under its own id, at the top. */
export function figuresOf(tasks: readonly CountedTask[], rows: readonly LibraryRow[]): LibraryFigures {
  const parents = new Map(
    rows.flatMap((row) => (row.kind === 'element' ? [[row.id as string, row.parent]] : [])) as [
      string,
      string | null,
    ][],
  );
  const byElement = new Map<string, Map<string, number>>();
  const byProblem = new Map<string, Map<string, number>>();
  const byPlace = new Map<string, Map<string, number>>();
  for (const { project, place, element, problem, count } of tasks) {
    const whose = project ?? '';
    for (const id of pathOf(element, parents)) add(byElement, id, whose, count);
    if (problem !== null) add(byProblem, problem, whose, count);
    if (place !== null) add(byPlace, `${whose}/${place}`, whose, count);
  }
  return {
    total: tasks.reduce((sum, { count }) => sum + count, 0),
    elements: listOf(byElement),
    problems: listOf(byProblem),
    places: listOf(byPlace),
  };
}

export async function libraryFigures(store: Store, from: string, to: string): Promise<LibraryFigures> {
  const [tasks, rows] = [await countTasks(store, from, to), await publishedLibrary(store.db)];
  return figuresOf(tasks, [...rows.values()]);
}

/** Own words of owners where no phrase fitted: what the library might learn, newest first. */
export async function proposedPhrases(store: Store, limit: number): Promise<Proposal[]> {
  const tasks = await store.db
    .selectFrom('task')
    .innerJoin('request', 'request.id', 'task.request')
    .leftJoin('dismissed_phrase', 'dismissed_phrase.task', 'task.id')
    .select(['task.id', 'task.problem', 'task.text', 'task.created_at as at', 'request.number'])
    .where('task.text', 'is not', null)
    .where('task.problem', 'is not', null)
    .where('dismissed_phrase.task', 'is', null)
    .orderBy('task.created_at', 'desc')
    .limit(limit)
    .execute();
  return tasks.flatMap(({ id, problem, text, at, number }) =>
    problem === null || text === null ? [] : [{ task: id, problem, text, at, number }],
  );
}

export async function dismissPhrase(store: Store, task: string, actor: string, at: Date): Promise<void> {
  await store.transaction(async (tx) => {
    await store.insert(tx, 'dismissed_phrase', [{ task, at: at.toISOString(), actor }], {
      onConflict: 'skip',
    });
  });
}

function pathOf(element: string | null, parents: ReadonlyMap<string, string | null>): string[] {
  const path: string[] = [];
  for (let at = element; at !== null && !path.includes(at); at = parents.get(at) ?? null) path.push(at);
  return path;
}

function add(counts: Map<string, Map<string, number>>, id: string, project: string, count: number): void {
  const of = counts.get(id) ?? new Map<string, number>();
  of.set(project, (of.get(project) ?? 0) + count);
  counts.set(id, of);
}

function listOf(counts: ReadonlyMap<string, ReadonlyMap<string, number>>): LibraryFigures['elements'] {
  return [...counts]
    .map(([id, of]) => ({
      id,
      count: [...of.values()].reduce((sum, count) => sum + count, 0),
      projects: [...of].map(([project, count]) => ({ project, count })),
    }))
    .sort((a, b) => b.count - a.count || (a.id < b.id ? -1 : 1));
}
