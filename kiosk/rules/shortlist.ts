// Homes that somebody wants to remember: kept while they stand here, and by headquarters once they show who they are.
import type { BuildingId, FactId, MemberId, ProjectId, UnitId } from '../../sync/contract/ids.ts';
import type { Decision, Recording } from '../decision.ts';
import { isUnderWay } from '../knowledge.ts';
import type { RuleContext } from '../rule-context.ts';
import { shortlistSlip } from '../slips/shortlist-slip.ts';
import type { UnitFacts } from '../slips/unit-slip.ts';
import type { KeptUnit } from '../view.ts';
import { unitFacts } from './board.ts';
import { mayQueueOptionalSlip } from './optional-slip.ts';

export const maxKept = 20;
export const maxCompared = 4;

/** The heart of a home's page: on the list, or off it. */
export function decideKeep(context: RuleContext): Decision | undefined {
  const { view, shortlist } = context.session;
  if (view.kind !== 'unit') return undefined;
  const { project, building, unit } = view;
  const isKept = shortlist.some((each) => each.unit === unit);
  if (!isKept && shortlist.length >= maxKept) return undefined;
  const next = isKept
    ? shortlist.filter((each) => each.unit !== unit)
    : [...shortlist, { project, building, unit }];
  return { view, shortlist: next, ...kept(next, context) };
}

export function decideDrop(id: string, context: RuleContext): Decision | undefined {
  const { view, shortlist } = context.session;
  if (view.kind !== 'shortlist') return undefined;
  const next = shortlist.filter((each) => each.unit !== id);
  return next.length === shortlist.length ? undefined : { view, shortlist: next, ...kept(next, context) };
}

/** A home of the list, to look at once more. */
export function decideOpenKept(
  id: string,
  { session: { view, shortlist } }: RuleContext,
): Decision | undefined {
  if (view.kind !== 'shortlist' && view.kind !== 'compare') return undefined;
  const at = shortlist.find((each) => each.unit === id);
  return at && { view: { kind: 'unit', ...at, job: null, search: null, from: { isMine: view.isMine } } };
}

/** Two to four side by side. */
export function decideCompare(context: RuleContext): Decision | undefined {
  const { view } = context.session;
  if (view.kind !== 'shortlist' || keptFacts(context).length < 2) return undefined;
  return { view: { kind: 'compare', isMine: view.isMine } };
}

/** What a member keeps already and what was kept while they stood here, together. */
export function openMine(member: MemberId, context: RuleContext): Decision {
  const { shortlist } = context.session;
  const before = (context.know.club.member(member)?.shortlist ?? []).flatMap(
    (unit) => findUnit(unit, context) ?? [],
  );
  const fresh = shortlist.filter(({ unit }) => !before.some((each) => each.unit === unit));
  const all = [...before, ...fresh].slice(0, maxKept);
  return {
    view: { kind: 'shortlist', isMine: true, job: null },
    shortlist: all,
    ...(fresh.length === 0 ? {} : { also: keptBy(member, all) }),
  };
}

export function decideShortlistSlip(context: RuleContext): Decision | undefined {
  const { view } = context.session;
  if (view.kind !== 'shortlist') return undefined;
  const last = view.job && context.know.slips.job(view.job);
  if (last && (isUnderWay(last.state) || last.state === 'printed')) return undefined;
  const facts = keptFacts(context);
  const [first] = facts;
  if (!first || !mayQueueOptionalSlip(context)) return undefined;
  const job: FactId = context.newId();
  return {
    view: { ...view, job },
    recording: {
      fact: { kind: 'unit-taken-home', body: { project: first.project.id, unit: first.unit.id } },
      effects: [
        {
          kind: 'queue-slip',
          job,
          slip: 'shortlist',
          lines: shortlistSlip(facts, context),
          copy: 0,
          subject: `shortlist/${job}`,
        },
      ],
    },
  };
}

/** What a member keeps, in words that staff can say; homes that left the board are left out. */
export function keptNames(units: readonly UnitId[], context: RuleContext): string[] {
  const { language } = context.session;
  return units.flatMap((id) => {
    const place = findUnit(id, context);
    const facts = place && unitFacts(context.know.board, place);
    if (!facts) return [];
    const { project, building, unit } = facts;
    return [
      [project.name[language], building.name[language], unit.number].join(language === 'zh' ? '' : ' '),
    ];
  });
}

/** Everything about the homes of the list that are still on the board. */
export function keptFacts({ know, session: { shortlist } }: RuleContext): UnitFacts[] {
  return shortlist.flatMap((at) => unitFacts(know.board, at) ?? []);
}

function kept(next: readonly KeptUnit[], { session: { person } }: RuleContext): Pick<Decision, 'recording'> {
  return person?.isProven ? { recording: keptBy(person.member, next) } : {};
}

function keptBy(member: MemberId, units: readonly KeptUnit[]): Recording {
  return {
    fact: { kind: 'shortlist-kept', body: { member, units: units.map(({ unit }) => unit) } },
    effects: [],
  };
}

function findUnit(unit: UnitId, { know: { board } }: RuleContext): KeptUnit | undefined {
  for (const project of board.projects()) {
    for (const building of board.buildings(project.id)) {
      if (board.unit(building.id, unit)) return at(project.id, building.id, unit);
    }
  }
  return undefined;
}

function at(project: ProjectId, building: BuildingId, unit: UnitId): KeptUnit {
  return { project, building, unit };
}
