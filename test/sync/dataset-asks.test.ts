// When a terminal asks for datasets, and when not.
import { describe, expect, it } from 'vitest';
import type { DatasetVersions } from '../../sync/contract/datasets.ts';
import { DatasetAsks, type DatasetAsksInput } from '../../sync/dataset-asks.ts';

const none: DatasetVersions = { board: 0, members: 0, events: 0, library: 0, requests: 0 };

function setUp() {
  const asks = new DatasetAsks(1_000, none);
  const asked: DatasetVersions[] = [];
  let nowMs = 0;
  const feed = (input: DatasetAsksInput): void => {
    const have = asks.step(input, nowMs);
    if (have) asked.push(have);
  };
  const wait = (ms: number): void => {
    nowMs += ms;
    feed({ kind: 'tick' });
  };
  return { asked, feed, wait };
}

describe('DatasetAsks', () => {
  it('CO6 asks on connect, on news, again when nothing comes, and not when nothing is new', () => {
    const { feed, wait, asked } = setUp();
    const asks = () => asked.splice(0);
    feed({ kind: 'up' });
    expect(asks()).toEqual([none]);
    feed({ kind: 'manifest', versions: none });
    wait(5_000);
    expect(asks()).toEqual([]);
    feed({ kind: 'manifest', versions: { ...none, board: 2 } });
    feed({ kind: 'manifest', versions: { ...none, board: 2 } });
    expect(asks()).toEqual([none]);
    wait(1_000);
    expect(asks()).toEqual([none]);
    feed({ kind: 'part', dataset: 'board', outcome: 'progress', versions: none });
    wait(999);
    expect(asks()).toEqual([]);
    feed({ kind: 'part', dataset: 'board', outcome: 'progress', versions: { ...none, board: 2 } });
    wait(100_000);
    expect(asks()).toEqual([]);
  });

  it('CO7 a change that was refused is asked for as a whole, more and more seldom', () => {
    const { feed, wait, asked } = setUp();
    const have = { ...none, board: 4, events: 2 };
    feed({ kind: 'up' });
    feed({ kind: 'part', dataset: 'board', outcome: 'progress', versions: have });
    feed({ kind: 'manifest', versions: { ...have, board: 5 } });
    asked.splice(0);
    const refuse = () => feed({ kind: 'part', dataset: 'board', outcome: 'refused', versions: have });
    refuse();
    let count = 0;
    for (let second = 0; second < 120; second += 1) {
      wait(1_000);
      for (const output of asked.splice(0)) {
        expect(output).toEqual({ ...have, board: 0 });
        count += 1;
        refuse();
      }
    }
    expect(count).toBeGreaterThan(3);
    expect(count).toBeLessThan(9);
  });
});
