// The bundle of a release: a gzipped ustar of plain files, written the same for the same files, and read with suspicion.
import { once } from 'node:events';
import { createReadStream, createWriteStream } from 'node:fs';
import type { Readable } from 'node:stream';
import { createGunzip, createGzip } from 'node:zlib';

export interface ArchiveFile {
  /** inside the release: `dist/kiosk/main.js` */
  readonly path: string;
  readonly bytes: number;
  readonly isExecutable: boolean;
}

/** What was read is no archive of ours; nothing is told of it that could not be in a log. */
export class ArchiveError extends Error {
  override readonly name = 'ArchiveError';
  readonly code = 'release-archive-wrong';
}

const block = 512;
const fields = {
  name: [0, 100],
  mode: [100, 8],
  uid: [108, 8],
  gid: [116, 8],
  size: [124, 12],
  mtime: [136, 12],
  sum: [148, 8],
  type: [156, 1],
  link: [157, 100],
  magic: [257, 8],
  prefix: [345, 155],
} as const;
type Field = keyof typeof fields;

/**
 * No times, no owners: the same files in the same order make the same bytes with the same Node.
 * @throws ArchiveError a path that ustar cannot hold; the file system's error
 */
export async function writeArchive(
  file: string,
  entries: readonly { readonly file: ArchiveFile; readonly from: string }[],
): Promise<void> {
  const gzip = createGzip({ level: 9 });
  const out = createWriteStream(file, { mode: 0o644 });
  const done = once(out, 'close');
  const failed = new Promise<never>((_, reject) => {
    gzip.once('error', reject);
    out.once('error', reject);
  });
  gzip.pipe(out);
  await Promise.race([pour(entries, gzip), failed]);
  await Promise.race([done, failed]);
}

async function pour(
  entries: readonly { readonly file: ArchiveFile; readonly from: string }[],
  gzip: NodeJS.WritableStream,
): Promise<void> {
  const put = async (bytes: Uint8Array): Promise<void> => {
    if (bytes.length > 0 && !gzip.write(bytes)) await once(gzip, 'drain');
  };
  for (const { file, from } of entries) {
    await put(headerOf(file));
    let left = file.bytes;
    for await (const bytes of createReadStream(from) as AsyncIterable<Buffer>) {
      left -= bytes.length;
      await put(bytes);
    }
    if (left !== 0) throw new ArchiveError(`${file.path} changed while it was read`);
    await put(Buffer.alloc(padding(file.bytes)));
  }
  await put(Buffer.alloc(2 * block));
  gzip.end();
}

function headerOf({ path, bytes, isExecutable }: ArchiveFile): Buffer {
  const header = Buffer.alloc(block);
  const put = (field: Field, text: string): void => void header.write(text, fields[field][0], 'latin1');
  const { prefix, name } = splitPath(path);
  put('name', name);
  put('prefix', prefix);
  put('mode', isExecutable ? '0000755\0' : '0000644\0');
  put('uid', '0000000\0');
  put('gid', '0000000\0');
  put('size', `${bytes.toString(8).padStart(11, '0')}\0`);
  put('mtime', '00000000000\0');
  put('type', '0');
  put('magic', 'ustar\u000000');
  put('sum', `${sumOf(header).toString(8).padStart(6, '0')}\0 `);
  return header;
}

function splitPath(path: string): { readonly prefix: string; readonly name: string } {
  if (!/^[\x21-\x7e]+$/.test(path)) throw new ArchiveError(`${path} has letters that an archive cannot hold`);
  if (path.length <= 100) return { prefix: '', name: path };
  const cut = path.indexOf('/', path.length - 101);
  if (cut < 1 || cut > 155) throw new ArchiveError(`${path} is too long for an archive`);
  return { prefix: path.slice(0, cut), name: path.slice(cut + 1) };
}

/** Of the header, with spaces where the sum itself stands. */
function sumOf(header: Buffer): number {
  const [from, length] = fields.sum;
  let sum = 32 * length;
  for (const [n, byte] of header.entries()) if (n < from || n >= from + length) sum += byte;
  return sum;
}

