// What a program had confirmed at a moment of its log, and whether a file that was opened after a power cut agrees.
import type { DiskOp } from './strace-log.ts';

/** What stands in a file after a power cut, as the product sees it. */
export interface Recovered {
  /** as `digestOf` */
  readonly digest: string;
  /** hash by number, of what is not forgotten */
  readonly facts: ReadonlyMap<number, string>;
  /** facts up to here are forgotten */
  readonly forgotten: number;
  readonly lastSeq: number;
  /** version of the members; null = its rows are not those that its head names */
  readonly members: number | null;
}

export interface CutVerdict {
  readonly accepted: number;
  /** confirmed facts that are gone or changed */
  readonly lost: number;
  /** everything else that is wrong */
  readonly faults: readonly string[];
}

interface Commit {
  readonly digest: string;
  /** made by opening the file: whoever opens it after the cut makes it too */
  readonly isOpening: boolean;
  /** by an older version: whoever opens it after the cut migrates it */
  readonly isOld: boolean;
}

/** How far a story had come. */
interface Moment {
  readonly commits: number;
  readonly facts: number;
  readonly settled: number;
  readonly members: number;
}

/** The whole story of a log, so that a state can be found that was reached but not told of any more. */
export class Confirmed {
  readonly #commits: Commit[] = [];
  /** every fact that the log ever tells of */
  readonly #facts = new Map<number, string>();
  /** how far the story had come before each operation, and at its end */
  readonly #moments: Moment[] = [];

  readonly #isToldLate: boolean;

  /** @param isToldLate a line may come when the program has got further already */
  constructor(ops: readonly DiskOp[], isToldLate = false) {
    this.#isToldLate = isToldLate;
    let isOpening = false;
    let isOld = false;
    let facts = 0;
    let settled = 0;
    let members = 0;
    const note = (): number => this.#moments.push({ commits: this.#commits.length, facts, settled, members });
    for (const op of ops) {
      note();
      const [word, first = '', second = ''] = op.kind === 'say' ? op.line.split(' ') : [];
      if (word === 'OPENING') {
        isOpening = true;
        isOld = first === 'old';
      }
      if (word === 'OPEN') isOpening = false;
      if (word === 'COMMIT') this.#commits.push({ digest: first, isOpening, isOld });
      if (word === 'SETTLE') settled = Math.max(settled, Number(first));
      if (word === 'DATASET') members = Number(first);
      if (word === 'FACT') {
        facts = Number(first);
        this.#facts.set(facts, second);
      }
    }
    note();
  }

  /**
   * @param before the operation that did not happen any more
   * @param isUntold the program ended in the middle of a commit that the log does not tell of
   */
  judge(before: number, recovered: Recovered, isUntold = false): CutVerdict {
    const moment = this.#moments[before] ?? { commits: 0, facts: 0, settled: 0, members: 0 };
    const { facts, forgotten, lastSeq } = recovered;
    const faults: string[] = [];
    let lost = 0;
    for (let seq = 1; seq <= Math.max(moment.facts, lastSeq); seq += 1) {
      const isForgotten = seq <= forgotten && forgotten <= moment.settled;
      const told = this.#facts.get(seq);
      const isRight = isForgotten || (facts.has(seq) && (told === undefined || facts.get(seq) === told));
      if (isRight) continue;
      if (seq <= moment.facts) lost += 1;
      else faults.push(`fact ${seq} is not the one that was committed`);
    }
    // each change leads to the next number; one may have been under way
    const isWhole = recovered.members !== null && recovered.members >= moment.members;
    if (!isWhole || (!this.#isToldLate && (recovered.members ?? 0) > moment.members + 1)) {
      faults.push(`members are at ${recovered.members}, and ${moment.members} was shown`);
    }
    if (!isUntold && !this.#mayHold(moment.commits, recovered.digest))
      faults.push('it holds what was never committed');
    return { accepted: moment.facts, lost, faults };
  }

  /** Exactly what was last committed, or that and what was under way; opening may have been carried on with. */
  #mayHold(commits: number, digest: string): boolean {
    const firstDone = this.#commits.findIndex(({ isOpening }) => !isOpening);
    // a file that was never opened before is made anew, with numbers of its own
    if (firstDone < 0 || commits <= firstDone || this.#commits[commits - 1]?.isOld) return true;
    let last = this.#isToldLate ? this.#commits.length : commits;
    while (this.#commits[last]?.isOpening) last += 1;
    return this.#commits.slice(commits - 1, last + 1).some((commit) => commit.digest === digest);
  }
}
