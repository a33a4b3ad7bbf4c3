// Every proof that there is: what it does, what it needs, and its share of a run of three minutes.
import type { DebianPackage } from '../debian-packages.ts';
import { guest, printer, reader, replug } from './device-proofs.ts';
import { proveEnrol } from './enrol/enrol-proof.ts';
import { proveImage } from './image/image-proof.ts';
import { proveConfig } from './keeper/config-proof.ts';
import { proveReleases } from './keeper/release-proof.ts';
import { brokerWiped, kill, killCourier } from './kill-proofs.ts';
import { partition, reconnectStorm } from './network-proof.ts';
import { provePoints } from './points/points-proof.ts';
import {
  brokenDisk,
  damagedStore,
  fullDisk,
  guestCut,
  powerCutHeadquarters,
  powerCutTerminal,
} from './power-cut/disk-runs.ts';
import { proveRevoke } from './revoke-proof.ts';
import type { RunOptions, RunResult } from './run-result.ts';
import { proveSimulation } from './simulation/simulation-proof.ts';
import { proveWorkers } from './workers/workers-proof.ts';

export interface Proof {
  readonly run: (options: RunOptions) => Promise<RunResult>;
  readonly says: string;
  /** its part in a run without `--only`; none where it takes minutes whatever it does */
  readonly share?: {
    readonly rounds: number;
    /** on two cores with nothing else to do */
    readonly seconds: number;
    /** left out, and named, where what it needs is missing */
    readonly isOptional?: boolean;
  };
  /** rounds with `--only`, unless given, where the usual ones would take long */
  readonly alone?: number;
  /** takes a broker, and a store besides SQLite where one is asked for */
  readonly has?: readonly ('broker' | 'store')[];
  readonly packages?: readonly DebianPackage[];
  readonly isForRoot?: boolean;
}

/** What a run without `--only` may take, its build included. */
export const shortRunSeconds = 170;

const guestPackages = ['qemu-system-x86', 'cpio', 'kmod', 'udev'] as const;

/** In the order in which they run. */
export const proofs: Readonly<Record<string, Proof>> = {
  kill: {
    run: kill,
    says: 'SIGKILL and SIGSTOP of the shipped terminal, broker and headquarters, alone and together',
    share: { rounds: 5, seconds: 22 },
    has: ['broker', 'store'],
  },
  'broker-wiped': {
    run: brokerWiped,
    says: 'the broker killed and its disk emptied, also while headquarters is away',
    share: { rounds: 3, seconds: 12 },
    has: ['broker', 'store'],
  },
  'power-cut': {
    run: powerCutTerminal,
    says: 'power cuts of a terminal, from what it wrote: unsynced writes lost, torn and reordered',
    share: { rounds: 6, seconds: 8 },
    packages: ['strace'],
  },
  'power-cut-headquarters': {
    run: powerCutHeadquarters,
    says: 'the same of headquarters',
    share: { rounds: 6, seconds: 8 },
    packages: ['strace'],
  },
  'broken-disk': {
    run: brokenDisk,
    says: 'one write or sync of a terminal fails',
    share: { rounds: 12, seconds: 3 },
    packages: ['strace'],
  },
  'full-disk': {
    run: fullDisk,
    says: 'a disk that fills, at each of its last blocks',
    share: { rounds: 15, seconds: 1, isOptional: true },
    isForRoot: true,
  },
  'damaged-store': {
    run: damagedStore,
    says: "a killed terminal's file with flipped bits, cut, full of noise, or with a companion gone",
    share: { rounds: 9, seconds: 2 },
  },
  'reconnect-storm': {
    run: reconnectStorm,
    says: 'a fleet that loses its broker at once, which comes back busy',
    share: { rounds: 7, seconds: 16 },
  },
  printer: {
    run: printer,
    says: 'plugs, power, paper, covers and ears of printers at every byte of a slip; the paper is the judge',
    share: { rounds: 3, seconds: 5 },
  },
  reader: {
    run: reader,
    says: 'noise, torn and forged frames into every reader and every answer of a printer',
    share: { rounds: 2, seconds: 3 },
  },
  enrol: {
    run: proveEnrol,
    says: 'SIGKILL of blank terminals while they enrol, also just when headquarters has signed',
    alone: 8,
    share: { rounds: 1, seconds: 15, isOptional: true },
    packages: ['mosquitto'],
  },
  simulation: {
    run: proveSimulation,
    says: 'virtual weeks of 50 terminals with every accident there is, a seed each',
    share: { rounds: 2, seconds: 5 },
  },
  points: {
    run: provePoints,
    says: 'random histories of points: headquarters, a terminal offline and a plain model must agree',
    share: { rounds: 1, seconds: 4 },
  },
  workers: {
    run: proveWorkers,
    says: 'kills and freezes of many intake workers on PostgreSQL',
    share: { rounds: 1, seconds: 40, isOptional: true },
    has: ['broker'],
    packages: ['postgresql-15'],
  },
  revoke: {
    run: proveRevoke,
    says: 'stolen terminals that do not stop, revoked on mosquitto and on the broker inside headquarters; a list that ran out',
    share: { rounds: 1, seconds: 5, isOptional: true },
    packages: ['mosquitto'],
  },
  config: {
    run: proveConfig,
    says: 'SIGKILL of keeper and kiosk while set-ups come: either one, whole, with identity and facts',
    alone: 5,
    packages: ['mosquitto'],
  },
  release: {
    run: proveReleases,
    says: 'bad releases of five kinds with a browser in front, power cuts while releases come, a bad one for a thousand',
    alone: 4,
    packages: ['mosquitto', 'chromium'],
  },
  'kill-courier': {
    run: killCourier,
    says: 'as kill, with outbox and courier alone: many more facts in the same time',
    has: ['broker'],
  },
  partition: {
    run: partition,
    says: 'lines that are cut, deaf, far, slow or torn',
    has: ['broker'],
  },
  replug: {
    run: replug,
    says: 'devices unplugged a thousand times: nothing may grow',
    packages: ['socat'],
  },
  guest: {
    run: guest,
    says: 'readers and a printer behind hidraw and usblp of a real kernel',
    packages: guestPackages,
  },
  image: {
    run: proveImage,
    says: 'the image built, searched and booted on an emulated board: attract screen, sockets, chords, plugs, SSH',
    packages: [
      'qemu-system-x86',
      'mmdebstrap',
      'mtools',
      'dosfstools',
      'fdisk',
      'fakeroot',
      'openssh-client',
    ],
  },
  'guest-cut': {
    run: guestCut,
    says: 'power cuts of a whole machine with kernel, ext4 and journal',
    packages: guestPackages,
  },
};

/** Of all packages that a proof needs, with that broker and that store. */
export function packagesOf(
  { has = [], packages = [] }: Proof,
  { broker, store }: Pick<RunOptions, 'broker' | 'store'>,
): readonly DebianPackage[] {
  const ofBroker = { mosquitto: ['mosquitto'], nats: ['nats-server'], aedes: [] } as const;
  return [
    ...packages,
    ...(has.includes('broker') ? ofBroker[broker] : []),
    ...(has.includes('store') && store === 'postgres' ? (['postgresql-15'] as const) : []),
  ];
}
