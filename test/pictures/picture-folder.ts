// Where the pictures of the guides lie and how large they may be.
import { join } from 'node:path';
import { rootFolder } from '../ui/gallery-server.ts';

export const guidesFolder = join(rootFolder, 'ui/guides');
export const pictureFolder = join(guidesFolder, 'pictures');

export const maxPictureBytes = 60 * 1024;
export const maxFolderBytes = 1_500 * 1024;
/** the tour is no still */
export const maxTourBytes = 2 * 1024 * 1024;
export const tourFile = 'tour.webp';
