// The service desk: requests of all kinds with their flows, tasks and call-backs; one door for facts and for the desk.
import type { TerminalId } from '../../contract/ids.ts';
import type { RequestState } from '../../contract/requests.ts';
import type { Audit } from '../accounts/audit.ts';
import type { ServicePerson } from '../api/service-api.ts';
import type { Notices } from '../notices/notices.ts';
import type { Effects } from '../outcome.ts';
import type { Change, Publication } from '../publication.ts';
import type { Store, Tx } from '../store/store.ts';
import { CallBacks } from './call-backs.ts';
import { type FiledFact, Filings, type JudgedFact, type NotedFact } from './filings.ts';
import { Looks } from './looks.ts';
import { type DeskRequest, readRequests, requestsChange, toDesk } from './request-rows.ts';
import { Requests } from './requests.ts';
import { ServiceDesk } from './service-desk.ts';
import { servicePeople } from './service-people.ts';
import { TaskBoard } from './tasks.ts';

export interface ServiceParts {
  readonly store: Store;
  readonly publication: Publication;
  readonly notices: Notices;
  readonly audit: Audit;
  readonly now: () => Date;
  readonly undoMs: number;
}

export class Service {
  readonly requests: Requests;
  readonly tasks: TaskBoard;
  readonly callBacks: CallBacks;
  readonly desk: ServiceDesk;
  readonly looks: Looks;
  readonly #filings: Filings;
  readonly #store: Store;

  constructor(parts: ServiceParts) {
    const { store, notices, now } = parts;
    this.#store = store;
    this.#filings = new Filings(store, notices);
    this.requests = new Requests({ ...parts, filings: this.#filings });
    this.tasks = new TaskBoard(store, this.requests, notices, now);
    this.callBacks = new CallBacks(store, this.requests, this.#filings, now);
    this.desk = new ServiceDesk(store);
    this.looks = new Looks(parts);
  }

  applyFilings(tx: Tx, terminal: TerminalId, facts: readonly FiledFact[]): Promise<Effects> {
    return this.#filings.applyFilings(tx, terminal, facts);
  }

  applyJudgements(tx: Tx, terminal: TerminalId, facts: readonly JudgedFact[]): Promise<Effects> {
    return this.#filings.applyJudgements(tx, terminal, facts);
  }

  applyNotes(tx: Tx, terminal: TerminalId, facts: readonly NotedFact[]): Promise<Effects> {
    return this.#filings.applyNotes(tx, terminal, facts);
  }

  /** What terminals must be told after something else changed these requests, such as their clocks. */
  changeOf(ids: readonly string[]): Change {
    return requestsChange(this.#store, ids);
  }

  /** Who may be in charge of a task, or follow it. */
  people(): Promise<ServicePerson[]> {
    return servicePeople(this.#store.db);
  }

  /** @returns newest first */
  async list(limit: number, state?: RequestState): Promise<DeskRequest[]> {
    return await this.#store.snapshot(async (tx) => {
      const all = tx.selectFrom('request').selectAll().orderBy('filed_at', 'desc').limit(limit);
      return await toDesk(this.#store, tx, await (state ? all.where('state', '=', state) : all).execute());
    });
  }

  async get(id: string): Promise<DeskRequest | undefined> {
    return await this.#store.snapshot(async (tx) => (await readRequests(this.#store, tx, [id]))[0]);
  }
}
