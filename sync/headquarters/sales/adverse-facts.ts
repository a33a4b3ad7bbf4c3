// Adverse facts of a project, changed like the board: by one person, put in force by another.
import { boardKeys, type ProjectRow } from '../../contract/board.ts';
import type { Publication } from '../publication.ts';
import type { Reader, Store, Tx } from '../store/store.ts';
import type { DecisionOutcome } from './board.ts';
import { type BoardDecision, decide, isOwn, joinHand } from './board-decisions.ts';

export type AdverseList = ProjectRow['adverse'];

export interface PendingAdverse {
  readonly project: string;
  readonly name: ProjectRow['name'];
  readonly approved: AdverseList;
  readonly adverse: AdverseList;
  readonly hands: readonly string[];
  readonly note: string | null;
  readonly at: string;
}

export class AdverseFacts {
  readonly #store: Store;
  readonly #publication: Publication;
  readonly #now: () => Date;

  constructor(store: Store, publication: Publication, now: () => Date) {
    this.#store = store;
    this.#publication = publication;
    this.#now = now;
  }

  /** Every project with what is approved and what waits. */
  async list(
    db: Reader = this.#store.db,
  ): Promise<{ project: ProjectRow; pending: PendingAdverse | null }[]> {
    const waiting = new Map((await this.pending(db)).map((each) => [each.project, each]));
    return (await projectsOf(db)).map((project) => ({ project, pending: waiting.get(project.id) ?? null }));
  }

  async pending(db: Reader = this.#store.db): Promise<PendingAdverse[]> {
    const rows = await db.selectFrom('pending_adverse').selectAll().orderBy('project').execute();
    const projects = new Map((await projectsOf(db)).map((row) => [row.id as string, row]));
    return rows.flatMap(({ project, adverse, hands, note, at }) => {
      const row = projects.get(project);
      if (!row) return [];
      return {
        project,
        name: row.name,
        approved: row.adverse,
        adverse: JSON.parse(adverse) as AdverseList,
        hands: JSON.parse(hands) as string[],
        note,
        at,
      };
    });
  }

  /** The whole list as it is to be. */
  async change(
    project: string,
    adverse: AdverseList,
    by: string,
    note?: string,
  ): Promise<'changed' | 'unknown-project'> {
    return await this.#store.transaction(async (tx) => {
      const row = (await projectsOf(tx)).find(({ id }) => id === project);
      if (!row) return 'unknown-project';
      const before = (await this.pending(tx)).find((each) => each.project === project);
      await tx.deleteFrom('pending_adverse').where('project', '=', project).execute();
      if (JSON.stringify(adverse) === JSON.stringify(row.adverse)) return 'changed';
      await tx
        .insertInto('pending_adverse')
        .values({
          project,
          adverse: JSON.stringify(adverse),
          hands: joinHand(before?.hands ?? [], by),
          note: note ?? before?.note ?? null,
          at: this.#now().toISOString(),
        })
        .execute();
      return 'changed';
    });
  }

  /** @returns those that this account had a hand in */
  async ownOf(projects: readonly string[] | 'all', by: string): Promise<string[]> {
    const own = (await this.pending()).filter(({ hands }) => isOwn(hands, by));
    return own
      .map(({ project }) => project)
      .filter((project) => projects === 'all' || projects.includes(project));
  }

  async publish(projects: readonly string[] | 'all', by: string, reason?: string): Promise<DecisionOutcome> {
    return await this.#store.transaction(async (tx) => {
      const taken = await this.#take(tx, projects);
      const own = taken.filter(({ hands }) => isOwn(hands, by));
      if (own.length > 0) return { kind: 'own-change', subjects: own.map(({ project }) => project) };
      await this.#forget(tx, taken, 'approved', by, reason);
      const wanted = new Map(taken.map(({ project, adverse }) => [project, adverse]));
      await this.#publication.publish(tx, [
        {
          dataset: 'board',
          rows: async (inner) =>
            (await projectsOf(inner)).flatMap((row) => {
              const adverse = wanted.get(row.id);
              return adverse ? [[boardKeys.project(row.id), { ...row, adverse }] as const] : [];
            }),
        },
      ]);
      return { kind: 'decided', changed: taken.length };
    });
  }

  /** @returns how many were dropped */
  async discard(projects: readonly string[] | 'all', by: string, reason?: string): Promise<number> {
    return await this.#store.transaction(async (tx) => {
      const taken = await this.#take(tx, projects);
      await this.#forget(tx, taken, 'rejected', by, reason);
      return taken.length;
    });
  }

  /** Locked: two who decide at once take each change once. */
  async #take(tx: Tx, projects: readonly string[] | 'all'): Promise<PendingAdverse[]> {
    await this.#store.locked(tx.selectFrom('pending_adverse').select('project').orderBy('project')).execute();
    const all = await this.pending(tx);
    return projects === 'all' ? all : all.filter(({ project }) => projects.includes(project));
  }

  async #forget(
    tx: Tx,
    taken: readonly PendingAdverse[],
    decision: BoardDecision['decision'],
    by: string,
    reason: string | undefined,
  ): Promise<void> {
    const ids = taken.map(({ project }) => project);
    await tx.deleteFrom('pending_adverse').where(this.#store.among('project', ids)).execute();
    const decidedAt = this.#now().toISOString();
    await decide(
      tx,
      this.#store,
      taken.map(({ project, approved, adverse, hands, note, at }) => ({
        unit: null,
        project,
        kind: 'adverse',
        before: approved,
        after: adverse,
        hands,
        note,
        proposedAt: at,
        decision,
        decidedBy: by,
        decidedAt,
        reason: reason ?? null,
      })),
    );
  }
}

async function projectsOf(db: Reader): Promise<ProjectRow[]> {
  const rows = await db
    .selectFrom('dataset_row')
    .select('body')
    .where('dataset', '=', 'board')
    .where('key', '>=', boardKeys.projects)
    .where('key', '<', `${boardKeys.projects}~`)
    .where('body', 'is not', null)
    .orderBy('key')
    .execute();
  return rows.flatMap(({ body }) => (body === null ? [] : (JSON.parse(body) as ProjectRow)));
}
