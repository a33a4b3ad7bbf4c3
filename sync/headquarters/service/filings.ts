// Requests as they come in: from a terminal as facts, or told to the desk; the owner's verdicts and notes about them.
import { randomInt } from 'node:crypto';
import { openAlways } from '../../contract/calendar.ts';
import type { Fact, FactContent } from '../../contract/facts.ts';
import type { Rating } from '../../contract/forms.ts';
import type { FactId, ProjectId, TerminalId } from '../../contract/ids.ts';
import { type ClockRow, libraryKeys } from '../../contract/library.ts';
import type { Home } from '../../contract/members.ts';
import { type ProfileTerms, promised } from '../../contract/promises.ts';
import type { NewNotice, Notices } from '../notices/notices.ts';
import { applied, type Effects, type Outcome, refused } from '../outcome.ts';
import { publishedRows } from '../published-rows.ts';
import type { Store, Tx } from '../store/store.ts';
import { requestStateOf, start } from './flow-engine.ts';
import { flows } from './flows.ts';
import { nextClimb } from './ladder.ts';
import { RequestFile, type RequestRecord, type TaskRecord } from './request-file.ts';
import { requestsChange } from './request-rows.ts';
import { readServiceRules } from './service-rules.ts';

export type FiledFact = Fact & Extract<FactContent, { kind: 'request-filed' }>;
export type JudgedFact = Fact & Extract<FactContent, { kind: 'request-judged' }>;
export type NotedFact = Fact & Extract<FactContent, { kind: 'request-noted' }>;

/** A request before it has an identity at headquarters. */
type Filing = FiledFact['body'] & { readonly phone?: string | null };

/** Told on the telephone or at the desk. */
export interface DeskFiling extends Pick<Filing, 'request' | 'member' | 'unit' | 'mayPublish'> {
  readonly phone: string | null;
  readonly project: ProjectId | null;
  readonly text: string;
  /** a letter or a message from the web: it is answered in working days where the rules say so */
  readonly isWritten: boolean;
}

const maxShortTries = 20;
/** after which two that read alike are less bad than a desk that stands still */
const maxTries = 40;

/** When the library has no clock: `coastal`. */
const fallbackClock = { replyMin: 10, onSiteMin: 60 } as const;

/** Somebody's own home, a home that nobody claims to own (told by a visitor), or none. */
function filingOutcome(
  { member, unit }: Pick<FiledFact['body'], 'member' | 'unit'>,
  homes: ReadonlyMap<string, readonly Home[]>,
): Outcome {
  if (member === null) return applied;
  const own = homes.get(member);
  if (!own) return refused('unknown-member');
  return unit === null || own.some((home) => home.unit === unit) ? applied : refused('not-the-owners-home');
}

export class Filings {
  readonly #store: Store;
  readonly #notices: Notices;
  readonly #random: (below: number) => number;

  constructor(store: Store, notices: Notices, random: (below: number) => number = randomInt) {
    this.#store = store;
    this.#notices = notices;
    this.#random = random;
  }

  /** What becomes of each, by who files it about which home. */
  async outcomes(tx: Tx, filings: readonly Pick<Filing, 'member' | 'unit'>[]): Promise<Outcome[]> {
    const wanted = [...new Set(filings.flatMap(({ member }) => (member === null ? [] : [member])))];
    const found = await tx
      .selectFrom('member')
      .select(['id', 'homes'])
      .where(this.#store.among('id', wanted))
      .execute();
    const homes = new Map(found.map(({ id, homes: all }) => [id, JSON.parse(all) as readonly Home[]]));
    return filings.map((filing) => filingOutcome(filing, homes));
  }

  async applyFilings(tx: Tx, terminal: TerminalId, facts: readonly FiledFact[]): Promise<Effects> {
    const verdicts = await this.outcomes(
      tx,
      facts.map(({ body }) => body),
    );
    const good = facts.filter((_, index) => verdicts[index]?.kind === 'applied');
    await this.#write(
      tx,
      good.map(({ id, at, body }) => ({ id, at, filing: body, terminal, actor: terminal })),
    );
    return {
      outcomes: verdicts,
      changes:
        good.length === 0
          ? []
          : [
              requestsChange(
                this.#store,
                good.map(({ id }) => id),
              ),
            ],
    };
  }

