// F22: who steals the terminal's card reads no words of anybody in its files: not in the database, its journal, nor anything beside.
import { readdirSync, readFileSync, statSync } from 'node:fs';
import { join } from 'node:path';
import { expect, it, onTestFinished } from 'vitest';
import { scratchFolder } from '../sync/scratch.ts';
import { enterPin, kioskBench } from './kiosk-bench.ts';
import { cards, openSmallStore, openSmallWorld, pin } from './small-world.ts';

const ownWords = '卧室窗台漏水，请找王小明 13800138000';

function filesBelow(folder: string): string[] {
  return readdirSync(folder).flatMap((name) => {
    const path = join(folder, name);
    return statSync(path).isDirectory() ? filesBelow(path) : [path];
  });
}

/** In every coding that a program here could have left it in. */
function codings(secret: string): Buffer[] {
  const utf8 = Buffer.from(secret);
  return [
    utf8,
    Buffer.from(secret, 'utf16le'),
    Buffer.from(JSON.stringify(secret).slice(1, -1)),
    Buffer.from(utf8.toString('base64').replace(/=+$/, '').slice(0, -2)),
    Buffer.from(utf8.toString('hex')),
  ];
}

function foundIn(folder: string, secrets: readonly string[]): string[] {
  const found: string[] = [];
  for (const file of filesBelow(folder)) {
    const bytes = readFileSync(file);
    for (const secret of secrets) {
      if (codings(secret).some((coding) => bytes.includes(coding))) found.push(`${secret} in ${file}`);
    }
  }
  return found;
}

it('OB9 F22 a check-in, a report in own words and their slips leave no words and no card number on the disk', async () => {
  const folder = scratchFolder();
  const store = await openSmallWorld(folder);
  onTestFinished(() => store.close());
  const b = kioskBench(store);
  b.swipe(cards.listed);
  b.expect('checked-in');
  b.touch({ kind: 'end' });
  b.clock = new Date(b.clock.getTime() + 5_000);
  b.touch({ kind: 'open', purpose: 'report' });
  b.swipe(cards.listed);
  await enterPin(b, pin);
  for (const id of ['bath', 'ceiling', 'leak']) b.touch({ kind: 'choose', id });
  b.touch({ kind: 'describe', text: ownWords });
  b.touch({ kind: 'submit' });
  const { number } = b.expect('request-filed');

  const secrets = [ownWords, '王小明', '13800138000', cards.listed, pin];
  expect(foundIn(folder, secrets)).toEqual([]);
  // the search finds what is there
  expect(foundIn(folder, [number])).not.toEqual([]);

  // headquarters and the paper have the words, and the owner sees them until the terminal forgets
  expect(b.facts().at(-1)).toMatchObject({ body: { tasks: [{ text: ownWords }] } });
  const slips = [store.printJobs.nextQueued(new Set())];
  const first = slips[0]?.id;
  if (first) slips.push(store.printJobs.nextQueued(new Set([first])));
  expect(JSON.stringify(slips)).toContain('王小明');
  b.touch({ kind: 'open', purpose: 'requests' });
  const [request] = b.expect('requests').requests;
  b.touch({ kind: 'choose', id: request?.id ?? '' });
  expect(b.expect('request').request).toMatchObject({ text: ownWords, hasOwnWords: true });
  store.database.all('PRAGMA wal_checkpoint(TRUNCATE)');
  expect(foundIn(folder, secrets)).toEqual([]);
});

it('OB9 F22 after a restart the slip and the screen say that only headquarters has the words', async () => {
  const folder = scratchFolder();
  const before = await openSmallWorld(folder);
  const b = kioskBench(before);
  b.touch({ kind: 'open', purpose: 'report' });
  b.swipe(cards.listed);
  await enterPin(b, pin);
  for (const id of ['bath', 'ceiling', 'leak']) b.touch({ kind: 'choose', id });
  b.touch({ kind: 'describe', text: ownWords });
  b.touch({ kind: 'submit' });
  b.expect('request-filed');
  before.close();

  const store = openSmallStore(folder);
  onTestFinished(() => store.close());
  expect(JSON.stringify(store.printJobs.nextQueued(new Set())?.lines)).toContain('已加密送总部');
  const again = kioskBench(store);
  again.touch({ kind: 'open', purpose: 'requests' });
  again.swipe(cards.listed);
  await enterPin(again, pin);
  const [request] = again.expect('requests').requests;
  again.touch({ kind: 'choose', id: request?.id ?? '' });
  expect(again.expect('request').request).toMatchObject({ text: null, hasOwnWords: true });
});
