// Own data: what their owner may see and change after the second proof.
import type { Decision } from '../decision.ts';
import type { RuleContext } from '../rule-context.ts';
import type { FingerTouch } from '../touch.ts';

type ProfileTouch = Extract<FingerTouch, { kind: 'profile-contact' | 'profile-birthday' }>;

export function decideProfile(touch: ProfileTouch, { session }: RuleContext): Decision | undefined {
  const { view, person } = session;
  if (view.kind !== 'profile' || !person?.isProven) return undefined;
  const { member } = person;
  const told =
    touch.kind === 'profile-contact' ? { mayContact: touch.mayContact } : { birthday: touch.birthday };
  return {
    view: { kind: 'profile', isSaved: true },
    recording: {
      fact: { kind: 'profile-changed', body: { member, ...told } },
      effects: [
        {
          kind: 'remember-profile',
          member,
          ...('mayContact' in told ? told : { birthday: told.birthday.slice(5) }),
        },
      ],
    },
  };
}
