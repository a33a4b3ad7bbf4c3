// What the service desk looks at: inbox by clock, tasks, call-backs due, and all that is known of one request.
import { sql } from 'kysely';
import type { ItemRow } from '../../contract/forms.ts';
import type { FactId, Words } from '../../contract/ids.ts';
import type { LibraryRow, PortRow } from '../../contract/library.ts';
import type { Home } from '../../contract/members.ts';
import type { FlowKind } from '../../contract/requests.ts';
import type { Actor } from '../accounts/actor.ts';
import type { CallItem, RequestDetail, RequestLine, TaskItem } from '../api/service-api.ts';
import { maskName } from '../mask.ts';
import { publishedRows } from '../published-rows.ts';
import type { Reader, Store, Tx } from '../store/store.ts';
import { advancesFrom } from './flow-engine.ts';
import { closedStep, type Flow, flows } from './flows.ts';
import { type CallBackRecord, RequestFile, type RequestRecord, type TaskRecord } from './request-file.ts';
import { readRequests } from './request-rows.ts';
import { isDesk, mayWorkOn } from './requests.ts';

interface Person {
  readonly id: string;
  readonly name: string;
  readonly phone: string;
  readonly homes: string;
}
/** What lines of several requests need besides their own rows. */
interface Around {
  readonly people: ReadonlyMap<string, Person>;
  readonly tasks: ReadonlyMap<string, readonly TaskRecord[]>;
  readonly calls: ReadonlyMap<string, readonly CallBackRecord[]>;
  readonly ports: ReadonlyMap<string, Words>;
}

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
      const byId = new Map(records.map((record) => [record.id, record]));
      return tasks.flatMap((task) => {
        const record = byId.get(task.request);
        return record ? [taskItem(task, record, ports)] : [];
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
      const byId = new Map(records.map((record) => [record.id, record]));
      return calls.flatMap((call) => {
        const record = byId.get(call.request);
        return record ? [callItem(call, record, around)] : [];
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
        tasks: file.tasks.map((task) => taskItem(task, record, around.ports)),
        calls: file.calls.map((call) => callItem(call, record, around)),
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

function requestLine(record: RequestRecord, around: Around): RequestLine {
  const flow = flows[record.kind as FlowKind];
  const person = around.people.get(record.member ?? '');
  const homes = person ? (JSON.parse(person.homes) as Home[]) : [];
  return {
    id: record.id,
    number: record.number,
    kind: flow.kind,
    kindName: flow.name,
    memberName: person ? maskName(person.name) : '',
    home: homes.find(({ unit }) => unit === record.unit)?.label ?? null,
    label: labelOf(record, around),
    state: record.state as RequestLine['state'],
    step: record.step,
    stepName: [...flow.steps, closedStep].find(({ code }) => code === record.step)?.name ?? closedStep.name,
    level: record.level as RequestLine['level'],
    filedAt: record.filed_at,
    due: dueOf(record, around),
    isPaused: record.paused_at !== null,
  };
}

function labelOf(record: RequestRecord, { tasks }: Around): Words {
  const labels = (tasks.get(record.id) ?? []).map(({ label }) => JSON.parse(label) as Words);
  if (labels.length === 0) {
    const said = (record.text ?? '').slice(0, 60);
    return { zh: said, en: said };
  }
  return {
    zh: labels.map(({ zh }) => zh).join('；'),
    en: labels.map(({ en }) => en).join('; '),
  };
}

function dueOf(record: RequestRecord, { tasks, calls }: Around): RequestLine['due'] {
  const open = (tasks.get(record.id) ?? []).filter(({ closed_at: at }) => at === null);
  type Due = NonNullable<RequestLine['due']>;
  const all: { readonly what: Due['what']; readonly at: string | null }[] = [
    { what: 'reply', at: record.replied_at === null ? record.reply_by : null },
    { what: 'on-site', at: record.on_site_at === null ? record.on_site_by : null },
    ...open.map(({ deadline: at }) => ({ what: 'task' as const, at })),
    ...(calls.get(record.id) ?? []).map(({ due_at: at }) => ({ what: 'call-back' as const, at })),
  ];
  const running = record.closed_at === null ? all : all.filter(({ what }) => what === 'call-back');
  return (
    running
      .flatMap(({ what, at }): Due[] => (at === null ? [] : [{ what, at }]))
      .sort((a, b) => Date.parse(a.at) - Date.parse(b.at))[0] ?? null
  );
}

function phoneOf({ phone, member }: RequestRecord, { people }: Around): string | null {
  return phone ?? people.get(member ?? '')?.phone ?? null;
}

function taskItem(task: TaskRecord, record: RequestRecord, ports: Around['ports']): TaskItem {
  return {
    id: task.id,
    request: task.request,
    number: record.number,
    kindName: flows[record.kind as FlowKind].name,
    n: task.n,
    label: JSON.parse(task.label) as Words,
    text: task.text,
    port: task.port,
    portName: ports.get(task.port) ?? { zh: task.port, en: task.port },
    step: task.step as TaskItem['step'],
    person: task.person,
    followers: JSON.parse(task.followers) as string[],
    deadline: task.deadline,
    supplier: task.supplier,
    cause: task.cause,
    closedAt: task.closed_at,
  };
}

function callItem(call: CallBackRecord, record: RequestRecord, around: Around): CallItem {
  const person = around.people.get(record.member ?? '');
  return {
    id: call.id,
    request: call.request,
    number: record.number,
    kind: call.kind as CallItem['kind'],
    requestName: flows[record.kind as FlowKind].name,
    attempt: call.attempt,
    dueAt: call.due_at,
    doneAt: call.done_at,
    actor: call.actor,
    verdict: call.verdict as CallItem['verdict'],
    note: call.note,
    memberName: person ? maskName(person.name) : '',
    phone: phoneOf(record, around),
    label: labelOf(record, around),
    outcome: record.outcome,
  };
}
