// How joining ends: the fact, what this terminal knows from now on, the slip.
import type { FactContent } from '../../sync/contract/facts.ts';
import type { CardToken } from '../../sync/contract/ids.ts';
import type { MemberRow, MembersRow } from '../../sync/contract/members.ts';
import type { Decision } from '../decision.ts';
import type { JoinView } from '../join-view.ts';
import { maskedName, maskedPhone } from '../masked.ts';
import type { RuleContext } from '../rule-context.ts';
import { membershipSlip } from '../slips/membership-slip.ts';
import { personOf } from './join-draft.ts';
import { sessionsOfToday } from './session-choice.ts';

type Profile = Extract<FactContent, { kind: 'profile-changed' }>['body'];

/** @param card the blank one that was presented; null = it comes later */
export function finishJoin(
  view: JoinView,
  card: CardToken | null,
  context: RuleContext,
): Decision | undefined {
  const { member, name, phone, birthday, idKey, pin, proof, staff, consent } = view.draft;
  if (name === null || phone === null || consent === null || proof === null || proof === 'pin')
    return undefined;
  const { know, site } = context;
  const session = sessionsOfToday(context).find(
    ({ opensAt }) => Date.parse(opensAt) <= context.now.getTime(),
  );
  const row: MemberRow = {
    kind: 'member',
    id: member,
    name: maskedName(name),
    level: know.club.levels()[0]?.code ?? '',
    balance: 0,
    earned: 0,
    ledger: [],
    pin,
    homes: [],
    phone: maskedPhone(phone),
    birthday: birthday?.slice(5) ?? null,
  };
  const keys = know.club.keysOf(personOf(view.draft));
  const rows: MembersRow[] = [
    row,
    ...keys.map(({ key }): MembersRow => ({ kind: 'identity', key, member })),
    ...(card === null ? [] : [{ kind: 'card', token: card, member, state: 'active' } as const]),
  ];
  const job = context.newId();
  return {
    view: { ...view, step: 'done', problem: null, job, hasCard: card !== null },
    person: card === null ? null : { member, card, isProven: true },
    recording: {
      fact: {
        kind: 'member-joined',
        body: {
          ...{ member, name, phone, birthday, idKey, card, pin, proof, staff, consent },
          channel: session ? 'event' : 'site',
          project: site.project,
          session: session?.id ?? null,
          referrer: null,
        },
      },
      effects: [
        { kind: 'remember-members', rows },
        {
          kind: 'queue-slip',
          job,
          slip: 'membership',
          lines: membershipSlip({ member: row, hasCard: card !== null }, context),
          copy: 0,
          subject: `membership/${member}`,
        },
      ],
    },
  };
}

/** A card instead of the lost one. */
export function finishRecover(view: JoinView, card: CardToken, context: RuleContext): Decision | undefined {
  const { known, proof, staff } = view.draft;
  const row = known === null ? undefined : context.know.club.member(known);
  if (known === null || proof === null || !row) return undefined;
  const job = context.newId();
  return {
    view: { ...view, step: 'done', problem: null, job, hasCard: true },
    person: { member: known, card, isProven: true },
    recording: {
      fact: {
        kind: 'card-issued',
        body: { member: known, card, replaces: null, reason: 'lost', proof, staff },
      },
      effects: [
        { kind: 'remember-members', rows: [{ kind: 'card', token: card, member: known, state: 'active' }] },
        {
          kind: 'queue-slip',
          job,
          slip: 'membership',
          lines: membershipSlip({ member: row, hasCard: true }, context),
          copy: 0,
          subject: `membership/${known}`,
        },
      ],
    },
  };
}

/** Own data were changed by who proved to be their owner. */
export function finishTold({ draft }: JoinView, told: Omit<Profile, 'member'>): Decision {
  return {
    view: { kind: 'profile', isSaved: true },
    recording: {
      fact: { kind: 'profile-changed', body: { member: draft.member, ...told } },
      effects: [
        {
          kind: 'remember-profile',
          member: draft.member,
          phone: maskedOrNone(told.phone),
          pin: told.pin ?? null,
        },
      ],
    },
  };
}

function maskedOrNone(phone: string | undefined): string | null {
  return phone === undefined ? null : maskedPhone(phone);
}
