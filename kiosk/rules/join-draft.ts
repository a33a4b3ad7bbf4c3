// What the steps of joining share: what was told so far, what went wrong, why nobody became a member.
import type { JoinRefusal } from '../../sync/contract/club-facts.ts';
import type { MemberId } from '../../sync/contract/ids.ts';
import type { Recording } from '../decision.ts';
import type { JoinDraft, JoinProblem } from '../join-view.ts';
import type { ToldPerson } from '../members-knowledge.ts';

export function problem(
  code: JoinProblem['code'],
  more: { readonly triesLeft?: number | null; readonly until?: string | null } = {},
): JoinProblem {
  return { code, triesLeft: more.triesLeft ?? null, until: more.until ?? null };
}

export function refusal(reason: JoinRefusal, member: MemberId | null, matched: string | null): Recording {
  return { fact: { kind: 'join-refused', body: { reason, member, matched } }, effects: [] };
}

export function personOf({ phone, idKey, name, sound, birthday }: JoinDraft): ToldPerson {
  return { phone: phone ?? '', idKey, name, sound, birthday };
}
