// What facts change at headquarters: each kind goes to the module that owns its tables, all of a batch at once.
import type { Fact, FactKind } from '../contract/facts.ts';
import type { TerminalId } from '../contract/ids.ts';
import type { Awards, VisitFact } from './club/awards.ts';
import type { CheckInFact, Club } from './club/club.ts';
import {
  type IssuedFact,
  isAboutIdentity,
  type JoinedFact,
  type Joining,
  type LostFact,
  type ProfileFact,
} from './club/joining.ts';
import type { WishFact } from './club/rosters.ts';
import { type DeviceFact, keepDeviceStates } from './fleet/device-states.ts';
import { keepTallies } from './fleet/tallies.ts';
import { raiseTamperAlarms, type TamperFact } from './fleet/tamper-alarm.ts';
import type { TwinFact, TwinReports } from './fleet/twin-reports.ts';
import type { Notices } from './notices/notices.ts';
import type { Orders, ProgressFact, RefusalFact } from './orders.ts';
import { applied, type Effects, type Outcome } from './outcome.ts';
import { type Erasures, memberOf } from './persons/erasures.ts';
import type { Change } from './publication.ts';
import type { SignedFact } from './sales/hand-over.ts';
import type { Sales } from './sales/sales.ts';
import type { FiledFact, JudgedFact, NotedFact } from './service/filings.ts';
import type { Service } from './service/service.ts';
import type { Store, Tx } from './store/store.ts';
import { keepHandOverRatings } from './surveys/hand-over-ratings.ts';
import type { SurveyFact, Surveys } from './surveys/surveys.ts';

/** Says which fact failed, if that is known, so that the rest can be applied without it. */
export class EffectError extends Error {
  readonly seq: number | undefined;
  constructor(seq: number | undefined, options: ErrorOptions) {
    super('the effect of a fact failed', options);
    this.seq = seq;
  }
}

/** The modules whose tables facts change. */
export interface EffectParts {
  readonly store: Store;
  readonly club: Club;
  readonly service: Service;
  readonly orders: Orders;
  readonly surveys: Surveys;
  readonly awards: Awards;
  readonly sales: Sales;
  readonly joining: Joining;
  readonly twinReports: TwinReports;
  readonly notices: Notices;
  readonly erasures: Erasures;
}

/** Kinds that make what facts of other kinds speak of: a note may stand in the batch in front of another's filing. */
const spokenOf: readonly FactKind[] = ['member-joined', 'request-filed', 'request-noted', 'hand-over-queued'];

export class FactEffects {
  readonly #store: Store;
  readonly #club: Club;
  readonly #service: Service;
  readonly #orders: Orders;
  readonly #surveys: Surveys;
  readonly #awards: Awards;
  readonly #sales: Sales;
  readonly #joining: Joining;
  readonly #twinReports: TwinReports;
  readonly #notices: Notices;
  readonly #erasures: Erasures;

  constructor(parts: EffectParts) {
    const { store, club, service, orders, surveys, awards, sales, joining, twinReports, notices } = parts;
    this.#erasures = parts.erasures;
    this.#store = store;
    this.#club = club;
    this.#service = service;
    this.#orders = orders;
    this.#surveys = surveys;
    this.#awards = awards;
    this.#sales = sales;
    this.#joining = joining;
    this.#twinReports = twinReports;
    this.#notices = notices;
  }

