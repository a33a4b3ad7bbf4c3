// Journey d: an owner says by taps what is wrong: place → element → problem → phrase; `report-repair.ts` files it.
import type { ElementId, MemberId, PhraseId, PlaceId, ProblemId } from '../../sync/contract/ids.ts';
import type { ElementRow, PlaceRow, ProblemRow } from '../../sync/contract/library.ts';
import type { Home, MemberRow } from '../../sync/contract/members.ts';
import type { Promised } from '../../sync/contract/promises.ts';
import type { Decision } from '../decision.ts';
import type { RuleContext } from '../rule-context.ts';
import type { Description, Draft, ReportStep, View } from '../view.ts';
import { promiseTo } from './promise.ts';
import { type Warranty, warrantyOf } from './report-warranty.ts';

const unordered = Number.MAX_SAFE_INTEGER;

type ChoiceView = Extract<View, { kind: 'report-choice' }>;

/** Opens the report for a proven member: at the places of the home that they most likely mean. */
export function decideReportStart(member: MemberId, context: RuleContext): Decision {
  const owner = context.know.club.member(member);
  const home = owner && likelyHome(owner, context);
  if (!home) return { view: { kind: 'card-problem', purpose: 'report', reason: 'no-home' } };
  return chooseHome(home, context);
}

/** The one they reported last, or one of the project where they stand; others are a tap away. */
function likelyHome({ id, homes }: MemberRow, { know, site }: RuleContext): Home | undefined {
  if (homes.length < 2) return homes[0];
  const last = know.service.requests(id).find(({ unit }) => homes.some((home) => home.unit === unit));
  return (
    homes.find(({ unit }) => unit === last?.unit) ??
    homes.find(({ project }) => project === site.project) ??
    homes[0]
  );
}

function chooseHome(home: Home, context: RuleContext): Decision {
  if (context.know.service.places(home.project).length === 0) {
    return { view: { kind: 'card-problem', purpose: 'report', reason: 'no-library' } };
  }
  return {
    view: {
      kind: 'report-choice',
      step: 'place',
      draft: { home: home.unit, place: null, elements: [], problem: null, before: null },
    },
  };
}

/** The owner's homes, where the report may still be about another. */
export function homesOf({ step, draft }: ChoiceView, owner: MemberRow): readonly Home[] {
  return step === 'place' && !draft.isHandOver && owner.homes.length > 1 ? owner.homes : [];
}

/** One tap on one of the choices shown. */
export function decideChoice(id: string, context: RuleContext): Decision | undefined {
  const { view, person } = context.session;
  const owner = person && context.know.club.member(person.member);
  if (view.kind !== 'report-choice' || !owner || !person.isProven) return undefined;
  const home = homesOf(view, owner).find(({ unit }) => unit === id);
  if (home) return chooseHome(home, context);
  if (!choicesOf(view, owner, context).some((choice) => choice.id === id)) return undefined;
  if (view.step === 'phrase') {
    return { view: { kind: 'report-review', draft: view.draft, description: { phrase: id as PhraseId } } };
  }
  const { step, draft } = view;
  return { view: onward(taken(step, { ...draft, before: { step, draft } }, id), owner, context) };
}

function taken(step: Exclude<ReportStep, 'phrase'>, draft: Draft, id: string): Draft {
  switch (step) {
    case 'place':
      return { ...draft, place: id as PlaceId };
    case 'element':
      return { ...draft, elements: [...draft.elements, id as ElementId] };
    case 'problem':
      return { ...draft, problem: id as ProblemId };
  }
}

/** The next question; one with a single answer is none. */
function onward(draft: Draft, owner: MemberRow, context: RuleContext): ChoiceView {
  const view: ChoiceView = { kind: 'report-choice', step: stepAfter(draft, context), draft };
  if (view.step === 'phrase') return view;
  const [only, ...others] = choicesOf(view, owner, context);
  // a library that names a circle must not hang us
  const isOnly = only && others.length === 0 && !draft.elements.some((id) => id === only.id);
  return isOnly ? onward(taken(view.step, draft, only.id), owner, context) : view;
}

function stepAfter({ elements, problem }: Draft, context: RuleContext): ReportStep {
  if (problem !== null) return 'phrase';
  const last = elements.at(-1);
  return last && childrenOf(last, context).length === 0 ? 'problem' : 'element';
}

/** Own words instead of a phrase. */
export function decideDescription(text: string, { session: { view } }: RuleContext): Decision | undefined {
  if (view.kind !== 'report-choice' || view.step !== 'phrase') return undefined;
  return { view: { kind: 'report-review', draft: view.draft, description: { text } } };
}

/** Back to what was tapped last; undefined = leave the report. */
export function stepBack(view: ChoiceView | Extract<View, { kind: 'report-review' }>): View | undefined {
  if (view.kind === 'report-review') return { kind: 'report-choice', step: 'phrase', draft: view.draft };
  const { before } = view.draft;
  return before ? { kind: 'report-choice', ...before } : undefined;
}

export interface Choice {
  readonly id: string;
  readonly name: { readonly zh: string; readonly en: string };
  readonly group: 'room' | 'public' | null;
  readonly isUrgent: boolean;
}

/** What can be tapped at this step. */
export function choicesOf(
  { step, draft }: ChoiceView,
  owner: MemberRow,
  context: RuleContext,
): readonly Choice[] {
  const { service } = context.know;
  const plain = { group: null, isUrgent: false } as const;
  switch (step) {
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
      return inOrder(leaf ? service.problems(leaf) : []).map(({ id, name, emergency }) => ({
        id,
        name,
        group: null,
        isUrgent: emergency,
      }));
    }
    case 'phrase':
      return inOrder(draft.problem ? service.phrases(draft.problem) : []).map(({ id, text }) => ({
        id,
        name: text,
        ...plain,
      }));
  }
}

function placesOf(draft: Draft, owner: MemberRow, { know }: RuleContext): readonly PlaceRow[] {
  const home = owner.homes.find(({ unit }) => unit === draft.home);
  return home ? inOrder(know.service.places(home.project)) : [];
}

function elementsOf(draft: Draft, owner: MemberRow, context: RuleContext): readonly ElementRow[] {
  const parent = draft.elements.at(-1);
  if (parent) return childrenOf(parent, context);
  const place = placesOf(draft, owner, context).find(({ id }) => id === draft.place);
  const all = context.know.service.elements();
  return (place?.elements ?? []).flatMap((id) => all.find((element) => element.id === id) ?? []);
}

function childrenOf(parent: ElementId, { know }: RuleContext): readonly ElementRow[] {
  return inOrder(know.service.elements().filter((element) => element.parent === parent));
}

/** The frequent ones first; what says nothing comes last. */
function inOrder<T extends { readonly order?: number | undefined }>(rows: readonly T[]): readonly T[] {
  return [...rows].sort((a, b) => (a.order ?? unordered) - (b.order ?? unordered));
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
