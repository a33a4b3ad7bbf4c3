// PORT: what the rules may know of who is a member already, who is staff, and what joining asks for.

import type { ConsentRow } from '../sync/contract/forms.ts';
import type { IdentityTrait } from '../sync/contract/identity-key.ts';
import type { CardToken, MemberId } from '../sync/contract/ids.ts';
import type { IdentityKey, StaffRow } from '../sync/contract/members.ts';

/** What somebody told of themselves so far. */
export interface ToldPerson {
  readonly phone: string;
  readonly idKey: IdentityKey | null;
  readonly name: string | null;
  readonly sound: string | null;
  readonly birthday: string | null;
}
export interface KeyMatch {
  readonly trait: IdentityTrait;
  readonly member: MemberId;
}

export interface MembersKnowledge {
  /** Members who share something with this person; the surest sign first. */
  matches(person: ToldPerson): readonly KeyMatch[];
  keysOf(person: ToldPerson): readonly { readonly trait: IdentityTrait; readonly key: IdentityKey }[];
  /** The number itself is forgotten here. */
  idKey(number: string): IdentityKey;
  staff(token: CardToken): StaffRow | undefined;
  /** the newest */
  consent(): ConsentRow | undefined;
}
