// What the shipped library promises: enough places, elements and phrases, in two languages, without a loose end.

import * as v from 'valibot';
import { afterEach, describe, expect, it } from 'vitest';
import type { ProjectId } from '../../../../../sync/contract/ids.ts';
import { type LibraryRow, libraryKeyOf, libraryRowSchema } from '../../../../../sync/contract/library.ts';
import type { DeveloperFile } from '../../../../../sync/headquarters/developer-file.ts';
import { parseDeveloper } from '../../../../../sync/headquarters/developer-file.ts';
import { importDeveloper } from '../../../../../sync/headquarters/import.ts';
import { publishedLibrary } from '../../../../../sync/headquarters/service/library/import-library.ts';
import {
  shippedLibrary,
  shippedPlaces,
} from '../../../../../sync/headquarters/service/library/shipped-library.ts';
import { smallDeveloper } from '../../small-developer.ts';
import { fleetKey, makeWorld, type World } from '../../world.ts';

const rows = [...shippedLibrary(), ...shippedPlaces('siji')];
const of = <K extends LibraryRow['kind']>(kind: K) =>
  rows.filter((row): row is Extract<LibraryRow, { kind: K }> => row.kind === kind);
const parents = new Set(of('element').map(({ parent }) => parent));
const leaves = of('element').filter(({ id }) => !parents.has(id));

describe('the shipped library', () => {
  it('D23 has 12 room places, public places, 60 leaves and 300 phrases that differ', () => {
    expect(of('place').filter(({ scope }) => scope === 'room').length).toBeGreaterThanOrEqual(12);
    expect(of('place').filter(({ scope }) => scope === 'public').length).toBeGreaterThanOrEqual(8);
    expect(leaves.length).toBeGreaterThanOrEqual(60);
    expect(new Set(of('phrase').map(({ text }) => text.zh)).size).toBeGreaterThanOrEqual(300);
  });

  it('D23 is of rows that the contract knows, each key once, every name in both languages', () => {
    expect(rows.every((row) => v.is(libraryRowSchema, row))).toBe(true);
    expect(new Set(rows.map(libraryKeyOf)).size).toBe(rows.length);
    const words = [...of('place'), ...of('element'), ...of('problem'), ...of('port')].map(({ name }) => name);
    for (const { zh, en } of [...words, ...of('phrase').map(({ text }) => text)]) {
      expect(zh).toMatch(/\p{Script=Han}/u);
      expect(en).toMatch(/^[\x20-\x7e]{2,60}$/);
    }
  });

  it('D23 binds problems to leaves alone, every leaf has some, and every problem has phrases and a port', () => {
    const ids = new Set(of('element').map(({ id }) => id));
    for (const { element, port } of of('problem')) {
      expect(leaves.some(({ id }) => id === element)).toBe(true);
      expect(of('port').some(({ id }) => id === port)).toBe(true);
    }
    for (const { id } of leaves) expect(of('problem').some(({ element }) => element === id)).toBe(true);
    for (const { id } of of('problem')) expect(of('phrase').some(({ problem }) => problem === id)).toBe(true);
    for (const { elements } of of('place')) expect(elements.every((id) => ids.has(id))).toBe(true);
  });

  it('D20 names waterproofing 60 months, pipes and wiring 24, heating two seasons and lamps half a year', () => {
    const months = (id: string) => of('element').find((element) => element.id === id)?.warrantyMonths;
    expect(['waterproof', 'water', 'power', 'heating', 'lamp'].map(months)).toEqual([60, 24, 24, 24, 6]);
    expect(of('problem').find(({ id }) => id === 'ceiling-leak')?.warrantyMonths).toBe(60);
  });

  it('D23 knows what cannot wait: gas, a burst pipe, a person in a lift', () => {
    const urgent = of('problem').filter(({ emergency }) => emergency);
    for (const id of ['gas-leak', 'supply-cold-burst', 'lift-trapped']) {
      expect(urgent.map((problem) => String(problem.id))).toContain(id);
    }
    expect(urgent.length).toBeLessThan(of('problem').length / 8);
  });
});

describe('the library of a developer', () => {
  let world: World;
  afterEach(() => world?.remove());

  const importFile = (file: DeveloperFile) =>
    importDeveloper({ ...world, fleetKey, cardWidth: 'all' }, parseDeveloper(file, 'test'));
  const published = async () => await publishedLibrary(world.store.db);

  it('D23 is the shipped one where the file has none, with places for its projects, and stays when imported again', async () => {
    world = await makeWorld({ ...smallDeveloper(), library: [] });
    const before = await published();
    expect(before.get('edition')).toMatchObject({ number: 1 });
    expect(before.size).toBe(shippedLibrary().length + shippedPlaces('siji' as ProjectId).length + 1);
    const { version } = await world.publication.versions().then(({ library }) => ({ version: library }));
    await importFile({ ...smallDeveloper(), library: [] });
    expect((await world.publication.versions()).library).toBe(version);
  });

  it('D23 gets the next edition when an import changes it, and the same when it does not', async () => {
    world = await makeWorld();
    expect((await published()).get('edition')).toMatchObject({ number: 1 });
    await importFile(smallDeveloper());
    expect((await published()).get('edition')).toMatchObject({ number: 1 });
    await importFile({
      ...smallDeveloper(),
      library: [{ kind: 'port', id: 'engineering', name: { zh: '工程部', en: 'Engineering' } }],
    });
    expect((await published()).get('edition')).toMatchObject({ number: 2 });
  });
});
