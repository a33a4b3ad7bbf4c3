// What projects and homes of the board are called: 四季花城米兰苑301.
import type { BuildingRow, ProjectRow, UnitRow } from '../../contract/board.ts';
import type { Words } from '../../contract/ids.ts';
import type { Reader } from '../store/store.ts';

export interface BoardLabels {
  /** @param id of a project or unit; what is unknown is called by its id */
  (id: string): Words;
  /** @returns undefined when there is no such unit */
  projectOf(unit: string): string | undefined;
}

export async function boardLabels(db: Reader): Promise<BoardLabels> {
  const names = new Map<string, Words>();
  for (const row of await rowsBetween<ProjectRow>(db, 'project/')) names.set(row.id, row.name);
  const buildings = new Map<string, Words>();
  for (const row of await rowsBetween<BuildingRow>(db, 'building/')) buildings.set(row.id, row.name);
  const projects = new Map<string, string>();
  for (const { row } of await db.selectFrom('unit').select('row').execute()) {
    const { id, project, building, number } = JSON.parse(row) as UnitRow;
    projects.set(id, project);
    const [of, at] = [names.get(project), buildings.get(building)];
    names.set(id, {
      zh: `${of?.zh ?? ''}${at?.zh ?? ''}${number}`,
      en: `${of?.en ?? ''} ${at?.en ?? ''} ${number}`.trim(),
    });
  }
  const labels = (id: string): Words => {
    const { zh, en } = names.get(id) ?? { zh: id, en: id };
    return { zh, en };
  };
  return Object.assign(labels, { projectOf: (unit: string) => projects.get(unit) });
}

async function rowsBetween<Row>(db: Reader, prefix: string): Promise<Row[]> {
  const rows = await db
    .selectFrom('dataset_row')
    .select('body')
    .where('dataset', '=', 'board')
    .where('key', '>=', prefix)
    .where('key', '<', `${prefix}~`)
    .where('body', 'is not', null)
    .execute();
  return rows.flatMap(({ body }) => (body === null ? [] : (JSON.parse(body) as Row)));
}
