// What projects and homes of the board are called: 四季花城米兰苑301.
import { type BuildingRow, boardKeys, type ProjectRow, type UnitRow } from '../../contract/board.ts';
import type { Words } from '../../contract/ids.ts';
import type { Reader, Store } from '../store/store.ts';

export interface BoardLabels {
  /** @param id of a project or unit; what is unknown is called by its id */
  (id: string): Words;
  /** @returns undefined when there is no such unit */
  projectOf(unit: string): string | undefined;
}

/** @param ids of projects and units: nothing else is read */
export async function boardLabels(store: Store, db: Reader, ids: Iterable<string>): Promise<BoardLabels> {
  const wanted = [...new Set(ids)];
  const found = await db.selectFrom('unit').select('row').where(store.among('id', wanted)).execute();
  const units = found.map(({ row }) => JSON.parse(row) as UnitRow);
  const places = await placesOf(store, db, [
    ...wanted.map((id) => boardKeys.project(id)),
    ...units.flatMap(({ project, building }) => [
      boardKeys.project(project),
      boardKeys.building(project, building),
    ]),
  ]);
  const names = new Map<string, Words>(
    wanted.flatMap((id) => {
      const name = places.get(boardKeys.project(id));
      return name ? [[id, name] as const] : [];
    }),
  );
  for (const { id, project, building, number } of units) {
    const of = places.get(boardKeys.project(project));
    const at = places.get(boardKeys.building(project, building));
    names.set(id, {
      zh: `${of?.zh ?? ''}${at?.zh ?? ''}${number}`,
      en: `${of?.en ?? ''} ${at?.en ?? ''} ${number}`.trim(),
    });
  }
  const projects = new Map<string, string>(units.map(({ id, project }) => [id, project]));
  const labels = (id: string): Words => {
    const { zh, en } = names.get(id) ?? { zh: id, en: id };
    return { zh, en };
  };
  return Object.assign(labels, { projectOf: (unit: string) => projects.get(unit) });
}

async function placesOf(
  store: Store,
  db: Reader,
  keys: readonly string[],
): Promise<ReadonlyMap<string, Words>> {
  const rows = await db
    .selectFrom('dataset_row')
    .select(['key', 'body'])
    .where('dataset', '=', 'board')
    .where(store.among('key', [...new Set(keys)]))
    .where('body', 'is not', null)
    .execute();
  return new Map(
    rows.flatMap(({ key, body }) => {
      if (body === null) return [];
      const { name } = JSON.parse(body) as ProjectRow | BuildingRow;
      return [[key, { zh: name.zh, en: name.en }] as const];
    }),
  );
}
