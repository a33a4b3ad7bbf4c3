// The guided experiments: order of steps, and events read from two states.
import { describe, expect, it } from 'vitest';
import type { LabState } from './lab/lab-view.ts';
import {
  advance,
  eventsBetween,
  isDone,
  type LabEvent,
  noProgress,
  type Progress,
} from './lab-page/experiments.ts';

const progressAfter = (...events: LabEvent[]): Progress => events.reduce(advance, noProgress);

describe('experiments', () => {
  it('tick themselves off when their steps were done in order', () => {
    const progress = progressAfter('network-cut', 'swiped', 'slip-printed', 'network-restored');
    expect(isDone(progress, 'offline')).toBe(true);
    expect(isDone(progress, 'swipe')).toBe(true);
    expect(isDone(progress, 'power')).toBe(false);
  });

  it('begin again when a step comes before its turn', () => {
    expect(progressAfter('network-cut', 'network-restored').offline).toBe(0);
    expect(progressAfter('paper-out', 'paper-in', 'slip-printed').paper).toBe(0);
  });

  it('stay where they are when a step is repeated, and stay done', () => {
    expect(progressAfter('swiped', 'terminal-killed', 'swiped').power).toBe(2);
    const done = progressAfter('swiped', 'terminal-killed', 'terminal-started');
    expect(advance(done, 'terminal-started')).toEqual(done);
  });
});

const calm: LabState = {
  reader: { isConnected: true, swipes: 0, lastCard: null },
  printer: { hasPaper: true, isPaperLow: false, isCoverOpen: false, isOffline: false },
  isNetworkCut: false,
  isTerminalRunning: true,
  panel: { isPresent: false, isOpen: false },
  slips: 0,
  links: { kiosk: '', headquarters: '' },
};
const swipedOnce = { isConnected: true, swipes: 1, lastCard: 'a' };

describe('events between two states', () => {
  it('tell a member apart from a blocked card', () => {
    const next = { ...calm, reader: swipedOnce };
    expect(eventsBetween(calm, next, () => 'active')).toEqual(['swiped']);
    expect(eventsBetween(calm, next, () => 'blocked')).toEqual(['swiped-blocked']);
    expect(eventsBetween(calm, next, () => 'lost')).toEqual([]);
  });

  it('do not count a card to which nobody listened', () => {
    const deaf = { ...calm, reader: { ...calm.reader, isConnected: false } };
    expect(eventsBetween(deaf, { ...deaf, reader: swipedOnce }, () => 'active')).toEqual([]);
  });

  it('name each change of network, terminal, paper and slips', () => {
    const next: LabState = {
      ...calm,
      isNetworkCut: true,
      isTerminalRunning: false,
      printer: { ...calm.printer, hasPaper: false },
      slips: 1,
    };
    const there: LabEvent[] = ['network-cut', 'terminal-killed', 'paper-out', 'slip-printed'];
    expect(eventsBetween(calm, next, () => undefined)).toEqual(there);
    const back: LabEvent[] = ['network-restored', 'terminal-started', 'paper-in'];
    expect(eventsBetween(next, calm, () => undefined)).toEqual(back);
  });
});
