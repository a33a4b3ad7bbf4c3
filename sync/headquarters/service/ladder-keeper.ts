// Climbs requests up the ladder by the clock, starts and stops their clocks, and lists who is where.
import type { Insertable } from 'kysely';
import type { FactId, Words } from '../../contract/ids.ts';
import { whenOpen } from '../../contract/promises.ts';
import {
  type ComplaintLevel,
  complaintLevels,
  type FlowKind,
  type RequestState,
} from '../../contract/requests.ts';
import type { Actor } from '../accounts/actor.ts';
import type { Audit } from '../accounts/audit.ts';
import type { LadderAnswers, LadderItem, LadderSteps } from '../api/ladder-api.ts';
import type { NewNotice, Notices } from '../notices/notices.ts';
import type { Change, Publication } from '../publication.ts';
import type { Reader, Store, Tx } from '../store/store.ts';
import type { Tables } from '../store/tables.ts';
import { later, resumed } from './clocks.ts';
import { type Climb, climb, levelNames, levelTitles, nextClimb } from './ladder.ts';
import { type LadderSettings, readLadderSteps } from './ladder-settings.ts';
import { isRoleAway, readPresence } from './presence.ts';
import { mayWorkOn } from './requests.ts';
import { matterOf, type RulesInUse, readServiceRules } from './service-rules.ts';

export interface LadderParts {
  readonly store: Store;
  readonly publication: Publication;
  readonly notices: Notices;
  readonly audit: Audit;
  readonly ladderSettings: LadderSettings;
  readonly now: () => Date;
  /** how terminals are told of requests that changed */
  readonly changeOf: (ids: readonly FactId[]) => Change;
}
/** What became of a wish to stop or start the clocks of a request. */
export type ClockOutcome =
  | LadderAnswers['clocks']
  | 'unknown-request'
  | 'not-your-port'
  | 'not-open'
  | 'paused-already'
  | 'not-paused'
  | 'unknown-reason';

type RequestRecord = Tables['request'];
type NewEvent = Insertable<Tables['request_event']>;

/** Climbed in one transaction. */
const atOnce = 500;
const openStates = ['filed', 'in-progress'];

export class LadderKeeper {
  readonly #parts: LadderParts;
  #isClimbing = false;

  constructor(parts: LadderParts) {
    this.#parts = parts;
  }

  /** A leader's duty; one that is still at it is left alone. @throws what the store threw */
  readonly tick = async (): Promise<void> => {
    if (this.#isClimbing) return;
    this.#isClimbing = true;
    try {
      await this.climbDue();
    } finally {
      this.#isClimbing = false;
    }
  };

  /** Whatever was due by now climbs, at the instant at which it was due. @returns how many did */
  async climbDue(): Promise<number> {
    const { store, now } = this.#parts;
    const until = now().toISOString();
    for (let sum = 0; ; ) {
      const climbed = await store.transaction((tx) => this.#climbSome(tx, until));
      sum += climbed;
      if (climbed < atOnce) return sum;
    }
  }

  /** The clocks stand still for a reason that the owner is told. */
  async pause(actor: Actor, id: string, reason: string): Promise<ClockOutcome> {
    return await this.#change(actor, id, async (tx, record) => {
      if (!openStates.includes(record.state)) return 'not-open';
      if (record.paused_at !== null) return 'paused-already';
      const why = (await readServiceRules(tx)).pauseReason(reason);
      if (!why) return 'unknown-reason';
      const at = this.#parts.now().toISOString();
      // a step that was due before stays due: nobody stops the clock after the bell
      if (record.climbs_at !== null && record.climbs_at <= at) await this.#climb(tx, [record], at);
      await tx
        .updateTable('request')
        .set({ paused_at: at, pause_reason: reason, climbs_at: null })
        .where('id', '=', id)
        .execute();
      await this.#record(tx, actor, { record, at, what: 'paused', note: pauseNote(why.name) });
      return { request: id, pausedAt: at, replyBy: record.reply_by, onSiteBy: record.on_site_by };
    });
  }

