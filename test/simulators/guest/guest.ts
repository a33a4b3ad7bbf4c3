// Boots a stock Debian kernel under software emulation on this machine's own root file system and runs one command there:
// real hidraw, usblp and disks without hardware.
import { execFileSync, spawn, spawnSync } from 'node:child_process';
import {
  copyFileSync,
  existsSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  rmSync,
  writeFileSync,
} from 'node:fs';
import { homedir, tmpdir } from 'node:os';
import { basename, join } from 'node:path';
import { guestWiring } from './guest-wiring.ts';

export interface GuestOptions {
  /** run as root in `folder`; its own words, no shell */
  readonly command: readonly string[];
  readonly folder: string;
  /** kernel modules besides those of every guest, without `.ko` */
  readonly modules?: readonly string[];
  /** with a USB serial converter and QEMU's monitor: see `guest-wiring.ts` */
  readonly isWired?: boolean;
  /** a virtio disk, /dev/vda; every write and flush of it goes to `log` too, in the format of dm-log-writes */
  readonly disk?: { readonly image: string; readonly log: string };
  readonly limitMs: number;
  readonly onLine?: (line: string) => void;
  readonly signal?: AbortSignal;
}

export interface GuestResult {
  /** of the command; null when the guest did not come to its end */
  readonly exitCode: number | null;
  /** what the command printed */
  readonly lines: readonly string[];
  /** the console's last lines, for finding out why there is no exit code */
  readonly console: readonly string[];
}

const modulesOfEveryGuest = [
  'virtio_pci',
  'virtio_blk',
  '9pnet_virtio',
  '9p',
  'overlay',
  'ext4',
  'xhci_pci',
  'hid-generic',
  'usbhid',
  'uhid',
  'evdev',
  'uinput',
  'usblp',
  'dummy_hcd',
] as const;
const programs = ['qemu-system-x86_64', 'cpio', 'depmod', 'dpkg', 'apt-get'] as const;

/** Why no guest can be had here, with the command that helps; undefined when one can. */
export function guestObstacle(): string | undefined {
  if (process.arch !== 'x64') return `the guest's kernel is for x64, this is ${process.arch}`;
  const missing = programs.filter((program) => !hasProgram(program));
  if (missing.length === 0) return undefined;
  return `${missing.join(', ')} missing: sudo apt-get install -y --no-install-recommends qemu-system-x86 cpio kmod`;
}

/** Takes about 15 s to the first line. @throws when the kernel cannot be fetched */
export async function runInGuest(options: GuestOptions): Promise<GuestResult> {
  const kernel = fetchKernel();
  const work = mkdtempSync(join(tmpdir(), 'yingbin-guest-'));
  try {
    const wires = [
      ...(options.isWired ? guestWiring(work) : []),
      ...(options.disk ? loggedDisk(options.disk) : []),
    ];
    return await boot(options, kernel, makeInitrd(work, kernel, options), wires);
  } finally {
    rmSync(work, { recursive: true, force: true });
  }
}

function loggedDisk({ image, log }: { readonly image: string; readonly log: string }): string[] {
  const files = `file.driver=file,file.filename=${image},log.driver=file,log.filename=${log}`;
  return ['-blockdev', `driver=blklogwrites,node-name=disk,${files}`, '-device', 'virtio-blk-pci,drive=disk'];
}

interface Kernel {
  readonly image: string;
  readonly modules: string;
  readonly busybox: string;
}

/** A machine that has every program may have no package lists. @returns what `linux-image-amd64` depends on */
function kernelPackage(): string {
  const ask = (): string =>
    execFileSync('apt-cache', ['depends', 'linux-image-amd64'], { encoding: 'utf8', stdio: 'pipe' });
  try {
    return ask();
  } catch (error) {
    if (process.getuid?.() !== 0) throw error;
    execFileSync('apt-get', ['update', '-qq'], { stdio: 'pipe' });
    return ask();
  }
}

