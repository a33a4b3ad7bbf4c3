// The points rules as data with versions: written as a draft, looked at by a second person, published, never changed.
import type { MemberId } from '../../contract/ids.ts';
import { memberKeys, type RulesRow } from '../../contract/members.ts';
import { accountOf, addMonths, defaultRules, standingAt } from '../../contract/points.ts';
import { tokenActor } from '../accounts/actor.ts';
import { maskName } from '../mask.ts';
import type { Change, Publication, PublishedRow } from '../publication.ts';
import type { Reader, Store, Tx } from '../store/store.ts';
import { type LedgerEntry, newValueOf, reversalOf } from './bookings.ts';
import type { Club } from './club.ts';
import type { Ledger } from './ledger.ts';
import { RulesInForce, type RulesVersion, rulesRowOf } from './rules-in-force.ts';

export interface VersionState extends RulesVersion {
  readonly version: number;
  readonly state: 'draft' | 'published';
  /** for what happens from then on; null = from its publication, or from ever */
  readonly holdsFrom: string | null;
  readonly at: string;
  readonly by: string;
  readonly publishedAt: string | null;
  readonly publishedBy: string | null;
}

/** What publishing a draft would do to what is booked since it is to hold. */
export interface DraftEffect {
  readonly version: number;
  readonly corrected: number;
  /** whose balance it would push below 0, with a masked name */
  readonly negative: { readonly id: string; readonly name: string; readonly balance: number }[];
}
export type PublishOutcome =
  | { readonly kind: 'published'; readonly version: number }
  | { readonly kind: 'no-draft' }
  | { readonly kind: 'same-person' }
  | { readonly kind: 'makes-negative'; readonly effect: DraftEffect };

type Stored = Omit<VersionState, keyof RulesVersion> & { readonly rules: RulesVersion };

export class PointsRules {
  readonly #store: Store;
  readonly #ledger: Ledger;
  readonly #club: Club;
  readonly #publication: Publication;
  readonly #now: () => Date;

  constructor(store: Store, ledger: Ledger, club: Club, publication: Publication, now: () => Date) {
    this.#store = store;
    this.#ledger = ledger;
    this.#club = club;
    this.#publication = publication;
    this.#now = now;
  }

  /** @returns newest first; the first of all when nobody has written any */
  async versions(): Promise<VersionState[]> {
    const rows = await this.#read(this.#store.db);
    if (rows.length > 0) return rows.map(({ rules, ...state }) => ({ ...state, ...rules }));
    return [
      {
        ...rulesOf(defaultRules),
        levels: await this.#club.levels(this.#store.db),
        version: defaultRules.version,
        state: 'published',
        holdsFrom: null,
        ...{ at: '', by: '', publishedAt: null, publishedBy: null },
      },
    ];
  }

