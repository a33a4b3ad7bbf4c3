// Looks at the machine: what is plugged in, who holds it, which network addresses answer; and diagnoses it all.
import { lookup } from 'node:dns/promises';
import { readdirSync, readFileSync, readlinkSync } from 'node:fs';
import { connect, isIP } from 'node:net';
import { type AttachedDevice, attachedDevices, type SystemRoots, systemRoots } from './attached-devices.ts';
import { type ConfiguredDevices, deviceKeys, targetOf } from './configured-devices.ts';
import { type Diagnosis, diagnose, type NetworkReach, type RefusedDevice } from './diagnose.ts';
import { kioskGroup } from './udev-rules.ts';

export interface InspectionOptions {
  readonly roots?: SystemRoots;
  /** `/proc` */
  readonly proc?: string;
  /** false where the asker holds its network devices itself: a printer takes one connection */
  readonly triesNetwork?: boolean;
  readonly group?: string;
  /** where the rules of the machine write down which USB devices they kept out */
  readonly refused?: string;
}

export interface Inspection extends Diagnosis {
  readonly reached: readonly NetworkReach[];
}

const answerMs = 2_000;

type ReachOptions = Required<Pick<InspectionOptions, 'proc' | 'triesNetwork'>>;

/** Never rejects for what is plugged in or configured. */
export async function inspectDevices(
  configured: ConfiguredDevices,
  options: InspectionOptions = {},
): Promise<Inspection> {
  const { roots = systemRoots, proc = '/proc', triesNetwork = true, group = kioskGroup } = options;
  const { refused = '/run/yingbin-usb' } = options;
  const attached = attachedDevices(roots);
  const addresses = [...new Set(deviceKeys.flatMap((key) => configured[key]?.at ?? []))];
  const reached = await Promise.all(
    addresses.flatMap((at) => reachOf(at, attached, { proc, triesNetwork }) ?? []),
  );
  const paths = addresses.flatMap((at) => pathsOf(at, attached));
  const holders = new Map(paths.map((path) => [path, nodeHolders(path, proc)]));
  const kept = refusedDevices(refused);
  return { ...diagnose({ attached, configured, reached, holders, group, refused: kept }), reached };
}

/** One file a device, named after its place: `refused-storage 46f4:0001 08:06:50,`. */
function refusedDevices(folder: string): RefusedDevice[] {
  return entriesOf(folder).flatMap((place) => {
    const [, why, device] =
      /^refused-([a-z-]{1,30}) ([0-9a-f]{4}:[0-9a-f]{4}) /.exec(textOf(`${folder}/${place}`)) ?? [];
    return why === undefined || device === undefined ? [] : [{ place, device, why }];
  });
}

function pathsOf(at: string, attached: readonly AttachedDevice[]): string[] {
  const target = targetOf(at, attached);
  if (target.kind === 'node') return [target.path];
  return target.kind === 'attached' ? target.found.flatMap(({ nodes }) => nodes.map(({ path }) => path)) : [];
}

/** Which other programs have this node open, as `name (pid)`; those of other users are seen by root only. */
export function nodeHolders(path: string, proc = '/proc'): string[] {
  return entriesOf(proc)
    .filter((pid) => /^\d+$/.test(pid) && pid !== String(process.pid))
    .filter((pid) => entriesOf(`${proc}/${pid}/fd`).some((fd) => linkOf(`${proc}/${pid}/fd/${fd}`) === path))
    .map((pid) => `${textOf(`${proc}/${pid}/comm`).trim()} (${pid})`);
}

function reachOf(
  at: string,
  attached: readonly AttachedDevice[],
  how: ReachOptions,
): Promise<NetworkReach> | null {
  const target = targetOf(at, attached);
  if (target.kind !== 'network') return null;
  return tryToReach(target.host, target.port, how).then((outcome) => ({ at, outcome }));
}

/** Connects and hangs up at once, and only where nobody on this machine is connected already: a printer takes one client. */
async function tryToReach(
  host: string,
  port: number,
  { proc, triesNetwork }: ReachOptions,
): Promise<NetworkReach['outcome']> {
  let address: string;
  try {
    address = isIP(host) ? host : (await lookup(host)).address;
  } catch {
    return 'unreachable';
  }
  if (isConnectedTo(address, port, proc)) return 'held-here';
  if (!triesNetwork) return 'not-tried';
  return new Promise((resolve) => {
    const socket = connect({ host: address, port });
    socket.setTimeout(answerMs, () => settle('unreachable'));
    const settle = (outcome: NetworkReach['outcome']) => {
      socket.destroy();
      resolve(outcome);
    };
    socket.once('connect', () => settle('reached'));
    socket.once('error', (error: NodeJS.ErrnoException) =>
      settle(error.code === 'ECONNREFUSED' ? 'refused' : 'unreachable'),
    );
  });
}

const established = '01';

/** Has any program of this machine a connection there? */
export function isConnectedTo(address: string, port: number, proc = '/proc'): boolean {
  const octets = address.split('.').map(Number);
  if (octets.length !== 4) return false;
  // the kernel writes the four bytes as one little-endian number
  const hex = Buffer.from(octets).reverse().toString('hex').toUpperCase();
  const remote = `${hex}:${port.toString(16).toUpperCase().padStart(4, '0')}`;
  const [plain, mapped] = [remote, `0000000000000000FFFF0000${remote}`];
  return ['tcp', 'tcp6'].some((table) =>
    textOf(`${proc}/net/${table}`)
      .split('\n')
      .map((row) => row.trim().split(/\s+/))
      .some(([, , to, state]) => state === established && (to === plain || to === mapped)),
  );
}

function entriesOf(folder: string): string[] {
  try {
    return readdirSync(folder);
  } catch {
    return [];
  }
}

function linkOf(link: string): string | null {
  try {
    return readlinkSync(link);
  } catch {
    return null;
  }
}

function textOf(file: string): string {
  try {
    return readFileSync(file, 'utf8');
  } catch {
    return '';
  }
}
