// The service desk: requests that owners filed, and how far they are.

import type { Fact, FactContent } from '../../contract/facts.ts';
import type { FactId, MemberId, TerminalId, Words } from '../../contract/ids.ts';
import {
  type RequestKind,
  type RequestRow,
  type RequestState,
  requestKeys,
} from '../../contract/requests.ts';
import { applied, type Effects, refused } from '../outcome.ts';
import type { Change, Publication, PublishedRow } from '../publication.ts';
import type { Reader, Store, Tx } from '../store/store.ts';
import type { Tables } from '../store/tables.ts';

export type FiledFact = Fact & Extract<FactContent, { kind: 'request-filed' }>;

/** What became of a wish to move a request. */
export type MoveOutcome = 'moved' | 'unknown-request' | 'not-the-next-state' | 'too-late-to-undo';

/** A request as the desk sees it: the published row, the owner's own words, and which terminal it came from. */
export type DeskRequest = Omit<RequestRow, 'tasks' | 'member'> & {
  /** null = nobody whom we know */
  readonly member: MemberId | null;
  readonly terminal: TerminalId | null;
  readonly tasks: DeskTask[];
};
type DeskTask = Omit<RequestRow['tasks'][number], 'hasOwnWords'> & { readonly text: string | null };

type RequestRecord = Tables['request'];
type TaskRecord = Tables['task'];

/** The way of a request until flows decide. */
const moves: readonly RequestState[] = ['filed', 'in-progress', 'done'];

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
    const wanted = [...new Set(facts.flatMap(({ body: { member } }) => (member === null ? [] : [member])))];
    const found = await tx.selectFrom('member').select('id').where(this.#store.among('id', wanted)).execute();
    const members = new Set<string | null>([null, ...found.map(({ id }) => id)]);
    const good = facts.filter(({ body }) => members.has(body.member));
    await this.#store.insert(
      tx,
      'request',
      good.map((fact) => requestRecord(terminal, fact)),
    );
    await this.#store.insert(tx, 'task', good.flatMap(taskRecords));
    await this.#store.insert(
      tx,
      'request_event',
      good.map(({ id, at }) => ({
        request: id,
        task: null,
        at,
        actor: terminal,
        what: 'filed',
        from_step: null,
        to_step: 'filed',
        note: null,
        withdrawn_at: null,
      })),
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
      const next = moves[moves.indexOf(record.state as RequestState) + 1];
      if (state !== next) return 'not-the-next-state';
      await tx.updateTable('request').set({ state, step: state }).where('id', '=', id).execute();
      await tx
        .insertInto('request_event')
        .values({
          request: id,
          at: this.#now().toISOString(),
          actor: 'desk',
          what: 'moved',
          from_step: record.state,
          to_step: state,
          task: null,
          note: note === null ? null : JSON.stringify(note),
          withdrawn_at: null,
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
        .selectFrom('request_event')
        .select(['n', 'at', 'to_step'])
        .where('request', '=', id)
        .where('withdrawn_at', 'is', null)
        .orderBy('n', 'desc')
        .limit(2)
        .execute();
      const now = this.#now();
      if (!last || !before || now.getTime() - Date.parse(last.at) > this.#undoMs) return 'too-late-to-undo';
      await tx
        .updateTable('request_event')
        .set({ withdrawn_at: now.toISOString() })
        .where('n', '=', last.n)
        .execute();
      await tx
        .updateTable('request')
        .set({ state: before.to_step ?? 'filed', step: before.to_step ?? 'filed' })
        .where('id', '=', id)
        .execute();
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
        (await this.#read(tx, ids)).flatMap((request): PublishedRow[] => {
          const row = published(request);
          return row ? [[requestKeys.request(row.member, row.id), row]] : [];
        }),
    };
  }

  async #read(db: Reader, ids: readonly FactId[]): Promise<DeskRequest[]> {
    const records = await db.selectFrom('request').selectAll().where(this.#store.among('id', ids)).execute();
    return await this.#toDesk(db, records);
  }

  async #toDesk(db: Reader, records: readonly RequestRecord[]): Promise<DeskRequest[]> {
    const steps = await db
      .selectFrom('request_event')
      .select(['request', 'at', 'to_step', 'note'])
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
    for (const { request, at, to_step: state, note } of steps) {
      const words = note === null ? null : (JSON.parse(note) as Words);
      histories.get(request)?.push({ at, state: state as RequestState, note: words });
    }
    const tasks = await db
      .selectFrom('task')
      .select(['request', 'label', 'text', 'port'])
      .where(
        this.#store.among(
          'request',
          records.map(({ id }) => id),
        ),
      )
      .orderBy('request')
      .orderBy('n')
      .execute();
    return records.map((record) =>
      toDeskRequest(
        record,
        histories.get(record.id) ?? [],
        tasks.filter(({ request }) => request === record.id),
      ),
    );
  }
}

/** @returns undefined for a request of nobody: there is no page that could show it */
function published({ terminal: _, tasks, member, ...request }: DeskRequest): RequestRow | undefined {
  if (member === null) return undefined;
  return {
    ...request,
    member,
    tasks: tasks.map(({ label, text, port }) => ({ label, hasOwnWords: text !== null, port })),
  };
}

function requestRecord(terminal: TerminalId, { id, at, body }: FiledFact): RequestRecord {
  return {
    id,
    number: body.number,
    kind: body.request,
    member: body.member,
    phone: body.callBack?.phone ?? null,
    terminal,
    project: body.project ?? null,
    unit: body.unit,
    step: 'filed',
    state: 'filed',
    filed_at: at,
    reply_by: body.replyBy,
    on_site_by: body.onSiteBy,
    replied_at: null,
    on_site_at: null,
    level: 'ordinary',
    level_since: null,
    climbs_at: null,
    paused_at: null,
    pause_reason: null,
    paused_ms: 0,
    valid: null,
    outcome: null,
    closed_at: null,
    reopened: 0,
    library_version: body.libraryVersion,
    text: body.text ?? null,
    answer: null,
    may_publish: body.mayPublish ? 1 : 0,
    cost: body.cost ?? null,
    photo_key: body.photoKey ?? null,
  };
}

function taskRecords({ id, at, body }: FiledFact): TaskRecord[] {
  return body.tasks.map(({ label, ...task }, index) => ({
    ...task,
    id: `${id}/${index + 1}`,
    request: id,
    n: index + 1,
    label: JSON.stringify(label),
    step: 'filed',
    person: null,
    followers: '[]',
    deadline: body.onSiteBy,
    supplier: null,
    cause: null,
    created_at: at,
    closed_at: null,
    outcome: null,
  }));
}

function toDeskRequest(
  record: RequestRecord,
  history: RequestRow['history'],
  tasks: readonly Pick<TaskRecord, 'label' | 'text' | 'port'>[],
): DeskRequest {
  return {
    kind: 'request',
    id: record.id as FactId,
    number: record.number,
    request: record.kind as RequestKind,
    member: record.member as MemberId | null,
    unit: record.unit as RequestRow['unit'],
    state: record.state as RequestState,
    filedAt: record.filed_at,
    replyBy: record.reply_by,
    onSiteBy: record.on_site_by,
    tasks: tasks.map(({ label, text, port }) => ({
      label: JSON.parse(label) as Words,
      text,
      port: port as DeskTask['port'],
    })),
    history,
    terminal: record.terminal as TerminalId | null,
  };
}
