// Row `keyboard`: what a person waits for who writes Chinese by taps, what the words weigh, and how often they are right.
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { brotliCompressSync } from 'node:zlib';
import { pinyin } from 'pinyin-pro';
import { build } from 'vite';
import { rootFolder } from '../ui/gallery-server.ts';
import { homePhrases } from '../ui/ime/home-phrases.ts';
import { openBrowser } from '../ui/kiosk-page.ts';
import { percentile, type Row, type RowOptions, ratioRow } from './row.ts';

/** Of experience.md: F5 and P1. */
const budget = { candidatesMs: 30, packBytes: 600_000 };
const throttle = 4;

interface Probed {
  readonly keyMs: readonly number[];
  readonly readyMs: number;
  readonly firsts: readonly string[];
  readonly bareFirsts: readonly string[];
}

export async function keyboardRow({ isQuick }: RowOptions): Promise<Row[]> {
  const phrases = isQuick ? homePhrases.slice(0, 20) : homePhrases;
  const { keyMs, readyMs, firsts, bareFirsts } = await probe(phrases);
  const right = (of: readonly string[]) => of.filter((first, i) => first === phrases[i]).length;
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
  ];
}

/** On the page's thread: the browser slows no worker down. */
async function probe(phrases: readonly string[]): Promise<Probed> {
  const built = await build({
    configFile: false,
    logLevel: 'error',
    build: {
      write: false,
      target: 'chrome120',
      lib: { entry: join(rootFolder, 'test/ui/page/ime-probe.ts'), formats: ['iife'], name: 'probe' },
    },
  });
  const [output] = Array.isArray(built) ? built : [built];
  const code = output && 'output' in output ? output.output[0].code : '';
  const words = readFileSync(join(rootFolder, 'ui/ime/words.txt'), 'utf8');
  const keys = phrases.map((phrase) => pinyin(phrase, { toneType: 'none', v: true, type: 'array' }).join(''));
  const browser = await openBrowser();
  try {
    const page = await browser.newPage();
    const session = await page.context().newCDPSession(page);
    await session.send('Emulation.setCPUThrottlingRate', { rate: throttle });
    await page.evaluate(code);
    return await page.evaluate(`imeProbe(${JSON.stringify(words)}, ${JSON.stringify(keys)})`);
  } finally {
    await browser.close();
  }
}

function packBytes(): number {
  const folder = join(rootFolder, 'dist/ui/kiosk/assets');
  return readdirSync(folder)
    .filter((name) => /^(words|ime-worker)-/.test(name))
    .reduce((sum, name) => sum + brotliCompressSync(readFileSync(join(folder, name))).length, 0);
}
