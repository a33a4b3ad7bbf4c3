// What everything about points stands on, besides what it owns itself.
import type { Audit } from '../accounts/audit.ts';
import type { Publication } from '../publication.ts';
import type { Store } from '../store/store.ts';
import type { Club } from './club.ts';
import type { Ledger } from './ledger.ts';

export interface PointsParts {
  readonly store: Store;
  readonly ledger: Ledger;
  readonly club: Club;
  readonly publication: Publication;
  readonly audit: Audit;
  readonly now: () => Date;
}
