// The staff view by a second card: who stands here and what to do for them. Ends when the staff card is shown again.
import type { CardToken } from '../../sync/contract/ids.ts';
import type { Decision } from '../decision.ts';
import type { RuleContext } from '../rule-context.ts';
import { decideJoinCard, staffHere } from './join.ts';

/**
 * A card that means something else than a check-in where it was shown.
 * @returns undefined when it is to be taken like all others
 */
export function decideCardInJourney(card: CardToken, context: RuleContext): Decision | undefined {
  const { view, person } = context.session;
  const { club } = context.know;
  // a stray card takes nothing from somebody who joins
  if (view.kind === 'join') return decideJoinCard(card, context) ?? { view };
  const isHere = staffHere(card, context) !== undefined;
  if (view.kind === 'staff') {
    if (card === view.staff) return { view: { kind: 'attract' }, person: null };
    // a colleague takes over, and sees nobody whom they did not ask for
    if (isHere)
      return {
        view: { kind: 'staff', staff: card, card: null, member: null, isUnknownCard: false },
        person: null,
      };
    const known = club.card(card);
    const member = known && club.member(known.member);
    if (!known || !member) return { view: { ...view, card: null, member: null, isUnknownCard: true } };
    return {
      view: { ...view, card, member: member.id, isUnknownCard: false },
      person: null,
      recording: { fact: { kind: 'visit-recorded', body: { member: member.id, card } }, effects: [] },
    };
  }
  if (!isHere || view.kind === 'out-of-service' || view.kind === 'maintenance-pin') return undefined;
  return {
    view: {
      kind: 'staff',
      staff: card,
      card: person?.card ?? null,
      member: person?.member ?? null,
      isUnknownCard: false,
    },
    person: null,
  };
}
