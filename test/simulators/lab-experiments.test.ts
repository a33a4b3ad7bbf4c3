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
  reader: {
    model: 'rdm6300',
    isConnected: true,
    isPlugged: true,
    isSilent: false,
    swipes: 0,
    lastCard: null,
  },
  printer: {
    model: 'epson-tm-t82iii',
    isPlugged: true,
    hasPaper: true,
    isPaperLow: false,
    isCoverOpen: false,
    isOffline: false,
    isCutterJammed: false,
    isHot: false,
    isDeaf: false,
    proofs: 'sound',
    nextSlip: 'none',
  },
  isNetworkCut: false,
  isTerminalRunning: true,
  isFitting: false,
  panel: {
    isPresent: false,
    isOpen: false,
    isPlugged: true,
    fault: 'none',
    light: { red: 0, green: 0, blue: 0 },
    isBuzzing: false,
  },
  slips: 0,
  links: { kiosk: '', headquarters: '' },
};
const swipedOnce = { ...calm.reader, swipes: 1, lastCard: 'a' };

describe('events between two states', () => {
  it('tell a member apart from a blocked card', () => {
    const next = { ...calm, reader: swipedOnce };
    expect(eventsBetween(calm, next, () => 'active')).toEqual(['swiped']);
    expect(eventsBetween(calm, next, () => 'blocked')).toEqual(['swiped-blocked']);
    expect(eventsBetween(calm, next, () => 'lost')).toEqual([]);
  });

  it('do not count a card to which nobody listened', () => {
    const deaf: LabState = { ...calm, reader: { ...calm.reader, isConnected: false } };
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

  it('name a roll that will end in a slip, and a reader that is pulled and put back', () => {
    const short: LabState = { ...calm, printer: { ...calm.printer, nextSlip: 'paper-out' } };
    expect(eventsBetween(calm, short, () => undefined)).toEqual(['roll-is-short']);
    expect(eventsBetween(short, calm, () => undefined)).toEqual([]);
    const loose: LabState = { ...calm, reader: { ...calm.reader, isPlugged: false, isConnected: false } };
    expect(eventsBetween(calm, loose, () => undefined)).toEqual(['reader-unplugged']);
    expect(eventsBetween(loose, calm, () => undefined)).toEqual(['reader-plugged']);
  });

  it('do not take a restart with another device for a power cut', () => {
    const fitting: LabState = { ...calm, isFitting: true, isTerminalRunning: false };
    expect(eventsBetween(calm, fitting, () => undefined)).toEqual([]);
    expect(eventsBetween(fitting, calm, () => undefined)).toEqual([]);
  });
});
