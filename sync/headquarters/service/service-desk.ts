// What the service desk looks at: inbox by clock, tasks, call-backs due, and all that is known of one request.
import { sql } from 'kysely';
import type { ItemRow } from '../../contract/forms.ts';
import type { FactId, Words } from '../../contract/ids.ts';
import type { LibraryRow, PortRow } from '../../contract/library.ts';
import type { FlowKind } from '../../contract/requests.ts';
import type { Actor } from '../accounts/actor.ts';
import type { CallItem, RequestDetail, RequestLine, TaskItem } from '../api/service-api.ts';
import { publishedRows } from '../published-rows.ts';
import type { Reader, Store, Tx } from '../store/store.ts';
import { type Around, callItem, phoneOf, requestLine, type Tried, taskItem } from './desk-lines.ts';
import { advancesFrom } from './flow-engine.ts';
import { closedStep, type Flow, flows } from './flows.ts';
import { RequestFile, type RequestRecord } from './request-file.ts';
import { readRequests } from './request-rows.ts';
import { isDesk, mayWorkOn } from './requests.ts';
import { readServiceRules } from './service-rules.ts';

const maxLines = 500;
const maxClosedTasks = 50;

const openSteps = [...new Set(Object.values(flows).flatMap(({ steps }) => steps.map(({ code }) => code)))];

/** As `dueOf`, for the order: the first promise that is not kept yet. */
const nextDue = sql`coalesce((select min(d.at) from (
  select case when request.replied_at is null and request.closed_at is null then request.reply_by end as at
  union all select case when request.on_site_at is null and request.closed_at is null then request.on_site_by end
  union all select t.deadline from task as t
    where t.request = request.id and t.closed_at is null and request.closed_at is null
  union all select c.due_at from call_back as c where c.request = request.id and c.done_at is null
) as d), '~')`;

export class ServiceDesk {
  readonly #store: Store;

  constructor(store: Store) {
    this.#store = store;
  }

