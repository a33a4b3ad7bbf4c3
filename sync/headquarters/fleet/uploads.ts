// What a terminal was ordered to show: one file for each order, kept for a while. With several front desks a folder that all see.
import { randomBytes } from 'node:crypto';
import { mkdir, open, readdir, readFile, rename, rm, stat } from 'node:fs/promises';
import { join } from 'node:path';
import type { OrderId, TerminalId } from '../../contract/ids.ts';
import type { Store } from '../store/store.ts';

/** How it is sent → how the file ends. */
export const uploadTypes = {
  'application/json': '.json',
  'application/gzip': '.gz',
  'image/jpeg': '.jpg',
  'image/png': '.png',
  'text/plain': '.txt',
} as const;
export type UploadType = keyof typeof uploadTypes;
export const maxUploadBytes = 4 * 1024 * 1024;
const keptMs = 30 * 24 * 3_600_000;

/** What each kind of order may bring; all others bring nothing. */
const typesOf: Readonly<Record<string, readonly UploadType[]>> = {
  'run-diagnosis': ['application/json', 'application/gzip'],
  'take-screenshot': ['image/png', 'image/jpeg'],
  'send-log': ['text/plain'],
};
/** How a file of each type begins; of text nothing is known. */
const beginnings: Readonly<Partial<Record<UploadType, string>>> = {
  'application/gzip': '1f8b',
  'image/jpeg': 'ffd8ff',
  'image/png': '89504e470d0a1a0a',
};

export const uploadsFolder = (dataDir: string): string => join(dataDir, 'uploads');

export interface Upload {
  readonly type: UploadType;
  readonly bytes: Buffer;
}
/** `taken`: so many bytes of it are here now; a piece that does not begin there was not taken. */
export type UploadOutcome =
  | { readonly kind: 'taken'; readonly bytes: number }
  | { readonly kind: 'unknown-order' | 'wrong-content' | 'too-large' };

export class Uploads {
  readonly #store: Store;
  readonly #folder: string;
  readonly #now: () => Date;

  constructor(store: Store, folder: string, now: () => Date) {
    this.#store = store;
    this.#folder = folder;
    this.#now = now;
  }

  /**
   * On disk when it returns; sent again it replaces what was there.
   * @returns `unknown-order` also for one of another terminal, that brings nothing, was taken back, or is long over
   */
  async take(terminal: TerminalId, order: OrderId, { type, bytes }: Upload): Promise<UploadOutcome> {
    if (!(await this.#isOpen(terminal, order, type))) return { kind: 'unknown-order' };
    if (!beginsAs(type, bytes)) return { kind: 'wrong-content' };
    await mkdir(this.#folder, { recursive: true, mode: 0o700 });
    const part = join(this.#folder, `${randomBytes(8).toString('hex')}.part`);
    try {
      await write(part, 'wx', bytes);
      const name = `${order}${uploadTypes[type]}`;
      await rename(part, join(this.#folder, name));
      for (const other of await this.#namesOf(order))
        if (other !== name) await rm(join(this.#folder, other), { force: true });
    } finally {
      await rm(part, { force: true });
    }
    await this.#note(order, type, bytes.length);
    return { kind: 'taken', bytes: bytes.length };
  }

  /** The next piece of a text that grows. @param from where it begins, in bytes; one that came already does nothing */
  async add(terminal: TerminalId, order: OrderId, from: number, piece: Buffer): Promise<UploadOutcome> {
    const type = 'text/plain';
    if (!(await this.#isOpen(terminal, order, type))) return { kind: 'unknown-order' };
    await mkdir(this.#folder, { recursive: true, mode: 0o700 });
    const file = join(this.#folder, `${order}${uploadTypes[type]}`);
    const size = await sizeOf(file);
    if (from !== size) return { kind: 'taken', bytes: size };
    if (size + piece.length > maxUploadBytes) return { kind: 'too-large' };
    await write(file, 'a', piece);
    await this.#note(order, type, size + piece.length);
    return { kind: 'taken', bytes: size + piece.length };
  }

  async read(order: OrderId): Promise<Upload | undefined> {
    const [name] = await this.#namesOf(order);
    if (name === undefined) return undefined;
    const type = types.find((one) => name.endsWith(uploadTypes[one]));
    return type && { type, bytes: await readFile(join(this.#folder, name)) };
  }

  /** What is older than thirty days goes, also what a crash left half written. */
  async forgetOld(): Promise<void> {
    for (const name of await this.#names()) {
      const file = join(this.#folder, name);
      const { mtimeMs } = await stat(file);
      if (this.#isOld(mtimeMs)) await rm(file, { force: true });
    }
  }

  async #isOpen(terminal: TerminalId, order: OrderId, type: UploadType): Promise<boolean> {
    const given = await this.#store.db
      .selectFrom('given_order')
      .select(['at', 'kind'])
      .where('id', '=', order)
      .where('terminal', '=', terminal)
      .where('state', '!=', 'cancelled')
      .executeTakeFirst();
    if (!given || this.#isOld(Date.parse(given.at))) return false;
    return typesOf[given.kind]?.includes(type) ?? false;
  }

  async #note(order: OrderId, type: UploadType, bytes: number): Promise<void> {
    await this.#store.db
      .updateTable('given_order')
      .set({ upload_type: type, upload_bytes: bytes, uploaded_at: this.#now().toISOString() })
      .where('id', '=', order)
      .execute();
  }

  #isOld(ms: number): boolean {
    return this.#now().getTime() - ms > keptMs;
  }

  async #namesOf(order: OrderId): Promise<string[]> {
    return (await this.#names()).filter((name) => name.startsWith(`${order}.`));
  }

  async #names(): Promise<string[]> {
    try {
      return await readdir(this.#folder);
    } catch (error) {
      if ((error as NodeJS.ErrnoException).code === 'ENOENT') return [];
      throw error;
    }
  }
}

const types = Object.keys(uploadTypes) as UploadType[];

function beginsAs(type: UploadType, bytes: Buffer): boolean {
  if (type === 'application/json') return isJson(bytes);
  const beginning = Buffer.from(beginnings[type] ?? '', 'hex');
  return bytes.subarray(0, beginning.length).equals(beginning);
}

function isJson(bytes: Buffer): boolean {
  try {
    JSON.parse(bytes.toString('utf8'));
    return true;
  } catch {
    return false;
  }
}

async function write(file: string, flags: 'wx' | 'a', bytes: Uint8Array): Promise<void> {
  const handle = await open(file, flags, 0o600);
  try {
    await handle.writeFile(bytes);
    await handle.sync();
  } finally {
    await handle.close();
  }
}

async function sizeOf(file: string): Promise<number> {
  try {
    return (await stat(file)).size;
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'ENOENT') return 0;
    throw error;
  }
}
