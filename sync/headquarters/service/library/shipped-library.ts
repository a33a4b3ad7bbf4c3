// The classification library that comes with the product, as rows: the default of a developer who brings none.
import type * as v from 'valibot';
import type { LibraryRow, libraryRowSchema } from '../../../contract/library.ts';
import { type ElementSeed, elementTree } from './element-tree.ts';
import { placeList } from './place-list.ts';
import { problemsOf } from './problem-families.ts';

type Plain = v.InferInput<typeof libraryRowSchema>;

const ports = [
  ['engineering', '工程', 'Engineering'],
  ['design', '设计', 'Design'],
  ['property', '物业', 'Property management'],
  ['sales', '销售', 'Sales'],
  ['service', '客服', 'Customer service'],
] as const;

/** The promise `coastal`, and `bluelight` where nobody has to come at once. */
const clocks = [
  ['default', 10, 60],
  ['design', 60, 1_440],
  ['sales', 60, 1_440],
  ['service', 60, 1_440],
] as const;

/** Everything of the group: elements, problems, phrases, ports and clocks. */
export function shippedLibrary(): LibraryRow[] {
  const rows: Plain[] = [
    ...elementTree.flatMap((element, order) => elementRows(element, null, order)),
    ...ports.map(([id, zh, en]) => ({ kind: 'port' as const, id, name: { zh, en } })),
    ...clocks.map(([id, replyMin, onSiteMin]) => ({ kind: 'clock' as const, id, replyMin, onSiteMin })),
  ];
  return rows as LibraryRow[];
}

/** The places of one project, bound to elements of the shipped library. */
export function shippedPlaces(project: string): LibraryRow[] {
  const rows: Plain[] = placeList.map(({ id, zh, en, scope, elements }, order) => ({
    kind: 'place',
    id,
    project,
    scope,
    name: { zh, en },
    order,
    elements: [...elements],
  }));
  return rows as LibraryRow[];
}

function elementRows(
  { id, zh, en, family, warrantyMonths, children }: ElementSeed,
  parent: string | null,
  order: number,
): Plain[] {
  return [
    { kind: 'element', id, parent, name: { zh, en }, order, warrantyMonths },
    ...children.flatMap((child, index) => elementRows(child, id, index)),
    ...(family === null ? [] : problemsOf(family)).flatMap((problem, place): Plain[] => {
      const problemId = `${id}-${problem.id}`;
      return [
        {
          kind: 'problem',
          id: problemId,
          element: id,
          name: { zh: problem.zh, en: problem.en },
          port: problem.port,
          emergency: problem.isEmergency,
          order: place,
          ...(problem.warrantyMonths === null ? {} : { warrantyMonths: problem.warrantyMonths }),
        },
        ...problem.phrases.map((text, index) => ({
          kind: 'phrase' as const,
          id: `${problemId}-${index + 1}`,
          problem: problemId,
          text,
          order: index,
        })),
      ];
    }),
  ];
}
