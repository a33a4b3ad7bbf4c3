// Every reachable state of every flow: nothing closes unasked, everybody is called, and nothing is a dead end.
import { describe, expect, it } from 'vitest';
import { flowKinds, verdicts } from '../../../../sync/contract/requests.ts';
import { roles } from '../../../../sync/headquarters/accounts/actor.ts';
import {
  type FlowEvent,
  type FlowState,
  next,
  requestStateOf,
  start,
} from '../../../../sync/headquarters/service/flow-engine.ts';
import { type Flow, type FlowActor, flowEvents, flows } from '../../../../sync/headquarters/service/flows.ts';

const actors: readonly FlowActor[] = [...roles, 'owner', 'system'];
const yesNo = [true, false] as const;

/** All that anybody could say, also nonsense. */
function everyEvent(flow: Flow): FlowEvent[] {
  const steps = [...flow.steps.map(({ code }) => code), 'closed', 'nowhere'];
  return flowEvents.flatMap((kind) =>
    actors.flatMap((by) => {
      if (kind === 'give-up' || kind === 'confirm-give-up')
        return yesNo.flatMap((hasReason) =>
          yesNo.flatMap((isUnreachable) =>
            yesNo.map((isSecond): FlowEvent => ({ kind, by, hasReason, isUnreachable, isSecond })),
          ),
        );
      if (kind === 'advance') return steps.map((to): FlowEvent => ({ kind, by, to }));
      return verdicts.flatMap((verdict) =>
        yesNo.flatMap((agrees) =>
          yesNo.flatMap((isRated) =>
            yesNo.map((hasReason): FlowEvent => ({ kind, by, verdict, agrees, isRated, hasReason })),
          ),
        ),
      );
    }),
  );
}

interface Edge {
  readonly from: FlowState;
  readonly event: FlowEvent | 'task-closed' | 'task-added';
  readonly to: FlowState;
}

/** Calls have no tasks. */
const isCallFlow = (flow: Flow): boolean => flow.steps.length === 2;

/** At most two open tasks at once: a third would behave as the second. */
function walk(flow: Flow): { readonly states: readonly FlowState[]; readonly edges: readonly Edge[] } {
  const events = everyEvent(flow);
  const seen = new Map<string, FlowState>();
  const edges: Edge[] = [];
  const open = isCallFlow(flow) ? [start(flow, 0)] : [start(flow, 0), start(flow, 1), start(flow, 2)];
  for (const state of open) {
    const key = JSON.stringify(state);
    if (seen.has(key)) continue;
    seen.set(key, state);
    const reach = (event: Edge['event'], to: FlowState): void => {
      edges.push({ from: state, event, to });
      open.push(to);
    };
    if (!isCallFlow(flow) && flow.work.includes(state.step) && state.openTasks < 2)
      reach('task-added', { ...state, openTasks: state.openTasks + 1 });
    if (state.openTasks > 0) reach('task-closed', { ...state, openTasks: state.openTasks - 1 });
    for (const event of events) {
      const answer = next(flow, state, event);
      if (answer.kind === 'refused') continue;
      // tasks that were done are work again
      reach(event, answer.state);
      if (answer.isReopened) reach(event, { ...answer.state, openTasks: 1 });
    }
  }
  return { states: [...seen.values()], edges };
}

