// Joining at the terminal: agree, "already a member?", prove the telephone, choose a PIN, present a blank card.
import { randomUUID } from 'node:crypto';
import type { CardToken, MemberId } from '../../sync/contract/ids.ts';
import type { StaffRow } from '../../sync/contract/members.ts';
import type { Decision } from '../decision.ts';
import type { JoinDraft, JoinPurpose, JoinStep, JoinView } from '../join-view.ts';
import type { RuleContext } from '../rule-context.ts';
import { oldCardSlip } from '../slips/membership-slip.ts';
import type { FingerTouch } from '../touch.ts';
import { personOf, problem, refusal } from './join-draft.ts';
import { finishJoin, finishRecover, finishTold } from './join-end.ts';

export type JoinTouch = Extract<FingerTouch, { kind: `join-${string}` }>;
type Details = Extract<JoinTouch, { kind: 'join-details' }>;

/** `phone` and `pin` are for who has proven who they are. */
export function decideOpenJoin(purpose: JoinPurpose, context: RuleContext): Decision | undefined {
  const { person } = context.session;
  const isOwn = purpose === 'phone' || purpose === 'pin';
  if (isOwn && !person?.isProven) return undefined;
  const member = isOwn && person ? person.member : newMemberId();
  const draft: JoinDraft = { ...nothingTold, member, known: isOwn ? member : null };
  const step = purpose === 'join' ? 'consent' : purpose === 'pin' ? 'pin' : 'phone';
  const view = at(purpose, step, draft);
  return isOwn ? { view } : { view, person: null };
}

/** @returns undefined when the touch makes no sense at this step */
export function decideJoin(touch: JoinTouch, context: RuleContext): Decision | undefined {
  const { view } = context.session;
  if (view.kind !== 'join' || view.isBusy) return undefined;
  const { step, purpose, draft } = view;
  switch (touch.kind) {
    case 'join-agree':
      return step === 'consent' ? agree(view, context) : undefined;
    case 'join-phone':
      return step === 'phone' ? tellPhone(view, touch.phone, context) : undefined;
    case 'join-details':
      return step === 'details' ? tellDetails(view, touch, context) : undefined;
    case 'join-its-me':
      return step === 'near' || step === 'already' ? recoverKnown(view) : undefined;
    case 'join-not-me':
      return step === 'near' ? askCode({ ...view, draft: { ...draft, known: null } }) : undefined;
    case 'join-another-code':
      return step === 'code' ? askCode(view) : undefined;
    case 'join-code':
      return step === 'code' ? tryCode(view, touch.code) : undefined;
    case 'join-pin':
      return step === 'pin' || step === 'code' ? tellPin(view, touch.pin, context) : undefined;
    case 'join-card-later':
      return step === 'card' && purpose === 'join' ? finishJoin(view, null, context) : undefined;
  }
}

/** A card came while somebody joins: a staff card vouches, a blank one becomes theirs; at other steps it is a stray. */
export function decideJoinCard(card: CardToken, context: RuleContext): Decision | undefined {
  const { view } = context.session;
  if (view.kind !== 'join') return undefined;
  const { club } = context.know;
  if (view.step === 'code') {
    // nobody has to wait for a code that may never come
    const isStaff = staffHere(card, context) !== undefined;
    if (!isStaff) return view.isBusy ? undefined : { view: { ...view, problem: problem('not-staff') } };
    return proven({ ...view, draft: { ...view.draft, proof: 'staff-card', staff: card } });
  }
  if (view.step !== 'card' || view.isBusy) return undefined;
  if (club.card(card) || club.staff(card)) {
    return {
      view: { ...view, problem: problem('card-in-use') },
      recording: refusal('card-in-use', view.draft.known, null),
    };
  }
  return view.purpose === 'join' ? finishJoin(view, card, context) : finishRecover(view, card, context);
}

/** Our own people, where they work. */
export function staffHere(card: CardToken, { know, site }: RuleContext): StaffRow | undefined {
  const staff = know.club.staff(card);
  return staff && (staff.project === null || staff.project === site.project) ? staff : undefined;
}

/** Who showed that the telephone is theirs goes on. */
export function proven(view: JoinView): Decision {
  const open = { ...view, isBusy: false, problem: null };
  switch (view.purpose) {
    case 'join':
    case 'pin':
      return { view: { ...open, step: 'pin' } };
    case 'phone':
      return finishTold({ ...open, step: 'code' }, { phone: view.draft.phone ?? '' });
    case 'recover': {
      const member = view.draft.known ?? view.draft.member;
      return {
        view: { ...open, step: 'card' },
        recording: {
          fact: { kind: 'card-reported-lost', body: { member, card: null } },
          effects: [{ kind: 'remember-lost', member }],
        },
      };
    }
  }
}

function agree(view: JoinView, { know, now, session }: RuleContext): Decision | undefined {
  const consent = know.club.consent();
  if (!consent) return undefined;
  const { language } = session;
  const told = { version: consent.version, language, at: now.toISOString() };
  return { view: at(view.purpose, 'phone', { ...view.draft, consent: told }) };
}

