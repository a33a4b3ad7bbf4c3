// Journey a: a visitor walks through the approved sales board and takes a home's slip along.

import type { LayoutRow, StateRow, UnitRow } from '../../sync/contract/board.ts';
import type { BuildingId, ProjectId, UnitId } from '../../sync/contract/ids.ts';
import type { Decision } from '../decision.ts';
import { type BoardKnowledge, isUnderWay } from '../knowledge.ts';
import type { RuleContext } from '../rule-context.ts';
import { type UnitFacts, unitSlip } from '../slips/unit-slip.ts';
import type { Touch } from '../touch.ts';
import type { BoardView } from '../view.ts';
import { mayQueueOptionalSlip } from './optional-slip.ts';
import { recordCopy } from './slip-copy.ts';

type BoardTouch = Extract<
  Touch,
  {
    kind:
      | 'open-board'
      | 'choose-project'
      | 'choose-building'
      | 'choose-unit'
      | 'open-adverse-facts'
      | 'search'
      | 'choose-found'
      | 'take-slip';
  }
>;

/** @returns undefined when the touch makes no sense on what is shown */
export function decideBoard(touch: BoardTouch, context: RuleContext): Decision | undefined {
  const { view } = context.session;
  const { board } = context.know;
  switch (touch.kind) {
    case 'open-board':
      return { view: firstView(context) };
    case 'choose-project': {
      const project = touch.id as ProjectId;
      return board.project(project) && { view: { kind: 'buildings', project } };
    }
    case 'choose-building': {
      const building = touch.id as BuildingId;
      return 'project' in view && board.building(view.project, building)
        ? { view: { kind: 'board', project: view.project, building } }
        : undefined;
    }
    case 'choose-unit': {
      const unit = touch.id as UnitId;
      return 'building' in view && board.unit(view.building, unit)
        ? {
            view: {
              kind: 'unit',
              project: view.project,
              building: view.building,
              unit,
              job: null,
              search: null,
            },
          }
        : undefined;
    }
    case 'search':
      return view.kind === 'projects' || view.kind === 'board' || view.kind === 'search'
        ? { view: { kind: 'search', query: touch.query } }
        : undefined;
    case 'choose-found':
      return chooseFound(touch, context);
    case 'open-adverse-facts':
      return 'project' in view ? { view: { kind: 'adverse-facts', project: view.project } } : undefined;
    case 'take-slip':
      return takeUnitSlip(context);
  }
}

/** The board itself where there is no question which: of this site's project, the building with most left to buy. */
function firstView({ know: { board }, site }: RuleContext): BoardView {
  const all = board.projects();
  const [only] = all.length === 1 ? all : [];
  const project = (site.project ? board.project(site.project) : undefined) ?? only;
  const buildings = project ? board.buildings(project.id) : [];
  const [best] = buildings
    .map(({ id }) => ({ id, open: board.count(id).open }))
    .sort((a, b) => b.open - a.open);
  return project && best ? { kind: 'board', project: project.id, building: best.id } : { kind: 'projects' };
}

function chooseFound(
  touch: Extract<BoardTouch, { kind: 'choose-found' }>,
  { know: { board }, session: { view } }: RuleContext,
): Decision | undefined {
  if (view.kind !== 'search') return undefined;
  const at = {
    project: touch.project as ProjectId,
    building: touch.building as BuildingId,
    unit: touch.unit as UnitId,
  };
  return unitFacts(board, at) && { view: { kind: 'unit', ...at, job: null, search: view.query } };
}

function takeUnitSlip(context: RuleContext): Decision | undefined {
  const { view } = context.session;
  if (view.kind !== 'unit') return undefined;
  // one slip per visit to the page: paper is dear and fingers are quick
  const last = view.job && context.know.slips.job(view.job);
  if (last && (isUnderWay(last.state) || last.state === 'printed')) return undefined;
  const facts = unitFacts(context.know.board, view);
  if (!facts || !mayQueueOptionalSlip(context)) return undefined;
  const job = context.newId();
  const unsure = last && context.know.slips.unsettled().find(({ id }) => id === last.id);
  if (unsure) return { view: { ...view, job }, recording: recordCopy(unsure, job, context) };
  return {
    view: { ...view, job },
    recording: {
      fact: { kind: 'unit-taken-home', body: { project: view.project, unit: view.unit } },
      effects: [
        {
          kind: 'queue-slip',
          job,
          slip: 'unit',
          lines: unitSlip(facts, context),
          copy: 0,
          subject: `unit/${job}`,
        },
      ],
    },
  };
}

/** Everything about one home, or undefined when it is no longer on the board; what a half dataset lacks of it is told as lacking. */
export function unitFacts(
  board: BoardKnowledge,
  at: { readonly project: ProjectId; readonly building: BuildingId; readonly unit: UnitId },
): UnitFacts | undefined {
  const project = board.project(at.project);
  const building = board.building(at.project, at.building);
  const unit = board.unit(at.building, at.unit);
  if (!project || !building || !unit) return undefined;
  const layout = board.layouts(at.project).find(({ id }) => id === unit.layout) ?? noLayout(unit);
  const state = board.states().find(({ code }) => code === unit.state) ?? noState(unit);
  return { project, building, unit, layout, state, approvedAt: board.approvedAt() };
}

function noLayout({ layout: id, project, area }: UnitRow): LayoutRow {
  const name = { zh: '户型待定', en: 'Layout not set' };
  return { kind: 'layout', id, project, name, bedrooms: 0, halls: 0, baths: 0, area, plan: [] };
}

function noState({ state: code }: UnitRow): StateRow {
  const name = { zh: '状态待定', en: 'State not set' };
  return { kind: 'state', code, name, colour: '#7a7a72', pattern: 'empty', order: 0, open: false };
}
