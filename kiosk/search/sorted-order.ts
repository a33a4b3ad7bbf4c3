// Sorts so that others get their turn: a merge sort that can be paused.

/** How many homes are moved between two pauses. */
const stepSize = 4_096;

/**
 * @param isAfter does the first come after the second?
 * @returns 0 … size − 1 in rising order; equal ones keep theirs
 */
export function* sortedOrder(
  size: number,
  isAfter: (a: number, b: number) => boolean,
): Generator<undefined, Uint32Array> {
  let from = new Uint32Array(size);
  for (let at = 0; at < size; at += 1) from[at] = at;
  let into = new Uint32Array(size);
  let untilPause = stepSize;
  for (let run = 1; run < size; run *= 2) {
    for (let start = 0; start < size; start += 2 * run) {
      const middle = Math.min(start + run, size);
      const end = Math.min(start + 2 * run, size);
      // what comes in order, as ids do, costs next to nothing
      if (middle === end || !isAfter(from[middle - 1] ?? 0, from[middle] ?? 0)) {
        into.set(from.subarray(start, end), start);
        untilPause -= (end - start) / 16;
      } else {
        let [left, right] = [start, middle];
        for (let at = start; at < end; at += 1) {
          const takesRight = left === middle || (right < end && isAfter(from[left] ?? 0, from[right] ?? 0));
          into[at] = (takesRight ? from[right++] : from[left++]) ?? 0;
          untilPause -= 1;
          if (untilPause > 0) continue;
          untilPause = stepSize;
          yield;
        }
      }
      if (untilPause > 0) continue;
      untilPause = stepSize;
      yield;
    }
    [from, into] = [into, from];
  }
  return from;
}
