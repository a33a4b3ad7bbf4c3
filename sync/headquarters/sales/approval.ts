// The second person's word on what waits, board and adverse facts alike: in force all together, or not at all.
import type { Words } from '../../contract/ids.ts';
import type { Audit } from '../accounts/audit.ts';
import type { NewNotice, Notices } from '../notices/notices.ts';
import type { Publication } from '../publication.ts';
import type { Store, Tx } from '../store/store.ts';
import type { AdverseFacts, PendingAdverse } from './adverse-facts.ts';
import type { Board, PendingUnit } from './board.ts';
import { isOwn, type Word } from './board-decisions.ts';

export interface ApprovalParts {
  readonly store: Store;
  readonly publication: Publication;
  readonly board: Board;
  readonly adverse: AdverseFacts;
  readonly audit: Pick<Audit, 'note'>;
  readonly notices: Pick<Notices, 'queue'>;
  readonly now: () => Date;
}
export interface Choice {
  readonly units: readonly string[] | 'all';
  /** projects */
  readonly adverse: readonly string[] | 'all';
  readonly reason?: string | undefined;
  /** `unit/…` and `project/…` → `at` of the change that was read: any other is not what they meant */
  readonly seen?: Readonly<Record<string, string>> | undefined;
}
/** `own-change`: who proposes does not approve. `changed-since`: somebody changed or decided it after it was read. */
export type DecisionOutcome =
  | { readonly kind: 'decided'; readonly changed: number }
  | { readonly kind: 'own-change' | 'changed-since'; readonly subjects: readonly string[] };

/** Of one home or project. */
interface Subject {
  readonly key: string;
  readonly at: string;
  readonly hands: readonly string[];
}
interface Taken {
  readonly units: readonly PendingUnit[];
  readonly adverse: readonly PendingAdverse[];
  readonly subjects: readonly Subject[];
}

export class Approval {
  readonly #parts: ApprovalParts;

  constructor(parts: ApprovalParts) {
    this.#parts = parts;
  }

  /** @param by another account than those that proposed any of it */
  async publish(choice: Choice, by: string): Promise<DecisionOutcome> {
    const { store, board, adverse, publication } = this.#parts;
    return await store.transaction(async (tx) => {
      const taken = await this.#take(tx, choice);
      const own = taken.subjects.filter(({ hands }) => isOwn(hands, by)).map(({ key }) => key);
      if (own.length > 0) return await this.#refused(tx, by, 'own-change', own);
      const other = othersThan(taken.subjects, choice);
      if (other.length > 0) return await this.#refused(tx, by, 'changed-since', other);
      const word = this.#word(choice, by);
      const changes = [
        await board.approve(tx, taken.units, word),
        await adverse.approve(tx, taken.adverse, word),
      ];
      const outcome = await this.#decided(tx, taken, 'approved', word);
      await publication.publish(tx, changes);
      return outcome;
    });
  }

  /** Rejects; the proposers themselves may do so as well. */
  async discard(choice: Choice, by: string): Promise<DecisionOutcome> {
    const { store, board, adverse } = this.#parts;
    return await store.transaction(async (tx) => {
      const taken = await this.#take(tx, choice);
      const other = othersThan(taken.subjects, choice);
      if (other.length > 0) return await this.#refused(tx, by, 'changed-since', other);
      const word = this.#word(choice, by);
      await board.reject(tx, taken.units, word);
      await adverse.reject(tx, taken.adverse, word);
      return await this.#decided(tx, taken, 'rejected', word);
    });
  }

  #word({ reason }: Choice, by: string): Word {
    return { by, at: this.#parts.now().toISOString(), reason };
  }

  async #take(tx: Tx, choice: Choice): Promise<Taken> {
    const units = await this.#parts.board.take(tx, choice.units);
    const adverse = await this.#parts.adverse.take(tx, choice.adverse);
    const subjects = [
      ...units.map(({ approved, pending }) => ({ ...pending, key: `unit/${approved.id}` })),
      ...adverse.map((each) => ({ ...each, key: `project/${each.project}` })),
    ];
    return { units, adverse, subjects };
  }

  async #refused(
    tx: Tx,
    by: string,
    kind: 'own-change' | 'changed-since',
    subjects: readonly string[],
  ): Promise<DecisionOutcome> {
    const detail = { code: kind, changes: subjects.length };
    await this.#parts.audit.note(tx, { account: by }, 'board-decision-refused', subjects[0] ?? null, detail);
    return { kind, subjects };
  }

  /** On record, and told to whoever proposed it. */
  async #decided(
    tx: Tx,
    { subjects }: Taken,
    decision: 'approved' | 'rejected',
    { by, reason }: Word,
  ): Promise<DecisionOutcome> {
    const changed = subjects.length;
    if (changed === 0) return { kind: 'decided', changed };
    await this.#parts.audit.note(tx, { account: by }, `board-${decision}`, subjects[0]?.key ?? null, {
      changes: changed,
    });
    await this.#parts.notices.queue(tx, noticesOf(subjects, decision, by, reason));
    return { kind: 'decided', changed };
  }
}

/** @returns what is not as it was read */
function othersThan(subjects: readonly Subject[], { seen }: Choice): string[] {
  if (!seen) return [];
  const waiting = new Map(subjects.map(({ key, at }) => [key, at]));
  const keys = new Set([...waiting.keys(), ...Object.keys(seen)]);
  return [...keys].filter((key) => waiting.get(key) !== seen[key]);
}

const titles: Readonly<Record<'approved' | 'rejected', (count: number) => Words>> = {
  approved: (count) => ({
    zh: `您提出的 ${count} 项改动已批准发布`,
    en: `${count} of your changes were approved and published`,
  }),
  rejected: (count) => ({
    zh: `您提出的 ${count} 项改动被驳回`,
    en: `${count} of your changes were rejected`,
  }),
};

/** One to each who had a hand in it, but not to whoever decided. */
function noticesOf(
  subjects: readonly Subject[],
  decision: 'approved' | 'rejected',
  by: string,
  reason: string | undefined,
): NewNotice[] {
  const hands = new Set(subjects.flatMap((subject) => subject.hands));
  hands.delete(by);
  return [...hands].map((account) => {
    const theirs = subjects.filter((subject) => subject.hands.includes(account));
    const [first] = theirs;
    const why = { zh: reason ? `审核意见：${reason}` : '', en: reason ? `They say: ${reason}` : '' };
    return {
      key: `board-${decision}/${account}/${first?.key}/${first?.at}`,
      to: { kind: 'account', account },
      subject: titles[decision](theirs.length),
      text: { zh: `审核人 ${by}。${why.zh}`, en: `Decided by ${by}. ${why.en}`.trim() },
      about: first?.key ?? null,
    };
  });
}
