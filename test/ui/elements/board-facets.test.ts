// Narrowing down a building: every home is in one choice of each facet, and counts are what counting by hand gives.
import { expect, it } from 'vitest';
import { countsOf, facetNames, facetsOf, isChosen, totalOf } from '../../../ui/elements/board-facets.ts';
import { boardScreens } from '../board-shows.ts';

const { board } = boardScreens('zh');
if (board?.kind !== 'board') throw new Error('the gallery has no board');
const facets = facetsOf(board);
const facetOf = (name: (typeof facetNames)[number]) => {
  const facet = facets.find((each) => each.name === name);
  if (!facet) throw new Error(`no ${name}`);
  return facet;
};

it.each(facetNames)('every home is in one choice of %s', (name) => {
  const { choices, of } = facetOf(name);
  expect(of).toHaveLength(board.cells.length);
  expect([...of].every((choice) => choice < choices.length)).toBe(true);
  expect(countsOf(facets, {}, name).reduce((a, b) => a + b, 0)).toBe(board.cells.length);
});

it.each([
  ['area', 'area'],
  ['price', 'price'],
  ['floor', 'floor'],
] as const)('bands of %s hold what is in them, five at most', (name, measure) => {
  const { choices, of } = facetOf(name);
  expect(choices.length).toBeLessThanOrEqual(5);
  board.cells.forEach((cell, at) => {
    const band = choices[of[at] ?? -1];
    if (band?.kind !== 'band') throw new Error('no band');
    expect(cell[measure]).toBeGreaterThanOrEqual(band.from);
    expect(cell[measure]).toBeLessThanOrEqual(band.to);
  });
});

it('counts of one facet take all others into account and not itself', () => {
  const south = facetOf('facing').choices.findIndex(
    (choice) => choice.kind === 'word' && choice.word === '南',
  );
  const chosen = { state: 0, facing: south };
  const byHand = board.cells.filter(({ state, facing }) => state === 'available' && facing === '南').length;
  expect(totalOf(facets, chosen)).toBe(byHand);
  expect(countsOf(facets, chosen, 'state')[0]).toBe(byHand);
  expect(countsOf(facets, chosen, 'facing')[south]).toBe(byHand);
  expect(countsOf(facets, chosen, 'state').reduce((a, b) => a + b, 0)).toBe(
    board.cells.filter(({ facing }) => facing === '南').length,
  );
  expect(isChosen(facets, chosen, 0)).toBe(false);
});

it('of an empty building there is nothing to choose, and nothing breaks', () => {
  const none = facetsOf({ ...board, cells: [], bedrooms: [] });
  expect(totalOf(none, {})).toBe(0);
  expect(none.filter(({ name }) => name !== 'state').flatMap(({ choices }) => choices)).toEqual([]);
});
