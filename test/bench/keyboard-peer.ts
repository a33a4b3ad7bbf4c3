// Metrics of `keyboard`: the registry's keyboard for screens with its Chinese layout, asked for the same phrases in the same browser.
import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { brotliCompressSync } from 'node:zlib';
import type { Page } from 'playwright-core';
import { bundled } from './bundled.ts';
import { peerFolder, peerLabel } from './peers.ts';
import { percentile, type Row, ratioRow } from './row.ts';

/** What is held against the peer. */
export interface Measured {
  readonly keyMs: readonly number[];
  /** phrases that come first */
  readonly right: number;
  readonly bytes: number;
}

/** Ours knows 62,000 words and theirs none: how much dearer that may be. */
const mostTimes = { heavier: 30, slower: 60 } as const;
/** A phrase of theirs is right when each syllable's first character is: the best that anybody could do with it. */
const leastTimesRight = 10;

/**
 * @param syllables of each phrase, as they are typed
 * @param page made as slow as for ours
 */
export async function peerRows(
  page: Page,
  phrases: readonly string[],
  syllables: readonly (readonly string[])[],
  ours: Measured,
): Promise<readonly Row[]> {
  const code = await bundled(entry());
  await page.evaluate(code);
  const probed: { keyMs: number[]; firsts: string[] } = await page.evaluate(
    `peerProbe(${JSON.stringify(syllables)})`,
  );
  const right = probed.firsts.filter((first, i) => first === phrases[i]).length;
  const row = {
    row: 'keyboard',
    runs: 1,
    peer: `${peerLabel('simple-keyboard')} with its Chinese layout`,
  } as const;
  return [
    ratioRow({
      ...row,
      metric: 'keyboard, engine and words, bytes brotli ÷ peer of single characters',
      op: '<=',
      goal: mostTimes.heavier,
      ours: ours.bytes,
      against: brotliCompressSync(code).length,
    }),
    ratioRow({
      ...row,
      metric: 'candidates after a key, p95 ms ÷ peer',
      op: '<=',
      goal: mostTimes.slower,
      ours: percentile(ours.keyMs, 95),
      against: percentile(probed.keyMs, 95),
      note: 'the peer looks at one syllable',
    }),
    ratioRow({
      ...row,
      metric: `phrases of ${phrases.length} right without choosing ÷ peer (at least 1)`,
      op: '>=',
      goal: leastTimesRight,
      ours: ours.right,
      against: Math.max(1, right),
      note: `the peer has ${right}, a choice for each syllable`,
    }),
  ];
}

/** @returns a page's script, written where the peer lies */
function entry(): string {
  const file = join(peerFolder('simple-keyboard'), 'probe.js');
  const layout = join(peerFolder('simple-keyboard-layouts'), 'build/layouts/chinese.js');
  const keyboard = join(peerFolder('simple-keyboard'), 'build/index.modern.esm.js');
  writeFileSync(
    file,
    `import Keyboard from ${JSON.stringify(keyboard)};
import chinese from ${JSON.stringify(layout)};
globalThis.peerProbe = (phrases) => {
  const place = document.body.appendChild(document.createElement('div'));
  place.className = 'simple-keyboard';
  const keyboard = new Keyboard(place, { ...chinese });
  const keyMs = [];
  const firsts = phrases.map((syllables) => syllables.map((syllable) => {
    let found = {};
    for (let length = 1; length <= syllable.length; length += 1) {
      const startMs = performance.now();
      found = keyboard.getInputCandidates(syllable.slice(0, length));
      keyMs.push(performance.now() - startMs);
    }
    return found.candidateKey === syllable ? found.candidateValue.split(' ')[0] : '';
  }).join(''));
  return { keyMs, firsts };
};
`,
  );
  return file;
}
