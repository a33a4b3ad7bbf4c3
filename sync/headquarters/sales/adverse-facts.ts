// Adverse facts of a project, changed like the board: by one person, put in force by another.
import { boardKeys, type ProjectRow } from '../../contract/board.ts';
import type { Audit } from '../accounts/audit.ts';
import type { Change } from '../publication.ts';
import type { Reader, Store, Tx } from '../store/store.ts';
import { type BoardDecision, decide, joinHand, proposedAt, type Word } from './board-decisions.ts';

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
  readonly #audit: Pick<Audit, 'note'>;
  readonly #now: () => Date;

  constructor(store: Store, audit: Pick<Audit, 'note'>, now: () => Date) {
    this.#store = store;
    this.#audit = audit;
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
      await this.#audit.note(tx, { account: by }, 'adverse-facts-proposed', project, {
        facts: adverse.length,
      });
      if (JSON.stringify(adverse) === JSON.stringify(row.adverse)) {
        await tx.deleteFrom('pending_adverse').where('project', '=', project).execute();
        return 'changed';
      }
      const pending = {
        project,
        adverse: JSON.stringify(adverse),
        hands: joinHand(before?.hands ?? [], by),
        note: note ?? before?.note ?? null,
        at: proposedAt(this.#now(), before?.at),
      };
      await this.#store.insert(tx, 'pending_adverse', [pending], { onConflict: { keys: ['project'] } });
      return 'changed';
    });
  }

  /** Locked until the commit: two who decide at once take each change once. @returns what of these waits */
  async take(tx: Tx, projects: readonly string[] | 'all'): Promise<PendingAdverse[]> {
    const query = tx.selectFrom('pending_adverse').select('project').orderBy('project');
    const chosen = projects === 'all' ? query : query.where(this.#store.among('project', projects));
    const ids = new Set((await this.#store.locked(chosen).execute()).map(({ project }) => project));
    return (await this.pending(tx)).filter(({ project }) => ids.has(project));
  }

  /** Puts what was taken in force. @returns what terminals must be told */
  async approve(tx: Tx, taken: readonly PendingAdverse[], word: Word): Promise<Change> {
    await this.#forget(tx, taken, 'approved', word);
    const wanted = new Map(taken.map(({ project, adverse }) => [project, adverse]));
    return {
      dataset: 'board',
      rows: async (inner) =>
        (await projectsOf(inner)).flatMap((row) => {
          const adverse = wanted.get(row.id);
          return adverse ? [[boardKeys.project(row.id), { ...row, adverse }] as const] : [];
        }),
    };
  }

  async reject(tx: Tx, taken: readonly PendingAdverse[], word: Word): Promise<void> {
    await this.#forget(tx, taken, 'rejected', word);
  }

  async #forget(
    tx: Tx,
    taken: readonly PendingAdverse[],
    decision: BoardDecision['decision'],
    { by, at: decidedAt, reason }: Word,
  ): Promise<void> {
    const ids = taken.map(({ project }) => project);
    await tx.deleteFrom('pending_adverse').where(this.#store.among('project', ids)).execute();
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
