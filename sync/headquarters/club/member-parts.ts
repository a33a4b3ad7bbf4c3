// Builds the modules that know who is a member, and with which cards.
import type { CardWidth } from '../../contract/card-token.ts';
import type { Audit } from '../accounts/audit.ts';
import type { Notices } from '../notices/notices.ts';
import type { Publication } from '../publication.ts';
import type { Store } from '../store/store.ts';
import { Cards } from './cards.ts';
import type { Club } from './club.ts';
import { Consent } from './consent.ts';
import { Identity } from './identity.ts';
import { Joining } from './joining.ts';
import type { Ledger } from './ledger.ts';
import { MemberDesk } from './member-desk.ts';
import { Merge } from './merge.ts';
import { PhoneCodes } from './phone-codes.ts';
import { Staff } from './staff.ts';
import { Suspicions } from './suspicions.ts';
import { WebJoining } from './web-joining.ts';

export function memberParts(base: {
  readonly store: Store;
  readonly fleetKey: Uint8Array;
  readonly cardWidth: CardWidth;
  readonly audit: Audit;
  readonly now: () => Date;
  readonly ledger: Ledger;
  readonly club: Club;
  readonly notices: Notices;
  readonly publication: Publication;
}) {
  const { store, fleetKey, ledger, club, notices, now } = base;
  const identity = new Identity(store, fleetKey);
  const cards = new Cards(store, now);
  const merge = new Merge(store, ledger, club);
  const suspicions = new Suspicions(store, identity, now);
  const joining = new Joining({ ...base, identity, cards, merge, suspicions });
  const codes = new PhoneCodes(store, notices, now);
  const consent = new Consent(now);
  const staff = new Staff(store, now);
  const parts = { ...base, identity, cards, merge, suspicions, joining, codes, consent, staff };
  return {
    identity,
    cards,
    merge,
    suspicions,
    joining,
    codes,
    consent,
    staff,
    memberDesk: new MemberDesk(parts),
    webJoining: new WebJoining(parts),
  };
}
