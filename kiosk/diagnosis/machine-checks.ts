// How the machine under the terminal is: power, heat, memory, disk. Reads the kernel's own tables; what it does not say is unknown.
import { closeSync, fsyncSync, openSync, readdirSync, readFileSync, rmSync, writeSync } from 'node:fs';
import { statfs } from 'node:fs/promises';
import { join } from 'node:path';
import type { Check } from '../../sync/contract/diagnosis.ts';

export interface MachinePlaces {
  readonly dataDir: string;
  /** of the file system; other than `/` in tests */
  readonly root?: string;
}

const megabyte = 1024 * 1024;
const hot = { care: 75, bad: 85 } as const;
const leastMemory = { care: 100 * megabyte, bad: 40 * megabyte } as const;
const leastDisk = { care: 500 * megabyte, bad: 100 * megabyte } as const;
const slowWrite = { care: 200, bad: 2_000 } as const;
const writes = 5;
const writeBytes = 65_536;

export function underVoltage({ root = '/' }: MachinePlaces): Check {
  const check = 'under-voltage';
  const hwmon = join(root, 'sys/class/hwmon');
  const sensor = entries(hwmon).find((name) => read(join(hwmon, name, 'name')) === 'rpi_volt');
  const alarm = sensor === undefined ? '' : read(join(hwmon, sensor, 'in0_lcrit_alarm'));
  if (alarm === '') return { check, state: 'unknown', code: null, values: {} };
  return alarm === '0'
    ? { check, state: 'ok', code: null, values: { alarm: false } }
    : { check, state: 'bad', code: 'under-voltage', values: { alarm: true } };
}

export function temperature({ root = '/' }: MachinePlaces): Check {
  const check = 'temperature';
  const zones = join(root, 'sys/class/thermal');
  const degrees = entries(zones)
    .filter((name) => name.startsWith('thermal_zone'))
    .map((name) => Number(read(join(zones, name, 'temp'))) / 1_000)
    .filter((celsius) => celsius > 0);
  if (degrees.length === 0) return { check, state: 'unknown', code: null, values: {} };
  const celsius = Math.max(...degrees);
  return graded(check, celsius, hot, 'too-hot', { celsius });
}

export function memory({ root = '/' }: MachinePlaces): Check {
  const check = 'memory';
  const table = read(join(root, 'proc/meminfo'));
  const bytesOf = (name: string): number =>
    Number(new RegExp(`^${name}:\\s+(\\d+) kB`, 'm').exec(table)?.[1] ?? 0) * 1024;
  const freeBytes = bytesOf('MemAvailable');
  if (freeBytes === 0) return { check, state: 'unknown', code: null, values: {} };
  const values = { freeBytes, allBytes: bytesOf('MemTotal'), ownBytes: process.memoryUsage.rss() };
  return scarce(check, freeBytes, leastMemory, 'memory-low', values);
}

export async function diskSpace({ dataDir }: MachinePlaces): Promise<Check> {
  const { bavail, blocks, bsize } = await statfs(dataDir);
  const values = { freeBytes: bavail * bsize, allBytes: blocks * bsize };
  return scarce('disk-space', values.freeBytes, leastDisk, 'disk-full', values);
}

/** The slowest of a few small writes, each of which is on disk when it ends. */
export function writeLatency({ dataDir }: MachinePlaces): Check {
  const file = join(dataDir, '.write-trial');
  let slowestMs = 0;
  try {
    for (let n = 0; n < writes; n += 1) {
      const beganMs = performance.now();
      const handle = openSync(file, 'w', 0o600);
      try {
        writeSync(handle, Buffer.alloc(writeBytes));
        fsyncSync(handle);
      } finally {
        closeSync(handle);
      }
      slowestMs = Math.max(slowestMs, performance.now() - beganMs);
    }
  } finally {
    rmSync(file, { force: true });
  }
  return graded('write-latency', slowestMs, slowWrite, 'disk-slow', { slowestMs: Math.round(slowestMs) });
}

/** The file system that the data lies on: which, and may it be written to? */
export function dataPartition({ dataDir, root = '/' }: MachinePlaces): Check {
  const check = 'data-partition';
  const mounts = read(join(root, 'proc/mounts'))
    .split('\n')
    .map((line) => line.split(' '))
    .filter(([, at = '']) => dataDir === at || dataDir.startsWith(at === '/' ? at : `${at}/`))
    .sort(([, a = ''], [, b = '']) => b.length - a.length);
  const [mount] = mounts;
  if (!mount) return { check, state: 'unknown', code: null, values: {} };
  const [, at = '', type = '', options = ''] = mount;
  const isWritable = options.split(',').includes('rw');
  const values = { at: at.slice(0, 200), type, isWritable };
  return isWritable
    ? { check, state: 'ok', code: null, values }
    : { check, state: 'bad', code: 'read-only', values };
}

/** What the kernel sees of a display. */
export function display({ root = '/' }: MachinePlaces): Check {
  const check = 'display';
  const folder = join(root, 'sys/class/drm');
  const outputs = entries(folder).filter((name) => /^card\d+-/.test(name));
  if (outputs.length === 0) return { check, state: 'none', code: null, values: {} };
  const output = outputs.find((name) => read(join(folder, name, 'status')) === 'connected');
  if (output === undefined) return { check, state: 'bad', code: 'no-display', values: {} };
  const [mode = ''] = read(join(folder, output, 'modes')).split('\n');
  return { check, state: 'ok', code: null, values: { output, mode: mode || null } };
}

interface Limits {
  readonly care: number;
  readonly bad: number;
}

/** The more the worse. */
function graded(
  check: Check['check'],
  value: number,
  { care, bad }: Limits,
  code: string,
  values: Check['values'],
): Check {
  if (value < care) return { check, state: 'ok', code: null, values };
  return { check, state: value < bad ? 'care' : 'bad', code, values };
}

/** The less the worse. */
function scarce(
  check: Check['check'],
  value: number,
  { care, bad }: Limits,
  code: string,
  values: Check['values'],
): Check {
  return graded(check, -value, { care: -care, bad: -bad }, code, values);
}

function entries(folder: string): string[] {
  try {
    return readdirSync(folder).sort();
  } catch {
    return [];
  }
}

function read(file: string): string {
  try {
    return readFileSync(file, 'utf8').trim();
  } catch {
    return '';
  }
}
