// Runs before the page: keeps its largest paint, its longest task, and how long after a tap things are drawn.

interface Probe {
  lcpMs: number;
  longestTaskMs: number;
  /** each tap's time until the next paint, by the browser's own account; 16 ms and less are not told */
  readonly tapMs: Map<number, number>;
  /** from the last click until what it changed is painted */
  untilPainted(): Promise<number>;
  /** from the last click until that many buttons are painted */
  untilButtons(count: number): Promise<number>;
  /** from the last click until the page shows this revision, painted */
  untilRevision(revision: string): Promise<number>;
}

let clickedAt = 0;
let paintedAt: Promise<number> = Promise.resolve(0);

const probe: Probe = {
  lcpMs: 0,
  longestTaskMs: 0,
  tapMs: new Map(),
  untilPainted: () => paintedAt,
  untilButtons: (count) => until(() => countButtons(document) >= count),
  untilRevision: (revision) =>
    until(() => document.querySelector('kiosk-app')?.getAttribute('revision') === revision),
};
Object.assign(globalThis, { probe });

addEventListener(
  'click',
  (event) => {
    clickedAt = event.timeStamp;
    paintedAt = until(() => true);
  },
  true,
);
new PerformanceObserver((list) => {
  for (const { startTime } of list.getEntries()) probe.lcpMs = startTime;
}).observe({ type: 'largest-contentful-paint', buffered: true });
new PerformanceObserver((list) => {
  for (const { duration } of list.getEntries()) {
    probe.longestTaskMs = Math.max(probe.longestTaskMs, duration);
  }
}).observe({ type: 'longtask', buffered: true });

new PerformanceObserver((list) => {
  for (const entry of list.getEntries()) {
    const { interactionId, duration } = entry as PerformanceEventTiming;
    if (interactionId) {
      probe.tapMs.set(interactionId, Math.max(duration, probe.tapMs.get(interactionId) ?? 0));
    }
  }
}).observe({ type: 'event', durationThreshold: 16, buffered: true } as PerformanceObserverInit);

function until(isDone: () => boolean): Promise<number> {
  return new Promise((resolve) => {
    const look = (): void => {
      if (!isDone()) requestAnimationFrame(look);
      // the task after the frame: it has been handed to the screen
      else requestAnimationFrame(() => setTimeout(() => resolve(performance.now() - clickedAt), 0));
    };
    look();
  });
}

function countButtons(root: ParentNode): number {
  let count = root.querySelectorAll('button').length;
  for (const element of root.querySelectorAll('*')) {
    if (element.shadowRoot) count += countButtons(element.shadowRoot);
  }
  return count;
}
