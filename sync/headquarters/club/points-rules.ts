// The points rules as data with versions: written as a draft, looked at by a second person, published, never changed.
import type { MemberId } from '../../contract/ids.ts';
import { type LevelRow, memberKeys, type RulesRow } from '../../contract/members.ts';
import { defaultLevels, defaultRules } from '../../contract/points.ts';
import { type Actor, tokenActor } from '../accounts/actor.ts';
import type { DraftEffectItem } from '../api/points-api.ts';
import type { Change, PublishedRow } from '../publication.ts';
import type { Reader, Tx } from '../store/store.ts';
import { DraftReview } from './draft-review.ts';
import type { PointsParts } from './points-parts.ts';
import type { RulesVersion } from './rules-in-force.ts';

export interface VersionState extends RulesVersion {
  readonly version: number;
  readonly state: 'draft' | 'published';
  readonly isInForce: boolean;
  /** for what happens from then on; null = from its publication, or from ever */
  readonly holdsFrom: string | null;
  readonly at: string;
  readonly by: string;
  readonly publishedAt: string | null;
  readonly publishedBy: string | null;
}
export type PublishOutcome =
  | { readonly kind: 'published'; readonly version: number }
  | { readonly kind: 'no-draft' }
  /** it was written anew since the second person looked at it */
  | { readonly kind: 'draft-changed' }
  | { readonly kind: 'same-person' }
  | { readonly kind: 'makes-negative'; readonly version: number; readonly members: number };

type Who = Pick<Actor, 'account'>;
type Stored = Omit<VersionState, keyof RulesVersion | 'isInForce'> & { readonly rules: RulesVersion };

/** Which version terminals have been told of. */
const inForceMark = 'points-rules-in-force';

export class PointsRules {
  readonly #parts: PointsParts;

  constructor(parts: PointsParts) {
    this.#parts = parts;
  }

  /** @returns newest first; the first of all when nobody has written any */
  async versions(): Promise<VersionState[]> {
    const { store, ledger, club, now } = this.#parts;
    const rows = await this.#read(store.db);
    const { version } = (await ledger.rules.read(store.db)).at(now());
    if (rows.length > 0) {
      return rows.map(({ rules, ...state }) => ({
        ...state,
        isInForce: state.version === version,
        ...rules,
      }));
    }
    const levels = await club.levels(store.db);
    return [
      {
        ...rulesOf(defaultRules),
        levels: levels.length > 0 ? levels : [...defaultLevels],
        version: defaultRules.version,
        state: 'published',
        isInForce: true,
        holdsFrom: null,
        ...{ at: '', by: '', publishedAt: null, publishedBy: null },
      },
    ];
  }

  /** Writes the draft of the next version, over the one that there may be. */
  async draft(rules: RulesVersion, holdsFrom: string | null, by: Who): Promise<number> {
    const { store, audit, now } = this.#parts;
    return await store.transaction(async (tx) => {
      await this.#keepFirst(tx);
      const rows = await this.#read(tx);
      const draft = await this.#lockDraft(tx);
      const version = draft?.version ?? (rows[0]?.version ?? defaultRules.version) + 1;
      const row = {
        version,
        state: 'draft',
        holds_from: holdsFrom && new Date(holdsFrom).toISOString(),
        row: JSON.stringify(rules),
        at: now().toISOString(),
        by_account: by.account,
        published_at: null,
        published_by: null,
      };
      await store.insert(tx, 'points_rules', [row], { onConflict: { keys: ['version'] } });
      await audit.note(tx, by, 'points-rules-drafted', null, { version });
      return version;
    });
  }

  async discard(by: Who): Promise<void> {
    const { store, audit } = this.#parts;
    await store.transaction(async (tx) => {
      const draft = await this.#lockDraft(tx);
      if (!draft) return;
      await tx.deleteFrom('points_rules').where('version', '=', draft.version).execute();
      await audit.note(tx, by, 'points-rules-discarded', null, { version: draft.version });
    });
  }

