// Requests as they are told: to terminals as rows of their dataset, to the desk with what only headquarters may read.
import type { Selectable } from 'kysely';
import type { FactId, MemberId, PortId, TerminalId, Words } from '../../contract/ids.ts';
import {
  type FlowKind,
  type RequestKind,
  type RequestOutcome,
  type RequestRow,
  type RequestState,
  requestKeys,
  type Verdict,
} from '../../contract/requests.ts';
import { photoCounts } from '../photos/photo-counts.ts';
import type { Change, PublishedRow } from '../publication.ts';
import type { Reader, Store } from '../store/store.ts';
import type { Tables } from '../store/tables.ts';
import { closedStep, type Flow, flows } from './flows.ts';
import { levelRow } from './ladder.ts';
import type { RequestRecord, TaskRecord } from './request-file.ts';
import { taskStepName } from './task-steps.ts';

/** A request as the desk sees it: the published row, the owner's own words, and which terminal it came from. */
export type DeskRequest = Omit<RequestRow, 'tasks' | 'member' | 'request'> & {
  readonly request: FlowKind;
  /** null = nobody whom we know */
  readonly member: MemberId | null;
  readonly terminal: TerminalId | null;
  /** of its flow */
  readonly step: string;
  readonly text: string | null;
  readonly tasks: DeskTask[];
};
export type DeskTask = Omit<RequestRow['tasks'][number], 'hasOwnWords'> & {
  readonly id: string;
  readonly text: string | null;
};

type EventRecord = Selectable<Tables['request_event']>;
type CallRecord = Tables['call_back'];

/** Lines of history that a terminal keeps. */
const maxHistory = 30;

/** What happened to a request that its owner does not read there: their own words, and what only concerns one task. */
const untold: ReadonlySet<string> = new Set(['noted', 'task-moved', 'task-changed']);

export function requestsChange(store: Store, ids: readonly string[]): Change {
  return {
    dataset: 'requests',
    rows: async (tx) =>
      (await readRequests(store, tx, ids)).flatMap((request): PublishedRow[] => {
        const row = published(request);
        return row ? [[requestKeys.request(row.member, row.id), row]] : [];
      }),
  };
}

export async function readRequests(store: Store, db: Reader, ids: readonly string[]): Promise<DeskRequest[]> {
  const records = await db.selectFrom('request').selectAll().where(store.among('id', ids)).execute();
  return await toDesk(store, db, records);
}

export async function toDesk(
  store: Store,
  db: Reader,
  records: readonly RequestRecord[],
): Promise<DeskRequest[]> {
  const ids = records.map(({ id }) => id);
  const events = await db
    .selectFrom('request_event')
    .selectAll()
    .where(store.among('request', ids))
    .where('withdrawn_at', 'is', null)
    .orderBy('n')
    .execute();
  const tasks = await db
    .selectFrom('task')
    .selectAll()
    .where(store.among('request', ids))
    .orderBy('request')
    .orderBy('n')
    .execute();
  const calls = await db
    .selectFrom('call_back')
    .selectAll()
    .where(store.among('request', ids))
    .where('verdict', 'is not', null)
    .orderBy('attempt')
    .execute();
  const [eventsOf, tasksOf, callsOf] = [byRequest(events), byRequest(tasks), byRequest(calls)];
  const photos = await photoCounts(store, db, ids);
  return records.map((record) => {
    const count = photos.get(record.id);
    const request = toDeskRequest(
      record,
      eventsOf.get(record.id) ?? [],
      tasksOf.get(record.id) ?? [],
      callsOf.get(record.id) ?? [],
    );
    return count === undefined ? request : { ...request, photos: count };
  });
}

function byRequest<T extends { readonly request: string }>(all: readonly T[]): ReadonlyMap<string, T[]> {
  const groups = new Map<string, T[]>();
  for (const one of all) {
    const group = groups.get(one.request);
    if (group) group.push(one);
    else groups.set(one.request, [one]);
  }
  return groups;
}

/** @returns undefined for a request of nobody: there is no page that could show it */
function published(desk: DeskRequest): RequestRow | undefined {
  const { terminal: _, text: __, step: ___, tasks, member, request, ...row } = desk;
  if (member === null) return undefined;
  return {
    ...row,
    request: request as RequestKind,
    member,
    tasks: tasks.map(({ id: _id, text, ...task }) => ({ ...task, hasOwnWords: text !== null })),
  };
}

function toDeskRequest(
  record: RequestRecord,
  events: readonly EventRecord[],
  tasks: readonly TaskRecord[],
  calls: readonly CallRecord[],
): DeskRequest {
  const flow = flows[record.kind as FlowKind];
  return {
    kind: 'request',
    id: record.id as FactId,
    ...(record.topic === null ? {} : { topic: record.topic }),
    number: record.number,
    request: flow.kind,
    member: record.member as MemberId | null,
    unit: record.unit as RequestRow['unit'],
    state: record.state as RequestState,
    step: record.step,
    filedAt: record.filed_at,
    // a promise that was kept is not counted down any more
    replyBy: record.replied_at === null ? record.reply_by : null,
    onSiteBy: record.on_site_at === null ? record.on_site_by : null,
    steps: stepsOf(flow, record, events),
    level: levelRow(record),
    answer: wordsOf(record.answer),
    outcome: record.outcome as RequestOutcome | null,
    asksVerdict: asksVerdict(record),
    callBacks: calls.map(({ done_at: at, due_at: due, verdict }) => ({
      at: at ?? due,
      verdict: verdict as Verdict,
    })),
    tasks: tasks.map(({ id, label, text, port, step, deadline, closed_at: closedAt }) => ({
      id,
      label: JSON.parse(label) as Words,
      text,
      port: port as PortId,
      status: taskStepName(step),
      isDone: closedAt !== null,
      deadline: closedAt === null ? deadline : null,
    })),
    history: historyOf(events).slice(-maxHistory),
    terminal: record.terminal as TerminalId | null,
    text: record.text,
  };
}

/** Is there somebody whose word is still missing? */
function asksVerdict({ step, consent, rated }: RequestRecord): boolean {
  return step === 'closing' || (step === 'call-back' && (consent !== 1 || rated !== 1));
}

function historyOf(events: readonly EventRecord[]): RequestRow['history'] {
  return events.flatMap(({ at, to_state: state, note, what }) =>
    state === null || untold.has(what)
      ? []
      : [{ at, state: state as RequestState, note: what === 'judged' ? null : wordsOf(note) }],
  );
}

/** When each step was last reached; a step that was skipped was passed with the one behind it. */
function stepsOf(
  flow: Flow,
  record: RequestRecord,
  events: readonly EventRecord[],
): NonNullable<RequestRow['steps']> {
  const all = [...flow.steps, closedStep];
  const current = all.findIndex(({ code }) => code === record.step);
  let at: string | null = null;
  const reached = all.map(({ name, code }, index) => {
    const last = events.findLast(({ to_step: to, from_step: from }) => to === code && from !== to);
    const first = index === 0 ? record.filed_at : null;
    return { name, at: index > current ? null : (last?.at ?? first) };
  });
  for (const one of reached.toReversed().filter((_, index) => all.length - 1 - index <= current)) {
    at = one.at ?? at;
    one.at = at;
  }
  return reached;
}

function wordsOf(json: string | null): Words | null {
  return json === null ? null : (JSON.parse(json) as Words);
}
