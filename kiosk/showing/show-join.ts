// Joining, own data and the staff view in words.

import type { JoinView, ProfileView, StaffView } from '../join-view.ts';
import { maskedPhone } from '../masked.ts';
import type { RuleContext } from '../rule-context.ts';
import { sessionsOfToday } from '../rules/session-choice.ts';
import { keptNames } from '../rules/shortlist.ts';
import type { ScreenOf } from '../screen.ts';
import { memberInFront, planned, shownMember } from './show-personal.ts';
import { slipProgress } from './slip-progress.ts';

type StaffPerson = NonNullable<ScreenOf<'staff'>['person']>;

export function showJoining(
  view: JoinView | ProfileView | StaffView,
  context: RuleContext,
): ScreenOf<'join' | 'profile' | 'staff'> | undefined {
  switch (view.kind) {
    case 'join':
      return showJoin(view, context);
    case 'profile':
      return showProfile(view, context);
    case 'staff':
      return showStaff(view, context);
  }
}

function showJoin(view: JoinView, context: RuleContext): ScreenOf<'join'> {
  const { know, session } = context;
  const { draft, purpose, step, isBusy, problem, hasCard } = view;
  const consent = know.club.consent();
  const who = know.club.member(draft.known ?? draft.member);
  return {
    kind: 'join',
    purpose,
    step,
    consent: consent ? { version: consent.version, text: consent.text[session.language] } : null,
    phone: draft.phone === null ? null : maskedPhone(draft.phone),
    member: who ? { name: who.name, phone: who.phone ?? null } : null,
    codeUntil: draft.codeUntil,
    hasPin: purpose === 'recover' && (who?.pin ?? null) !== null,
    isBusy,
    problem,
    hasCard,
    slip: slipProgress(view.job, context),
  };
}

function showProfile(view: ProfileView, context: RuleContext): ScreenOf<'profile'> | undefined {
  const member = memberInFront(context);
  return (
    member && {
      kind: 'profile',
      member: shownMember(member, context),
      phone: member.phone ?? null,
      birthday: member.birthday ?? null,
      mayContact: member.mayContact ?? null,
      hasPin: member.pin !== null,
      isSaved: view.isSaved,
    }
  );
}

/** What staff may know of who stands here: masked, and no more than helps them. */
function showStaff(view: StaffView, context: RuleContext): ScreenOf<'staff'> | undefined {
  const staff = context.know.club.staff(view.staff);
  if (!staff) return undefined;
  const person = view.member === null ? null : staffPerson(view, context);
  return { kind: 'staff', staff: staff.name, person, isUnknownCard: view.isUnknownCard };
}

function staffPerson(view: StaffView, context: RuleContext): StaffPerson | null {
  const { know, session } = context;
  const member = view.member === null ? undefined : know.club.member(view.member);
  if (!member) return null;
  const card = (view.card && know.club.card(view.card)?.state) ?? 'active';
  const openRequests = know.service.requests(member.id).filter(({ state }) => state !== 'done').length;
  const listed = sessionsOfToday(context).find(({ id }) => know.events.roster(id, member.id) !== undefined);
  const isCheckedIn = listed !== undefined && know.events.checkIn(listed.id, member.id) !== undefined;
  return {
    member: shownMember(member, context),
    phone: member.phone ?? null,
    card,
    balance: know.club.balance(member.id),
    birthday: member.birthday ?? null,
    homes: member.homes.map(({ label }) => label[session.language]),
    interests: keptNames(member.shortlist ?? [], context),
    openRequests,
    today: (listed && planned(listed, context)) ?? null,
    isCheckedIn,
    mayContact: member.mayContact ?? null,
    next: nextStep({ card, isWaited: listed !== undefined && !isCheckedIn, openRequests, member }),
  };
}

function nextStep(about: {
  readonly card: StaffPerson['card'];
  readonly isWaited: boolean;
  readonly openRequests: number;
  readonly member: { readonly homes: readonly unknown[] };
}): StaffPerson['next'] {
  if (about.card !== 'active') return 'new-card';
  if (about.isWaited) return 'check-in';
  if (about.openRequests > 0) return 'requests';
  return about.member.homes.length === 0 ? 'show-homes' : 'greet';
}
