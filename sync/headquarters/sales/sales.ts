// The sales' parts besides the board: who looked at what, who bought what, and who is handed over which home.
import type { Fact } from '../../contract/facts.ts';
import type { TerminalId } from '../../contract/ids.ts';
import type { Effects } from '../outcome.ts';
import type { Tx } from '../store/store.ts';
import { AdverseFacts } from './adverse-facts.ts';
import { HandOver, type QueuedFact, type SignedFact } from './hand-over.ts';
import { Interest, type InterestFact, type ShortlistFact } from './interest.ts';
import { PurchaseList } from './purchase-list.ts';
import { type PurchaseParts, Purchases } from './purchases.ts';

export type SalesFactKind = 'interest-noted' | 'shortlist-kept' | 'hand-over-queued' | 'hand-over-signed';

export class Sales {
  readonly adverse: AdverseFacts;
  readonly interest: Interest;
  readonly purchases: Purchases;
  readonly purchaseList: PurchaseList;
  readonly handOver: HandOver;

  constructor(parts: PurchaseParts) {
    const { store, publication, club, audit, now } = parts;
    this.adverse = new AdverseFacts(store, audit, now);
    this.interest = new Interest(store, (members) => club.memberChange(members), now);
    this.purchases = new Purchases(parts);
    this.purchaseList = new PurchaseList(store, now);
    this.handOver = new HandOver({ store, publication, purchases: this.purchases, audit, now });
  }

  /** @param facts all of this kind, oldest first */
  async apply(tx: Tx, terminal: TerminalId, kind: SalesFactKind, facts: readonly Fact[]): Promise<Effects> {
    switch (kind) {
      case 'interest-noted':
        return await this.interest.applyInterest(tx, terminal, facts as readonly InterestFact[]);
      case 'shortlist-kept':
        return await this.interest.applyShortlists(tx, terminal, facts as readonly ShortlistFact[]);
      case 'hand-over-queued':
        return await this.handOver.applyQueued(tx, terminal, facts as readonly QueuedFact[]);
      case 'hand-over-signed':
        return await this.handOver.applySigned(tx, terminal, facts as readonly SignedFact[]);
    }
  }
}
