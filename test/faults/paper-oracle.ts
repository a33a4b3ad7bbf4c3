// Compares what a terminal says of its slips with what is on the paper. The paper is right.

/** A slip as the terminal's own journal ends it. */
export interface JudgedJob {
  /** stands in every line of the slip */
  readonly id: string;
  readonly state: string;
  /** what headquarters was told last; null = nothing */
  readonly told: string | null;
}

export interface PaperVerdict {
  readonly jobs: number;
  /** said to be printed, and whole on paper */
  readonly printed: number;
  /** not printed, and a person can see that: unconfirmed, failed or expired */
  readonly aside: number;
  /** said to be printed and not whole on paper, or neither printed nor settled as anything that a person can see */
  readonly lost: number;
  /** a line of it is on paper more than once */
  readonly doubled: number;
  /** nobody knows, and everybody is told so */
  readonly unconfirmed: number;
  /** still under way although every fault was mended */
  readonly stuck: number;
  /** headquarters was told something else than the journal says */
  readonly mistold: number;
  readonly ok: boolean;
}

/** The lines of a slip: the first, one in the middle, the last. */
export const markLines = ['头', '中', '尾'] as const;

export function markedLine(mark: (typeof markLines)[number], id: string): string {
  return `${mark} ${id}.`;
}

/** @param paper everything that came out of the printers, cut or not */
export function judgePaper(jobs: readonly JudgedJob[], paper: string): PaperVerdict {
  const copies = countMarks(paper);
  const copiesOf = ({ id }: JudgedJob) => markLines.map((mark) => copies.get(markedLine(mark, id)) ?? 0);
  const count = (isSo: (job: JudgedJob) => boolean) => jobs.filter(isSo).length;
  const lost = count(
    (job) =>
      (job.state === 'printed' && copiesOf(job).includes(0)) ||
      !['printed', ...settledOtherwise, ...underWay].includes(job.state),
  );
  const doubled = count((job) => copiesOf(job).some((n) => n > 1));
  const stuck = count(({ state }) => underWay.includes(state));
  const mistold = count(({ state, told }) => !underWay.includes(state) && told !== state);
  return {
    jobs: jobs.length,
    printed: count((job) => job.state === 'printed' && !copiesOf(job).includes(0)),
    aside: count(({ state }) => settledOtherwise.includes(state)),
    lost,
    doubled,
    unconfirmed: count(({ state }) => state === 'unconfirmed'),
    stuck,
    mistold,
    ok: jobs.length > 0 && lost + doubled + stuck + mistold === 0,
  };
}

const settledOtherwise = ['unconfirmed', 'failed', 'expired'];
const underWay = ['queued', 'sending', 'sent'];

function countMarks(paper: string): ReadonlyMap<string, number> {
  const counts = new Map<string, number>();
  for (const [mark] of paper.matchAll(/[头中尾] [a-z0-9-]+\./g))
    counts.set(mark, (counts.get(mark) ?? 0) + 1);
  return counts;
}
