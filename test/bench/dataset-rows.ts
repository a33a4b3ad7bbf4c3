// A developer's board of 100,000 units that differ as real ones do, from a seed: what compresses well would flatter us.
import { type BoardRow, boardKeyOf, type UnitRow } from '../../sync/contract/board.ts';
import type { DatasetRow } from '../../sync/contract/datasets.ts';

export const boardUnits = 100_000;
const unitsPerBuilding = 132;
const facings = [
  ['南', 'South'],
  ['北', 'North'],
  ['东南', 'South-east'],
  ['西南', 'South-west'],
  ['东', 'East'],
  ['西', 'West'],
  ['南北', 'North and south'],
  ['东北', 'North-east'],
] as const;

/** In the order of their keys. */
export function variedBoard(random: () => number): DatasetRow[] {
  const pick = (count: number): number => Math.floor(random() * count);
  const rows: BoardRow[] = [];
  for (let building = 0; building * unitsPerBuilding < boardUnits; building += 1) {
    const project = `p${padded(Math.floor(building / 12), 3)}`;
    const base = 1_200_000 + pick(5_000_000);
    const here = Math.min(unitsPerBuilding, boardUnits - building * unitsPerBuilding);
    for (let n = 0; n < here; n += 1) {
      const [floor, column] = [1 + Math.floor(n / 4), 1 + (n % 4)];
      const area = 6_000 + pick(90) * 100 + pick(100);
      const pricePerM2 = base + floor * 7_500 + pick(4_000) * 100;
      const [zh, en] = facings[pick(facings.length)] ?? facings[0];
      rows.push({
        kind: 'unit',
        id: `b${padded(building, 4)}-${floor}${padded(column, 2)}`,
        project,
        building: `b${padded(building, 4)}`,
        floor,
        column,
        number: `${floor}${padded(column, 2)}`,
        layout: `l${pick(20)}`,
        state: ['available', 'available', 'subscribed', 'sold', 'sold', 'reserved'][pick(6)] ?? 'sold',
        facing: { zh, en },
        area,
        pricePerM2,
        price: Math.round((pricePerM2 * area) / 100),
      } as UnitRow);
    }
  }
  return rows.map((row): DatasetRow => [boardKeyOf(row), row]).sort(([a], [b]) => (a < b ? -1 : 1));
}

/** One unit in a hundred, scattered: another state and another price. */
export function changedUnits(rows: readonly DatasetRow[], random: () => number): DatasetRow[] {
  const changed = new Map<string, object>();
  while (changed.size < boardUnits / 100) {
    const [key, body] = rows[Math.floor(random() * rows.length)] ?? ['', null];
    const unit = body as UnitRow;
    const pricePerM2 = unit.pricePerM2 + 100 * Math.floor(random() * 900);
    const price = Math.round((pricePerM2 * unit.area) / 100);
    changed.set(key, { ...unit, state: unit.state === 'sold' ? 'available' : 'sold', pricePerM2, price });
  }
  return [...changed];
}

function padded(n: number, digits: number): string {
  return String(n).padStart(digits, '0');
}
