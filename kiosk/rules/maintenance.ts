// What staff and IT do behind the maintenance PIN: look, try, print again, give up.
import type { MaintenanceAction } from '../../sync/contract/facts.ts';
import type { MemberId } from '../../sync/contract/ids.ts';
import type { Decision, Effect } from '../decision.ts';
import type { MaintenanceTab } from '../maintenance-screen.ts';
import type { RuleContext } from '../rule-context.ts';
import { testPage } from '../slips/test-page.ts';
import { recordCopy } from './slip-copy.ts';

/** Guards the PIN as a member's is guarded; no member's id holds a colon. */
const guarded = 'maintenance:' as MemberId;
/** however generous a site is to its members */
const mostTries = 5;

/** The long press: from where nobody is served, and only where a PIN was set. */
export function decideOpenMaintenance(context: RuleContext): Decision | undefined {
  const { view } = context.session;
  if (!context.know.upkeep.hasPin || (view.kind !== 'attract' && view.kind !== 'home')) return undefined;
  const untilMs = lockedUntil(context);
  return {
    view: {
      kind: 'maintenance-pin',
      isChecking: false,
      problem: untilMs === undefined ? null : { kind: 'locked', untilMs },
    },
    person: null,
  };
}

/** May a PIN be tried now? */
export function mayTryPin(context: RuleContext): boolean {
  const { view } = context.session;
  return view.kind === 'maintenance-pin' && !view.isChecking && lockedUntil(context) === undefined;
}

/** The PIN was compared. */
export function decideMaintenancePin(isRight: boolean, context: RuleContext): Decision {
  const guard = (wrong: number, lockedUntilMs: number): Effect => ({
    kind: 'set-pin-guard',
    member: guarded,
    wrong,
    lockedUntilMs,
  });
  if (isRight) {
    return {
      view: { kind: 'maintenance', tab: 'devices', card: null, picture: null },
      recording: { fact: { kind: 'maintenance-opened', body: {} }, effects: [guard(0, 0)] },
    };
  }
  const wrong = context.know.club.pinGuard(guarded).wrong + 1;
  const triesLeft = Math.max(0, Math.min(mostTries, context.limits.wrongPins) - wrong);
  const untilMs = triesLeft === 0 ? context.now.getTime() + context.limits.pinLockMs : 0;
  return {
    view: {
      kind: 'maintenance-pin',
      isChecking: false,
      problem: triesLeft === 0 ? { kind: 'locked', untilMs } : { kind: 'wrong', triesLeft },
    },
    recording: {
      fact: { kind: 'maintenance-refused', body: { triesLeft } },
      // a lock that ran out starts a new count
      effects: [guard(triesLeft === 0 ? 0 : wrong, untilMs)],
    },
  };
}

export function decideTestPage(context: RuleContext): Decision | undefined {
  const { view } = context.session;
  if (view.kind !== 'maintenance' || context.know.slips.waiting() >= context.limits.waitingSlips)
    return undefined;
  const job = context.newId();
  return {
    view,
    recording: {
      fact: { kind: 'maintenance-acted', body: { action: 'test-page' } },
      effects: [
        {
          kind: 'queue-slip',
          job,
          slip: 'test-page',
          lines: testPage(context, context.session.language),
          copy: 0,
          subject: `test-page/${job}`,
        },
      ],
    },
  };
}

/** A picture of the screen for support. What a card left on the screen is taken off it first. */
export function decidePicture(context: RuleContext): Decision | undefined {
  const { view } = context.session;
  if (view.kind !== 'maintenance' || view.picture?.kind === 'taking') return undefined;
  if (!context.know.upkeep.canTakePicture()) return undefined;
  return {
    view: { ...view, card: null, picture: { kind: 'taking' } },
    recording: {
      fact: { kind: 'maintenance-acted', body: { action: 'support-picture' } },
      effects: [],
    },
  };
}

export function decideOpenMaintenanceTab(tab: MaintenanceTab, context: RuleContext): Decision | undefined {
  const { view } = context.session;
  return view.kind === 'maintenance' ? { view: { ...view, tab } } : undefined;
}

/** Something that is done beside the session and may take long: on record before it begins. */
export function decideDeed(action: MaintenanceAction, context: RuleContext): Decision | undefined {
  const { view } = context.session;
  if (view.kind !== 'maintenance') return undefined;
  return { view, recording: { fact: { kind: 'maintenance-acted', body: { action } }, effects: [] } };
}

/** Prints the newest slip once more, marked as a copy, as long as one that waits would still be printed. */
export function decideReprintLast(id: string, context: RuleContext): Decision | undefined {
  const { view } = context.session;
  const slip = context.know.slips.newest();
  if (view.kind !== 'maintenance' || slip?.id !== id) return undefined;
  if (context.know.slips.waiting() >= context.limits.waitingSlips) return undefined;
  return { view, recording: recordCopy(slip, context.newId(), context) };
}

/** Prints a slip that may be on paper again, marked as a copy. */
export function decidePrintAgain(id: string, context: RuleContext): Decision | undefined {
  const { view } = context.session;
  const slip = context.know.slips.unsettled().find((each) => each.id === id);
  if (view.kind !== 'maintenance' || slip?.state !== 'unconfirmed') return undefined;
  return { view, recording: recordCopy(slip, context.newId(), context) };
}

/** Gives a slip up: one that waits is not printed any more, one that is unsure is not asked about any more. */
export function decideForgetSlip(id: string, context: RuleContext): Decision | undefined {
  const { view } = context.session;
  const slip = context.know.slips.unsettled().find((each) => each.id === id);
  if (view.kind !== 'maintenance' || !slip) return undefined;
  if (slip.state !== 'queued' && slip.state !== 'unconfirmed') return undefined;
  const to = slip.state === 'queued' ? 'expired' : 'failed';
  return {
    view,
    recording: {
      fact: {
        kind: 'slip-settled',
        body: { job: slip.id, slip: slip.slip, copy: slip.copy, outcome: to, reason: 'forgotten' },
      },
      effects: [{ kind: 'give-up-slip', job: slip.id, to }],
    },
  };
}

function lockedUntil({ know, now }: RuleContext): number | undefined {
  const { lockedUntilMs } = know.club.pinGuard(guarded);
  return lockedUntilMs > now.getTime() ? lockedUntilMs : undefined;
}
