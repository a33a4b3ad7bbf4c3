// The tasks of requests: each classified problem with its port, person, deadline and cause; the request follows them.
import type { PortId, Words } from '../../contract/ids.ts';
import type { Actor } from '../accounts/actor.ts';
import type { NewNotice, Notices } from '../notices/notices.ts';
import type { Store, Tx } from '../store/store.ts';
import type { Deed, RequestFile, TaskRecord } from './request-file.ts';
import { RequestFile as File } from './request-file.ts';
import { type DeskOutcome, isDesk, type Requests } from './requests.ts';
import { areWorkers } from './service-people.ts';
import { isClosedStep, type TaskStep } from './task-steps.ts';

/** One problem as the desk splits it off. */
export interface NewTask {
  readonly place: string | null;
  readonly element: string | null;
  readonly problem: string | null;
  readonly phrase: string | null;
  readonly label: Words;
  readonly text: string | null;
  readonly port: string;
  readonly deadline: string | null;
}

export interface TaskChange {
  readonly port?: string | undefined;
  readonly person?: string | null | undefined;
  readonly followers?: readonly string[] | undefined;
  readonly deadline?: string | null | undefined;
  readonly supplier?: string | null | undefined;
  readonly cause?: string | null | undefined;
  /** of the task as the actor saw it */
  readonly version?: number | undefined;
}

/** More than this is not one visit any more. */
const maxTasks = 20;

export class TaskBoard {
  readonly #store: Store;
  readonly #requests: Requests;
  readonly #notices: Notices;
  readonly #now: () => Date;

  constructor(store: Store, requests: Requests, notices: Notices, now: () => Date) {
    this.#store = store;
    this.#requests = requests;
    this.#notices = notices;
    this.#now = now;
  }

  /** Splits a request: each problem goes its own way from here. */
  async add(actor: Actor, request: string, tasks: readonly NewTask[]): Promise<DeskOutcome> {
    return await this.#requests.change(actor, request, async (file, tx) => {
      if (!file.flow.work.includes(file.record.step)) return 'not-now';
      const first = (file.tasks.at(-1)?.n ?? 0) + 1;
      if (first + tasks.length - 1 > maxTasks) return 'too-many-tasks';
      const at = this.#now().toISOString();
      const records = tasks.map((task, index) => taskRecord(file, task, first + index, at));
      await file.note({ actor: actor.account, at, what: 'split', isUndoable: false });
      await this.#store.insert(tx, 'task', records);
      await this.#notices.queue(
        tx,
        records.map(({ id, port }) => assignedNotice(file, id, port)),
      );
      return 'done';
    });
  }

  /** @param from where the actor saw it: who comes second is told so */
  async move(
    actor: Actor,
    id: string,
    from: TaskStep,
    to: TaskStep,
    note: Words | null,
  ): Promise<DeskOutcome> {
    return await this.#ofTask(actor, id, async (file, task, tx) => {
      if (task.closed_at !== null) return 'task-already-closed';
      if (task.step !== from) return 'task-moved-by-another';
      const at = this.#now().toISOString();
      const deed: Deed = { actor: actor.account, at, what: 'task-moved', note, task: id, isUndoable: true };
      await file.note(deed);
      await tx
        .updateTable('task')
        .set({
          step: to,
          closed_at: isClosedStep(to) ? at : null,
          outcome: to === 'cancelled' ? 'withdrawn' : null,
          // whoever of the port takes it up is in charge
          person:
            task.person ?? (to !== 'filed' && actor.ports.has(task.port as PortId) ? actor.account : null),
        })
        .where('id', '=', id)
        .execute();
      await this.#follow(tx, file, to, deed);
      return 'done';
    });
  }

  /** Hands over to another port or person, or notes what is known now. */
  async change(actor: Actor, id: string, change: TaskChange): Promise<DeskOutcome> {
    return await this.#ofTask(actor, id, async (file, task, tx) => {
      if (task.closed_at !== null && (change.port !== undefined || change.person !== undefined))
        return 'task-already-closed';
      const { followers, port, version, ...columns } = change;
      if (version !== undefined && version !== (await versionOf(tx, file.id, id)))
        return 'task-moved-by-another';
      const named = [...(change.person ? [change.person] : []), ...(followers ?? [])];
      if (!(await areWorkers(tx, named, port ?? task.port))) return 'unknown-person';
      const at = this.#now().toISOString();
      const isHandedOver = port !== undefined && port !== task.port;
      if (isHandedOver && !isDesk(actor)) return 'not-yours';
      await file.note({
        actor: actor.account,
        at,
        what: isHandedOver ? 'handed-over' : 'task-changed',
        task: id,
        isUndoable: true,
      });
      await tx
        .updateTable('task')
        .set({
          ...columns,
          ...(followers ? { followers: JSON.stringify(followers) } : {}),
          // the next port takes it up anew, with a person of its own
          ...(isHandedOver ? { port, step: 'filed', person: change.person ?? null } : {}),
        })
        .where('id', '=', id)
        .execute();
      if (isHandedOver) await this.#notices.queue(tx, [assignedNotice(file, `${id}/${at}`, port)]);
      const before = JSON.parse(task.followers) as string[];
      const fresh = (followers ?? []).filter((one) => !before.includes(one));
      const isTaken = change.person && change.person !== task.person;
      await this.#notices.queue(tx, [
        ...(isTaken && change.person ? [personNotice(file, id, change.person)] : []),
        ...fresh.map((one) => followerNotice(file, id, one)),
      ]);
      return 'done';
    });
  }

  /** The request goes where its tasks are: work has begun, or all of it is done. */
  async #follow(tx: Tx, before: RequestFile, to: TaskStep, deed: Deed): Promise<void> {
    const file = (await File.open(this.#store, tx, before.id)) ?? before;
    const isDone = file.tasks.length > 0 && file.state.openTasks === 0;
    const quiet: Deed = { actor: deed.actor, at: deed.at, what: 'followed' };
    if (isDone) await file.apply({ kind: 'tasks-done', by: 'system' }, quiet);
    else if (to === 'working') await file.apply({ kind: 'advance', to: file.flow.again, by: 'port' }, quiet);
    else if (to === 'assigned') await file.apply({ kind: 'advance', to: 'dispatch', by: 'port' }, quiet);
  }

  async #ofTask(
    actor: Actor,
    id: string,
    work: (file: RequestFile, task: TaskRecord, tx: Tx) => Promise<DeskOutcome>,
  ): Promise<DeskOutcome> {
    const request = await this.#store.db
      .selectFrom('task')
      .select('request')
      .where('id', '=', id)
      .executeTakeFirst();
    if (!request) return 'unknown-task';
    return await this.#requests.change(actor, request.request, async (file, tx) => {
      const task = file.tasks.find((each) => each.id === id);
      if (!task) return 'unknown-task';
      if (!mayTouch(actor, task.port)) return 'not-your-port';
      return await work(file, task, tx);
    });
  }
}

