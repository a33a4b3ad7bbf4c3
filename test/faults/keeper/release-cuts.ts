// The power of a terminal goes at any moment while releases come: it must come up again, with a whole release that serves, its name, and every fact that was on disk.
import { createHash } from 'node:crypto';
import { existsSync, mkdirSync, readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { parseConfig } from '../../../kiosk/config.ts';
import { ReleaseStore } from '../../../provisioning/release-store.ts';
import { writeTerminal } from '../../../provisioning/write-terminal.ts';
import type { ReleaseManifest } from '../../../sync/contract/release.ts';
import { type Desired, type TwinValues, twinHash } from '../../../sync/contract/twin.ts';
import { Database } from '../../../sync/database.ts';
import { replaceFile } from '../../../sync/durable-file.ts';
import { Outbox, outboxMigrations } from '../../../sync/outbox.ts';
import { systemClock } from '../../../sync/terminal-clock.ts';
import { makeRandom } from '../../demo/developer/random.ts';
import { someKeys, someSealer } from '../../sync/some-keys.ts';
import { CutMachine } from './cut-boot.ts';
import { CutShelf, type Offer, type OfferKind, type Refusal, refusals } from './cut-shelf.ts';
import { cutTerminal, shelfFolder, wantedFile } from './cut-words.ts';

export interface CutTally {
  cuts: number;
  /** of them the terminal's process alone */
  crashes: number;
  releases: number;
  served: number;
  wentBack: number;
  refused: number;
  /** did not come up again */
  bricked: number;
  /** a release that counts as whole and is not */
  torn: number;
  /** its config, or whose it is */
  identitiesLost: number;
  factsLost: number;
  /** a bad release was kept, or one that should be refused was not, or not for its reason */
  mistaken: number;
  /** what was wrong with each of those */
  readonly notes: string[];
}
export const cutFaults = ['bricked', 'torn', 'identitiesLost', 'factsLost', 'mistaken'] as const;

const patienceMs = 120_000;
/** after so many cuts the terminal is left to finish */
const cutsInARow = 5;
const kinds: readonly OfferKind[] = [
  ...(['good', 'good', 'good', 'crash', 'crash', 'keeper-dead', 'white'] as const),
  ...(Object.keys(refusals) as Refusal[]),
];
const badEnds: ReadonlySet<string> = new Set(['rolled-back', 'rejected']);

/** @param folder for everything, removed by the caller */
export async function cutPowerDuringReleases(folder: string, cuts: number, seed: number): Promise<CutTally> {
  const world = await CutWorld.open(folder, seed);
  try {
    while (world.tally.cuts < cuts) await world.oneRelease();
    await world.end();
    return world.tally;
  } finally {
    await world.machine.cut();
  }
}

class CutWorld {
  readonly machine: CutMachine;
  readonly tally: CutTally;
  readonly #folder: string;
  readonly #shelf: CutShelf;
  readonly #store: ReleaseStore;
  readonly #random: ReturnType<typeof makeRandom>;
  readonly #configFile: string;
  readonly #offers = new Map<number, Offer>();
  #identity = '';
  #seq = 1;
  #rev = 0;
  #spreadMs = 0;

  private constructor(folder: string, seed: number) {
    this.#folder = folder;
    mkdirSync(join(folder, shelfFolder), { recursive: true });
    this.#shelf = new CutShelf(join(folder, 'works'), join(folder, shelfFolder));
    this.#store = ReleaseStore.open(join(folder, 'root'));
    this.#random = makeRandom(seed);
    this.machine = new CutMachine(this.#store.root);
    this.tally = {
      ...{ cuts: 0, crashes: 0, releases: 0, served: 0, wentBack: 0, refused: 0 },
      ...{ bricked: 0, torn: 0, identitiesLost: 0, factsLost: 0, mistaken: 0, notes: [] },
    };
    this.#configFile = writeConfig(folder, this.#shelf.publicKey);
  }

  static async open(folder: string, seed: number): Promise<CutWorld> {
    mkdirSync(join(folder, 'works'), { recursive: true });
    const world = new CutWorld(folder, seed);
    await world.#firstRelease();
    return world;
  }

  /** As the image brings it. */
  async #firstRelease(): Promise<void> {
    const first = await this.#shelf.offer('good', this.#seq);
    this.#offers.set(this.#seq, first);
    const shelf = join(this.#folder, shelfFolder);
    const signed = readFileSync(join(shelf, `${hashOf(first)}.manifest`));
    await this.#store.install(signed, first.manifest, join(shelf, `${first.manifest.bundle.sha256}.bundle`));
    this.#store.promote(this.#seq);
    this.#store.confirm();
    this.#identity = identityIn(this.#configFile);
    const startedMs = performance.now();
    this.machine.start();
    await this.#untilUp();
    // about as long as a start takes, so that cuts fall everywhere
    this.#spreadMs = Math.min(6_000, Math.max(400, 2 * (performance.now() - startedMs)));
  }

  async oneRelease(wish: OfferKind = this.#random.pick(kinds), plugs = cutsInARow): Promise<void> {
    // what serves already is not old
    const kind = wish === 'old' && this.#store.seqOf('current') === 1 ? 'expired' : wish;
    this.#seq += 1;
    this.#rev += 1;
    this.tally.releases += 1;
    const offer = await this.#shelf.offer(kind, this.#seq);
    if (!(kind in refusals)) this.#offers.set(this.#seq, offer);
    this.#want({ 'site.helpPhone': `${this.#rev}`, release: offer.order });
    for (let plug = 0; plug < plugs; plug += 1) {
      await sleep(this.#random.next() * this.#spreadMs);
      if (this.#random.next() < 0.2) {
        this.tally.crashes += 1;
        this.tally.cuts += 1;
        this.machine.killTerminal();
      } else await this.#cut();
    }
    await this.#settle(offer);
  }

  /** At the end a good one must get through when nobody pulls a plug. */
  async end(): Promise<void> {
    const { served } = this.tally;
    await this.oneRelease('good', 0);
    if (this.tally.served !== served + 1 || this.machine.up?.seq !== this.#seq)
      this.#mistake('undisturbed, and does not serve');
    await this.machine.cut();
    this.#inspect();
    if (existsSync(join(this.#folder, 'escaped.js')) || existsSync(join(this.#store.root, 'escaped.js')))
      this.#mistake('an archive escaped');
  }

  async #cut(): Promise<void> {
    this.tally.cuts += 1;
    await this.machine.cut();
    this.#inspect();
    this.machine.start();
  }

  /** What lies on the disk now. */
  #inspect(): void {
    const { tally } = this;
    const links = [this.#store.seqOf('current'), this.#store.seqOf('previous')].filter((seq) => seq > 0);
    const current = this.#store.seqOf('current');
    if (!links.includes(current) || !this.#isWhole(current)) tally.torn += 1;
    for (const name of readdirSync(join(this.#store.root, 'releases'))) {
      const seq = /^\d+$/.test(name) ? Number(name) : 0;
      const offer = this.#offers.get(seq);
      // only what the product itself would take for whole
      if (seq > 0 && offer && this.#store.has(seq, hashOf(offer)) && !this.#isWhole(seq)) tally.torn += 1;
    }
    if (identityIn(this.#configFile) !== this.#identity) tally.identitiesLost += 1;
    if (!this.#areFactsThere()) tally.factsLost += 1;
  }

  #isWhole(seq: number): boolean {
    const manifest = this.#offers.get(seq)?.manifest;
    return manifest !== undefined && isWholeIn(this.#store.folderOf(seq), manifest);
  }

  #areFactsThere(): boolean {
    const db = Database.open(join(this.#folder, 'terminal', 'data', 'outbox.db'), outboxMigrations);
    try {
      const outbox = Outbox.open(db, { terminal: cutTerminal, sealer: someSealer, clock: systemClock() });
      return outbox.lastSeq >= this.machine.recorded;
    } finally {
      db.close();
    }
  }

  /** Resolves when the terminal said how it ended; nobody pulls a plug meanwhile. */
  async #settle({ kind }: Offer): Promise<void> {
    const { tally, machine } = this;
    const ended = (): boolean => this.#endOf(kind) !== undefined;
    await this.#untilUp();
    if (!(await until(ended))) {
      tally.bricked += 1;
      return;
    }
    await this.#untilUp();
    const end = this.#endOf(kind);
    const isRefusal = kind in refusals;
    if (end?.state === 'ok') {
      tally.served += 1;
      if (kind !== 'good') this.#mistake(`${kind} was kept`);
    } else if (isRefusal) {
      tally.refused += 1;
      if (end?.state !== 'rejected' || end.code !== refusals[kind as Refusal])
        this.#mistake(`${kind} ended as ${end?.state} ${end?.code}`);
    } else {
      tally.wentBack += 1;
      if (end?.state !== 'rolled-back') this.#mistake(`${kind} ended as ${end?.state} ${end?.code}`);
    }
    const serving = machine.up && this.#offers.get(machine.up.seq);
    if (serving?.kind !== 'good') this.#mistake(`after ${kind} (${end?.state}) ${machine.up?.seq} serves`);
  }

  #mistake(what: string): void {
    this.tally.mistaken += 1;
    this.tally.notes.push(what);
  }

  /** A keeper that does not start is noticed only after its release was known as good. */
  #endOf(kind: OfferKind): CutMachine['reports'][number] | undefined {
    const ends = this.machine.reports.filter(
      ({ rev, state }) => rev === this.#rev && (state === 'ok' || badEnds.has(state)),
    );
    return kind === 'keeper-dead' ? ends.find(({ state }) => badEnds.has(state)) : ends.at(-1);
  }

  async #untilUp(): Promise<void> {
    if (!(await until(() => this.machine.up !== undefined))) this.tally.bricked += 1;
  }

  #want(values: TwinValues): void {
    const at = new Date().toISOString();
    const desired: Desired = { v: 1, rev: this.#rev, hash: twinHash(values), at, values };
    replaceFile(join(this.#folder, 'terminal', wantedFile), JSON.stringify(desired));
  }
}

function hashOf({ order }: Offer): string {
  return Object.values(order.manifests)[0] ?? '';
}

function isWholeIn(folder: string, { files }: ReleaseManifest): boolean {
  return files.every(({ path, sha256 }) => {
    try {
      return (
        createHash('sha256')
          .update(readFileSync(join(folder, path)))
          .digest('hex') === sha256
      );
    } catch {
      return false;
    }
  });
}

function writeConfig(folder: string, releaseKey: string): string {
  const key = (bytes: Uint8Array): string => Buffer.from(bytes).toString('base64');
  return writeTerminal({
    folder: join(folder, 'terminal'),
    fleetKey: Buffer.alloc(32, 9),
    config: {
      v: 1,
      tenant: 'cut',
      terminal: cutTerminal,
      code: 'H01',
      site: { name: { zh: '售楼处', en: 'Hall' }, project: null, helpPhone: '400' },
      dataDir: 'data',
      screen: { port: 8_080 },
      broker: { url: 'mqtt://127.0.0.1:1883' },
      headquarters: {
        sealKey: key(someKeys.seal.publicKey),
        signKey: key(someKeys.sign.publicKey),
        releaseKeys: [releaseKey],
      },
      reader: null,
      printer: null,
      panel: null,
      desktop: false,
    },
  });
}

/** @returns `none` for a config that the terminal would not start with */
function identityIn(file: string): string {
  try {
    const { tenant, terminal, code, dataDir, headquarters, fleetKeyFile } = parseConfig(
      readFileSync(file, 'utf8'),
      file,
    );
    return JSON.stringify([tenant, terminal, code, dataDir, headquarters, fleetKeyFile]);
  } catch {
    return 'none';
  }
}

async function until(isSo: () => boolean): Promise<boolean> {
  const endsAt = performance.now() + patienceMs;
  while (!isSo()) {
    if (performance.now() > endsAt) return false;
    await sleep(20);
  }
  return true;
}
