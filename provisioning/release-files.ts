// Which files a release is made of: the compiled program, its screen, and the packages that it runs with, for one architecture.
import { closeSync, openSync, readdirSync, readFileSync, readSync, realpathSync, statSync } from 'node:fs';
import { join } from 'node:path';
import * as v from 'valibot';
import type { Architecture } from '../sync/contract/release.ts';

export interface SourceFile {
  /** in the release */
  readonly path: string;
  /** on this machine */
  readonly from: string;
}

export class SourceError extends Error {
  override readonly name = 'SourceError';
}

const lockSchema = v.object({
  packages: v.record(
    v.string(),
    v.object({ dev: v.optional(v.boolean()), os: v.optional(v.array(v.string())) }),
  ),
});

/** `dist/ui/lab` is of the demo, `dist/test` of the tests. */
const compiled = ['kiosk', 'device', 'sync', 'provisioning', 'ui/kiosk', 'ui/console'] as const;
/** What no program reads. */
const unread = /\.(map|d\.[cm]?ts|ts|md|markdown|c|cc|cpp|h|hpp|gyp|gypi|mk|tsbuildinfo)$/i;
/** Folders of a package that are for whoever works on it. */
const workshop =
  /^node_modules\/(@[^/]+\/)?[^/]+\/(tests?|__tests__|fixtures?|examples?|bench(marks?)?|docs?|\.github)\//;
/** Natives without which no terminal serves. */
const needed = ['@photostructure/sqlite', '@serialport/bindings-cpp', 'node-hid'] as const;
const machines: Readonly<Record<Architecture, number>> = { x64: 62, arm64: 183 };

/**
 * In the order of their paths.
 * @param root of the product, built, with its packages installed
 * @throws SourceError what is missing
 */
export function releaseFiles(root: string, architecture: Architecture): readonly SourceFile[] {
  const files: SourceFile[] = [{ path: 'package.json', from: join(root, 'package.json') }];
  for (const folder of compiled) {
    const path = `dist/${folder}`;
    const found = filesBelow(join(root, path), path).filter((file) => !unread.test(file.path));
    if (found.length === 0) throw new SourceError(`${path} is missing: run "npm run build".`);
    files.push(...found);
  }
  const packages = productionPackages(root).flatMap((path) => packageFiles(root, path, architecture));
  for (const name of needed) {
    const prefix = `node_modules/${name}/`;
    if (!packages.some(({ path }) => path.startsWith(prefix) && path.endsWith('.node')))
      throw new SourceError(`${name} has no native part for linux-${architecture} here: install it again.`);
  }
  return [...files, ...packages].sort((a, b) => (a.path < b.path ? -1 : 1));
}

/** Of the lockfile, as far as they are for Linux; optional ones that are not installed are left out. */
function productionPackages(root: string): readonly string[] {
  const { packages } = v.parse(lockSchema, JSON.parse(readFileSync(join(root, 'package-lock.json'), 'utf8')));
  return Object.entries(packages)
    .filter(([path, { dev, os }]) => path !== '' && !dev && (!os || os.includes('linux')))
    .map(([path]) => path)
    .filter(
      (path) => !/\/(libnut-(darwin|win32)|node-mac-permissions)$/.test(path) && isFolder(join(root, path)),
    );
}

function packageFiles(root: string, path: string, architecture: Architecture): SourceFile[] {
  return filesBelow(realpathSync(join(root, path)), path).filter(
    (file) =>
      !unread.test(file.path) &&
      !workshop.test(file.path) &&
      (!file.path.endsWith('.node') || isNativeFor(file.from, architecture)),
  );
}

/** An ELF file of glibc for that machine. */
function isNativeFor(file: string, architecture: Architecture): boolean {
  if (/musl|android/.test(file)) return false;
  const head = Buffer.alloc(20);
  const handle = openSync(file, 'r');
  try {
    readSync(handle, head, 0, head.length, 0);
  } finally {
    closeSync(handle);
  }
  return head.toString('latin1', 0, 4) === '\x7fELF' && head.readUInt16LE(18) === machines[architecture];
}

/** Plain files alone; packages inside packages are packages of their own. */
function filesBelow(folder: string, path: string): SourceFile[] {
  if (!isFolder(folder)) return [];
  return readdirSync(folder, { withFileTypes: true }).flatMap((entry) => {
    const inner = { path: `${path}/${entry.name}`, from: join(folder, entry.name) };
    if (entry.isDirectory())
      return entry.name === 'node_modules' || entry.name === '.cache'
        ? []
        : filesBelow(inner.from, inner.path);
    return entry.isFile() ? [inner] : [];
  });
}

function isFolder(path: string): boolean {
  return statSync(path, { throwIfNoEntry: false })?.isDirectory() ?? false;
}