  /** Looks at every member: to be asked for by a person. @returns undefined when there is no draft */
  async effect(): Promise<DraftEffectItem | undefined> {
    const { store, now } = this.#parts;
    const inForce = (await this.versions()).find((version) => version.isInForce);
    return await store.snapshot(async (tx) => {
      const draft = (await this.#read(tx)).find(({ state }) => state === 'draft');
      return draft && inForce && (await new DraftReview(this.#parts, draft, now()).effect(tx, inForce));
    });
  }

  /**
   * All or nothing: whoever looks second publishes, and nobody's balance may fall below 0 by it.
   * @param seen when the draft that was looked at was written; any when left out
   */
  async publish(by: Who, seen?: string): Promise<PublishOutcome> {
    const { store, ledger, publication, audit, now: clock } = this.#parts;
    const now = clock();
    return await store.transaction(async (tx): Promise<PublishOutcome> => {
      const draft = await this.#lockDraft(tx);
      if (!draft) return { kind: 'no-draft' };
      const { version } = draft;
      if (seen !== undefined && seen !== draft.at) return { kind: 'draft-changed' };
      if (draft.by === by.account && by.account !== tokenActor.account) return { kind: 'same-person' };
      const { entries, members, negative } = await new DraftReview(this.#parts, draft, now).corrections(
        tx,
        by.account,
      );
      if (negative.length > 0) {
        await audit.note(tx, by, 'points-rules-refused', null, { version, members: negative.length });
        return { kind: 'makes-negative', version, members: negative.length };
      }
      const at = now.toISOString();
      await tx
        .updateTable('points_rules')
        .set({
          state: 'published',
          holds_from: draft.holdsFrom ?? at,
          published_at: at,
          published_by: by.account,
        })
        .where('version', '=', version)
        .execute();
      await ledger.correct(tx, entries);
      await ledger.settle(tx, members, now);
      await audit.note(tx, by, 'points-rules-published', null, { version });
      const changes = await this.#putInForce(tx);
      // what begins later leaves the levels alone until then
      const corrected = this.#parts.club.memberChange(members as readonly MemberId[]);
      await publication.publish(tx, changes.length > 0 || members.length === 0 ? changes : [corrected]);
      return { kind: 'published', version };
    });
  }

  /** A version that holds from a later time begins by itself. Idempotent. */
  async keepInForce(): Promise<void> {
    const { store, publication } = this.#parts;
    await store.transaction(async (tx) => {
      const changes = await this.#putInForce(tx);
      if (changes.length > 0) await publication.publish(tx, changes);
    });
  }

  /** The levels of a developer's file, until somebody has published rules of their own. @returns what terminals must be told */
  async importLevels(tx: Tx, levels: readonly LevelRow[]): Promise<Change[]> {
    const rows = await this.#read(tx);
    const isOwn = rows.some(({ state, version }) => state === 'published' && version > defaultRules.version);
    if (isOwn) return [this.#rulesChange()];
    const row = JSON.stringify({ ...rulesOf(defaultRules), levels });
    await tx.updateTable('points_rules').set({ row }).where('version', '=', defaultRules.version).execute();
    return [await this.#putLevels(tx, levels), this.#rulesChange()];
  }

  /** What was in force before anybody wrote rules stays known as the first version. */
  async #keepFirst(tx: Tx): Promise<void> {
    const { store, club, now } = this.#parts;
    const first = {
      version: defaultRules.version,
      state: 'published',
      holds_from: null,
      row: JSON.stringify({ ...rulesOf(defaultRules), levels: await club.levels(tx) }),
      at: now().toISOString(),
      by_account: '',
      published_at: null,
      published_by: null,
    };
    await store.insert(tx, 'points_rules', [first], { onConflict: 'skip' });
  }

  /** Levels are those of the version that holds now, and every member's is looked at again. */
  async #putInForce(tx: Tx): Promise<Change[]> {
    const { store, ledger, club, now } = this.#parts;
    const { version } = (await ledger.rules.read(tx)).at(now());
    const mark = await tx
      .selectFrom('mark')
      .select('value')
      .where('name', '=', inForceMark)
      .executeTakeFirst();
    if (String(version) === (mark?.value ?? String(defaultRules.version))) return [];
    const row = (await this.#read(tx)).find((each) => each.version === version);
    if (!row) return [];
    await store.insert(tx, 'mark', [{ name: inForceMark, value: String(version) }], {
      onConflict: { keys: ['name'] },
    });
    const members = await tx.selectFrom('member').select('id').execute();
    return [
      await this.#putLevels(tx, row.rules.levels),
      this.#rulesChange(),
      club.memberChange(members.map(({ id }) => id as MemberId)),
    ];
  }

  async #putLevels(tx: Tx, levels: readonly LevelRow[]): Promise<Change> {
    const { store, club } = this.#parts;
    const kept = new Set<string>(levels.map(({ code }) => code));
    const gone = (await club.levels(tx)).filter(({ code }) => !kept.has(code));
    await tx.deleteFrom('level').execute();
    await store.insert(
      tx,
      'level',
      levels.map((level) => ({ code: level.code, from_points: level.from, row: JSON.stringify(level) })),
    );
    const rows = [
      ...gone.map(({ code }): PublishedRow => [memberKeys.level(code), null]),
      ...levels.map((level): PublishedRow => [memberKeys.level(level.code), level]),
    ];
    return { dataset: 'members', rows: async () => rows };
  }

  #rulesChange(): Change {
    const { ledger, now } = this.#parts;
    return {
      dataset: 'members',
      rows: async (tx): Promise<PublishedRow[]> => [
        [memberKeys.rules, (await ledger.rules.read(tx)).at(now())],
      ],
    };
  }

  /** Two who write, discard or publish at once take turns. */
  async #lockDraft(tx: Tx): Promise<Stored | undefined> {
    const lock = tx.selectFrom('points_rules').select('version').where('state', '=', 'draft');
    await this.#parts.store.locked(lock).execute();
    return (await this.#read(tx)).find(({ state }) => state === 'draft');
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

function rulesOf({ items, lotMonths, levelMonths }: RulesRow): Omit<RulesVersion, 'levels'> {
  return { items, lotMonths, levelMonths };
}