  /** What was left of the clocks is left again. */
  async resume(actor: Actor, id: string): Promise<ClockOutcome> {
    return await this.#change(actor, id, async (tx, record) => {
      const { paused_at: pausedAt } = record;
      if (pausedAt === null) return 'not-paused';
      const at = this.#parts.now().toISOString();
      const calendar = (await readServiceRules(tx)).calendar(matterOf(record));
      const { replyBy, onSiteBy, pausedMs } = resumed(calendar, record, at);
      const clocks = {
        reply_by: replyBy,
        on_site_by: onSiteBy,
        paused_at: null,
        pause_reason: null,
        paused_ms: pausedMs,
      };
      const open = (when: string): string => whenOpen({ calendar }, when);
      const climbsAt = nextClimb({ ...record, ...clocks }, at, await readLadderSteps(tx), open);
      await tx
        .updateTable('request')
        .set({ ...clocks, climbs_at: climbsAt })
        .where('id', '=', id)
        .execute();
      const tasks = await tx
        .selectFrom('task')
        .select(['id', 'deadline'])
        .where('request', '=', id)
        .where('closed_at', 'is', null)
        .execute();
      for (const task of tasks) {
        const deadline = later(calendar, task.deadline, pausedAt, at);
        await tx.updateTable('task').set({ deadline }).where('id', '=', task.id).execute();
      }
      await this.#record(tx, actor, {
        record,
        at,
        what: 'resumed',
        note: { zh: '时钟继续走', en: 'The clocks go on' },
      });
      return { request: id, pausedAt: null, replyBy, onSiteBy };
    });
  }

  /** Open requests whose clocks run or stand, the next to climb first. */
  async list(limit: number): Promise<LadderAnswers['ladder']> {
    const { store, now } = this.#parts;
    return await store.snapshot(async (tx) => {
      const open = tx.selectFrom('request').where('state', 'in', [...openStates, 'to-confirm']);
      const counted = await open
        .select(({ fn }) => ['level', fn.countAll<number>().as('n')])
        .groupBy('level')
        .execute();
      const due = await open
        .selectAll()
        .where('climbs_at', 'is not', null)
        .orderBy('climbs_at')
        .limit(limit)
        .execute();
      const rest = await open
        .selectAll()
        .where('climbs_at', 'is', null)
        .where('reply_by', 'is not', null)
        .orderBy('filed_at')
        .limit(Math.max(0, limit - due.length))
        .execute();
      const counts = Object.fromEntries(
        complaintLevels.map((level) => [level, Number(counted.find((one) => one.level === level)?.n ?? 0)]),
      ) as Record<ComplaintLevel, number>;
      return {
        now: now().toISOString(),
        counts,
        items: await this.#items(tx, [...due, ...rest]),
        reasons: [...(await readServiceRules(tx)).pauseReasons],
      };
    });
  }

  async #climbSome(tx: Tx, until: string): Promise<number> {
    const due = await this.#parts.store
      .locked(
        tx
          .selectFrom('request')
          .selectAll()
          .where('climbs_at', '<=', until)
          .orderBy('climbs_at')
          .limit(atOnce),
      )
      .execute();
    await this.#climb(tx, due, until);
    return due.length;
  }

  async #climb(tx: Tx, due: readonly RequestRecord[], until: string): Promise<void> {
    if (due.length === 0) return;
    const steps = await readLadderSteps(tx);
    const rules = await readServiceRules(tx);
    const people = await readPresence(tx);
    const { store, notices, publication, changeOf } = this.#parts;
    const events: NewEvent[] = [];
    const told: NewNotice[] = [];
    for (const record of due) {
      const { climbs, climbsAt } = climb(record, until, steps, (at) =>
        whenOpen({ calendar: rules.calendar(matterOf(record)) }, at),
      );
      const last = climbs.at(-1);
      const isAway = (each: Climb): boolean => isRoleAway(people, steps[each.to].role, each.at);
      await tx
        .updateTable('request')
        .set({
          climbs_at: climbsAt,
          ...(last
            ? {
                level: last.to,
                level_since: last.at,
                held_by: isAway(last) ? 'substitute' : null,
              }
            : {}),
        })
        .where('id', '=', record.id)
        .execute();
      events.push(...climbs.map((each) => climbedEvent(record, each, isAway(each))));
      told.push(...climbs.flatMap((each) => climbedNotices(record, each, steps, isAway(each))));
    }
    await store.insert(tx, 'request_event', events);
    await notices.queue(tx, told);
    await publication.publish(tx, [changeOf(due.map(({ id }) => id as FactId))]);
  }

  async #change(
    actor: Actor,
    id: string,
    work: (tx: Tx, record: RequestRecord) => Promise<ClockOutcome>,
  ): Promise<ClockOutcome> {
    const { store, publication, changeOf } = this.#parts;
    return await store.transaction(async (tx) => {
      const record = await store
        .locked(tx.selectFrom('request').selectAll().where('id', '=', id))
        .executeTakeFirst();
      if (!record) return 'unknown-request';
      if (!mayWorkOn(actor, await this.#tasks(tx, id))) return 'not-your-port';
      const outcome = await work(tx, record);
      if (typeof outcome !== 'string') await publication.publish(tx, [changeOf([id as FactId])]);
      return outcome;
    });
  }

  async #tasks(tx: Tx, request: string): Promise<{ readonly port: string }[]> {
    return await tx.selectFrom('task').select('port').where('request', '=', request).execute();
  }

  async #record(
    tx: Tx,
    actor: Actor,
    deed: {
      readonly record: RequestRecord;
      readonly at: string;
      readonly what: string;
      readonly note: Words;
    },
  ): Promise<void> {
    const { record, at, what, note } = deed;
    await this.#parts.store.insert(tx, 'request_event', [
      { ...eventOf(record, at, what, note), actor: actor.account },
    ]);
    await this.#parts.audit.note(tx, actor, `request-${what}`, record.id);
  }

  async #items(db: Reader, records: readonly RequestRecord[]): Promise<LadderItem[]> {
    const ids = records.map(({ id }) => id);
    const tasks = await db
      .selectFrom('task')
      .select(['request', 'label', 'port'])
      .where(this.#parts.store.among('request', ids))
      .orderBy('n')
      .execute();
    const rules = await readServiceRules(db);
    const byRequest = new Map<string, typeof tasks>(records.map(({ id }) => [id, []]));
    for (const task of tasks) byRequest.get(task.request)?.push(task);
    return records.map((record) => ladderItem(record, byRequest.get(record.id) ?? [], rules));
  }
}

