// What a finger can do where somebody joins, gets a card back or changes own data.
import type { Decision } from '../decision.ts';
import type { RuleContext } from '../rule-context.ts';
import type { FingerTouch } from '../touch.ts';
import { decideJoin, decideOpenJoin, type JoinTouch } from './join.ts';
import { decideProfile } from './profile.ts';

export type JourneyTouch =
  | JoinTouch
  | Extract<FingerTouch, { kind: 'open-join' | 'profile-contact' | 'profile-birthday' }>;

export function isJoinJourney(touch: FingerTouch): touch is JourneyTouch {
  return touch.kind === 'open-join' || /^(join|profile)-/.test(touch.kind);
}

export function decideJoinJourney(touch: JourneyTouch, context: RuleContext): Decision | undefined {
  switch (touch.kind) {
    case 'open-join':
      return decideOpenJoin(touch.purpose, context);
    case 'profile-contact':
    case 'profile-birthday':
      return decideProfile(touch, context);
    default:
      return decideJoin(touch, context);
  }
}
