// The regional companies 地区公司 and which projects are theirs.
import * as v from 'valibot';
import { projectIdSchema, type Words, wordsSchema } from '../../contract/ids.ts';
import type { Reader, Store, Tx } from '../store/store.ts';

export const regionSchema = v.strictObject({
  id: v.pipe(v.string(), v.regex(/^[A-Za-z0-9_-]{1,40}$/)),
  name: wordsSchema,
  projects: v.array(projectIdSchema),
});
export type Region = v.InferOutput<typeof regionSchema>;

/** Stands for the region of projects that are in none. */
export const noRegion = '';

export const groupName: Words = { zh: '集团', en: 'Group' };
export const noRegionName: Words = { zh: '未分地区', en: 'No region' };

/** Replaces what was there. */
export async function importRegions(tx: Tx, store: Store, regions: readonly Region[]): Promise<void> {
  await tx.deleteFrom('project_region').execute();
  await tx.deleteFrom('region').execute();
  await store.insert(
    tx,
    'region',
    regions.map(({ id, name }, sort) => ({ id, name: JSON.stringify(name), sort })),
  );
  await store.insert(
    tx,
    'project_region',
    regions.flatMap(({ id: region, projects }) => projects.map((project) => ({ project, region }))),
  );
}

export interface Organisation {
  readonly regions: readonly { readonly id: string; readonly name: Words }[];
  readonly projects: readonly { readonly id: string; readonly name: Words; readonly region: string }[];
}

/** All projects of the board, each with its region or `noRegion`. */
export async function readOrganisation(db: Reader): Promise<Organisation> {
  const regions = await db.selectFrom('region').selectAll().orderBy('sort').execute();
  const placed = await db.selectFrom('project_region').selectAll().execute();
  const regionOf = new Map(placed.map(({ project, region }) => [project, region]));
  const rows = await db
    .selectFrom('dataset_row')
    .select('body')
    .where('dataset', '=', 'board')
    .where('key', '>=', 'project/')
    .where('key', '<', 'project0')
    .where('body', 'is not', null)
    .orderBy('key')
    .execute();
  const projects = rows.flatMap(({ body }) => {
    const row = JSON.parse(body ?? '{}') as { id: string; name: Words };
    return [{ id: row.id, name: row.name, region: regionOf.get(row.id) ?? noRegion }];
  });
  return {
    regions: regions.map(({ id, name }) => ({ id, name: JSON.parse(name) as Words })),
    projects,
  };
}
