// Every deed that headquarters puts on record has its words on the audit page, in both languages.
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { expect, it } from 'vitest';
import { accountTexts } from '../../../ui/console/pages/account-words.ts';

const folder = fileURLToPath(new URL('../../../sync/headquarters', import.meta.url));

/** Where no code stands but how it is made: which codes that is, by file, as it is written there. */
const made: Readonly<Record<string, readonly string[]>> = {
  'club/member-desk.ts `card-${act}`': ['card-block', 'card-unblock', 'card-lost', 'card-expire'],
  'club/member-lists.ts what': ['list-viewed', 'list-exported'],
  'fleet/enrolment.ts what': ['terminal-enrolled', 'certificate-renewed'],
  'fleet/rollouts.ts what': [
    'rollout-approved',
    'rollout-promoted',
    'rollout-halted',
    'rollout-resumed',
    'rollout-rolled-back',
  ],
  'photos/photo-routes.ts what': ['photo-viewed'],
  'reports/rectifications.ts `rectification-${what}`': [
    'rectification-answered',
    'rectification-followed',
    'rectification-filed',
  ],
  'sales/approval.ts `board-${decision}`': ['board-approved', 'board-rejected'],
  'sales/hand-over.ts `hand-over-${deed}`': ['hand-over-withdraw', 'hand-over-absent', 'hand-over-readmit'],
  'sales/purchases.ts `purchase-${kind}`': ['purchase-moved', 'purchase-moved-back', 'purchase-paid'],
  'service/ladder-keeper.ts `request-${what}`': ['request-paused', 'request-resumed'],
  'service/looks.ts what': ['request-viewed', 'call-backs-viewed'],
  'service/requests.ts `request-${what}`': [
    'request-moved',
    'request-replied',
    'request-consented',
    'request-invalidated',
    'request-withdrawn',
    'request-reopened',
    'request-split',
    'request-task-moved',
    'request-followed',
    'request-taken-back',
  ],
};

const files = readdirSync(folder, { recursive: true, encoding: 'utf8' })
  .filter((file) => file.endsWith('.ts'))
  .map((file) => file.replaceAll('\\', '/'))
  .sort();
const calls = files.flatMap((file) => deedsOf(file).map((deed) => ({ file, deed })));

it.each(['zh', 'en'] as const)('S57 each deed on record has its words in %s', (language) => {
  const { whats } = accountTexts[language];
  const wordless = calls
    .flatMap(({ file, deed }) => codesOf(file, deed))
    .filter((code) => (whats[code] ?? '').trim() === '');
  expect(calls.length).toBeGreaterThan(80);
  expect([...new Set(wordless)]).toEqual([]);
});

it('knows no way of making codes that headquarters has given up', () => {
  const used = new Set(calls.map(({ file, deed }) => `${file} ${deed}`));
  expect(Object.keys(made).filter((each) => !used.has(each))).toEqual([]);
});

/** @throws when a code is made in a way that `made` does not know */
function codesOf(file: string, deed: string): readonly string[] {
  const known = made[`${file} ${deed}`];
  if (known) return known;
  const codes = [...deed.matchAll(/'([a-z-]+)'/g)].flatMap(([, code]) => code ?? []);
  // of a condition only what stands behind its question mark
  const chosen = deed.includes('?') ? codes.slice(-2) : codes;
  if (chosen.length === 0) throw new Error(`say in \`made\` which codes "${file} ${deed}" is`);
  return chosen;
}

/** @returns what is given as the deed of each call: the third word of `audit.note(tx, actor, what …)` */
function deedsOf(file: string): readonly string[] {
  const text = readFileSync(join(folder, file), 'utf8');
  return [...text.matchAll(/audit\.note\(/g)].map(({ index, 0: call }) => {
    const words = splitWords(text.slice(index + call.length));
    return words[2] ?? '';
  });
}

/** The words of a call up to its end, at its own depth. */
function splitWords(text: string): readonly string[] {
  const words = [''];
  let depth = 0;
  for (const letter of text) {
    if (letter === ')' && depth === 0) break;
    if ('([{'.includes(letter)) depth += 1;
    if (')]}'.includes(letter)) depth -= 1;
    if (letter === ',' && depth === 0) words.push('');
    else words[words.length - 1] += letter;
  }
  return words.map((word) => word.trim());
}
