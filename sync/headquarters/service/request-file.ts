// One request with its tasks, held while it is changed: from its rows to the state of its flow and back.
import type { FactId, Words } from '../../contract/ids.ts';
import { whenOpen } from '../../contract/promises.ts';
import type { FlowKind, RequestOutcome, RequestState } from '../../contract/requests.ts';
import type { Store, Tx } from '../store/store.ts';
import type { Tables } from '../store/tables.ts';
import { type FlowEvent, type FlowState, next, requestStateOf } from './flow-engine.ts';
import { type Consequence, type Flow, flows } from './flows.ts';
import { climbsAfter } from './ladder.ts';
import { readLadderSteps } from './ladder-settings.ts';
import { matterOf, readServiceRules } from './service-rules.ts';

export type RequestRecord = Tables['request'];
export type TaskRecord = Tables['task'];
export type CallBackRecord = Tables['call_back'];
export type GiveUpRecord = Tables['give_up'];

/** Who did it and what is kept of it. */
export interface Deed {
  /** account or terminal */
  readonly actor: string;
  readonly at: string;
  readonly what: string;
  readonly note?: Words | null;
  readonly task?: string | null;
  /** may it be taken back while it is fresh? */
  readonly isUndoable?: boolean;
  /** other columns that change with it */
  readonly columns?: Partial<RequestRecord>;
}

/** Work on a task keeps its request from climbing. */
const worked: ReadonlySet<string> = new Set(['split', 'task-moved', 'handed-over']);

export class RequestFile {
  readonly record: RequestRecord;
  readonly tasks: readonly TaskRecord[];
  readonly calls: readonly CallBackRecord[];
  /** nobody can be called: who said so, and perhaps who agreed */
  readonly giveUp: GiveUpRecord | undefined;
  readonly #store: Store;
  readonly #tx: Tx;

  private constructor(
    store: Store,
    tx: Tx,
    record: RequestRecord,
    tasks: readonly TaskRecord[],
    calls: readonly CallBackRecord[],
    giveUp: GiveUpRecord | undefined,
  ) {
    this.#store = store;
    this.#tx = tx;
    this.record = record;
    this.tasks = tasks;
    this.calls = calls;
    this.giveUp = giveUp;
  }

  /** Nobody else changes it until the commit. @returns undefined when there is none */
  static async open(store: Store, tx: Tx, id: string): Promise<RequestFile | undefined> {
    const one = tx.selectFrom('request').selectAll().where('id', '=', id);
    return await RequestFile.#with(store, tx, await store.locked(one).executeTakeFirst());
  }

  /** To look at, without holding it. */
  static async read(store: Store, tx: Tx, id: string): Promise<RequestFile | undefined> {
    const one = tx.selectFrom('request').selectAll().where('id', '=', id);
    return await RequestFile.#with(store, tx, await one.executeTakeFirst());
  }

