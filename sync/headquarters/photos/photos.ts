// Pictures that owners add to a request from their telephones: who may, how many, and where they lie.
import { createHash, randomUUID, timingSafeEqual } from 'node:crypto';
import { mkdir, open, readFile, rename, rm } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import type { FactId } from '../../contract/ids.ts';
import type { PhotoItem } from '../api/photo-api.ts';
import type { Publication } from '../publication.ts';
import { requestsChange } from '../service/request-rows.ts';
import type { Reader, Store, Tx } from '../store/store.ts';
import { type PictureType, stripMetadata } from './strip-metadata.ts';

export interface PhotoLimits {
  /** how long after filing */
  readonly days: number;
  readonly perRequest: number;
}

/** `not-here`: no such request yet, or not with this key: the two look the same from outside. */
export type LinkState =
  | { readonly kind: 'open'; readonly request: string; readonly taken: number; readonly most: number }
  | { readonly kind: 'not-here' | 'closed' | 'expired' | 'full' };
export type AddOutcome =
  | { readonly kind: 'added'; readonly taken: number; readonly most: number }
  | Exclude<LinkState, { kind: 'open' }>
  | { readonly kind: 'not-a-picture' | 'damaged' };

export interface PhotosOptions {
  readonly store: Store;
  readonly publication: Publication;
  readonly now: () => Date;
  readonly folder: string;
  readonly limits: PhotoLimits;
}

const dayMs = 86_400_000;
const ends: Record<PictureType, string> = { 'image/jpeg': 'jpg', 'image/png': 'png' };

export class Photos {
  readonly #options: PhotosOptions;

  constructor(options: PhotosOptions) {
    this.#options = options;
  }

  /** What the link is good for now. */
  async look(number: string, key: string): Promise<LinkState> {
    return await this.#link(this.#options.store.db, number, key);
  }

  /** On disk without its metadata before it counts. */
  async add(number: string, key: string, bytes: Buffer): Promise<AddOutcome> {
    const { store, publication, now } = this.#options;
    const before = await this.look(number, key);
    if (before.kind !== 'open') return before;
    const picture = stripMetadata(bytes);
    if (picture.kind !== 'picture') return picture;
    const id = randomUUID();
    const file = this.#file(before.request, id, picture.type);
    await writeWhole(file, picture.bytes);
    const added = store.transaction(async (tx): Promise<AddOutcome> => {
      await store.locked(tx.selectFrom('request').select('id').where('id', '=', before.request)).execute();
      // others may have filled it while this one was written
      const link = await this.#link(tx, number, key);
      if (link.kind !== 'open') return link;
      await tx
        .insertInto('photo')
        .values({
          id,
          request: link.request,
          type: picture.type,
          bytes: picture.bytes.length,
          at: now().toISOString(),
        })
        .execute();
      await publication.publish(tx, [requestsChange(store, [link.request as FactId])]);
      return { kind: 'added', taken: link.taken + 1, most: link.most };
    });
    const drop = (): Promise<void> => rm(file, { force: true });
    const outcome = await added.catch(async (error: unknown) => {
      await drop();
      throw error;
    });
    if (outcome.kind !== 'added') await drop();
    return outcome;
  }

  /** @returns oldest first */
  async of(request: string): Promise<PhotoItem[]> {
    const rows = await this.#options.store.db
      .selectFrom('photo')
      .select(['id', 'type', 'bytes', 'at'])
      .where('request', '=', request)
      .orderBy('at')
      .orderBy('id')
      .execute();
    return rows.map((row) => ({ ...row, type: row.type as PictureType }));
  }

  /** @returns undefined: there is none, or not on this machine */
  async read(
    id: string,
  ): Promise<{ readonly request: string; readonly type: PictureType; readonly bytes: Buffer } | undefined> {
    const row = await this.#row(this.#options.store.db, id);
    if (!row) return undefined;
    try {
      return { ...row, bytes: await readFile(this.#file(row.request, id, row.type)) };
    } catch (error) {
      if ((error as NodeJS.ErrnoException).code === 'ENOENT') return undefined;
      throw error;
    }
  }

  /**
   * For good: the row first, then the file, so that nothing is shown that is not there.
   * @param note in the same transaction: who and why
   * @returns the request that it belonged to; undefined: there is none
   */
  async remove(id: string, note: (tx: Tx, request: string) => Promise<void>): Promise<string | undefined> {
    const { store, publication } = this.#options;
    const row = await store.transaction(async (tx) => {
      const found = await this.#row(tx, id);
      if (!found) return undefined;
      await tx.deleteFrom('photo').where('id', '=', id).execute();
      await note(tx, found.request);
      await publication.publish(tx, [requestsChange(store, [found.request as FactId])]);
      return found;
    });
    if (row) await rm(this.#file(row.request, id, row.type), { force: true });
    return row?.request;
  }

  /** Every file of these requests, also one that no row names any more; who calls takes the rows away. */
  async forget(requests: readonly string[]): Promise<void> {
    for (const request of requests) {
      // an id that is no plain name was never a folder of ours
      if (!/^[\w-]+$/.test(request)) continue;
      await rm(join(this.#options.folder, request), { recursive: true, force: true });
    }
  }

  async #row(
    db: Reader,
    id: string,
  ): Promise<{ readonly request: string; readonly type: PictureType } | undefined> {
    const row = await db
      .selectFrom('photo')
      .select(['request', 'type'])
      .where('id', '=', id)
      .executeTakeFirst();
    return row && { request: row.request, type: row.type as PictureType };
  }

  async #link(db: Reader | Tx, number: string, key: string): Promise<LinkState> {
    const { now, limits } = this.#options;
    const found = await db
      .selectFrom('request')
      .select(['id', 'photo_key', 'filed_at', 'state'])
      .where('number', '=', number)
      .where('photo_key', 'is not', null)
      .execute();
    const request = found.find(({ photo_key }) => isSame(photo_key ?? '', key));
    if (!request) return { kind: 'not-here' };
    if (request.state === 'done' || request.state === 'invalid') return { kind: 'closed' };
    if (now().getTime() - Date.parse(request.filed_at) > limits.days * dayMs) return { kind: 'expired' };
    const { taken } = await db
      .selectFrom('photo')
      .select(({ fn }) => fn.countAll<number>().as('taken'))
      .where('request', '=', request.id)
      .executeTakeFirstOrThrow();
    const most = limits.perRequest;
    if (Number(taken) >= most) return { kind: 'full' };
    return { kind: 'open', request: request.id, taken: Number(taken), most };
  }

  /** Both ids are UUIDs that were made or parsed before: neither can leave the folder. */
  #file(request: string, id: string, type: PictureType): string {
    return join(this.#options.folder, request, `${id}.${ends[type]}`);
  }
}

function isSame(a: string, b: string): boolean {
  const digest = (text: string): Buffer => createHash('sha256').update(text).digest();
  return timingSafeEqual(digest(a), digest(b));
}

/** Whole and on disk, or not there; readable by nobody else. */
async function writeWhole(file: string, bytes: Buffer): Promise<void> {
  await mkdir(dirname(file), { recursive: true, mode: 0o700 });
  const temporary = `${file}.tmp`;
  const handle = await open(temporary, 'wx', 0o600);
  try {
    await handle.writeFile(bytes);
    await handle.sync();
  } finally {
    await handle.close();
  }
  await rename(temporary, file);
}
