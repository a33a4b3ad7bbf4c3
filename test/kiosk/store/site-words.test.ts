// What the screen's keyboard is told of a site: places and parts of homes, anew when a dataset changes.
import { afterEach, beforeEach, expect, it } from 'vitest';
import { siteWordsOf } from '../../../kiosk/store/site-words.ts';
import type { TerminalStore } from '../../../kiosk/store/terminal-store.ts';
import { boardKeys } from '../../../sync/contract/board.ts';
import { give, openSmallWorld } from '../small-world.ts';

let store: TerminalStore;
beforeEach(async () => {
  store = await openSmallWorld();
});
afterEach(() => store.close());

it('F5 tells names of communities and parts of homes, each once, and gathers them once a version', () => {
  const siteWords = siteWordsOf(store);
  const { version, words } = siteWords();
  expect(words.some((word) => word.includes('花城'))).toBe(true);
  expect(new Set(words).size).toBe(words.length);
  expect(version).toBe(`${store.replica.head('board').root}-${store.replica.head('library').root}`);
  expect(siteWords().words).toBe(words);
});

it('tells a name that headquarters gave since, and takes the version of its dataset', () => {
  const siteWords = siteWordsOf(store);
  const before = siteWords();
  const row = store.replica.list('board', boardKeys.projects)[0];
  if (row?.kind !== 'project') throw new Error('the small world has no project');
  give(store, 'board', [[boardKeys.project(row.id), { ...row, name: { ...row.name, zh: '云栖新苑' } }]], 1);
  expect(siteWords().words).toContain('云栖新苑');
  expect(siteWords().version).not.toBe(before.version);
});
