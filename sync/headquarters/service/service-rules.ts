// By which promises, hours, pauses and calls the service works: kept in versions, and told to terminals.
import * as v from 'valibot';
import { type Calendar, openAlways } from '../../contract/calendar.ts';
import { type LibraryRow, libraryKeys } from '../../contract/library.ts';
import { type ProfileTerms, promiseOrder } from '../../contract/promises.ts';
import type { FlowKind } from '../../contract/requests.ts';
import type { Actor } from '../accounts/actor.ts';
import type { Audit } from '../accounts/audit.ts';
import {
  type ClockProfile,
  type ServiceRules,
  type ServiceRulesAnswer,
  serviceRulesSchema,
} from '../api/service-rules-api.ts';
import type { Publication, PublishedRow } from '../publication.ts';
import { publishedRows } from '../published-rows.ts';
import type { Reader, Store, Tx } from '../store/store.ts';
import { shippedRules } from './shipped-rules.ts';

/** Whom it is about: what its rules are chosen by. */
export interface Matter {
  readonly project: string | null;
  readonly kind: string;
}

/** The version that holds. */
export class RulesInUse {
  readonly #rules: ServiceRules;

  constructor(rules: ServiceRules) {
    this.#rules = rules;
  }

  get calls(): ServiceRules['calls'] {
    return this.#rules.calls;
  }

  /** @returns undefined where none is assigned: then the clocks of the library hold, day and night */
  terms({ project, kind }: Matter): ProfileTerms | undefined {
    const { assignments, profiles } = this.#rules;
    for (const [wantedProject, wantedKind] of promiseOrder(project, kind)) {
      const found = assignments.find((one) => one.project === wantedProject && one.kind === wantedKind);
      const profile = found && profiles.find(({ code }) => code === found.profile);
      if (profile) return termsOf(profile);
    }
    return undefined;
  }

  calendar(matter: Matter): Calendar {
    return this.terms(matter)?.calendar ?? openAlways;
  }

  get pauseReasons(): ServiceRules['pauseReasons'] {
    return this.#rules.pauseReasons;
  }

  pauseReason(code: string): ServiceRules['pauseReasons'][number] | undefined {
    return this.#rules.pauseReasons.find((one) => one.code === code);
  }
}

export async function readServiceRules(db: Reader): Promise<RulesInUse> {
  return new RulesInUse((await newest(db)).rules);
}

/** What becomes of a new version: somebody else made one meanwhile, or it names a project that is not there. */
export type RulesOutcome = 'changed' | 'changed-by-another' | 'unknown-project';

export class RulesKeeper {
  readonly #store: Store;
  readonly #publication: Publication;
  readonly #audit: Audit;
  readonly #now: () => Date;

  constructor(parts: { store: Store; publication: Publication; audit: Audit; now: () => Date }) {
    this.#store = parts.store;
    this.#publication = parts.publication;
    this.#audit = parts.audit;
    this.#now = parts.now;
  }

  /** @param version the newest unless given @returns undefined when there is no such version */
  async read(version?: number): Promise<ServiceRulesAnswer | undefined> {
    return await this.#store.snapshot(async (tx) => {
      const shown = version === undefined ? await newest(tx) : await one(tx, version);
      if (!shown) return undefined;
      const versions = await tx
        .selectFrom('service_rules')
        .select(['version', 'at', 'actor'])
        .orderBy('version', 'desc')
        .limit(100)
        .execute();
      return { ...shown, versions, projects: await projectsOf(tx) };
    });
  }

  /** Holds for what is filed from now on: what was promised stays promised. */
  async change(actor: Actor, from: number, rules: ServiceRules): Promise<RulesOutcome> {
    return await this.#store.transaction(async (tx): Promise<RulesOutcome> => {
      const before = await newest(tx);
      if (before.version !== from) return 'changed-by-another';
      const known = new Set((await projectsOf(tx)).map(({ id }) => id));
      if (rules.assignments.some(({ project }) => project !== null && !known.has(project)))
        return 'unknown-project';
      const version = from + 1;
      const { numInsertedOrUpdatedRows: added } = await tx
        .insertInto('service_rules')
        .values({
          version,
          at: this.#now().toISOString(),
          actor: actor.account,
          body: JSON.stringify(rules),
        })
        .onConflict((it) => it.column('version').doNothing())
        .executeTakeFirstOrThrow();
      if (added !== 1n) return 'changed-by-another';
      await this.#audit.note(tx, actor, 'service-rules-changed', `${version}`);
      await this.#tell(tx, before.rules, rules);
      return 'changed';
    });
  }

  async #tell(tx: Tx, before: ServiceRules, after: ServiceRules): Promise<void> {
    const now = promiseRows(after);
    const gone = [...promiseRows(before).keys()].filter((key) => !now.has(key));
    const rows: PublishedRow[] = [...now, ...gone.map((key): PublishedRow => [key, null])];
    if (rows.length > 0)
      await this.#publication.publish(tx, [{ dataset: 'library', rows: async () => rows }]);
  }
}

interface Version {
  readonly version: number;
  readonly at: string | null;
  readonly actor: string | null;
  readonly rules: ServiceRules;
}

async function newest(db: Reader): Promise<Version> {
  const row = await db
    .selectFrom('service_rules')
    .selectAll()
    .orderBy('version', 'desc')
    .limit(1)
    .executeTakeFirst();
  return row ? toVersion(row) : shipped;
}

async function one(db: Reader, version: number): Promise<Version | undefined> {
  if (version === 0) return shipped;
  const row = await db
    .selectFrom('service_rules')
    .selectAll()
    .where('version', '=', version)
    .executeTakeFirst();
  return row && toVersion(row);
}

const shipped: Version = { version: 0, at: null, actor: null, rules: shippedRules };

function toVersion({ body, ...row }: { version: number; at: string; actor: string; body: string }): Version {
  return { ...row, rules: v.parse(serviceRulesSchema, JSON.parse(body)) };
}

async function projectsOf(db: Reader): Promise<ServiceRulesAnswer['projects']> {
  const rows = await publishedRows<ServiceRulesAnswer['projects'][number]>(db, 'board', 'project/');
  return rows.map(({ id, name }) => ({ id, name }));
}

function promiseRows({ assignments, profiles }: ServiceRules): Map<string, LibraryRow> {
  return new Map(
    assignments.flatMap(({ project, kind, profile: code }): [string, LibraryRow][] => {
      const profile = profiles.find((each) => each.code === code);
      const key = libraryKeys.promise(project, kind);
      return profile ? [[key, { kind: 'promise', project, request: kind, terms: termsOf(profile) }]] : [];
    }),
  );
}

function termsOf({ replyMin, onSiteMin, messageDays, calendar }: ClockProfile): ProfileTerms {
  return { replyMin, onSiteMin, messageDays, calendar };
}

/** Of a request: what its rules are chosen by. */
export function matterOf(record: { readonly project: string | null; readonly kind: string }): Matter {
  return { project: record.project, kind: record.kind as FlowKind };
}
