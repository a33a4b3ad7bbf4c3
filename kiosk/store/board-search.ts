// The search over the board that this terminal has now: its index follows the dataset, built beside everything else.
import {
  type BoardRow,
  type BuildingRow,
  boardKeyOf,
  boardKeys,
  type LayoutRow,
  type StateRow,
} from '../../sync/contract/board.ts';
import type { Replica } from '../../sync/replica.ts';
import type { BoardIndex } from '../search/board-index.ts';
import { type BoardRows, buildBoardIndex } from '../search/build-board-index.ts';

/** No turn is longer than this and one step: a swipe that comes meanwhile is not kept waiting. */
const turnMs = 4;
/** Rows that are read and parsed in one step. */
const rowsPerStep = 50;

export interface BoardSearchEvents {
  /** the index was made for what the board is now */
  readonly onReady: () => void;
  /** the store could not be read; the next `prepare` tries again */
  readonly onFault: (cause: unknown) => void;
}

/**
 * Only what headquarters approved and published is in the dataset, so nothing else can be found; and nothing of an
 * older edition is, because an index answers for exactly the rows that it was built from.
 */
export class BoardSearch {
  readonly #replica: Replica;
  #events: BoardSearchEvents = { onReady: () => {}, onFault: () => {} };
  #made: { readonly root: string; readonly index: BoardIndex } | undefined;
  #making: { readonly root: string; readonly build: Generator<undefined, BoardIndex> } | undefined;
  #turn: NodeJS.Immediate | undefined;

  constructor(replica: Replica) {
    this.#replica = replica;
  }

  /** For the one who shows what is found. */
  watch(events: BoardSearchEvents): void {
    this.#events = events;
  }

  /** The index of the board as it is now; undefined while it is being built, which this starts. */
  index(): BoardIndex | undefined {
    if (this.#made?.root === this.#root) return this.#made.index;
    this.prepare();
    return undefined;
  }

  /** Builds the index when the board is not the one that it was built from. */
  prepare(): void {
    if (this.#made?.root !== this.#root) this.#turn ??= setImmediate(this.#work);
  }

  close(): void {
    clearImmediate(this.#turn);
    this.#turn = undefined;
    this.#making = undefined;
  }

  /** Not the version: rows that drifted are mended within it. */
  get #root(): string {
    return this.#replica.head('board').root;
  }

  readonly #work = (): void => {
    this.#turn = undefined;
    const root = this.#root;
    if (this.#making?.root !== root) {
      this.#making = { root, build: buildBoardIndex(replicaRows(this.#replica)) };
    }
    const until = performance.now() + turnMs;
    try {
      let step = this.#making.build.next();
      while (!step.done && performance.now() < until) step = this.#making.build.next();
      if (step.done) this.#made = { root, index: step.value };
      else this.#turn = setImmediate(this.#work);
    } catch (cause) {
      this.#making = undefined;
      this.#events.onFault(cause);
      return;
    }
    if (this.#turn) return;
    this.#making = undefined;
    this.#events.onReady();
  };
}

function replicaRows(replica: Replica): BoardRows {
  const few = <K extends BoardRow['kind']>(kind: K, prefix: string) =>
    replica.list('board', prefix).filter((row): row is Extract<BoardRow, { kind: K }> => row.kind === kind);
  return {
    states: (): readonly StateRow[] => few('state', boardKeys.states),
    projects: () => many(replica, 'project', boardKeys.projects),
    buildings: (project): readonly BuildingRow[] => few('building', boardKeys.buildings(project)),
    layouts: (project): readonly LayoutRow[] => few('layout', boardKeys.layouts(project)),
    units: (building) => many(replica, 'unit', boardKeys.units(building)),
  };
}

function* many<K extends BoardRow['kind']>(
  replica: Replica,
  kind: K,
  prefix: string,
): Generator<Extract<BoardRow, { kind: K }>> {
  let after = prefix;
  for (;;) {
    const rows = replica.list('board', prefix, { after, most: rowsPerStep });
    for (const row of rows) {
      if (row.kind === kind) yield row as Extract<BoardRow, { kind: K }>;
    }
    const last = rows.at(-1);
    if (!last || rows.length < rowsPerStep) return;
    after = boardKeyOf(last);
  }
}
