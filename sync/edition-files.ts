// Which file holds each dataset: one small pointer, switched by a rename; what it does not name is removed.
import {
  closeSync,
  fsyncSync,
  mkdirSync,
  openSync,
  readdirSync,
  readFileSync,
  renameSync,
  rmSync,
  writeSync,
} from 'node:fs';
import { join } from 'node:path';
import * as v from 'valibot';
import { type DatasetName, datasetNames } from './contract/datasets.ts';
import { countSchema, instantSchema } from './contract/ids.ts';
import { dropEdition } from './edition.ts';

const namedSchema = v.object({ current: countSchema, previous: v.nullable(countSchema) });
const pointerSchema = v.object({
  v: v.literal(1),
  confirmedAt: v.nullable(instantSchema),
  editions: v.partial(
    v.object({
      board: namedSchema,
      members: namedSchema,
      events: namedSchema,
      library: namedSchema,
      requests: namedSchema,
      owners: namedSchema,
      forms: namedSchema,
    }),
  ),
});
type Pointer = v.InferOutput<typeof pointerSchema>;

export class EditionFiles {
  readonly #folder: string;
  #pointer: Pointer;

  private constructor(folder: string, pointer: Pointer) {
    this.#folder = folder;
    this.#pointer = pointer;
  }

  /** @throws when the folder cannot be made */
  static open(folder: string): EditionFiles {
    mkdirSync(folder, { recursive: true, mode: 0o700 });
    const files = new EditionFiles(folder, readPointer(join(folder, 'current.json')));
    files.#removeOthers();
    return files;
  }

  get confirmedAt(): string | null {
    return this.#pointer.confirmedAt;
  }

  /** @returns files, the current one first */
  named(dataset: DatasetName): { readonly current: string; readonly previous: string | null } | undefined {
    const named = this.#pointer.editions[dataset];
    if (!named) return undefined;
    return {
      current: this.#file(dataset, named.current),
      previous: named.previous === null ? null : this.#file(dataset, named.previous),
    };
  }

  /** A file for a dataset's next edition, that is not named before `switchTo`. */
  next(dataset: DatasetName): { readonly number: number; readonly file: string } {
    const number = (this.#pointer.editions[dataset]?.current ?? 0) + 1;
    return { number, file: this.#file(dataset, number) };
  }

  /** Names the next edition, and keeps the one before as the previous. */
  switchTo(dataset: DatasetName, number: number): void {
    const old = this.#pointer.editions[dataset];
    this.#write({
      ...this.#pointer,
      editions: { ...this.#pointer.editions, [dataset]: { current: number, previous: old?.current ?? null } },
    });
    if (old && old.previous !== null) dropEdition(this.#file(dataset, old.previous));
  }

  /** Names the previous edition again, or none; the current one is removed. */
  goBack(dataset: DatasetName): void {
    const { [dataset]: old, ...editions } = this.#pointer.editions;
    if (!old) return;
    this.#write({
      ...this.#pointer,
      editions:
        old.previous === null
          ? editions
          : { ...editions, [dataset]: { current: old.previous, previous: null } },
    });
    dropEdition(this.#file(dataset, old.current));
  }

  confirm(at: string): void {
    this.#write({ ...this.#pointer, confirmedAt: at });
  }

  #file(dataset: DatasetName, number: number): string {
    return join(this.#folder, `${dataset}-${number}.db`);
  }

  #write(pointer: Pointer): void {
    const file = join(this.#folder, 'current.json');
    const coming = `${file}.coming`;
    withFile(coming, 'w', (descriptor) => {
      writeSync(descriptor, JSON.stringify(pointer));
      fsyncSync(descriptor);
    });
    renameSync(coming, file);
    withFile(this.#folder, 'r', fsyncSync);
    this.#pointer = pointer;
  }

  /** A power cut leaves what was being filled, or what should have been removed. */
  #removeOthers(): void {
    const named = datasetNames.flatMap((dataset) => Object.values(this.named(dataset) ?? {}));
    for (const name of readdirSync(this.#folder)) {
      const base = join(this.#folder, name.replace(beside, ''));
      if (/\.(db|coming)$/.test(base) && !named.includes(base)) {
        rmSync(join(this.#folder, name), { force: true });
      }
    }
  }
}

/** What lies beside a database's file. */
const beside = /-wal$|-shm$|-journal$|\.suspect$/;

/** Nothing is lost without a pointer: headquarters has all of it. */
function readPointer(file: string): Pointer {
  try {
    return v.parse(pointerSchema, JSON.parse(readFileSync(file, 'utf8')));
  } catch {
    return { v: 1, confirmedAt: null, editions: {} };
  }
}

function withFile(file: string, flags: 'r' | 'w', work: (descriptor: number) => void): void {
  const descriptor = openSync(file, flags, 0o600);
  try {
    work(descriptor);
  } finally {
    closeSync(descriptor);
  }
}