/** Debian's own packages, unpacked once into the cache; nothing is installed. */
function fetchKernel(): Kernel {
  const cache = process.env['GUEST_CACHE'] ?? join(homedir(), '.cache', 'yingbin-guest');
  const root = join(cache, 'root');
  if (!existsSync(join(cache, 'ready'))) {
    rmSync(cache, { recursive: true, force: true });
    mkdirSync(cache, { recursive: true });
    const depends = kernelPackage();
    const image = /Depends: (linux-image-\d\S+)/.exec(depends)?.[1];
    if (image === undefined) throw new Error('no kernel in the package lists: run apt-get update');
    // another user may not write here, and apt says so on stderr
    execFileSync('apt-get', ['download', '-qq', image, 'busybox-static'], { cwd: cache, stdio: 'pipe' });
    for (const deb of readdirSync(cache).filter((name) => name.endsWith('.deb'))) {
      execFileSync('dpkg', ['-x', deb, 'root'], { cwd: cache });
    }
    execFileSync(programPath('depmod'), ['-b', root, theOnlyOneIn(join(root, 'lib', 'modules'))]);
    writeFileSync(join(cache, 'ready'), '');
  }
  const version = theOnlyOneIn(join(root, 'lib', 'modules'));
  const busyboxes = [join(root, 'usr/bin/busybox'), join(root, 'bin/busybox')];
  return {
    image: join(root, 'boot', `vmlinuz-${version}`),
    modules: join(root, 'lib', 'modules', version),
    busybox: busyboxes.find((path) => existsSync(path)) ?? '',
  };
}

function theOnlyOneIn(folder: string): string {
  const [name] = readdirSync(folder);
  if (name === undefined) throw new Error(`${folder} is empty`);
  return name;
}

function makeInitrd(work: string, kernel: Kernel, options: GuestOptions): string {
  const tree = join(work, 'tree');
  for (const folder of ['bin', 'mods', 'proc', 'sys', 'dev', 'ro', 'rw', 'merged']) {
    mkdirSync(join(tree, folder), { recursive: true });
  }
  copyFileSync(kernel.busybox, join(tree, 'bin', 'busybox'));
  for (const [n, file] of inOrder(kernel, [...modulesOfEveryGuest, ...(options.modules ?? [])]).entries()) {
    copyFileSync(
      join(kernel.modules, file),
      join(tree, 'mods', `${String(n).padStart(3, '0')}-${basename(file)}`),
    );
  }
  writeFileSync(
    join(tree, 'command'),
    `cd ${quoted(options.folder)} && ${options.command.map(quoted).join(' ')}`,
  );
  writeFileSync(join(tree, 'init'), init, { mode: 0o755 });
  const list = execFileSync('find', ['.'], { cwd: tree });
  const archive = execFileSync('cpio', ['-o', '-H', 'newc', '--quiet'], {
    cwd: tree,
    input: list,
    maxBuffer: 1 << 28,
  });
  const initrd = join(work, 'initrd');
  writeFileSync(initrd, archive);
  return initrd;
}

/** Each module after all that it needs. */
function inOrder(kernel: Kernel, names: readonly string[]): string[] {
  const needs = new Map<string, readonly string[]>();
  const files = new Map<string, string>();
  for (const line of readFileSync(join(kernel.modules, 'modules.dep'), 'utf8').split('\n')) {
    const [file = '', rest = ''] = line.split(':');
    if (file === '') continue;
    const name = moduleName(file);
    files.set(name, file);
    needs.set(name, rest.split(' ').filter(Boolean).map(moduleName));
  }
  const ordered = new Set<string>();
  const add = (name: string): void => {
    const file = files.get(name);
    // what is no module is built in
    if (file === undefined || ordered.has(file)) return;
    for (const need of needs.get(name) ?? []) add(need);
    ordered.add(file);
  };
  for (const name of names) add(name.replaceAll('-', '_'));
  return [...ordered];
}

function moduleName(file: string): string {
  return basename(file)
    .replace(/\.ko.*$/, '')
    .replaceAll('-', '_');
}

