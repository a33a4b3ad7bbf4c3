// One request, task or call as the desk reads it in a list: from rows to lines, with what stands around them.
import type { Words } from '../../contract/ids.ts';
import type { Home } from '../../contract/members.ts';
import type { FlowKind } from '../../contract/requests.ts';
import type { CallItem, RequestLine, TaskItem } from '../api/service-api.ts';
import { maskName } from '../mask.ts';
import { closedStep, flows } from './flows.ts';
import type { CallBackRecord, GiveUpRecord, RequestRecord, TaskRecord } from './request-file.ts';
import { isUnreachable } from './unreachable.ts';

interface Person {
  readonly id: string;
  readonly name: string;
  readonly phone: string;
  readonly homes: string;
}
/** What lines of several requests need besides their own rows. */
export interface Around {
  readonly people: ReadonlyMap<string, Person>;
  readonly tasks: ReadonlyMap<string, readonly TaskRecord[]>;
  readonly calls: ReadonlyMap<string, readonly CallBackRecord[]>;
  readonly ports: ReadonlyMap<string, Words>;
}

/** What else a call needs: how often it was tried, and who gave up. */
export interface Tried {
  readonly calls: ReadonlyMap<string, readonly CallBackRecord[]>;
  readonly giveUps: ReadonlyMap<string, GiveUpRecord>;
  readonly attempts: number;
}

export function requestLine(record: RequestRecord, around: Around): RequestLine {
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

export function phoneOf({ phone, member }: RequestRecord, { people }: Around): string | null {
  return phone ?? people.get(member ?? '')?.phone ?? null;
}

export function taskItem(
  task: TaskRecord,
  record: RequestRecord,
  ports: Around['ports'],
  versions: ReadonlyMap<string, number>,
): TaskItem {
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
    version: versions.get(task.id) ?? 0,
  };
}

export function callItem(
  call: CallBackRecord,
  record: RequestRecord,
  around: Around,
  { calls, giveUps, attempts }: Tried,
): CallItem {
  const phone = phoneOf(record, around);
  const giveUp = giveUps.get(record.id);
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
    phone,
    label: labelOf(record, around),
    outcome: record.outcome,
    isUnreachable: isUnreachable(phone, calls.get(record.id) ?? [], attempts),
    gaveUp: giveUp ? { by: giveUp.by, at: giveUp.at, reason: giveUp.reason } : null,
  };
}
