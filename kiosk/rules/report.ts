// Journey d: an owner says by taps what is wrong: home → place → element → problem → phrase; `report-repair.ts` files it.
import type { ElementId, MemberId, PhraseId, PlaceId, ProblemId, UnitId } from '../../sync/contract/ids.ts';
import type { ElementRow, PlaceRow, ProblemRow } from '../../sync/contract/library.ts';
import type { Home, MemberRow } from '../../sync/contract/members.ts';
import type { Promised } from '../../sync/contract/promises.ts';
import type { Decision } from '../decision.ts';
import type { RuleContext } from '../rule-context.ts';
import type { Description, Draft, View } from '../view.ts';
import { promiseTo } from './promise.ts';
import { type Warranty, warrantyOf } from './report-warranty.ts';

/** Opens the report for a proven member: one home goes straight to its places. */
export function decideReportStart(member: MemberId, context: RuleContext): Decision {
  const homes = context.know.club.member(member)?.homes ?? [];
  const [only] = homes;
  if (!only) return { view: { kind: 'card-problem', purpose: 'report', reason: 'no-home' } };
  if (homes.length > 1) return { view: { kind: 'report-choice', step: 'home', draft: null } };
  return chooseHome(only, context);
}

function chooseHome(home: Home, context: RuleContext): Decision {
  if (context.know.service.places(home.project).length === 0) {
    return { view: { kind: 'card-problem', purpose: 'report', reason: 'no-library' } };
  }
  return {
    view: {
      kind: 'report-choice',
      step: 'place',
      draft: { home: home.unit, place: null, elements: [], problem: null },
    },
  };
}

const noDraft: Draft = { home: '' as UnitId, place: null, elements: [], problem: null };

/** One tap on one of the choices shown. */
export function decideChoice(id: string, context: RuleContext): Decision | undefined {
  const { view, person } = context.session;
  const owner = person && context.know.club.member(person.member);
  if (view.kind !== 'report-choice' || !owner || !person.isProven) return undefined;
  if (!choicesOf(view, owner, context).some((choice) => choice.id === id)) return undefined;
  const draft = view.draft ?? noDraft;
  switch (view.step) {
    case 'home': {
      const home = owner.homes.find(({ unit }) => unit === id);
      return home && chooseHome(home, context);
    }
    case 'place':
      return { view: { kind: 'report-choice', step: 'element', draft: { ...draft, place: id as PlaceId } } };
    case 'element': {
      const element = id as ElementId;
      const step = childrenOf(element, context).length > 0 ? 'element' : 'problem';
      return {
        view: { kind: 'report-choice', step, draft: { ...draft, elements: [...draft.elements, element] } },
      };
    }
    case 'problem':
      return {
        view: { kind: 'report-choice', step: 'phrase', draft: { ...draft, problem: id as ProblemId } },
      };
    case 'phrase':
      return { view: { kind: 'report-review', draft, description: { phrase: id as PhraseId } } };
  }
}

/** Own words instead of a phrase. */
export function decideDescription(text: string, { session: { view } }: RuleContext): Decision | undefined {
  if (view.kind !== 'report-choice' || view.step !== 'phrase' || !view.draft) return undefined;
  return { view: { kind: 'report-review', draft: view.draft, description: { text } } };
}

/** One step back inside the report; undefined = leave the report. */
export function stepBack(view: View): View | undefined {
  if (view.kind === 'report-review') return { kind: 'report-choice', step: 'phrase', draft: view.draft };
  if (view.kind !== 'report-choice' || !view.draft) return undefined;
  const { draft } = view;
  switch (view.step) {
    case 'home':
    case 'place':
      return undefined;
    case 'element':
      return draft.elements.length === 0
        ? { ...view, step: 'place', draft: { ...draft, place: null } }
        : { ...view, draft: { ...draft, elements: draft.elements.slice(0, -1) } };
    case 'problem':
      return { ...view, step: 'element', draft: { ...draft, elements: draft.elements.slice(0, -1) } };
    case 'phrase':
      return { ...view, step: 'problem', draft: { ...draft, problem: null } };
  }
}

export interface Choice {
  readonly id: string;
  readonly name: { readonly zh: string; readonly en: string };
  readonly group: 'room' | 'public' | null;
  readonly isUrgent: boolean;
}

