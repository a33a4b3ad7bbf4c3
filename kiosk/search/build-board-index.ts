// Builds the index of the board out of its rows, a little at a time.
import type { BuildingRow, LayoutRow, ProjectRow, StateRow, UnitRow } from '../../sync/contract/board.ts';
import type { BuildingId, ProjectId, Words } from '../../sync/contract/ids.ts';
import { BoardIndex, type BoardIndexParts } from './board-index.ts';
import { type Facet, facets, type Measure, measures } from './board-query.ts';
import { CodeIndex } from './code-index.ts';
import { MeasureIndex } from './measure-index.ts';
import { NameDictionaryDraft } from './name-dictionary.ts';
import { type UnitSet, UnitSetDraft } from './unit-set.ts';

/** The rows of the dataset, each kind in the order of its keys; long lists come as they are asked for. */
export interface BoardRows {
  states(): readonly StateRow[];
  projects(): Iterable<ProjectRow>;
  buildings(project: ProjectId): readonly BuildingRow[];
  layouts(project: ProjectId): readonly LayoutRow[];
  units(building: BuildingId): Iterable<UnitRow>;
}

/** Homes that are read between two pauses. */
const unitsPerStep = 50;

/**
 * Pauses often enough that a step takes about a millisecond. The rows must not change until it is done.
 * @see BoardQuery for which homes are in it
 */
export function* buildBoardIndex(rows: BoardRows): Generator<undefined, BoardIndex> {
  const draft = new BoardDraft(new Set(rows.states().map(({ code }) => code)));
  for (const project of rows.projects()) {
    const first = draft.size;
    const layouts = new Map(rows.layouts(project.id).map((layout) => [layout.id, layout]));
    for (const building of rows.buildings(project.id)) {
      yield* draft.addBuilding(building, layouts, rows.units(building.id));
    }
    draft.addProject(project, first);
    yield;
  }
  return yield* draft.finish();
}

class BoardDraft {
  readonly #states: ReadonlySet<string>;
  readonly #names = new NameDictionaryDraft();
  readonly #numbers: string[] = [];
  readonly #ids: string[] = [];
  readonly #places: BoardIndexParts['places'][number][] = [];
  readonly #facets = ofEach(facets, () => new Map<string, UnitSetDraft>());
  readonly #facings = new Map<string, Words>();
  readonly #measures = ofEach(measures, (): number[] => []);

  constructor(states: ReadonlySet<string>) {
    this.#states = states;
  }

  get size(): number {
    return this.#ids.length;
  }

  *addBuilding(
    { id, project, name }: BuildingRow,
    layouts: ReadonlyMap<string, LayoutRow>,
    units: Iterable<UnitRow>,
  ): Generator<undefined> {
    const first = this.size;
    let untilPause = unitsPerStep;
    for (const unit of units) {
      const layout = layouts.get(unit.layout);
      if (layout && unit.project === project && this.#states.has(unit.state)) this.#addUnit(unit, layout);
      untilPause -= 1;
      if (untilPause > 0) continue;
      untilPause = unitsPerStep;
      yield;
    }
    if (this.size === first) return;
    this.#places.push({ project, building: id, first });
    this.#names.add(name, first, this.size);
    this.#note('building', id, first);
  }

  /** After its buildings. */
  addProject({ id, name, district }: ProjectRow, first: number): void {
    if (this.size === first) return;
    for (const each of [name, district]) this.#names.add(each, first, this.size);
    this.#note('project', id, first);
    this.#note('district', district.zh, first);
  }

  *finish(): Generator<undefined, BoardIndex> {
    const { size } = this;
    const sets = ofEach(facets, () => new Map<string, UnitSet>());
    for (const facet of facets) {
      for (const [value, draft] of this.#facets[facet]) {
        sets[facet].set(value, draft.finish(size));
        yield;
      }
    }
    return new BoardIndex({
      size,
      names: yield* this.#names.finish(size),
      numbers: yield* CodeIndex.build(this.#numbers),
      ids: yield* CodeIndex.build(this.#ids),
      facets: sets,
      measures: {
        area: yield* MeasureIndex.build(this.#measures.area),
        price: yield* MeasureIndex.build(this.#measures.price),
        pricePerM2: yield* MeasureIndex.build(this.#measures.pricePerM2),
        floor: yield* MeasureIndex.build(this.#measures.floor),
      },
      facings: this.#facings,
      places: this.#places,
    });
  }

  #addUnit(unit: UnitRow, layout: LayoutRow): void {
    const at = this.#ids.push(unit.id) - 1;
    this.#numbers.push(unit.number);
    for (const measure of measures) this.#measures[measure].push(unit[measure]);
    this.#note('layout', layout.id, at);
    this.#note('state', unit.state, at);
    this.#note('bedrooms', `${layout.bedrooms}`, at);
    this.#note('halls', `${layout.halls}`, at);
    this.#note('baths', `${layout.baths}`, at);
    this.#note('facing', unit.facing.zh, at);
    if (!this.#facings.has(unit.facing.zh)) this.#facings.set(unit.facing.zh, unit.facing);
  }

  /** All homes from `first` on have this value. */
  #note(facet: Facet, value: string, first: number): void {
    const values = this.#facets[facet];
    let set = values.get(value);
    if (!set) {
      set = new UnitSetDraft();
      values.set(value, set);
    }
    set.addSpan(first, this.size);
  }
}

function ofEach<K extends Facet | Measure, T>(names: readonly K[], make: () => T): Record<K, T> {
  return Object.fromEntries(names.map((name) => [name, make()])) as Record<K, T>;
}
