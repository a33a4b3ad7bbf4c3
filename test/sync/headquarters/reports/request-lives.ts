// Random lives of requests as events, and the rows that a service desk would have written of them.
import fc from 'fast-check';
import type { Insertable } from 'kysely';
import type { Store } from '../../../../sync/headquarters/store/store.ts';
import type { Tables } from '../../../../sync/headquarters/store/tables.ts';

/** What happened, to be folded: times are milliseconds. */
export type LifeEvent = { readonly at: number; readonly request: string } & (
  | {
      readonly what: 'filed';
      readonly kind: string;
      readonly project: string | null;
      readonly replyBy: number | null;
      readonly visitBy: number | null;
    }
  | { readonly what: 'judged-invalid' | 'replied' | 'arrived' | 'climbed' | 'climb-withdrawn' | 'reopened' }
  | {
      readonly what: 'task';
      readonly task: string;
      readonly port: string;
      readonly supplier: string | null;
      readonly cause: string | null;
      readonly element: string | null;
      readonly problem: string | null;
      readonly deadline: number | null;
    }
  | { readonly what: 'task-closed'; readonly task: string }
  | { readonly what: 'called'; readonly attempt: number; readonly verdict: string | null }
  | { readonly what: 'closed'; readonly outcome: string }
  | { readonly what: 'rated'; readonly item: string; readonly score: number }
);

const hour = 3_600_000;
const maybe = <T>(arbitrary: fc.Arbitrary<T>): fc.Arbitrary<T | null> => fc.option(arbitrary, { nil: null });
const after = (hours: number): fc.Arbitrary<number> =>
  fc.integer({ min: 0, max: hours * 60 }).map((m) => m * 60_000);

const task = fc.record({
  port: fc.constantFrom<string>('engineering', 'design', 'property', 'sales'),
  supplier: maybe(fc.constantFrom<string>('甲方建材', '乙方门窗')),
  cause: maybe(fc.constantFrom<string>('material', 'engineering', 'design', 'property', 'service')),
  element: maybe(fc.constantFrom<string>('ceiling', 'window', 'lift')),
  problem: fc.constantFrom<string>('leak', 'crack', 'noise'),
  deadline: maybe(after(24 * 20)),
  closed: maybe(after(24 * 30)),
});
const life = fc.record({
  kind: fc.constantFrom<string>('repair', 'complaint', 'enquiry', 'praise', 'handover', 'handoverCallback'),
  project: maybe(fc.constantFrom<string>('siji', 'jinshang', 'yunding')),
  /** which month, and how far into it */
  month: fc.constantFrom<number>(0, -1, -12),
  into: fc.integer({ min: 0, max: 31 * 24 * 60 }).map((m) => m * 60_000),
  isInvalid: fc.boolean(),
  replyBy: maybe(after(2)),
  replied: maybe(after(3)),
  visitBy: maybe(after(5)),
  arrived: maybe(after(6)),
  climbed: maybe(after(24 * 40)),
  isClimbWithdrawn: fc.boolean(),
  isReopened: fc.boolean(),
  closed: maybe(after(24 * 40)),
  outcome: fc.constantFrom<string>('solved', 'partly', 'not-solved'),
  tasks: fc.array(task, { maxLength: 3 }),
  calls: fc.array(
    fc.record({ after: maybe(after(24 * 30)), verdict: maybe(fc.constantFrom<string>('solved', 'partly')) }),
    { maxLength: 3 },
  ),
  ratings: fc.uniqueArray(
    fc.record({
      item: fc.constantFrom<string>(
        'satisfaction',
        'engineering',
        'engineering-windows',
        'design',
        'design-roads',
      ),
      score: fc.integer({ min: 1, max: 5 }),
      after: after(24 * 10),
    }),
    { maxLength: 3, selector: ({ item }) => item },
  ),
});
export type Life = typeof life extends fc.Arbitrary<infer T> ? T : never;
export const lives = fc.array(life, { minLength: 1, maxLength: 40 });

/** @param starts where the months 0, −1 and −12 begin */
export function eventsOf(all: readonly Life[], starts: Readonly<Record<number, number>>): LifeEvent[] {
  const events = all.flatMap((one, index): LifeEvent[] => {
    const request = `r${index}`;
    const filed = (starts[one.month] ?? 0) + one.into;
    const at = (ms: number | null): number | null => (ms === null ? null : filed + ms);
    const told: (LifeEvent | null)[] = [
      {
        at: filed,
        request,
        what: 'filed',
        kind: one.kind,
        project: one.project,
        replyBy: at(one.replyBy),
        visitBy: at(one.visitBy),
      },
      one.isInvalid ? { at: filed + hour, request, what: 'judged-invalid' } : null,
      simple('replied', at(one.replied), request),
      simple('arrived', at(one.arrived), request),
      simple('climbed', at(one.climbed), request),
      one.climbed !== null && one.isClimbWithdrawn
        ? { at: filed + one.climbed + 1, request, what: 'climb-withdrawn' }
        : null,
      one.isReopened ? { at: filed + hour, request, what: 'reopened' } : null,
      ...one.tasks.flatMap(({ closed, deadline, ...own }, n): (LifeEvent | null)[] => [
        { at: filed, request, what: 'task', task: `${request}/${n + 1}`, ...own, deadline: at(deadline) },
        closed === null
          ? null
          : { at: filed + closed, request, what: 'task-closed', task: `${request}/${n + 1}` },
      ]),
      ...one.calls.map(({ after: ms, verdict }, n): LifeEvent | null =>
        ms === null ? null : { at: filed + ms, request, what: 'called', attempt: n + 1, verdict },
      ),
      one.closed === null ? null : { at: filed + one.closed, request, what: 'closed', outcome: one.outcome },
      ...one.ratings.map(
        ({ item, score, after: ms }): LifeEvent => ({ at: filed + ms, request, what: 'rated', item, score }),
      ),
    ];
    return told.filter((event): event is LifeEvent => event !== null);
  });
  return events.sort((a, b) => a.at - b.at);
}

