// The engine that runs every flow: from a state and an event to the next state, or to the reason why not. Pure.
import type { RequestOutcome, RequestState, Verdict } from '../../contract/requests.ts';
import type { Condition, Consequence, Flow, FlowActor, FlowEventKind, Guard, Move } from './flows.ts';

/** What decides where a request may go. */
export interface FlowState {
  readonly step: string;
  readonly openTasks: number;
  /** how it ended, or will unless the person objects; null = open */
  readonly outcome: RequestOutcome | null;
  /** the person agreed themselves, at the terminal or on the telephone, since it was last opened */
  readonly hasConsent: boolean;
  /** a call-back with a rating is on record since it was last opened */
  readonly isCalledBack: boolean;
  readonly isRated: boolean;
  /** somebody is to call */
  readonly isCallDue: boolean;
  /** because nobody can be called: one said so, another agreed */
  readonly givenUp: 'no' | 'proposed' | 'confirmed';
}

export interface FlowEvent {
  readonly kind: FlowEventKind;
  readonly by: FlowActor;
  /** for `advance` */
  readonly to?: string;
  /** for `consent`, `judge` and `call-back` */
  readonly verdict?: Verdict;
  /** for `call-back`: they accept that it is closed as it is; solved is always accepted */
  readonly agrees?: boolean;
  /** does a rating come with it? */
  readonly isRated?: boolean;
  /** does a reason come with it? */
  readonly hasReason?: boolean;
  /** for `give-up` and `confirm-give-up`: no number, or tried as often as the rules want */
  readonly isUnreachable?: boolean;
  /** for `confirm-give-up`: another account than the one that proposed it */
  readonly isSecond?: boolean;
}

/** `not-now`: not from this step; `not-yours`: not by this role. */
export type FlowRefusal = Guard | 'not-now' | 'not-yours';

export type Next =
  | {
      readonly kind: 'moved';
      readonly state: FlowState;
      readonly does: readonly Consequence[];
      readonly isReopened: boolean;
    }
  | { readonly kind: 'refused'; readonly code: FlowRefusal };

export function start(flow: Flow, openTasks: number): FlowState {
  const [first] = flow.steps;
  return {
    step: first?.code ?? 'closed',
    openTasks,
    outcome: null,
    hasConsent: false,
    isCalledBack: false,
    isRated: false,
    isCallDue: flow.kind === 'callCentreCallback' || flow.kind === 'handoverCallback',
    givenUp: 'no',
  };
}

export function next(flow: Flow, state: FlowState, event: FlowEvent): Next {
  const possible = flow.moves.filter(
    (move) =>
      move.on === event.kind &&
      move.from.includes(state.step) &&
      (event.kind !== 'advance' || move.to === event.to) &&
      holds(move.when, state, event),
  );
  const move = possible.find(({ by }) => by.includes(event.by));
  if (!move) return { kind: 'refused', code: possible.length > 0 ? 'not-yours' : 'not-now' };
  const missing = move.needs?.find((guard) => !isMet(guard, state, event));
  if (missing) return { kind: 'refused', code: missing };
  const does = move.does ?? [];
  return {
    kind: 'moved',
    state: after(state, move, event),
    does,
    isReopened: does.includes('reopen-tasks'),
  };
}

/** What it looks like from outside. */
export function requestStateOf(flow: Flow, { step, outcome, hasConsent }: FlowState): RequestState {
  if (outcome === 'invalid') return 'invalid';
  if (step === 'closed') return 'done';
  if (step === 'call-back') return hasConsent || outcome === 'withdrawn' ? 'done' : 'to-confirm';
  if (step === 'closing') return 'to-confirm';
  return step === flow.steps[0]?.code ? 'filed' : 'in-progress';
}

/** Which steps somebody of these roles may send it to by hand. */
export function advancesFrom(flow: Flow, state: FlowState, by: FlowActor): readonly string[] {
  return flow.moves
    .filter((move) => move.on === 'advance' && move.from.includes(state.step) && move.by.includes(by))
    .map(({ to }) => to);
}

function holds(when: Condition | undefined, state: FlowState, event: FlowEvent): boolean {
  if (!when) return true;
  const agrees = event.verdict === 'solved' || event.agrees === true;
  return (
    (when.verdict === undefined || (event.verdict !== undefined && when.verdict.includes(event.verdict))) &&
    (when.agrees === undefined || when.agrees === agrees) &&
    (when.isGiveUpProposed === undefined || when.isGiveUpProposed === (state.givenUp === 'proposed')) &&
    (when.willBeRated === undefined || when.willBeRated === (state.isRated || event.isRated === true))
  );
}

function isMet(guard: Guard, state: FlowState, event: FlowEvent): boolean {
  switch (guard) {
    case 'tasks-open':
      return state.openTasks === 0;
    case 'rating-missing':
      return event.isRated === true;
    case 'reason-missing':
      return event.hasReason === true;
    case 'still-reachable':
      return event.isUnreachable === true;
    case 'second-person-missing':
      return event.isSecond === true;
  }
}

function after(state: FlowState, move: Move, event: FlowEvent): FlowState {
  const does = new Set(move.does);
  const step = move.to === 'stay' ? state.step : move.to;
  const isRated = state.isRated || event.isRated === true;
  const told: FlowState = {
    ...state,
    step,
    isRated,
    outcome: outcomeAfter(state, move, event),
    hasConsent:
      state.hasConsent || (event.verdict === 'solved' && event.kind !== 'call-back' && move.to !== 'stay'),
    isCalledBack: state.isCalledBack || (event.kind === 'call-back' && event.isRated === true),
    openTasks: does.has('close-tasks') ? 0 : state.openTasks,
    isCallDue: step === 'closed' ? false : state.isCallDue || does.has('ask-call-back'),
    givenUp: givenUpAfter(state, move),
  };
  if (!does.has('forget-words')) return told;
  return { ...told, hasConsent: false, isCalledBack: false, isRated: false, isCallDue: false };
}

function givenUpAfter(state: FlowState, { on, to }: Move): FlowState['givenUp'] {
  if (on === 'give-up') return 'proposed';
  if (on === 'confirm-give-up') return 'confirmed';
  return to === 'stay' ? state.givenUp : 'no';
}

function outcomeAfter(state: FlowState, move: Move, event: FlowEvent): RequestOutcome | null {
  switch (move.outcome ?? 'as-before') {
    case 'as-before':
      return state.outcome;
    case 'none':
      return null;
    case 'invalid':
      return 'invalid';
    case 'withdrawn':
      return 'withdrawn';
    case 'unreached':
      return state.outcome ?? 'unreached';
    case 'verdict':
      // what was found invalid or was withdrawn stays so when the person agrees to it
      return state.outcome === 'invalid' || state.outcome === 'withdrawn'
        ? state.outcome
        : (event.verdict ?? state.outcome);
  }
}
