// When a terminal asks for datasets, and for what.
import { describe, expect, it } from 'vitest';
import {
  type DatasetName,
  type DatasetVersions,
  datasetNames,
  type Manifest,
} from '../../sync/contract/datasets.ts';
import { DatasetAsks, type DatasetAsksInput, type DatasetWish } from '../../sync/dataset-asks.ts';

const none = Object.fromEntries(datasetNames.map((name) => [name, 0])) as DatasetVersions;
const at = (second: number) => new Date(Date.UTC(2026, 2, 1) + second * 1_000).toISOString();
const rootOf = (version: number, rows = 'a') => rows.repeat(8) + String(version).padStart(56, '0');

function manifest(versions: DatasetVersions, second = 10, rows = 'a'): Manifest {
  const roots = Object.fromEntries(datasetNames.map((name) => [name, rootOf(versions[name], rows)]));
  return { v: 1, at: at(second), versions, roots: roots as Manifest['roots'] };
}

function setUp() {
  const here = {
    versions: none as DatasetVersions,
    rows: 'a',
    coming: undefined as { dataset: DatasetName; to: number } | undefined,
    missing: [] as string[],
  };
  const asks = new DatasetAsks(1_000, {
    head: (name) => ({
      version: here.versions[name],
      root: rootOf(here.versions[name], here.rows),
      at: at(0),
    }),
    coming: (name) => (here.coming?.dataset === name ? here.coming : undefined),
    missing: () => here.missing,
  });
  const said: DatasetWish[] = [];
  let nowMs = 0;
  const feed = (input: DatasetAsksInput): void => void said.push(...asks.step(input, nowMs));
  const wait = (ms: number): void => {
    nowMs += ms;
    feed({ kind: 'tick' });
  };
  return { here, feed, wait, asked: () => said.splice(0), asks };
}
const changes = (have: DatasetVersions): DatasetWish => ({ v: 1, kind: 'changes', have });