  /**
   * @param facts of one terminal, oldest first
   * @param isOneByOne slower, but tells which fact failed
   * @throws EffectError when a fact is at fault; the store's own error when it failed
   */
  async apply(tx: Tx, terminal: TerminalId, facts: readonly Fact[], isOneByOne: boolean): Promise<Effects> {
    const outcomes: Outcome[] = [];
    const changes: Change[] = [];
    for (const group of isOneByOne ? facts.map((fact) => [fact]) : [facts]) {
      try {
        const done = await this.#applyTold(tx, terminal, group);
        outcomes.push(...done.outcomes);
        changes.push(...done.changes);
      } catch (cause) {
        if (!isFactsFault(this.#store, cause)) throw cause;
        throw new EffectError(isOneByOne ? group[0]?.seq : undefined, { cause });
      }
    }
    await keepTallies(tx, terminal, facts);
    return { outcomes, changes };
  }

  /** Who was erased does not become anybody again: what is told late of who they are, and of their cards, is only kept. */
  async #applyTold(tx: Tx, terminal: TerminalId, facts: readonly Fact[]): Promise<Effects> {
    const about = facts.filter(isAboutIdentity);
    const erased = await this.#erasures.among(tx, [
      ...new Set(about.flatMap((fact) => memberOf(fact) ?? [])),
    ]);
    if (erased.size === 0) return await this.#applyAll(tx, terminal, facts);
    const told = facts.filter((fact) => !isAboutIdentity(fact) || !erased.has(memberOf(fact) ?? ''));
    const { outcomes, changes } = await this.#applyAll(tx, terminal, told);
    return { outcomes: facts.map((fact) => outcomes[told.indexOf(fact)] ?? applied), changes };
  }

  /** Facts of one kind are applied together and in their order, the kinds that others speak of first. */
  async #applyAll(tx: Tx, terminal: TerminalId, facts: readonly Fact[]): Promise<Effects> {
    const outcomes: Outcome[] = facts.map(() => applied);
    const changes: Change[] = [];
    const kinds = new Set(facts.map((fact) => fact.kind));
    // who is who changes within the batch only where somebody joins or changes who they are
    const isSettled = !facts.some(isAboutIdentity);
    const resolved = isSettled ? await this.#joining.resolved(tx, facts) : facts;
    for (const kind of new Set([...spokenOf.filter((each) => kinds.has(each)), ...kinds])) {
      const places = [...facts.keys()].filter((place) => facts[place]?.kind === kind);
      const group = resolved.filter((fact) => fact.kind === kind);
      const done = await this.#applyKind(
        tx,
        terminal,
        kind,
        isSettled ? group : await this.#joining.resolved(tx, group),
      );
      if (!done) continue;
      changes.push(...done.changes);
      places.forEach((place, index) => {
        outcomes[place] = done.outcomes[index] ?? applied;
      });
    }
    return { outcomes, changes };
  }

  /** @returns undefined for kinds that are only kept */
  async #applyKind(
    tx: Tx,
    terminal: TerminalId,
    kind: FactKind,
    facts: readonly Fact[],
  ): Promise<Effects | undefined> {
    switch (kind) {
      case 'check-in-recorded':
        return await this.#club.applyCheckIns(tx, terminal, facts as readonly CheckInFact[]);
      case 'visit-recorded':
        return await this.#awards.applyVisits(tx, facts as readonly VisitFact[]);
      case 'order-progressed':
        return await this.#orders.applyProgress(tx, terminal, facts as readonly ProgressFact[]);
      case 'order-refused':
        await this.#orders.noteRefusals(tx, terminal, facts as readonly RefusalFact[]);
        return undefined;
      case 'request-filed':
        return await this.#service.applyFilings(tx, terminal, facts as readonly FiledFact[]);
      case 'session-wished':
        return await this.#club.rosters.applyWishes(tx, terminal, facts as readonly WishFact[]);
      case 'survey-answered':
        return await this.#surveys.applyAnswers(tx, terminal, facts as readonly SurveyFact[]);
      case 'request-judged':
        return await this.#service.applyJudgements(tx, terminal, facts as readonly JudgedFact[]);
      case 'request-noted':
        return await this.#service.applyNotes(tx, terminal, facts as readonly NotedFact[]);
      case 'interest-noted':
      case 'shortlist-kept':
      case 'hand-over-queued':
        return await this.#sales.apply(tx, terminal, kind, facts);
      case 'hand-over-signed': {
        const done = await this.#sales.apply(tx, terminal, kind, facts);
        await keepHandOverRatings(this.#store, tx, facts as readonly SignedFact[]);
        return done;
      }
      case 'member-joined':
        return await this.#joining.applyJoins(tx, terminal, facts as readonly JoinedFact[]);
      case 'card-issued':
        return await this.#joining.applyIssues(tx, terminal, facts as readonly IssuedFact[]);
      case 'card-reported-lost':
        return await this.#joining.applyLosses(tx, terminal, facts as readonly LostFact[]);
      case 'profile-changed':
        return await this.#joining.applyProfiles(tx, facts as readonly ProfileFact[]);
      case 'twin-reported':
        return await this.#twinReports.apply(tx, terminal, facts as readonly TwinFact[]);
      case 'device-changed':
        await keepDeviceStates(this.#store, tx, terminal, facts as readonly DeviceFact[]);
        return undefined;
      case 'panel-tampered':
        await raiseTamperAlarms(this.#notices, tx, terminal, facts as readonly TamperFact[]);
        return undefined;
      case 'join-refused':
      case 'terminal-started':
      case 'epoch-begun':
      case 'facts-compacted':
      case 'clock-learnt':
      case 'card-refused':
      case 'pin-refused':
      case 'person-proven':
      case 'slip-copied':
      case 'unit-taken-home':
      case 'slip-settled':
      case 'help-requested':
      case 'maintenance-opened':
      case 'maintenance-refused':
      case 'maintenance-acted':
        return undefined;
    }
  }
}

/** Everything else (disk full, connection lost) may pass, so no fact is at fault. */
export function isFactsFault(store: Store, error: unknown): boolean {
  return (
    error instanceof EffectError ||
    store.isRefusal(error) ||
    error instanceof TypeError ||
    error instanceof RangeError ||
    error instanceof SyntaxError ||
    error instanceof ReferenceError
  );
}