/** The machine's own root is seen read-only, with a file system in memory laid over it. */
const init = `#!/bin/busybox sh
b=/bin/busybox
$b mount -t proc p /proc; $b mount -t sysfs s /sys; $b mount -t devtmpfs d /dev
for f in /mods/*.ko; do $b insmod $f || echo "guest: no $f"; done
$b mount -t 9p -o trans=virtio,version=9p2000.L,ro,msize=524288,cache=loose host /ro || echo "guest: no host root"
$b mount -t tmpfs t /rw; $b mkdir -p /rw/u /rw/w
$b mount -t overlay -o lowerdir=/ro,upperdir=/rw/u,workdir=/rw/w o /merged
for d in dev proc sys; do $b mount --bind /$d /merged/$d; done
$b mount -t configfs c /merged/sys/kernel/config 2>/dev/null
$b mkdir -p /merged/dev/pts /merged/dev/shm; $b mount -t devpts pts /merged/dev/pts; $b mount -t tmpfs t /merged/dev/shm
$b ip link set lo up 2>/dev/null || $b ifconfig lo 127.0.0.1 up
$b cp /command /merged/guest-command
echo "GUEST-BEGIN"
$b chroot /merged /bin/bash -c "export PATH=/usr/local/sbin:/usr/local/bin:/usr/sbin:/usr/bin:/sbin:/bin HOME=/root GUEST=1; . /guest-command"
echo "GUEST-END $?"
$b sync; $b poweroff -f
`;

function boot(
  options: GuestOptions,
  kernel: Kernel,
  initrd: string,
  wires: readonly string[],
): Promise<GuestResult> {
  const qemu = spawn(
    'qemu-system-x86_64',
    [
      ...['-accel', 'tcg,thread=multi', '-cpu', 'max', '-m', '1536', '-smp', '2'],
      ...['-display', 'none', '-monitor', 'none', '-serial', 'stdio'],
      ...['-no-reboot', '-net', 'none', '-device', 'qemu-xhci'],
      ...wires,
      ...['-kernel', kernel.image, '-initrd', initrd, '-append', 'console=ttyS0 quiet panic=-1'],
      ...['-virtfs', 'local,path=/,mount_tag=host,security_model=none,readonly=on,multidevs=remap'],
    ],
    { stdio: ['ignore', 'pipe', 'ignore'], ...(options.signal ? { signal: options.signal } : {}) },
  );
  return new Promise((resolve, reject) => {
    const limit = setTimeout(() => qemu.kill('SIGKILL'), options.limitMs);
    const reader = new ConsoleReader(options.onLine);
    qemu.stdout.setEncoding('utf8').on('data', (text: string) => reader.push(text));
    qemu.once('error', reject);
    qemu.once('close', () => {
      clearTimeout(limit);
      resolve(reader.result());
    });
  });
}

/** Tells the command's own lines from the kernel's. */
class ConsoleReader {
  readonly #onLine: ((line: string) => void) | undefined;
  readonly #lines: string[] = [];
  readonly #console: string[] = [];
  #rest = '';
  #isCommand = false;
  #exitCode: number | null = null;

  constructor(onLine: ((line: string) => void) | undefined) {
    this.#onLine = onLine;
  }

  push(text: string): void {
    const parts = (this.#rest + text).split('\n');
    this.#rest = parts.pop() ?? '';
    for (const part of parts) this.#take(part.replaceAll('\r', ''));
  }

  result(): GuestResult {
    return { exitCode: this.#exitCode, lines: this.#lines, console: this.#console.slice(-20) };
  }

  #take(line: string): void {
    this.#console.push(line);
    // the firmware's escape codes stand before the first line
    if (line.endsWith('GUEST-BEGIN')) {
      this.#isCommand = true;
      return;
    }
    const end = /^GUEST-END (\d+)$/.exec(line);
    if (end) {
      this.#exitCode = Number(end[1]);
      this.#isCommand = false;
    }
    if (!this.#isCommand) return;
    this.#lines.push(line);
    this.#onLine?.(line);
  }
}

function quoted(word: string): string {
  return `'${word.replaceAll("'", `'\\''`)}'`;
}

function hasProgram(name: string): boolean {
  return spawnSync('which', [name], { env: withSbin() }).status === 0;
}

function programPath(name: string): string {
  return execFileSync('which', [name], { encoding: 'utf8', env: withSbin() }).trim();
}

function withSbin(): NodeJS.ProcessEnv {
  return { ...process.env, PATH: `${process.env['PATH'] ?? ''}:/usr/sbin:/sbin` };
}
