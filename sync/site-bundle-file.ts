// Reads a site bundle: its signed head, and its chunks, each only as the head names it. Writes nothing.
import { constants } from 'node:fs';
import { type FileHandle, open } from 'node:fs/promises';
import { chunkHash, decodeList, maxChunkBytes } from './contract/chunk.ts';
import { decodeFrame, maxFrameBytes } from './contract/frame.ts';
import type { ProjectId, TenantId } from './contract/ids.ts';
import { openSignedFrame, type VerifyingKey } from './contract/signed-frame.ts';
import { lengthBytes, type SiteBundle, siteBundleMark, siteBundleSchema } from './contract/site-bundle.ts';
import { topics } from './contract/topics.ts';
import { SyncError } from './sync-error.ts';

export interface SiteBundleReading {
  readonly file: string;
  readonly tenant: TenantId;
  /** null = this terminal stands for all projects, and any bundle of its fleet will do */
  readonly site: ProjectId | null;
  readonly headquartersKey: VerifyingKey;
  readonly maxBytes: number;
}

export class SiteBundleFile {
  readonly head: SiteBundle;
  /** of the whole file */
  readonly bytes: number;
  readonly #handle: FileHandle;
  /** where the chunks begin */
  readonly #start: number;

  private constructor(handle: FileHandle, head: SiteBundle, start: number, bytes: number) {
    this.#handle = handle;
    this.head = head;
    this.#start = start;
    this.bytes = bytes;
  }

  /**
   * Reads no more than the head.
   * @throws SyncError sync-bundle-unreadable | -too-large | -forged | -foreign
   */
  static async open(reading: SiteBundleReading): Promise<SiteBundleFile> {
    let handle: FileHandle;
    try {
      // a link on a stick may point anywhere
      handle = await open(reading.file, constants.O_RDONLY | constants.O_NOFOLLOW);
    } catch (cause) {
      throw unreadable('a site bundle cannot be opened', cause);
    }
    try {
      return await readStart(handle, reading, (...parts) => new SiteBundleFile(handle, ...parts));
    } catch (error) {
      await handle.close();
      throw error;
    }
  }

  /**
   * The chunks as they stand in the file, each proven by what is signed.
   * @param onRead how much of the file was read so far, 0 … 1
   * @throws SyncError sync-bundle-damaged when one is missing, changed, or not named; sync-bundle-unreadable
   */
  async *chunks(onRead: (share: number) => void = () => {}): AsyncGenerator<Buffer> {
    const lists = new Set(this.head.changes.flatMap((change) => ('lists' in change ? change.lists : [])));
    const seen = new Set<string>();
    const wanted = new Set(lists);
    for (let at = this.#start; at < this.bytes; ) {
      const chunk = await readRecord(this.#handle, at, this.bytes, maxChunkBytes);
      const hash = chunk && chunkHash(chunk);
      if (!hash || !wanted.delete(hash)) throw damaged();
      seen.add(hash);
      if (lists.has(hash)) for (const named of listed(chunk)) if (!seen.has(named)) wanted.add(named);
      at += lengthBytes + chunk.length;
      onRead(at / this.bytes);
      yield chunk;
    }
    if (wanted.size > 0) throw damaged();
  }

  async close(): Promise<void> {
    await this.#handle.close();
  }
}

async function readStart(
  handle: FileHandle,
  { tenant, site, headquartersKey, maxBytes }: SiteBundleReading,
  made: (head: SiteBundle, start: number, bytes: number) => SiteBundleFile,
): Promise<SiteBundleFile> {
  const stat = await handle.stat();
  if (!stat.isFile()) throw unreadable('a site bundle is a file');
  if (stat.size > maxBytes) {
    throw new SyncError('sync-bundle-too-large', `a site bundle of ${stat.size} bytes is over ${maxBytes}`);
  }
  const mark = await read(handle, 0, siteBundleMark.length);
  if (mark.toString('latin1') !== siteBundleMark)
    throw unreadable('a file is no site bundle of this version');
  const record = await readRecord(handle, mark.length, stat.size, maxFrameBytes);
  if (!record) throw damaged();
  const head = openHead(tenant, record, headquartersKey);
  if (site !== null && head.site !== site) {
    throw new SyncError('sync-bundle-foreign', `a site bundle is for ${head.site}, and this is ${site}`);
  }
  return made(head, mark.length + lengthBytes + record.length, stat.size);
}

/** @throws SyncError sync-bundle-forged | sync-bundle-unreadable */
function openHead(tenant: TenantId, record: Buffer, key: VerifyingKey): SiteBundle {
  let frame: Uint8Array;
  try {
    frame = openSignedFrame(topics.siteBundle(tenant), record, key);
  } catch (cause) {
    throw new SyncError('sync-bundle-forged', 'a site bundle is not signed by this fleet’s headquarters', {
      cause,
    });
  }
  try {
    return decodeFrame(siteBundleSchema, frame);
  } catch (cause) {
    throw unreadable('a site bundle is of another version', cause);
  }
}

/** @returns undefined when the file does not hold it whole, or it is too long */
async function readRecord(
  handle: FileHandle,
  at: number,
  fileBytes: number,
  maxBytes: number,
): Promise<Buffer | undefined> {
  if (at + lengthBytes > fileBytes) return undefined;
  const length = (await read(handle, at, lengthBytes)).readUInt32BE(0);
  if (length > maxBytes || at + lengthBytes + length > fileBytes) return undefined;
  return await read(handle, at + lengthBytes, length);
}

/** @throws SyncError sync-bundle-unreadable also when the stick is pulled out meanwhile */
async function read(handle: FileHandle, position: number, length: number): Promise<Buffer> {
  const bytes = Buffer.alloc(length);
  let done = 0;
  while (done < length) {
    const { bytesRead } = await handle
      .read(bytes, done, length - done, position + done)
      .catch((cause: unknown) => {
        throw unreadable('a site bundle could not be read to its end', cause);
      });
    if (bytesRead === 0) throw unreadable('a file is too short for a site bundle');
    done += bytesRead;
  }
  return bytes;
}

function listed(chunk: Buffer): string[] {
  try {
    return decodeList(chunk);
  } catch {
    throw damaged();
  }
}

function damaged(): SyncError {
  return new SyncError('sync-bundle-damaged', 'a site bundle does not hold what its head names');
}

function unreadable(message: string, cause?: unknown): SyncError {
  return new SyncError('sync-bundle-unreadable', message, { cause });
}
