// The board at its edges: a thousand homes, one, none, and a dataset of which half is missing.
import type { Language, Screen, ScreenOf } from '../../kiosk/screen.ts';
import { boardIn, unitIn } from './board-shows.ts';
import { sayIn } from './show-frame.ts';

/** The same building grown to this size, its homes repeated. */
export function grown(board: ScreenOf<'board'>, floors: number, columns: number): ScreenOf<'board'> {
  const cells = Array.from({ length: floors * columns }, (_, n) => {
    const like = board.cells[n % board.cells.length];
    if (!like) throw new Error('no home to repeat');
    const [floor, column] = [Math.floor(n / columns) + 1, (n % columns) + 1];
    return { ...like, id: `u${n}`, floor, column, number: `${floor}${String(column).padStart(2, '0')}` };
  });
  return withCells({ ...board, building: { ...board.building, floors, columns } }, cells);
}

/** With these homes, counted anew. */
export function withCells(board: ScreenOf<'board'>, cells: ScreenOf<'board'>['cells']): ScreenOf<'board'> {
  const count = (code: string): number => cells.filter(({ state }) => state === code).length;
  return {
    ...board,
    bedrooms: board.bedrooms.filter((value) => cells.some(({ bedrooms }) => bedrooms === value)),
    legend: board.legend.map((state) => ({ ...state, count: count(state.code) })),
    cells,
  };
}

/** Gaps between floors, a place taken twice, one beyond the building, and homes of which little is known. */
function half(board: ScreenOf<'board'>): ScreenOf<'board'> {
  const cells = board.cells.flatMap((cell, n) => {
    if (cell.floor % 4 !== 0) return [];
    if (n % 5 === 0) return { ...cell, bedrooms: 0, price: 0 };
    if (n % 7 === 0) return { ...cell, column: 1, state: 'unheard', area: 0, price: 0 };
    return n % 11 === 0 ? { ...cell, column: 10 } : cell;
  });
  return withCells({ ...board, building: { ...board.building, licence: '' }, approvedAt: null }, cells);
}

export function boardEdgeScreens(language: Language): Record<string, Screen> {
  const say = sayIn(language);
  const { kept: _, shortlist: __, ...board } = boardIn(say);
  const unit = unitIn(say, 'none');
  return {
    'board-wide': grown(board, 40, 25),
    'board-one': withCells(board, board.cells.slice(0, 1)),
    'board-none': withCells(board, []),
    'board-half': half(board),
    'unit-half': {
      ...unit,
      unit: { ...unit.unit, price: 0, pricePerM2: 0 },
      layout: { name: say('户型待定', 'Layout not set'), bedrooms: 0, halls: 0, baths: 0, plan: [] },
      adverse: [],
    },
  };
}
