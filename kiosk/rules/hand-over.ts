// Hand-over day at the terminal: arrive and get a number, note defects room by room, sign.
import type { FactId, MemberId } from '../../sync/contract/ids.ts';
import type { Decision, Effect } from '../decision.ts';
import { localDate } from '../local-time.ts';
import type { KnownHandOver, SignedOutcome } from '../owners-knowledge.ts';
import type { RuleContext } from '../rule-context.ts';
import { numberSlip, signedSlip } from '../slips/hand-over-slip.ts';
import type { View } from '../view.ts';

/** 交付入伙 among the satisfaction items */
const ratedItem = 'property-handover';

export function isToday({ day }: KnownHandOver, { now, site }: RuleContext): boolean {
  return day === localDate(now, site.timeZone);
}

/** The hand-over of the home that is shown, when its owner stands in front. */
export function handOverInFront(context: RuleContext): KnownHandOver | undefined {
  const { view, person } = context.session;
  if (!person?.isProven || (view.kind !== 'hand-over' && view.kind !== 'hand-over-sign')) return undefined;
  return handOverOf(person.member, view.unit, context);
}

function handOverOf(member: MemberId, unit: string, context: RuleContext): KnownHandOver | undefined {
  return context.know.owners.handOvers(member).find((each) => each.unit === unit && isToday(each, context));
}

export function decideOpenHandOver(unit: string, context: RuleContext): Decision | undefined {
  const { person, view } = context.session;
  const found =
    person?.isProven && view.kind === 'my-homes' ? handOverOf(person.member, unit, context) : undefined;
  return found && { view: { kind: 'hand-over', unit: found.unit, job: null } };
}

/** Arrived: the number that is called out, on screen and paper. */
export function decideArrive(context: RuleContext): Decision | undefined {
  const about = handOverInFront(context);
  if (!about || about.number !== null || about.signedAt !== null) return undefined;
  const { member, unit, day } = about;
  const count = context.know.owners.arrivals(day) + 1;
  const number = `${context.site.code}-${String(count).padStart(3, '0')}`;
  const job: FactId = context.newId();
  return {
    view: { kind: 'hand-over', unit, job },
    recording: {
      fact: { kind: 'hand-over-queued', body: { member, unit, day, number } },
      effects: [
        { kind: 'remember-arrival', member, unit, day, number },
        {
          kind: 'queue-slip',
          job,
          slip: 'hand-over-number',
          lines: numberSlip(about, number, context),
          copy: 0,
          subject: `hand-over/${day}/${unit}`,
        },
      ],
    },
  };
}

/** A defect of this home: place → element → problem → phrase, as with any report. */
export function decideNoteDefect(context: RuleContext): Decision | undefined {
  const about = handOverInFront(context);
  if (!about || about.number === null || about.signedAt !== null) return undefined;
  if (context.know.service.places(about.project).length === 0) {
    return { view: { kind: 'card-problem', purpose: 'homes', reason: 'no-library' } };
  }
  const draft = {
    home: about.unit,
    place: null,
    elements: [],
    problem: null,
    before: null,
    isHandOver: true,
  };
  return { view: { kind: 'report-choice', step: 'place', draft } };
}

/** A report that began at the hand-over is one of its kind, and ends where it began; the signature's slip counts them. */
export function asDefect(decision: Decision | undefined, view: View): Decision | undefined {
  if (view.kind !== 'report-review' || !view.draft.isHandOver || !decision?.recording) return decision;
  const { fact, effects } = decision.recording;
  if (fact.kind !== 'request-filed') return decision;
  return {
    ...decision,
    view: { kind: 'hand-over', unit: view.draft.home, job: null },
    recording: {
      fact: { ...fact, body: { ...fact.body, request: 'handover' } },
      effects: effects.flatMap((effect): Effect[] => {
        if (effect.kind === 'queue-slip') return [];
        if (effect.kind !== 'remember-request') return [effect];
        return [{ ...effect, request: { ...effect.request, request: 'handover' as const } }];
      }),
    },
  };
}

export function decideSignStart(context: RuleContext): Decision | undefined {
  const about = handOverInFront(context);
  if (context.session.view.kind !== 'hand-over') return undefined;
  if (!about || about.number === null || about.signedAt !== null) return undefined;
  return { view: { kind: 'hand-over-sign', unit: about.unit, score: null } };
}

export function decideHandOverScore(score: 1 | 2 | 3 | 4 | 5, context: RuleContext): Decision | undefined {
  const { view } = context.session;
  return view.kind === 'hand-over-sign' ? { view: { ...view, score } } : undefined;
}

export function decideSign(outcome: SignedOutcome, context: RuleContext): Decision | undefined {
  const { view } = context.session;
  const about = handOverInFront(context);
  if (view.kind !== 'hand-over-sign' || !about || about.signedAt !== null) return undefined;
  const defects = defectsOf(about, context);
  // what was noted is not signed away, and "with defects" needs one
  if (outcome === 'accepted' && defects.length > 0) return undefined;
  if (outcome === 'accepted-with-defects' && defects.length === 0) return undefined;
  const { member, unit, day } = about;
  const job: FactId = context.newId();
  return {
    view: { kind: 'hand-over', unit, job },
    recording: {
      fact: {
        kind: 'hand-over-signed',
        body: {
          member,
          unit,
          day,
          outcome,
          defects: defects.map(({ id }) => id).slice(0, 100),
          ratings: view.score === null ? [] : [{ item: ratedItem, score: view.score }],
        },
      },
      effects: [
        { kind: 'remember-signature', unit, day, outcome },
        {
          kind: 'queue-slip',
          job,
          slip: 'hand-over-signed',
          lines: signedSlip(about, { outcome, defects, score: view.score }, context),
          copy: 0,
          subject: `hand-over-signed/${day}/${unit}`,
        },
      ],
    },
  };
}

/** What was noted about this home at its hand-over. */
export function defectsOf({ member, unit, day }: KnownHandOver, context: RuleContext) {
  return context.know.service
    .requests(member)
    .filter(
      (each) =>
        each.request === 'handover' &&
        each.unit === unit &&
        localDate(new Date(each.filedAt), context.site.timeZone) === day,
    );
}