  static async #with(
    store: Store,
    tx: Tx,
    record: RequestRecord | undefined,
  ): Promise<RequestFile | undefined> {
    if (!record) return undefined;
    const { id } = record;
    const tasks = await tx.selectFrom('task').selectAll().where('request', '=', id).orderBy('n').execute();
    const calls = await tx
      .selectFrom('call_back')
      .selectAll()
      .where('request', '=', id)
      .orderBy('attempt')
      .execute();
    const giveUp = await tx.selectFrom('give_up').selectAll().where('request', '=', id).executeTakeFirst();
    return new RequestFile(store, tx, record, tasks, calls, giveUp);
  }

  get id(): FactId {
    return this.record.id as FactId;
  }

  get flow(): Flow {
    return flows[this.record.kind as FlowKind];
  }

  get state(): FlowState {
    const { record } = this;
    return {
      step: record.step,
      openTasks: this.tasks.filter(({ closed_at: at }) => at === null).length,
      outcome: record.outcome as RequestOutcome | null,
      hasConsent: record.consent === 1,
      isCalledBack: record.called_back === 1,
      isRated: record.rated === 1,
      isCallDue: this.calls.some(({ done_at: at }) => at === null),
      givenUp: this.giveUp ? (this.giveUp.confirmed_by === null ? 'proposed' : 'confirmed') : 'no',
    };
  }

  /** Says what happened to the flow and carries out what follows. @returns why not, or undefined when it is done */
  async apply(event: FlowEvent, deed: Deed): Promise<string | undefined> {
    const answer = next(this.flow, this.state, event);
    if (answer.kind === 'refused') return answer.code;
    const { state, does, isReopened } = answer;
    const to = requestStateOf(this.flow, state);
    await this.note(deed, { step: state.step, state: to });
    const times = { state: to, ...this.#times(event, state, to, deed.at), ...deed.columns };
    await this.#tx
      .updateTable('request')
      .set({
        step: state.step,
        outcome: state.outcome,
        consent: Number(state.hasConsent),
        called_back: Number(state.isCalledBack),
        rated: Number(state.isRated),
        reopened: this.record.reopened + Number(isReopened),
        ...times,
        climbs_at: await this.climbsAt(times, deed.at),
      })
      .where('id', '=', this.id)
      .execute();
    for (const consequence of does) await this.#carryOut(consequence, state, event, deed);
    if (state.step === 'closed') await this.#settleCalls(event, deed);
    await this.#keepGiveUp(state, deed);
    return undefined;
  }

  /** Keeps on record what happened, whether it moved anything or not. */
  async note(deed: Deed, to?: { readonly step: string; readonly state: RequestState }): Promise<void> {
    await this.#tx
      .insertInto('request_event')
      .values({
        request: this.id,
        task: deed.task ?? null,
        at: deed.at,
        actor: deed.actor,
        what: deed.what,
        from_step: this.record.step,
        to_step: to?.step ?? null,
        to_state: to?.state ?? null,
        note: deed.note ? JSON.stringify(deed.note) : null,
        before: deed.isUndoable ? this.#before() : null,
        withdrawn_at: null,
      })
      .execute();
    if (!worked.has(deed.what)) return;
    const climbs_at = await this.climbsAt({}, deed.at);
    await this.#tx.updateTable('request').set({ climbs_at }).where('id', '=', this.id).execute();
  }

  /** When it climbs the ladder by itself, after what was done at `at` changed these columns. */
  async climbsAt(columns: Partial<RequestRecord>, at: string): Promise<string | null> {
    const steps = await readLadderSteps(this.#tx);
    const calendar = (await readServiceRules(this.#tx)).calendar(matterOf(this.record));
    return climbsAfter(this.record, { ...this.record, ...columns }, at, steps, (when) =>
      whenOpen({ calendar }, when),
    );
  }

  /** Everything that a move can change, as it is now. */
  #before(): string {
    const open = this.calls.filter(({ done_at: at }) => at === null);
    return JSON.stringify({ request: this.record, tasks: this.tasks, calls: open } satisfies Before);
  }

  /** Puts back how it was; what was added meanwhile goes. */
  async restore(before: Before): Promise<void> {
    const tx = this.#tx;
    const { id, ...columns } = before.request;
    await tx.updateTable('request').set(columns).where('id', '=', id).execute();
    await tx.deleteFrom('task').where('request', '=', id).execute();
    await this.#store.insert(tx, 'task', before.tasks);
    await tx.deleteFrom('call_back').where('request', '=', id).where('done_at', 'is', null).execute();
    await this.#store.insert(tx, 'call_back', before.calls);
  }

  #times(event: FlowEvent, state: FlowState, to: RequestState, at: string): Partial<RequestRecord> {
    const { record, flow } = this;
    const isEnded = to === 'done' || to === 'invalid';
    // nobody heard anything when nobody was reached
    const isAnswered =
      event.by !== 'owner' && event.kind !== 'not-reached' && state.step !== flow.steps[0]?.code;
    return {
      closed_at: isEnded ? (record.closed_at ?? at) : null,
      valid: validAfter(record.valid, event, state),
      replied_at: record.replied_at ?? (isAnswered ? at : null),
      ...this.#visit(event, state, at),
    };
  }

  /** Who works there has arrived; where nobody need come any more, nothing is promised, unless it was broken before. */
  #visit({ kind }: FlowEvent, { step }: FlowState, at: string): Partial<RequestRecord> {
    const { record, flow } = this;
    if (record.on_site_at !== null || record.on_site_by === null) return {};
    const place = flow.steps.findIndex(({ code }) => code === step);
    const isAt = flow.steps[place]?.stops === 'on-site';
    const work = new Set<FlowEvent['kind']>(['advance', 'tasks-done', 'finish']);
    if (isAt || (work.has(kind) && place >= flow.steps.findIndex(({ code }) => code === flow.again)))
      return { on_site_at: at };
    const isOver = step === 'closed' || step === 'call-back';
    return isOver && record.on_site_by > at ? { on_site_by: null } : {};
  }

  async #carryOut(consequence: Consequence, state: FlowState, event: FlowEvent, { at }: Deed): Promise<void> {
    const tasks = this.#tx.updateTable('task').where('request', '=', this.id);
    switch (consequence) {
      case 'close-tasks':
        await tasks
          .set({ step: 'done', closed_at: at, outcome: state.outcome })
          .where('closed_at', 'is', null)
          .execute();
        return;
      case 'reopen-tasks':
        await tasks
          .set({ step: 'working', closed_at: null, outcome: null })
          .where('step', '=', 'done')
          .execute();
        return;
      case 'forget-words':
        await this.#tx
          .deleteFrom('call_back')
          .where('request', '=', this.id)
          .where('done_at', 'is', null)
          .execute();
        return;
      case 'ask-call-back':
        await this.#askCall(event, at);
    }
  }

  async #keepGiveUp({ givenUp }: FlowState, { actor, at, note }: Deed): Promise<void> {
    const tx = this.#tx;
    switch (givenUp) {
      case 'proposed':
        if (this.giveUp) return;
        await tx
          .insertInto('give_up')
          .values({
            request: this.id,
            by: actor,
            at,
            reason: note?.zh ?? '',
            confirmed_by: null,
            confirmed_at: null,
          })
          .execute();
        return;
      case 'confirmed':
        if (this.giveUp?.confirmed_by !== null) return;
        await tx
          .updateTable('give_up')
          .set({ confirmed_by: actor, confirmed_at: at })
          .where('request', '=', this.id)
          .execute();
        return;
      case 'no':
        if (this.giveUp) await tx.deleteFrom('give_up').where('request', '=', this.id).execute();
    }
  }

  /** One call is due at a time; each attempt stays on record. */
  async #askCall(event: FlowEvent, at: string): Promise<void> {
    const open = this.calls.find(({ done_at: done }) => done === null);
    if (open) return;
    const attempt = (this.calls.at(-1)?.attempt ?? 0) + 1;
    const rules = await readServiceRules(this.#tx);
    const waitMin = event.kind === 'not-reached' ? rules.calls.nextAfterMin : rules.calls.firstAfterMin;
    const calendar = rules.calendar(matterOf(this.record));
    await this.#store.insert(this.#tx, 'call_back', [
      {
        id: `${this.id}/call/${attempt}`,
        request: this.id,
        kind: this.record.kind === 'handover' ? 'handoverCallback' : 'callCentreCallback',
        attempt,
        due_at: whenOpen({ calendar }, new Date(Date.parse(at) + waitMin * 60_000).toISOString()),
        done_at: null,
        actor: null,
        verdict: null,
        note: null,
      },
    ]);
  }

  /** They told it themselves before anybody called: that is what the call was for. */
  async #settleCalls(event: FlowEvent, { at, actor }: Deed): Promise<void> {
    await this.#tx
      .updateTable('call_back')
      .set({ done_at: at, actor, verdict: event.verdict ?? null })
      .where('request', '=', this.id)
      .where('done_at', 'is', null)
      .execute();
  }
}

/** Found invalid it stays so, also when the person agrees to it; opened again it is open again. */
function validAfter(valid: number | null, { by }: FlowEvent, { outcome }: FlowState): number | null {
  if (outcome === 'invalid') return 0;
  if (valid === 0) return null;
  return by === 'owner' ? valid : 1;
}

export interface Before {
  readonly request: RequestRecord;
  readonly tasks: readonly TaskRecord[];
  readonly calls: readonly CallBackRecord[];
}