function simple(
  what: 'replied' | 'arrived' | 'climbed',
  at: number | null,
  request: string,
): LifeEvent | null {
  return at === null ? null : { at, request, what };
}

const iso = (ms: number | null): string | null => (ms === null ? null : new Date(ms).toISOString());

/** Empties the desk's tables and writes how things stand after all of it. */
export async function writeLives(
  store: Store,
  all: readonly Life[],
  starts: Readonly<Record<number, number>>,
): Promise<void> {
  await store.transaction(async (tx) => {
    for (const table of ['rating', 'call_back', 'request_event', 'task', 'request'] as const)
      await tx.deleteFrom(table).execute();
    const rows = all.map((one, n) => lifeRows(one, `r${n}`, (starts[one.month] ?? 0) + one.into));
    for (const table of ['request', 'task', 'request_event', 'call_back', 'rating'] as const)
      await store.insert(
        tx,
        table,
        rows.flatMap((life) => life[table] as never[]),
      );
  });
}

/** All rows of one life, by table. */
export function lifeRows(one: Life, id: string, filed: number) {
  return {
    request: [requestOf(one, id, filed)],
    task: tasksOf(one, id, filed),
    request_event: one.climbed === null ? [] : [climbOf(one, id, filed + one.climbed)],
    call_back: callsOf(one, id, filed),
    rating: ratingsOf(one, id, filed),
  };
}

/** Every column, so that all rows have the same. */
function requestOf(one: Life, id: string, filed: number): Insertable<Tables['request']> {
  const at = (ms: number | null): string | null => iso(ms === null ? null : filed + ms);
  return {
    id,
    number: id,
    kind: one.kind,
    member: null,
    phone: null,
    terminal: null,
    project: one.project,
    unit: null,
    step: 'filed',
    state: one.closed === null ? 'filed' : 'done',
    filed_at: new Date(filed).toISOString(),
    reply_by: at(one.replyBy),
    on_site_by: at(one.visitBy),
    replied_at: at(one.replied),
    on_site_at: at(one.arrived),
    level: 'ordinary',
    level_since: null,
    climbs_at: null,
    paused_at: null,
    pause_reason: null,
    paused_ms: 0,
    valid: one.isInvalid ? 0 : null,
    outcome: one.closed === null ? null : one.outcome,
    closed_at: at(one.closed),
    consent: null,
    called_back: null,
    rated: null,
    reopened: one.isReopened ? 1 : 0,
    library_version: 1,
    text: null,
    answer: null,
    may_publish: 0,
    cost: null,
    photo_key: null,
  };
}

function tasksOf(one: Life, request: string, filed: number): Insertable<Tables['task']>[] {
  const at = (ms: number | null): string | null => iso(ms === null ? null : filed + ms);
  return one.tasks.map(({ closed, deadline, ...own }, index) => ({
    ...own,
    id: `${request}/${index + 1}`,
    request,
    n: index + 1,
    place: null,
    phrase: null,
    label: '{"zh":"","en":""}',
    text: null,
    step: closed === null ? 'working' : 'done',
    person: null,
    followers: '[]',
    deadline: at(deadline),
    created_at: new Date(filed).toISOString(),
    closed_at: at(closed),
    outcome: null,
  }));
}

function climbOf(one: Life, request: string, at: number): Insertable<Tables['request_event']> {
  return {
    request,
    task: null,
    at: new Date(at).toISOString(),
    actor: 'clock',
    what: 'climbed',
    from_step: null,
    to_step: null,
    to_state: null,
    note: null,
    before: null,
    withdrawn_at: one.isClimbWithdrawn ? new Date(at + 1).toISOString() : null,
  };
}

function callsOf(one: Life, request: string, filed: number): Insertable<Tables['call_back']>[] {
  return one.calls.map(({ after: ms, verdict }, index) => ({
    id: `${request}-call-${index + 1}`,
    request,
    kind: 'callCentreCallback',
    attempt: index + 1,
    due_at: new Date(filed).toISOString(),
    done_at: iso(ms === null ? null : filed + ms),
    actor: null,
    verdict: ms === null ? null : verdict,
    note: null,
  }));
}

function ratingsOf(one: Life, request: string, filed: number): Insertable<Tables['rating']>[] {
  return one.ratings.map(({ item, score, after: ms }) => ({
    request,
    call_back: null,
    survey: null,
    member: null,
    project: null,
    unit: null,
    item,
    score,
    at: new Date(filed + ms).toISOString(),
    source: `${request}-verdict`,
  }));
}
