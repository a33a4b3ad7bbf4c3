// What a disk may hold after the power went: all that was synced, and of the rest any part, torn and out of order.
import { mkdirSync, writeFileSync } from 'node:fs';
import { dirname, join, relative } from 'node:path';
import type { DiskOp } from './strace-log.ts';

/**
 * How much of what nobody synced has reached the disk: `nothing`, `all` (only the program died), the `oldest` of it, a
 * random choice of whole `writes`, or of 512-byte `sectors`.
 */
export const crashFates = ['nothing', 'all', 'oldest', 'writes', 'sectors'] as const;
export type CrashFate = (typeof crashFates)[number];

type Change = Extract<DiskOp, { kind: 'write' | 'truncate' }>;
interface Inode {
  durable: Buffer;
  /** since the last sync, oldest first */
  pending: Change[];
}
/** A name that was given to a file, or taken from it. */
interface Naming {
  readonly folder: string;
  readonly changes: readonly (readonly [path: string, inode: Inode | undefined])[];
}

const sectorBytes = 512;

export class CrashDisk {
  readonly #live = new Map<string, Inode>();
  readonly #durable = new Map<string, Inode>();
  #namings: Naming[] = [];

  /** Takes what a program did next. */
  apply(op: DiskOp): void {
    switch (op.kind) {
      case 'create':
        // opened again: nothing new
        if (!this.#live.has(op.path))
          this.#name(op.path, [[op.path, { durable: Buffer.alloc(0), pending: [] }]]);
        return;
      case 'write':
      case 'truncate':
        this.#inode(op.path).pending.push(op);
        return;
      case 'sync':
        this.#sync(op.path);
        return;
      case 'unlink':
        this.#name(op.path, [[op.path, undefined]]);
        return;
      case 'rename':
        this.#name(op.path, [
          [op.path, undefined],
          [op.to, this.#inode(op.path)],
        ]);
        return;
      // a folder is there when a file in it is
      case 'make-folder':
      case 'say':
        return;
    }
  }

  /**
   * Cuts the power; the disk itself stays as it is, so that it can be cut again.
   * @returns content by path
   */
  crash(fate: CrashFate, random: () => number): ReadonlyMap<string, Buffer> {
    const names = new Map(this.#durable);
    // a file system with a journal keeps the order of names
    const kept =
      fate === 'nothing' ? 0 : fate === 'all' ? this.#namings.length : upTo(this.#namings.length, random);
    for (const { changes } of this.#namings.slice(0, kept)) rename(names, changes);
    return new Map(
      [...names]
        .filter(([path]) => !path.endsWith('-shm'))
        .map(([path, inode]) => [path, survivors(inode, fate, random)]),
    );
  }

  #inode(path: string): Inode {
    const inode = this.#live.get(path);
    if (!inode) throw new Error(`${path} is used before it was created`);
    return inode;
  }

  #name(path: string, changes: Naming['changes']): void {
    rename(this.#live, changes);
    this.#namings.push({ folder: dirname(path), changes });
  }

  #sync(path: string): void {
    const inode = this.#live.get(path);
    if (inode) {
      inode.durable = synced(inode);
      inode.pending = [];
      return;
    }
    for (const { folder, changes } of this.#namings) if (folder === path) rename(this.#durable, changes);
    this.#namings = this.#namings.filter(({ folder }) => folder !== path);
  }
}

/** Writes what `crash` left of folder `from` into `to`. */
export function restoreInto(to: string, from: string, files: ReadonlyMap<string, Buffer>): void {
  for (const [path, content] of files) {
    const target = join(to, relative(from, path));
    mkdirSync(dirname(target), { recursive: true });
    writeFileSync(target, content);
  }
}

function rename(names: Map<string, Inode>, changes: Naming['changes']): void {
  for (const [path, inode] of changes) {
    if (inode) names.set(path, inode);
    else names.delete(path);
  }
}

function survivors({ durable, pending }: Inode, fate: CrashFate, random: () => number): Buffer {
  switch (fate) {
    case 'nothing':
      return Buffer.from(durable);
    case 'all':
      return withChanges(durable, pending);
    case 'oldest':
      return withChanges(durable, pending.slice(0, upTo(pending.length, random)));
    case 'writes': {
      const share = random();
      return withChanges(
        durable,
        pending.filter(() => random() < share),
      );
    }
    case 'sectors': {
      const share = random();
      return withChanges(
        durable,
        pending.flatMap(sectorsOf).filter(() => random() < share),
      );
    }
  }
}

/** 0 … most, both included. */
function upTo(most: number, random: () => number): number {
  return Math.floor(random() * (most + 1));
}

function sectorsOf(change: Change): Change[] {
  if (change.kind === 'truncate' || change.at === null) return [change];
  const { at, bytes, path } = change;
  const sectors: Change[] = [];
  for (let from = at; from < at + bytes.length; ) {
    const to = Math.min(at + bytes.length, (Math.floor(from / sectorBytes) + 1) * sectorBytes);
    sectors.push({ kind: 'write', path, at: from, bytes: bytes.subarray(from - at, to - at) });
    from = to;
  }
  return sectors;
}

/** A whole disk keeps its size, and is too large to be copied at every sync. */
function synced({ durable, pending }: Inode): Buffer {
  const fits = pending.every(
    (change) =>
      change.kind === 'write' && change.at !== null && change.at + change.bytes.length <= durable.length,
  );
  if (!fits) return withChanges(durable, pending);
  for (const change of pending) if (change.kind === 'write') change.bytes.copy(durable, change.at ?? 0);
  return durable;
}

/** A hole reads as zeros. */
function withChanges(before: Buffer, changes: readonly Change[]): Buffer {
  let size = before.length;
  let most = size;
  for (const change of changes) {
    size =
      change.kind === 'truncate' ? change.size : Math.max(size, (change.at ?? size) + change.bytes.length);
    most = Math.max(most, size);
  }
  const after = Buffer.alloc(most);
  before.copy(after);
  size = before.length;
  for (const change of changes) {
    if (change.kind === 'truncate') {
      after.fill(0, Math.min(size, change.size), size);
      size = change.size;
    } else {
      const at = change.at ?? size;
      change.bytes.copy(after, at);
      size = Math.max(size, at + change.bytes.length);
    }
  }
  return after.subarray(0, size);
}