  /** @returns what is open, the promise that runs out first on top; closed ones newest first. A port sees its own. */
  async inbox(actor: Actor, isClosed: boolean, kind?: FlowKind): Promise<RequestLine[]> {
    return await this.#store.snapshot(async (tx) => {
      const steps = isClosed ? [closedStep.code] : openSteps;
      let query = tx.selectFrom('request').selectAll().where('step', 'in', steps).limit(maxLines);
      if (!seesAll(actor)) query = query.where('id', 'in', this.#requestsOfPorts(tx, actor));
      if (kind) query = query.where('kind', '=', kind);
      query = isClosed ? query.orderBy('filed_at', 'desc') : query.orderBy(nextDue).orderBy('filed_at');
      const records = await query.execute();
      const around = await this.#around(tx, records);
      return records.map((record) => requestLine(record, around));
    });
  }

  /** @returns tasks that this person may see, soonest deadline first; closed ones last closed first */
  async tasks(actor: Actor, isClosed: boolean): Promise<TaskItem[]> {
    return await this.#store.snapshot(async (tx) => {
      let query = tx
        .selectFrom('task')
        .selectAll()
        .where('closed_at', isClosed ? 'is not' : 'is', null)
        .limit(isClosed ? maxClosedTasks : maxLines);
      query = isClosed
        ? query.orderBy('closed_at', 'desc')
        : query.orderBy('deadline', (it) => it.asc().nullsLast());
      if (!seesAll(actor)) query = query.where(this.#store.among('port', [...actor.ports]));
      const tasks = await query.execute();
      const ids = [...new Set(tasks.map(({ request }) => request))];
      const records = await tx
        .selectFrom('request')
        .selectAll()
        .where(this.#store.among('id', ids))
        .execute();
      const ports = await this.#ports(tx);
      const versions = await this.#versions(tx, ids);
      const byId = new Map(records.map((record) => [record.id, record]));
      return tasks.flatMap((task) => {
        const record = byId.get(task.request);
        return record ? [taskItem(task, record, ports, versions)] : [];
      });
    });
  }

  /** @returns due ones, soonest first */
  async calls(): Promise<CallItem[]> {
    return await this.#store.snapshot(async (tx) => {
      const calls = await tx
        .selectFrom('call_back')
        .selectAll()
        .where('done_at', 'is', null)
        .orderBy('due_at')
        .limit(maxLines)
        .execute();
      const ids = calls.map(({ request }) => request);
      const records = await tx
        .selectFrom('request')
        .selectAll()
        .where(this.#store.among('id', ids))
        .execute();
      const around = await this.#around(tx, records);
      const tried = await this.#tried(tx, ids);
      const byId = new Map(records.map((record) => [record.id, record]));
      return calls.flatMap((call) => {
        const record = byId.get(call.request);
        return record ? [callItem(call, record, around, tried)] : [];
      });
    });
  }

  /** @returns undefined also for a port that has no task in it */
  async request(actor: Actor, id: string): Promise<RequestDetail | undefined> {
    return await this.#store.snapshot(async (tx) => {
      const file = await RequestFile.read(this.#store, tx, id);
      const [row] = await readRequests(this.#store, tx, [id]);
      if (!file || !row || !(seesAll(actor) || mayWorkOn(actor, file.tasks))) return undefined;
      const { record, flow } = file;
      const around = await this.#around(tx, [record]);
      const tried = await this.#tried(tx, [id]);
      const versions = await this.#versions(tx, [id]);
      const ways = new Set([...actor.roles].flatMap((role) => advancesFrom(flow, file.state, role)));
      return {
        ...requestLine(record, around),
        phone: phoneOf(record, around),
        text: record.text,
        answer: row.answer ?? null,
        outcome: record.outcome,
        cost: record.cost,
        isValid: record.valid === null ? null : record.valid === 1,
        replyBy: record.reply_by,
        onSiteBy: record.on_site_by,
        repliedAt: record.replied_at,
        onSiteAt: record.on_site_at,
        libraryVersion: record.library_version,
        reopened: record.reopened,
        steps: row.steps ?? [],
        ways: flow.steps.flatMap(({ code, name }) => (ways.has(code) ? [{ to: code, name }] : [])),
        tasks: file.tasks.map((task) => taskItem(task, record, around.ports, versions)),
        calls: file.calls.map((call) => callItem(call, record, around, tried)),
        ratings: await this.#ratings(tx, id),
        events: await this.#events(tx, id, flow),
      };
    });
  }

  async requestOfTask(id: string): Promise<FactId | undefined> {
    const task = await this.#store.db
      .selectFrom('task')
      .select('request')
      .where('id', '=', id)
      .executeTakeFirst();
    return task?.request as FactId | undefined;
  }

  async requestOfCall(id: string): Promise<FactId | undefined> {
    const call = await this.#store.db
      .selectFrom('call_back')
      .select('request')
      .where('id', '=', id)
      .executeTakeFirst();
    return call?.request as FactId | undefined;
  }

  /** The classification and the satisfaction items, as terminals have them. */
  async forms(): Promise<{ readonly library: LibraryRow[]; readonly items: ItemRow[] }> {
    const { db } = this.#store;
    return {
      library: await publishedRows<LibraryRow>(db, 'library', ''),
      items: await publishedRows<ItemRow>(db, 'forms', 'item/'),
    };
  }

  #requestsOfPorts(tx: Tx, { ports }: Actor) {
    return tx
      .selectFrom('task')
      .select('request')
      .where(this.#store.among('port', [...ports]));
  }

  async #ratings(db: Reader, id: string): Promise<RequestDetail['ratings']> {
    const rows = await db
      .selectFrom('rating')
      .select(['item', 'score', 'at', 'call_back'])
      .where('request', '=', id)
      .orderBy('n')
      .execute();
    return rows.map(({ call_back: call, ...rating }) => ({ ...rating, isCall: call !== null }));
  }

  async #events(db: Reader, id: string, flow: Flow): Promise<RequestDetail['events']> {
    const names = new Map([...flow.steps, closedStep].map(({ code, name }) => [code, name]));
    const rows = await db
      .selectFrom('request_event')
      .selectAll()
      .where('request', '=', id)
      .orderBy('n')
      .execute();
    return rows.map(({ at, actor, what, task, to_step: to, note, withdrawn_at: withdrawn }) => ({
      at,
      actor,
      what,
      task,
      stepName: (to === null ? undefined : names.get(to)) ?? null,
      note: note === null ? null : (JSON.parse(note) as Words),
      isWithdrawn: withdrawn !== null,
    }));
  }

  async #around(db: Reader, records: readonly RequestRecord[]): Promise<Around> {
    const ids = records.map(({ id }) => id);
    const members = [...new Set(records.flatMap(({ member }) => member ?? []))];
    const people = await db
      .selectFrom('member')
      .select(['id', 'name', 'phone', 'homes'])
      .where(this.#store.among('id', members))
      .execute();
    const tasks = await db
      .selectFrom('task')
      .selectAll()
      .where(this.#store.among('request', ids))
      .orderBy('n')
      .execute();
    const calls = await db
      .selectFrom('call_back')
      .selectAll()
      .where(this.#store.among('request', ids))
      .where('done_at', 'is', null)
      .execute();
    return {
      people: new Map(people.map((person) => [person.id, person])),
      tasks: groups(tasks),
      calls: groups(calls),
      ports: await this.#ports(db),
    };
  }

  /** Number of the last event of each task. */
  async #versions(db: Reader, ids: readonly string[]): Promise<ReadonlyMap<string, number>> {
    const rows = await db
      .selectFrom('request_event')
      .select(({ fn }) => ['task', fn.max('n').as('n')])
      .where(this.#store.among('request', ids))
      .where('task', 'is not', null)
      .groupBy('task')
      .execute();
    return new Map(rows.map(({ task, n }) => [task ?? '', Number(n)]));
  }

  async #tried(db: Reader, ids: readonly string[]): Promise<Tried> {
    const calls = await db
      .selectFrom('call_back')
      .selectAll()
      .where(this.#store.among('request', ids))
      .orderBy('attempt')
      .execute();
    const giveUps = await db
      .selectFrom('give_up')
      .selectAll()
      .where(this.#store.among('request', ids))
      .execute();
    const { attempts } = (await readServiceRules(db)).calls;
    return { calls: groups(calls), giveUps: new Map(giveUps.map((one) => [one.request, one])), attempts };
  }

  async #ports(db: Reader): Promise<ReadonlyMap<string, Words>> {
    const rows = await publishedRows<PortRow>(db, 'library', 'port/');
    return new Map(rows.map(({ id, name }) => [id, name]));
  }
}

function seesAll(actor: Actor): boolean {
  return isDesk(actor) || actor.roles.has('executive');
}

function groups<T extends { readonly request: string }>(all: readonly T[]): ReadonlyMap<string, T[]> {
  const found = new Map<string, T[]>();
  for (const one of all) found.set(one.request, [...(found.get(one.request) ?? []), one]);
  return found;
}