/** A port works on its own tasks; the desk on all. */
function mayTouch(actor: Actor, port: string): boolean {
  return isDesk(actor) || actor.ports.has(port as PortId);
}

/** Number of the last event of a task: it goes up with each change. */
async function versionOf(tx: Tx, request: string, task: string): Promise<number> {
  const row = await tx
    .selectFrom('request_event')
    .select(({ fn }) => fn.max('n').as('n'))
    .where('request', '=', request)
    .where('task', '=', task)
    .executeTakeFirst();
  return Number(row?.n ?? 0);
}

function taskRecord(file: RequestFile, task: NewTask, n: number, at: string): TaskRecord {
  const { label, ...rest } = task;
  return {
    ...rest,
    id: `${file.id}/${n}`,
    request: file.id,
    n,
    label: JSON.stringify(label),
    step: 'filed',
    person: null,
    followers: '[]',
    supplier: null,
    cause: null,
    created_at: at,
    closed_at: null,
    outcome: null,
  };
}

function assignedNotice({ id, record }: RequestFile, key: string, port: string): NewNotice {
  return {
    key: `assigned/${key}/${port}`,
    to: { kind: 'role', role: 'port', port },
    subject: { zh: `新任务 ${record.number}`, en: `New task ${record.number}` },
    text: { zh: '有任务交给了您的端口，请接单。', en: 'A task was handed to your port: please accept it.' },
    about: id,
  };
}

function followerNotice({ id, record }: RequestFile, task: string, account: string): NewNotice {
  return {
    key: `follower/${task}/${account}`,
    to: { kind: 'account', account },
    subject: { zh: `请跟进任务 ${record.number}`, en: `To follow up: ${record.number}` },
    text: { zh: '任务完成前请保持跟进。', en: 'Please follow this task until it is done.' },
    about: id,
  };
}

function personNotice({ id, record }: RequestFile, task: string, account: string): NewNotice {
  return {
    key: `person/${task}/${account}`,
    to: { kind: 'account', account },
    subject: { zh: `任务由您负责 ${record.number}`, en: `You are in charge: ${record.number}` },
    text: { zh: '请在期限内处理。', en: 'Please see to it before the deadline.' },
    about: id,
  };
}
