// A switch or sensor contact without its bounce.

/**
 * Reports a level once it stood still for `debounceMs`: the first one, and each change.
 * @returns `see` takes each level as it comes, `stop` forgets the one that has not settled
 */
export function debounceContact(
  debounceMs: number,
  onLevel: (isHigh: boolean) => void,
): { see(isHigh: boolean): void; stop(): void } {
  let settled: boolean | undefined;
  let latest: boolean | undefined;
  let timer: NodeJS.Timeout | undefined;
  return {
    see: (isHigh) => {
      if (isHigh === latest) return;
      latest = isHigh;
      clearTimeout(timer);
      if (isHigh === settled) return;
      timer = setTimeout(() => {
        settled = isHigh;
        onLevel(isHigh);
      }, debounceMs);
    },
    stop: () => clearTimeout(timer),
  };
}
