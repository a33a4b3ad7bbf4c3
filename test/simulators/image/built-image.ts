// The image as provisioning builds it, with this build of the terminal in it; kept until anything that goes into it changes.
import { execFileSync, spawn } from 'node:child_process';
import { createHash } from 'node:crypto';
import {
  cpSync,
  existsSync,
  mkdirSync,
  readdirSync,
  readFileSync,
  renameSync,
  rmSync,
  statSync,
} from 'node:fs';
import { homedir } from 'node:os';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { releaseFiles, type SourceFile } from '../../../provisioning/release-files.ts';

// of the sources when this runs from dist
const rootFolder = fileURLToPath(new URL('../../..', import.meta.url)).replace(/dist\/$/, '');

/** Takes some minutes the first time, and needs `npm run build` before. @returns the image's path */
export async function builtImage(onStep: (line: string) => void): Promise<string> {
  const cache = process.env['IMAGE_CACHE'] ?? join(homedir(), '.cache', 'yingbin-image');
  const files = releaseFiles(rootFolder, 'x64');
  const mark = hashOfInputs(files);
  const folder = join(cache, mark);
  const image = join(folder, 'yingbin-amd64.img');
  if (existsSync(image)) return image;
  rmSync(cache, { recursive: true, force: true });
  const work = join(cache, 'work');
  const release = join(cache, 'release');
  makeRelease(files, release);
  mkdirSync(work, { recursive: true });
  const build = spawn(
    join(rootFolder, 'provisioning/image/build-image.sh'),
    ['--arch', 'amd64', '--release', release, '--out', work],
    { stdio: ['ignore', 'pipe', 'pipe'] },
  );
  let said = '';
  for (const stream of [build.stdout, build.stderr]) {
    stream.setEncoding('utf8').on('data', (text: string) => {
      said = (said + text).slice(-4_000);
      onStep(text.trimEnd());
    });
  }
  const code = await new Promise<number | null>((resolve, reject) => {
    build.once('error', reject);
    build.once('close', resolve);
  });
  if (code !== 0) throw new Error(`the image was not built:\n${said}`);
  rmSync(release, { recursive: true, force: true });
  renameSync(work, folder);
  return image;
}

function makeRelease(files: readonly SourceFile[], folder: string): void {
  rmSync(folder, { recursive: true, force: true });
  for (const { path, from } of files) {
    mkdirSync(dirname(join(folder, path)), { recursive: true });
    cpSync(from, join(folder, path), { dereference: true });
  }
}

function hashOfInputs(release: readonly SourceFile[]): string {
  const hash = createHash('sha256');
  const add = (path: string): void => {
    if (statSync(path).isDirectory()) {
      for (const name of readdirSync(path).sort()) add(join(path, name));
      return;
    }
    if (!path.endsWith('.md')) hash.update(path).update(readFileSync(path));
  };
  for (const part of ['systemd', 'lockdown', 'image', 'udev', 'placed-files.txt', 'place-files.sh'])
    add(join(rootFolder, 'provisioning', part));
  for (const { path, from } of release) hash.update(path).update(readFileSync(from));
  return hash.digest('hex').slice(0, 16);
}

/** SHA-256 of the n-th partition, 1 the first. */
export function hashOfPartition(image: string, n: number): string {
  const { start, size } = partition(image, n);
  const script = 'dd if="$1" iflag=skip_bytes,count_bytes bs=1M skip="$2" count="$3" status=none | sha256sum';
  return execFileSync('sh', ['-c', script, 'sh', image, String(start), String(size)], {
    encoding: 'utf8',
  }).slice(0, 64);
}

/** Copies a partition into a file of its own, for debugfs. */
export function copyPartition(image: string, n: number, target: string): void {
  const { start, size } = partition(image, n);
  execFileSync('dd', [
    ...[`if=${image}`, `of=${target}`, 'iflag=skip_bytes,count_bytes', 'bs=1M'],
    ...[`skip=${start}`, `count=${size}`, 'conv=sparse', 'status=none'],
  ]);
}

function partition(image: string, n: number): { readonly start: number; readonly size: number } {
  const told = execFileSync('/usr/sbin/sfdisk', ['--json', image], { encoding: 'utf8' });
  const { partitiontable } = JSON.parse(told) as {
    partitiontable: { partitions: readonly { start: number; size: number }[] };
  };
  const found = partitiontable.partitions[n - 1];
  if (!found) throw new Error(`${image} has no partition ${n}`);
  return { start: found.start * 512, size: found.size * 512 };
}
