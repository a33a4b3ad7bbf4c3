// The service desk: requests that owners filed, and how far they are.

import type { Fact, FactContent } from '../contract/facts.ts';
import type { FactId, MemberId, TerminalId, Words } from '../contract/ids.ts';
import { type RequestRow, type RequestState, requestKeys, requestStates } from '../contract/requests.ts';
import { applied, type Effects, refused } from './outcome.ts';
import type { Change, Publication, PublishedRow } from './publication.ts';
import type { Reader, Store, Tx } from './store/store.ts';
import type { Tables } from './store/tables.ts';

export type FiledFact = Fact & Extract<FactContent, { kind: 'request-filed' }>;

/** What became of a wish to move a request. */
export type MoveOutcome = 'moved' | 'unknown-request' | 'not-the-next-state' | 'too-late-to-undo';

/** A request as the desk sees it: the published row, the owner's own words, and which terminal it came from. */
export type DeskRequest = Omit<RequestRow, 'tasks'> & {
  readonly terminal: TerminalId;
  readonly tasks: DeskTask[];
};
type DeskTask = Omit<RequestRow['tasks'][number], 'hasOwnWords'> & { readonly text: string | null };

type RequestRecord = Tables['request'];

export class Service {
  readonly #store: Store;
  readonly #publication: Publication;
  readonly #now: () => Date;
  readonly #undoMs: number;

  constructor(store: Store, publication: Publication, now: () => Date, undoMs: number) {
    this.#store = store;
    this.#publication = publication;
    this.#now = now;
    this.#undoMs = undoMs;
  }

  async applyFilings(tx: Tx, terminal: TerminalId, facts: readonly FiledFact[]): Promise<Effects> {
    const wanted = [...new Set(facts.map(({ body }) => body.member))];
    const found = await tx.selectFrom('member').select('id').where(this.#store.among('id', wanted)).execute();
    const members = new Set(found.map(({ id }) => id));
    const good = facts.filter(({ body }) => members.has(body.member));
    const requests = good.map(
      ({ id, at, body: { number, member, unit, tasks, replyBy, onSiteBy } }): RequestRecord => ({
        id,
        number,
        member,
        terminal,
        unit,
        state: 'filed',
        filed_at: at,
        reply_by: replyBy,
        on_site_by: onSiteBy,
        tasks: JSON.stringify(tasks.map(({ label, text, port }) => ({ label, text, port }))),
      }),
    );
    await this.#store.insert(tx, 'request', requests);
    await this.#store.insert(
      tx,
      'request_history',
      good.map(({ id, at }) => ({ request: id, at, state: 'filed', note: null })),
    );
    return {
      outcomes: facts.map(({ body }) => (members.has(body.member) ? applied : refused('unknown-member'))),
      changes: good.length === 0 ? [] : [this.#change(good.map(({ id }) => id))],
    };
  }

  /** Moves a request to the next state; the owner sees state and note at every terminal. */
  async move(id: FactId, state: RequestState, note: Words | null): Promise<MoveOutcome> {
    return await this.#store.transaction(async (tx) => {
      const [record] = await this.#lock(tx, id);
      if (!record) return 'unknown-request';
      const next = requestStates[requestStates.indexOf(record.state as RequestState) + 1];
      if (state !== next) return 'not-the-next-state';
      await tx.updateTable('request').set({ state }).where('id', '=', id).execute();
      await tx
        .insertInto('request_history')
        .values({
          request: id,
          at: this.#now().toISOString(),
          state,
          note: note === null ? null : JSON.stringify(note),
        })
        .execute();
      await this.#publication.publish(tx, [this.#change([id])]);
      return 'moved';
    });
  }

  /** Takes the last move back as if it had not been, while it is fresh; what was withdrawn stays on record. */
  async undo(id: FactId): Promise<MoveOutcome> {
    return await this.#store.transaction(async (tx) => {
      const [record] = await this.#lock(tx, id);
      if (!record) return 'unknown-request';
      const [last, before] = await tx
        .selectFrom('request_history')
        .select(['n', 'at', 'state'])
        .where('request', '=', id)
        .where('withdrawn_at', 'is', null)
        .orderBy('n', 'desc')
        .limit(2)
        .execute();
      const now = this.#now();
      if (!last || !before || now.getTime() - Date.parse(last.at) > this.#undoMs) return 'too-late-to-undo';
      await tx
        .updateTable('request_history')
        .set({ withdrawn_at: now.toISOString() })
        .where('n', '=', last.n)
        .execute();
      await tx.updateTable('request').set({ state: before.state }).where('id', '=', id).execute();
      await this.#publication.publish(tx, [this.#change([id])]);
      return 'moved';
    });
  }

  /** @returns newest first */
  async list(limit: number, state?: RequestState): Promise<DeskRequest[]> {
    return await this.#store.snapshot(async (tx) => {
      const all = tx.selectFrom('request').selectAll().orderBy('filed_at', 'desc').limit(limit);
      return await this.#toDesk(tx, await (state ? all.where('state', '=', state) : all).execute());
    });
  }

  async get(id: FactId): Promise<DeskRequest | undefined> {
    return await this.#store.snapshot(async (tx) => (await this.#read(tx, [id]))[0]);
  }

  async #lock(tx: Tx, id: FactId): Promise<RequestRecord[]> {
    return await this.#store.locked(tx.selectFrom('request').selectAll().where('id', '=', id)).execute();
  }

  #change(ids: readonly FactId[]): Change {
    return {
      dataset: 'requests',
      rows: async (tx) =>
        (await this.#read(tx, ids)).map(
          (request): PublishedRow => [requestKeys.request(request.member, request.id), published(request)],
        ),
    };
  }

  async #read(db: Reader, ids: readonly FactId[]): Promise<DeskRequest[]> {
    const records = await db.selectFrom('request').selectAll().where(this.#store.among('id', ids)).execute();
    return await this.#toDesk(db, records);
  }

  async #toDesk(db: Reader, records: readonly RequestRecord[]): Promise<DeskRequest[]> {
    const steps = await db
      .selectFrom('request_history')
      .select(['request', 'at', 'state', 'note'])
      .where(
        this.#store.among(
          'request',
          records.map(({ id }) => id),
        ),
      )
      .where('withdrawn_at', 'is', null)
      .orderBy('n')
      .execute();
    const histories = new Map<string, RequestRow['history'][number][]>(records.map(({ id }) => [id, []]));
    for (const { request, at, state, note } of steps) {
      const words = note === null ? null : (JSON.parse(note) as Words);
      histories.get(request)?.push({ at, state: state as RequestState, note: words });
    }
    return records.map((record) => toDeskRequest(record, histories.get(record.id) ?? []));
  }
}

function published({ terminal: _, tasks, ...request }: DeskRequest): RequestRow {
  return {
    ...request,
    tasks: tasks.map(({ label, text, port }) => ({ label, hasOwnWords: text !== null, port })),
  };
}

function toDeskRequest(record: RequestRecord, history: RequestRow['history']): DeskRequest {
  return {
    kind: 'request',
    id: record.id as FactId,
    number: record.number,
    member: record.member as MemberId,
    unit: record.unit as RequestRow['unit'],
    state: record.state as RequestState,
    filedAt: record.filed_at,
    replyBy: record.reply_by,
    onSiteBy: record.on_site_by,
    tasks: JSON.parse(record.tasks) as DeskTask[],
    history,
    terminal: record.terminal as TerminalId,
  };
}
