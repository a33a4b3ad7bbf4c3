// What a terminal does to its store on a busy day: check-ins with slips, acks, new datasets, checkpoints, in a seeded order.
import { createHash } from 'node:crypto';
import type { TerminalStore } from '../../../kiosk/store/terminal-store.ts';
import type { DatasetChange, DatasetName, DatasetRow } from '../../../sync/contract/datasets.ts';
import type { Fact } from '../../../sync/contract/facts.ts';
import type { CardToken, EventId, FactId, MemberId, SessionId } from '../../../sync/contract/ids.ts';
import { factIdMaker } from '../../../sync/fact-id.ts';
import { changeUpon } from '../../sync/dataset-changes.ts';
import { say } from './say-commits.ts';

const session = 'spring-1' as SessionId;
const card = 'AAAAAAAAAAAAAAAAAAAAAA' as CardToken;
const words = { zh: '签到', en: 'check-in' };
const newest = new Date('2026-03-01T08:00:00.000Z').toISOString();

export class BusyTerminal {
  readonly #store: TerminalStore;
  readonly #random: () => number;
  readonly #makeId = factIdMaker();

  constructor(store: TerminalStore, random: () => number) {
    this.#store = store;
    this.#random = random;
  }

  /** @throws when the store does */
  step(): void {
    const chance = this.#random();
    if (chance < 0.45) this.#checkIn();
    else if (chance < 0.65) this.#print();
    else if (chance < 0.75) this.#settle();
    else if (chance < 0.9) this.#bringRows();
    else if (chance < 0.95) this.#store.replica.audit();
    else if (chance < 0.97) this.#store.database.all('PRAGMA wal_checkpoint(TRUNCATE)');
    else this.#help();
  }

  #checkIn(): void {
    const { outbox } = this.#store;
    const member = `m${outbox.lastSeq + 1}` as MemberId;
    const job = this.#makeId(Date.now()) as FactId;
    const lines = Array.from({ length: this.#upTo(12) }, (_, n) => ({ text: `张** 积分 ${n} ${member}` }));
    sayFact(
      this.#store.record({
        fact: {
          kind: 'check-in-recorded',
          body: { member, card, event: 'spring' as EventId, session, points: 50 },
        },
        effects: [
          { kind: 'remember-check-in', session, member },
          { kind: 'add-pending-points', member, points: 50, reason: words },
          // what a slip says means nothing to the store
          {
            kind: 'queue-slip',
            job,
            slip: 'check-in',
            lines: lines as never,
            copy: 0,
            subject: `check-in/${member}`,
          },
        ],
      }),
    );
  }

  #print(): void {
    const { printJobs } = this.#store;
    const job = printJobs.next();
    if (job?.state === 'queued') printJobs.markSending(job.id, 'first', null);
    else if (job?.state === 'sending') printJobs.markSent(job.id);
    else if (job) {
      const body = { job: job.id, slip: job.slip, copy: 0, outcome: 'printed', reason: null } as const;
      const settled = { fact: { kind: 'slip-settled', body }, effects: [] } as const;
      sayFact(this.#store.record(settled, () => printJobs.mark(job.id, 'printed')));
    }
  }

  #help(): void {
    sayFact(this.#store.record({ fact: { kind: 'help-requested', body: { screen: 'home' } }, effects: [] }));
  }

  #settle(): void {
    const { outbox } = this.#store;
    const applied = outbox.appliedSeq + this.#upTo(outbox.lastSeq - outbox.appliedSeq);
    const safe = outbox.safeSeq + this.#upTo(applied - outbox.safeSeq);
    const members = this.#store.replica.versions().members;
    const ack = {
      v: 1,
      epoch: outbox.epoch,
      applied,
      safe,
      last: null,
      renew: false,
      visible: { members, events: 0, requests: 0 },
    } as const;
    say('SETTLE', safe);
    if (outbox.settle(ack) === 'settled') this.#store.noteAck(ack);
  }

  #bringRows(): void {
    const { replica } = this.#store;
    if (!replica.coming('members')) replica.take(this.#nextChange());
    const work = replica.work();
    if (work === 'idle' || work === 'working') return;
    if (work.kind !== 'applied') throw new Error(`a change was ${work.kind}`);
    say('DATASET', replica.versions().members);
    this.#store.noteMembersVersion();
  }

  /** A snapshot, or a delta upon what is there. */
  #nextChange(): DatasetChange {
    const dataset: DatasetName = 'members';
    const have = this.#store.replica.versions()[dataset];
    const isDelta = have > 0 && this.#random() < 0.6;
    const rows = Array.from(
      { length: isDelta ? 1 + this.#upTo(20) : 40 + this.#upTo(60) },
      (_, n): DatasetRow => {
        const code = [...String(isDelta ? this.#upTo(100) : n)]
          .map((digit) => 'abcdefghij'[Number(digit)])
          .join('');
        const row = { kind: 'level', code, name: words, from: have, benefit: words };
        return [`level/${code}`, isDelta && this.#random() < 0.2 ? null : row];
      },
    );
    return changeUpon(this.#store.replica, { dataset, from: isDelta ? have : 0, to: have + 1, at: newest }, [
      ...new Map(rows),
    ]);
  }

  #upTo(most: number): number {
    return Math.floor(this.#random() * (most + 1));
  }
}

/** The screen shows it now. */
export function sayFact(fact: Fact): void {
  say('FACT', fact.seq, hashOfFact(fact));
}

export function hashOfFact(fact: Fact): string {
  return createHash('sha256').update(JSON.stringify(fact)).digest('hex').slice(0, 16);
}
