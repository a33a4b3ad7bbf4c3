// The board's rows as the index reads them, out of a plain list.
import type { BoardIndex } from '../../../kiosk/search/board-index.ts';
import { type BoardRows, buildBoardIndex } from '../../../kiosk/search/build-board-index.ts';
import { type BoardRow, boardKeyOf } from '../../../sync/contract/board.ts';
import { groupsOf } from './brute-search.ts';

export function rowSource(rows: readonly BoardRow[]): BoardRows {
  const sorted = rows.toSorted((a, b) => (boardKeyOf(a) < boardKeyOf(b) ? -1 : 1));
  const of = <K extends BoardRow['kind']>(kind: K) =>
    sorted.filter((row): row is Extract<BoardRow, { kind: K }> => row.kind === kind);
  // looked for beforehand: a step of the index is timed without it
  const [states, projects] = [of('state'), of('project')];
  const buildings = groupsOf(of('building'), ({ project }) => project);
  const layouts = groupsOf(of('layout'), ({ project }) => project);
  const units = groupsOf(of('unit'), ({ building }) => building);
  return {
    states: () => states,
    projects: () => projects,
    buildings: (project) => buildings.get(project) ?? [],
    layouts: (project) => layouts.get(project) ?? [],
    units: (building) => units.get(building) ?? [],
  };
}

/** All at once, with the number of pauses that it would have made. */
export function builtIndex(source: BoardRows): { readonly index: BoardIndex; readonly pauses: number } {
  const build = buildBoardIndex(source);
  for (let pauses = 0; ; pauses += 1) {
    const { done, value } = build.next();
    if (done) return { index: value, pauses };
  }
}