describe('DatasetAsks', () => {
  it('CO6 asks on connect, on news, again when nothing comes, and not when nothing is new', () => {
    const { here, feed, wait, asked } = setUp();
    feed({ kind: 'up' });
    expect(asked()).toEqual([changes(none)]);
    feed({ kind: 'manifest', manifest: manifest(none) });
    wait(5_000);
    expect(asked()).toEqual([]);
    feed({ kind: 'manifest', manifest: manifest({ ...none, board: 2 }, 20) });
    feed({ kind: 'manifest', manifest: manifest({ ...none, board: 2 }, 30) });
    expect(asked()).toEqual([changes(none)]);
    wait(1_000);
    expect(asked()).toEqual([changes(none)]);
    here.coming = { dataset: 'board', to: 2 };
    feed({ kind: 'change', dataset: 'board', isRefused: false });
    wait(60_000);
    expect(asked()).toEqual([]);
    here.coming = undefined;
    here.versions = { ...none, board: 2 };
    feed({ kind: 'change', dataset: 'board', isRefused: false });
    wait(100_000);
    expect(asked()).toEqual([]);
  });

  it('CO7 a change that was refused is asked for as a whole, more and more seldom', () => {
    const { here, feed, wait, asked } = setUp();
    here.versions = { ...none, board: 4, events: 2 };
    feed({ kind: 'up' });
    feed({ kind: 'manifest', manifest: manifest({ ...here.versions, board: 5 }) });
    asked();
    feed({ kind: 'change', dataset: 'board', isRefused: true });
    let count = 0;
    for (let second = 0; second < 120; second += 1) {
      wait(1_000);
      for (const wish of asked()) {
        expect(wish).toEqual(changes({ ...here.versions, board: 0 }));
        count += 1;
        feed({ kind: 'change', dataset: 'board', isRefused: true });
      }
    }
    expect(count).toBeGreaterThan(3);
    expect(count).toBeLessThan(9);
  });

  it('DS2 an older manifest is ignored, unless headquarters knows something newer by a clock that went back', () => {
    const { feed, asked } = setUp();
    feed({ kind: 'up' });
    feed({ kind: 'manifest', manifest: manifest({ ...none, board: 5 }, 100) });
    asked();
    feed({ kind: 'manifest', manifest: manifest({ ...none, board: 4 }, 50) });
    expect(asked()).toEqual([]);
    feed({ kind: 'manifest', manifest: manifest({ ...none, board: 6 }, 60) });
    expect(asked()).toEqual([changes(none)]);
  });

  it('DS2 the lower version of a headquarters that was restored is asked for, by its later word only', () => {
    const { here, feed, asked } = setUp();
    here.versions = { ...none, board: 9 };
    feed({ kind: 'up' });
    asked();
    feed({ kind: 'manifest', manifest: manifest({ ...none, board: 4 }, -5) });
    expect(asked()).toEqual([]);
    feed({ kind: 'manifest', manifest: manifest({ ...none, board: 3 }, 5) });
    expect(asked()).toEqual([changes(here.versions)]);
  });

  it('DS12 rows that drifted are asked for by their buckets, a few times, and then as a whole', () => {
    const { here, feed, wait, asked } = setUp();
    here.versions = { ...none, board: 5 };
    here.rows = 'b';
    feed({ kind: 'up' });
    asked();
    feed({ kind: 'manifest', manifest: { ...manifest(here.versions), roots: mixed(here.versions) } });
    const wishes: DatasetWish[] = [];
    for (let second = 0; second < 60; second += 1) {
      wait(1_000);
      wishes.push(...asked());
    }
    expect(wishes.slice(0, 3)).toEqual(Array(3).fill({ kind: 'repair', dataset: 'board' }));
    expect(wishes[3]).toEqual(changes({ ...here.versions, board: 0 }));
  });

  it('DS6 chunks are asked for in order, sixteen at a time, and again when they do not come', () => {
    const { here, feed, wait, asked } = setUp();
    const hash = (n: number) => String(n).padStart(64, '0');
    here.missing = Array.from({ length: 40 }, (_, n) => hash(n));
    here.coming = { dataset: 'board', to: 2 };
    feed({ kind: 'up' });
    const chunks = () => asked().flatMap((wish) => (wish.kind === 'chunks' ? wish.chunks : []));
    expect(chunks()).toEqual(here.missing.slice(0, 16));
    for (let n = 0; n < 7; n += 1) {
      here.missing.shift();
      feed({ kind: 'chunk' });
    }
    expect(chunks()).toEqual([]);
    here.missing.shift();
    feed({ kind: 'chunk' });
    expect(chunks()).toEqual(Array.from({ length: 8 }, (_, n) => hash(16 + n)));
    wait(999);
    expect(chunks()).toEqual([]);
    wait(1);
    expect(chunks()).toEqual(here.missing.slice(0, 16));
  });

  it('DS6 chunks that headquarters has no more are followed by an ask for what leads to them now', () => {
    const { here, feed, wait, asked } = setUp();
    here.missing = ['f'.repeat(64)];
    here.versions = { ...none, board: 1 };
    here.coming = { dataset: 'board', to: 2 };
    feed({ kind: 'up' });
    asked();
    const wishes: DatasetWish[] = [];
    for (let second = 0; second < 8; second += 1) {
      wait(1_000);
      wishes.push(...asked());
    }
    expect(wishes.map(({ kind }) => kind)).toEqual(['chunks', 'chunks', 'changes', 'chunks']);
    expect(wishes[2]).toEqual(changes(here.versions));
  });
});

/** Only the board is other than here. */
function mixed(versions: DatasetVersions): Manifest['roots'] {
  const roots = datasetNames.map((name) => [name, rootOf(versions[name], name === 'board' ? 'a' : 'b')]);
  return Object.fromEntries(roots) as Manifest['roots'];
}
