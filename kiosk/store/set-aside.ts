// Moves a store that cannot be used out of the way, whole, and reads from it what can still be read (rule OB13).
import { existsSync, readdirSync, renameSync, rmSync } from 'node:fs';
import { basename, dirname } from 'node:path';
import * as v from 'valibot';
import { epochSchema } from '../../sync/contract/ids.ts';
import { readDamaged } from '../../sync/database.ts';
import { syncFolderOf } from '../../sync/durable-file.ts';
import type { ReplacedStore } from '../../sync/outbox.ts';

export interface SetAside extends ReplacedStore {
  /** where it lies now, its WAL beside it as SQLite expects it */
  readonly file: string;
}

const count = v.pipe(v.number(), v.safeInteger(), v.minValue(0));
const headSchema = v.object({ epoch: epochSchema, base: count, applied: count });
const lastSchema = v.object({ place: count });

/** On disk when this returns. A cut in the middle leaves a WAL without its store, which `isOrphaned` finds. */
export function setAside(file: string): void {
  const aside = nameOf(file, countOf(file) + 1);
  for (const end of ['', '-wal']) if (existsSync(file + end)) renameSync(file + end, aside + end);
  // of no use to anybody, and SQLite would take it for the new store's
  rmSync(`${file}-shm`, { force: true });
  rmSync(`${file}.suspect`, { force: true });
  syncFolderOf(file);
}

/** The store that was set aside last; undefined when none ever was. */
export function lastSetAside(file: string): SetAside | undefined {
  const count = countOf(file);
  const aside = nameOf(file, count);
  return count === 0 ? undefined : { file: aside, ...headOf(aside) };
}

/** A WAL whose store is gone would be read into the next store of that name. */
export function isOrphaned(file: string): boolean {
  return !existsSync(file) && existsSync(`${file}-wal`);
}

function nameOf(file: string, n: number): string {
  return `${file}.damaged-${n}`;
}

/** The highest number that was given: staff may have taken an older one away. */
function countOf(file: string): number {
  const start = `${basename(file)}.damaged-`;
  const numbers = readdirSync(dirname(file)).flatMap((name) => {
    const number = name.startsWith(start)
      ? /^([1-9]\d{0,8})(?:-wal)?$/.exec(name.slice(start.length))?.[1]
      : undefined;
    return number === undefined ? [] : [Number(number)];
  });
  return Math.max(0, ...numbers);
}

function headOf(file: string): ReplacedStore {
  const head = v.safeParse(headSchema, readDamaged(file, 'SELECT epoch, base, applied FROM outbox_head')[0]);
  if (!head.success) return { epoch: null, lastSeq: null };
  const last = v.safeParse(lastSchema, readDamaged(file, 'SELECT place FROM outbox ORDER BY place').at(-1));
  const { epoch, base, applied } = head.output;
  return { epoch, lastSeq: Math.max(last.success ? last.output.place : 0, applied) - base };
}