  /** Writes the draft of the next version, over the one that there may be. */
  async draft(rules: RulesVersion, holdsFrom: string | null, by: string): Promise<number> {
    const at = this.#now().toISOString();
    return await this.#store.transaction(async (tx) => {
      await this.#keepFirst(tx);
      const rows = await this.#read(tx);
      const draft = rows.find(({ state }) => state === 'draft');
      const version = draft?.version ?? (rows[0]?.version ?? defaultRules.version) + 1;
      const row = {
        version,
        state: 'draft',
        holds_from: holdsFrom,
        row: JSON.stringify(rules),
        at,
        by_account: by,
        published_at: null,
        published_by: null,
      };
      await this.#store.insert(tx, 'points_rules', [row], { onConflict: { keys: ['version'] } });
      return version;
    });
  }

  async discard(): Promise<void> {
    await this.#store.db.deleteFrom('points_rules').where('state', '=', 'draft').execute();
  }

  /** @returns undefined when there is no draft */
  async effect(): Promise<DraftEffect | undefined> {
    return await this.#store.snapshot(async (tx) => {
      const draft = (await this.#read(tx)).find(({ state }) => state === 'draft');
      return draft && (await this.#corrections(tx, draft, this.#now(), '')).effect;
    });
  }

  /** All or nothing: whoever looks second publishes, and nobody's balance may fall below 0 by it. */
  async publish(by: string): Promise<PublishOutcome> {
    const now = this.#now();
    return await this.#store.transaction(async (tx): Promise<PublishOutcome> => {
      const rows = await this.#read(tx);
      const draft = rows.find(({ state }) => state === 'draft');
      if (!draft) return { kind: 'no-draft' };
      if (draft.by === by && by !== tokenActor.account) return { kind: 'same-person' };
      const { effect, entries, members } = await this.#corrections(tx, draft, now, by);
      if (effect.negative.length > 0) return { kind: 'makes-negative', effect };
      const at = now.toISOString();
      await tx
        .updateTable('points_rules')
        .set({ state: 'published', holds_from: draft.holdsFrom ?? at, published_at: at, published_by: by })
        .where('version', '=', draft.version)
        .execute();
      await this.#ledger.correct(tx, entries);
      await this.#ledger.settle(tx, members, now);
      await this.#publication.publish(tx, await this.#putLevels(tx, draft));
      return { kind: 'published', version: draft.version };
    });
  }

  /** What terminals need of the rules; in the transaction that brought levels in. */
  rulesChange(): Change {
    return {
      dataset: 'members',
      rows: async (tx): Promise<PublishedRow[]> => [
        [memberKeys.rules, (await RulesInForce.read(tx)).at(this.#now())],
      ],
    };
  }

  /** What was in force before anybody wrote rules stays known as the first version. */
  async #keepFirst(tx: Tx): Promise<void> {
    const first = {
      version: defaultRules.version,
      state: 'published',
      holds_from: null,
      row: JSON.stringify({ ...rulesOf(defaultRules), levels: await this.#club.levels(tx) }),
      at: this.#now().toISOString(),
      by_account: '',
      published_at: null,
      published_by: null,
    };
    await this.#store.insert(tx, 'points_rules', [first], { onConflict: 'skip' });
  }

  /** Levels are those of the version from now on, and every member's is looked at again. */
  async #putLevels(tx: Tx, { rules }: Stored): Promise<Change[]> {
    const before = await this.#club.levels(tx);
    await tx.deleteFrom('level').execute();
    const levels = rules.levels.map((level) => ({
      code: level.code,
      from_points: level.from,
      row: JSON.stringify(level),
    }));
    await this.#store.insert(tx, 'level', levels);
    const kept = new Set<string>(rules.levels.map(({ code }) => code));
    const rows: PublishedRow[] = [
      ...before
        .filter(({ code }) => !kept.has(code))
        .map(({ code }): PublishedRow => [memberKeys.level(code), null]),
      ...rules.levels.map((level): PublishedRow => [memberKeys.level(level.code), level]),
    ];
    const members = await tx.selectFrom('member').select('id').execute();
    return [
      { dataset: 'members', rows: async () => rows },
      this.rulesChange(),
      this.#club.memberChange(members.map(({ id }) => id as MemberId)),
    ];
  }

  /** Entries stay as they were booked; what a version that holds from earlier values otherwise is reversed and booked anew. */
  async #corrections(tx: Tx, draft: Stored, now: Date, by: string) {
    const none = { effect: { version: draft.version, corrected: 0, negative: [] }, entries: [], members: [] };
    if (draft.holdsFrom === null || Date.parse(draft.holdsFrom) >= now.getTime()) return none;
    const touched = await tx
      .selectFrom('ledger')
      .select('member')
      .distinct()
      .where('at', '>=', draft.holdsFrom)
      .where('item', 'is not', null)
      .execute();
    const members = touched.map(({ member }) => member);
    const byMember = new Map<string, LedgerEntry[]>(members.map((member) => [member, []]));
    for (const entry of await this.#ledger.entries(tx, members)) byMember.get(entry.member)?.push(entry);
    const entries: LedgerEntry[] = [];
    const negative: { id: string; balance: number }[] = [];
    for (const [member, booked] of byMember) {
      const corrected = correctionsOf(booked, draft, now, by);
      if (corrected.length === 0) continue;
      entries.push(...corrected);
      const balanceOf = (all: readonly LedgerEntry[]): number => standingAt(accountOf(all), 1, now).balance;
      const balance = balanceOf([...booked, ...corrected]);
      if (balance < 0 && balance < balanceOf(booked)) negative.push({ id: member, balance });
    }
    const names = await this.#names(
      tx,
      negative.map(({ id }) => id),
    );
    const whom = negative.map((each) => ({ ...each, name: names.get(each.id) ?? '' }));
    const count = entries.filter(({ reverses }) => reverses !== null).length;
    return { effect: { version: draft.version, corrected: count, negative: whom }, entries, members };
  }

  async #names(db: Reader, ids: readonly string[]): Promise<ReadonlyMap<string, string>> {
    const rows = await db
      .selectFrom('member')
      .select(['id', 'name'])
      .where(this.#store.among('id', ids))
      .execute();
    return new Map(rows.map(({ id, name }) => [id, maskName(name)]));
  }

  async #read(db: Reader): Promise<Stored[]> {
    const rows = await db.selectFrom('points_rules').selectAll().orderBy('version', 'desc').execute();
    return rows.map((row) => ({
      version: row.version,
      state: row.state === 'draft' ? 'draft' : 'published',
      holdsFrom: row.holds_from,
      at: row.at,
      by: row.by_account,
      publishedAt: row.published_at,
      publishedBy: row.published_by,
      rules: JSON.parse(row.row) as RulesVersion,
    }));
  }
}

/** Of one member: a reversal and a new entry for each that the version values otherwise. */
function correctionsOf(booked: readonly LedgerEntry[], draft: Stored, now: Date, by: string): LedgerEntry[] {
  const rules = rulesRowOf(draft.version, draft.rules);
  const fromMs = Date.parse(draft.holdsFrom ?? '');
  return booked.flatMap((entry) => {
    const points = Date.parse(entry.at) >= fromMs ? newValueOf(entry, rules) : undefined;
    if (points === undefined || points === entry.points) return [];
    const reason = { zh: `规则第 ${draft.version} 版更正`, en: `Corrected by rules ${draft.version}` };
    const reversal = reversalOf(entry, booked, { at: now.toISOString(), reason, by });
    if (!reversal) return [];
    const key = `${entry.businessKey}@${draft.version}`;
    const until = addMonths(entry.at, rules.lotMonths).toISOString();
    const anew = { ...entry, id: key, businessKey: key, points, until, by };
    return points === 0 ? [reversal] : [reversal, anew];
  });
}

function rulesOf({ items, lotMonths, levelMonths }: RulesRow): Omit<RulesVersion, 'levels'> {
  return { items, lotMonths, levelMonths };
}
