// Opens the door for pictures when the config has one, and lets every terminal know where it is, or that there is none.
import { join } from 'node:path';
import type { HeadquartersConfig } from '../config.ts';
import type { Log } from '../log.ts';
import type { Publication } from '../publication.ts';
import type { Library } from '../service/library/library.ts';
import type { Store } from '../store/store.ts';
import { openPhotoServer, type PhotoServer } from './photo-server.ts';
import { Photos } from './photos.ts';

/** Beside an embedded store; with several machines a folder that all of them see. */
export const photosFolder = (dataDir: string): string => join(dataDir, 'photos');

export interface OpenPhotos {
  readonly photos: Photos;
  readonly server: PhotoServer;
}

/** @throws HeadquartersError hq-port-in-use | hq-port-refused */
export async function openPhotos(
  { photos: config, dataDir }: Pick<HeadquartersConfig, 'photos' | 'dataDir'>,
  parts: { readonly store: Store; readonly publication: Publication; readonly library: Library },
  { at, now, log }: { readonly at: (path: string) => string; readonly now: () => Date; readonly log: Log },
): Promise<OpenPhotos | undefined> {
  await parts.library.setPhotoPage(config?.publicUrl ?? null);
  if (!config) return undefined;
  const photos = new Photos({
    ...parts,
    now,
    folder: photosFolder(at(dataDir)),
    limits: { days: config.days, perRequest: config.perRequest },
  });
  const server = await openPhotoServer({
    listen: config.listen,
    photos,
    maxBytes: config.maxBytes,
    requestsPerMinute: config.requestsPerMinute,
    now: () => performance.now(),
    onFault: (error) =>
      log.error({ event: 'photo-fault', error: error.name }, 'a picture could not be taken'),
  });
  return { photos, server };
}
