// Every home of a project in a few letters: what its map is drawn from.
import type { BuildingRow, UnitRow } from '../../sync/contract/board.ts';
import type { ProjectId } from '../../sync/contract/ids.ts';
import type { BoardKnowledge } from '../knowledge.ts';
import type { Language, ScreenOf } from '../screen.ts';
import { shownState } from './shown-state.ts';

type Overview = NonNullable<ScreenOf<'buildings'>['overview']>;

const firstLetter = 'a'.charCodeAt(0);
const nothing = '.';

export function showOverview(project: ProjectId, board: BoardKnowledge, language: Language): Overview {
  const states = board.states();
  const letters = new Map(states.map(({ code }, n) => [code, String.fromCharCode(firstLetter + n)]));
  const counts = new Map<string, number>();
  const buildings = board.buildings(project).map((building) => {
    const units = board.units(building.id);
    for (const { state } of units) counts.set(state, (counts.get(state) ?? 0) + 1);
    return drawn(building, units, letters);
  });
  return {
    legend: states.map((state) => ({ ...shownState(state, language), count: counts.get(state.code) ?? 0 })),
    buildings,
  };
}

function drawn(
  { columns }: BuildingRow,
  units: readonly UnitRow[],
  letters: ReadonlyMap<string, string>,
): Overview['buildings'][number] {
  const floors = units.map(({ floor }) => floor);
  const lowest = floors.reduce((a, b) => Math.min(a, b), floors[0] ?? 1);
  const highest = floors.reduce((a, b) => Math.max(a, b), lowest);
  const cells = new Array<string>((highest - lowest + 1) * columns).fill(nothing);
  for (const { floor, column, state } of units) {
    if (column <= columns) cells[(floor - lowest) * columns + column - 1] = letters.get(state) ?? nothing;
  }
  return { columns, lowest, cells: cells.join('') };
}
