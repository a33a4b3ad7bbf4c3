// Pictures of the screen for support: taken only while nobody's data is on it, kept on this machine alone, a few at most.
import { mkdir, readdir, rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { type Desktop, maskAll } from '../device/desktop.ts';
import type { ScreenOf } from './screen.ts';

/** How a picture ended, as the maintenance screen tells it. */
export type PictureEnd = Extract<
  NonNullable<ScreenOf<'maintenance'>['picture']>,
  { kind: 'saved' | 'failed' }
>;

type Camera = Pick<Desktop, 'capabilities' | 'takeScreenshot'>;

const kept = 5;
/** as `take` names them: what else lies in the folder is somebody's */
const ours = /^screen-\d{8}T\d{9}Z\.png$/;

export class SupportPictures {
  readonly #desktop: () => Camera | null;
  readonly #folder: string;
  readonly #now: () => Date;

  /**
   * @param desktop null while there is none
   * @param folder made when it is needed, mode 0700
   */
  constructor(desktop: () => Camera | null, folder: string, now: () => Date) {
    this.#desktop = desktop;
    this.#folder = folder;
    this.#now = now;
  }

  get isPossible(): boolean {
    return this.#desktop()?.capabilities.has('screenshot') ?? false;
  }

  /**
   * @param isCovered paint over everything: something of a card may still be on the screen
   * @param isStillShown asked when the picture is taken: one of another screen is thrown away unseen
   */
  async take(isCovered: boolean, isStillShown: () => boolean): Promise<PictureEnd> {
    const taken = await this.#desktop()?.takeScreenshot(isCovered ? maskAll : []);
    if (taken?.kind !== 'done') return { kind: 'failed', why: 'not-taken' };
    if (!isStillShown()) return { kind: 'failed', why: 'screen-changed' };
    try {
      return { kind: 'saved', file: await this.#keep(taken.value), isCovered };
    } catch {
      // a full disk is said by the facts already
      return { kind: 'failed', why: 'not-saved' };
    }
  }

  async #keep(png: Uint8Array): Promise<string> {
    await mkdir(this.#folder, { recursive: true, mode: 0o700 });
    const old = (await readdir(this.#folder)).filter((name) => ours.test(name)).sort();
    for (const name of old.slice(0, Math.max(0, old.length - kept + 1))) await rm(join(this.#folder, name));
    const file = join(this.#folder, `screen-${this.#now().toISOString().replace(/[-:.]/g, '')}.png`);
    await writeFile(file, png, { mode: 0o600, flag: 'wx' });
    return file;
  }
}
