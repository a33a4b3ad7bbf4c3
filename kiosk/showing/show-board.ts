// Journey a in words: the sales board as its screens show it.
import type { BuildingRow, ProjectRow } from '../../sync/contract/board.ts';
import type { RuleContext } from '../rule-context.ts';
import { unitFacts } from '../rules/board.ts';
import { maxKept } from '../rules/shortlist.ts';
import type { ScreenOf } from '../screen.ts';
import { unitQr } from '../slips/unit-slip.ts';
import type { BoardView } from '../view.ts';
import { facingDegrees } from './facing-degrees.ts';
import { showOverview } from './show-overview.ts';
import { shownState } from './shown-state.ts';
import { slipProgress } from './slip-progress.ts';

type BoardScreen = ScreenOf<BoardView['kind']>;

/** @returns undefined when what was looked at is no longer on the board */
export function showBoard(view: BoardView, context: RuleContext): BoardScreen | undefined {
  switch (view.kind) {
    case 'projects':
      return showProjects(context);
    case 'buildings':
      return showBuildings(view, context);
    case 'board':
      return showBuilding(view, context);
    case 'unit':
      return showUnit(view, context);
    case 'adverse-facts':
      return showAdverseFacts(view, context);
  }
}

function showProjects({ know: { board }, session: { language } }: RuleContext): ScreenOf<'projects'> {
  return {
    kind: 'projects',
    approvedAt: board.approvedAt(),
    projects: board.projects().map((project) => {
      const counts = board.buildings(project.id).map(({ id }) => board.count(id));
      const prices = counts.flatMap(({ fromPrice }) => fromPrice ?? []);
      return {
        id: project.id,
        name: project.name[language],
        district: project.district[language],
        highlight: project.highlights[0]?.[language] ?? '',
        open: counts.reduce((sum, { open }) => sum + open, 0),
        total: counts.reduce((sum, { total }) => sum + total, 0),
        adverse: project.adverse.length,
        fromPrice: prices.length === 0 ? null : Math.min(...prices),
      };
    }),
  };
}

function showBuildings(
  view: Extract<BoardView, { kind: 'buildings' }>,
  context: RuleContext,
): ScreenOf<'buildings'> | undefined {
  const {
    know: { board },
    session: { language },
  } = context;
  const project = board.project(view.project);
  return (
    project && {
      kind: 'buildings',
      approvedAt: board.approvedAt(),
      project: {
        id: project.id,
        name: project.name[language],
        district: project.district[language],
        address: project.address[language],
        phone: project.phone,
        highlights: project.highlights.map((words) => words[language]),
        adverse: project.adverse.length,
        adverseFacts: adverseOf(project, language),
      },
      buildings: board.buildings(project.id).map(({ id, name, floors }) => {
        const { open, total } = board.count(id);
        return { id, name: name[language], floors, open, total };
      }),
      overview: showOverview(project.id, board, language),
    }
  );
}

function showBuilding(
  view: Extract<BoardView, { kind: 'board' }>,
  context: RuleContext,
): ScreenOf<'board'> | undefined {
  const {
    know: { board },
    session: { language, shortlist },
  } = context;
  const project = board.project(view.project);
  const building = board.building(view.project, view.building);
  if (!project || !building) return undefined;
  const units = board.units(building.id);
  const bedroomsOf = new Map(board.layouts(project.id).map(({ id, bedrooms }) => [id, bedrooms]));
  const counts = new Map<string, number>();
  for (const { state } of units) counts.set(state, (counts.get(state) ?? 0) + 1);
  const cells = units.map(({ id, floor, column, number, state, layout, area, price, facing }) => ({
    id,
    floor,
    column,
    number,
    state,
    bedrooms: bedroomsOf.get(layout) ?? 0,
    area,
    price,
    facing: facing[language],
  }));
  return {
    kind: 'board',
    approvedAt: board.approvedAt(),
    project: named(project, language),
    building: {
      id: building.id,
      name: building.name[language],
      licence: building.licence,
      floors: building.floors,
      columns: building.columns,
    },
    buildings: board
      .buildings(project.id)
      .map(({ id, name }) => ({ id, name: name[language], open: board.count(id).open })),
    kept: shortlist.flatMap((each) => (each.building === building.id ? each.unit : [])),
    shortlist: shortlist.length,
    legend: board
      .states()
      .map((state) => ({ ...shownState(state, language), count: counts.get(state.code) ?? 0 })),
    bedrooms: [...new Set(cells.map(({ bedrooms }) => bedrooms))].filter((n) => n > 0).sort((a, b) => a - b),
    cells,
  };
}

function showUnit(
  view: Extract<BoardView, { kind: 'unit' }>,
  context: RuleContext,
): ScreenOf<'unit'> | undefined {
  const {
    know,
    session: { language },
    site,
  } = context;
  const facts = unitFacts(know.board, view);
  if (!facts) return undefined;
  const { project, building, unit, layout, state, approvedAt } = facts;
  return {
    kind: 'unit',
    approvedAt,
    project: named(project, language),
    building: named(building, language),
    unit: {
      id: unit.id,
      number: unit.number,
      floor: unit.floor,
      floors: building.floors,
      facing: unit.facing[language],
      facingDegrees: facingDegrees(unit.facing.zh),
      area: unit.area,
      pricePerM2: unit.pricePerM2,
      price: unit.price,
      state: shownState(state, language),
    },
    layout: {
      name: layout.name[language],
      bedrooms: layout.bedrooms,
      halls: layout.halls,
      baths: layout.baths,
      plan: layout.plan.map(({ name, x, y, w, h }) => ({ name: name[language], x, y, w, h })),
    },
    highlights: project.highlights.map((words) => words[language]),
    adverse: adverseOf(project, language),
    isKept: context.session.shortlist.some((each) => each.unit === unit.id),
    kept: context.session.shortlist.length,
    canKeep: context.session.shortlist.length < maxKept,
    qr: unitQr(facts, site.timeZone, language),
    slip: slipProgress(view.job, context),
  };
}

function showAdverseFacts(
  view: Extract<BoardView, { kind: 'adverse-facts' }>,
  { know: { board }, session: { language } }: RuleContext,
): ScreenOf<'adverse-facts'> | undefined {
  const project = board.project(view.project);
  return (
    project && {
      kind: 'adverse-facts',
      approvedAt: board.approvedAt(),
      project: named(project, language),
      highlights: project.highlights.map((words) => words[language]),
      adverse: adverseOf(project, language),
    }
  );
}

function named(row: ProjectRow | BuildingRow, language: 'zh' | 'en'): { id: string; name: string } {
  return { id: row.id, name: row.name[language] };
}

function adverseOf(project: ProjectRow, language: 'zh' | 'en') {
  return project.adverse.map(({ title, detail, distanceM }) => ({
    title: title[language],
    detail: detail[language],
    distanceM,
  }));
}
