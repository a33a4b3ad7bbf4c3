// What the desk does with a request as a whole: moves it along its flow, answers, decides, closes, opens again, takes back.
import { createHash, randomUUID } from 'node:crypto';
import type { Rating } from '../../contract/forms.ts';
import type { FactId, PortId, Words } from '../../contract/ids.ts';
import type { RequestState } from '../../contract/requests.ts';
import type { Actor } from '../accounts/actor.ts';
import type { Audit } from '../accounts/audit.ts';
import type { Publication } from '../publication.ts';
import type { Store, Tx } from '../store/store.ts';
import type { DeskFiling, Filings } from './filings.ts';
import { type FlowEvent, next } from './flow-engine.ts';
import { type Before, type Deed, RequestFile } from './request-file.ts';
import { requestsChange } from './request-rows.ts';

/** `done`, or why not: a code that `service-api.ts` names. */
export type DeskOutcome = 'done' | (string & {});

/** What the desk may say about a request; `note` is what the owner will read. */
export type RequestDeed =
  | { readonly kind: 'advance'; readonly to: string; readonly note: Words | null }
  | { readonly kind: 'answer'; readonly note: Words }
  | { readonly kind: 'finish'; readonly note: Words | null }
  /** the owner agreed on the telephone */
  | { readonly kind: 'consent'; readonly note: Words | null; readonly ratings: readonly Rating[] }
  | { readonly kind: 'invalidate'; readonly note: Words }
  | { readonly kind: 'withdraw'; readonly note: Words | null }
  | { readonly kind: 'reopen'; readonly note: Words | null };

const whats = {
  advance: 'moved',
  answer: 'replied',
  finish: 'moved',
  consent: 'consented',
  invalidate: 'invalidated',
  withdraw: 'withdrawn',
  reopen: 'reopened',
} as const;

export interface RequestParts {
  readonly store: Store;
  readonly publication: Publication;
  readonly audit: Audit;
  readonly filings: Filings;
  readonly now: () => Date;
  readonly undoMs: number;
}

export class Requests {
  readonly #store: Store;
  readonly #publication: Publication;
  readonly #audit: Audit;
  readonly #filings: Filings;
  readonly #now: () => Date;
  readonly #undoMs: number;

  constructor({ store, publication, audit, filings, now, undoMs }: RequestParts) {
    this.#store = store;
    this.#publication = publication;
    this.#audit = audit;
    this.#filings = filings;
    this.#now = now;
    this.#undoMs = undoMs;
  }