/** What can be tapped at this step. */
export function choicesOf(
  view: Extract<View, { kind: 'report-choice' }>,
  owner: MemberRow,
  context: RuleContext,
): readonly Choice[] {
  const { service } = context.know;
  const plain = { group: null, isUrgent: false } as const;
  const draft = view.draft ?? noDraft;
  switch (view.step) {
    case 'home':
      return owner.homes.map(({ unit, label }) => ({ id: unit, name: label, ...plain }));
    case 'place':
      return placesOf(draft, owner, context).map(({ id, name, scope }) => ({
        id,
        name,
        group: scope,
        isUrgent: false,
      }));
    case 'element':
      return elementsOf(draft, owner, context).map(({ id, name }) => ({ id, name, ...plain }));
    case 'problem': {
      const leaf = draft.elements.at(-1);
      return (leaf ? service.problems(leaf) : []).map(({ id, name, emergency }) => ({
        id,
        name,
        group: null,
        isUrgent: emergency,
      }));
    }
    case 'phrase':
      return (draft.problem ? service.phrases(draft.problem) : []).map(({ id, text }) => ({
        id,
        name: text,
        ...plain,
      }));
  }
}

function placesOf(draft: Draft, owner: MemberRow, { know }: RuleContext): readonly PlaceRow[] {
  const home = owner.homes.find(({ unit }) => unit === draft.home);
  return home ? [...know.service.places(home.project)].sort((a, b) => a.order - b.order) : [];
}

function elementsOf(draft: Draft, owner: MemberRow, context: RuleContext): readonly ElementRow[] {
  const parent = draft.elements.at(-1);
  if (parent) return childrenOf(parent, context);
  const place = placesOf(draft, owner, context).find(({ id }) => id === draft.place);
  const all = context.know.service.elements();
  return (place?.elements ?? []).flatMap((id) => all.find((element) => element.id === id) ?? []);
}

function childrenOf(parent: ElementId, { know }: RuleContext): readonly ElementRow[] {
  return know.service
    .elements()
    .filter((element) => element.parent === parent)
    .sort((a, b) => a.order - b.order);
}

/** A finished report in rows of the library, or undefined when a new library no longer has them. */
export function resolveReport(
  draft: Draft,
  description: Description,
  owner: MemberRow,
  context: RuleContext,
): ResolvedReport | undefined {
  const { service } = context.know;
  const home = owner.homes.find(({ unit }) => unit === draft.home);
  const place = placesOf(draft, owner, context).find(({ id }) => id === draft.place);
  const leaf = draft.elements.at(-1);
  const element = service.elements().find(({ id }) => id === leaf);
  const problem = leaf && service.problems(leaf).find(({ id }) => id === draft.problem);
  if (!home || !place || !element || !problem) return undefined;
  const phrase =
    'phrase' in description
      ? service.phrases(problem.id).find(({ id }) => id === description.phrase)
      : undefined;
  if ('phrase' in description && !phrase) return undefined;
  const parts = [home.label, place.name, element.name, problem.name, ...(phrase ? [phrase.text] : [])];
  return {
    home,
    place,
    element,
    problem,
    phrase: phrase?.id ?? null,
    text: 'text' in description ? description.text : null,
    port: service.port(problem.port)?.name ?? { zh: problem.port, en: problem.port },
    warranty: warrantyOf({ home, place, element, problem }, context) ?? null,
    promised: promiseTo(
      { request: 'repair', project: home.project, port: problem.port, isWritten: false },
      context,
    ),
    label: { zh: parts.map(({ zh }) => zh).join('-'), en: parts.map(({ en }) => en).join(' – ') },
  };
}

export interface ResolvedReport {
  readonly home: Home;
  readonly place: PlaceRow;
  readonly element: ElementRow;
  readonly problem: ProblemRow;
  readonly phrase: PhraseId | null;
  readonly text: string | null;
  readonly port: { readonly zh: string; readonly en: string };
  /** null = neither warranty nor paid: everybody shares it */
  readonly warranty: Warranty | null;
  readonly promised: Promised;
  /** 四季花城米兰苑301-卫生间-天花-渗漏-下水管周围渗漏 */
  readonly label: { readonly zh: string; readonly en: string };
}