function padding(bytes: number): number {
  return (block - (bytes % block)) % block;
}

/**
 * Entry by entry, as they come; each `content` must be read before the next one is asked for, what is left of it is
 * skipped. Nothing but plain files is taken: whoever put a link or a device in did not build a release.
 * @param file gzipped
 * @param maxBytes unpacked; the first byte beyond ends it
 * @throws ArchiveError
 */
export async function* readArchive(
  file: string,
  maxBytes: number,
): AsyncGenerator<ArchiveFile & { readonly content: AsyncGenerator<Buffer> }> {
  const source = createReadStream(file);
  const gunzip = createGunzip();
  source.once('error', (error) => gunzip.destroy(error));
  source.pipe(gunzip);
  const reader = new BlockReader(gunzip, maxBytes);
  try {
    for (;;) {
      const header = await reader.take(block);
      if (header.every((byte) => byte === 0)) break;
      const entry = entryOf(header);
      const content = reader.pieces(entry.bytes);
      yield { ...entry, content };
      for await (const _ of content);
      await reader.take(padding(entry.bytes));
    }
    await reader.expectEnd();
  } catch (cause) {
    if (cause instanceof ArchiveError) throw cause;
    const code = (cause as NodeJS.ErrnoException).code ?? '';
    // zlib's own: torn, or no gzip at all
    if (code.startsWith('Z_')) throw new ArchiveError('the bundle cannot be unpacked', { cause });
    throw cause;
  } finally {
    source.destroy();
    gunzip.destroy();
  }
}

function entryOf(header: Buffer): ArchiveFile {
  const text = (field: Field): string => {
    const [from, length] = fields[field];
    return header.toString('latin1', from, from + length).split('\0')[0] ?? '';
  };
  const octal = (field: Field): number => {
    const digits = text(field).trim();
    if (!/^[0-7]{1,11}$/.test(digits)) throw new ArchiveError('an entry has no number where one must be');
    return Number.parseInt(digits, 8);
  };
  if (octal('sum') !== sumOf(header)) throw new ArchiveError('the sum of an entry is wrong');
  if (!text('magic').startsWith('ustar')) throw new ArchiveError('an entry is of another format');
  if (!['0', ''].includes(text('type'))) throw new ArchiveError('an entry is no plain file');
  if (text('link') !== '') throw new ArchiveError('an entry points elsewhere');
  const prefix = text('prefix');
  const path = prefix === '' ? text('name') : `${prefix}/${text('name')}`;
  return { path, bytes: octal('size'), isExecutable: (octal('mode') & 0o111) !== 0 };
}

/** Takes a stream in the pieces that its reader asks for. */
class BlockReader {
  readonly #chunks: AsyncIterator<Buffer>;
  #rest: Buffer = Buffer.alloc(0);
  #left: number;

  constructor(stream: Readable, maxBytes: number) {
    this.#chunks = stream[Symbol.asyncIterator]() as AsyncIterator<Buffer>;
    this.#left = maxBytes;
  }

  async take(bytes: number): Promise<Buffer> {
    const parts: Buffer[] = [];
    for await (const piece of this.pieces(bytes)) parts.push(piece);
    return Buffer.concat(parts);
  }

  async *pieces(bytes: number): AsyncGenerator<Buffer> {
    for (let wanted = bytes; wanted > 0; ) {
      if (this.#rest.length === 0 && !(await this.#fill()))
        throw new ArchiveError('the bundle ends too early');
      const piece = this.#rest.subarray(0, wanted);
      this.#rest = this.#rest.subarray(piece.length);
      wanted -= piece.length;
      yield piece;
    }
  }

  /** After the first empty block there are only more of them. */
  async expectEnd(): Promise<void> {
    do {
      if (this.#rest.some((byte) => byte !== 0)) throw new ArchiveError('something follows the last entry');
    } while (await this.#fill());
  }

  async #fill(): Promise<boolean> {
    const { done, value } = await this.#chunks.next();
    if (done) return false;
    this.#left -= value.length;
    if (this.#left < 0) throw new ArchiveError('the bundle holds more than its manifest says');
    this.#rest = value;
    return true;
  }
}
