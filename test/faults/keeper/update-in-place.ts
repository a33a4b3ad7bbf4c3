// The control of the proof with power cuts: an updater that writes the new release over the old one, as a copy does.
import { spawn } from 'node:child_process';
import { randomBytes } from 'node:crypto';
import { once } from 'node:events';
import { cpSync, existsSync, mkdirSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { makeRandom } from '../../demo/developer/random.ts';

const mostMs = 40;
/** all that lies in one folder into the other, file by file, and again with the next release */
const script = `const fs=require('fs');const [to,...from]=process.argv.slice(1);console.log('go');
  for(let n=0;;n++)fs.cpSync(from[n%from.length],to,{recursive:true})`;

const filesEach = 40;
const bytesEach = 20_000;

/** @returns how often neither release lay there whole */
export async function updateInPlace(
  folder: string,
  { tries, seed }: { readonly tries: number; readonly seed: number },
): Promise<number> {
  const random = makeRandom(seed + 1);
  const current = join(folder, 'in-place');
  const releases = ['old', 'new'].map((name) => makeRelease(join(folder, `in-place-${name}`)));
  let torn = 0;
  for (let n = 0; n < tries; n += 1) {
    rmSync(current, { recursive: true, force: true });
    cpSync(releases[0] ?? '', current, { recursive: true });
    const updater = spawn(process.execPath, ['-e', script, current, ...releases], {
      stdio: ['ignore', 'pipe', 'inherit'],
    });
    await once(updater.stdout, 'data');
    await sleep(random.next() * mostMs);
    updater.kill('SIGKILL');
    await once(updater, 'exit');
    if (!releases.some((release) => isSame(current, release))) torn += 1;
  }
  return torn;
}

function makeRelease(folder: string): string {
  mkdirSync(folder, { recursive: true });
  for (let n = 0; n < filesEach; n += 1) writeFileSync(join(folder, `${n}.js`), randomBytes(bytesEach));
  return folder;
}

function isSame(folder: string, release: string): boolean {
  return readdirSync(release).every((name) => {
    const file = join(folder, name);
    return existsSync(file) && readFileSync(file).equals(readFileSync(join(release, name)));
  });
}
