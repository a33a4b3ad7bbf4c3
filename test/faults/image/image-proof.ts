// The image, booted on an emulated board: shows its attract screen, lets nothing in, gives nothing away, and no two boards are alike.
import { copyFileSync, existsSync, mkdirSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { PNG } from 'pngjs';
import { builtImage, hashOfPartition } from '../../simulators/image/built-image.ts';
import { Machine, machineObstacle } from '../../simulators/image/machine.ts';
import type { RunResult } from '../run-result.ts';
import { type BoardCase, boardCases, difference, serves } from './board-cases.ts';
import { searchImage } from './search-image.ts';
import { terminalFiles } from './terminal-files.ts';

interface Told {
  readonly name: string;
  readonly why?: string | undefined;
}

/** A build of some minutes where anything changed, and four starts of a board: ten minutes in software. */
export async function proveImage(): Promise<RunResult> {
  const obstacle = machineObstacle();
  if (obstacle !== undefined) throw new Error(obstacle);
  const told: Told[] = [];
  const say = (line: string): void => void process.stdout.write(`    ${line}\n`);
  const tell = async (name: string, run: () => Promise<void> | void): Promise<void> => {
    const why = await Promise.resolve()
      .then(run)
      .then(() => undefined)
      .catch((error: unknown) => (error instanceof Error ? error.message : String(error)));
    told.push({ name, why });
    say(`${why === undefined ? '✓' : '✗'} ${name}${why === undefined ? '' : `: ${why}`}`);
  };
  const image = await builtImage(say);
  const work = `${image}.proof`;
  rmSync(work, { recursive: true, force: true });
  mkdirSync(work);
  try {
    await searchImage(image, work, tell);
    const card = join(work, 'card.img');
    copyFileSync(image, card);
    const first = await tryBoard(card, tell, say);
    await tell('S29 the system on the card is the same, bit for bit, after it ran', () => {
      if (hashOfPartition(card, 2) !== hashOfPartition(image, 2)) throw new Error('it was written to');
      if (hashOfPartition(card, 3) === hashOfPartition(image, 3))
        throw new Error('control: data are kept nowhere');
    });
    await tell('S2 the same card is the same board after a power cut, another card is another', async () => {
      const again = await machineId(card);
      const other = await machineId(image);
      if (again !== first) throw new Error(`${first} became ${again}`);
      if (other === first) throw new Error(`both are ${first}`);
    });
  } finally {
    rmSync(work, { recursive: true, force: true });
  }
  return result(told);
}

/** @returns its machine-id */
async function tryBoard(
  card: string,
  tell: (name: string, run: () => Promise<void> | void) => Promise<void>,
  say: (line: string) => void,
): Promise<string> {
  const startedMs = performance.now();
  // no clock on the board: it starts in 1970
  const machine = await Machine.start({
    image: card,
    keeps: true,
    before: terminalFiles(),
    clock: '1970-01-02T00:00:00',
  });
  try {
    say(
      `the system answers after ${Math.round((performance.now() - startedMs) / 1_000)} s (${Machine.processor})`,
    );
    await tell('the terminal serves and the screen shows its attract page', async () => {
      await machine.until(serves);
      const colours = await paintedColours(machine);
      say(`painted after ${Math.round((performance.now() - startedMs) / 1_000)} s, ${colours} colours`);
      writeFileSync(join('dist', 'image-screen.png'), PNG.sync.write(await standingPicture(machine)));
    });
    for (const { name, run } of boardCases as readonly BoardCase[]) await tell(name, () => run(machine));
    return (await machine.run('cat /etc/machine-id')).trim();
  } finally {
    await machine.cut();
  }
}

/**
 * The attract page is a picture: thousands of colours, none of which fills it. White, a console, an error and the page that waits for
 * the terminal are nearly of one.
 */
async function paintedColours(machine: Machine): Promise<number> {
  const endsAt = performance.now() + 900_000;
  for (;;) {
    const { data } = await machine.screen();
    const pixels = new Map<number, number>();
    for (let at = 0; at < data.length; at += 4) {
      const colour = data.readUIntBE(at, 3);
      pixels.set(colour, (pixels.get(colour) ?? 0) + 1);
    }
    const share = Math.max(...pixels.values()) / (data.length / 4);
    if (pixels.size > 1_000 && share < 0.9) return pixels.size;
    if (performance.now() > endsAt)
      throw new Error(`only ${pixels.size} colours, one on ${(share * 100).toFixed(1)} % of the screen`);
    await machine.run('sleep 3');
  }
}

/** What is loaded when the page is idle comes after the first paint; a picture that lasts has it all. */
async function standingPicture(machine: Machine): Promise<PNG> {
  const endsAt = performance.now() + 300_000;
  for (let before = await machine.screen(); ; ) {
    await machine.run('sleep 15');
    const now = await machine.screen();
    if (difference(before, now) < 0.01) return now;
    if (performance.now() > endsAt) throw new Error('the screen does not stand still');
    before = now;
  }
}

async function machineId(image: string): Promise<string> {
  const machine = await Machine.start({ image });
  try {
    const [inEtc = '', inDbus = ''] = (
      await machine.run('cat /etc/machine-id /var/lib/dbus/machine-id')
    ).split('\n');
    if (!/^[0-9a-f]{32}$/.test(inEtc) || inEtc !== inDbus) throw new Error(`${inEtc}, ${inDbus}`);
    return inEtc;
  } finally {
    await machine.cut();
  }
}

function result(told: readonly Told[]): RunResult {
  const good = told.filter(({ why }) => why === undefined).length;
  return {
    fault: 'image',
    ok: told.length > 0 && good === told.length,
    headline: 'image',
    outcomes: [{ who: 'ours', note: `${good} of ${told.length} cases` }],
    details: [
      ...told.filter(({ why }) => why !== undefined).map(({ name, why }) => `✗ ${name}: ${why}`),
      `the board's processor: ${Machine.processor}`,
      ...(existsSync('dist/image-screen.png') ? ['what the board showed: dist/image-screen.png'] : []),
    ],
    figures: { processor: Machine.processor, cases: told },
  };
}
