// Row `keyboard`: what a person waits for who writes Chinese by taps, what the words weigh, and how often they are right.
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { brotliCompressSync } from 'node:zlib';
import { pinyin } from 'pinyin-pro';
import { rootFolder } from '../ui/gallery-server.ts';
import { homePhrases } from '../ui/ime/home-phrases.ts';
import { openBrowser } from '../ui/kiosk-page.ts';
import { bundled } from './bundled.ts';
import { peerRows } from './keyboard-peer.ts';
import { percentile, type Row, type RowOptions, ratioRow } from './row.ts';

/** Of experience.md: F5 and P1. */
const budget = { candidatesMs: 30, packBytes: 600_000 };
const throttle = 4;

interface Probed {
  readonly keyMs: readonly number[];
  readonly readyMs: number;
  readonly firsts: readonly string[];
  readonly bareFirsts: readonly string[];
  readonly peers: readonly Row[];
}

export async function keyboardRow({ isQuick }: RowOptions): Promise<Row[]> {
  const phrases = isQuick ? homePhrases.slice(0, 20) : homePhrases;
  const { keyMs, readyMs, firsts, bareFirsts, peers } = await probe(phrases);
  const right = (of: readonly string[]) => countRight(of, phrases);
  const row = { row: 'keyboard', op: '<=', goal: 1, peer: 'budget', runs: 1 } as const;
  return [
    ratioRow({
      ...row,
      metric: `candidates after a key at ${throttle}×, p95 ms ÷ budget`,
      ours: percentile(keyMs, 95),
      against: budget.candidatesMs,
      note: `${keyMs.length} keys; words ready after ${Math.round(readyMs)} ms`,
    }),
    ratioRow({
      ...row,
      metric: 'worker and words, bytes brotli ÷ budget',
      ours: packBytes(),
      against: budget.packBytes,
    }),
    ratioRow({
      ...row,
      op: '>=',
      metric: `phrases of ${phrases.length} that come first ÷ without words of homes`,
      ours: right(firsts),
      against: right(bareFirsts),
      peer: 'jieba words alone',
    }),
    ...peers,
  ];
}

/** On the page's thread: the browser slows no worker down. */
async function probe(phrases: readonly string[]): Promise<Probed> {
  const code = await bundled(join(rootFolder, 'test/ui/page/ime-probe.ts'));
  const words = readFileSync(join(rootFolder, 'ui/ime/words.txt'), 'utf8');
  const syllables = phrases.map((phrase) => pinyin(phrase, { toneType: 'none', v: true, type: 'array' }));
  const keys = syllables.map((each) => each.join(''));
  const browser = await openBrowser();
  try {
    const page = await browser.newPage();
    const session = await page.context().newCDPSession(page);
    await session.send('Emulation.setCPUThrottlingRate', { rate: throttle });
    await page.evaluate(code);
    const probed: Omit<Probed, 'peers'> = await page.evaluate(
      `imeProbe(${JSON.stringify(words)}, ${JSON.stringify(keys)})`,
    );
    const { keyMs, firsts } = probed;
    const ours = {
      keyMs,
      right: countRight(firsts, phrases),
      bytes: packBytes(/^(words|ime-worker|k-keyboard)-/),
    };
    return { ...probed, peers: await peerRows(page, phrases, syllables, ours) };
  } finally {
    await browser.close();
  }
}

function countRight(firsts: readonly string[], phrases: readonly string[]): number {
  return firsts.filter((first, i) => first === phrases[i]).length;
}

/** The traditional table is fetched by those alone who write it, and counts as well. */
function packBytes(names = /^(words|hant|ime-worker)-/): number {
  const folder = join(rootFolder, 'dist/ui/kiosk/assets');
  return readdirSync(folder)
    .filter((name) => names.test(name))
    .reduce((sum, name) => sum + brotliCompressSync(readFileSync(join(folder, name))).length, 0);
}
