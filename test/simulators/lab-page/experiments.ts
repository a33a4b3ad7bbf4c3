// Guided experiments: which steps each has, and how far the visitor of the lab came.
import type { LabState } from '../lab/lab-view.ts';

/** What happened on the bench. */
export type LabEvent =
  | 'swiped'
  | 'swiped-blocked'
  | 'slip-printed'
  | 'network-cut'
  | 'network-restored'
  | 'terminal-killed'
  | 'terminal-started'
  | 'paper-out'
  | 'paper-in'
  /** the roll will end in the middle of the next slip */
  | 'roll-is-short'
  | 'reader-unplugged'
  | 'reader-plugged';

export const experiments = {
  swipe: ['swiped', 'slip-printed'],
  offline: ['network-cut', 'swiped', 'network-restored'],
  power: ['swiped', 'terminal-killed', 'terminal-started'],
  paper: ['paper-out', 'swiped', 'paper-in', 'slip-printed'],
  shortRoll: ['roll-is-short', 'swiped', 'paper-out', 'paper-in', 'slip-printed'],
  looseReader: ['reader-unplugged', 'reader-plugged', 'swiped'],
  blocked: ['swiped-blocked'],
} as const satisfies Readonly<Record<string, readonly LabEvent[]>>;

/** Where the first step of an experiment is: on the sheet of a device. */
export const beginsAt: Readonly<Partial<Record<keyof typeof experiments, 'reader' | 'printer'>>> = {
  shortRoll: 'printer',
  looseReader: 'reader',
};

export type ExperimentId = keyof typeof experiments;
/** Steps done of each experiment. */
export type Progress = Readonly<Record<ExperimentId, number>>;

export const experimentIds = Object.keys(experiments) as ExperimentId[];
export const noProgress: Progress = {
  swipe: 0,
  offline: 0,
  power: 0,
  paper: 0,
  shortRoll: 0,
  looseReader: 0,
  blocked: 0,
};

export function isDone(progress: Progress, id: ExperimentId): boolean {
  return progress[id] === experiments[id].length;
}

/** A step that comes before its turn begins the experiment again; one that was done already changes nothing. */
export function advance(progress: Progress, event: LabEvent): Progress {
  const next = { ...progress };
  for (const id of experimentIds) {
    const steps: readonly LabEvent[] = experiments[id];
    const at = steps.indexOf(event);
    if (at < 0 || isDone(progress, id)) continue;
    if (at === progress[id]) next[id] = at + 1;
    else if (at > progress[id]) next[id] = 0;
  }
  return next;
}

/** @param cardState state of a card of the deck by its name */
export function eventsBetween(
  before: LabState,
  after: LabState,
  cardState: (name: string) => string | undefined,
): LabEvent[] {
  const events: LabEvent[] = [];
  if (before.printer.nextSlip !== 'paper-out' && after.printer.nextSlip === 'paper-out') {
    events.push('roll-is-short');
  }
  if (before.reader.isPlugged !== after.reader.isPlugged) {
    events.push(after.reader.isPlugged ? 'reader-plugged' : 'reader-unplugged');
  }
  // a card on a reader to which nobody listens is no swipe
  if (after.reader.swipes > before.reader.swipes && before.reader.isConnected) {
    const state = cardState(after.reader.lastCard ?? '');
    if (state === 'active') events.push('swiped');
    if (state === 'blocked') events.push('swiped-blocked');
  }
  if (before.isNetworkCut !== after.isNetworkCut) {
    events.push(after.isNetworkCut ? 'network-cut' : 'network-restored');
  }
  // a restart with another device is nobody's power cut
  const isFitting = before.isFitting || after.isFitting;
  if (!isFitting && before.isTerminalRunning !== after.isTerminalRunning) {
    events.push(after.isTerminalRunning ? 'terminal-started' : 'terminal-killed');
  }
  if (before.printer.hasPaper !== after.printer.hasPaper) {
    events.push(after.printer.hasPaper ? 'paper-in' : 'paper-out');
  }
  if (after.slips > before.slips) events.push('slip-printed');
  return events;
}