  /** Somebody called or came to the desk; its number is one that no terminal gives. */
  async fileAtDesk(tx: Tx, id: FactId, at: string, actor: string, told: DeskFiling): Promise<void> {
    const { isWritten, ...body } = told;
    const project = told.project ?? (await this.#projectOf(tx, told.unit));
    const rules = await readServiceRules(tx);
    const terms = rules.terms({ project, kind: told.request }) ?? (await this.#libraryTerms(tx));
    const { replyBy, onSiteBy } = promised(terms, { request: told.request, at: new Date(at), isWritten });
    const filing: Filing = {
      ...body,
      project,
      number: await this.#freshNumber(tx),
      libraryVersion: 0,
      tasks: [],
      replyBy: replyBy?.toISOString() ?? null,
      onSiteBy: onSiteBy?.toISOString() ?? null,
    };
    await this.#write(tx, [{ id, at, filing, terminal: null, actor }]);
  }

  async #projectOf(tx: Tx, unit: string | null): Promise<ProjectId | null> {
    if (unit === null) return null;
    const row = await tx.selectFrom('unit').select('project').where('id', '=', unit).executeTakeFirst();
    return (row?.project ?? null) as ProjectId | null;
  }

  /** Day and night, in the minutes that terminals promise as well. */
  async #libraryTerms(tx: Tx): Promise<ProfileTerms> {
    const key = libraryKeys.clock('default');
    const [clock] = (await publishedRows<ClockRow>(tx, 'library', key)).filter(({ id }) => id === 'default');
    const { replyMin, onSiteMin } = clock ?? fallbackClock;
    return { replyMin, onSiteMin, messageDays: null, calendar: openAlways };
  }