function pauseNote({ zh, en }: Words): Words {
  return { zh: `时钟暂停：${zh}`, en: `Clocks stand still: ${en}` };
}

function eventOf({ id, state }: RequestRecord, at: string, what: string, note: Words): NewEvent {
  return {
    request: id,
    task: null,
    at,
    actor: 'clock',
    what,
    from_step: null,
    to_step: null,
    // the owner reads it in the history
    to_state: state,
    note: JSON.stringify(note),
    before: null,
    withdrawn_at: null,
  };
}

function climbedEvent(record: RequestRecord, { from, to, at }: Climb, isAway: boolean): NewEvent {
  const { zh, en } = levelNames[to];
  const holder = levelTitles[to][isAway ? 'substitute' : 'holder'];
  const note = {
    zh: `升级为「${zh}」，由${holder.zh}负责`,
    en: `Climbed to ${en}; it is with: ${holder.en}`,
  };
  return { ...eventOf(record, at, 'climbed', note), from_step: from, to_step: to };
}

/** The holder and who stands in are both told; nothing in it says who the owner is. */
function climbedNotices(
  { id, number }: RequestRecord,
  { to, at }: Climb,
  steps: LadderSteps,
  isAway: boolean,
): NewNotice[] {
  const { zh, en } = levelNames[to];
  const { holder, substitute } = levelTitles[to];
  const subject = { zh: `${number} 升级为「${zh}」`, en: `${number} climbed to ${en}` };
  const notice = (as: string, role: LadderSteps['key']['role'], text: Words): NewNotice => ({
    key: `climbed/${id}/${at}/${as}`,
    to: { kind: 'role', role },
    subject,
    text,
    about: id,
  });
  return [
    notice('holder', steps[to].role, {
      zh: `现由${holder.zh}负责，请立即处理并回复业主。`,
      en: `It is now with the ${holder.en}: please act and answer the owner.`,
    }),
    notice(
      'substitute',
      steps[to].substitute,
      isAway
        ? {
            zh: `${holder.zh}不在，现由${substitute.zh}代理，请立即处理并回复业主。`,
            en: `The ${holder.en} is away; it is with the ${substitute.en}: please act and answer the owner.`,
          }
        : {
            zh: `由${holder.zh}负责；其不在时由${substitute.zh}代理。`,
            en: `It is with the ${holder.en}; the ${substitute.en} stands in.`,
          },
    ),
  ];
}

function ladderItem(
  record: RequestRecord,
  tasks: readonly { readonly label: string; readonly port: string }[],
  rules: RulesInUse,
): LadderItem {
  const level = record.level as ComplaintLevel;
  const [first] = tasks;
  return {
    id: record.id,
    number: record.number,
    kind: record.kind as FlowKind,
    state: record.state as RequestState,
    project: record.project,
    label: first ? (JSON.parse(first.label) as Words) : null,
    ports: [...new Set(tasks.map(({ port }) => port))],
    filedAt: record.filed_at,
    replyBy: record.reply_by,
    repliedAt: record.replied_at,
    onSiteBy: record.on_site_by,
    onSiteAt: record.on_site_at,
    level,
    levelSince: record.level_since,
    ...levelTitles[level],
    isWithSubstitute: record.held_by === 'substitute',
    climbsAt: record.climbs_at,
    pausedAt: record.paused_at,
    pauseReason: rules.pauseReason(record.pause_reason ?? '')?.name ?? null,
  };
}