describe.each(flowKinds)('D24 flow %s', (kind) => {
  const flow = flows[kind];
  const { states, edges } = walk(flow);
  const closed = states.filter(({ step }) => step === 'closed');

  it('can be walked: every step is reached, and the end', () => {
    const reached = new Set(states.map(({ step }) => step));
    expect([...reached].sort()).toEqual([...flow.steps.map(({ code }) => code), 'closed'].sort());
    expect(flow.kind).toBe(kind);
    expect(states.length).toBeGreaterThan(isCallFlow(flow) ? 2 : 20);
  });

  it('SV1 D20 D16 closes only with consent or a call-back, and a rating; or because two people agree that nobody can be called', () => {
    expect(closed.length).toBeGreaterThan(0);
    for (const state of closed) {
      const isAgreed = state.isRated && (state.hasConsent || state.isCalledBack);
      expect(isAgreed || state.givenUp === 'confirmed', JSON.stringify(state)).toBe(true);
      expect(state.openTasks, JSON.stringify(state)).toBe(0);
      expect(state.outcome).not.toBeNull();
    }
  });

  it('D20 looks done only with consent, a rated call-back, or because the person withdrew it', () => {
    for (const state of states.filter((each) => requestStateOf(flow, each) === 'done'))
      expect(
        state.hasConsent ||
          state.isCalledBack ||
          state.outcome === 'withdrawn' ||
          state.givenUp === 'confirmed',
        JSON.stringify(state),
      ).toBe(true);
  });

  it('SV10 D20 nobody is given up by one person alone, silently, or while they can be called', () => {
    const confirmed = edges.filter(
      ({ from, to }) => to.givenUp === 'confirmed' && from.givenUp !== 'confirmed',
    );
    expect(confirmed.length).toBeGreaterThan(0);
    for (const { from, event } of confirmed) {
      expect(from.givenUp).toBe('proposed');
      expect(event).toMatchObject({ kind: 'confirm-give-up', isSecond: true, isUnreachable: true });
    }
    for (const { from, to, event } of edges)
      if (to.givenUp === 'proposed' && from.givenUp === 'no')
        expect(event).toMatchObject({ kind: 'give-up', hasReason: true, isUnreachable: true });
    expect(confirmed.some(({ to }) => to.outcome === 'unreached')).toBe(true);
  });

  it('SV2 D6 100 % are called: whoever waits for the end is on the list of calls', () => {
    const waiting = states.filter(({ step }) => !flow.work.includes(step) && step !== 'closed');
    for (const state of isCallFlow(flow) ? states.filter(({ step }) => step !== 'closed') : waiting)
      expect(state.isCallDue, JSON.stringify(state)).toBe(true);
    for (const state of closed) expect(state.isCallDue, JSON.stringify(state)).toBe(false);
  });

  it('D24 is nowhere a dead end: the end can be reached from every state', () => {
    const before = new Map<string, string[]>();
    for (const { from, to } of edges) {
      const key = JSON.stringify(to);
      before.set(key, [...(before.get(key) ?? []), JSON.stringify(from)]);
    }
    const good = new Set<string>();
    const open = closed.map((state) => JSON.stringify(state));
    for (const key of open) {
      if (good.has(key)) continue;
      good.add(key);
      open.push(...(before.get(key) ?? []));
    }
    expect(states.filter((state) => !good.has(JSON.stringify(state)))).toEqual([]);
  });

  it('SV4 D20 what was closed and not solved comes back, as often as it takes', () => {
    if (isCallFlow(flow)) return;
    for (const state of closed) {
      const again = next(flow, state, { kind: 'judge', by: 'owner', verdict: 'not-solved' });
      expect(again).toMatchObject({
        kind: 'moved',
        isReopened: true,
        state: { step: flow.again, outcome: null, hasConsent: false, isCalledBack: false, isRated: false },
      });
    }
  });

  it('D16 whoever is no owner and no desk can neither close, judge nor decide', () => {
    for (const { event, to, from } of edges) {
      if (typeof event === 'string') continue;
      if (['club', 'sales', 'it', 'executive'].includes(event.by)) throw new Error(JSON.stringify(event));
      if (to.step === 'closed' && from.step !== 'closed')
        expect(['owner', 'service-desk', 'manager']).toContain(event.by);
    }
  });

  it('D24 names only steps that it has', () => {
    const codes = new Set([...flow.steps.map(({ code }) => code), 'closed', 'stay']);
    for (const { from, to } of flow.moves) for (const code of [...from, to]) expect(codes).toContain(code);
  });
});

describe('the engine', () => {
  const flow = flows.repair;
  const handling: FlowState = { ...start(flow, 0), step: 'handling' };

  it.each([
    ['D16 a decision without its reason', handling, { kind: 'invalidate', by: 'manager' }, 'reason-missing'],
    [
      'D20 the end while a task is open',
      { ...handling, openTasks: 1 },
      { kind: 'finish', by: 'service-desk' },
      'tasks-open',
    ],
    [
      'D6 a call-back without a rating',
      { ...handling, step: 'call-back', isCallDue: true },
      { kind: 'call-back', by: 'service-desk', verdict: 'solved', isRated: false },
      'rating-missing',
    ],
    [
      'D25 a port that closes',
      handling,
      { kind: 'consent', by: 'port', verdict: 'solved', isRated: true },
      'not-yours',
    ],
    ['D24 a step back', handling, { kind: 'advance', by: 'service-desk', to: 'reception' }, 'not-now'],
  ] as const)('refuses %s', (_, state, event, code) => {
    expect(next(flow, state, event)).toEqual({ kind: 'refused', code });
  });

  it('SV4 D20 tells "closed, not fixed" apart', () => {
    const called: FlowState = { ...handling, step: 'call-back', isCallDue: true };
    const end = next(flow, called, {
      kind: 'call-back',
      by: 'service-desk',
      verdict: 'partly',
      agrees: true,
      isRated: true,
    });
    expect(end).toMatchObject({ state: { step: 'closed', outcome: 'partly', isCalledBack: true } });
  });

  it('D25 the first line closes at once with the word of the person on the telephone', () => {
    const end = next(flow, start(flow, 2), {
      kind: 'consent',
      by: 'service-desk',
      verdict: 'solved',
      isRated: false,
    });
    expect(end).toMatchObject({
      state: { step: 'call-back', outcome: 'solved', openTasks: 0, isCallDue: true },
      does: ['close-tasks', 'ask-call-back'],
    });
  });
});