  /** @returns the id of the new request, or why there is none */
  async file(actor: Actor, filing: DeskFiling): Promise<{ readonly id: FactId } | { readonly code: string }> {
    return await this.#store.transaction(async (tx) => {
      const [outcome] = await this.#filings.outcomes(tx, [filing]);
      if (outcome?.kind === 'refused') {
        await this.#audit.note(tx, actor, 'request-refused', filing.member, { code: outcome.reason });
        return { code: outcome.reason };
      }
      const id = randomUUID() as FactId;
      await this.#filings.fileAtDesk(tx, id, this.#now().toISOString(), actor.account, filing);
      await this.#auditEvents(tx, actor, id, 0);
      await this.#publication.publish(tx, [requestsChange(this.#store, [id])]);
      return { id };
    });
  }

  /** @param from the step at which the actor saw it: who comes second changes nothing */
  async act(actor: Actor, id: string, deed: RequestDeed, from?: string): Promise<DeskOutcome> {
    return await this.change(actor, id, async (file, tx) => {
      if (from !== undefined && from !== file.record.step) return 'request-moved-by-another';
      const at = this.#now().toISOString();
      const ratings = deed.kind === 'consent' ? deed.ratings : [];
      const said: Omit<FlowEvent, 'by'> = {
        kind: deed.kind,
        ...(deed.kind === 'advance' ? { to: deed.to } : {}),
        ...(deed.kind === 'consent' ? { verdict: 'solved' as const } : {}),
        isRated: ratings.length > 0,
        hasReason: deed.note !== null,
      };
      const kept: Deed = {
        actor: actor.account,
        at,
        what: whats[deed.kind],
        note: deed.note,
        isUndoable: deed.kind === 'advance' || deed.kind === 'finish',
        columns:
          deed.kind === 'answer' || deed.kind === 'invalidate'
            ? { answer: JSON.stringify(deed.note), replied_at: file.record.replied_at ?? at }
            : {},
      };
      const problem = await file.apply(eventBy(actor, file, said), kept);
      if (problem === 'not-now' && deed.kind === 'answer') return await this.#onlyAnswer(tx, file, kept);
      if (problem) return problem;
      const source = `${file.id}/consent/${at}`;
      await this.#filings.rate(tx, file.record, ratings, { at, source, callBack: null });
      return 'done';
    });
  }

  /** An answer on the way: the owner reads it, and the request stays where it is. */
  async #onlyAnswer(tx: Tx, file: RequestFile, deed: Deed): Promise<DeskOutcome> {
    if (file.record.step === 'closed') return 'not-now';
    const { step, state } = file.record;
    await file.note(deed, { step, state: state as RequestState });
    await tx
      .updateTable('request')
      .set({ ...deed.columns, climbs_at: await file.climbsAt(deed.columns ?? {}, deed.at) })
      .where('id', '=', file.id)
      .execute();
    return 'done';
  }

  /** Takes the last move back as if it had not been, while it is fresh; what was withdrawn stays on record. */
  async undo(actor: Actor, id: string): Promise<DeskOutcome> {
    return await this.change(actor, id, async (file, tx) => {
      const events = await tx
        .selectFrom('request_event')
        .select(['n', 'at', 'actor', 'what', 'before'])
        .where('request', '=', id)
        .where('withdrawn_at', 'is', null)
        .orderBy('n', 'desc')
        .limit(2)
        .execute();
      // where the request went by itself goes back with the task that took it there
      const gone = events[0]?.what === 'followed' ? events : events.slice(0, 1);
      const last = gone.at(-1);
      const now = this.#now();
      if (!last?.before || now.getTime() - Date.parse(last.at) > this.#undoMs) return 'too-late-to-undo';
      if (last.actor !== actor.account && !isDesk(actor)) return 'not-yours';
      await file.restore(JSON.parse(last.before) as Before);
      await tx
        .updateTable('request_event')
        .set({ withdrawn_at: now.toISOString() })
        .where(
          'n',
          'in',
          gone.map(({ n }) => n),
        )
        .execute();
      await file.note({ actor: actor.account, at: now.toISOString(), what: 'taken-back' });
      return 'done';
    });
  }

  /**
   * Holds the request while `work` changes it, and tells the terminals when it did. Each event that was added, and
   * each refusal, stands in the audit chain: the events themselves could be changed unseen.
   */
  async change(
    actor: Actor,
    id: string,
    work: (file: RequestFile, tx: Tx) => Promise<DeskOutcome>,
  ): Promise<DeskOutcome> {
    return await this.#store.transaction(async (tx) => {
      const file = await RequestFile.open(this.#store, tx, id);
      if (!file) return 'unknown-request';
      const before = await lastEvent(tx, id);
      const outcome = mayWorkOn(actor, file.tasks) ? await work(file, tx) : 'not-your-port';
      if (outcome === 'done') {
        await this.#auditEvents(tx, actor, id, before);
        await this.#publication.publish(tx, [requestsChange(this.#store, [id])]);
      } else await this.#audit.note(tx, actor, 'request-refused', id, { code: outcome });
      return outcome;
    });
  }

  async #auditEvents(tx: Tx, actor: Actor, id: string, after: number): Promise<void> {
    const events = await tx
      .selectFrom('request_event')
      .select(['n', 'what', 'task', 'from_step', 'to_step', 'note'])
      .where('request', '=', id)
      .where('n', '>', after)
      .orderBy('n')
      .execute();
    for (const { n, what, task, from_step: from, to_step: to, note } of events) {
      const words = note === null ? {} : { wordsHash: createHash('sha256').update(note).digest('base64url') };
      const moved = to === null || to === from ? {} : { from, to };
      await this.#audit.note(tx, actor, `request-${what}`, id, {
        event: n,
        ...(task === null ? {} : { task }),
        ...moved,
        ...words,
      });
    }
  }
}

async function lastEvent(tx: Tx, request: string): Promise<number> {
  const last = await tx
    .selectFrom('request_event')
    .select('n')
    .where('request', '=', request)
    .orderBy('n', 'desc')
    .limit(1)
    .executeTakeFirst();
  return last?.n ?? 0;
}

export function isDesk({ roles }: Actor): boolean {
  return roles.has('service-desk') || roles.has('manager');
}

/** A port works on requests that have a task of its own. */
export function mayWorkOn(actor: Actor, tasks: readonly { readonly port: string }[]): boolean {
  return isDesk(actor) || tasks.some(({ port }) => actor.ports.has(port as PortId));
}

/** In the role that may do it, if the actor has one. */
export function eventBy(actor: Actor, file: RequestFile, event: Omit<FlowEvent, 'by'>): FlowEvent {
  const roles = [...actor.roles];
  const by = roles.find((role) => next(file.flow, file.state, { ...event, by: role }).kind === 'moved');
  return { ...event, by: by ?? roles[0] ?? 'executive' };
}