function tellPhone(view: JoinView, phone: string, context: RuleContext): Decision {
  const { member, consent, known: own } = view.draft;
  const draft = { ...nothingTold, member, consent, phone, known: view.purpose === 'phone' ? own : null };
  const [known] = context.know.club.matches(personOf(draft));
  if (view.purpose === 'recover') {
    if (!known) return { view: { ...view, draft, problem: problem('unknown-phone') } };
    return askCode({ ...view, draft: { ...draft, known: known.member } });
  }
  if (!known) {
    const next = { ...view, draft, problem: null };
    return view.purpose === 'phone' ? askCode(next) : { view: { ...next, step: 'details' } };
  }
  if (view.purpose === 'phone') return { view: { ...view, draft, problem: problem('phone-taken') } };
  return refuseAlready({ ...view, draft: { ...draft, known: known.member } }, known.trait, context);
}

function tellDetails(view: JoinView, told: Details, context: RuleContext): Decision {
  const { name, sound, birthday, idNumber } = told;
  const idKey = idNumber === null ? null : context.know.club.idKey(idNumber);
  const draft = { ...view.draft, name, sound, birthday, idKey };
  const [match] = context.know.club.matches(personOf(draft));
  if (!match) return askCode({ ...view, draft });
  const known = { ...view, draft: { ...draft, known: match.member }, problem: null };
  if (match.trait === 'id' || match.trait === 'phone') return refuseAlready(known, match.trait, context);
  return { view: { ...known, step: 'near' } };
}

/** Refused, and told how to get the old card back: on the screen and on paper. */
function refuseAlready(view: JoinView, trait: string, context: RuleContext): Decision {
  const job = context.newId();
  const { known } = view.draft;
  const lines = oldCardSlip(known === null ? undefined : context.know.club.member(known), context);
  const slip = 'membership' as const;
  return {
    view: { ...view, step: 'already', problem: null, job },
    recording: {
      ...refusal('already-member', known, trait),
      effects: [{ kind: 'queue-slip', job, slip, lines, copy: 0, subject: `old-card/${known}` }],
    },
  };
}

function recoverKnown(view: JoinView): Decision {
  const { known } = view.draft;
  const asked = askCode({ ...view, purpose: 'recover', job: null });
  return view.step === 'near' ? { ...asked, recording: refusal('near-member', known, 'near') } : asked;
}

function askCode(view: JoinView): Decision {
  const { phone, known } = view.draft;
  const isOther = view.purpose === 'recover';
  return {
    view: { ...view, step: 'code', isBusy: true, problem: null },
    errand: {
      kind: 'send-code',
      words: isOther ? { phone: null, member: known } : { phone, member: null },
    },
  };
}

function tryCode(view: JoinView, code: string): Decision {
  const { phone, known } = view.draft;
  const owner = view.purpose === 'recover' ? { phone: null, member: known } : { phone, member: null };
  return {
    view: { ...view, isBusy: true, problem: null },
    errand: { kind: 'check-code', words: { ...owner, code } },
  };
}

/** A new PIN, or the old one instead of a code. */
function tellPin(view: JoinView, pin: string, context: RuleContext): Decision | undefined {
  const busy = { ...view, isBusy: true, problem: null };
  const { known, member } = view.draft;
  if (view.step === 'pin') return { view: busy, errand: { kind: 'hash-pin', member, pin } };
  const hash = known === null ? null : (context.know.club.member(known)?.pin ?? null);
  if (view.purpose !== 'recover' || known === null || hash === null) return undefined;
  const { lockedUntilMs } = context.know.club.pinGuard(known);
  if (lockedUntilMs > context.now.getTime()) {
    const until = new Date(lockedUntilMs).toISOString();
    return { view: { ...view, problem: problem('wrong-pin', { triesLeft: 0, until }) } };
  }
  return { view: busy, errand: { kind: 'check-pin', member: known, pin, hash } };
}

const nothingTold = {
  consent: null,
  phone: null,
  name: null,
  sound: null,
  birthday: null,
  idKey: null,
  known: null,
  proof: null,
  staff: null,
  codeUntil: null,
  pin: null,
} as const;

function at(purpose: JoinPurpose, step: JoinStep, draft: JoinDraft): JoinView {
  return { kind: 'join', purpose, step, draft, isBusy: false, problem: null, job: null, hasCard: false };
}

function newMemberId(): MemberId {
  return `m-${randomUUID().replaceAll('-', '')}` as MemberId;
}

/** One step back; undefined = out of it. */
export function stepBackJoin(view: JoinView): JoinView | undefined {
  const to: Partial<Record<JoinStep, JoinStep>> = {
    phone: 'consent',
    already: 'phone',
    details: 'phone',
    near: 'details',
    code: view.purpose === 'join' ? 'details' : 'phone',
  };
  const step = to[view.step];
  const isFirst = view.purpose !== 'join' && view.step === 'phone';
  return step === undefined || isFirst ? undefined : { ...view, step, isBusy: false, problem: null };
}