  /** Six figures while some are free at a few tries, then eight: this holds the one that writes. */
  async #freshNumber(tx: Tx): Promise<string> {
    for (let tries = 0; ; tries += 1) {
      const figures = tries < maxShortTries ? 6 : 8;
      const number = `400-${String(this.#random(10 ** figures)).padStart(figures, '0')}`;
      const taken = await tx
        .selectFrom('request')
        .select('id')
        .where('number', '=', number)
        .executeTakeFirst();
      if (!taken || tries >= maxTries) return number;
    }
  }

  async #write(tx: Tx, filed: readonly Filed[]): Promise<void> {
    await this.#store.insert(tx, 'request', filed.map(requestRecord));
    await this.#store.insert(tx, 'task', filed.flatMap(taskRecords));
    await this.#store.insert(
      tx,
      'request_event',
      filed.map((one) => {
        const { step, state } = requestRecord(one);
        return {
          request: one.id,
          task: null,
          at: one.at,
          actor: one.actor,
          what: 'filed',
          from_step: null,
          to_step: step,
          to_state: state,
          note: null,
          before: null,
          withdrawn_at: null,
        };
      }),
    );
    await this.#notices.queue(tx, filed.flatMap(filedNotices));
  }

  /** The owner's word from a terminal: may close it, or open it again. */
  async applyJudgements(tx: Tx, terminal: TerminalId, facts: readonly JudgedFact[]): Promise<Effects> {
    return await this.#each(facts, async (fact) => {
      const { id, at, body } = fact;
      const file = await this.#ofMember(tx, body.request, body.member);
      if (!file) return refused('unknown-request');
      await this.rate(tx, file.record, body.ratings, { at, source: id, callBack: null });
      const text = body.text === null ? null : { zh: body.text, en: body.text };
      const deed = { actor: terminal, at, what: 'judged', note: text };
      const problem = await file.apply(
        { kind: 'judge', by: 'owner', verdict: body.verdict, isRated: body.ratings.length > 0 },
        deed,
      );
      if (problem) await file.note(deed);
      if (body.verdict !== 'solved') await this.#notices.queue(tx, [objectionNotice(file.record, id)]);
      return applied;
    });
  }

  async applyNotes(tx: Tx, terminal: TerminalId, facts: readonly NotedFact[]): Promise<Effects> {
    return await this.#each(facts, async ({ id, at, body }) => {
      const file = await this.#ofMember(tx, body.request, body.member);
      if (!file) return refused('unknown-request');
      await file.note({ actor: terminal, at, what: 'noted', note: { zh: body.text, en: body.text } });
      await this.#notices.queue(tx, [noteNotice(file.record, id)]);
      return applied;
    });
  }

  /** Scores under the satisfaction items; told twice they count once. */
  async rate(
    tx: Tx,
    request: RequestRecord,
    ratings: readonly Rating[],
    from: { readonly at: string; readonly source: string; readonly callBack: string | null },
  ): Promise<void> {
    const last = new Map(ratings.map(({ item, score }) => [item, score]));
    await this.#store.insert(
      tx,
      'rating',
      [...last].map(([item, score]) => ({
        request: request.id,
        call_back: from.callBack,
        survey: null,
        member: request.member,
        project: request.project,
        unit: request.unit,
        item,
        score,
        at: from.at,
        source: from.source,
      })),
      { onConflict: 'skip' },
    );
  }

  async #each<F extends { readonly body: { readonly request: FactId } }>(
    facts: readonly F[],
    apply: (fact: F) => Promise<Outcome>,
  ): Promise<Effects> {
    const outcomes: Outcome[] = [];
    for (const fact of facts) outcomes.push(await apply(fact));
    const ids = facts.map(({ body }) => body.request);
    return { outcomes, changes: [requestsChange(this.#store, ids)] };
  }

  async #ofMember(tx: Tx, id: string, member: string): Promise<RequestFile | undefined> {
    const file = await RequestFile.open(this.#store, tx, id);
    return file?.record.member === member ? file : undefined;
  }
}

interface Filed {
  readonly id: FactId;
  readonly at: string;
  readonly filing: Filing;
  readonly terminal: TerminalId | null;
  readonly actor: string;
}

function requestRecord({ id, at, filing, terminal }: Filed): RequestRecord {
  const flow = flows[filing.request];
  const state = start(flow, filing.tasks.length);
  return {
    id,
    number: filing.number,
    kind: filing.request,
    member: filing.member,
    phone: filing.phone ?? filing.callBack?.phone ?? null,
    terminal,
    project: filing.project ?? null,
    unit: filing.unit,
    step: state.step,
    state: requestStateOf(flow, state),
    filed_at: at,
    reply_by: instant(filing.replyBy),
    on_site_by: instant(filing.onSiteBy),
    replied_at: null,
    on_site_at: null,
    level: 'ordinary',
    level_since: at,
    climbs_at: nextClimb(
      { state: 'filed', level: 'ordinary', reply_by: filing.replyBy, replied_at: null, paused_at: null },
      at,
    ),
    paused_at: null,
    pause_reason: null,
    paused_ms: 0,
    valid: null,
    outcome: null,
    closed_at: null,
    consent: 0,
    called_back: 0,
    rated: 0,
    reopened: 0,
    library_version: filing.libraryVersion,
    text: filing.text ?? null,
    topic: filing.topic ?? null,
    answer: null,
    may_publish: filing.mayPublish ? 1 : 0,
    cost: filing.cost ?? null,
    photo_key: filing.photoKey ?? null,
  };
}

function taskRecords({ id, at, filing }: Filed): TaskRecord[] {
  return filing.tasks.map(({ label, ...task }, index) => ({
    ...task,
    id: `${id}/${index + 1}`,
    request: id,
    n: index + 1,
    label: JSON.stringify(label),
    step: 'filed',
    person: null,
    followers: '[]',
    deadline: instant(filing.onSiteBy),
    supplier: null,
    cause: null,
    created_at: at,
    closed_at: null,
    outcome: null,
  }));
}

/** Compared as texts, so all in one form. */
function instant(at: string | null): string | null {
  return at === null ? null : new Date(at).toISOString();
}

/** The desk hears of every request, each port of its own tasks. */
function filedNotices({ id, filing }: Filed): NewNotice[] {
  const { name } = flows[filing.request];
  const ports = [...new Set(filing.tasks.map(({ port }) => port))];
  const about = (zh: string, en: string) => ({
    subject: { zh: `${name.zh} ${filing.number}`, en: `${name.en} ${filing.number}` },
    text: { zh, en },
    about: id,
  });
  return [
    {
      key: `filed/${id}`,
      to: { kind: 'role', role: 'service-desk' },
      ...about('新的诉求，请受理。', 'A new request: please receive it.'),
    },
    ...ports.map(
      (port): NewNotice => ({
        key: `filed/${id}/${port}`,
        to: { kind: 'role', role: 'port', port },
        ...about('有新的任务，请接单。', 'A new task: please accept it.'),
      }),
    ),
  ];
}

function objectionNotice({ id, number }: RequestRecord, fact: string): NewNotice {
  return {
    key: `judged/${fact}`,
    to: { kind: 'role', role: 'service-desk' },
    subject: { zh: `业主认为未解决 ${number}`, en: `Not solved, says the owner: ${number}` },
    text: {
      zh: '业主在终端上表示没有完全解决。',
      en: 'The owner said at a terminal that it is not fully solved.',
    },
    about: id,
  };
}

function noteNotice({ id, number }: RequestRecord, fact: string): NewNotice {
  return {
    key: `noted/${fact}`,
    to: { kind: 'role', role: 'service-desk' },
    subject: { zh: `业主补充了说明 ${number}`, en: `The owner added a note: ${number}` },
    text: { zh: '请打开诉求查看。', en: 'Open the request to read it.' },
    about: id,
  };
}
